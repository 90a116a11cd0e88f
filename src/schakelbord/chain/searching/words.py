"""Words as search compares them: folded, stemmed in Dutch, and near to each other. Pure: no database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import snowballstemmer

CODE: Final = re.compile(r"(?<![\w-])([A-Z]{1,2}(?:-\d{4})?-\d{1,6})(?![\w-])", re.IGNORECASE)
WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
LONGEST_WORD: Final = 40
LIKENESS: Final = 0.35
"""Share of trigrams that two words must have in common to be called near: one letter wrong in six is within it."""

_stemmer = snowballstemmer.stemmer("dutch")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, how it is written without accents and capitals, and its stem."""

    start: int
    end: int
    word: str
    stem: str


def fold(text: str) -> str:
    """Small letters without accents: `Één` becomes `een`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word: `vergaderingen` and `vergadering` have one. A number or a code is its own."""
    if not word.isalpha():
        return word
    return str(_stemmer.stemWord(word))


def tokens(text: str) -> list[Token]:
    """The words of a text in their order. A code, `A-27`, is one word: `a27`."""
    found = []
    codes = [(one.start(), one.end(), fold(one.group()).replace("-", "")) for one in CODE.finditer(text)]
    found += [Token(start, end, word, word) for start, end, word in codes]
    taken = [(start, end) for start, end, _word in codes]
    for one in WORD.finditer(text):
        if any(start <= one.start() < end for start, end in taken):
            continue
        word = fold(one.group())[:LONGEST_WORD]
        if word:
            found.append(Token(one.start(), one.end(), word, stem(word)))
    return sorted(found, key=lambda token: token.start)


def stems_of(text: str) -> str:
    """The stems of a text, as the index keeps them."""
    return " ".join(token.stem for token in tokens(text))


def words_of(text: str) -> str:
    """The folded words of a text, as the index keeps them beside the stems: a word is found by how it begins."""
    return " ".join(token.word for token in tokens(text))


def grams_of(word: str) -> frozenset[str]:
    """The trigrams of a word, with its edges."""
    edged = f"  {word} "
    return frozenset(edged[at : at + 3] for at in range(len(edged) - 2))


@dataclass(slots=True)
class Vocabulary:
    """All words of an index, to find those that look most like a word that is not in it."""

    words: list[str] = field(default_factory=list)
    by_gram: dict[str, list[int]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)

    def add(self, words: Iterable[str]) -> None:
        """Learn words."""
        for word in words:
            grams = grams_of(word)
            for gram in grams:
                self.by_gram.setdefault(gram, []).append(len(self.words))
            self.words.append(word)
            self.sizes.append(len(grams))

    def near(self, word: str, *, most: int = 5) -> list[str]:
        """The words that share most trigrams with this one, the nearest first; the word itself is not one of them."""
        grams = grams_of(word)
        shared: dict[int, int] = {}
        for gram in grams:
            for at in self.by_gram.get(gram, ()):
                shared[at] = shared.get(at, 0) + 1
        scored = [
            (count / (len(grams) + self.sizes[at] - count), self.words[at])
            for at, count in shared.items()
            if self.words[at] != word
        ]
        close = sorted((one for one in scored if one[0] >= LIKENESS), key=lambda one: (-one[0], one[1]))
        return [found for _likeness, found in close[:most]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; marked when it is what one looked for."""

    text: str
    marked: bool


def snippet(text: str, stems: Sequence[str], prefix: str, *, longest: int = 220) -> tuple[Piece, ...]:
    """The stretch of a text with most of what one looked for, with that marked.

    Args:
        text: on one line or more.
        stems: of the words one looked for.
        prefix: how the last word begins, "" when it is whole.
        longest: number of signs.
    """
    line = " ".join(text.split())
    wanted = set(stems)
    hits = [one for one in tokens(line) if one.stem in wanted or (prefix and one.word.startswith(prefix))]
    start = _best_start(hits, longest)
    if start > 0:
        start = line.rfind(" ", 0, max(start - 30, 0)) + 1
    end = (
        len(line)
        if len(line) - start <= longest
        else max(line.rfind(" ", start, start + longest), start + longest // 2)
    )
    pieces = [Piece("… ", marked=False)] if start else []
    at = start
    for hit in hits:
        if hit.start >= at and hit.end <= end:
            pieces += [Piece(line[at : hit.start], marked=False), Piece(line[hit.start : hit.end], marked=True)]
            at = hit.end
    pieces.append(Piece(line[at:end] + (" …" if end < len(line) else ""), marked=False))
    return tuple(piece for piece in pieces if piece.text)


def _best_start(hits: Sequence[Token], longest: int) -> int:
    """Where a stretch begins that holds the most different stems; 0 when the beginning does as well."""
    best, most = 0, len({one.stem for one in hits if one.end <= longest})
    for at, first in enumerate(hits):
        here = len({one.stem for one in hits[at:] if one.end - first.start <= longest - 40})
        if here > most:
            best, most = first.start, here
    return best
