"""What a remit says that a body is not for: "gaat niet over wonen en schuld", "except asylum"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_END = re.compile(r"[.;:!?()\n]|,? \b(?:maar|wel|but)\b")
"""Where an exclusion stops."""


def without_exclusions(remit: str, phrases: Iterable[str]) -> tuple[str, str]:
    """A remit without what it excludes, and what it excludes.

    Args:
        remit: text of a remit, Dutch or English.
        phrases: words that begin an exclusion (`excludes_nl` and `excludes_en` of the thesaurus).
    """
    begins = _begins(tuple(phrases))
    kept, barred = [], []
    place = 0
    while found := begins.search(remit, place):
        end = _END.search(remit, found.end())
        stop = end.start() if end else len(remit)
        kept.append(remit[place : found.start()])
        barred.append(remit[found.end() : stop])
        place = stop
    return "".join([*kept, remit[place:]]), ". ".join(barred)


@lru_cache(maxsize=4)
def _begins(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)
