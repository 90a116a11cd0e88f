"""At the door of a room: who asks, what may they see, and what did they miss. Runs in a thread, with a connection."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections, connection
from django.http import HttpRequest

from schakelbord.live.devices import device_of
from schakelbord.live.frames import Admission, RoomsOf, missed_frames
from schakelbord.live.hub import Frame
from schakelbord.live.models import Event, Room

MOST_MISSED = 500
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the door says.

    `last_seq` is the newest event of the room; `visible` are the events after the reader's own newest one that it may
    see, None when the journal was not read; `too_far` when it must fetch the state anew, because there are too many of
    them or they are of another journal.
    """

    admission: Admission | None
    status: int = 404
    last_seq: int = 0
    device: str = ""
    too_far: bool = False
    visible: Sequence[Event] | None = None

    @property
    def missed(self) -> list[Frame] | None:
        """What was missed as frames; None when the journal was not read."""
        return None if self.visible is None or self.admission is None else missed_frames(self.visible, self.admission)


def entry_of(
    scope: Mapping[str, Any], room_id: int, rooms: Sequence[RoomsOf], *, since: int | None, at_hand: bool
) -> Entry:
    """Admit a reader to a room, or not.

    Args:
        scope: of the ASGI connection.
        room_id: the room.
        rooms: the apps that have rooms.
        since: the newest event the reader has, None when it only begins.
        at_hand: the hub itself has all after `since`, so that the journal need not be read.
    """
    try:
        _refresh_connection()
        return _entry(scope, room_id, rooms, since=since, at_hand=at_hand)
    except Exception:
        log.exception("nobody could be admitted to a room")
        connection.close()
        return Entry(None, status=503)


def _refresh_connection() -> None:
    """A door keeps its connection: a thousand readers who come back at once need no thousand new ones."""
    if connection.vendor != "sqlite":
        close_old_connections()


def _entry(
    scope: Mapping[str, Any], room_id: int, rooms: Sequence[RoomsOf], *, since: int | None, at_hand: bool
) -> Entry:
    request = request_of(scope)
    try:
        request.get_host()
    except DisallowedHost:
        return Entry(None, status=400)
    found = (rooms_of.admit(request, room_id) for rooms_of in rooms)
    admission = next(filter(None, found), None)
    if admission is None:
        return Entry(None)
    last_seq = Room.objects.values_list("last_seq", flat=True).get(pk=room_id)
    device = device_of(request)
    if since is None or at_hand or since == last_seq:
        return Entry(admission, last_seq=last_seq, device=device)
    if since > last_seq or last_seq - since > MOST_MISSED:
        return Entry(admission, last_seq=last_seq, device=device, too_far=True)
    events = Event.objects.filter(room_id=room_id, seq__gt=since, seq__lte=last_seq, audience__in=admission.audiences)
    return Entry(admission, last_seq=last_seq, device=device, visible=list(events.order_by("seq")))


def request_of(scope: Mapping[str, Any]) -> HttpRequest:
    """A request with session and user, as views see it."""
    request = ASGIRequest(dict(scope), io.BytesIO())
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    return request
