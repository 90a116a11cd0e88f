"""A repair is the best there is: compared with trying every set of options on the case itself, by the definition."""

from __future__ import annotations

import copy
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine_cases import cases
from schakelbord.engine.case_parse import parse_case
from schakelbord.engine.needs import met_on
from schakelbord.engine.reference import held_by_definition
from schakelbord.engine.repair import Repair, repairs


def applied(document: dict[str, Any], options: tuple[dict[str, Any], ...]) -> dict[str, Any] | None:
    """The case with these options carried out; None when two of them set the same delay."""
    case = copy.deepcopy(document)
    channels = {channel["id"]: channel for channel in case["channels"]}
    bodies = {body["id"]: body for body in case["bodies"]}
    delays: set[str] = set()
    for option in options:
        for name, days in option.get("add_days", {}).items():
            bodies[name]["days"] += days
        for name, delay in option.get("set_delay", {}).items():
            if name in delays:
                return None
            delays.add(name)
            channels[name]["delay"] = delay
        for name, types in option.get("add_types", {}).items():
            link = channels.get(name) or bodies[name]
            link["types"] = [*link.get("types", ["*"]), *types]
        if "add_member" in option:
            member = dict(option["add_member"])
            bodies[member.pop("body")]["members"].append(member)
        if "add_channel" in option:
            case["channels"].append(option["add_channel"])
    return case


def tried(document: dict[str, Any], options: tuple[dict[str, Any], ...], need: int) -> Repair | None:
    """What this set of options does for a need: None unless it is met in time."""
    document = applied(document, options) or {}
    if not document:
        return None
    case = parse_case({**document, "options": []})
    day = met_on(case.needs[need], held_by_definition(case))
    if day is None or day > case.needs[need].by:
        return None
    return Repair(cost=sum(o["cost"] for o in options), use=tuple(sorted(o["id"] for o in options)), met_on=day)


def best_by_trying(document: dict[str, Any], need: int) -> Repair | None:
    options = document["options"]
    sets = (chosen for size in range(len(options) + 1) for chosen in combinations(options, size))
    found = [repair for chosen in sets if (repair := tried(document, chosen, need))]
    return min(found, key=lambda repair: (repair.cost, len(repair.use), repair.met_on, repair.use), default=None)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(options=6, most_signals=3))
def test_a_repair_is_the_best_of_all_sets_of_options(document: dict[str, Any]) -> None:
    for number, found in enumerate(repairs(parse_case(document))):
        assert found.proven
        without = tried(document, (), number)
        assert found.repair == (None if without else best_by_trying(document, number))


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 10), st.data())
def test_sixty_options_of_which_many_are_needed_are_still_searched_to_the_end(steps: int, data: st.DataObject) -> None:
    """A chain of organisations with, for each step, several channels of different cost: the cheapest of each."""
    each = 60 // steps
    costs = [[data.draw(st.integers(1, 9)) for _ in range(each)] for _ in range(steps)]
    document = {
        "horizon": 30,
        "organisations": [f"o{n:02d}" for n in range(steps + 1)],
        "signals": [{"id": "s", "type": "t"}],
        "observations": [{"signal": "s", "organisation": "o00", "day": 0}],
        "needs": [{"id": "n", "organisation": f"o{steps:02d}", "signals": ["s"], "at_least": 1}],
        "options": [
            {
                "id": f"r{step:02d}{turn:02d}",
                "cost": cost,
                "add_channel": {"id": f"c{step}-{turn}", "from": f"o{step:02d}", "to": f"o{step + 1:02d}"},
            }
            for step, row in enumerate(costs)
            for turn, cost in enumerate(row)
        ],
    }
    (found,) = repairs(parse_case(document))
    assert found.proven
    assert found.repair is not None
    assert found.repair.cost == sum(min(row) for row in costs)
    assert found.repair.use == tuple(f"r{step:02d}{row.index(min(row)):02d}" for step, row in enumerate(costs))


