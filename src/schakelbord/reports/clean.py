"""Texts as letters can show them: whatever people type, the document can be made and nothing runs off the page."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

FONTS: Final = Path(__file__).with_name("fonts")
UNKNOWN: Final = "□"
BREAK: Final = "\u200b"
LONGEST_WORD: Final = 28
ALSO: Final = frozenset("□→←↑↓✓≤≥≠\n")
"""Signs that the reserve letters of the typesetter have."""
ALIKE: Final = {"\t": " ", "\u00a0": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2212": "−", "\u02bc": "’", "\u00ad": ""}
NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RUN: Final = re.compile(rf"[^\s{BREAK}-]{{{LONGEST_WORD + 1},}}")


def printable(text: str) -> str:
    """The text with what our letters have. A sign that they do not have becomes `□`; what is not to be seen goes."""
    letters = _letters()
    found = []
    for letter in unicodedata.normalize("NFC", text):
        letter = ALIKE.get(letter, letter)  # noqa: PLW2901 - the same letter as it can be printed
        if letter in letters or letter in ALSO or not letter:
            found.append(letter)
        elif unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Mn", "Me"}:
            found.append(UNKNOWN)
    return "".join(found)


def breakable(text: str) -> str:
    """The printable text, with places to break in words that are longer than a line of a table."""
    return RUN.sub(lambda run: _broken(run[0]), printable(text))


def for_xml(text: str) -> str:
    """The text with what XML can hold, for files of an office."""
    return NOT_IN_XML.sub("", text)


def printed(data: Any) -> Any:
    """The same data with its texts as `breakable` makes them; a drawing stays as it is."""
    if isinstance(data, str):
        return data if data.startswith("<svg") else breakable(data)
    if isinstance(data, dict):
        return {key: printed(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printed(value) for value in data]
    return data


def _broken(word: str) -> str:
    return BREAK.join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))


@cache
def _letters() -> frozenset[str]:
    """Every character that all our fonts have."""
    return frozenset(FONTS.joinpath("characters.txt").read_text(encoding="utf-8").rstrip("\n"))
