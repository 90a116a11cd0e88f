"""A story that makes no sense: every kind of mistake is found, at its line, with what was probably meant."""

from __future__ import annotations

import pytest

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.load import load_story, read_story_document
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.shipped import load_catalogue
from story_text import SMALL, broken, only_problem, problems_of


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def warnings_of(source: str, catalogue: Catalogue) -> list[tuple[str, int]]:
    """Code and line of the warnings of a story that can be loaded."""
    _, document = read_story_document(source, catalogue)
    assert [found for found in document.problems if found.level == "error"] == []
    return [(found.code, found.spot.line) for found in document.problems]


def test_the_small_story_has_no_problem_at_all(catalogue: Catalogue) -> None:
    assert warnings_of(SMALL, catalogue) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "meant"),
    [
        ("organisation: school,", "organisation: scool,", "unknown_organisation", 19, "`school`"),
        ("organisation: leerplicht", "organisation: leer_plicht", "unknown_organisation", 21, "`leerplicht`"),
        ("of: school", "of: schol", "unknown_organisation", 21, "`school`"),
        ("organisation: wijkteam", "organisation: Wijk-team", "unknown_organisation", 12, "`wijkteam`"),
        ("signal: verzuim", "signal: verzuin", "unknown_signal", 19, "`verzuim`"),
        ("signal: verzuim", "signal: ziekteverzuimx", "unknown_signal", 19, "`ziekteverzuim`"),
        ("pattern: zorgwekkend_verzuim", "pattern: verzuim", "unknown_pattern", 24, "`zorgwekkend_verzuim`"),
        ("signal: verzuim, about: els", "signal: verzuim, about: elz", "unknown_doll", 19, "`els`"),
        ("zorgwekkend_verzuim, about: els", "zorgwekkend_verzuim, about: lies", "unknown_doll", 24, "Kies"),
        ("school, about: els", "school, about: iepp", "unknown_doll", 21, "`iep`"),
        ("consent: {els: false}", "consent: {elsje: false}", "unknown_doll", 11, "`els`"),
        ("age: 11, place: a", "age: 11, place: q", "unknown_place", 10, ""),
        ("to: x", "to: nergens", "unknown_place", 22, "Kies"),
        ("place: a, signal", "place: b, signal", "unknown_place", 19, ""),
        ("dolls: [iep]", "dolls: [iep, iep]", "repeated", 22, "haal er een weg"),
        ("dolls: [iep]", "dolls: []", "nobody_moves", 22, ""),
        ("id: x, name", "id: a, name", "duplicate_place", 7, "regel 6"),
        ("id: iep, name", "id: els, name", "duplicate_doll", 10, "regel 9"),
        ("age: 11", "age: -1", "not_born", 10, "niet geboren"),
        ("age: 11", "age: 121", "age", 10, "120"),
        ("fictional: true", "fictional: false", "not_fictional", 3, "verzonnen"),
        ("horizon: 100", "horizon: 0", "horizon", 4, "3660"),
        ("day: 9", "day: 900", "day_outside", 20, "0 tot en met 100"),
        ("day: 9", "day: -9", "day_outside", 20, "0 tot en met 100"),
        ("day: 9", "day: 2", "out_of_order", 20, "dag 3"),
        ("by: 50", "by: 101", "day_outside", 24, "0 tot en met 100"),
        ("by: 50", "by: 2", "deadline_too_early", 24, "dag 3"),
        ("els, by: 50", "els, by: 50, also: [els]", "repeated", 24, "`also`"),
        ("els, by: 50", "els, by: 50, also: [iep, ieep]", "unknown_doll", 24, "`iep`"),
        ("{consent: {els: false}}", "{acute_from: {els: 101}}", "day_outside", 11, ""),
        ("{consent: {els: false}}", "{consent: {els: -1}}", "day_outside", 11, ""),
        ("{consent: {els: false}}", "{consent: {els: maybe}}", "not_yes_no_or_day", 11, "`true`"),
        ("{consent: {els: false}}", "{measure: {els: [40, 20]}}", "measure_reversed", 11, "[20, 40]"),
        ("{consent: {els: false}}", "{measure: {els: [40]}}", "not_a_pair", 11, ""),
        ("region: r1}", "region: a}", "area_clash", 6, "eigen id"),
        ("region: r1}", "region: nl}", "area_clash", 6, "eigen id"),
        ("en: Municipality A}, region: r1}", "en: Municipality A}}", "no_region", 6, "abroad"),
        ("kind: abroad", "kind: abroad, region: r9", "region_abroad", 7, "buitenland"),
        ("kind: abroad", "kind: buitenland", "unknown_choice", 7, "`gemeente`"),
        ("pattern: dots", "pattern: stripe", "unknown_choice", 9, "`stripes`"),
        ("place: a, signal", "place: x, signal", "nobody_abroad", 19, "landelijke"),
        ("organisation: school, place", "organisation: wijkteam, place", "absent", 19, "absent"),
        (
            "wijkteam, place: a}",
            "wijkteam, place: a}, {organisation: wijkteam, place: a}",
            "repeated",
            12,
            "lege stoel",
        ),
        ("wijkteam, place: a", "wijkteam, place: x", "nobody_abroad", 12, ""),
        (
            "about: els, by: 50}",
            "about: els, by: 50}\n  - {pattern: zorgwekkend_verzuim, about: els, by: 50}",
            "repeated",
            25,
            "",
        ),
        ("title: {nl: Het begin, en: The beginning}", "titel: {nl: x, en: y}", "missing_field", 14, "`title`"),
        ("about: els}]\n      - day: 9", "about: els, when: 3}]\n      - day: 9", "unknown_field", 19, "`when`"),
    ],
)
def test_a_mistake_is_found_at_its_line_with_what_was_meant(
    catalogue: Catalogue, *, old: str, new: str, code: str, line: int, meant: str
) -> None:
    found = [problem for problem in problems_of(broken(old, new), catalogue) if problem.code == code]
    assert [(problem.level, problem.spot.line) for problem in found] == [("error", line)]
    assert meant in found[0].says.nl


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("signal: verzuim", "signal: huurachterstand", "not_observed", 19),
        ("of: school", "of: huisarts", "asks_in_vain", 21),
        ("to: x", "to: a", "lives_there", 22),
        ("pattern: band, hue: slate", "pattern: dots, hue: teal", "same_look", 10),
        ("{day: 20, move: {dolls: [iep], to: x}}", "{day: 20}", "empty_beat", 22),
    ],
)
def test_what_is_probably_not_meant_gets_a_warning(
    catalogue: Catalogue, old: str, new: str, code: str, line: int
) -> None:
    assert (code, line) in warnings_of(broken(old, new), catalogue)


