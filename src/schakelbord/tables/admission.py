"""Who may follow the room of a meeting, and what of it: everybody the meeting, each table only those who sit there."""

from __future__ import annotations

from django.http import HttpRequest

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import chosen_language
from schakelbord.errors import Language
from schakelbord.live.audiences import MEETING, MODERATION
from schakelbord.live.devices import device_of
from schakelbord.live.frames import Admission, Html
from schakelbord.live.models import Event
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting
from schakelbord.meetings.rights import may_change_meeting
from schakelbord.tables.here import who_is_here

WALL_KEY = "schakelbord_meeting_wall"


def admit(request: HttpRequest, room_id: int) -> Admission | None:
    """Who prepares and runs the meeting hears all of it; who joined hears the meeting and their own table."""
    meeting = Meeting.objects.filter(room_id=room_id).first()
    if meeting is None:
        return None
    language = chosen_language(request)
    actor = actor_of(request.user)
    here = who_is_here(meeting, actor, device_of(request))
    tables = {f"table:{key}" for key in here.at}
    if may_change_meeting(actor, meeting):
        every = {f"table:{key}" for key in meeting.tables.values_list("pk", flat=True)}
        return Admission(frozenset({MEETING, MODERATION, *every}), language, counts=here.takes_part)
    if meeting.state != MeetingState.OPEN:
        return None
    is_wall = request.session.get(WALL_KEY) == meeting.pk
    if not (here.takes_part or is_wall):
        return None
    return Admission(frozenset({MEETING, *tables}), language, counts=here.takes_part)


def render(event: Event, language: Language) -> Html:
    """Nothing comes along: pages fetch the part that changed."""
    return {}
