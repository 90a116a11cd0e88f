"""Problems for the tests of the seating: small ones for brute force, and gatherings of real size."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest
from hypothesis import strategies as st

JsonProblem = dict[str, Any]
CASES = Path(os.environ.get("SCHAKELBORD_CASES") or Path(__file__).parents[2] / "shared" / "cases") / "seating"
THEMES = ("samenwerking", "feitelijkheden", "data", "regie", "jeugd")


def shared_cases() -> Path:
    """The folder with known cases; skips the test where it is not there."""
    if not (CASES / "score.py").is_file():
        pytest.skip("the folder with shared cases is not beside this repository (SCHAKELBORD_CASES names another)")
    return CASES


def scorer() -> ModuleType:
    """The independent scorer of the shared cases."""
    spec = importlib.util.spec_from_file_location("seating_score", shared_cases() / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shared(name: str) -> JsonProblem:
    """One shared case, decoded."""
    found: JsonProblem = json.loads((shared_cases() / f"{name}.json").read_text())
    return found


def gathering(people: int, tables: int, *, rounds: int = 1, seed: int = 1, prefs: float = 0.6) -> JsonProblem:
    """An invented gathering with a host and a pitcher at every table."""
    random = Random(seed)
    organisations = ("gemeente-a", "gemeente-b", "gemeente-c", "politie", "om", "ministerie-jv", "belastingdienst")
    everybody: list[JsonProblem] = [
        {
            "id": f"p{number:03}",
            "org": random.choice(organisations),
            "layer": random.choice(["ambtelijk", "ambtelijk", "bestuurlijk"]),
        }
        for number in range(1, people + 1)
    ]
    ids = [person["id"] for person in everybody]
    random.shuffle(ids)
    at = [
        {
            "id": f"t{number + 1}",
            "theme": THEMES[number % len(THEMES)],
            "min": people // tables - 1,
            "max": -(-people // tables) + 1,
            "accessible": number % 2 == 0,
            "host": ids[2 * number],
            "pitcher": ids[2 * number + 1],
        }
        for number in range(tables)
    ]
    free = ids[2 * tables :]
    for person in everybody:
        if person["id"] in free:
            if random.random() < prefs:
                person["prefs"] = random.sample(THEMES, 3)
            if random.random() < 0.05:
                person["accessible"] = True
            if rounds > 1 and random.random() < 0.1:
                person["present"] = sorted(random.sample(range(rounds), random.randint(1, rounds - 1)))
    return {
        "rounds": rounds,
        "tables": at,
        "participants": everybody,
        "apart": [free[0:2], free[2:4]],
        "together": [free[4:6], free[6:8]],
        "weights": {"org": 10, "layer": 1, "pref": 1, "repeat": 6, "sametable": 15, "change": 8},
    }


@st.composite
def small_problems(draw: st.DrawFn, *, rounds: int = 2, people: int = 6, previous: bool = True) -> JsonProblem:
    """A problem of at most so many people at one to three tables: all that can collide does, many have no plan."""
    ids = [f"p{number}" for number in range(draw(st.integers(1, people)))]
    some = st.sampled_from(ids)
    number_of_rounds = draw(st.integers(1, rounds))
    tables = []
    for number in range(draw(st.integers(1, 3))):
        least = draw(st.integers(0, 2))
        table: JsonProblem = {"id": f"t{number}", "theme": draw(st.sampled_from(THEMES[:3]))}
        table |= {"min": least, "max": draw(st.integers(max(least, 1), 5)), "accessible": draw(st.booleans())}
        for role in ("host", "pitcher"):
            if draw(st.integers(0, 3)) == 0:
                table[role] = draw(some)
        tables.append(table)
    participants = []
    for name in ids:
        person: JsonProblem = {"id": name, "org": draw(st.sampled_from("ab")), "layer": draw(st.sampled_from("xy"))}
        if draw(st.booleans()):
            person["prefs"] = draw(st.lists(st.sampled_from(THEMES[:4]), unique=True, max_size=4))
        if draw(st.integers(0, 5)) == 0:
            person["accessible"] = True
        if draw(st.integers(0, 4)) == 0:
            person["present"] = draw(st.lists(st.integers(0, number_of_rounds - 1), unique=True))
        participants.append(person)
    pairs = st.lists(st.lists(some, min_size=2, max_size=2, unique=True), max_size=3) if len(ids) > 1 else st.just([])
    weight = st.integers(0, 12)
    problem: JsonProblem = {
        "rounds": number_of_rounds,
        "tables": tables,
        "participants": participants,
        "apart": draw(pairs),
        "together": draw(pairs),
        "weights": {kind: draw(weight) for kind in ("org", "layer", "pref", "repeat", "sametable", "change")},
    }
    if previous and draw(st.booleans()):
        names = [table["id"] for table in tables]
        problem["previous"] = [{name: draw(st.sampled_from(names)) for name in ids} for _ in range(number_of_rounds)]
    return problem


def seatings(problem: JsonProblem, number: int) -> Iterator[dict[str, str]]:
    """Every way to give all who are present in a round a table, valid or not."""
    rounds = list(range(problem["rounds"]))
    present = [person["id"] for person in problem["participants"] if number in person.get("present", rounds)]
    names = [table["id"] for table in problem["tables"]]
    for places in product(names, repeat=len(present)):
        yield dict(zip(present, places, strict=True))


def broken_rules(problem: JsonProblem, seats: dict[str, str]) -> set[str]:
    """The rules of a conflict that one seating breaks: written for the tests alone, from the words of the design."""
    broken = set()
    people = {person["id"]: person for person in problem["participants"]}
    for table in problem["tables"]:
        here = [name for name, at in seats.items() if at == table["id"]]
        if len(here) > table["max"]:
            broken.add("capacity")
        if len(here) < table["min"]:
            broken.add("minimum")
        for role in ("host", "pitcher"):
            if table.get(role) in seats and seats[table[role]] != table["id"]:
                broken.add(f"{role}:{table['id']}")
        if not table["accessible"]:
            broken |= {f"accessible:{name}" for name in here if people[name].get("accessible")}
    for a, b in problem["apart"]:
        if a in seats and b in seats and seats[a] == seats[b]:
            broken.add(f"apart:{min(a, b)}:{max(a, b)}")
    for a, b in problem["together"]:
        if a in seats and b in seats and seats[a] != seats[b]:
            broken.add(f"together:{min(a, b)}:{max(a, b)}")
    return broken


def plain_cost(problem: JsonProblem, plan: list[dict[str, str]]) -> int:
    """The cost of a plan, counted in the plainest way."""
    weights, total = problem["weights"], 0
    people = {person["id"]: person for person in problem["participants"]}
    tables = {table["id"]: table for table in problem["tables"]}
    fixed = {table.get(role) for table in problem["tables"] for role in ("host", "pitcher")} - {None}
    names = sorted(people)
    for seats in plan:
        for place, a in enumerate(names):
            for b in names[place + 1 :]:
                if a in seats and b in seats and seats[a] == seats[b]:
                    total += weights["org"] * (people[a]["org"] == people[b]["org"])
                    total += weights["layer"] * (people[a]["layer"] == people[b]["layer"])
        for name, at in seats.items():
            wishes = people[name].get("prefs") or []
            if wishes and name not in (tables[at].get("host"), tables[at].get("pitcher")):
                theme = tables[at]["theme"]
                place = wishes.index(theme) if theme in wishes else 9
                total += weights["pref"] * ([0, 2, 6][place] if place < 3 else 12)
    together = {frozenset(pair) for pair in problem["together"]}
    for place, a in enumerate(names):
        for b in names[place + 1 :]:
            times = sum(a in seats and b in seats and seats[a] == seats[b] for seats in plan)
            if frozenset((a, b)) not in together and not {a, b} <= fixed:
                total += weights["repeat"] * max(0, times - 1)
        if a not in fixed:
            visited = [seats[a] for seats in plan if a in seats]
            total += weights["sametable"] * (len(visited) - len(set(visited)))
    for old, seats in zip(problem.get("previous") or [], plan, strict=False):
        total += weights["change"] * sum(seats.get(name, at) != at for name, at in old.items())
    return total
