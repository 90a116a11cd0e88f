"""A plan that people have seen, after somebody stays away or comes later: nobody changes table without need.

First the fewest people who change table, then the lowest cost among such plans. Rounds share no hard rule, so the
fewest changes of each round are the fewest of all, and CP-SAT proves them. Then it chooses who changes, with a change
priced above everything else that a plan can cost and the other rounds as they are; with several rounds the annealing
goes on from there, too cold to ever pay for one more change.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping

import msgspec
import numpy as np

from schakelbord.errors import InputError, StateError
from schakelbord.seating.arrays import Arrays, Ints, arrays_of, cost_of_round, total_cost
from schakelbord.seating.check import check
from schakelbord.seating.exact import Effort, best_round
from schakelbord.seating.problem import AnyPlan, Person, Problem, Weights
from schakelbord.seating.solve import Answer, Progress, Search, Stop


def replan(
    problem: Problem,
    plan: AnyPlan,
    *,
    absent: Collection[str] = (),
    late: Mapping[str, int] | None = None,
    from_round: int = 0,
    seconds: float = 1.0,
    seed: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Answer:
    """A new plan that moves as few people as can be; `answer.cost.counts["change"]` says how many.

    Args:
        problem: what people asked; somebody new may be among its people.
        plan: what they have seen, one entry a round.
        absent: who is not there from `from_round` on.
        late: who comes later, and in which round they are there first.
        from_round: rounds before this one are over: in these everybody stays where they sat.
        seconds, seed, progress, stop: as for `solve`. `proven` speaks of the cost with the fewest changes.

    Raises:
        InputError: the plan has another number of rounds, or somebody named does not take part.
        StateError: no plan was found in time.
    """
    changed = after(problem, plan, absent=absent, late=late or {}, from_round=from_round)
    search = Search(
        _kept(arrays_of(changed, change=_dearest(changed)), from_round),
        seconds=seconds,
        seed=seed,
        progress=progress,
        stop=stop,
        open_from=from_round,
    )
    return _Replan(changed, from_round, search).answer()


class _Replan:
    def __init__(self, problem: Problem, open_from: int, search: Search) -> None:
        self.problem, self.open_from, self.search = problem, open_from, search
        self.arrays, self.seconds = search.arrays, search.seconds
        only_changes = msgspec.structs.replace(problem, weights=Weights(0, 0, 0, 0, 0, 1))
        self.changes = _kept(arrays_of(only_changes), open_from)
        self.seats = self.arrays.seats(problem.previous or ())

    def answer(self) -> Answer:
        """See `replan`."""
        seen = self.arrays.plan(self.seats)
        broken = {one.round for one in check(self.problem, seen) if one.round >= self.open_from}
        if not broken:
            # Everybody has a seat and stays: nothing is left to choose.
            self.search.bound = total_cost(self.arrays, self.seats)
            return self.search.given(self.seats)
        blocked = [number for number in sorted(broken) if not self.fewest_changes(number)]
        if blocked:
            return self.search.refusal(blocked)
        for number in sorted(broken):
            self.cheapest_changes(number)
        if self.problem.rounds > 1:
            self.seats = self.search.improved(self.seats)
        return self.search.given(self.seats)

    def fewest_changes(self, number: int) -> bool:
        """Seat a round with the fewest changes; whether that can be."""
        effort = Effort(max(self.seconds, 5.0), 5.0)
        found = best_round(self.changes, number, effort, hint=self.seats[number])
        if found.seat is None:
            if found.impossible:
                return False
            raise StateError(
                "no_plan_yet",
                nl="binnen deze tijd is geen nieuwe indeling gevonden.",
                en="no new seating was found in this time.",
            )
        self.search.complete &= found.proven
        self.seats[number] = found.seat
        return True

    def cheapest_changes(self, number: int) -> None:
        """Choose, among the fewest changes, those that cost least while the other rounds stay as they are."""
        arrays = dataclasses.replace(self.arrays, linear=self.prices(number))
        effort = Effort(self.seconds, self.seconds / (2 * self.problem.rounds))
        found = best_round(arrays, number, effort, hint=self.seats[number])
        if found.seat is not None and self.count(number, found.seat) == self.count(number, self.seats[number]):
            self.seats[number] = found.seat
        if self.problem.rounds == 1:
            self.search.bound = found.bound

    def count(self, number: int, seat: Ints) -> int:
        """How many people have another table than before."""
        return cost_of_round(self.changes, number, seat)

    def prices(self, number: int) -> Ints:
        """The prices of seats in this round, with what the other rounds add: tables and people seen before."""
        arrays, weights, tables = self.arrays, self.problem.weights, len(self.arrays.least)
        linear = arrays.linear.copy()
        sits = (self.seats[number][:, None] == np.arange(tables)).astype(np.int64)
        met = np.zeros(arrays.repeats.shape, bool)
        visited = np.zeros(linear.shape[1:], bool)
        for other, row in enumerate(self.seats):
            if other != number:
                met |= (row[:, None] == row[None, :]) & (row >= 0)[:, None]
                visited[np.flatnonzero(row >= 0), row[row >= 0]] = True
        linear[number] += weights.repeat * ((met & arrays.repeats).astype(np.int64) @ sits)
        linear[number] += weights.sametable * (visited & arrays.roams[:, None])
        return linear


def after(
    problem: Problem, plan: AnyPlan, *, absent: Collection[str] = (), late: Mapping[str, int], from_round: int = 0
) -> Problem:
    """The problem as it is after these changes, with `plan` as the earlier plan.

    Raises:
        InputError: see `replan`.
    """
    if len(plan) != problem.rounds:
        raise InputError(
            "rounds_differ",
            nl=f"het plan heeft {len(plan)} rondes en de opgave {problem.rounds}.",
            en=f"the plan has {len(plan)} rounds and the problem {problem.rounds}.",
        )
    _refuse_unknown({person.id for person in problem.people}, [*absent, *late])
    gone = set(absent)

    def presence(person: Person) -> frozenset[int]:
        first = problem.rounds if person.id in gone else late.get(person.id, 0)
        # In a round that is over those were there who had a seat.
        seen = {number for number in person.present if number < from_round and person.id in plan[number]}
        return frozenset(seen | {number for number in person.present if number >= max(first, from_round)})

    people = tuple(msgspec.structs.replace(person, present=presence(person)) for person in problem.people)
    return msgspec.structs.replace(problem, people=people, previous=tuple(dict(seats) for seats in plan))


def _refuse_unknown(known: set[str], names: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise InputError(
                "unknown_id",
                nl=f"de deelnemer “{name}” bestaat niet; verbeter de naam.",
                en=f"there is no participant “{name}”; correct the name.",
            )


def _dearest(problem: Problem) -> int:
    """More than all other costs of any plan together."""
    people, rounds, weights = len(problem.people), problem.rounds, problem.weights
    pairs = people * (people - 1) // 2 * (weights.org + weights.layer + weights.repeat)
    return rounds * (pairs + people * (12 * weights.pref + weights.sametable)) + 1


def _kept(arrays: Arrays, from_round: int) -> Arrays:
    """The same, with everybody fixed to their table in rounds that are over."""
    previous = arrays.problem.previous
    if not from_round or previous is None:
        return arrays
    seats = arrays.seats(previous)
    for number in range(min(from_round, len(seats))):
        seated = np.flatnonzero(seats[number] >= 0)
        kept = np.zeros_like(arrays.allowed[number])
        kept[seated, seats[number, seated]] = True
        arrays.allowed[number, seated] &= kept[seated]
    return arrays
