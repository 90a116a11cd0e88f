"""Rooms: open one, close one, check all. Who may do so is for the app whose room it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from schakelbord.errors import StateError
from schakelbord.live.journal import Break, verify
from schakelbord.live.models import Reply, Room


@dataclass(frozen=True, slots=True)
class Checked:
    """A room whose journal was read from begin to end; `trouble` is None when it is whole."""

    room: Room
    trouble: Break | None


def open_room(name: str, *, now: dt.datetime) -> Room:
    """A new room with an empty journal."""
    return Room.objects.create(name=name, opened_at=now)


def close_room(room: Room, *, now: dt.datetime) -> None:
    """Close a room: nothing can be added, and what tells devices apart is thrown away. The journal stays.

    Raises:
        StateError: it was closed before.
    """
    with transaction.atomic():
        if not Room.objects.filter(pk=room.pk, closed_at=None).update(closed_at=now):
            raise StateError(
                "room_closed_before",
                room.name,
                nl="Deze bijeenkomst is al afgelopen; er is niets veranderd.",
                en="This meeting has ended already; nothing was changed.",
            )
        Reply.objects.filter(room=room).delete()


def check_rooms(*, only: int | None = None) -> Iterator[Checked]:
    """Every room, or one, with the first break in its journal; reads all events.

    Args:
        only: key of the one room to check.
    """
    rooms = Room.objects.order_by("pk")
    for room in rooms if only is None else rooms.filter(pk=only):
        yield Checked(room, _verify_at_rest(room))


def _verify_at_rest(room: Room) -> Break | None:
    """Room and events as they are at one moment, also while somebody writes."""
    with transaction.atomic():
        return verify(Room.objects.select_for_update().get(pk=room.pk))
