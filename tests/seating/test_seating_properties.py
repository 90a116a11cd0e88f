"""Random small problems against brute force: valid or rightly refused, cheapest, nobody moved in vain."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from schakelbord.seating.arrays import arrays_of, total_cost
from schakelbord.seating.check import check
from schakelbord.seating.compiled import Annealing
from schakelbord.seating.conflict import smallest_conflict
from schakelbord.seating.cost import cost, cost_of_move
from schakelbord.seating.heat import stages_of
from schakelbord.seating.parse import parse
from schakelbord.seating.problem import KINDS, Problem
from schakelbord.seating.replan import replan
from schakelbord.seating.solve import solve
from schakelbord.seating.tabu import tabu_search
from seating_problems import JsonProblem, broken_rules, plain_cost, seatings, small_problems

MOST_PLANS = 3_000


def read(problem: JsonProblem) -> Problem:
    found = parse(problem)
    assert isinstance(found, Problem)
    return found


def valid_rounds(problem: JsonProblem) -> list[list[dict[str, str]]]:
    """The valid seatings of every round."""
    return [
        [seats for seats in seatings(problem, number) if not broken_rules(problem, seats)]
        for number in range(problem["rounds"])
    ]


@given(small_problems())
@settings(max_examples=150)
def test_a_plan_is_valid_and_cheapest_where_that_is_claimed_or_there_is_none(problem: JsonProblem) -> None:
    answer = solve(read(problem), 0.5)
    rounds = valid_rounds(problem)
    if not all(rounds):
        assert answer.plan is None
        assert answer.conflict is not None
        return
    assert answer.plan is not None
    assert answer.cost is not None
    assert all(not broken_rules(problem, seats) for seats in answer.plan)
    assert answer.cost.total == plain_cost(problem, list(answer.plan))
    sizes = 1
    for valid in rounds:
        sizes *= len(valid)
    if sizes <= MOST_PLANS:
        best = min(plain_cost(problem, list(plan)) for plan in product(*rounds))
        assert answer.bound <= best <= answer.cost.total
        assert not answer.proven or answer.cost.total == best
        if problem["rounds"] == 1:
            assert answer.proven


@given(small_problems(rounds=2, people=5, previous=False))
@settings(max_examples=200)
def test_a_conflict_is_one_and_no_smaller_one_exists(problem: JsonProblem) -> None:
    found = smallest_conflict(read(problem), range(problem["rounds"]))
    smallest: int | None = None
    for number in range(problem["rounds"]):
        broken = [broken_rules(problem, seats) for seats in seatings(problem, number)]
        if not all(broken):
            continue
        rules = sorted(set().union(*broken))
        sizes = (
            size
            for size in range(1, len(rules) + 1)
            for chosen in combinations(rules, size)
            if all(one & set(chosen) for one in broken)
        )
        size = next(sizes)
        smallest = size if smallest is None else min(size, smallest)
    if smallest is None:
        assert found is None
        return
    assert found is not None
    assert found.smallest
    keys = {rule.key for rule in found.rules}
    assert len(keys) == smallest
    assert all(broken_rules(problem, seats) & keys for seats in seatings(problem, found.round))


@given(small_problems(), st.integers(0, 5))
@settings(max_examples=60)
def test_the_same_seed_gives_the_same_plan(problem: JsonProblem, seed: int) -> None:
    first, second = (solve(read(problem), 0.5, seed) for _ in range(2))
    assert not (first.complete and second.complete) or first.plan == second.plan


@given(small_problems(previous=False), st.data())
@settings(max_examples=150)
def test_who_stays_away_moves_nobody_without_need(problem: JsonProblem, data: st.DataObject) -> None:
    rounds = valid_rounds(problem)
    if not all(rounds):
        return
    plan = [data.draw(st.sampled_from(valid)) for valid in rounds]
    gone = data.draw(st.sampled_from(sorted(person["id"] for person in problem["participants"])))
    answer = replan(read(problem), plan, absent=[gone], seconds=0.5)
    changed: JsonProblem = problem | {
        "participants": [
            person | ({"present": []} if person["id"] == gone else {}) for person in problem["participants"]
        ]
    }
    options = valid_rounds(changed)
    if not all(options):
        assert answer.plan is None
        return
    assert answer.plan is not None
    assert answer.cost is not None
    assert all(not broken_rules(changed, seats) for seats in answer.plan)

    def moved(old: dict[str, str], new: dict[str, str]) -> int:
        return sum(old[name] != at for name, at in new.items())

    fewest = [min(moved(old, new) for new in valid) for old, valid in zip(plan, options, strict=True)]
    assert [moved(old, new) for old, new in zip(plan, answer.plan, strict=True)] == fewest
    assert answer.cost.counts["change"] == sum(fewest)
    if problem["rounds"] == 1:
        best = min(plain_cost(changed, [new]) for new in options[0] if moved(plan[0], new) == fewest[0])
        assert answer.proven
        assert plain_cost(changed, list(answer.plan)) == best


@given(small_problems(), st.data())
@settings(max_examples=150)
def test_costs_of_any_plan_add_up_and_agree_in_all_ways_of_counting(problem: JsonProblem, data: st.DataObject) -> None:
    asked = read(problem)
    plan = [data.draw(st.sampled_from(list(seatings(problem, number)))) for number in range(problem["rounds"])]
    found = cost(asked, plan)
    assert found.total == plain_cost(problem, plan) == sum(found.kinds.values())
    assert set(found.kinds) == set(KINDS)
    seen = sum(sum(amounts.values()) for amounts in found.tables.values())
    assert seen == found.total
    arrays = arrays_of(asked)
    assert total_cost(arrays, arrays.seats(plan)) == found.total
    broken: dict[int, set[str]] = {}
    for one in check(asked, plan):
        broken.setdefault(one.round, set()).add(one.rule)
    for number, seats in enumerate(plan):
        assert broken.get(number, set()) == broken_rules(problem, seats)
    number = data.draw(st.integers(0, problem["rounds"] - 1))
    if plan[number]:
        person = data.draw(st.sampled_from(sorted(plan[number])))
        table = data.draw(st.sampled_from([table["id"] for table in problem["tables"]]))
        move = cost_of_move(asked, plan, number, person, table=table)
        assert move.plan[number][person] == table
        assert move.difference == plain_cost(problem, list(move.plan)) - found.total == sum(move.kinds.values())
        other = data.draw(st.sampled_from(sorted(plan[number])))
        swap = cost_of_move(asked, plan, number, person, swap=other)
        assert swap.difference == plain_cost(problem, list(swap.plan)) - found.total


@given(small_problems(people=8), st.integers(0, 3))
@settings(max_examples=100)
def test_both_searches_stay_valid_and_count_right(problem: JsonProblem, seed: int) -> None:
    rounds = valid_rounds(problem)
    if not all(rounds):
        return
    asked = read(problem)
    arrays = arrays_of(asked)
    start = arrays.seats([valid[0] for valid in rounds])
    before = total_cost(arrays, start)
    run = Annealing(arrays).run(
        start, steps=3_000, stages=stages_of(asked.weights), seed=seed, tick=lambda _share, _cost: False
    )
    turns = iter(range(60))
    last: list[int] = []

    def over(change: int) -> bool:
        last.append(change)
        return next(turns, None) is None

    best = tabu_search(arrays, start, seed=seed, over=over)
    for seats, price in ((run.best, run.cost), (best, before + last[-1])):
        plan: list[Any] = list(arrays.plan(np.asarray(seats)))
        assert all(not broken_rules(problem, one) for one in plan)
        assert plain_cost(problem, plan) == price <= before


@given(small_problems(previous=False), st.data())
@settings(max_examples=150)
def test_seats_that_stay_do_and_close_their_table_for_others(problem: JsonProblem, data: st.DataObject) -> None:
    asked = read(problem)
    tables = [table["id"] for table in problem["tables"]]
    names = [person["id"] for person in problem["participants"]]
    some = st.dictionaries(st.sampled_from(names), st.sampled_from(tables), max_size=3)
    fixed = tuple(
        {name: at for name, at in data.draw(some).items() if name in asked.present(number)}
        for number in range(asked.rounds)
    )
    asked = msgspec.structs.replace(asked, fixed=fixed)

    def keeps(seats: dict[str, str], stay: dict[str, str]) -> bool:
        return {name: at for name, at in seats.items() if at in stay.values() or name in stay} == stay

    options = [
        [seats for seats in valid if keeps(seats, stay)]
        for valid, stay in zip(valid_rounds(problem), fixed, strict=True)
    ]
    if not all(options):
        return
    answer = solve(asked, 0.5)
    assert answer.plan is not None
    assert all(keeps(seats, stay) for seats, stay in zip(answer.plan, fixed, strict=True))
    assert all(not broken_rules(problem, seats) for seats in answer.plan)
    gone = data.draw(st.sampled_from(sorted(names)))
    if any(gone in stay for stay in fixed):
        return
    after = replan(asked, answer.plan, absent=[gone], seconds=0.5)
    if after.plan is not None:
        assert all(keeps(seats, stay) for seats, stay in zip(after.plan, fixed, strict=True))
