"""The draft of the system model that everybody works on: rows that differ from its version, and every edit of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from schakelbord.stories.models import ModelVersion


class Draft(models.Model):
    """What becomes the next version. There is one at a time; `base` is the version it starts from."""

    base = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.OneToOneField(
        ModelVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="made_from"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["base"], condition=Q(version__isnull=True), name="one_draft_a_version"),
        ]

    def __str__(self) -> str:
        return f"draft after {self.base_id}"


class DraftRow(models.Model):
    """A row that differs from the version below; `content` is null when it was taken out."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="rows")
    section = models.CharField(max_length=20)
    row = models.CharField(max_length=80)
    content = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "section", "row"], name="draft_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.row}"


class Edit(models.Model):
    """One change of one field: who, when, before, after. An empty `field` is the row as a whole."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="edits")
    section = models.CharField(max_length=20)
    row = models.CharField(max_length=80)
    field = models.CharField(max_length=80, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.CharField(max_length=32)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.section} {self.row} {self.field}"
