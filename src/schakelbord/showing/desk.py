"""What the desk does: one function a verb, each inside the writer's transaction. The room hears of it as events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from schakelbord.accounts.actors import Actor
from schakelbord.errors import InputError
from schakelbord.live import gateway
from schakelbord.live.audiences import MEETING, MODERATION
from schakelbord.live.journal import Journal, Payload
from schakelbord.live.writer import Command
from schakelbord.showing import bodies
from schakelbord.showing.acts import Act
from schakelbord.showing.adding import ADDING
from schakelbord.showing.branching import BRANCHES
from schakelbord.showing.codes import SessionState
from schakelbord.showing.desk_inbox import INBOX, tell_senders
from schakelbord.showing.joining import actor_key, ended, require_desk
from schakelbord.showing.models import Change, Session
from schakelbord.showing.reading import read_body
from schakelbord.showing.room_gaps import gap_of, require_gap, require_on_stage, require_repairs
from schakelbord.showing.tales import day_at, nearest_step, story_of, warm_up
from schakelbord.showing.undoing import do_again, note_swing, take_back

DESK_ONLY: Final = frozenset({"save-notes", "set-minutes", "park-item", "refuse-item", "ask-other-words"})
"""Changes that the room never heard of, and so does not hear of when they are undone."""
ANSWERS: Final = frozenset({"refuse-item", "ask-other-words"})
Deed = Callable[[Act, Any], None]


def perform(actor: Actor, session: Session, *, verb: str, body: bytes, key: str) -> Payload:
    """Carry out a command of the desk.

    Args:
        actor: who is at the desk.
        session: the session.
        verb: the command, such as `go-to`.
        body: its fields as JSON.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        InputError: there is no such verb, or the fields do not fit it.
        ConflictError: somebody else changed the same thing first.
        StateError: the session or the thing is not in a state for this.
    """
    user_id = require_desk(actor)
    asked = read_body(verb, body, DESK)
    deed = DESK[verb][1]
    warm_up(session)

    def work(journal: Journal) -> Payload:
        found = Session.objects.select_related("room").get(pk=session.pk)
        if found.state == SessionState.ENDED:
            raise ended()
        act = Act(found, journal, user_id, verb, seen=asked.seen)
        deed(act, asked)
        act.remember()
        return {"seq": act.journal.seq}

    who = actor_key(actor)
    return gateway.perform(Command(session.room_id, who, who, key, {"verb": verb, "body": body.decode()}, work))


def go_to(act: Act, body: bodies.GoTo) -> None:
    """Go to a step. The spotlight and the gap in the light belong to the step that is left."""
    story = story_of(act.session)
    step, day = day_at(story, nearest_step(story, body.scene, body.beat), body.day)
    act.put(act.session, scene=step.scene, beat=step.beat, day=day, spotlight="", gap="", is_black=False)
    act.tell("session.stepped", payload={"scene": step.scene, "beat": step.beat, "day": day})


def set_mode(act: Act, body: bodies.SetMode) -> None:
    """What the room does from now on. Talk at the tables may have a clock."""
    until = act.now + dt.timedelta(minutes=body.minutes) if body.mode == "table" and body.minutes else None
    act.put(act.session, mode=body.mode, question_until=until)
    act.tell("session.mode", payload={"mode": body.mode})


def set_black(act: Act, body: bodies.Switch) -> None:
    """Nothing on the big screen, or everything again."""
    act.put(act.session, is_black=body.on)
    act.tell("session.black", payload={"on": body.on})


def set_spotlight(act: Act, body: bodies.Thing) -> None:
    """Everybody looks at one of those on the stage."""
    require_on_stage(act.session, body.id)
    act.put(act.session, spotlight=body.id, gap="")
    act.tell("session.spotlight", payload={"id": body.id})


def light_gap(act: Act, body: bodies.Thing) -> None:
    """A gap lights up."""
    require_gap(act.session, body.id)
    act.put(act.session, gap=body.id, spotlight="")
    act.tell("session.gap", payload={"id": body.id})


def set_repairs(act: Act, body: bodies.SetRepairs) -> None:
    """Switch repairs on for the whole room."""
    require_repairs(act.session, body.repairs)
    act.put(act.session, repairs=list(dict.fromkeys(body.repairs)))
    act.tell("session.repairs", payload={"repairs": list(act.session.repairs)})


def set_count(act: Act, body: bodies.Switch) -> None:
    """Show how many take part, or not."""
    act.put(act.session, shows_count=body.on)
    act.tell("session.count", payload={"on": body.on})


def set_audience(act: Act, body: bodies.SetAudience) -> None:
    """What the room may do."""
    act.put(act.session, may_recognise=body.may_recognise, may_add=body.may_add)
    act.tell("session.audience", payload={"may_recognise": body.may_recognise, "may_add": body.may_add})


def set_minutes(act: Act, body: bodies.SetMinutes) -> None:
    """How long the session is to take."""
    act.put(act.session, planned_minutes=body.minutes)
    act.tell("session.minutes", audience="moderation", payload={"minutes": body.minutes})


def save_notes(act: Act, body: bodies.SaveNotes) -> None:
    """Speaker notes, for the desk only."""
    place = f"{body.scene}:{body.beat}"
    notes = {name: text for name, text in act.session.notes.items() if name != place}
    act.put(act.session, notes=notes | ({place: body.text} if body.text else {}))
    act.tell("session.notes", audience="moderation", node=place)


def set_gap_state(act: Act, body: bodies.SetGapState) -> None:
    """A gap goes on in its life."""
    _check_life(body)
    gap = gap_of(act.session, body.gap, now=act.now)
    act.put(
        gap,
        state=body.state,
        body=body.body,
        is_new_body=body.is_new_body,
        action=body.action,
        due=body.due,
        reason=body.reason,
    )
    act.tell("gap.state", node=gap.shown_key, payload={"state": body.state})


def undo(act: Act, body: bodies.Nothing) -> None:
    """Take one's own last change back."""
    _tell_swing(act, take_back(act), "session.undone")


