"""The field words as data: what a reviewer may rely on, and what a mistake in them says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from schakelbord.errors import InputError
from schakelbord.matching.texts import reader_of, tokens_of
from schakelbord.matching.thesaurus import FOLDER, WORDS, Thesaurus, load_thesaurus

GOOD = "kind: topic\nconcepts:\n- {id: a, nl: [een term], en: [a term], near: []}\n"


@pytest.fixture(scope="module")
def shipped() -> Thesaurus:
    return load_thesaurus()


def test_every_term_finds_its_concept(shipped: Thesaurus) -> None:
    """A term that a longer or likelier one swallows, or that is a small word, would be dead."""
    reader = reader_of(shipped)
    dead = [
        (concept.id, lang, term)
        for concept in shipped.concepts
        for lang, terms in (("nl", concept.nl), ("en", concept.en))
        for term in terms
        if concept.id not in reader.read(term, "nl" if lang == "nl" else "en").concepts
    ]
    assert dead == []


def test_the_domain_is_covered_in_both_languages(shipped: Thesaurus) -> None:
    reader = reader_of(shipped)
    pairs = (
        ("huiselijk geweld", "domestic violence"), ("jeugdzorg", "youth care"), ("spijbelen", "truancy"),
        ("dakloos", "homeless"), ("deurwaarder", "bailiff"), ("asielzoekers", "asylum seekers"),
        ("onderbetaling", "underpayment"), ("wijkagent", "neighbourhood officer"), ("rechtbank", "court"),
        ("burgemeester", "mayor"), ("tolk", "interpreter"), ("notaris", "notary"),
    )  # fmt: skip
    for dutch, english in pairs:
        assert set(reader.read(dutch, "nl").concepts) & set(reader.read(english, "en").concepts), dutch


def test_labels_are_words_and_terms_are_readable(shipped: Thesaurus) -> None:
    for concept in shipped.concepts:
        assert all(tokens_of(term) for term in (*concept.nl, *concept.en)), concept.id
        assert concept.id not in concept.near


def folder_with(folder: Path, text: str) -> Path:
    (folder / WORDS).write_bytes((FOLDER / WORDS).read_bytes())
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_thesaurus_of_ones_own_is_read(tmp_path: Path) -> None:
    assert [concept.id for concept in load_thesaurus(folder_with(tmp_path, GOOD)).concepts] == ["a"]


@pytest.mark.parametrize(
    ("text", "place", "nl", "en"),
    [
        (GOOD.replace("topic", "thing"), "own.yaml:1", "“thing” kan niet", "choose from topic"),
        (GOOD.replace("near: []", "near: [b]"), "own.yaml:3", "“b” bij near bestaat niet", "does not exist"),
        (GOOD.replace("nl: [een term]", "nl: []"), "own.yaml:3", "ontbreekt een term", "lacks a term"),
        (GOOD.replace("[een term]", "[x, x]"), "own.yaml:3", "dubbel", "twice"),
        (GOOD + GOOD.splitlines()[-1], "own.yaml:4", "staat er al", "there already"),
        (GOOD.replace(", near: []", ""), "own.yaml:3", "“near” ontbreekt", "missing"),
        ("kind: topic\nconcepts: x\n", "own.yaml:2", "lijst", "list"),
        ("kind: topic\nconcepts: [x]\n", "own.yaml:2", "begrip", "concept"),
        ("- x\n", "own.yaml:1", "namen met waarden", "names with values"),
        ("kind: [topic\n", "own.yaml:", "", ""),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, text: str, place: str, nl: str, en: str) -> None:
    with pytest.raises(InputError) as caught:
        load_thesaurus(folder_with(tmp_path, text))
    assert caught.value.where.startswith(place)
    assert nl in caught.value.nl
    assert en in caught.value.en


def test_a_folder_without_words_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not there"):
        load_thesaurus(tmp_path)


def test_matching_needs_no_django_no_numba_and_no_network() -> None:
    code = (
        "import sys, socket; socket.socket = None\n"
        "from schakelbord.matching.index import Index\n"
        "from schakelbord.matching.model import Body, Wanted\n"
        "Index([Body('a', 'Tafel schulden')]).match(Wanted('schulden'))\n"
        "print(sorted({'django', 'numba', 'bm25s', 'scipy'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
