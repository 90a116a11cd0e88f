"""What was adopted, as it was adopted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schakelbord.meetings.models import Meeting


class MinutesVersion(models.Model):
    """The minutes of a meeting as they were adopted; every later document is made of this text.

    `content` is JSON, byte for byte what `digest` is the SHA-256 of. The database refuses to change or remove a row,
    and to add one to a meeting that is not being adopted. `names` stand beside it, so that a person can be erased.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes_version")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    names = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(content="") & ~Q(digest=""), name="adopted_minutes_say_something"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.digest[:16]}"
