"""A catalogue that makes no sense: every kind of mistake is found, in its file and line."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from schakelbord.engine import load_catalogue
from schakelbord.engine.catalogue_files import CatalogueFiles
from schakelbord.engine.problems import Problem, Spot
from schakelbord.engine.shipped import CATALOGUE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue, to break."""
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def add(folder: Path, name: str, row: str) -> int:
    """Add a row at the end of a catalogue file; the line on which it begins."""
    file = folder / f"{name}.yaml"
    text = file.read_text(encoding="utf-8").rstrip("\n") + "\n"
    file.write_text(text + row, encoding="utf-8")
    return text.count("\n") + 1


@cache
def usual_problems() -> frozenset[tuple[str, Spot]]:
    """The problems of the shipped catalogue."""
    return frozenset((found.code, found.spot) for found in CatalogueFiles(CATALOGUE).problems)


def new_problems(folder: Path) -> list[Problem]:
    """The problems that the shipped catalogue does not have."""
    return [found for found in CatalogueFiles(folder).problems if (found.code, found.spot) not in usual_problems()]


BODY = """\
- id: proef
  name: {nl: Proef, en: Trial}
  kind: existing
  layer: uitvoering
  jurisdiction: gemeente
  members: [school, jgz]
  carries: [verzuim]
  remit: {nl: Proef., en: Trial.}
  rhythm: {every_days: 7, first_day: 2}
  ground: {law: Jeugdwet, article: '1'}
"""
CHANNEL = """\
- id: proef
  from: school
  to: jgz
  carries: [verzuim]
  scope: same_place
  ground: {law: Jeugdwet, article: '1'}
"""
PATTERN = """\
- id: proef
  name: {nl: Proef, en: Trial}
  signals: [verzuim, letsel]
  at_least: 2
  mandate: [{organisation: jgz, ages: [0, 18]}]
"""
ORGANISATION = """\
- id: proef
  name: {nl: Proef, en: Trial}
  layer: uitvoering
  jurisdiction: gemeente
  observes: [verzuim]
  tasks: [{id: taak, name: {nl: Taak, en: Task}, ages: [0, 18], ground: null}]
  queue: {norm_days: 5, real_days: 9}
"""
ROWS = {"bodies": BODY, "channels": CHANNEL, "patterns": PATTERN, "organisations": ORGANISATION}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_right_row_gives_no_problem(folder: Path, name: str) -> None:
    add(folder, name, ROWS[name])
    assert new_problems(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("bodies", "id: proef", "id: college", ("error", "duplicate_body", 0, "regel")),
        ("bodies", "[school, jgz]", "[school, jgzz]", ("error", "unknown_organisation", 5, "`jgz`")),
        ("bodies", "[school, jgz]", "[school, school]", ("error", "repeated", 5, "twee keer")),
        ("bodies", "[school, jgz]", "[]", ("error", "no_members", 5, "leden")),
        ("bodies", "[school, jgz]", "school", ("error", "not_a_list", 5, "lijst")),
        ("bodies", "[verzuim]", "[verzuin]", ("error", "unknown_signal", 6, "`verzuim`")),
        ("bodies", "[verzuim]", '["*", verzuim]', ("warning", "all_and_more", 6, "alle")),
        ("bodies", "every_days: 7", "every_days: 0", ("error", "never_meets", 8, "nooit")),
        ("bodies", "first_day: 2", "first_day: -1", ("error", "never_meets", 8, "nooit")),
        ("bodies", "first_day: 2", "first_day: 5000", ("error", "never_meets", 8, "nooit")),
        ("bodies", "layer: uitvoering", "layer: beleid", ("error", "policy_carries", 6, "carries: []")),
        ("bodies", "layer: uitvoering", "layer: bestur", ("error", "unknown_choice", 3, "`bestuur`")),
        ("bodies", "rhythm:", "ages: [18, 0]\n  rhythm:", ("error", "ages", 8, "[0, 18]")),
        ("bodies", "rhythm:", "ages: [18, 18]\n  rhythm:", ("error", "ages", 8, "[18, 19]")),
        ("bodies", "rhythm:", "ages: [0, 200]\n  rhythm:", ("error", "ages", 8, "120")),
        ("bodies", "rhythm:", "themes: [onderwijz]\n  rhythm:", ("error", "unknown_theme", 8, "`onderwijs`")),
        ("bodies", "rhythm:", "escalates_to: [colege]\n  rhythm:", ("error", "unknown_body", 8, "`college`")),
        ("bodies", "rhythm:", "escalates_to: [proef]\n  rhythm:", ("error", "escalates_to_itself", 8, "zichzelf")),
        (
            "bodies",
            "rhythm:",
            "escalates_to: [{body: college, delay: {days: 0}}]\n  rhythm:",
            ("error", "delay", 8, "minstens 1 dag"),
        ),
        ("bodies", "  ground: {law: Jeugdwet, article: '1'}\n", "", ("error", "missing_field", 0, "`ground: null`")),
        ("channels", "from: school", "from: shcool", ("error", "unknown_organisation", 1, "`school`")),
        ("channels", "to: jgz", "to: jeugdarts", ("error", "unknown_organisation", 2, "organisations.yaml")),
        ("channels", "to: jgz", "to: school", ("warning", "to_itself", 4, "`handover`")),
        ("channels", "scope: same_place", "scope: same_place\n  delay: {days: 0}", ("error", "delay", 5, "1 dag")),
        ("channels", "scope: same_place", "scope: same_place\n  delay: 3", ("error", "not_a_map", 5, "`days`")),
        ("channels", "scope: same_place", "scope: same", ("error", "unknown_choice", 4, "`same_place`")),
        (
            "channels",
            "scope: same_place",
            "scope: same_place\n  unsafe_for: [verzuim]",
            ("error", "unknown_pattern", 5, "zorgwekkend_verzuim"),
        ),
        (
            "channels",
            "article: '1'",
            "article: '1', verified: true",
            ("error", "verified_without_source", 5, "`as_of`"),
        ),
        ("channels", "article: '1'", "article: '1', as_of: 2025-13-01", ("error", "not_a_date", 5, "2025-03-01")),
        ("channels", "article: '1'", "article: '1', duty: moet", ("error", "unknown_choice", 5, "`must`")),
        (
            "channels",
            "article: '1'",
            "article: '1', contested: [{view: {nl: a, en: b}, source: c}]",
            ("warning", "one_view", 5, "twee lezingen"),
        ),
        (
            "channels",
            "carries: [verzuim]\n  scope: same_place\n  ground: {law: Jeugdwet",
            "carries: [letsel]\n  scope: same_place\n  ground: {law: Leerplichtwet 1969",
            ("warning", "ground_without_health", 5, "gezondheid"),
        ),
        (
            "channels",
            "carries: [verzuim]\n  scope: same_place\n  ground: {law: Jeugdwet",
            "carries: [aanhouding]\n  scope: same_place\n  ground: {law: Wet publieke gezondheid",
            ("warning", "ground_without_criminal", 5, "strafbare feiten"),
        ),
        (
            "channels",
            "carries: [verzuim]\n  scope: same_place\n  ground: {law: Jeugdwet, article: '1'}",
            "carries: [letsel]\n  scope: same_place\n  ground: {law: WGS, article: '2.23'}",
            ("warning", "ground_without_health", 5, "gezondheid"),
        ),
        ("patterns", "at_least: 2", "at_least: 3", ("error", "at_least", 3, "2 signalen")),
        ("patterns", "at_least: 2", "at_least: 0", ("error", "at_least", 3, "1 tot en met 2")),
        ("patterns", "[verzuim, letsel]", "[verzuim, verzuim]", ("error", "repeated", 2, "twee keer")),
        ("patterns", "[{organisation: jgz, ages: [0, 18]}]", "[]", ("error", "no_mandate", 4, "mandate")),
        ("patterns", "ages: [0, 18]", "ages: [18, 0]", ("error", "ages", 4, "[0, 18]")),
        ("patterns", "organisation: jgz", "organisation: gz", ("error", "unknown_organisation", 4, "`ggz`")),
        ("organisations", "real_days: 9", "real_days: -9", ("error", "queue", 6, "`real_days`")),
        ("organisations", "layer: uitvoering", "layer: beleid", ("warning", "policy_observes", 4, "observes")),
        ("organisations", "ages: [0, 18]", "ages: [9, 3]", ("error", "ages", 5, "[3, 9]")),
        ("organisations", "[verzuim]", "[verzuim, verzuim]", ("error", "repeated", 4, "twee keer")),
    ],
)
def test_a_mistake_in_a_row_is_found_at_its_line(
    folder: Path, *, name: str, old: str, new: str, expected: tuple[str, str, int, str]
) -> None:
    assert ROWS[name].count(old) == 1
    first = add(folder, name, ROWS[name].replace(old, new))
    level, code, line, says = expected
    found = [problem for problem in new_problems(folder) if problem.code == code]
    assert [(problem.level, problem.spot.file, problem.spot.line) for problem in found] == [
        (level, f"{name}.yaml", first + line)
    ]
    assert says in found[0].says.nl


