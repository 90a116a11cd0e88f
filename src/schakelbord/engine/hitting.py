"""The cheapest set that hits enough cuts: the small exact search inside the search for repairs.

Sets of options are bit sets. Every signal has cuts; a signal can be held in time only when each of its cuts is hit by
at least one option. Enough signals must have all their cuts hit; some options may be given, some barred, some pairs
exclude each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schakelbord.engine.network import numbers_in

Cuts = Sequence[int]


@dataclass(frozen=True, slots=True)
class Question:
    """What a set of options must satisfy.

    Args:
        cuts: for each signal its cuts, bit sets of options.
        enough: how many signals must have all their cuts hit.
        weights: weight of each option, above 0.
        excluded_by: for each option, the options it cannot go with.
        count: called for every step; it may raise to stop a search that takes too long.
    """

    cuts: Sequence[Cuts]
    enough: int
    weights: Sequence[int]
    excluded_by: Sequence[int]
    count: Callable[[], None]


def cheapest_hit(question: Question, *, given: int, barred: int, limit: int) -> int | None:
    """The set with the least weight, at most `limit`, that answers the question; None when there is none.

    Args:
        question: the cuts and how many signals are enough.
        given: options that are in the set.
        barred: options that are not.
        limit: largest total weight.
    """
    for option in numbers_in(given):
        barred |= question.excluded_by[option]
    if given & barred:
        return None
    search = _Search(question, limit)
    search.visit(given, sum(question.weights[option] for option in numbers_in(given)), barred)
    return search.best


class _Search:
    def __init__(self, question: Question, limit: int) -> None:
        self.question, self.room = question, limit
        self.best: int | None = None

    def visit(self, chosen: int, weight: int, out: int) -> None:
        """Try everything that holds `chosen` and nothing of `out`."""
        question = self.question
        question.count()
        wanted, open_signals = self.still_open(chosen, out)
        if len(open_signals) < wanted:
            return
        bounds = self.bounds(open_signals)
        if weight + sum(sorted(bounds)[: max(0, wanted)]) > self.room:
            return
        if wanted <= 0:
            self.best, self.room = chosen, weight - 1
            return
        _, easiest = min(zip(bounds, open_signals, strict=True), key=lambda pair: (pair[0], pair[1][0].bit_count()))
        for option in sorted(numbers_in(easiest[0]), key=question.weights.__getitem__):
            bit = 1 << option
            if weight + question.weights[option] <= self.room and not out & bit:
                self.visit(chosen | bit, weight + question.weights[option], out | question.excluded_by[option])
            out |= bit
        if len(open_signals) > wanted:
            self.visit(chosen, weight, out)

    def still_open(self, chosen: int, out: int) -> tuple[int, list[list[int]]]:
        """How many signals are still wanted, and the open cuts, smallest first, of every signal that could be one."""
        wanted, found = self.question.enough, []
        for cuts in self.question.cuts:
            rest = sorted({cut & ~out for cut in cuts if not cut & chosen}, key=int.bit_count)
            if not rest:
                wanted -= 1
            elif rest[0]:
                found.append(rest)
        return wanted, found

    def bounds(self, open_signals: list[list[int]]) -> list[float]:
        """What each signal costs at least: its cuts without a common option each ask their cheapest.

        An option that serves several signals is shared between them, so that bounds may be added up.
        """
        shared = [0] * len(self.question.weights)
        chosen_cuts = [_apart(cuts) for cuts in open_signals]
        for cuts in chosen_cuts:
            for cut in cuts:
                for option in numbers_in(cut):
                    shared[option] += 1
        share = [weight / times if times else 0.0 for weight, times in zip(self.question.weights, shared, strict=True)]
        # A little less, so that rounding never turns a bound into more than the truth.
        return [sum(min(share[o] for o in numbers_in(cut)) for cut in cuts) * (1 - 1e-12) for cuts in chosen_cuts]


def _apart(cuts: Cuts) -> list[int]:
    """Some cuts that have no option in common, the smallest first."""
    found: list[int] = []
    used = 0
    for cut in cuts:
        if not cut & used:
            found.append(cut)
            used |= cut
    return found
