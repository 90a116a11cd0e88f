"""Repairs at the level of types: what each key means, what it costs, who decides, and how it changes the rules of play.

A key is a kind and its place: `practise:jgz_vt`, `ask:leerplicht_school`, `invite:casusoverleg_zvh:school`,
`meet:casusoverleg_zvh`, `member:casusoverleg_zvh:school`, `handover:school`,
`channel:jgz_vt:structurele_onveiligheid`, `chair:wijkteam@b`, `ground:woningcorporatie_riec`, `age:gi_wijkteam`,
`age:patroon:wijkteam`. Source: engine design, "Repairs".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from schakelbord.engine.areas import area_of
from schakelbord.engine.catalogue import (
    BodyType,
    Catalogue,
    ChannelType,
    Delay,
    Escalation,
    Ground,
    Mandate,
    Member,
    Rhythm,
)
from schakelbord.engine.reading import Decider, RepairItem
from schakelbord.engine.story import Story
from schakelbord.engine.wording.repairs import item_text
from schakelbord.errors import InputError

WEEKLY: Final = 7
COST: Final = {
    "practise": 1,
    "ask": 1,
    "invite": 1,
    "meet": 2,
    "member": 2,
    "handover": 3,
    "channel": 4,
    "chair": 4,
    "ground": 8,
    "age": 8,
}
COST_OF_LAW: Final = 8
DECIDER: Final[dict[str, Decider]] = {
    "practise": "practice",
    "ask": "practice",
    "invite": "practice",
    "meet": "agreement",
    "member": "agreement",
    "handover": "agreement",
    "channel": "agreement",
    "chair": "money",
    "ground": "law",
    "age": "law",
}
# What changes a channel or body comes before what adds one beside it.
ORDER: Final = {"handover": 1, "channel": 1, "member": 1, "meet": 1, "chair": 1}
NEW_GROUND: Final = Ground(law="nieuwe wet", article="-", duty="may", verified=False)

Change = Callable[[Catalogue, Story, list[str]], tuple[Catalogue, Story]]


def item_of(key: str, catalogue: Catalogue, story: Story) -> RepairItem:
    """What a key stands for: its cost, who decides it, and the sentence of what would be agreed."""
    kind, *parts = key.split(":")
    by_law = kind == "member" and catalogue.body[parts[0]].members_fixed_by is not None
    return RepairItem(
        kind=kind,
        key=key,
        cost=COST_OF_LAW if by_law else COST[kind],
        decider="law" if by_law else DECIDER[kind],
        says=item_text(key, catalogue, story),
        needs_law=by_law or DECIDER[kind] == "law",
    )


def apply_items(catalogue: Catalogue, story: Story, keys: Sequence[str]) -> tuple[Catalogue, Story]:
    """The system world and the story with repairs switched on.

    Raises:
        InputError: a key is unknown, or names something that this catalogue or story does not have.
    """
    for key in sorted(dict.fromkeys(keys), key=lambda key: ORDER.get(key.partition(":")[0], 0)):
        kind, *parts = key.split(":")
        try:
            catalogue, story = CHANGES[kind](catalogue, story, parts)
        except (KeyError, ValueError, IndexError):
            raise InputError(
                "unknown_repair",
                nl=f"de reparatie “{key}” bestaat niet in dit verhaal. Kijk bij een bevinding welke er zijn.",
                en=f"the repair “{key}” does not exist in this story. See the repairs of a finding.",
            ) from None
    return catalogue, story


def _channel(catalogue: Catalogue, row: ChannelType) -> Catalogue:
    """The catalogue with one channel replaced, or added."""
    if row.id in catalogue.channel:
        channels = tuple(row if known.id == row.id else known for known in catalogue.channels)
    else:
        channels = (*catalogue.channels, row)
    return replace(catalogue, channels=channels)


def _body(catalogue: Catalogue, row: BodyType) -> Catalogue:
    """The catalogue with one body replaced."""
    return replace(catalogue, bodies=tuple(row if known.id == row.id else known for known in catalogue.bodies))


def _practise(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    (name,) = parts
    lower, _, higher = name.partition(">")
    if higher:
        body = catalogue.body[lower]
        if higher not in {step.body for step in body.escalates_to}:
            raise KeyError(name)
        steps = tuple(_practised(step, higher) for step in body.escalates_to)
        return _body(catalogue, replace(body, escalates_to=steps)), story
    if name in catalogue.body:
        return _body(catalogue, replace(catalogue.body[name], works="practice")), story
    return _channel(catalogue, replace(catalogue.channel[name], works="practice")), story


def _practised(step: Escalation, higher: str) -> Escalation:
    return replace(step, works="practice") if step.body == higher else step


def _ask(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    (name,) = parts
    row = catalogue.channel[name]
    ground = replace(row.ground, asked=False) if row.ground else None
    return _channel(catalogue, replace(row, asked=False, ground=ground)), story


def _invite(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    body, organisation = parts
    row = catalogue.body[body]
    if organisation not in {member.organisation for member in row.members}:
        raise KeyError(organisation)
    members = tuple(
        replace(member, works="practice") if member.organisation == organisation else member for member in row.members
    )
    return _body(catalogue, replace(row, members=members)), story


def _meet(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    (body,) = parts
    row = catalogue.body[body]
    return _body(catalogue, replace(row, rhythm=weekly(row.rhythm))), story


def weekly(rhythm: Rhythm) -> Rhythm:
    """Every week, or a little more often, so that no day on which it meets already is lost."""
    often = max(days for days in range(1, WEEKLY + 1) if rhythm.every_days % days == 0)
    return replace(rhythm, every_days=often, fictitious=True)


def _member(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    body, organisation = parts
    row, known = catalogue.body[body], catalogue.organisation[organisation]
    return _body(catalogue, replace(row, members=(*row.members, Member(known.id)))), story


def _handover(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    (organisation,) = parts
    return _channel(catalogue, handover_channel(catalogue, organisation)), story


def handover_channel(catalogue: Catalogue, organisation: str) -> ChannelType:
    """A channel by which every organisation of a type hands its file over when somebody moves."""
    known = catalogue.organisation[organisation]
    ground = next((task.ground for task in known.tasks if task.ground), NEW_GROUND)
    return ChannelType(
        id=f"handover:{known.id}",
        from_=known.id,
        to=known.id,
        carries=("*",),
        scope="handover",
        ground=ground,
        delay=Delay(days=1, fictitious=True),
    )


def _widen(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    name, pattern = parts
    return _channel(catalogue, widened(catalogue, name, pattern)), story


def widened(catalogue: Catalogue, name: str, pattern: str) -> ChannelType:
    """The channel beside an existing one, on the same ground, for the signals of a pattern that the first does not
    carry.
    """
    row = catalogue.channel[name]
    extra = tuple(signal for signal in catalogue.pattern[pattern].signals if signal not in row.carries)
    return replace(row, id=f"channel:{name}:{pattern}", carries=extra)


def _chair(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    (instance,) = parts
    left = tuple(row for row in story.absent if area_of(story, catalogue, row.organisation, row.place) != instance)
    if len(left) == len(story.absent):
        raise KeyError(instance)
    return catalogue, replace(story, absent=left)


def _ground(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    (name,) = parts
    if name in catalogue.body:
        body = catalogue.body[name]
        return _body(catalogue, replace(body, ground=NEW_GROUND, requires=())), story
    return _channel(catalogue, replace(catalogue.channel[name], ground=NEW_GROUND, requires=())), story


def _age(catalogue: Catalogue, story: Story, parts: list[str]) -> tuple[Catalogue, Story]:
    name, *organisation = parts
    if organisation:
        pattern = catalogue.pattern[name]
        mandate = tuple(_ageless(row, organisation[0]) for row in pattern.mandate)
        patterns = tuple(
            replace(pattern, mandate=mandate) if known.id == name else known for known in catalogue.patterns
        )
        return replace(catalogue, patterns=patterns), story
    if name in catalogue.body:
        return _body(catalogue, replace(catalogue.body[name], ages=None)), story
    return _channel(catalogue, replace(catalogue.channel[name], ages=None)), story


def _ageless(row: Mandate, organisation: str) -> Mandate:
    return replace(row, ages=None) if row.organisation == organisation else row


CHANGES: Final[dict[str, Change]] = {
    "practise": _practise,
    "ask": _ask,
    "invite": _invite,
    "meet": _meet,
    "member": _member,
    "handover": _handover,
    "channel": _widen,
    "chair": _chair,
    "ground": _ground,
    "age": _age,
}
