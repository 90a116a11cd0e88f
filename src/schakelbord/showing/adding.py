"""What the desk puts on the stage, from the step at hand on: organisation, channel, doll, question, gap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from schakelbord.showing import bodies
from schakelbord.showing.acts import Act
from schakelbord.showing.codes import AdditionKind
from schakelbord.showing.models import Addition, RoomGap
from schakelbord.showing.real_people import refuse_real_people
from schakelbord.showing.room_gaps import new_key, next_number, not_there, require_on_stage, told_gap


def add(act: Act, kind: AdditionKind, data: dict[str, Any]) -> Addition:
    """Put something on the stage."""
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


def add_organisation(act: Act, body: bodies.AddOrganisation) -> None:
    """Put an organisation on the stage, in the spotlight."""
    refuse_real_people(body.name, where="name")
    data = {"name": body.name, "ring": body.ring, "sector": body.sector, "icon": body.icon}
    added = add(act, AdditionKind.ORGANISATION, data)
    act.put(act.session, spotlight=added.key, gap="")
    act.tell("addition.made", node=added.key, payload={"kind": "organisation"})


def add_channel(act: Act, body: bodies.AddChannel) -> None:
    """Draw a channel between two that are on the stage."""
    require_on_stage(act.session, body.between_from, body.between_to)
    data = {"from": body.between_from, "to": body.between_to, "ground": body.ground, "works": body.works}
    added = add(act, AdditionKind.CHANNEL, data)
    act.tell("addition.made", node=added.key, payload={"kind": "channel"})


def add_doll(act: Act, body: bodies.AddDoll) -> None:
    """Put an invented person on the stage."""
    refuse_real_people(body.name, where="name")
    data = {"name": body.name, "age": body.age, "place": body.place}
    added = add(act, AdditionKind.DOLL, data)
    act.tell("addition.made", node=added.key, payload={"kind": "doll"})


def add_question(act: Act, body: bodies.AddQuestion) -> None:
    """Ask the room something."""
    refuse_real_people(body.text)
    added = add(act, AdditionKind.QUESTION, {"text": body.text})
    act.tell("addition.made", node=added.key, payload={"kind": "question"})


def remove_addition(act: Act, body: bodies.Thing) -> None:
    """Take something off the stage that was put there."""
    found = act.session.additions.filter(key=body.id, removed=False).first()
    told = found or act.session.gaps.filter(key=body.id, removed=False, computed="").first()
    asked = told or act.session.branches.filter(key=body.id, removed=False).first()
    if asked is None:
        raise not_there()
    act.put(asked, removed=True)
    act.tell("addition.removed", node=body.id)


def add_gap(act: Act, body: bodies.AddGap) -> None:
    """Tell a gap; it lights up."""
    told = RoomGap(
        session=act.session,
        key=new_key("r"),
        number=next_number(act.session),
        **_as_told(act, body),
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
    act.put(told_gap(act.session, body.gap), **_as_told(act, body))
    act.tell("gap.changed", node=body.gap)


def _as_told(act: Act, body: bodies.AddGap) -> dict[str, Any]:
    """What a gap says, when its places are on the stage and nobody real is in it."""
    require_on_stage(act.session, body.between_from, body.between_to)
    refuse_real_people(body.sentence)
    return {
        "kind": body.kind,
        "between_from": body.between_from,
        "between_to": body.between_to,
        "sentence": body.sentence,
        "knowledge": body.knowledge,
        "source": body.source,
    }


ADDING: Final[dict[str, tuple[type[bodies.Body], Callable[[Act, Any], None]]]] = {
    "add-organisation": (bodies.AddOrganisation, add_organisation),
    "add-channel": (bodies.AddChannel, add_channel),
    "add-doll": (bodies.AddDoll, add_doll),
    "add-question": (bodies.AddQuestion, add_question),
    "add-gap": (bodies.AddGap, add_gap),
    "change-gap": (bodies.ChangeGap, change_gap),
    "remove": (bodies.Thing, remove_addition),
}
