"""A story on the agenda: its session is made when it begins, and everybody in the meeting can follow it."""

from __future__ import annotations

import datetime as dt
import secrets

from schakelbord.accounts.actors import Actor
from schakelbord.errors import InputError
from schakelbord.meetings.acts import require
from schakelbord.meetings.models import AgendaItem, Meeting
from schakelbord.meetings.rights import may_run_meeting
from schakelbord.showing.codes import SessionState
from schakelbord.showing.joining import make_session, open_session
from schakelbord.showing.models import Session
from schakelbord.stories.library import all_stories


def begin_story(actor: Actor, meeting: Meeting, item: AgendaItem, *, now: dt.datetime) -> Session:
    """The session of a story on the agenda, open; the same one when it was begun before.

    Raises:
        RightError: this actor does not run the meeting, or may not show stories.
        InputError: no story was chosen for this point.
    """
    require(may_run_meeting(actor, meeting), actor)
    if item.session is not None and item.session.state != SessionState.ENDED:
        return item.session
    story = all_stories().get(item.story)
    if story is None:
        raise InputError(
            "no_story",
            "story",
            nl="Bij dit onderdeel is geen verhaal gekozen.",
            en="No story was chosen for this point.",
        )
    made = make_session(actor, story, title=f"{meeting.title}: {item.title}"[:200], minutes=item.minutes, now=now)
    open_session(actor, made, key=secrets.token_hex(12))
    AgendaItem.objects.filter(pk=item.pk).update(session=made)
    return Session.objects.get(pk=made.pk)


def story_now(meeting: Meeting) -> Session | None:
    """The story that is being told in this meeting."""
    items = meeting.agenda.filter(session__state=SessionState.OPEN).select_related("session").order_by("-order")
    found = items.first()
    return found.session if found else None
