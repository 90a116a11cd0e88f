"""Who may do what with a meeting, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor, Role
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting

PREPARING = frozenset({MeetingState.DRAFT, MeetingState.CONVENED})


def may_prepare_meetings(actor: Actor) -> bool:
    """Secretary and chair make meetings, tables and the table plan."""
    return actor.has(Role.SECRETARY, Role.CHAIR)


def may_change_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Secretary and chair, until the minutes are adopted."""
    return may_prepare_meetings(actor) and meeting.state not in {MeetingState.ADOPTED, MeetingState.ARCHIVED}


def may_agree_to_convene(actor: Actor, meeting: Meeting) -> bool:
    """Secretary and chair say for a body that it convenes this meeting, while it is prepared."""
    return may_prepare_meetings(actor) and meeting.state == MeetingState.DRAFT


def may_convene(actor: Actor, meeting: Meeting) -> bool:
    """Secretary and chair."""
    return may_prepare_meetings(actor) and meeting.state == MeetingState.DRAFT


def may_open_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Secretary and chair, once it is convened."""
    return may_prepare_meetings(actor) and meeting.state == MeetingState.CONVENED


def may_run_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Secretary and chair run the meeting while it is open."""
    return may_prepare_meetings(actor) and meeting.state == MeetingState.OPEN


def may_adopt_minutes(actor: Actor, meeting: Meeting) -> bool:
    """The secretary and the chair, after it closed."""
    return may_prepare_meetings(actor) and meeting.state == MeetingState.CLOSED


def may_read_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Whoever prepares or checks it; who takes part reads it with the code, by their attendance."""
    return actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR)


def may_see_addresses(actor: Actor, meeting: Meeting) -> bool:
    """Addresses of people are for those who invite them."""
    return may_prepare_meetings(actor)
