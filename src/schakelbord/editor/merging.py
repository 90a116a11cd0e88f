"""Two people changed the same text: put both changes into one, word by word, when they did not touch the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS: Final = 3000


@dataclass(frozen=True, slots=True)
class Edit:
    """Words `start` up to and not including `end` of the base became `words`."""

    start: int
    end: int
    words: tuple[str, ...]


def merged_text(base: str, mine: str, theirs: str) -> str | None:
    """One text with both changes, or None when they touch.

    Args:
        base: what both began with.
        mine: what one made of it.
        theirs: what the other made of it.
    """
    if mine in {base, theirs}:
        return theirs
    if base == theirs:
        return mine
    words = WORD.findall(base)
    if len(words) > MOST_WORDS:
        return None
    own, other = list(_edits(words, WORD.findall(mine))), list(_edits(words, WORD.findall(theirs)))
    if any(_touch(one, two) for one in own for two in other if one != two):
        return None
    return _apply(words, [*own, *(edit for edit in other if edit not in own)])


def merged_set(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """A list in which order says nothing: what either added is in, what either took out is out."""
    added = [word for word in mine if word not in base and word not in theirs]
    gone = {word for word in base if word not in mine}
    return [*(word for word in theirs if word not in gone), *added]


def _edits(base: list[str], changed: list[str]) -> Iterator[Edit]:
    matcher = SequenceMatcher(None, base, changed, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield Edit(start, end, tuple(changed[first:last]))


def _touch(one: Edit, two: Edit) -> bool:
    """Whether two changes share a word of the base, or meet at the same spot."""
    return one.start <= two.end and two.start <= one.end


def _apply(base: list[str], edits: list[Edit]) -> str:
    words: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda row: row.start):
        words += base[place : edit.start]
        words += edit.words
        place = edit.end
    return "".join([*words, *base[place:]])
