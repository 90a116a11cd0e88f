"""What a plan costs: per kind, per person and per table, and what one change would change.

Summed over rounds, with the weights of the problem:

- `org`, `layer`: for every pair of the same organisation or layer at a table;
- `pref`: 0, 2, 6 points for the first, second and third preference, 12 for another theme;
- `repeat`: each further time that two people meet, except pairs that must be together and pairs of hosts or pitchers;
- `sametable`: each return to the same table, except for hosts and pitchers;
- `change`: everybody whose table differs from `previous`.

Plain Python over the words of the problem; the compiled search counts for itself and tests compare the two.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Literal

import msgspec

from schakelbord.errors import InputError
from schakelbord.seating.check import Broken, check
from schakelbord.seating.problem import KINDS, AnyPlan, Person, Plan, Problem, Table, preference_points

Kind = Literal["org", "layer", "pref", "repeat", "sametable", "change"]
Amounts = dict[str, int]
"""Per kind; kinds that cost nothing are there with 0."""


class Costs(msgspec.Struct, frozen=True):
    """What a plan costs.

    Args:
        total: the sum.
        counts: pairs, points of preferences, repeats, returns and changes, before weights.
        kinds: the same times the weights; they add up to `total`.
        people: what each person has a part in; a pair counts for both, so these add up to more than the total.
        tables: for each round and table what is seen there; a meeting or table counts from its second time on.
    """

    total: int
    counts: Amounts
    kinds: Amounts
    people: dict[str, Amounts]
    tables: dict[tuple[int, str], Amounts]


class MoveCost(msgspec.Struct, frozen=True):
    """What a change of one seat, or of two, does.

    Args:
        difference: new total minus old; below 0 is better.
        counts, kinds: the same per kind, before and after weights.
        broken: hard rules that the new plan breaks and the old did not.
        plan: the new plan.
    """

    difference: int
    counts: Amounts
    kinds: Amounts
    broken: tuple[Broken, ...]
    plan: Plan


def cost(problem: Problem, plan: AnyPlan) -> Costs:
    """What `plan` costs, also when it breaks rules; seats of unknown people and at unknown tables are passed over."""
    return _Counting(problem, plan).costs()


def cost_of_move(
    problem: Problem, plan: AnyPlan, number: int, person: str, *, table: str | None = None, swap: str | None = None
) -> MoveCost:
    """What it would change if in round `number` a person went to `table`, or swapped seats with another.

    Raises:
        InputError: this person or the other has no seat in this round, there is no such table, or not one of both is
            given.
    """
    seats = plan[number] if 0 <= number < len(plan) else {}
    for name in filter(None, (person, swap)):
        if name not in seats:
            raise InputError(
                "no_seat",
                nl=f"{name} zit in ronde {number + 1} nergens.",
                en=f"{name} has no seat in round {number + 1}.",
            )
    if (table is None) == (swap is None) or (table is not None and table not in {one.id for one in problem.tables}):
        raise InputError("no_such_move", nl="noem één tafel of één ander.", en="name one table or one other person.")
    changed = dict(seats)
    changed[person] = seats[swap] if swap is not None else str(table)
    if swap is not None:
        changed[swap] = seats[person]
    new = tuple(changed if other == number else dict(one) for other, one in enumerate(plan))
    before, after = cost(problem, plan), cost(problem, new)
    old = set(check(problem, plan))
    return MoveCost(
        difference=after.total - before.total,
        counts={kind: after.counts[kind] - before.counts[kind] for kind in KINDS},
        kinds={kind: after.kinds[kind] - before.kinds[kind] for kind in KINDS},
        broken=tuple(one for one in check(problem, new) if one not in old),
        plan=new,
    )


class _Counting:
    def __init__(self, problem: Problem, plan: AnyPlan) -> None:
        self.problem, self.plan = problem, plan
        self.weights: Amounts = msgspec.to_builtins(problem.weights)
        self.person = {person.id: person for person in problem.people}
        self.table = {table.id: table for table in problem.tables}
        self.counts = dict.fromkeys(KINDS, 0)
        self.people = {person.id: dict.fromkeys(KINDS, 0) for person in problem.people}
        self.tables: dict[tuple[int, str], Amounts] = {}
        self.fixed = problem.hosts_and_pitchers()
        self.together = set(problem.together)
        self.met: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.sat: defaultdict[tuple[str, str], int] = defaultdict(int)

    def costs(self) -> Costs:
        for number, seats in enumerate(self.plan):
            at: defaultdict[str, list[str]] = defaultdict(list)
            for name, table in seats.items():
                if name in self.person:
                    at[table].append(name)
            for place in self.table.values():
                self.tables[number, place.id] = dict.fromkeys(KINDS, 0)
                self.at_table(number, place, sorted(at[place.id]))
            self.changes(number)
        kinds = {kind: count * self.weights[kind] for kind, count in self.counts.items()}
        return Costs(sum(kinds.values()), self.counts, kinds, self.people, self.tables)

    def add(self, kind: Kind, number: int, table: str, names: tuple[str, ...], times: int = 1) -> None:
        self.counts[kind] += times
        for name in names:
            self.people[name][kind] += times * self.weights[kind]
        if (number, table) in self.tables:
            self.tables[number, table][kind] += times * self.weights[kind]

    def at_table(self, number: int, table: Table, names: list[str]) -> None:
        for one, other in combinations(names, 2):
            self.pair(number, table.id, self.person[one], self.person[other])
        for name in names:
            if points := preference_points(self.person[name], table):
                self.add("pref", number, table.id, (name,), points)
            self.sat[name, table.id] += 1
            if self.sat[name, table.id] > 1 and name not in self.fixed:
                self.add("sametable", number, table.id, (name,))

    def pair(self, number: int, table: str, one: Person, other: Person) -> None:
        both = one.id, other.id
        if one.org == other.org:
            self.add("org", number, table, both)
        if one.layer == other.layer:
            self.add("layer", number, table, both)
        self.met[both] += 1
        if self.met[both] > 1 and both not in self.together and not self.fixed.issuperset(both):
            self.add("repeat", number, table, both)

    def changes(self, number: int) -> None:
        if self.problem.previous is None:
            return
        seats = self.plan[number]
        for name, table in self.problem.previous[number].items():
            if name in self.person and name in seats and seats[name] != table:
                self.add("change", number, seats[name], (name,))
