"""Text widths without a browser: advance widths of the shipped font (made by `scripts/font_widths.py`)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

WIDTHS: Final = Path(__file__).with_name("font_widths.json")
UNKNOWN: Final = 1000
SOFT_HYPHEN: Final = "\u00ad"
ELLIPSIS: Final = "…"


@cache
def _table(weight: int) -> dict[str, int]:
    tables: dict[str, dict[str, int]] = json.loads(WIDTHS.read_text(encoding="utf-8"))
    return tables[str(weight)]


def text_width(text: str, size: float, *, weight: int = 400) -> float:
    """The width of a line of text in the unit of `size`, without kerning.

    Args:
        text: one line.
        size: font size.
        weight: 400, 600, 700 or 800.
    """
    table = _table(weight)
    return sum(table.get(letter, UNKNOWN) for letter in text if letter != SOFT_HYPHEN) * size / 1000


def shorten(text: str, width: float, size: float, *, weight: int = 400) -> str:
    """The text, cut with an ellipsis where it would be wider than `width`; empty when nothing fits."""
    if text_width(text, size, weight=weight) <= width:
        return text.replace(SOFT_HYPHEN, "")
    kept = text.replace(SOFT_HYPHEN, "")
    while kept and text_width(kept.rstrip() + ELLIPSIS, size, weight=weight) > width:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS if kept.strip() else ""


def wrap(text: str, width: float, size: float, *, weight: int = 400, lines: int = 2) -> tuple[str, ...]:
    """The text on at most `lines` lines, broken at spaces and soft hyphens; what does not fit is cut."""
    done: list[str] = []
    rest = " ".join(part for part in text.split(" ") if part)
    while rest and len(done) < lines - 1:
        head, rest = _break(rest, width, size, weight=weight)
        done.append(head)
    if rest:
        done.append(shorten(rest, width, size, weight=weight))
    return tuple(line for line in done if line)


def _break(text: str, width: float, size: float, *, weight: int) -> tuple[str, str]:
    """The longest beginning that fits on a line, and the rest."""
    if text_width(text, size, weight=weight) <= width:
        return text.replace(SOFT_HYPHEN, ""), ""
    best: tuple[str, str] | None = None
    for at, letter in enumerate(text):
        if letter not in {" ", SOFT_HYPHEN}:
            continue
        head = text[:at] + ("-" if letter == SOFT_HYPHEN else "")
        if text_width(head, size, weight=weight) > width:
            break
        best = (head.replace(SOFT_HYPHEN, ""), text[at + 1 :])
    return best or (shorten(text, width, size, weight=weight), "")
