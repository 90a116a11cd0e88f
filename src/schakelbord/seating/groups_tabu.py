"""Groups without compiled code: of all swaps, weighed at once by numpy, the best that is not barred is made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schakelbord.seating.arrays import Ints
from schakelbord.seating.problem import Grouping

BARRED = -(1 << 40)
SHORTEST, LONGEST = 4, 12
"""For how many swaps somebody stays in their new group."""


def improve(grouping: Grouping, start: Ints, *, seed: int, over: Callable[[int], bool]) -> Ints:
    """Swap people between groups until `over`, which is told the best distance so far, says so."""
    distances = np.array(grouping.distances, np.int64)
    random = np.random.default_rng(seed)
    labels, best = start.copy(), start.copy()
    groups = np.arange(len(grouping.least))
    value = best_value = int(distances[labels[:, None] == labels[None, :]].sum()) // 2
    barred_until, turn = np.zeros(len(labels), np.int64), 0
    while not over(best_value):
        turn += 1
        gain = distances @ (labels[:, None] == groups).astype(np.int64)
        gain -= gain[np.arange(len(labels)), labels][:, None]
        there = gain[:, labels]
        swaps = there + there.T - 2 * distances
        barred = barred_until > turn
        poor = (barred[:, None] | barred[None, :]) & (value + swaps <= best_value)
        swaps[poor | (labels[:, None] == labels[None, :])] = BARRED
        one, other = np.unravel_index(int(swaps.argmax()), swaps.shape)
        if swaps[one, other] == BARRED:
            continue
        value += int(swaps[one, other])
        labels[[one, other]] = labels[[other, one]]
        barred_until[[one, other]] = turn + random.integers(SHORTEST, LONGEST + 1, 2)
        if value > best_value:
            best_value, best = value, labels.copy()
    return best
