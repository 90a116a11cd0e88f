"""Simulated annealing for maximally diverse groups, compiled by numba: swaps, and moves where sizes leave room.

N people, G groups. `gain` (G, N) int64 is the distance of each person to all of a group, so a swap is weighed in four
look-ups and only one that is taken costs N steps.
"""

# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-untyped-decorators=False
# ruff: noqa: PLR0917
# numba infers types from the arrays and is fastest with plain positional arguments.

from __future__ import annotations

import math

from schakelbord.engine.compiled_code import use_cache_folder

use_cache_folder()

from numba import njit  # noqa: E402  numba reads the folder of its cache when it is imported

from schakelbord.seating.anneal import accept, below, draw  # noqa: E402


@njit(cache=True, nogil=True)
def join(p, g, distances, label, sizes, gain):
    """Person p leaves their group for group g."""
    old = label[p]
    for x in range(label.shape[0]):
        gain[old, x] -= distances[p, x]
        gain[g, x] += distances[p, x]
    label[p] = g
    sizes[old] -= 1
    sizes[g] += 1


@njit(cache=True, nogil=True)
def anneal_groups(
    steps, hot, cold, done, total, value, best_value, best, distances, least, most, label, sizes, gain, state
):
    """Some steps of a run.

    Args:
        steps: how many now; `done` before and `total` of the whole run give the heat, from `hot` down to `cold`.
        value, best_value: distance inside the groups, of `label` (N,) now and of `best` (N,), which is written.
        distances: (N, N) int32; `least`, `most`, `sizes` (G,) int64; `gain` (G, N) int64.
        state: (1,) uint64, the random state.

    Returns:
        The value now and the best value.
    """
    people, groups = label.shape[0], least.shape[0]
    may_move = False
    for g in range(groups):
        if least[g] < most[g]:
            may_move = True
    ratio = math.log(cold / hot)
    heat = hot
    for step in range(steps):
        if step % 64 == 0:
            heat = hot * math.exp(ratio * (done + step) / total)
        p = below(state, people)
        a = label[p]
        if may_move and draw(state) & 3 == 0:
            b = below(state, groups)
            if b == a or sizes[a] <= least[a] or sizes[b] >= most[b]:
                continue
            delta = gain[b, p] - gain[a, p]
            if accept(-delta, heat, state):
                join(p, b, distances, label, sizes, gain)
                value += delta
        else:
            q = below(state, people)
            b = label[q]
            if a == b:
                continue
            delta = gain[b, p] - gain[a, p] + gain[a, q] - gain[b, q] - 2 * distances[p, q]
            if accept(-delta, heat, state):
                join(p, b, distances, label, sizes, gain)
                join(q, a, distances, label, sizes, gain)
                value += delta
        if value > best_value:
            best_value = value
            best[:] = label
    return value, best_value
