"""Minutes as they are now, and adopting them: from then on they are what was kept, and nothing else."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor
from schakelbord.errors import ConflictError, StateError
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act, actor_key, carry_out, require
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting
from schakelbord.meetings.rights import may_adopt_minutes
from schakelbord.reports.minutes import read_content
from schakelbord.reports.minutes_files import Record, record_of
from schakelbord.reports.minutes_names import names_of, with_names
from schakelbord.reports.minutes_of import minutes_of
from schakelbord.reports.models import MinutesVersion

BEFORE = frozenset({MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.OPEN})
AFTER = frozenset({MeetingState.ADOPTED, MeetingState.ARCHIVED})


def minutes_now(meeting: Meeting) -> Record:
    """The minutes of a meeting: a draft of what there is now, or what was adopted.

    Raises:
        StateError: the meeting did not close yet, or what was kept is not what was adopted.
    """
    if meeting.state in BEFORE:
        raise StateError(
            "not_closed",
            nl="Er zijn nog geen notulen. Sluit eerst de bijeenkomst, in de regie.",
            en="There are no minutes yet: this meeting was not closed. Close it first where you run it.",
        )
    if meeting.state not in AFTER:
        return record_of(minutes_of(meeting), names_of(meeting))
    kept = MinutesVersion.objects.filter(meeting=meeting).first()
    content = kept.content.encode() if kept else b""
    minutes = read_content(content, digest=meeting.minutes_hash)
    return Record(with_names(minutes, kept.names if kept else {}), content, meeting.minutes_hash)


def adopt_minutes(actor: Actor, meeting: Meeting, *, seen: str, key: str) -> Payload:
    """Adopt the minutes: their text and its fingerprint are kept, and nothing of the talk can change any more.

    Args:
        actor: secretary or chair.
        meeting: that closed.
        seen: fingerprint of the draft that they read.
        key: idempotency key.

    Raises:
        RightError: this actor may not, or the meeting is not closed.
        ConflictError: the draft is not what they read any more.
    """
    require(may_adopt_minutes(actor, meeting), actor)

    def deed(act: Act) -> Payload:
        if act.meeting.state != MeetingState.CLOSED:
            raise StateError(
                "adopted_already",
                nl="Deze notulen zijn al vastgesteld, of de bijeenkomst is nog niet gesloten.",
                en="These minutes were adopted already, or the meeting was not closed yet.",
            )
        if minutes_now(act.meeting).digest != seen:
            raise ConflictError(
                "minutes_changed_meanwhile",
                nl="Er is iets bijgekomen sinds u dit las. Lees de notulen opnieuw en stel ze dan vast.",
                en="Something was added since you read this. Read the minutes anew, then adopt them.",
            )
        names = names_of(act.meeting)
        record = record_of(minutes_of(act.meeting, adopted_at=act.now), names)
        MinutesVersion.objects.create(
            meeting=act.meeting, content=record.content.decode(), digest=record.digest, names=names, made_at=act.now
        )
        act.meeting.state, act.meeting.adopted_at = MeetingState.ADOPTED, act.now
        act.meeting.minutes_hash = record.digest
        act.meeting.save(update_fields=["state", "adopted_at", "minutes_hash"])
        return {"seq": act.tell("minutes.adopted", digest=record.digest), "digest": record.digest}

    who = actor_key(actor)
    return carry_out(meeting, deed, who=who, device=who, key=key, asked={"verb": "adopt-minutes", "seen": seen})
