"""Simulated annealing over rounds, compiled by numba: moves and swaps of units, never through an invalid plan.

Only this module and `anneal_groups` import numba here; reach them through `compiled.py`, after `warm.is_ready()`.
State is kept in arrays (R rounds, N people, T tables, U the most units in a round):

- `seat` (R, N) int32 table numbers, -1 absent; `sizes` (R, T); `members` (R, T, C) who sits there, `slot` (R, N) where
  in that list;
- `pair` (R, N, N) int64 what two people cost by sharing a table in a round: organisation, layer, and whether they meet
  in another round; 0 within a unit, which never parts;
- `price` (R, T, N) int64 what somebody would cost at a table as the others sit now: the seat itself, everybody there,
  and a visit in another round. So a step is weighed with a few additions, and only a step that is made costs more;
- `met` (N, N) int16 in how many rounds two people sit together, far below 0 for pairs whose meeting costs nothing;
- `visits` (N, T) int16 in how many rounds somebody sits there, far below 0 for hosts and pitchers.

Given: `unit_of` (R, N); `unit_first` (R, U + 1) and `unit_people` (R, N) the people of each unit; `may` (R, U, T)
uint8; `apart_first` (R, U + 1), `apart_unit` (R, A) the units each must not meet; `weights` (2,) of repeat and
sametable.
Besides: `least`, `most` (T,); `movable` (M, 2) round and unit of all that have more than one table.
"""

# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-untyped-decorators=False
# ruff: noqa: PLR0917, C901, PLR0912, PLR0915
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
def change_of(r, u, a, b, given, now):
    """Cost of unit u going from table a to b in round r while everybody else stays."""
    _, unit_first, unit_people, _, _, _, _ = given
    price = now[5]
    total = 0
    for i in range(unit_first[r, u], unit_first[r, u + 1]):
        p = unit_people[r, i]
        total += price[r, b, p] - price[r, a, p]
    return total


@njit(cache=True, nogil=True)
def swap_of(r, u, v, a, b, given, now):
    """Cost of unit u going from table a to b in round r while unit v goes from b to a."""
    _, unit_first, unit_people, _, _, _, _ = given
    pair = now[4]
    total = change_of(r, u, a, b, given, now) + change_of(r, v, b, a, given, now)
    # Each was counted at a table that the other leaves.
    for i in range(unit_first[r, u], unit_first[r, u + 1]):
        for j in range(unit_first[r, v], unit_first[r, v + 1]):
            total -= 2 * pair[r, unit_people[r, i], unit_people[r, j]]
    return total


@njit(cache=True, nogil=True)
def meet(r, p, q, change, given, now):
    """Count a meeting of two people in round r (1, or -1 for one less), and what it means in the other rounds."""
    unit_of, _, _, _, _, _, weights = given
    seat, _, _, _, pair, price, met, _ = now
    times = met[p, q] + change
    met[p, q] = met[q, p] = times
    # Elsewhere they met now for the first time, or no longer; nothing else changes a price.
    most = max(times, times - change)
    if not 1 <= most <= 2:
        return
    cost = change * weights[0]
    for other in range(seat.shape[0]):
        at_p, at_q = seat[other, p], seat[other, q]
        together = at_p >= 0 and at_p == at_q
        if other == r or most - together != 1 or (unit_of[other, p] >= 0 and unit_of[other, p] == unit_of[other, q]):
            continue
        pair[other, p, q] += cost
        pair[other, q, p] += cost
        if at_q >= 0:
            price[other, at_q, p] += cost
        if at_p >= 0:
            price[other, at_p, q] += cost


@njit(cache=True, nogil=True)
def visit(r, p, t, change, given, now):
    """Count a visit of somebody to a table in round r (1, or -1 for one less), and its price in the other rounds."""
    _, _, _, _, _, _, weights = given
    seat, _, _, _, _, price, _, visits = now
    visits[p, t] += change
    most = max(visits[p, t], visits[p, t] - change)
    for other in range(seat.shape[0]):
        if other != r and most - (seat[other, p] == t) == 1:
            price[other, t, p] += change * weights[1]


@njit(cache=True, nogil=True)
def sit(r, u, b, given, now):
    """Put unit u of round r at table b, from its own table or from none."""
    _, unit_first, unit_people, _, _, _, _ = given
    seat, sizes, members, slot, pair, price, _, _ = now
    first, last = unit_first[r, u], unit_first[r, u + 1]
    people = pair.shape[1]
    a = seat[r, unit_people[r, first]]
    if a >= 0:
        for i in range(first, last):
            p = unit_people[r, i]
            at = slot[r, p]
            end = members[r, a, sizes[r, a] - 1]
            members[r, a, at] = end
            slot[r, end] = at
            sizes[r, a] -= 1
            seat[r, p] = -1
            visit(r, p, a, -1, given, now)
            for q in range(people):
                price[r, a, q] -= pair[r, p, q]
            for j in range(sizes[r, a]):
                meet(r, p, members[r, a, j], -1, given, now)
    for i in range(first, last):
        p = unit_people[r, i]
        visit(r, p, b, 1, given, now)
        for q in range(people):
            price[r, b, q] += pair[r, p, q]
        for j in range(sizes[r, b]):
            meet(r, p, members[r, b, j], 1, given, now)
        members[r, b, sizes[r, b]] = p
        slot[r, p] = sizes[r, b]
        sizes[r, b] += 1
        seat[r, p] = b


@njit(cache=True, nogil=True)
def bears(r, u, v, b, given, seat):
    """Whether unit u may come to table b when unit v (-1: none) leaves it."""
    _, unit_first, unit_people, may, apart_first, apart_unit, _ = given
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
    unit_of, unit_first, _, _, _, _, _ = given
    seat, sizes, members, _, _, _, _, _ = now
    least, most = limits
    if not bears(r, u, -1, b, given, seat):
        return 0
    size = unit_first[r, u + 1] - unit_first[r, u]
    delta = change_of(r, u, a, b, given, now)
    sit(r, u, b, given, now)
    came = 0
    for _ in range(TRIES):
        if sizes[r, b] <= most[b] and sizes[r, a] >= least[a]:
            break
        v = unit_of[r, members[r, b, below(state, sizes[r, b])]]
        wide = unit_first[r, v + 1] - unit_first[r, v]
        if v == u or wide >= size or not bears(r, v, -1, a, given, seat):
            continue
        delta += change_of(r, v, b, a, given, now)
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
    unit_of, unit_first, unit_people, may, _, _, _ = given
    seat, sizes, members, _, pair, price, _, _ = now
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
        elif v < 0 or may[r, v, a]:
            if size == 1 and wide <= 1:
                # By far the most steps: written out, as handing over all arrays takes longer than the step itself.
                p = unit_people[r, unit_first[r, u]]
                found = price[r, b, p] - price[r, a, p]
                if v >= 0:
                    q = members[r, b, place]
                    found += price[r, a, q] - price[r, b, q] - 2 * pair[r, p, q]
            elif v < 0:
                found = change_of(r, u, a, b, given, now)
            else:
                found = swap_of(r, u, v, a, b, given, now)
            if (
                accept(found, heat, state)
                and bears(r, u, v, b, given, seat)
                and (v < 0 or bears(r, v, u, a, given, seat))
            ):
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
