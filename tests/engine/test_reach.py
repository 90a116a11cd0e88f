"""Reach, paths and repairs on the cases with known answers."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from engine_data import DATA, NAMES, case_document, case_file, expected
from replay import replay
from schakelbord.engine import reach as reach_module
from schakelbord.engine.arrays import arrays_of, case_of
from schakelbord.engine.case import Case
from schakelbord.engine.case_io import case_as_json, read_case
from schakelbord.engine.case_parse import parse_case
from schakelbord.engine.npz import large_case, read_npz, read_npz_case, write_npz
from schakelbord.engine.paths import Paths
from schakelbord.engine.reach import Reach, reach
from schakelbord.engine.reach_report import large_report, report
from schakelbord.engine.reference import held_by_definition
from schakelbord.engine.repair import repairs


def answered(name: str) -> tuple[Case, Reach]:
    case = read_case(case_file(name))
    return case, reach(case)


@pytest.mark.parametrize("name", NAMES)
def test_everybody_holds_what_the_known_answer_says_on_the_day_it_says(name: str) -> None:
    case, answer = answered(name)
    assert [list(row) for row in answer.rows()] == expected(name)["held"]
    assert [msgspec.to_builtins(need) for need in answer.needs] == expected(name)["needs"]
    assert answer.held == held_by_definition(case)


@pytest.mark.parametrize("name", NAMES)
def test_every_path_replays_and_has_the_least_hops(name: str) -> None:
    case, answer = answered(name)
    paths = Paths(case, answer.held)
    least = expected(name)["hops"]
    for organisation, signal, day in answer.rows():
        hops = [hop.as_json() for hop in paths.path(organisation, signal)]
        assert replay(case_document(name), signal, hops) == (organisation, day)
        known = least[f"{organisation}|{signal}"]
        assert len(hops) - 1 in (known if isinstance(known, list) else [known])


@pytest.mark.parametrize("name", NAMES)
def test_repairs_are_those_of_the_known_answer(name: str) -> None:
    found = json.loads(msgspec.json.encode(list(repairs(read_case(case_file(name))))))
    assert all(need.pop("proven") for need in found)
    assert found == expected(name)["repair"]


@pytest.mark.parametrize("name", NAMES)
def test_a_case_survives_arrays_and_both_kinds_of_file(name: str, tmp_path: Path) -> None:
    case = read_case(case_file(name))
    bare = msgspec.structs.replace(case, needs=(), options=())
    assert case_of(arrays_of(case)) == bare
    assert parse_case(json.loads(msgspec.json.encode(case_as_json(case)))) == case
    write_npz(tmp_path / "case.npz", large_case(case))
    assert read_npz_case(tmp_path / "case.npz") == msgspec.structs.replace(bare, needs=case.needs)


def test_a_case_as_arrays_gives_the_same_report(tmp_path: Path) -> None:
    case, answer = answered("19-middle-00")
    write_npz(tmp_path / "case.npz", large_case(case))
    assert json.loads(b"".join(large_report(read_npz(tmp_path / "case.npz")))) == json.loads(b"".join(report(answer)))


def test_a_case_too_large_for_bit_sets_gives_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach_module, "SMALL", 0)
    _, answer = answered("20-words-00")
    assert [list(row) for row in answer.rows()] == expected("20-words-00")["held"]


def test_the_ids_break_a_tie_between_equal_paths() -> None:
    channel = {"from": "a", "to": "z", "delay": 3}
    case = parse_case(
        {
            "horizon": 9,
            "organisations": ["z", "a", "b"],
            "signals": [{"id": "s", "type": "t"}],
            "observations": [{"signal": "s", "organisation": name, "day": 1} for name in ("b", "a")],
            "channels": [{**channel, "id": "k2"}, {**channel, "id": "k1", "from": "b"}],
            "bodies": [{"id": "k0", "days": [4], "members": [{"organisation": name} for name in ("b", "z", "a")]}],
        }
    )
    hop = Paths(case, reach(case).held).path("z", "s")[-1]
    assert (hop.by, hop.sender, hop.day) == ("k0", "a", 4)


def test_the_cases_here_are_those_of_the_shared_folder() -> None:
    shared = Path(__file__).parents[2] / ".." / "shared" / "cases" / "engine"
    if not shared.is_dir():
        pytest.skip("no shared folder beside this repository")
    for path in shared.glob("*/*.json*"):
        assert (DATA / path.relative_to(shared)).read_bytes() == path.read_bytes()
