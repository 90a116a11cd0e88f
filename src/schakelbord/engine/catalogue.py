"""The catalogue (stelsel): types of organisations, bodies, channels, signals and patterns.

How people write it: `docs/catalogus.md`. Field names are those of the YAML files; `field_texts.py` says what each is.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Literal

import msgspec

from schakelbord.engine.text import Text

Layer = Literal["uitvoering", "beleid", "bestuur"]
Jurisdiction = Literal["buurt", "gemeente", "regio", "land"]
Scope = Literal["same_place", "same_region", "any", "local", "handover"]
Works = Literal["practice", "paper"]
Requirement = Literal["consent", "acute", "measure"]
Ages = tuple[int, int]


class Contested(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of several readings of a rule, with where it was read."""

    view: Text
    source: str


class Ground(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The law and article on which sharing rests. A ground that is still a bill counts as none."""

    law: str
    article: str
    duty: Literal["may", "must"] = "may"
    asked: bool = False
    threshold: Text | None = None
    purpose: Text | None = None
    status: Literal["in_force", "bill", "ending"] = "in_force"
    as_of: dt.date | None = None
    verified: bool = False
    source: str | None = None
    contested: tuple[Contested, ...] = ()


class Queue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A waiting list: the days that the norm allows and the days it really takes."""

    norm_days: int
    real_days: int
    source: str | None = None


class Delay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days between sending and holding; at least one."""

    days: int = 1
    fictitious: bool = False
    source: str | None = None


class Rhythm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body meets on `first_day` and every `every_days` after it."""

    every_days: int
    first_day: int
    fictitious: bool = False
    source: str | None = None


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an organisation must or may do. Shown, never part of the arithmetic."""

    id: str
    name: Text
    ground: Ground | None
    ages: Ages | None = None


class OrganisationType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of organisation; every place of its jurisdiction has one."""

    id: str
    name: Text
    layer: Layer
    jurisdiction: Jurisdiction
    observes: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    queue: Queue | None = None


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A seat in a body; `paper`: may be invited, is not in practice."""

    organisation: str
    works: Works = "practice"


class Escalation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body a matter goes to when this one cannot solve it."""

    body: str
    works: Works = "practice"
    delay: Delay = Delay(days=7)


class FixedBy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The law that names the members of a body."""

    law: str
    article: str


class BodyType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body (gremium) in which organisations meet. A plain id in `members` or `escalates_to` is read as an object."""

    id: str
    name: Text
    kind: Literal["platform", "strategic_board", "working_group", "existing"]
    layer: Layer
    jurisdiction: Jurisdiction
    members: tuple[Member, ...]
    carries: tuple[str, ...]
    remit: Text
    rhythm: Rhythm
    ground: Ground | None
    themes: tuple[str, ...] = ()
    ages: Ages | None = None
    requires: tuple[Requirement, ...] = ()
    works: Works = "practice"
    escalates_to: tuple[Escalation, ...] = ()
    members_fixed_by: FixedBy | None = None


class ChannelType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A route by which one organisation tells another something."""

    id: str
    from_: str
    to: str
    carries: tuple[str, ...]
    scope: Scope
    ground: Ground | None
    delay: Delay = Delay()
    ages: Ages | None = None
    requires: tuple[Requirement, ...] = ()
    works: Works = "practice"
    asked: bool = False
    kind: Literal["report", "feedback"] = "report"
    unsafe_for: tuple[str, ...] = ()
    queue: Queue | None = None


class SignalType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that can be seen and passed on: one puzzle piece."""

    id: str
    name: Text
    kind: Literal["fact", "experience", "assumption"]
    sensitive: Literal["none", "health", "criminal"] = "none"


class Mandate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who must act on a pattern, for which ages."""

    organisation: str
    ages: Ages | None = None


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Signals that only together say that somebody must act: `at_least` of `signals`."""

    id: str
    name: Text
    signals: tuple[str, ...]
    at_least: int
    mandate: tuple[Mandate, ...]
    ground: Ground | None = None


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A subject of talk with one guiding question."""

    id: str
    name: Text
    question: Text


class Catalogue(msgspec.Struct, frozen=True, dict=True):
    """All types together. `digest` is `sha256:...` over the content, independent of layout and comments."""

    organisations: tuple[OrganisationType, ...]
    bodies: tuple[BodyType, ...]
    channels: tuple[ChannelType, ...]
    signals: tuple[SignalType, ...]
    patterns: tuple[Pattern, ...]
    themes: tuple[Theme, ...] = ()
    digest: str = ""

    @cached_property
    def organisation(self) -> dict[str, OrganisationType]:
        """Organisation types by id."""
        return {row.id: row for row in self.organisations}

    @cached_property
    def body(self) -> dict[str, BodyType]:
        """Body types by id."""
        return {row.id: row for row in self.bodies}

    @cached_property
    def channel(self) -> dict[str, ChannelType]:
        """Channel types by id."""
        return {row.id: row for row in self.channels}

    @cached_property
    def signal(self) -> dict[str, SignalType]:
        """Signal types by id."""
        return {row.id: row for row in self.signals}

    @cached_property
    def pattern(self) -> dict[str, Pattern]:
        """Patterns by id."""
        return {row.id: row for row in self.patterns}
