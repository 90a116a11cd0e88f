"""Versions of stories and of the system model: what was named once never changes, the database sees to it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ModelVersion(models.Model):
    """A named version of the system model: `content` is JSON of all its types, `digest` that of the catalogue."""

    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    content = models.TextField()
    digest = models.CharField(max_length=80, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="model_version_has_a_name"),
            models.CheckConstraint(condition=Q(number__gte=1), name="model_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class InUse(models.Model):
    """Which version new stories and sessions use, since when, and who decided so. The newest row counts."""

    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="uses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version_id} since {self.at}"


class StoryVersion(models.Model):
    """A named version of a story. `content` is its YAML; published only after somebody else approved it."""

    story = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    content = models.TextField()
    digest = models.CharField(max_length=80)
    model_version = models.ForeignKey(ModelVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "number"], name="story_version_once"),
            models.CheckConstraint(condition=~Q(name=""), name="story_version_has_a_name"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="story_version_by_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="story_version_published_after_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story} {self.number}. {self.name}"
