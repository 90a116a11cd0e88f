"""A problem as arrays: the form in which the searches count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schakelbord.seating.problem import AnyPlan, Plan, Problem, preference_points

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Unit = tuple[int, ...]
"""People who must sit together in a round, by number; most units are one person."""


@dataclass(frozen=True)
class Arrays:
    """R rounds, N people, T tables; numbers are places in `problem.people` and `problem.tables`.

    Args:
        org, layer: (N,) number of the organisation and layer of each person.
        present: (R, N) who is there.
        allowed: (R, N, T) where somebody may sit: accessible tables where needed, hosts and pitchers at their own.
        linear: (R, N, T) cost of a seat by itself, preference and change.
        least, most: (T,) sizes.
        units: for every round the people who must sit together, a partition of those present.
        apart: for every round the pairs of units that must not share a table.
        impossible: a rule that can never hold in some round, as a pair both apart and in one unit.
    """

    problem: Problem
    org: Ints
    layer: Ints
    present: Flags
    allowed: Flags
    linear: Ints
    least: Ints
    most: Ints
    units: tuple[tuple[Unit, ...], ...]
    apart: tuple[tuple[tuple[int, int], ...], ...]
    impossible: bool

    @cached_property
    def repeats(self) -> Flags:
        """(N, N) whose meeting again costs something; nobody's with themselves."""
        problem = self.problem
        number = {person.id: place for place, person in enumerate(problem.people)}
        counts = np.logical_or.outer(self.roams, self.roams)
        for one, other in problem.together:
            if one in number and other in number:
                counts[number[one], number[other]] = counts[number[other], number[one]] = False
        np.fill_diagonal(counts, val=False)
        return counts

    @cached_property
    def roams(self) -> Flags:
        """(N,) who is neither host nor pitcher, so that coming back to a table costs something."""
        fixed = self.problem.hosts_and_pitchers()
        return np.array([person.id not in fixed for person in self.problem.people], bool)

    def plan(self, seat: Ints) -> Plan:
        """The plan of an (R, N) array of table numbers, -1 for who is absent."""
        people, tables = self.problem.people, self.problem.tables
        return tuple(
            {people[place].id: tables[at].id for place, at in enumerate(one) if at >= 0} for one in seat.tolist()
        )

    def seats(self, plan: AnyPlan) -> Ints:
        """The (R, N) array of a plan; -1 where somebody has no seat at a known table."""
        tables = {table.id: place for place, table in enumerate(self.problem.tables)}
        seat = np.full(self.present.shape, -1, np.int64)
        for number, one in enumerate(plan):
            for place, person in enumerate(self.problem.people):
                if person.id in one and person.id in self.problem.present(number):
                    seat[number, place] = tables.get(one[person.id], -1)
        return seat


def arrays_of(problem: Problem, *, change: int | None = None) -> Arrays:
    """Turn a problem into arrays.

    Args:
        problem: what people asked.
        change: weight of a change, in place of that of the problem.
    """
    number = {person.id: place for place, person in enumerate(problem.people)}
    present = np.array([[r in person.present for person in problem.people] for r in range(problem.rounds)], bool)
    present = present.reshape(problem.rounds, len(problem.people))
    together = _numbered(problem.together, number)
    apart = _numbered(problem.apart, number)
    units = tuple(_units(np.flatnonzero(row).tolist(), together) for row in present)
    apart_units = tuple(_apart(unit, apart) for unit in units)
    return Arrays(
        problem=problem,
        org=_codes(person.org for person in problem.people),
        layer=_codes(person.layer for person in problem.people),
        present=present,
        allowed=_allowed(problem, number),
        linear=_linear(problem, number, problem.weights.change if change is None else change),
        least=np.array([table.least for table in problem.tables], np.int64),
        most=np.array([table.most for table in problem.tables], np.int64),
        units=units,
        apart=apart_units,
        impossible=any(one == other for pairs in apart_units for one, other in pairs),
    )


def _numbered(pairs: Iterable[tuple[str, str]], number: Mapping[str, int]) -> list[tuple[int, int]]:
    return [(number[one], number[other]) for one, other in pairs if one in number and other in number]


