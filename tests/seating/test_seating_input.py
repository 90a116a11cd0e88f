"""Bad input gets one sentence with its place; a problem with an earlier plan may name people who left."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schakelbord.cli.main import main
from schakelbord.errors import InputError
from schakelbord.seating.parse import parse
from schakelbord.seating.problem import Problem, Weights
from seating_problems import gathering

GROUPS = {"n": 6, "groups": 2, "kind": "random", "seed": 1, "dims": 2, "min": [3, 3], "max": [3, 3]}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    problem = gathering(16, 2)
    change(problem)
    return problem


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("missing", changed(lambda p: p.pop("rounds")), "/rounds"),
    ("out_of_range", changed(lambda p: p.update(rounds=0)), "/rounds"),
    ("not_a_whole_number", changed(lambda p: p.update(rounds=True)), "/rounds"),
    ("no_tables", changed(lambda p: p.update(tables=[])), "/tables"),
    ("not_a_list", changed(lambda p: p.update(tables={})), "/tables"),
    ("sizes_reversed", changed(lambda p: p["tables"][0].update(max=1)), "/tables/0/max"),
    ("duplicate_id", changed(lambda p: p["tables"][1].update(id="t1")), "/tables/1/id"),
    ("duplicate_id", changed(lambda p: p["participants"][1].update(id="p001")), "/participants/1/id"),
    ("bad_id", changed(lambda p: p["participants"][1].update(id="a:b")), "/participants/1/id"),
    ("unknown_id", changed(lambda p: p["tables"][0].update(host="p999")), "/tables/0/host"),
    ("unknown_id", changed(lambda p: p["apart"].append(["p001", "p999"])), "/apart/2/1"),
    ("not_a_pair", changed(lambda p: p["together"].append(["p001", "p001"])), "/together/2"),
    ("not_a_pair", changed(lambda p: p["together"].append(["p001"])), "/together/2"),
    ("out_of_range", changed(lambda p: p["participants"][0].update(present=[1])), "/participants/0/present/0"),
    (
        "not_true_or_false",
        changed(lambda p: p["participants"][0].update(accessible=1)),
        "/participants/0/accessible",
    ),
    ("out_of_range", changed(lambda p: p["weights"].update(org=-1)), "/weights/org"),
    ("not_a_whole_number", changed(lambda p: p["weights"].update(org=0.5)), "/weights/org"),
    ("rounds_differ", changed(lambda p: p.update(previous=[{}, {}])), "/previous"),
    ("not_text", changed(lambda p: p.update(previous=[{"p001": 1}])), "/previous/0/p001"),
    ("sizes_do_not_fit", GROUPS | {"n": 7}, "/n"),
    ("one_each_group", GROUPS | {"min": [3]}, "/min"),
    ("sizes_reversed", GROUPS | {"max": [3, 2]}, "/max/1"),
    ("out_of_range", GROUPS | {"groups": 0}, "/groups"),
]


@pytest.mark.parametrize(("code", "problem", "where"), BAD)
def test_bad_input_is_one_sentence_with_its_place(code: str, problem: dict[str, Any], where: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(json.dumps(problem).encode())
    assert (refused.value.code, refused.value.where) == (code, where)
    assert all(sentence.endswith(".") for sentence in (refused.value.nl, refused.value.en))


@pytest.mark.parametrize("text", ["", "[", "[]", "1", "null", '{"rounds": 1}', "\xff", "[" * 5000])
def test_what_is_no_problem_at_all_is_refused_by_the_command(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "problem.json"
    file.write_bytes(text.encode("latin-1"))
    assert main(["seat", str(file)]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert main(["seat", str(tmp_path / "nowhere.json")]) == 2


def test_unknown_fields_are_refused_only_when_asked() -> None:
    problem = gathering(16, 2) | {"colour": "red"}
    assert isinstance(parse(problem), Problem)
    with pytest.raises(InputError):
        parse(problem, strict=True)


def test_after_an_earlier_plan_people_may_have_left_and_weights_have_defaults() -> None:
    problem = gathering(16, 2) | {"previous": [{"p900": "t1"}], "weights": {"org": 3}}
    problem["tables"][0]["host"] = "p900"
    problem["apart"].append(["p900", "p001"])
    found = parse(problem)
    assert isinstance(found, Problem)
    assert found.weights == Weights(org=3)


def test_the_command_writes_one_prediction(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(gathering(16, 2)))
    assert main(["seat", str(file), "--seconds", "2", "--seed", "3"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["plan", "seconds"]
    assert len(found["plan"][0]) == 16
    file.write_text(json.dumps(GROUPS))
    assert main(["seat", str(file), "--seconds", "0.5"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["labels", "seconds"]
    assert sorted(found["labels"]) == [0, 0, 0, 1, 1, 1]
    file.write_text(json.dumps(changed(lambda p: p["tables"][0].update(min=2, max=2) or p["tables"][1].update(max=9))))
    assert main(["seat", str(file), "--lang", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["infeasible"] is True
    assert found["conflict"] == ["capacity"]
    assert found["reason"] == "There are 16 participants and 11 chairs, so add at least 5."
