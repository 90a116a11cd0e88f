"""Simulated annealing over rounds, compiled by numba: moves and swaps of units, never through an invalid plan.

Only this module and `anneal_groups` import numba here; reach them through `compiled.py`, after `warm.is_ready()`.
State is kept in arrays (R rounds, N people, T tables, U the most units in a round):

- `seat` (R, N) int32 table numbers, -1 absent; `sizes` (R, T); `members` (R, T, C) who sits there, `slot` (R, N) where
  in that list;
- `orgs` (R, T, O) and `layers` (R, T, L) how many of each sit there;
- `met` (N, N) int16 in how many rounds two people sit together, far below 0 for pairs whose meeting costs nothing;
- `visits` (N, T) int16 in how many rounds somebody sits there, far below 0 for hosts and pitchers.

Given: `org`, `layer` (N,); `linear` (R, N, T) int64; `unit_of` (R, N); `unit_first` (R, U + 1) and `unit_people` (R, N)
the people of each unit; `may` (R, U, T) uint8; `apart_first` (R, U + 1), `apart_unit` (R, A) the units each must not
meet; `least`, `most` (T,); `movable` (M, 2) round and unit of all that have more than one table; `weights` (4,) of org,
layer, repeat, sametable.
"""

# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-untyped-decorators=False
# ruff: noqa: PLR0917, C901, PLR0912
# numba infers types from the arrays and is fastest with plain positional arguments; a delta is one loop on purpose.

from __future__ import annotations

import math

import numpy as np

from schakelbord.engine.compiled_code import use_cache_folder

use_cache_folder()

from numba import njit, uint64  # noqa: E402  numba reads the folder of its cache when it is imported

TRIES = 12
"""How often a partner is drawn anew before a step is given up."""


@njit(cache=True, nogil=True)
def draw(state):
    """Next 32 random bits of a xorshift generator of 64 bits, `state` (1,) uint64, never 0."""
    x = state[0]
    x ^= x >> uint64(12)
    x ^= (x << uint64(25)) & uint64(0xFFFFFFFFFFFFFFFF)
    x ^= x >> uint64(27)
    state[0] = x
    return (x * uint64(2685821657736338717)) >> uint64(32)


@njit(cache=True, nogil=True)
def below(state, n):
    """A random whole number from 0 to n - 1."""
    return np.int64((draw(state) * uint64(n)) >> uint64(32))


@njit(cache=True, nogil=True)
def unit_leaves(r, u, v, a, b, given, now):
    """Cost of unit u going from table a to b in round r while unit v (-1: none) goes the other way; u's part only."""
    org, layer, linear, unit_of, unit_first, unit_people, _, _, _, _, _, weights = given
    _, sizes, members, _, orgs, layers, met, visits = now
    w_org, w_layer, w_repeat, w_same = weights[0], weights[1], weights[2], weights[3]
    first, last = unit_first[r, u], unit_first[r, u + 1]
    total = 0
    for i in range(first, last):
        p = unit_people[r, i]
        total += linear[r, p, b] - linear[r, p, a]
        o, y = org[p], layer[p]
        org_a, org_b = orgs[r, a, o], orgs[r, b, o]
        layer_a, layer_b = layers[r, a, y], layers[r, b, y]
        for j in range(first, last):
            q = unit_people[r, j]
            org_a -= org[q] == o
            layer_a -= layer[q] == y
        if v >= 0:
            for j in range(unit_first[r, v], unit_first[r, v + 1]):
                q = unit_people[r, j]
                org_b -= org[q] == o
                layer_b -= layer[q] == y
        total += w_org * (org_b - org_a) + w_layer * (layer_b - layer_a)
        if w_repeat:
            again = 0
            for j in range(sizes[r, a]):
                q = members[r, a, j]
                if met[p, q] >= 2 and unit_of[r, q] != u:
                    again -= 1
            for j in range(sizes[r, b]):
                q = members[r, b, j]
                if met[p, q] >= 1 and unit_of[r, q] != v:
                    again += 1
            total += w_repeat * again
        if w_same:
            total += w_same * ((visits[p, b] >= 1) - np.int64(visits[p, a] >= 2))
    return total


@njit(cache=True, nogil=True)
def sit(r, u, b, given, now):
    """Put unit u of round r at table b, from its own table or from none."""
    org, layer, _, _, unit_first, unit_people, _, _, _, _, _, _ = given
    seat, sizes, members, slot, orgs, layers, met, visits = now
    first, last = unit_first[r, u], unit_first[r, u + 1]
    a = seat[r, unit_people[r, first]]
    if a >= 0:
        for i in range(first, last):
            p = unit_people[r, i]
            at = slot[r, p]
            end = members[r, a, sizes[r, a] - 1]
            members[r, a, at] = end
            slot[r, end] = at
            sizes[r, a] -= 1
            orgs[r, a, org[p]] -= 1
            layers[r, a, layer[p]] -= 1
            visits[p, a] -= 1
            for j in range(sizes[r, a]):
                q = members[r, a, j]
                met[p, q] -= 1
                met[q, p] -= 1
    for i in range(first, last):
        p = unit_people[r, i]
        for j in range(sizes[r, b]):
            q = members[r, b, j]
            met[p, q] += 1
            met[q, p] += 1
        members[r, b, sizes[r, b]] = p
        slot[r, p] = sizes[r, b]
        sizes[r, b] += 1
        orgs[r, b, org[p]] += 1
        layers[r, b, layer[p]] += 1
        visits[p, b] += 1
        seat[r, p] = b


