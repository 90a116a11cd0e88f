"""Who may follow the room of a session, and what of it."""

from __future__ import annotations

from django.http import HttpRequest

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import chosen_language
from schakelbord.live.audiences import MEETING, MODERATION
from schakelbord.live.devices import device_of
from schakelbord.live.frames import Admission
from schakelbord.showing.codes import SessionState
from schakelbord.showing.models import Session
from schakelbord.showing.rights import may_run_sessions

WALL_KEY = "schakelbord_wall"


def admit(request: HttpRequest, room_id: int) -> Admission | None:
    """The desk sees the inbox as well; the big screen and whoever joined see the room. Nobody else anything."""
    session = Session.objects.filter(room_id=room_id).first()
    if session is None:
        return None
    language = chosen_language(request)
    if may_run_sessions(actor_of(request.user)):
        return Admission(frozenset({MEETING, MODERATION}), language, counts=False)
    if session.state != SessionState.OPEN:
        return None
    device = device_of(request)
    if device and session.participants.filter(device=device).exists():
        return Admission(frozenset({MEETING}), language)
    if request.session.get(WALL_KEY) == session.pk:
        return Admission(frozenset({MEETING}), language, counts=False)
    return None
