"""What the commands of a meeting bring along: one struct a verb. A field that nobody knows is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from schakelbord.tables.models import LONGEST_SOURCE, LONGEST_TEXT

Key = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
OptionalId = Annotated[str, msgspec.Meta(max_length=40)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]
SourceText = Annotated[str, msgspec.Meta(max_length=LONGEST_SOURCE)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Kind = Literal["experience", "fact", "assumption", "wish"]
Mode = Literal["named", "table_only", "anonymous"]
Secret = Annotated[str, msgspec.Meta(max_length=80)]


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every command has: nothing."""


class Say(Ask, frozen=True, kw_only=True):
    """Lay something on the table. `own` is a secret of the device, by which it can mend this later.

    `sure`: what looks like a name is none, or is meant; the host then sees it first.
    """

    table: Key
    text: Said
    kind: Kind
    source: SourceText = ""
    mode: Mode = "table_only"
    own: Secret = ""
    sure: bool = False


class Mend(Ask, frozen=True, kw_only=True):
    """Other words for what one said oneself."""

    contribution: Id
    table: Key
    text: Said
    kind: Kind
    source: SourceText = ""
    own: Secret = ""
    sure: bool = False


class About(Ask, frozen=True, kw_only=True):
    """A contribution at a table."""

    table: Key
    contribution: Id


class WithReason(About, frozen=True, kw_only=True):
    """A contribution, and why."""

    reason: Reason


class Merge(About, frozen=True, kw_only=True):
    """A contribution that says the same as another."""

    into: Id


class OneTable(Ask, frozen=True, kw_only=True):
    """A table."""

    table: Key


class SetPhase(OneTable, frozen=True, kw_only=True):
    """Where a table is in its round."""

    phase: Literal["pitch", "talk", "group", "harvest", "readback"]


class MakeGroup(OneTable, frozen=True, kw_only=True):
    """A new group of contributions."""

    group: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class OneGroup(OneTable, frozen=True, kw_only=True):
    """A group."""

    group: Id


class PutInGroup(About, frozen=True, kw_only=True):
    """Put a contribution in a group, "" for none, behind another contribution, "" for last, or first of all."""

    group: OptionalId = ""
    after: OptionalId = ""
    first: bool = False


class SaveHarvest(OneTable, frozen=True, kw_only=True):
    """The harvest as its writer has it; `version` is the one they saw."""

    version: Annotated[int, msgspec.Meta(ge=0)]
    assignment: Annotated[str, msgspec.Meta(max_length=400)]
    addressees: Annotated[list[Key], msgspec.Meta(max_length=8)] = []
    contributions: Annotated[list[Id], msgspec.Meta(max_length=500)] = []
    readback_note: Annotated[str, msgspec.Meta(max_length=600)] = ""


class SaveResult(OneTable, frozen=True, kw_only=True):
    """A desired result of a harvest; the same key again changes it."""

    result: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    for_whom: Annotated[str, msgspec.Meta(max_length=160)] = ""
    by_when: dt.date | None = None
    seen_by: Annotated[str, msgspec.Meta(max_length=300)] = ""
    unit: Annotated[str, msgspec.Meta(max_length=60)] = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    source: Annotated[str, msgspec.Meta(max_length=200)] = ""


class OneResult(OneTable, frozen=True, kw_only=True):
    """A desired result."""

    result: Id


class Contest(OneTable, frozen=True, kw_only=True):
    """Why a harvest is not what the table said."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=600)]


class Settle(OneTable, frozen=True, kw_only=True):
    """What was agreed in front of everybody about a contested harvest."""

    assignment: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    note: Annotated[str, msgspec.Meta(max_length=600)] = ""


class MakeStatement(Ask, frozen=True, kw_only=True):
    """A sentence for the reading vote, from contributions."""

    statement: Id
    table: Key | None = None
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    contributions: Annotated[list[Id], msgspec.Meta(max_length=50)] = []


class OneStatement(Ask, frozen=True, kw_only=True):
    """A statement."""

    statement: Id


class CastVote(OneStatement, frozen=True, kw_only=True):
    """Agree (1), disagree (-1) or pass (0)."""

    value: Literal[-1, 0, 1]


class OneItem(Ask, frozen=True, kw_only=True):
    """A point of the agenda."""

    item: Key


class MoreTime(OneItem, frozen=True, kw_only=True):
    """More minutes, or fewer, for what goes on."""

    minutes: Annotated[int, msgspec.Meta(ge=-120, le=120)]


class Announce(Ask, frozen=True, kw_only=True):
    """A message to all tables; "" takes it away."""

    text: Annotated[str, msgspec.Meta(max_length=200)]


class Show(Ask, frozen=True, kw_only=True):
    """What the big screen shows; of the harvest which page, of the vote nothing but closed statements."""

    view: Literal["agenda", "tables", "clock", "story", "harvest", "votes", "black"]
    page: Annotated[int, msgspec.Meta(ge=0, le=99)] = 0
    table: Key | None = None


class Presence(Ask, frozen=True, kw_only=True):
    """Somebody is there, or has left."""

    attendance: Id
    present: bool


class WalkIn(Ask, frozen=True, kw_only=True):
    """Somebody who is not on the list takes part."""

    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    layer: Literal["official", "administrative", "both", "experience"]
    organisation: Annotated[str, msgspec.Meta(max_length=160)] = ""
    table: Key | None = None


class MoveSeat(Ask, frozen=True, kw_only=True):
    """Another table for somebody in a round."""

    attendance: Id
    item: Key
    table: Key