@njit(cache=True, nogil=True)
def bears(r, u, v, b, given, seat):
    """Whether unit u may come to table b when unit v (-1: none) leaves it."""
    _, _, _, _, unit_first, unit_people, may, apart_first, apart_unit, _, _, _ = given
    if not may[r, u, b]:
        return False
    for i in range(apart_first[r, u], apart_first[r, u + 1]):
        other = apart_unit[r, i]
        if other != v and seat[r, unit_people[r, unit_first[r, other]]] == b:
            return False
    return True


@njit(cache=True, nogil=True)
def accept(delta, heat, state):
    """Metropolis: always what is not dearer, else with probability exp(-delta / heat)."""
    return delta <= 0 or delta < -heat * math.log((np.float64(draw(state)) + 0.5) / 4294967296.0)


@njit(cache=True, nogil=True)
def wide_swap(r, u, a, b, heat, given, now, limits, state, took):
    """Unit u against several small units of table b, for tables that are full: tried in turn and taken back.

    `took` (C,) is room to write down who came over. Returns the change of the cost, 0 when nothing was done.
    """
    _, _, _, unit_of, unit_first, _, _, _, _, _, _, _ = given
    seat, sizes, members, _, _, _, _, _ = now
    least, most = limits
    if not bears(r, u, -1, b, given, seat):
        return 0
    size = unit_first[r, u + 1] - unit_first[r, u]
    delta = unit_leaves(r, u, -1, a, b, given, now)
    sit(r, u, b, given, now)
    came = 0
    for _ in range(TRIES):
        if sizes[r, b] <= most[b] and sizes[r, a] >= least[a]:
            break
        v = unit_of[r, members[r, b, below(state, sizes[r, b])]]
        wide = unit_first[r, v + 1] - unit_first[r, v]
        if v == u or wide >= size or not bears(r, v, -1, a, given, seat):
            continue
        delta += unit_leaves(r, v, -1, b, a, given, now)
        sit(r, v, a, given, now)
        took[came] = v
        came += 1
    fits = least[a] <= sizes[r, a] <= most[a] and least[b] <= sizes[r, b] <= most[b]
    if fits and accept(delta, heat, state):
        return delta
    for i in range(came - 1, -1, -1):
        sit(r, took[i], b, given, now)
    sit(r, u, a, given, now)
    return 0


@njit(cache=True, nogil=True)
def anneal(steps, hot, cold, done, total, cost, best_cost, best, movable, given, limits, now, state, took):
    """Some steps of a run.

    Args:
        steps: how many now; `done` before and `total` of the whole run give the heat, from `hot` down to `cold`.
        cost, best_cost: of the seats now and of `best` (R, N), which is written when a better plan is found.
        state: (1,) uint64, the random state.

    Returns:
        The cost now and the best cost.
    """
    _, _, _, unit_of, unit_first, unit_people, may, _, _, _, _, _ = given
    seat, sizes, members, _, _, _, _, _ = now
    least, most = limits
    tables = least.shape[0]
    ratio = math.log(cold / hot)
    heat = hot
    for step in range(steps):
        if step % 64 == 0:
            heat = hot * math.exp(ratio * (done + step) / total)
        pick = below(state, movable.shape[0])
        r, u = movable[pick, 0], movable[pick, 1]
        a = seat[r, unit_people[r, unit_first[r, u]]]
        b = below(state, tables)
        for _ in range(TRIES):
            if b != a and may[r, u, b]:
                break
            b = below(state, tables)
        if b == a or not may[r, u, b]:
            continue
        size = unit_first[r, u + 1] - unit_first[r, u]
        delta = 0
        empty = most[b] - sizes[r, b]
        v = -1
        # A seat is as likely as each of the people at the table: an empty seat means a move.
        place = below(state, sizes[r, b] + max(empty, 0))
        if place < sizes[r, b]:
            v = unit_of[r, members[r, b, place]]
        wide = 0 if v < 0 else unit_first[r, v + 1] - unit_first[r, v]
        shift = size - wide
        if (
            sizes[r, b] + shift > most[b]
            or sizes[r, a] - shift < least[a]
            or sizes[r, a] - shift > most[a]
            or sizes[r, b] + shift < least[b]
        ):
            if size > 1:
                delta = wide_swap(r, u, a, b, heat, given, now, limits, state, took)
        elif bears(r, u, v, b, given, seat) and (v < 0 or bears(r, v, u, a, given, seat)):
            found = unit_leaves(r, u, v, a, b, given, now)
            if v >= 0:
                found += unit_leaves(r, v, u, b, a, given, now)
            if accept(found, heat, state):
                sit(r, u, b, given, now)
                if v >= 0:
                    sit(r, v, a, given, now)
                delta = found
        if delta:
            cost += delta
            if cost < best_cost:
                best_cost = cost
                best[:, :] = seat
    return cost, best_cost
