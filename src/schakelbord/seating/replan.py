"""A plan that people have seen, after somebody stays away or comes later: nobody changes table without need.

First the fewest people who change table, then the lowest cost among such plans. Rounds share no hard rule, so the
fewest changes of each round are the fewest of all; a change is priced above everything else that a plan can cost, and
with several rounds the annealing goes on from there, too cold to ever pay for one more change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec
import numpy as np

from schakelbord.errors import InputError
from schakelbord.seating.arrays import Arrays, arrays_of
from schakelbord.seating.problem import AnyPlan, Person, Problem
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
    arrays = _kept(arrays_of(changed, change=_dearest(changed)), from_round)
    return Search(arrays, seconds, seed, progress, stop).answer()


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
        return frozenset(number for number in person.present if number < from_round or number >= first)

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