def test_a_second_move_to_the_same_place_gets_a_warning(catalogue: Catalogue) -> None:
    again = "      - {day: 20, move: {dolls: [iep], to: x}}\n      - {day: 30, move: {dolls: [iep], to: x}}\n"
    source = broken("      - {day: 20, move: {dolls: [iep], to: x}}\n", again)
    assert warnings_of(source, catalogue) == [("lives_there", 23)]


def test_a_first_birthday_after_more_than_a_year_gets_a_warning(catalogue: Catalogue) -> None:
    source = broken("age: 15", "age: 15, birthday_on_day: 370").replace("horizon: 100", "horizon: 400")
    assert warnings_of(source, catalogue) == [("birthday", 9)]


def test_a_body_that_never_meets_within_the_story_gets_a_warning(catalogue: Catalogue) -> None:
    source = broken("horizon: 100", "horizon: 39").replace("by: 50", "by: 30")
    assert catalogue.body["contactpersonen_dwang"].rhythm.first_day == 40
    assert warnings_of(source, catalogue) == [("never_meets", 4)]


def test_a_story_without_deadlines_or_with_an_empty_scene_gets_a_warning(catalogue: Catalogue) -> None:
    without = SMALL[: SMALL.index("deadlines:")] + "  - {id: leeg, title: {nl: Leeg, en: Empty}, beats: []}\n"
    assert {code for code, _ in warnings_of(without, catalogue)} == {"no_deadlines", "empty_scene"}


