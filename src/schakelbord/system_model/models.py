"""The draft of the system model that everybody works on, with every edit; and what a model does to the stories."""

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


class EffectJob(models.Model):
    """Work in the background: all stories read with two models. `before` and `after` are the digests of the models.

    `content` is the model to come, as it was when somebody asked: a draft goes on changing. `run` names the thread that
    works on it, `beat` is when that thread last finished a story; an old beat of a running job means that it is gone.
    """

    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"

    before = models.CharField(max_length=80)
    after = models.CharField(max_length=80)
    content = models.TextField()
    state = models.CharField(max_length=10)
    run = models.CharField(max_length=32)
    beat = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["before", "after"], name="effect_job_once"),
        ]

    def __str__(self) -> str:
        return f"{self.before[:15]} to {self.after[:15]}: {self.state}"


class StoryGaps(models.Model):
    """The gaps of a story with a model, both by their digests, as this release of the engine finds them."""

    model = models.CharField(max_length=80)
    story = models.CharField(max_length=80)
    release = models.CharField(max_length=20)
    content = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["model", "story", "release"], name="story_gaps_once"),
        ]

    def __str__(self) -> str:
        return f"{self.story} with {self.model[:15]}"
