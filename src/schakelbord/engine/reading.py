"""A reading (doorrekening): one computation of a story on a catalogue, with its findings.

An *instance* is an organisation type set at an area: `school@a`, `veilig_thuis@r1`, `ind@nl`; a body instance is
written the same way. A *piece* is a signal about a doll. Days are whole numbers from 0.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from schakelbord.engine.story import Story
from schakelbord.engine.text import Text

FindingKind = Literal[
    "unseen",
    "no_channel",
    "no_ground",
    "practice",
    "border",
    "late",
    "age",
    "wrong_layer",
    "unowned",
    "no_director",
    "combined",
    "not_enough_pieces",
]
CauseClass = Literal["age", "border", "layer", "time", "practice", "ground", "link"]
Decider = Literal["practice", "agreement", "money", "law"]


class Assumption(msgspec.Struct, frozen=True):
    """A number or rule the computation rests on, and whether it has a source."""

    what: Text
    source: str | None
    verified: bool


class Hop(msgspec.Struct, frozen=True):
    """One step of the way of a piece. The first has `by="observation"`, `link_kind="observation"` and no sender.

    `link` is the id of the channel, body, escalation (`lower>higher`) or repair type; `day` is when `to` holds the
    piece, `sent` when it left (a body: the day of the meeting).
    """

    link_kind: Literal["observation", "channel", "body", "escalation"]
    by: str
    to: str
    day: int
    from_: str | None = None
    sent: int | None = None
    unsafe: bool = False


class Arrival(msgspec.Struct, frozen=True):
    """From `day` on `organisation` (an instance) holds `signal` about `about`, by the link `by`, from `from_`."""

    day: int
    organisation: str
    signal: str
    about: str
    by: str
    from_: str | None = None
    sent: int | None = None


class NeedResult(msgspec.Struct, frozen=True):
    """What became of a deadline: who must know, who knew what, whether it was in time."""

    pattern: str
    about: str
    by: int
    mandate: tuple[str, ...]
    at_least: int
    met_on: int | None
    in_time: bool
    has: dict[str, tuple[str, ...]]
    holder: str | None = None
    missing: tuple[str, ...] = ()


class RepairItem(msgspec.Struct, frozen=True):
    """One change of the rules of play, at the level of types.

    `kind` is `practise`, `ask`, `invite`, `meet`, `member`, `handover`, `channel`, `chair`, `ground` or `age`. `key`
    is its stable text form, used in addresses (`handover:veilig_thuis`). `says` is the sentence of what would be
    agreed.
    """

    kind: str
    key: str
    cost: int
    decider: Decider
    says: Text
    needs_law: bool = False


class Repair(msgspec.Struct, frozen=True):
    """A set of at most three items that makes the need met in time. `met_on` is the new day; slack is the deadline
    less that day.
    """

    cost: int
    items: tuple[RepairItem, ...]
    met_on: int
    slack: int


class Finding(msgspec.Struct, frozen=True):
    """A computed gap.

    `key` stays the same when story or model change elsewhere. `number` counts from 1 in order of day. `between` are
    the two instances (or a doll and None for nobody) at the first dropped link, `day` the day on which the gap opens,
    `path` the hops so far. `signals` are all pieces that break at this same place for this same reason; `signal` is
    the first of them.
    """

    key: str
    number: int
    kind: FindingKind
    causes: tuple[tuple[CauseClass, ...], ...]
    pattern: str | None
    about: str
    signal: str | None
    between: tuple[str | None, str | None]
    day: int
    title: Text
    sentence: Text
    path: tuple[Hop, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    repairs: tuple[Repair, ...] = ()
    repair_note: Text | None = None
    by: int | None = None
    link: str | None = None
    warnings: tuple[Text, ...] = ()
    signals: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, dict=True):
    """The whole outcome for one story. `repairs` are the keys of the repair items that were switched on for it."""

    story: Story
    engine: str
    catalogue: str
    needs: tuple[NeedResult, ...]
    findings: tuple[Finding, ...]
    timeline: tuple[Arrival, ...]
    instances: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unseen: tuple[tuple[str, str, int], ...] = ()
    warnings: tuple[Text, ...] = ()
    repairs: tuple[str, ...] = ()
