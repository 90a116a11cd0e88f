"""Dossiers, themes, issues and sources. The root of the thread is an `Issue`: a gap or a dilemma.

Nothing is removed. What somebody brought in keeps its words once it lies on a table.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from schakelbord.bodies.models import Body, Organisation
from schakelbord.dossiers import codes
from schakelbord.showing.models import RoomGap
from schakelbord.stories.models import StoryVersion


class Counter(models.Model):
    """The last number that was given out for a series of codes, such as `H` or `B-2027`."""

    series = models.CharField(max_length=12, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series} {self.last}"


class Dossier(models.Model):
    """What is known and done about one subject, over years."""

    title = models.CharField(max_length=160, unique=True)
    summary = models.TextField(blank=True)
    confidentiality = models.CharField(
        max_length=10, choices=codes.Confidentiality, default=codes.Confidentiality.BODIES
    )
    retention = models.CharField(max_length=60, blank=True)
    public_text = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="dossier_has_a_title"),
            models.CheckConstraint(
                condition=Q(confidentiality__in=codes.Confidentiality.values), name="dossier_confidentiality_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    """A part of a dossier with the question that guides the talk about it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="themes")
    title = models.CharField(max_length=120)
    question = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dossier", "title"], name="theme_once_in_a_dossier"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(question=""), name="theme_has_title_and_question"),
        ]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """Something that can be cited: a link or a file, with who published it and when."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sources")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to="bronnen/", blank=True)
    publisher = models.CharField(max_length=160, blank=True)
    published = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=80, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    confidentiality = models.CharField(
        max_length=10, choices=codes.Confidentiality, default=codes.Confidentiality.BODIES
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
            models.CheckConstraint(condition=~Q(url="", file=""), name="source_is_somewhere"),
            models.CheckConstraint(condition=Q(file="") | ~Q(checksum=""), name="source_file_has_a_checksum"),
        ]

    def __str__(self) -> str:
        return self.title


class Issue(models.Model):
    """A gap (`H-03`) or a dilemma (`D-12`).

    A computed gap keeps `story`, `finding` (the key that stays the same across readings) and the version it was read
    in; one told in a room keeps that gap.
    """

    code = models.CharField(max_length=12, unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="issues")
    themes = models.ManyToManyField(Theme, related_name="issues")
    kind = models.CharField(max_length=8, choices=codes.IssueKind)
    origin = models.CharField(max_length=8, choices=codes.Origin)
    statement = models.CharField(max_length=300)
    happened = models.TextField(blank=True)
    stuck = models.CharField(max_length=300, blank=True)
    tried = models.TextField(blank=True)
    would_help = models.TextField(blank=True)
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="issues")
    urgency = models.CharField(max_length=5, choices=codes.Urgency, default=codes.Urgency.THIS_YEAR)
    submitted_by = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    story = models.SlugField(max_length=60, blank=True)
    finding = models.CharField(max_length=200, blank=True)
    story_version = models.ForeignKey(StoryVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room_gap = models.ForeignKey(RoomGap, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    state = models.CharField(max_length=10, choices=codes.IssueState, default=codes.IssueState.DRAFT)
    reason = models.CharField(max_length=600, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(statement="") & ~Q(code=""), name="issue_says_something"),
            models.CheckConstraint(condition=Q(kind__in=codes.IssueKind.values), name="issue_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=codes.IssueState.values), name="issue_state_is_known"),
            models.CheckConstraint(
                condition=~Q(origin="computed") | (~Q(story="") & ~Q(finding="")), name="computed_issue_has_a_finding"
            ),
            models.CheckConstraint(
                condition=~Q(origin="told") | Q(room_gap__isnull=False), name="told_issue_has_a_room_gap"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "parked"]) | ~Q(reason=""), name="issue_back_or_kept_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["dossier", "story", "finding"], condition=~Q(finding=""), name="one_issue_a_finding"
            ),
            models.UniqueConstraint(
                fields=["room_gap"], condition=Q(room_gap__isnull=False), name="one_issue_a_room_gap"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"
