"""The numbers of matching. Chosen on the `develop_*` cases of the tests; see docs/matching.md."""

from __future__ import annotations

from typing import Final

# What a place in a text of a body counts, for words and for concepts.
NAME, THEMES, REMIT, MEMBERS = 1.5, 1.0, 1.0, 0.5
# And in a text of an action.
TITLE, RESULT, THEME = 1.0, 0.7, 0.3
KIND_WEIGHT: Final = {"topic": 1.0, "general": 0.4, "actor": 0.8, "sector": 1.0, "task": 0.5}
NEAR: Final = 0.35
"""What a concept counts where only one that is close to it stands."""

WORD_SHARE, PIECE_SHARE, CONCEPT_SHARE = 0.35, 0.3, 0.35
BM25_K1, BM25_B = 1.2, 0.6

SAME_LAYER, SAME_PLACE, RHYTHM = 0.25, 0.15, 0.02
"""By which share fitting layer, jurisdiction and meeting often raise a score; never from nothing."""

ACCEPTED, DECLINED, LIKE_ENOUGH = 0.3, 0.4, 0.25
"""What an earlier answer to a like action adds, and which share it takes away; below `LIKE_ENOUGH` it counts not."""
EXCLUDED: Final = 0.8
"""Share that is taken away where the remit says that all of it is not its work."""

DOUBT, DOUBT_LIKE, DOUBT_ABSENT, DOUBT_UNKNOWN = 0.2, 11.0, 2.7, 2.0
"""Doubt grows where no body is like, where somebody is asked who sits nowhere, and with what no body knows."""
NO_SUBJECT: Final = 0.5
"""Share that counts as unknown where an action names no subject at all."""
UNCLEAR_FROM: Final = 0.5
"""Doubt from which we say that we see no clear match."""
