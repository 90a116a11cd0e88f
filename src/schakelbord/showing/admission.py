"""Who may follow the room of a session, and what of it."""

from __future__ import annotations

from django.http import HttpRequest

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import chosen_language
from schakelbord.live.audiences import MEETING, MODERATION
from schakelbord.live.devices import device_of
from schakelbord.live.frames import Admission
from schakelbord.showing.joining import participant_of
from schakelbord.showing.models import Session
from schakelbord.showing.rights import may_follow, may_read_inbox

WALL_KEY = "schakelbord_wall"


def admit(request: HttpRequest, room_id: int) -> Admission | None:
    """The desk sees the inbox as well; the big screen and whoever joined see the room. Nobody else anything."""
    session = Session.objects.filter(room_id=room_id).first()
    if session is None:
        return None
    language = chosen_language(request)
    actor = actor_of(request.user)
    if may_read_inbox(actor, session):
        return Admission(frozenset({MEETING, MODERATION}), language, counts=False)
    is_wall = request.session.get(WALL_KEY) == session.pk
    joined = participant_of(session, device_of(request)) is not None
    if not may_follow(actor, session, joined=joined or is_wall):
        return None
    return Admission(frozenset({MEETING}), language, counts=joined)
