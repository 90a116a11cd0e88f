"""The words of a text, and the lists of words that the check knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

LISTS: Final = Path(__file__).parents[1] / "data" / "guard"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ENDS: Final = frozenset('.!?:;\n"“”„«»•()*')


def word_set(words: str) -> frozenset[str]:
    """The words of a row, as a set."""
    return frozenset(words.split())


def word_row(words: str) -> tuple[str, ...]:
    """The words of a row, for `endswith`."""
    return tuple(words.split())


class Word(NamedTuple):
    """A word; `low` in lower case, `first` when a sentence or a quotation starts with it."""

    text: str
    low: str
    start: int
    end: int
    first: bool

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """The words of a plain text, in order."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        first = not found or not _ENDS.isdisjoint(text[end:start])
        end = match.end()
        found.append(Word(word, word.lower(), start, end, first))
    return found


@dataclass(frozen=True, slots=True)
class Lists:
    """What stands in the files of `data/guard`, in lower case."""

    first_names: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]
    trees: frozenset[str]
    people_one: frozenset[str]
    people_more: frozenset[str]
    descent: frozenset[str]
    peoples: frozenset[str]

    @property
    def people(self) -> frozenset[str]:
        """Words for one person or for more."""
        return self.people_one | self.people_more


@lru_cache(maxsize=1)
def lists() -> Lists:
    """The lists, read once."""
    one, more = _read("people").split("# more", 1)
    descent: set[str] = set()
    peoples: set[str] = set()
    for line in _read("origins").splitlines():
        kind, _, words = line.partition(":")
        if kind == "adj":
            descent.update(form for word in words.split() for form in inflected(word))
        elif kind == "en":
            descent.update(words.split())
        elif kind in {"people", "en-people"}:
            peoples.update(words.split())
    return Lists(
        first_names=_set("first_names"),
        surnames=_set("surnames"),
        ordinary=_set("ordinary_words"),
        trees=_set("trees"),
        people_one=_words(one),
        people_more=_words(more),
        descent=frozenset(descent),
        peoples=frozenset(peoples - descent),
    )


def inflected(stem: str) -> set[str]:
    """A Dutch adjective and its form with -e: `turks`, `turkse`; `katholiek`, `katholieke`."""
    return {stem, stem + "e"}


def _read(name: str) -> str:
    return (LISTS / f"{name}.txt").read_text(encoding="utf-8")


def _set(name: str) -> frozenset[str]:
    return _words(_read(name))


def _words(text: str) -> frozenset[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.lower() for line in lines for word in line.split())
