"""A text without tricks: one form of each letter, nothing invisible, and the way back to the text as it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Cyrillic and Greek letters that look like Latin ones. Texts of the product are Dutch or English.
LOOKALIKES: Final = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХҮаеѕіјоԛрсухѵԝһ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυ",
        "ABESIJKMHOPCTYXYaesijoqpcyxvwh" + "ABEZHIKMNOPTYXaivopu",
        strict=True,
    )
)
INVISIBLE: Final = frozenset({"Cf", "Cc", "Mn", "Me", "Co", "Cs"})
KEPT_CONTROLS: Final = "\n\r\t"
_PLAIN: Final = re.compile(r"[\n\r\t -~]*")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` to search in; `at[i]` is the place in the written text of its character `i`, and `at[-1]` its length."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the written text that was read as this span."""
        return self.at[start], self.at[end - 1] + 1


def plain_of(written: str) -> Plain:
    """The text to search in. Letters keep their marks (ë, ş); compatible forms, lookalikes and spaces become plain."""
    if _PLAIN.fullmatch(written):
        return Plain(written, range(len(written) + 1))
    letters: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(written):
        if letters and unicodedata.combining(sign):
            joined = unicodedata.normalize("NFC", letters[-1] + sign)
            letters[-1] = joined if len(joined) == 1 else letters[-1]
            continue
        form = _form_of(sign)
        letters.extend(form)
        at.extend([place] * len(form))
    at.append(len(written))
    return Plain("".join(letters), at)


@lru_cache(maxsize=4096)
def _form_of(sign: str) -> str:
    if sign in KEPT_CONTROLS:
        return sign
    if sign.isspace():
        return "\n" if sign in "\u2028\u2029\x85\x0b\x0c" else " "
    if unicodedata.category(sign) in INVISIBLE:
        return ""
    if sign in "‐‑‒–—―−﹣－":
        return "-"
    if sign in "‘’ʼʹ`´＇":
        return "'"
    form = unicodedata.normalize("NFKC", sign)
    return "".join(LOOKALIKES.get(letter, letter) for letter in form)
