"""What the desk does: one function a verb, each inside the writer's transaction. The room hears of it as events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from schakelbord.accounts.actors import Actor
from schakelbord.errors import InputError, SchakelbordError, StateError
from schakelbord.live import gateway
from schakelbord.live.journal import Journal, Payload
from schakelbord.live.writer import Command
from schakelbord.showing import bodies
from schakelbord.showing.acts import Act, do_again, take_back
from schakelbord.showing.codes import AdditionKind, SessionState
from schakelbord.showing.desk_inbox import INBOX
from schakelbord.showing.joining import actor_key, ended, require_desk
from schakelbord.showing.models import Addition, Branch, RoomGap, Session
from schakelbord.showing.room_gaps import gap_of, new_key, next_number, not_there, told_gap
from schakelbord.showing.tales import bare_reading, nearest_step, story_of
from schakelbord.stories.findings import repair_keys

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


def read_body(
    verb: str, body: bytes, verbs: Mapping[str, tuple[type[bodies.Body], Callable[..., object]]]
) -> bodies.Body:
    """The fields of a command.

    Raises:
        InputError: there is no such verb, or the fields do not fit it; says which.
    """
    if verb not in verbs:
        raise InputError(
            "unknown_verb",
            verb[:40],
            nl="Deze opdracht bestaat niet. Open de pagina opnieuw.",
            en="There is no such command. Open the page anew.",
        )
    try:
        return msgspec.json.decode(body or b"{}", type=verbs[verb][0])
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as trouble:
        raise _wrong_field(str(trouble)) from None


def _wrong_field(trouble: str) -> SchakelbordError:
    """The first field that does not fit, in words."""
    field = trouble.partition("`$.")[2].partition("`")[0]
    if "length <=" in trouble:
        most = trouble.partition("length <= ")[2].partition(" ")[0].strip("`- ")
        return InputError(
            "too_long",
            field,
            nl=f"Dit is te lang: hooguit {most} tekens. Uw tekst staat er nog; maak hem korter.",
            en=f"This is too long: {most} characters at most. Your text is still there; make it shorter.",
        )
    if "length >=" in trouble:
        return InputError("empty", field, nl="Vul dit in.", en="Fill this in.")
    return InputError(
        "wrong_field",
        field,
        nl="Dit veld kunnen wij zo niet gebruiken. Kijk het na.",
        en="We cannot use this field as it is. Check it.",
    )


def go_to(act: Act, body: bodies.GoTo) -> None:
    """Go to a step. The spotlight and the gap in the light belong to the step that is left."""
    story = story_of(act.session)
    step = nearest_step(story, body.scene, body.beat)
    day = min(max(step.day, body.day if body.day is not None else step.day), story.horizon)
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
    act.put(act.session, spotlight=body.id, gap="")
    act.tell("session.spotlight", payload={"id": body.id})


def light_gap(act: Act, body: bodies.Thing) -> None:
    """A gap lights up."""
    act.put(act.session, gap=body.id, spotlight="")
    act.tell("session.gap", payload={"id": body.id})


def set_repairs(act: Act, body: bodies.SetRepairs) -> None:
    """Switch repairs on for the whole room."""
    known = repair_keys(bare_reading(act.session))
    if strange := [key for key in body.repairs if key not in known]:
        raise InputError(
            "unknown_repair",
            strange[0],
            nl="Deze reparatie hoort niet bij dit verhaal.",
            en="This repair does not belong to this story.",
        )
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
    act.put(act.session, notes=notes | ({place: body.text} if body.text.strip() else {}))
    act.tell("session.notes", audience="moderation", node=place)


def add_organisation(act: Act, body: bodies.AddOrganisation) -> None:
    """Put an organisation on the stage, in the spotlight."""
    data = {"name": body.name.strip(), "ring": body.ring, "sector": body.sector, "icon": body.icon}
    added = _add(act, AdditionKind.ORGANISATION, data)
    act.put(act.session, spotlight=added.key, gap="")
    act.tell("addition.made", node=added.key, payload={"kind": "organisation"})


def add_channel(act: Act, body: bodies.AddChannel) -> None:
    """Draw a channel."""
    data = {"from": body.between_from, "to": body.between_to, "ground": body.ground, "works": body.works}
    added = _add(act, AdditionKind.CHANNEL, data)
    act.tell("addition.made", node=added.key, payload={"kind": "channel"})


def add_doll(act: Act, body: bodies.AddDoll) -> None:
    """Put an invented person on the stage."""
    data = {"name": body.name.strip(), "age": body.age, "place": body.place}
    added = _add(act, AdditionKind.DOLL, data)
    act.tell("addition.made", node=added.key, payload={"kind": "doll"})


def add_question(act: Act, body: bodies.AddQuestion) -> None:
    """Ask the room something."""
    added = _add(act, AdditionKind.QUESTION, {"text": body.text.strip()})
    act.tell("addition.made", node=added.key, payload={"kind": "question"})


def remove_addition(act: Act, body: bodies.Thing) -> None:
    """Take something off the stage that was put there."""
    found = act.session.additions.filter(key=body.id, removed=False).first()
    told = found or act.session.gaps.filter(key=body.id, removed=False, computed="").first()
    if told is None:
        raise not_there()
    act.put(told, removed=True)
    act.tell("addition.removed", node=body.id)


def add_gap(act: Act, body: bodies.AddGap) -> None:
    """Tell a gap; it lights up."""
    told = RoomGap(
        session=act.session,
        key=new_key("r"),
        number=next_number(act.session),
        kind=body.kind,
        between_from=body.between_from,
        between_to=body.between_to,
        sentence=body.sentence.strip(),
        knowledge=body.knowledge,
        source=body.source,
        from_presenter=True,
        scene=act.session.scene,
        beat=act.session.beat,
        made_at=act.now,
    )
    act.add(told)
    act.put(act.session, gap=told.key, spotlight="")
    act.tell("gap.told", node=told.key)


def change_gap(act: Act, body: bodies.ChangeGap) -> None:
    """Change what a told gap says."""
    told = told_gap(act.session, body.gap)
    act.put(
        told,
        kind=body.kind,
        between_from=body.between_from,
        between_to=body.between_to,
        sentence=body.sentence.strip(),
        knowledge=body.knowledge,
        source=body.source,
    )
    act.tell("gap.changed", node=told.key)


def set_gap_state(act: Act, body: bodies.SetGapState) -> None:
    """A gap goes on in its life."""
    _check_life(body)
    gap = gap_of(act.session, body.gap, now=act.now)
    act.put(
        gap,
        state=body.state,
        body=body.body.strip(),
        is_new_body=body.is_new_body,
        action=body.action.strip(),
        due=body.due,
        reason=body.reason.strip(),
    )
    act.tell("gap.state", node=gap.shown_key, payload={"state": body.state})


def open_branch(act: Act, body: bodies.OpenBranch) -> None:
    """Ask the room which way to go on."""
    if act.session.branches.filter(is_open=True, removed=False).exists():
        raise StateError(
            "branch_open",
            nl="Er staat nog een keuze open. Kies eerst daarin een weg.",
            en="A choice is still open. Choose a way in that one first.",
        )
    branch = Branch(
        session=act.session,
        key=new_key("b"),
        question=body.question.strip(),
        options=msgspec.to_builtins(body.options),
        made_at=act.now,
    )
    act.add(branch)
    act.tell("branch.opened", node=branch.key)


def choose_branch(act: Act, body: bodies.ChooseBranch) -> None:
    """Go one of the two ways. The other is kept, and one can return to it."""
    branch = act.session.branches.filter(key=body.branch, removed=False).first()
    if branch is None:
        raise not_there()
    session, way = act.session, branch.options[body.option]
    here = {"scene": session.scene, "beat": session.beat, "day": session.day, "repairs": session.repairs}
    act.put(branch, is_open=False, chosen=body.option, came_from=branch.came_from or here)
    step = nearest_step(story_of(session), session.scene, session.beat)
    if way["scene"] is not None:
        step = nearest_step(story_of(session), way["scene"], way["beat"])
    day = step.day if way["scene"] is not None else session.day
    act.put(session, scene=step.scene, beat=step.beat, day=day, repairs=way["repairs"], gap="", spotlight="")
    act.tell("branch.chosen", node=branch.key, payload={"option": body.option})


def undo(act: Act, body: bodies.Nothing) -> None:
    """Take one's own last change back."""
    change = take_back(act)
    act.tell("session.undone", payload={"verb": change.verb})


