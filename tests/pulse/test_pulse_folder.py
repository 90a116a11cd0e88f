"""Folders: what can be read, what is refused with one sentence, and the command."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_worlds import planted, profiles, write_folder
from schakelbord.cli.main import main
from schakelbord.errors import InputError
from schakelbord.pulse.ballots import positions
from schakelbord.pulse.read_folder import read_folder
from schakelbord.pulse.whole_numbers import whole_numbers

VOTES = "participant,statement,vote\n"
PEOPLE = "participant,layer\n"


@pytest.fixture(autouse=True)
def _dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHAKELBORD_LANG", "nl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "pulse", [(1, 1, 1), (2, 1, -1), (2, 5, 0)], {1: "official", 2: "administrative"})


def packed(path: Path, text: str | bytes) -> None:
    path.write_bytes(gzip.compress(text.encode() if isinstance(text, str) else text))


def test_plain_and_packed_files_say_the_same(tmp_path: Path) -> None:
    rows, _ = planted(50, 10, profiles(2, 10, 1), 1)
    layer_of = dict.fromkeys(range(50), "official")
    one = read_folder(write_folder(tmp_path / "a", rows, layer_of)).ballots
    other = read_folder(write_folder(tmp_path / "b", rows, layer_of, packed=True)).ballots
    assert np.array_equal(one.votes, other.votes)
    assert one.cast() == len(rows)
    assert one.layers.names == ("official",)


def test_what_a_spreadsheet_makes_of_the_files_is_read_too(folder: Path) -> None:
    before = read_folder(folder).ballots
    votes = VOTES + "1,1,1\n2,1,-1\n2,5,0\n"
    quoted = '\ufeff"vote", "participant",statement,remark\r\n1,"1", 1,x\r\n-1,2,1,\r\n\r\n0,2,5,y\r\n'
    for text in (votes.replace("\n", "\r\n"), votes.replace(",", ";"), "\ufeff" + votes, votes.rstrip(), quoted):
        (folder / "votes.csv").write_bytes(text.encode())
        assert np.array_equal(read_folder(folder).ballots.votes, before.votes)


@pytest.mark.parametrize(
    "mistake",
    [
        ("votes.csv", VOTES + "1,1,1\n2,1,2\n", "bad_vote", "votes.csv:3: een stem is 1"),
        ("votes.csv", VOTES + "1,1,1\n2,1,\n", "not_a_number", "votes.csv:3"),
        ("votes.csv", VOTES + "1,1,0.5\n", "not_a_number", "“0.5”"),
        ("votes.csv", VOTES + "1,1,1\n\n2,1,1\n1,1,-1\n", "doubled_vote", "votes.csv:5: deelnemer 1 stemde al"),
        ("votes.csv", VOTES + "1,1,1\n2,1,1\n1,1,1\n", "doubled_vote", "votes.csv:4"),
        ("votes.csv", VOTES + "1,1,1\n9,1,1\n", "unknown_participant", "votes.csv:3: deelnemer 9"),
        ("votes.csv", VOTES + "1,-1,1\n", "negative_id", "“statement”"),
        ("votes.csv", VOTES + "1,123456789012345678901234567890,1\n", "not_a_number", "15 cijfers"),
        ("votes.csv", VOTES + "=1+1,1,1\n", "not_a_number", "votes.csv:2: in de kolom “participant” staat “=1+1”"),
        ("votes.csv", VOTES + "١,1,1\n", "not_a_number", "votes.csv:2"),
        ("votes.csv", VOTES + "\x1b[31m,1,1\n", "not_a_number", "“?[31m”"),
        ("votes.csv", VOTES + "1,1\n", "wrong_cells", "votes.csv:2: deze rij heeft 2 vakken"),
        ("votes.csv", VOTES + '1,1,"1\n', "bad_csv", "votes.csv:2"),
        ("votes.csv", VOTES, "no_votes", "votes.csv"),
        ("votes.csv", "", "empty", "votes.csv: dit bestand is leeg"),
        ("votes.csv", " \n\n", "empty", "votes.csv"),
        ("votes.csv", "participant,vote\n1,1\n", "missing_column", "“statement”"),
        ("participants.csv", PEOPLE, "no_participants", "participants.csv"),
        ("participants.csv", PEOPLE + "1,a\n2,b\n1,a\n", "doubled_participant", "participants.csv:4"),
        ("participants.csv", PEOPLE + "x,a\n", "not_a_number", "participants.csv:2"),
        ("participants.csv", PEOPLE + "-1,a\n", "negative_id", "participants.csv:2"),
        ("participants.csv", PEOPLE + '1,"=HYPERLINK(""x"")"\n', "bad_name", "participants.csv:2"),
        ("participants.csv", PEOPLE + f"1,{'a' * 61}\n", "bad_name", "participants.csv:2"),
        ("input.json", "[]", "bad_input_json", "input.json"),
        ("input.json", "", "empty", "input.json"),
        ("input.json", '{"conversation": "x", "moderated_out": [1.5]}', "bad_input_json", "moderated_out"),
        ("input.json", '{"conversation": "x", "moderated_out": [1' + "0" * 40 + "]}", "bad_input_json", "moderated"),
        ("input.json", "[" * 100_000, "bad_input_json", "input.json"),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_row(
    folder: Path, mistake: tuple[str, str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    file, text, code, says = mistake
    (folder / file).write_text(text, encoding="utf-8", newline="")
    with pytest.raises(InputError) as refused:
        read_folder(folder)
    assert refused.value.code == code
    assert main(["pulse", str(folder), "--json"]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert refused.value.en
    assert refused.value.en != refused.value.nl


def test_files_that_are_not_there_not_whole_or_not_text(folder: Path, tmp_path: Path) -> None:
    whole = gzip.compress(VOTES.encode() * 100)
    for data, code in ((b"no gzip", "bad_gzip"), (whole[:-20], "bad_gzip"), (gzip.compress(b"\xff\xfe"), "not_utf8")):
        (folder / "votes.csv.gz").write_bytes(data)
        with pytest.raises(InputError) as refused:
            read_folder(folder)
        assert refused.value.code == code
    (folder / "votes.csv.gz").unlink()
    (folder / "votes.csv").unlink()
    with pytest.raises(InputError, match="no such file"):
        read_folder(folder)
    with pytest.raises(InputError, match="no such folder"):
        read_folder(tmp_path / "nowhere")


def test_a_file_that_unpacks_to_too_much_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakelbord.pulse.read_folder.LARGEST_FILE", 1000)
    packed(folder / "votes.csv.gz", VOTES + "1,1,1\n" * 1000)
    with pytest.raises(InputError) as refused:
        read_folder(folder)
    assert refused.value.code == "too_large"


def test_more_cells_than_fit_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakelbord.pulse.ballots.MOST_CELLS", 3)
    with pytest.raises(InputError, match="together they may be 3"):
        read_folder(folder)


@given(st.text(alphabet="0123456789-,\n =x", max_size=40), st.integers(2, 3))
def test_fast_reading_agrees_with_reading_row_by_row(text: str, columns: int) -> None:
    found = whole_numbers(text.encode(), columns)
    lines = text.removesuffix("\n").split("\n") if text else []
    try:
        plain = [[int(cell) for cell in line.split(",")] for line in lines]
    except ValueError:
        plain = [[]]
    fits = all(len(row) == columns for row in plain) and "=" not in text and " " not in text
    fits = fits and all(len(cell.lstrip("-")) <= 15 for line in lines for cell in line.split(","))
    if found is None:
        assert not fits
    else:
        assert fits
        assert found.tolist() == plain


@given(st.lists(st.integers(0, 10**15), unique=True), st.lists(st.integers(-5, 10**15)))
def test_positions_are_found_for_small_and_for_huge_ids(known: list[int], wanted: list[int]) -> None:
    ordered = sorted(known)
    found = positions(np.array(ordered, dtype=np.int64), np.array(wanted + known, dtype=np.int64))
    assert found.tolist() == [ordered.index(one) if one in ordered else -1 for one in wanted + known]


@given(st.binary(max_size=60), st.sampled_from(["votes", "participants", "input"]), st.integers(0, 40), st.booleans())
def test_damage_never_ends_in_anything_but_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, name: str, place: int, append: bool
) -> None:
    folder = write_folder(tmp_path_factory.mktemp("damaged"), [(1, 1, 1), (2, 1, -1)], {1: "official", 2: "mixed"})
    path = folder / ("input.json" if name == "input" else f"{name}.csv")
    whole = path.read_bytes()
    path.write_bytes(whole[:place] + damage + (whole[place:] if append else b""))
    sentence = ""
    try:
        votes = read_folder(folder).ballots.cast()
    except InputError as refused:
        votes, sentence = 0, refused.nl
    assert bool(votes) != bool(sentence)


def test_the_command_says_it_in_words_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows, _ = planted(300, 30, profiles(2, 30, 7), 7, share=0.8)
    folder = write_folder(tmp_path / "p", rows, {n: ("official", "administrative")[n % 2] for n in range(300)})
    assert main(["pulse", str(folder)]) == 0
    dutch = capsys.readouterr().out
    assert all(head in dutch for head in ("Gedeeld (", "Verdeeld tussen lagen (", "Onbekend (", "Groep A:", "Eens met"))
    assert main(["pulse", str(folder), "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert all(head in english for head in ("Shared (", "Divided between layers (", "Unknown (", "Group A:", "Agrees"))


def test_json_of_the_command_has_all_parts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pulse", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["groups_shown"] is False
    assert found["groups_why"]["nl"].startswith("Geen groepen")
    assert found["agreement"]["unknown"][0] == {
        "statement": 1,
        "direction": None,
        "score": None,
        "gap": None,
        "total": None,
        "layers": None,
        "why": found["agreement"]["unknown"][1]["why"],
    }