def _codes(words: Iterable[str]) -> Ints:
    known: dict[str, int] = {}
    return np.array([known.setdefault(word, len(known)) for word in words], np.int64)


def _units(present: list[int], together: list[tuple[int, int]]) -> tuple[Unit, ...]:
    head = {place: place for place in present}

    def find(place: int) -> int:
        while head[place] != place:
            place = head[place]
        return place

    for one, other in together:
        if one in head and other in head:
            low, high = sorted((find(one), find(other)))
            head[high] = low
    groups: dict[int, list[int]] = {}
    for place in present:
        groups.setdefault(find(place), []).append(place)
    return tuple(tuple(group) for group in groups.values())


def _apart(units: tuple[Unit, ...], apart: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    unit_of = {place: number for number, unit in enumerate(units) for place in unit}
    pairs = {
        (min(unit_of[one], unit_of[other]), max(unit_of[one], unit_of[other]))
        for one, other in apart
        if one in unit_of and other in unit_of
    }
    return tuple(sorted(pairs))


def _allowed(problem: Problem, number: Mapping[str, int]) -> Flags:
    one = np.ones((len(problem.people), len(problem.tables)), bool)
    accessible = [table.accessible for table in problem.tables]
    for place, person in enumerate(problem.people):
        if person.accessible:
            one[place] = accessible
    for at, table in enumerate(problem.tables):
        for name in (table.host, table.pitcher):
            if name is not None and name in number:
                one[number[name], np.arange(len(problem.tables)) != at] = False
    found = np.broadcast_to(one, (problem.rounds, *one.shape)).copy()
    tables = {table.id: place for place, table in enumerate(problem.tables)}
    for seats, may in zip(problem.fixed, found, strict=False):
        pinned = {number[name]: tables[at] for name, at in seats.items() if name in number and at in tables}
        may[:, sorted(set(pinned.values()))] = False
        for place, at in pinned.items():
            may[place] = False
            may[place, at] = True
    return found


def _linear(problem: Problem, number: Mapping[str, int], change: int) -> Ints:
    one = np.array(
        [[preference_points(person, table) for table in problem.tables] for person in problem.people], np.int64
    ).reshape(len(problem.people), len(problem.tables))
    linear = np.repeat(one[None] * problem.weights.pref, problem.rounds, axis=0)
    tables = {table.id: place for place, table in enumerate(problem.tables)}
    for round_number, seats in enumerate(problem.previous or ()):
        for name, table_id in seats.items():
            if name in number:
                linear[round_number, number[name]] += change
                if table_id in tables:
                    linear[round_number, number[name], tables[table_id]] -= change
    return linear


def cost_of_round(arrays: Arrays, number: int, seat: Ints) -> int:
    """Linear costs and pairs of organisations and layers of a seating of one round."""
    people = np.flatnonzero(seat >= 0)
    total = int(arrays.linear[number, people, seat[people]].sum())
    weights = arrays.problem.weights
    for codes, weight in ((arrays.org, weights.org), (arrays.layer, weights.layer)):
        counts = np.zeros((len(arrays.least), int(codes.max(initial=-1)) + 1), np.int64)
        np.add.at(counts, (seat[people], codes[people]), 1)
        total += weight * int((counts * (counts - 1) // 2).sum())
    return total


def total_cost(arrays: Arrays, seats: Ints) -> int:
    """All kinds of cost of an (R, N) array of table numbers, at the prices of `arrays`."""
    weights = arrays.problem.weights
    total = sum(cost_of_round(arrays, r, seats[r]) for r in range(len(seats)))
    same = np.zeros(arrays.repeats.shape, np.int64)
    for row in seats:
        same += (row[:, None] == row[None, :]) & (row >= 0)[:, None]
    again = np.where(arrays.repeats, np.maximum(same - 1, 0), 0).sum() // 2
    visits = np.stack([(seats == t).sum(axis=0) for t in range(len(arrays.least))], axis=1)
    back = np.maximum(visits - 1, 0)[arrays.roams].sum()
    return total + weights.repeat * int(again) + weights.sametable * int(back)
