"""Drafts of stories, every change that was made of them, and who is at work in them now."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from schakelbord.live.models import Room
from schakelbord.stories.models import StoryVersion


class Draft(models.Model):
    """A story that people are writing together. `content` is its JSON, `seq` the place of its last change in the room.

    `template` says with which template a guided start began, and is empty otherwise.
    """

    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="+")
    story = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    content = models.TextField()
    seq = models.PositiveBigIntegerField(default=0)
    template = models.CharField(max_length=40, blank=True)
    based_on = models.ForeignKey(StoryVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(story=""), name="draft_has_a_story"),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.story} (draft {self.pk})"


class ChangeKind(models.TextChoices):
    """What a change is: one's own, one taken back, one done again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class Change(models.Model):
    """What one person did at once. `done` holds the operations exactly as applied, in order.

    For a change of one's own `takes_back` holds what undo must invert, which differs from `done` after a redo that was
    merged with what others wrote; `is_undone` says whether it is taken back now. `of` is the change that an undo or a
    redo belongs to.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="changes")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=4, choices=ChangeKind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done = models.TextField()
    takes_back = models.TextField(blank=True)
    is_undone = models.BooleanField(default=False)
    may_redo = models.BooleanField(default=False)
    of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "seq"], name="change_once_in_its_place"),
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_kind_is_known"),
            models.CheckConstraint(condition=Q(kind="do") | Q(of__isnull=False), name="change_knows_what_it_undoes"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}:{self.seq} {self.kind}"


class AtWork(models.Model):
    """Who has a draft open, and at which part of it."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="at_work")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=120, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "user"], name="at_work_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.draft_id}"
