"""The seven classes of obstacles, as bits, and the subsets of them that a counterfactual drops."""

from __future__ import annotations

from typing import Final

from schakelbord.engine.reading import CauseClass

AGE: Final = 1
BORDER: Final = 2
LAYER: Final = 4
TIME: Final = 8
PRACTICE: Final = 16
GROUND: Final = 32
LINK: Final = 64
NEVER: Final = 128
CLASS_BITS: Final = 255

# Which part of a class it is, for repairs; they change nothing in a counterfactual.
ON_PAPER: Final = 256
NOT_ASKED: Final = 512
SENDER_ON_PAPER: Final = 1024
RECEIVER_ON_PAPER: Final = 2048
WITHIN_A_WEEK: Final = 4096

CLASSES: Final[tuple[CauseClass, ...]] = ("age", "border", "layer", "time", "practice", "ground", "link")
WITHOUT_LINK: Final = 64

KIND_OF: Final[dict[str, str]] = {
    "age": "age",
    "border": "border",
    "layer": "wrong_layer",
    "time": "late",
    "practice": "practice",
    "ground": "no_ground",
    "link": "no_channel",
}


def is_open(mask: int, dropped: int) -> bool:
    """Whether a link with this mask of obstacles is open when the classes in `dropped` are gone."""
    return not mask & CLASS_BITS & ~dropped


def names_of(mask: int) -> tuple[CauseClass, ...]:
    """The classes in a mask, in the order of the table of causes."""
    return tuple(name for place, name in enumerate(CLASSES) if mask >> place & 1)


def subsets_by_size() -> tuple[int, ...]:
    """All subsets of the classes without `link`, smaller ones first, then in the order of the table of causes."""
    return tuple(
        sorted(range(WITHOUT_LINK), key=lambda mask: (mask.bit_count(), [not mask >> k & 1 for k in range(6)]))
    )