def test_a_search_that_takes_too_long_gives_the_best_it_found_and_says_so() -> None:
    document = {
        "horizon": 5,
        "organisations": ["a", "b", "c"],
        "signals": [{"id": "s", "type": "t"}],
        "observations": [{"signal": "s", "organisation": "a", "day": 0}],
        "needs": [{"id": "n", "organisation": "c", "signals": ["s"], "at_least": 1}],
        "options": [
            {"id": f"r{n}{end}", "cost": n, "add_channel": {"id": f"c{n}{end}", "from": start, "to": end}}
            for n in range(1, 9)
            for start, end in (("a", "b"), ("b", "c"))
        ],
    }
    steps: list[int] = []
    (cut_short,) = repairs(parse_case(document), most_steps=20, tick=steps.append)
    assert not cut_short.proven
    assert cut_short.repair is not None
    assert cut_short.repair.cost == 2
    (whole,) = repairs(parse_case(document))
    assert whole.proven
    assert whole.repair == cut_short.repair


def slower_but_open(by: int) -> dict[str, Any]:
    """The cheap option opens the way to z but makes the way to b slower; the dear one only opens the way."""
    return {
        "horizon": 30,
        "organisations": ["a", "b", "z"],
        "signals": [{"id": "s", "type": "t"}],
        "observations": [{"signal": "s", "organisation": "a", "day": 0}],
        "channels": [{"id": "c1", "from": "a", "to": "b", "delay": 2}],
        "needs": [{"id": "n", "organisation": "z", "signals": ["s"], "at_least": 1, "by": by}],
        "options": [
            {"id": "cheap", "cost": 1, "set_delay": {"c1": 9}, "add_channel": {"id": "x1", "from": "b", "to": "z"}},
            {"id": "dear", "cost": 5, "add_channel": {"id": "x2", "from": "b", "to": "z"}},
            {"id": "again", "cost": 1, "set_delay": {"c1": 1}},
        ],
    }


def test_an_option_that_makes_a_channel_slower_counts_with_its_harm() -> None:
    (early,) = repairs(parse_case(slower_but_open(by=5)))
    (late,) = repairs(parse_case(slower_but_open(by=10)))
    assert early.repair == Repair(cost=5, use=("dear",), met_on=3)
    assert late.repair == Repair(cost=1, use=("cheap",), met_on=10)


def test_two_options_that_set_the_same_delay_never_go_together() -> None:
    """Each opens half of the way, so both would be needed; alone neither helps, and the dear one opens all of it."""
    document = slower_but_open(by=30)
    document["organisations"].append("m")
    half = [("r1", 1, "b", "m"), ("r2", 2, "m", "z")]
    document["options"] = [
        {
            "id": name,
            "cost": 1,
            "set_delay": {"c1": delay},
            "add_channel": {"id": f"x-{name}", "from": start, "to": end},
        }
        for name, delay, start, end in half
    ]
    assert [found.repair for found in repairs(parse_case(document))] == [None]
    document["options"].append({"id": "r3", "cost": 9, "add_channel": {"id": "x3", "from": "b", "to": "z"}})
    assert [found.repair for found in repairs(parse_case(document))] == [Repair(cost=9, use=("r3",), met_on=3)]


def test_half_of_sixty_signals_by_sixty_options_is_searched_to_the_end() -> None:
    """Any thirty of sixty will do, each with an option of its own: the thirty cheapest."""
    costs = [10 + n * 7 % 11 for n in range(60)]
    document = {
        "horizon": 9,
        "organisations": ["z", *(f"o{n}" for n in range(60))],
        "signals": [{"id": f"s{n}", "type": "t"} for n in range(60)],
        "observations": [{"signal": f"s{n}", "organisation": f"o{n}", "day": 1} for n in range(60)],
        "needs": [{"id": "n", "organisation": "z", "signals": [f"s{n}" for n in range(60)], "at_least": 30}],
        "options": [
            {"id": f"r{n:02d}", "cost": cost, "add_channel": {"id": f"c{n}", "from": f"o{n}", "to": "z"}}
            for n, cost in enumerate(costs)
        ],
    }
    (found,) = repairs(parse_case(document))
    assert found.proven
    assert found.repair is not None
    best = sorted(sorted(range(60), key=lambda n: (costs[n], n))[:30])
    assert found.repair.cost == sum(costs[n] for n in best)
    assert found.repair.use == tuple(f"r{n:02d}" for n in best)