def test_a_body_of_administration_may_carry_what_a_law_obliges(folder: Path) -> None:
    row = BODY.replace("layer: uitvoering", "layer: bestuur").replace("article: '1'", "article: '1', duty: must")
    add(folder, "bodies", row)
    assert new_problems(folder) == []


def test_consent_covers_sensitive_data(folder: Path) -> None:
    row = CHANNEL.replace("[verzuim]", "[letsel]").replace("law: Jeugdwet", "law: AVG")
    add(folder, "channels", row.replace("scope:", "requires: [consent]\n  scope:"))
    assert new_problems(folder) == []


def test_escalation_in_a_circle_is_told_once(folder: Path) -> None:
    add(folder, "bodies", BODY.replace("rhythm:", "escalates_to: [tweede]\n  rhythm:"))
    add(folder, "bodies", BODY.replace("proef", "tweede").replace("rhythm:", "escalates_to: [proef]\n  rhythm:"))
    found = new_problems(folder)
    assert [(problem.level, problem.code) for problem in found] == [("warning", "circle")]
    assert "proef > tweede > proef" in found[0].says.nl


def test_a_broken_row_does_not_make_those_that_refer_to_it_wrong(folder: Path) -> None:
    add(folder, "organisations", ORGANISATION.replace("layer: uitvoering", "layer: iets"))
    add(folder, "channels", CHANNEL.replace("to: jgz", "to: proef"))
    assert [problem.code for problem in new_problems(folder)] == ["unknown_choice"]


def test_a_file_that_cannot_be_read_hides_no_problem_in_the_others(folder: Path) -> None:
    (folder / "signals.yaml").write_text("- {", encoding="utf-8")
    add(folder, "patterns", PATTERN.replace("organisation: jgz", "organisation: gz"))
    found = {(problem.spot.file, problem.code) for problem in new_problems(folder)}
    assert ("patterns.yaml", "unknown_organisation") in found
    assert any(file == "signals.yaml" for file, _ in found)
    assert not any(code == "unknown_signal" for _, code in found)


def test_the_shipped_catalogue_has_no_errors_and_only_open_questions_of_law() -> None:
    assert {found.code for found in CatalogueFiles(CATALOGUE).problems} <= {"ground_without_criminal"}
    assert load_catalogue().digest
