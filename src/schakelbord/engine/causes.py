"""Causes by counterfactual: every smallest set of classes without which a need would have been met in time.

Dropping more classes never makes anything later, so the test is monotone and the subset-minimal sets are all there is
to say.
"""

from __future__ import annotations

from collections.abc import Callable

from schakelbord.engine.need_days import StoryNeed
from schakelbord.engine.obstacles import AGE, KIND_OF, LINK, names_of, subsets_by_size

SUBSETS = subsets_by_size()
COMBINED = "combined"


def smallest(suffices: Callable[[int], bool]) -> tuple[int, ...]:
    """The subset-minimal masks of classes, without `link`, for which a monotone test holds; smaller sets first."""
    if not suffices(SUBSETS[-1]):
        return ()
    found: list[int] = []
    for mask in SUBSETS:
        if not any(mask & known == known for known in found) and suffices(mask):
            found.append(mask)
    return tuple(found)


def causes_of_signal(need: StoryNeed, holder: str, signal: str) -> tuple[int, ...]:
    """Why a signal that was seen is not with the holder in time; `link` only where no set of the others suffices."""
    return smallest(lambda mask: need.in_time(holder, signal, mask)) or (LINK,)


def causes_of_need(need: StoryNeed) -> tuple[int, ...]:
    """Why a need is not met in time; empty when it could not be met even if anybody might tell anybody."""
    found = smallest(need.met_in_time)
    return found or smallest_with_link(need)


def smallest_with_link(need: StoryNeed) -> tuple[int, ...]:
    """With `link` everybody in the story learns a piece on the day after somebody saw it; then only age can still
    matter.
    """
    enough = sum(1 for signal in need.pattern.signals if _told_in_time(need, signal)) >= need.pattern.at_least
    if not enough:
        return ()
    if need.mandate():
        return (LINK,)
    return (LINK | AGE,) if need.mandate(AGE) else ()


def _told_in_time(need: StoryNeed, signal: str) -> bool:
    seen = need.first_seen(signal)
    return seen is not None and seen + 1 <= need.deadline.by


def kind_of(causes: tuple[int, ...]) -> str:
    """The kind of finding: the first class that suffices alone, in the order of the table; else `combined`."""
    alone = [mask for mask in causes if mask.bit_count() == 1]
    return KIND_OF[names_of(min(alone))[0]] if alone else COMBINED


def main_cause(causes: tuple[int, ...]) -> int:
    """The mask whose counterfactual shows the place of the gap: the one that names the kind, else the first."""
    alone = [mask for mask in causes if mask.bit_count() == 1]
    return min(alone) if alone else causes[0]
