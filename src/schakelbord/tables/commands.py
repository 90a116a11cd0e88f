"""All verbs of a meeting that goes on, and the one way in for them."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from schakelbord.accounts.actors import Actor
from schakelbord.errors import StateError
from schakelbord.live import gateway
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act, actor_key, carry_out
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting
from schakelbord.showing.reading import read_body
from schakelbord.tables import asks, console, harvest, talk, votes
from schakelbord.tables.here import Here, round_now, who_is_here

Verb = Callable[[Act, Here, Any], Payload]

VERBS: Final[dict[str, tuple[type[asks.Ask], Verb]]] = {
    "say": (asks.Say, talk.say),
    "mend": (asks.Mend, talk.mend),
    "hide": (asks.WithReason, talk.hide),
    "set-aside": (asks.WithReason, talk.set_aside),
    "bring-back": (asks.About, talk.bring_back),
    "merge": (asks.Merge, talk.merge),
    "ask-source": (asks.About, talk.ask_source),
    "make-group": (asks.MakeGroup, talk.make_group),
    "remove-group": (asks.OneGroup, talk.remove_group),
    "put-in-group": (asks.PutInGroup, talk.put_in_group),
    "set-phase": (asks.SetPhase, talk.set_phase),
    "save-harvest": (asks.SaveHarvest, harvest.save_harvest),
    "save-result": (asks.SaveResult, harvest.save_result),
    "remove-result": (asks.OneResult, harvest.remove_result),
    "read-back": (asks.OneTable, harvest.read_back),
    "confirm": (asks.OneTable, harvest.confirm),
    "contest": (asks.Contest, harvest.contest),
    "settle": (asks.Settle, harvest.settle),
    "make-statement": (asks.MakeStatement, votes.make_statement),
    "open-statement": (asks.OneStatement, votes.open_statement),
    "close-statement": (asks.OneStatement, votes.close_statement),
    "vote": (asks.CastVote, votes.cast_vote),
    "start-item": (asks.OneItem, console.start_item),
    "end-item": (asks.OneItem, console.end_item),
    "more-time": (asks.MoreTime, console.more_time),
    "announce": (asks.Announce, console.announce),
    "show": (asks.Show, console.show),
    "set-presence": (asks.Presence, console.set_presence),
    "walk-in": (asks.WalkIn, console.walk_in),
    "move-seat": (asks.MoveSeat, console.move_seat),
}
RESEATING: Final = frozenset({"start-item", "walk-in", "move-seat"})
"""After these somebody may see another table than before, so that streams are let in anew."""


def perform(meeting: Meeting, actor: Actor, *, device: str, verb: str, body: bytes, key: str) -> Payload:
    """Carry out a command of a meeting that goes on.

    A contribution that is not named leaves no trace of who sent it in the journal either: its actor is the table, its
    device is made of the key alone, and its time is that of the round. A vote keeps no actor.

    Args:
        meeting: the meeting.
        actor: who logged in.
        device: the id of the browser, "" for none.
        verb: the command, such as `say`.
        body: its fields as JSON.
        key: idempotency key.

    Raises:
        InputError: there is no such verb, or the fields do not fit it.
        RightError: this person may not.
        StateError: the meeting, the round or the thing is not in a state for this.
        ConflictError: somebody else changed the same thing first.
    """
    asked = read_body(verb, body, VERBS)
    deed = VERBS[verb][1]

    def work(act: Act) -> Payload:
        if act.meeting.state != MeetingState.OPEN:
            raise not_open()
        return deed(act, who_is_here(act.meeting, actor, device), asked)

    content: Payload = {"verb": verb, "body": body.decode(errors="replace")}
    if hides(asked):
        item = round_now(meeting)
        moment = item.started_at if item else None
        hidden = sha256(f"hidden:{key}".encode()).hexdigest()[:32]
        answer = carry_out(meeting, work, who="somebody", device=hidden, key=key, asked=content, moment=moment)
    else:
        who = actor_key(actor) if actor.user_id is not None else _attendance_key(meeting, device)
        answer = carry_out(meeting, work, who=who, device=who, key=key, asked=content)
    if verb in RESEATING:
        gateway.close_readers(meeting.room_id)
    return answer


def hides(asked: asks.Ask) -> bool:
    """Whether nobody may ever find out who sent this."""
    return (isinstance(asked, asks.Say) and asked.mode != "named") or isinstance(asked, asks.Mend | asks.CastVote)


def not_open() -> StateError:
    """What somebody hears who comes too late, or too early."""
    return StateError(
        "meeting_not_open",
        nl="Deze bijeenkomst is afgelopen of nog niet begonnen. Uw tekst staat nog op dit apparaat.",
        en="This meeting has ended or has not begun. Your text is still on this device.",
    )


def _attendance_key(meeting: Meeting, device: str) -> str:
    found = meeting.attendances.filter(device=device).first() if device else None
    return f"a-{found.key}" if found else "nobody"
