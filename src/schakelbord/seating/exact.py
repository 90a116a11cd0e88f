"""One round by CP-SAT (OR-Tools): a valid seating, the best one, and a proof.

People who differ in nothing that costs or binds are one kind; a variable says how many of a kind sit at a table. Pairs
of one organisation at a table, c (c - 1) / 2, are convex in their number c: the tangents k c - k (k + 1) / 2 bound them
from below and meet them at every whole c. One worker, a fixed seed and a limit in deterministic time: the same problem
gives the same answer on any computer that is fast enough for the limit on the clock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from schakelbord.seating.arrays import Arrays, Ints, Unit, cost_of_round

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RoundAnswer:
    """What is known of a round.

    Args:
        seat: (N,) table numbers, -1 for who is absent; None when none was found.
        cost: linear costs and pairs of `seat`.
        bound: no seating of this round costs less.
        impossible: proven that there is none.
    """

    seat: Ints | None
    cost: int
    bound: int
    impossible: bool

    @property
    def proven(self) -> bool:
        """Whether nothing is left to be found."""
        return self.impossible or (self.seat is not None and self.cost == self.bound)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look: seconds on the clock, and CP-SAT's own deterministic seconds."""

    seconds: float
    deterministic: float


def best_round(
    arrays: Arrays, number: int, effort: Effort, *, hint: Ints | None = None, only_valid: bool = False
) -> RoundAnswer:
    """The cheapest seating of one round, as far as found within the effort.

    Args:
        arrays: the problem.
        number: which round.
        effort: when to stop.
        hint: (N,) a seating to begin from.
        only_valid: any valid seating will do.
    """
    if arrays.impossible and any(one == other for one, other in arrays.apart[number]):
        return RoundAnswer(None, 0, 0, impossible=True)
    return _Round(arrays, number).solve(effort, hint, only_valid)


class _Round:
    def __init__(self, arrays: Arrays, number: int) -> None:
        self.arrays, self.number = arrays, number
        self.model = cp_model.CpModel()
        self.kinds: list[list[Unit]] = []
        self.at: list[list[cp_model.IntVar | None]] = []
        self.terms: list[cp_model.LinearExprT] = []
        self.sort()
        self.seats()

    def sort(self) -> None:
        """Gather units that are alike; a unit that must be apart from another stands alone."""
        arrays, number = self.arrays, self.number
        alone = {unit for pair in arrays.apart[number] for unit in pair}
        kinds: defaultdict[Key, list[int]] = defaultdict(list)
        for place, unit in enumerate(arrays.units[number]):
            people = list(unit)
            key: Key = (
                tuple(sorted(zip(arrays.org[people].tolist(), arrays.layer[people].tolist(), strict=True))),
                arrays.allowed[number, people].all(axis=0).tobytes(),
                arrays.linear[number, people].sum(axis=0).tobytes(),
                place if place in alone else -1,
            )
            kinds[key].append(place)
        self.places = list(kinds.values())
        self.kinds = [[arrays.units[number][place] for place in places] for places in self.places]

    def seats(self) -> None:
        """How many of each kind sit at each table: everybody once, no table too small or too full, apart is apart."""
        arrays, number, model = self.arrays, self.number, self.model
        tables = range(len(arrays.least))
        for units in self.kinds:
            people = list(units[0])
            allowed = np.atleast_1d(arrays.allowed[number, people].all(axis=0))
            row = [
                model.new_int_var(0, min(len(units), int(arrays.most[t]) // len(people)), "") if allowed[t] else None
                for t in tables
            ]
            self.at.append(row)
            model.add(sum(var for var in row if var is not None) == len(units))
        for t in tables:
            size = sum(
                len(units[0]) * var
                for units, row in zip(self.kinds, self.at, strict=True)
                if (var := row[t]) is not None
            )
            model.add_linear_constraint(cp_model.LinearExpr.sum([size]), int(arrays.least[t]), int(arrays.most[t]))
        kind_of = {place: kind for kind, places in enumerate(self.places) for place in places}
        for one, other in arrays.apart[number]:
            for t in tables:
                both = [var for place in (one, other) if (var := self.at[kind_of[place]][t]) is not None]
                if len(both) == 2:
                    model.add(both[0] + both[1] <= 1)

    def costs(self) -> None:
        arrays, number = self.arrays, self.number
        weights = arrays.problem.weights
        for units, row in zip(self.kinds, self.at, strict=True):
            linear = arrays.linear[number, list(units[0])].sum(axis=0).tolist()
            self.terms += [price * var for price, var in zip(linear, row, strict=True) if var is not None and price]
        for codes, weight in ((arrays.org, weights.org), (arrays.layer, weights.layer)):
            if weight:
                for t in range(len(arrays.least)):
                    for code in range(int(codes.max(initial=-1)) + 1):
                        self.pairs(codes, code, t, weight)

    def pairs(self, codes: Ints, code: int, t: int, weight: int) -> None:
        """Pairs of one organisation or layer at one table."""
        counted, most = [], 0
        for units, row in zip(self.kinds, self.at, strict=True):
            var, times = row[t], int((codes[list(units[0])] == code).sum())
            if var is not None and times:
                counted.append(times * var)
                most += times * len(units)
        most = min(most, int(self.arrays.most[t]))
        if most < 2:
            return
        pairs = self.model.new_int_var(0, most * (most - 1) // 2, "")
        for k in range(1, most):
            self.model.add(pairs >= k * cp_model.LinearExpr.sum(counted) - k * (k + 1) // 2)
        self.terms.append(weight * pairs)

    def solve(self, effort: Effort, hint: Ints | None, only_valid: bool) -> RoundAnswer:
        if not only_valid:
            self.costs()
            self.model.minimize(cp_model.LinearExpr.sum(self.terms))
        if hint is not None:
            self.hint(hint)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = max(effort.seconds, 0.01)
        solver.parameters.max_deterministic_time = effort.deterministic
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return RoundAnswer(None, 0, 0, impossible=True)
        bound = 0 if only_valid else int(np.ceil(solver.best_objective_bound - 1e-6))
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return RoundAnswer(None, 0, max(bound, 0), impossible=False)
        seat = self.read(solver)
        return RoundAnswer(seat, cost_of_round(self.arrays, self.number, seat), max(bound, 0), impossible=False)

    def hint(self, seat: Ints) -> None:
        for units, row in zip(self.kinds, self.at, strict=True):
            tables = [int(seat[unit[0]]) for unit in units]
            for t, var in enumerate(row):
                if var is not None:
                    self.model.add_hint(var, tables.count(t))

    def read(self, solver: cp_model.CpSolver) -> Ints:
        seat = np.full(self.arrays.present.shape[1], -1, np.int64)
        for units, row in zip(self.kinds, self.at, strict=True):
            left = iter(units)
            for t, var in enumerate(row):
                for _ in range(solver.value(var) if var is not None else 0):
                    seat[list(next(left))] = t
        return seat