def redo(act: Act, body: bodies.Nothing) -> None:
    """Do again what one took back."""
    change = do_again(act)
    act.tell("session.redone", payload={"verb": change.verb})


def _add(act: Act, kind: AdditionKind, data: dict[str, Any]) -> Addition:
    added = Addition(
        session=act.session,
        key=new_key("t"),
        kind=kind,
        data=data,
        scene=act.session.scene,
        beat=act.session.beat,
        made_at=act.now,
    )
    act.add(added)
    return added


def _check_life(body: bodies.SetGapState) -> None:
    """Placed asks body, action and date; a new body and *accepted* ask a reason."""
    if body.state == "assigned" and not (body.body.strip() and body.action.strip() and body.due):
        raise InputError(
            "placing_incomplete",
            "body",
            nl="Zeg bij welk gremium het ligt, wat de actie is en wanneer zij klaar moet zijn.",
            en="Say with which body it lies, what the action is and by when it must be done.",
        )
    if body.is_new_body and not body.reason.strip():
        raise InputError(
            "new_body_without_reason",
            "reason",
            nl="Waarom past geen bestaand gremium? Schrijf dat in één zin.",
            en="Why does no existing body fit? Write that in one sentence.",
        )
    if body.state == "accepted" and not body.reason.strip():
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
    "add-organisation": (bodies.AddOrganisation, add_organisation),
    "add-channel": (bodies.AddChannel, add_channel),
    "add-doll": (bodies.AddDoll, add_doll),
    "add-question": (bodies.AddQuestion, add_question),
    "add-gap": (bodies.AddGap, add_gap),
    "change-gap": (bodies.ChangeGap, change_gap),
    "set-gap-state": (bodies.SetGapState, set_gap_state),
    "remove": (bodies.Thing, remove_addition),
    "open-branch": (bodies.OpenBranch, open_branch),
    "choose-branch": (bodies.ChooseBranch, choose_branch),
    "undo": (bodies.Nothing, undo),
    "redo": (bodies.Nothing, redo),
    **INBOX,
}
