"""Boxes by where they are, so that asking what is in the way costs the same on a full stage as on an empty one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schakelbord.drawing.shapes import Box

CELL = 80.0


class Crowd:
    """A set of boxes that grows."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        self.add(*boxes)

    def add(self, *boxes: Box) -> None:
        """Put boxes down."""
        for box in boxes:
            for cell in _cells(box):
                self._cells.setdefault(cell, []).append(box)

    def touches(self, box: Box) -> bool:
        """Whether a box would cover something."""
        for cell in _cells(box):
            for other in self._cells.get(cell, ()):
                if box.x < other.right and other.x < box.right and box.y < other.bottom and other.y < box.bottom:
                    return True
        return False


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for across in range(int(box.x // CELL), int(box.right // CELL) + 1):
        for down in range(int(box.y // CELL), int(box.bottom // CELL) + 1):
            yield across, down
