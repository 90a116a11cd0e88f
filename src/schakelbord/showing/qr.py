"""The code on the big screen that a phone reads: one path of squares, so that the drawing needs no style of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

import segno

QUIET_ZONE: Final = 2
"""Light squares around the code. Readers ask for four; the white plate in the dark bar gives the other two."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: `size` squares wide with its quiet zone, and the path of its dark squares."""

    size: int
    path: str

    @property
    def view_box(self) -> str:
        """The view box that holds the code and its quiet zone."""
        return f"{-QUIET_ZONE} {-QUIET_ZONE} {self.size} {self.size}"


@lru_cache(maxsize=64)
def code_of(text: str) -> Code:
    """The QR code of an address, with a quarter of it allowed to be unreadable."""
    rows = segno.make(text, error="q", micro=False).matrix
    runs = (run for line, row in enumerate(rows) for run in _runs(line, row))
    return Code(len(rows) + 2 * QUIET_ZONE, "".join(runs))


def _runs(line: int, row: bytearray) -> list[str]:
    """The dark stretches of one row as rectangles."""
    found, at = [], 0
    for dark, squares in groupby(row, bool):
        wide = len(list(squares))
        if dark:
            found.append(f"M{at} {line}h{wide}v1h-{wide}z")
        at += wide
    return found
