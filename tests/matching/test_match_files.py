"""Files and the command: what is read, what is refused with one sentence and its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schakelbord.cli.main import main
from schakelbord.errors import InputError
from schakelbord.matching.read_files import read_actions, read_bodies, read_earlier

BODY = {"id": "b1", "name": "Tafel schulden", "remit": "Bespreekt schulden van inwoners.", "layer": "official"}
OTHER = {"id": "b2", "name": "Sportraad", "remit": "Verdeelt velden.", "meets_every_days": None}
ACTION = {"id": "a1", "title": "Hulp bij schulden", "lang": "nl", "none": False, "grades": {}}


@pytest.fixture(autouse=True)
def _dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHAKELBORD_LANG", "nl")


def written(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_what_is_missing_is_unknown_and_what_is_unknown_is_passed_over(tmp_path: Path) -> None:
    (body, other) = read_bodies(written(tmp_path, "b.json", [{**BODY, "remark": 1}, OTHER]))
    assert (body.themes, body.jurisdiction, body.meets_every_days, other.layer) == ((), None, None, None)
    actions = read_actions(written(tmp_path, "a.json", [ACTION, {"id": "a2", "title": "X"}]))
    assert list(actions) == ["a1", "a2"]
    assert actions["a2"].lang == "nl"
    earlier = read_earlier(written(tmp_path, "e.json", [{"text": "x", "body": "b1", "accepted": True}] * 2))
    assert [one.accepted for one in earlier] == [True, True]


@pytest.mark.parametrize(
    ("content", "place", "nl", "en"),
    [
        ("[", "JSON", "geen geldige JSON", "not valid JSON"),
        ({}, "", "lijst", "list"),
        ([], "", "geen enkel gremium", "no body"),
        ([3], "/0", "object", "object"),
        ([{"id": "b1"}], "/0/name", "ontbreekt", "missing"),
        ([{**BODY, "name": " "}], "/0/name", "staat niets", "empty"),
        ([{**BODY, "id": 3}], "/0/id", "tekst", "text"),
        ([BODY, BODY], "/1/id", "ook bij nummer 0", "also at number 0"),
        ([{**BODY, "layer": "hoog"}], "/0/layer", "“hoog” kan niet; kies uit official", "choose from official"),
        ([{**BODY, "jurisdiction": "dorp"}], "/0/jurisdiction", "kies uit gemeente", "choose from gemeente"),
        ([{**BODY, "themes": "x"}], "/0/themes", "lijst", "list"),
        ([{**BODY, "members": [1]}], "/0/members/0", "tekst", "text"),
        ([{**BODY, "meets_every_days": 0}], "/0/meets_every_days", "van 1 tot en met", "from 1 to"),
        ([{**BODY, "meets_every_days": "7"}], "/0/meets_every_days", "heel getal", "whole number"),
        ([{**BODY, "remit": "x" * 10_001}], "/0/remit", "langer dan", "longer than"),
    ],
)
def test_bad_bodies_get_one_sentence_with_the_place(
    tmp_path: Path, content: object, place: str, nl: str, en: str
) -> None:
    path = written(tmp_path, "b.json", content)
    with pytest.raises(InputError) as caught:
        read_bodies(path)
    assert caught.value.where.startswith(str(path))
    assert place in caught.value.where
    assert nl in caught.value.nl
    assert en in caught.value.en


def test_bad_actions_and_earlier_answers_too(tmp_path: Path) -> None:
    for content, place in (([{"id": "a"}], "/0/title"), ([{**ACTION, "lang": "de"}], "/0/lang")):
        with pytest.raises(InputError) as caught:
            read_actions(written(tmp_path, "a.json", content))
        assert caught.value.where.endswith(place)
    with pytest.raises(InputError) as caught:
        read_earlier(written(tmp_path, "e.json", [{"text": "x", "body": "b", "accepted": "ja"}]))
    assert caught.value.where.endswith("/0/accepted")
    with pytest.raises(InputError) as caught:
        read_bodies(tmp_path / "nothing.json")
    assert caught.value.code == "no_file"


def test_the_command_says_the_bodies_and_why(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(written(tmp_path, "b.json", [BODY, OTHER]))
    assert main(["match", "Hulp bij schulden. Niemand staat alleen.", "--bodies", path, "--layer", "official"]) == 0
    said = capsys.readouterr().out
    assert said.index("1. Tafel schulden") < said.index("2. Sportraad")
    assert "Gaat al over schulden; is ambtelijk, zoals gevraagd." in " ".join(said.split())


def test_the_command_without_bodies_uses_the_shipped_ones_and_never_decides(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "Juweliers tellen hun parels", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "We see no body that clearly fits." in said
    assert "3. " in said
    assert "4. " not in said
    assert main(["match", "Scholen bellen bij verzuim", "--json", "--top", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [set(row) for row in found["ranked"]] == [{"body", "name", "score", "reasons"}] * 2
    assert found["no_clear_match"] is False


def test_the_command_reads_earlier_answers_and_shows_many_actions(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bodies = str(written(tmp_path, "b.json", [BODY, OTHER]))
    actions = str(written(tmp_path, "a.json", [ACTION, {"id": "a2", "title": "Velden verdelen"}]))
    earlier = str(written(tmp_path, "e.json", [{"text": "Hulp bij schulden", "body": "b1", "accepted": True}]))
    assert main(["match", "--bodies", bodies, "--actions", actions, "--earlier", earlier]) == 0
    said = capsys.readouterr().out
    assert "a1  Hulp bij schulden" in said
    assert "nam eerder iets aan dat hierop lijkt: “Hulp bij schulden”" in " ".join(said.split())
    assert main(["match", "--bodies", bodies, "--actions", actions, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["a2"]["ranked"] == ["b2", "b1"]


@pytest.mark.parametrize(
    ("words", "nl"),
    [
        (["match"], "geef een tekst, of een bestand met --actions, en niet allebei."),
        (["match", "x", "--actions", "a.json"], "en niet allebei."),
        (["match", "  "], "de tekst is leeg"),
        (["match", "x", "--bodies", "/nowhere.json"], "/nowhere.json: dit bestand of deze map is er niet"),
        (["match", "x", "--top", "0"], "wat bij --top staat, kan niet."),
    ],
)
def test_a_wrong_command_gets_one_sentence_and_exit_code_two(
    words: list[str], nl: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert nl in error
    assert "Traceback" not in error