def redo(act: Act, body: bodies.Nothing) -> None:
    """Do again what one took back."""
    _tell_swing(act, do_again(act), "session.redone")


def _tell_swing(act: Act, change: Change, verb: str) -> None:
    """Tell who heard of the change itself, and no more than that: what was done with a message is for the desk."""
    audience = MODERATION if change.verb in DESK_ONLY else MEETING
    note_swing(change, act.tell(verb, audience=audience))
    if change.verb in ANSWERS:
        tell_senders(act)
    if audience == MEETING and change.verb in INBOX:
        act.tell("inbox.changed", audience=MODERATION)


def _check_life(body: bodies.SetGapState) -> None:
    """Placed asks body, action and date; a new body and *accepted* ask a reason."""
    if body.state == "assigned" and not (body.body and body.action and body.due):
        raise InputError(
            "placing_incomplete",
            "body",
            nl="Zeg bij welk gremium het ligt, wat de actie is en wanneer zij klaar moet zijn.",
            en="Say with which body it lies, what the action is and by when it must be done.",
        )
    if body.is_new_body and not body.reason:
        raise InputError(
            "new_body_without_reason",
            "reason",
            nl="Waarom past geen bestaand gremium? Schrijf dat in één zin.",
            en="Why does no existing body fit? Write that in one sentence.",
        )
    if body.state == "accepted" and not body.reason:
        raise InputError(
            "accepted_without_reason",
            "reason",
            nl="Waarom blijft dit hiaat zoals het is? Schrijf dat in één zin.",
            en="Why does this gap stay as it is? Write that in one sentence.",
        )


DESK: Final[dict[str, tuple[type[bodies.Body], Deed]]] = {
    "go-to": (bodies.GoTo, go_to),
    "set-mode": (bodies.SetMode, set_mode),
    "set-black": (bodies.Switch, set_black),
    "spotlight": (bodies.Thing, set_spotlight),
    "light-gap": (bodies.Thing, light_gap),
    "set-repairs": (bodies.SetRepairs, set_repairs),
    "set-count": (bodies.Switch, set_count),
    "set-audience": (bodies.SetAudience, set_audience),
    "set-minutes": (bodies.SetMinutes, set_minutes),
    "save-notes": (bodies.SaveNotes, save_notes),
    "set-gap-state": (bodies.SetGapState, set_gap_state),
    "undo": (bodies.Nothing, undo),
    "redo": (bodies.Nothing, redo),
    **ADDING,
    **BRANCHES,
    **INBOX,
}
