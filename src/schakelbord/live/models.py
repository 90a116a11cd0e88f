"""Rooms, what happened in them, and what was answered. Events are append-only: triggers of the database see to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

FIRST_HASH = "0" * 64


class Room(models.Model):
    """Something that people follow together. `last_seq` and `last_hash` are those of its newest event."""

    name = models.CharField(max_length=120)
    last_seq = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default=FIRST_HASH)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(name=""), name="room_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One thing that happened in a room.

    `actor` is an opaque id, never a person or a device; `payload` is JSON with opaque ids and what every reader of the
    audience may see. `hash` covers all other fields and `previous`, the hash of the event before it.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    audience = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    node = models.CharField(max_length=200, blank=True)
    payload = models.TextField()
    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["room", "seq"], name="event_once_in_its_place"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}:{self.seq} {self.verb}"


class Reply(models.Model):
    """What a command was answered, so that the same key gives the same answer. Goes when the room's devices go."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="replies")
    device = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    asked = models.CharField(max_length=64)
    answer = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["room", "device", "key"], name="one_answer_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.key}"
