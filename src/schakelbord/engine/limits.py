"""How large the files that people give may be. Every limit of reading stands here, and nowhere else.

The limits are far above any real story (a long one has a hundred beats) and low enough that nothing hangs: at the
limits a file is read in a few seconds.
"""

from __future__ import annotations

from typing import Final

FILE_BYTES: Final = 4 * 1024 * 1024
"""Largest file, in bytes; a larger one is refused before it is parsed."""

NESTING: Final = 20
"""Deepest nesting of maps and lists; the format itself needs nine."""

VALUES: Final = 250_000
"""Most values (texts, numbers, lists, maps) in one file."""

TEXT_LENGTH: Final = 4_000
"""Longest single text, in characters."""

ID_LENGTH: Final = 64
"""Longest id, in characters."""

NUMBER: Final = 1_000_000
"""Largest number, and with a minus the smallest."""

HORIZON: Final = 3_660
"""Last possible day of a story: ten years."""

BEATS: Final = 10_000
"""Most beats in one story."""

DOLLS: Final = 100
"""Most dolls in one story."""

PLACES: Final = 400
"""Most places in one story; there are 342 municipalities."""

AGE: Final = 120
"""Highest age."""

PROBLEMS: Final = 200
"""Most problems told of one file; then looking stops."""