def test_an_empty_chair_of_a_regional_organisation_is_empty_for_the_whole_region(catalogue: Catalogue) -> None:
    two = broken("places:\n", "places:\n  - {id: c, name: {nl: Gemeente C, en: Municipality C}, region: r1}\n")
    two = two.replace("wijkteam, place: a", "politie, place: a")
    there = "{organisation: school, place: a, signal: verzuim"
    source = two.replace(there, "{organisation: politie, place: c, signal: overlast")
    assert only_problem(source, catalogue).code == "absent"
    assert warnings_of(source.replace("region: r1}\n  - {id: a", "region: r2}\n  - {id: a"), catalogue) == []


def test_a_national_organisation_may_see_something_abroad(catalogue: Catalogue) -> None:
    source = broken("school, place: a, signal: verzuim", "kmar, place: x, signal: vertrek_buitenland")
    assert warnings_of(source, catalogue) == []


def test_all_mistakes_are_told_at_once_in_order_of_line(catalogue: Catalogue) -> None:
    source = SMALL
    for old, new in [
        ("fictional: true", "fictional: nee"),
        ("age: 11", "age: elf"),
        ("signal: verzuim", "signal: verzuin"),
        ("day: 9", "day: 900"),
        ("to: x", "to: y"),
        ("by: 50", "by: 500"),
    ]:
        source = source.replace(old, new)
    found = problems_of(source, catalogue)
    assert [(problem.code, problem.spot.line) for problem in found] == [
        ("not_true_or_false", 3),
        ("not_a_number", 10),
        ("unknown_signal", 19),
        ("day_outside", 20),
        ("unknown_place", 22),
        ("day_outside", 24),
    ]


def test_a_mistyped_choice_does_not_hide_the_other_mistakes_of_its_row(catalogue: Catalogue) -> None:
    source = broken("age: 11, place: a, pattern: band", "age: -1, place: q, pattern: bandd")
    assert {problem.code for problem in problems_of(source, catalogue)} == {
        "not_born",
        "unknown_place",
        "unknown_choice",
    }


def test_a_doll_with_a_mistake_in_it_is_still_known_to_the_rest(catalogue: Catalogue) -> None:
    assert only_problem(broken("id: els, name: Els, age: 15", "id: els, name: Els, age: x"), catalogue).spot.line == 9


def test_the_error_tells_the_first_mistake_and_counts_the_others(catalogue: Catalogue) -> None:
    with pytest.raises(ProblemsError) as caught:
        load_story(broken("age: 11", "age: -1").replace("by: 50", "by: 500"), catalogue, name="els.yaml")
    assert caught.value.where == "els.yaml:10:31"
    assert caught.value.exit_code == 2
    assert "nog 1 fout" in caught.value.nl
    assert "1 more error" in caught.value.en


def test_the_error_tells_the_highest_mistake_and_never_a_warning(catalogue: Catalogue) -> None:
    source = broken("age: 15", "age: 15, birthday_on_day: 370").replace("horizon: 100", "horizon: 400")
    source = source.replace("age: 11", "age: -1").replace("signal: verzuim,", "signal: verzuim, when: 3,")
    with pytest.raises(ProblemsError) as caught:
        load_story(source, catalogue)
    assert [(found.level, found.spot.line) for found in caught.value.problems] == [
        ("warning", 9),
        ("error", 10),
        ("error", 19),
    ]
    assert (caught.value.code, caught.value.where) == ("not_born", "10:31")


def test_without_a_catalogue_only_the_story_itself_is_checked() -> None:
    assert load_story(broken("signal: verzuim", "signal: iets_anders")).horizon == 100
    assert only_problem(broken("to: x", "to: y")).code == "unknown_place"
