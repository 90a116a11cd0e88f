"""Whatever somebody gives: it works, or a clear sentence says what is wrong and where. Nothing runs, nothing hangs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from schakelbord.engine import limits, shipped_stories, story_path, yaml_source
from schakelbord.engine.load import load_story, read_story_document
from schakelbord.engine.problems import Problem, ProblemsError
from story_text import SMALL, broken, only_problem, problems_of


def place_of(source: Path | str | bytes) -> tuple[str, int, int]:
    """Code, line and column of the one problem."""
    problem = only_problem(source)
    assert problem.spot.file == "els.yaml"
    return problem.code, problem.spot.line, problem.spot.column


def test_the_small_story_itself_is_right() -> None:
    assert load_story(SMALL).title.nl == "Els mist lessen"


@pytest.mark.parametrize("source", ["", "# only a comment\n", "---\n", "~\n", b"", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_to_be_empty(source: str | bytes) -> None:
    assert place_of(source)[0] == "empty_file"


@pytest.mark.parametrize("source", ["- a\n- b\n", "just text\n", "[]\n"])
def test_a_list_or_text_instead_of_a_story_says_which_fields_belong_there(source: str) -> None:
    problem = only_problem(source)
    assert problem.code == "not_a_map"
    assert "`id`" in problem.says.nl


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter() -> None:
    windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert load_story(windows) == load_story(SMALL)


def test_old_macintosh_line_ends_do_not_matter() -> None:
    assert load_story(SMALL.replace("\n", "\r")) == load_story(SMALL)


def test_emoji_and_right_to_left_text_stay_as_written() -> None:
    family = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    written = f"Els {family} zegt: \N{RIGHT-TO-LEFT MARK}\u05e9\u05dc\u05d5\u05dd\N{RIGHT-TO-LEFT MARK} e\u0301"
    story = load_story(broken("Els mist lessen.", f'"{written}"'))
    assert story.scenes[0].beats[0].say is not None
    assert story.scenes[0].beats[0].say.nl == written


def test_a_text_that_turns_the_reading_direction_and_leaves_it_turned_gets_a_warning() -> None:
    story, document = read_story_document(broken("Els mist lessen.", '"Els \u202e mist"'), name="els.yaml")
    assert story is not None
    assert [(found.level, found.code, found.spot.line) for found in document.problems] == [
        ("warning", "turned_direction", 18)
    ]


def test_a_right_to_left_mark_in_an_id_is_refused() -> None:
    assert place_of(broken("id: begin", 'id: "beg\u200fin"')) == ("bad_id", 14, 9)


def test_text_that_is_not_utf8_says_line_and_column_and_what_to_do() -> None:
    source = SMALL.replace("Els mist lessen.", "scène").encode("latin-1")
    problem = only_problem(source)
    assert (problem.code, problem.spot.line, problem.spot.column) == ("not_utf8", 18, 21)
    assert "UTF-8" in problem.says.nl


def test_utf16_is_recognised() -> None:
    assert place_of(SMALL.encode("utf-16"))[0] == "not_utf8"


def test_a_tab_is_named_as_a_tab() -> None:
    assert place_of(broken("      - day: 9", "\t- day: 9"))[:2] == ("tab", 20)


def test_a_control_character_is_found_where_it_stands() -> None:
    assert place_of(broken("Els mist lessen.", "Els\x07")) == ("control_character", 18, 22)


def test_half_a_character_is_found_where_it_stands() -> None:
    assert place_of(broken("Els mist lessen.", "Els\ud800")) == ("control_character", 18, 22)


def test_a_python_tag_makes_nothing_run(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    source = broken("horizon: 100", f"horizon: !!python/object/apply:os.system ['touch {trap}']")
    codes = {problem.code for problem in problems_of(source)}
    assert "tag" in codes
    assert not trap.exists()


@pytest.mark.parametrize("tag", ["!!str", "!!binary", "!ding", "!!python/name:os.system"])
def test_every_tag_is_refused_with_its_place(tag: str) -> None:
    problem = next(found for found in problems_of(broken("id: begin", f"id: {tag} begin")) if found.code == "tag")
    assert (problem.spot.line, problem.spot.column) == (14, 9)


def test_an_alias_bomb_is_refused_without_being_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 30)]
    codes = {problem.code for problem in problems_of("\n".join(lines))}
    assert "anchor" in codes


def test_a_merge_key_is_refused() -> None:
    codes = [problem.code for problem in problems_of(broken("facts: {", "facts: {<<: *els, "))]
    assert "anchor" in codes


def test_a_bare_asterisk_gets_the_advice_to_quote_it() -> None:
    problem = only_problem(broken("signal: verzuim", "signal: * "))
    assert (problem.code, problem.spot.line) == ("bare_asterisk", 19)
    assert '["*"]' in problem.says.en


def test_a_field_that_stands_twice_names_both_lines() -> None:
    problem = only_problem(broken("horizon: 100", "horizon: 100\nfictional: true"))
    assert (problem.code, problem.spot.line) == ("duplicate_field", 5)
    assert "regel 3" in problem.says.nl


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_deep_nesting_is_refused_before_it_hurts(opening: str, closing: str) -> None:
    assert place_of(opening * 100_000 + "x" + closing * 100_000)[0] == "too_deep"


def test_a_file_of_50_mb_is_refused_by_its_size(tmp_path: Path) -> None:
    large = tmp_path / "els.yaml"
    with large.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    problem = only_problem(large)
    assert problem.code == "file_too_large"
    assert "4 MB" in problem.says.nl


def test_a_text_of_50_mb_is_refused_by_its_size() -> None:
    assert place_of("# " + "x" * (50 * 1024 * 1024))[0] == "file_too_large"


def test_a_file_with_too_many_values_is_refused() -> None:
    assert place_of("[" + "0," * (limits.VALUES + 1) + "]")[0] == "too_many_values"


def test_a_story_of_5000_beats_works() -> None:
    beat = "      - {day: 20, say: {nl: Er gebeurt iets., en: Something happens.}}\n"
    story = load_story(broken("deadlines:\n", beat * 5_000 + "deadlines:\n"))
    assert len(story.scenes[0].beats) == 5_003


def test_more_beats_than_the_limit_are_counted_and_refused() -> None:
    beat = "      - {day: 20, ask: {nl: En nu?, en: What now?}}\n"
    problem = only_problem(broken("deadlines:\n", beat * limits.BEATS + "deadlines:\n"))
    assert problem.code == "too_many"
    assert str(limits.BEATS) in problem.says.nl


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("99999999999999999999999999", "number_too_large"),
        ("1000001", "number_too_large"),
        ("1e400", "not_a_number"),
        ("0x64", "not_a_number"),
        ("0o144", "not_a_number"),
        ("012", "not_a_number"),
        ("1_00", "not_a_number"),
        ("100.0", "not_a_number"),
        (".inf", "not_a_number"),
        ("1:40", "not_a_number"),
        ("yes", "not_a_number"),
        ('"100"', "not_a_number"),
        ("[100]", "not_one_value"),
        ("", "not_a_number"),
    ],
)
def test_only_plain_digits_are_a_number(written: str, code: str) -> None:
    assert place_of(broken("horizon: 100", f"horizon: {written}")) == (code, 4, 10 if written else 9)


def test_a_number_written_with_a_nought_before_it_gets_the_number_meant() -> None:
    assert "schrijf 12" in only_problem(broken("horizon: 100", "horizon: 012")).says.nl


@pytest.mark.parametrize("written", ["yes", "on", "ja", "1", '"true"'])
def test_only_true_and_false_are_yes_and_no(written: str) -> None:
    assert place_of(broken("fictional: true", f"fictional: {written}"))[:2] == ("not_true_or_false", 3)


@pytest.mark.parametrize("word", ["no", "on", "y", "off", "null_", "e1"])
def test_words_that_yaml_would_read_as_something_else_stay_words(word: str) -> None:
    story = load_story(SMALL.replace("id: begin", f"id: {word}"))
    assert story.scenes[0].id == word


@pytest.mark.parametrize("text", ["no", "2024-01-02", "012", "12:30", "1e3"])
def test_a_text_is_never_turned_into_a_date_or_number(text: str) -> None:
    assert load_story(broken("Els mist lessen.", text)).scenes[0].beats[0].say.nl == text  # type: ignore[union-attr]


def test_two_documents_in_one_file_are_refused() -> None:
    assert place_of(SMALL + "---\n" + SMALL)[:2] == ("second_document", 25)


def test_a_bracket_that_is_never_closed_is_told() -> None:
    assert place_of(SMALL + "absent: [{")[0] in {"not_closed", "not_yaml"}


def test_a_colon_in_a_text_gets_the_advice_to_quote() -> None:
    problem = only_problem(SMALL + "note: Els zegt: nee\n")
    assert (problem.code, problem.spot.line) == ("colon_in_text", 25)


def test_a_list_as_the_name_of_a_field_is_refused() -> None:
    assert place_of(SMALL + "? [a, b]\n: c\n")[0] == "odd_key"


def test_a_text_beyond_the_limit_is_measured() -> None:
    problem = only_problem(broken("Els mist lessen.", "x" * (limits.TEXT_LENGTH + 1)))
    assert problem.code == "text_too_long"


def test_a_file_that_is_not_there_a_folder_and_a_closed_file_are_told_apart(tmp_path: Path) -> None:
    closed = tmp_path / "closed.yaml"
    closed.write_text(SMALL)
    closed.chmod(0)
    assert only_problem(tmp_path / "nowhere.yaml").code == "no_such_file"
    assert only_problem(tmp_path).code == "is_folder"
    if os.geteuid():
        assert only_problem(closed).code == "unreadable_file"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert only_problem(pipe).code == "no_such_file"


def test_a_text_is_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    real = tmp_path / "els.yaml"
    real.write_text(SMALL)
    assert only_problem(str(real)).code == "not_a_map"


@given(some.binary(max_size=300))
def test_any_bytes_give_a_story_or_problems_with_a_place(content: bytes) -> None:
    with pytest.raises(ProblemsError) as caught:
        load_story(content, name="els.yaml")
    assert caught.value.nl
    assert caught.value.where.startswith("els.yaml")


@given(some.integers(0, len(SMALL) - 1), some.sampled_from(list("{}[]:,-&*!|>'\"%@`#?\t\n \x00é")))
def test_one_wrong_character_anywhere_never_breaks_the_reader(place: int, character: str) -> None:
    found: tuple[Problem, ...] = ()
    try:
        load_story(SMALL[:place] + character + SMALL[place + 1 :], name="els.yaml")
    except ProblemsError as error:
        found = error.problems
    assert all(problem.says.nl and problem.says.en for problem in found)


def test_after_200_problems_the_looking_stops_and_says_so() -> None:
    found = problems_of("".join(f"field{number}: 1\n" for number in range(50_000)))
    assert len(found) == limits.PROBLEMS + 1
    assert found[-1].code == "more_problems"


@pytest.mark.parametrize("name", shipped_stories())
def test_the_slow_parser_reads_the_same_as_the_fast_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = load_story(story_path(name))
    monkeypatch.setattr(yaml_source, "_PARSER", yaml.SafeLoader)
    assert load_story(story_path(name)) == fast


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("      - day: 9", "\t- day: 9", "tab", 20),
        ("signal: verzuim", "signal: * ", "bare_asterisk", 19),
        ("Els mist lessen.", "Els\x07", "control_character", 18),
        ("horizon: 100", "horizon: &een 100", "anchor", 4),
    ],
)
def test_the_slow_parser_finds_the_same_mistakes(
    monkeypatch: pytest.MonkeyPatch, *, old: str, new: str, code: str, line: int
) -> None:
    monkeypatch.setattr(yaml_source, "_PARSER", yaml.SafeLoader)
    problem = only_problem(broken(old, new))
    assert (problem.code, problem.spot.line) == (code, line)
