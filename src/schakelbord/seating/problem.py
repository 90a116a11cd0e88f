"""A seating problem: people, tables and rounds, what must hold and what it costs when people sit less well.

Hard rules hold in every round: everybody present has one table and nobody else has one; a table has between `least`
and `most` people; host and pitcher sit at their own table when they are present; who needs an accessible table has one;
pairs sit apart or together when both are present. The cost is what is left to choose, see `cost`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

KINDS = ("org", "layer", "pref", "repeat", "sametable", "change")
"""The kinds of cost, in the order in which they are told."""

PREFERENCE_POINTS = (0, 2, 6)
"""Points of the first, second and third preference."""

OTHER_THEME_POINTS = 12
"""Points of a theme that somebody with preferences did not ask for."""

Plan = tuple[dict[str, str], ...]
"""For every round who sits at which table: person id to table id."""

AnyPlan = Sequence[Mapping[str, str]]
"""A plan from anywhere, not yet checked."""


class Table(msgspec.Struct, frozen=True):
    """A table; `host` and `pitcher` are ids of people, who sit here whenever they are present."""

    id: str
    theme: str
    least: int
    most: int
    accessible: bool = False
    host: str | None = None
    pitcher: str | None = None


class Person(msgspec.Struct, frozen=True):
    """Somebody who takes part; `prefs` are themes in order, `present` the rounds (from 0) in which they are there."""

    id: str
    org: str
    layer: str
    present: frozenset[int]
    prefs: tuple[str, ...] = ()
    accessible: bool = False


class Weights(msgspec.Struct, frozen=True):
    """What each kind of cost weighs, whole numbers from 0."""

    org: int = 10
    layer: int = 1
    pref: int = 1
    repeat: int = 6
    sametable: int = 15
    change: int = 8


class Problem(msgspec.Struct, frozen=True):
    """A checked problem. Pairs have their ids in order; `previous` is a plan that people have already seen.

    `fixed` holds, for each round, seats that stay as they are; a table in it is closed to everybody else in that round.

    A host, a pair or a seat in `previous` may name somebody who is not among `people`: somebody who left.
    """

    rounds: int
    tables: tuple[Table, ...]
    people: tuple[Person, ...]
    apart: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    weights: Weights = Weights()
    previous: Plan | None = None
    fixed: Plan = ()

    def present(self, number: int) -> set[str]:
        """Ids of those who are there in this round."""
        return {person.id for person in self.people if number in person.present}

    def hosts_and_pitchers(self) -> set[str]:
        """Ids of everybody who has a table of their own."""
        return {name for table in self.tables for name in (table.host, table.pitcher) if name is not None}


class Grouping(msgspec.Struct, frozen=True):
    """Maximally diverse grouping: as much distance as possible inside the groups.

    Args:
        distances: whole numbers from 0, symmetric, one row a person.
        least, most: fewest and most people of each group.
    """

    distances: tuple[tuple[int, ...], ...]
    least: tuple[int, ...]
    most: tuple[int, ...]


def preference_points(person: Person, table: Table) -> int:
    """What this table's theme costs this person, before its weight; hosts and pitchers cost nothing at their table."""
    if not person.prefs or person.id in (table.host, table.pitcher):
        return 0
    if table.theme not in person.prefs:
        return OTHER_THEME_POINTS
    place = person.prefs.index(table.theme)
    return PREFERENCE_POINTS[place] if place < len(PREFERENCE_POINTS) else OTHER_THEME_POINTS
