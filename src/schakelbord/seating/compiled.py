"""The compiled searches behind plain functions: arrays laid out, runs in slices, progress and stop between slices.

Importing this module loads numba. Ask `warm.is_ready()` first where somebody waits: compiling takes some ten seconds.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakelbord.seating.anneal import TRIES, anneal, sit
from schakelbord.seating.anneal_groups import anneal_groups
from schakelbord.seating.arrays import Arrays, Ints, total_cost
from schakelbord.seating.heat import Stage
from schakelbord.seating.problem import Grouping

SLICE = 50_000
"""Steps between two looks at the clock, some 20 ms."""

FAR_BELOW = -1_000
"""A count from which no meeting and no visit ever comes to cost anything."""

HOT_GROUPS, COLD_GROUPS = 0.4, 0.02
"""Heat of a run for groups, in spreads (standard deviations) of the distances times the root of a group's size."""

Tick = Callable[[float, int], bool]
"""Told the share of the run that is done and the best cost so far; True ends the run."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended: the best found, its cost, and whether all its steps were made."""

    best: Ints
    cost: int
    whole: bool


class Annealing:
    """A problem laid out for the search; `run` may be called again and again."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        rounds, people = arrays.present.shape
        tables = len(arrays.least)
        most_units = max(map(len, arrays.units), default=0)
        unit_of = np.full((rounds, people), -1, np.int64)
        unit_first = np.zeros((rounds, most_units + 1), np.int64)
        unit_people = np.zeros((rounds, max(people, 1)), np.int64)
        may = np.zeros((rounds, most_units, tables), np.uint8)
        apart: list[list[list[int]]] = [[[] for _ in range(most_units)] for _ in range(rounds)]
        for r, units in enumerate(arrays.units):
            at = 0
            for u, unit in enumerate(units):
                unit_of[r, list(unit)] = u
                unit_people[r, at : at + len(unit)] = unit
                may[r, u] = arrays.allowed[r, list(unit)].all(axis=0)
                at += len(unit)
                unit_first[r, u + 1] = at
            for one, other in arrays.apart[r]:
                apart[r][one].append(other)
                apart[r][other].append(one)
        apart_first = np.zeros((rounds, most_units + 1), np.int64)
        apart_unit = np.zeros((rounds, max(1, *(sum(map(len, row)) for row in apart))), np.int64)
        for r, row in enumerate(apart):
            flat = [other for others in row for other in others]
            apart_unit[r, : len(flat)] = flat
            apart_first[r, 1:] = np.cumsum([len(others) for others in row])
        self.movable = np.argwhere(may.sum(axis=2) > 1).astype(np.int64)
        widest = max((len(unit) for units in arrays.units for unit in units), default=1)
        self.room = int(arrays.most.max(initial=0)) + 2 * widest + 1
        weights = arrays.problem.weights
        self.given = (
            unit_of, unit_first, unit_people, may, apart_first, apart_unit,
            np.array([weights.repeat, weights.sametable], np.int64),
        )  # fmt: skip
        self.limits = arrays.least, arrays.most

    def run(
        self, start: Ints, *, steps: int, stages: Sequence[Stage], seed: int, tick: Tick, end: float = math.inf
    ) -> Run:
        """One run from a valid plan.

        Args:
            start: (R, N) table numbers, -1 absent; valid.
            steps: how many steps.
            stages: from hot to cold.
            seed: the same seed gives the same answer, however the run is sliced.
            tick: see `Tick`.
            end: when the clock (`time.monotonic`) ends the run. A computer too slow for all steps leaves some out and
                cools as much faster, so that the run still ends cold; it is then not `whole`.
        """
        now = self.state(start)
        cost = best_cost = total_cost(self.arrays, start)
        best = now[0].copy()
        state, took = random_state(seed), np.zeros(TRIES + 1, np.int64)
        done = made = 0
        whole, begin = True, time.monotonic()
        for stage in stages if len(self.movable) else ():
            here = max(1, int(steps * stage.share))
            before = 0
            while before < here:
                now_steps = min(SLICE, here - before)
                cost, best_cost = anneal(
                    now_steps, stage.hot, stage.cold, before, here, cost, best_cost, best, self.movable, self.given,
                    self.limits, now, state, took,
                )  # fmt: skip
                made += now_steps
                here_and_now = time.monotonic()
                needed = (here_and_now - begin) / made * (steps - done - now_steps)
                # The first slices say little: loading the code is among them.
                known = here_and_now - begin > 0.1 * (end - begin)
                hurry = max(1.0, needed / max(end - here_and_now, 0.001)) if known else 1.0
                whole &= hurry == 1
                ahead = min(int(now_steps * hurry), here - before)
                before += ahead
                done += ahead
                if tick(min(done / steps, 1.0), int(best_cost)):
                    return Run(best.astype(np.int64), int(best_cost), whole=False)
        return Run(best.astype(np.int64), int(best_cost), whole=whole)

    def state(self, start: Ints) -> tuple[NDArray[np.int32], ...]:
        """The changing arrays of the kernel, filled by seating every unit of `start`."""
        arrays = self.arrays
        (rounds, people), tables = arrays.present.shape, len(arrays.least)
        met = np.where(arrays.repeats, 0, FAR_BELOW).astype(np.int16)
        visits = np.zeros((people, tables), np.int16)
        visits[~arrays.roams] = FAR_BELOW
        now = (
            np.full((rounds, people), -1, np.int32),
            np.zeros((rounds, tables), np.int64),
            np.zeros((rounds, tables, self.room), np.int32),
            np.zeros((rounds, people), np.int64),
            self.pairs(),
            arrays.linear.transpose(0, 2, 1).copy(),
            met,
            visits,
        )
        for r, units in enumerate(arrays.units):
            for u, unit in enumerate(units):
                sit(r, u, int(start[r, unit[0]]), self.given, now)
        return now  # type: ignore[return-value]  # arrays of several kinds of numbers

    def pairs(self) -> Ints:
        """(R, N, N) what two people cost at one table before anybody has met; 0 within a unit."""
        arrays, weights = self.arrays, self.arrays.problem.weights
        price = sum(
            weight * (codes[:, None] == codes[None, :]).astype(np.int64)
            for codes, weight in ((arrays.org, weights.org), (arrays.layer, weights.layer))
        )
        unit_of = self.given[0]
        return np.where(unit_of[:, :, None] == unit_of[:, None, :], 0, price)


def random_state(seed: int) -> NDArray[np.uint64]:
    """The state of the generator for a seed: mixed (splitmix64), so that neighbouring seeds share nothing."""
    mask = 2**64 - 1
    mixed = (seed + 0x9E3779B97F4A7C15) & mask
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
    return np.array([(mixed ^ (mixed >> 31)) or 1], np.uint64)


def run_groups(grouping: Grouping, start: Ints, *, steps: int, seed: int, tick: Tick) -> Run:
    """One run for maximally diverse groups; the `cost` of the answer is the distance, and higher is better."""
    distances = np.array(grouping.distances, np.int32).reshape(len(grouping.distances), -1)
    least, most = (np.array(sizes, np.int64) for sizes in (grouping.least, grouping.most))
    label = start.copy()
    gain = np.stack([distances[:, label == g].sum(axis=1, dtype=np.int64) for g in range(len(least))])
    sizes = np.bincount(label, minlength=len(least)).astype(np.int64)
    value = int(gain[label, np.arange(len(label))].sum()) // 2
    spread = float(distances[~np.eye(len(distances), dtype=bool)].std()) if len(distances) > 1 else 0.0
    unit = max(spread, 0.01) * math.sqrt(len(label) / len(least))
    best, best_value = label.copy(), value
    state, done = random_state(seed), 0
    while done < steps:
        here = min(SLICE, steps - done)
        value, best_value = anneal_groups(
            here, HOT_GROUPS * unit, COLD_GROUPS * unit, done, steps, value, best_value, best, distances, least, most,
            label, sizes, gain, state,
        )  # fmt: skip
        done += here
        if tick(done / steps, int(best_value)):
            return Run(best, int(best_value), whole=False)
    return Run(best, int(best_value), whole=True)
