"""From a text to what can be compared: stems, parts of compounds, character pieces, and concepts of the thesaurus.

A term of the thesaurus is found by its stem in the language of the text, or as it is written in any language. Where a
Dutch word is no term, its parts are looked at (`jeugdbeschermingstafel` has `jeugdbescherming`). The longest term that
begins at a word wins, and the words in it are not looked at again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import snowballstemmer

from schakelbord.errors import Language
from schakelbord.matching.thesaurus import Thesaurus

PART: Final = 0.6
"""What a part of a compound counts, beside a whole word."""
SHORTEST_PART, SHORTEST_EDGE, SHORTEST_COMPOUND = 3, 5, 7
LINKS: Final = ("", "s", "en", "e", "n")
FIRST_WORDS, SHORTEST_DOER = 3, 6
PIECES: Final = (3, 4, 5)
"""Lengths of character pieces."""
LONGEST_TEXT, LONGEST_WORD, MOST_KEPT = 20_000, 60, 50_000
"""Signs of a text and of a word that are read; words whose parts are remembered."""

_WORD: Final = re.compile(r"[^\W_]+")
_DUTCH, _ENGLISH = snowballstemmer.stemmer("dutch_porter"), snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands: without capitals and accents, and whether it was written in capitals (OM, ZSM)."""

    text: str
    capitals: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What a text holds, each with a weight above 0.

    Args:
        words: stems, and stems of parts of compounds.
        concepts: ids of concepts.
        pieces: pieces of words, as they are cut out of `_word_`.
    """

    words: Mapping[str, float]
    concepts: Mapping[str, float]
    pieces: Mapping[str, float]


def tokens_of(text: str) -> list[Token]:
    """The words and numbers of a text, in order."""
    flat = "".join(
        sign for sign in unicodedata.normalize("NFKD", text[:LONGEST_TEXT]) if not unicodedata.combining(sign)
    )
    words = _WORD.findall(flat.replace("'", "").replace("’", ""))
    return [Token(word.casefold()[:LONGEST_WORD], len(word) > 1 and word.isupper()) for word in words]


def together(parts: Iterable[tuple[float, Content]]) -> Content:
    """Contents added up, each with its weight; a concept counts as in the part where it weighs most."""
    words: dict[str, float] = {}
    concepts: dict[str, float] = {}
    pieces: dict[str, float] = {}
    for weight, part in parts:
        for into, source in ((words, part.words), (pieces, part.pieces)):
            for key, value in source.items():
                into[key] = into.get(key, 0.0) + weight * value
        for key, value in part.concepts.items():
            concepts[key] = max(concepts.get(key, 0.0), weight * value)
    return Content(words, concepts, pieces)


class Reader:
    """Reads texts with one thesaurus.

    Args:
        thesaurus: the field words.
    """

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.stops: dict[Language, frozenset[str]] = {"nl": thesaurus.stop_nl, "en": thesaurus.stop_en}
        self.excludes = thesaurus.excludes
        self._doers: dict[Language, tuple[str, ...]] = {"nl": thesaurus.doers_nl, "en": thesaurus.doers_en}
        self._terms: dict[str, list[tuple[tuple[tuple[str, str], ...], str]]] = {}
        parts = set(thesaurus.heads)
        for concept in thesaurus.concepts:
            for lang, terms in (("nl", concept.nl), ("en", concept.en)):
                for term in terms:
                    self._add_term(term, concept.id, "nl" if lang == "nl" else "en")
            parts.update(token.text for term in concept.nl for token in tokens_of(term))
        for rows in self._terms.values():
            rows.sort(key=lambda row: (-len(row[0]), row[1]))
        parts = (parts - thesaurus.stop_nl) | thesaurus.heads
        self._parts = frozenset(part for part in parts if len(part) >= SHORTEST_PART and part.isalpha())
        self._last_parts = frozenset(stem_of(part, "nl") for part in self._parts)
        self._splits: dict[str, tuple[str, ...]] = {}

    def language(self, text: str) -> Language:
        """The language that a text seems to have, by its small words; Dutch when they say nothing."""
        words = [token.text for token in tokens_of(text)]
        dutch, english = (sum(word in self.stops[lang] for word in words) for lang in LANGUAGES)
        return "en" if english > dutch else "nl"

    def read(self, text: str, lang: Language) -> Content:
        """What a text holds.

        Args:
            text: any text; of more than `LONGEST_TEXT` signs the rest is not read.
            lang: its language.
        """
        tokens = tokens_of(text)
        concepts = self._concepts(tokens, lang)
        words: dict[str, float] = {}
        pieces: dict[str, float] = {}
        for token in tokens:
            if token.text.isdigit() or (token.text in self.stops[lang] and not token.capitals):
                continue
            stem = stem_of(token.text, lang)
            words[stem] = words.get(stem, 0.0) + 1.0
            for part in self.split(token.text) if lang == "nl" else ():
                if part not in self.stops["nl"]:
                    words[stem_of(part, lang)] = words.get(stem_of(part, lang), 0.0) + PART
            for piece in pieces_of(token.text):
                pieces[piece] = pieces.get(piece, 0.0) + 1.0
        return Content(words, concepts, pieces)

    def doer(self, title: str, lang: Language) -> str | None:
        """Who does it: the first word of weight among the first three of a title, when its ending is that of a doer."""
        for token in tokens_of(title)[:FIRST_WORDS]:
            if token.text not in self.stops[lang] and not token.text.isdigit():
                long = len(token.text) >= SHORTEST_DOER
                return token.text if long and token.text.endswith(self._doers[lang]) else None
        return None

    def split(self, word: str) -> tuple[str, ...]:
        """The known parts of a Dutch compound: all of it in two or more, else its beginning or its end alone."""
        found = self._splits.get(word)
        if found is None:
            parts = self._split(word) or self._edge(word) if len(word) >= SHORTEST_COMPOUND else ()
            if len(self._splits) >= MOST_KEPT:
                self._splits.clear()
            found = self._splits[word] = parts
        return found

    def _split(self, word: str) -> tuple[str, ...]:
        """Fewest parts; of equally many those whose shortest is longest, and then the first in the alphabet."""
        best: list[tuple[str, ...] | None] = [None] * (len(word) + 1)
        best[0] = ()
        for end in range(SHORTEST_PART, len(word) + 1):
            options = [
                (*before, part)
                for begin in range(end - SHORTEST_PART + 1)
                if (before := best[begin]) is not None and end - begin < len(word)
                for part in self._parts_in(word[begin:end], last=end == len(word))
            ]
            if options:
                best[end] = min(options, key=lambda parts: (len(parts), -min(map(len, parts)), parts))
        return best[len(word)] or ()

    def _edge(self, word: str) -> tuple[str, ...]:
        """The longest known beginning, or else the longest known end (*kermisweek*, *cryptobeurzen*)."""
        sizes = range(len(word) - SHORTEST_PART, SHORTEST_EDGE - 1, -1)
        begin = next((word[:size] for size in sizes if word[:size] in self._parts), None)
        end = next((word[-size:] for size in sizes if word[-size:] in self._parts), None)
        found = begin or end
        return (found,) if found else ()

    def _parts_in(self, piece: str, *, last: bool) -> list[str]:
        """The part that a piece of a word is; before another part with a sound in between, at the end in any form."""
        if last:
            return [piece] if piece in self._parts or stem_of(piece, "nl") in self._last_parts else []
        found = [piece.removesuffix(link) for link in LINKS if piece.endswith(link)]
        return [part for part in found if part in self._parts]

    def _add_term(self, term: str, concept: str, lang: Language) -> None:
        tokens = tokens_of(term)
        keys = tuple(_term_keys(token.text, lang) for token in tokens)
        for key in keys[0] if keys else ():
            self._terms.setdefault(key, []).append((keys, concept))

    def _concepts(self, tokens: list[Token], lang: Language) -> dict[str, float]:
        found: dict[str, float] = {}
        keys = [set(_term_keys(token.text, lang)) for token in tokens]
        place = 0
        while place < len(tokens):
            length, names = self._longest(tokens, keys, place, lang)
            for name in names:
                found[name] = 1.0
            if not length and lang == "nl":
                for name in self._of_parts(tokens[place].text):
                    found[name] = max(found.get(name, 0.0), PART)
            place += max(length, 1)
        return found

    def _longest(self, tokens: list[Token], keys: list[set[str]], place: int, lang: Language) -> tuple[int, set[str]]:
        """How many words the longest term takes that begins at this place, and the concepts that have it.

        Of terms equally long those that are written so win from those with the same stem (*ouders*, *ouderen*).
        """
        best, names = (0, 0), set[str]()
        token = tokens[place]
        small = token.text in self.stops[lang] and not token.capitals
        for key in sorted(keys[place]):
            for term, concept in self._terms.get(key, ()):
                size = len(term)
                if size < best[0] or place + size > len(tokens) or (small and size == 1):
                    continue
                if all(keys[place + step].intersection(term[step]) for step in range(1, size)):
                    as_written = sum(f"={tokens[place + step].text}" in term[step] for step in range(size))
                    if (size, as_written) >= best:
                        names = names | {concept} if (size, as_written) == best else {concept}
                        best = (size, as_written)
        return best[0], names

    def _of_parts(self, word: str) -> list[str]:
        return sorted(
            {
                concept
                for part in self.split(word)
                if part not in self.stops["nl"]
                for key in _term_keys(part, "nl")
                for term, concept in self._terms.get(key, ())
                if len(term) == 1
            }
        )


LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")


def pieces_of(word: str) -> list[str]:
    """The character pieces of a word, edges marked."""
    marked = f"_{word}_"
    return [marked[at : at + size] for size in PIECES for at in range(len(marked) - size + 1)]


@lru_cache(maxsize=2)
def reader_of(thesaurus: Thesaurus) -> Reader:
    """The reader of a thesaurus, kept in memory: its thousands of terms are stemmed once."""
    return Reader(thesaurus)


@lru_cache(maxsize=50_000)
def stem_of(word: str, lang: Language) -> str:
    """The stem of a word, with its language before it, so that stems of two languages never meet by accident."""
    stemmer = _DUTCH if lang == "nl" else _ENGLISH
    return f"{lang}:{stemmer.stemWord(word)}"


def _term_keys(word: str, lang: Language) -> tuple[str, str]:
    """Under what a word of a term is found: by its stem, or as it is written."""
    return stem_of(word, lang), f"={word}"
