"""The cheapest set that hits every cut: the small exact search inside the search for repairs.

Sets of options are bit sets. Every cut must be hit by at least one option of it; some options may be given, some
barred, some pairs exclude each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schakelbord.engine.network import numbers_in


def cheapest_hit(
    cuts: Sequence[int],
    weights: Sequence[int],
    *,
    given: int,
    barred: int,
    excluded_by: Sequence[int],
    limit: int,
    count: Callable[[], None],
) -> int | None:
    """The set with the least weight, at most `limit`, that holds `given` and hits all cuts; None when there is none.

    Args:
        cuts: bit sets of options.
        weights: weight of each option, above 0.
        given: options that are in the set.
        barred: options that are not.
        excluded_by: for each option, the options it cannot go with.
        limit: largest total weight.
        count: called for every step, so that the caller can stop a search that takes too long.
    """
    best: int | None = None
    room = limit

    def visit(chosen: int, weight: int, out: int) -> None:
        nonlocal best, room
        count()
        open_cuts = sorted(((cut & ~out) for cut in cuts if not cut & chosen), key=int.bit_count)
        if weight + _least(open_cuts, weights) > room:
            return
        if not open_cuts:
            best, room = chosen, weight - 1
            return
        for option in sorted(numbers_in(open_cuts[0]), key=weights.__getitem__):
            bit = 1 << option
            if weight + weights[option] <= room and not out & bit:
                visit(chosen | bit, weight + weights[option], out | excluded_by[option])
            out |= bit

    weight = sum(weights[option] for option in numbers_in(given))
    if weight <= limit:
        for option in numbers_in(given):
            barred |= excluded_by[option]
        if not given & barred:
            visit(given, weight, barred)
    return best


def _least(open_cuts: Sequence[int], weights: Sequence[int]) -> int:
    """A bound: cuts without a common option each ask their own cheapest one. An empty cut asks more than there is."""
    total, used = 0, 0
    for cut in open_cuts:
        if not cut:
            return sum(weights) + 1
        if not cut & used:
            used |= cut
            total += min(weights[option] for option in numbers_in(cut))
    return total
