"""A search without compiled code: all swaps and moves weighed at once by numpy, the best that is not barred is made.

For the minute in which the compiled search is not there yet. In a round, what two people cost at one table is a number
of that pair: their organisation and layer, and whether they meet in another round. So the cost of everybody at every
table is one product of matrices (tabu search: Glover, ORSA Journal on Computing 1989).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schakelbord.seating.arrays import Arrays, Ints

BARRED = 1 << 40
"""A cost that nothing outweighs."""

SHORTEST, LONGEST = 4, 12
"""For how many turns of its round somebody may not go back to the table they left."""


def tabu_search(arrays: Arrays, start: Ints, *, seed: int, over: Callable[[int], bool]) -> Ints:
    """Improve a valid (R, N) plan until `over`, which is told the best cost below that of the start, says so."""
    search = _Search(arrays, start, seed)
    while not over(search.best_change):
        search.turn()
    return search.best


class _Search:
    def __init__(self, arrays: Arrays, start: Ints, seed: int) -> None:
        self.arrays, self.seat, self.best = arrays, start.copy(), start.copy()
        self.random = np.random.default_rng(seed)
        self.change = self.best_change = self.turns = 0
        weights = arrays.problem.weights
        same = [codes[:, None] == codes[None, :] for codes in (arrays.org, arrays.layer)]
        self.pairs = weights.org * same[0].astype(np.int64) + weights.layer * same[1].astype(np.int64)
        np.fill_diagonal(self.pairs, 0)
        self.barred_until = np.zeros(arrays.linear.shape, np.int64)
        self.single = [
            np.array([unit[0] for unit in units if len(unit) == 1 and arrays.allowed[r, unit[0]].sum() > 1], np.int64)
            for r, units in enumerate(arrays.units)
        ]
        self.apart = [self.apart_of(r) for r in range(len(start))]

    def apart_of(self, r: int) -> Ints:
        """(N, N) cost of pairs that must be apart."""
        barred: Ints = np.zeros_like(self.pairs)
        units = self.arrays.units[r]
        for one, other in self.arrays.apart[r]:
            for p in units[one]:
                barred[p, list(units[other])] = barred[list(units[other]), p] = BARRED
        return barred

    def turn(self) -> None:
        """One swap or move in one round."""
        self.turns += 1
        r = self.turns % len(self.seat)
        people = self.single[r]
        if not len(people):
            return
        pairs, alone = self.prices(r)
        tables = len(self.arrays.least)
        sits = self.seat[r][:, None] == np.arange(tables)
        total = pairs @ sits.astype(np.int64) + alone
        here, places = self.seat[r, people], np.arange(len(people))
        gain = total[people] - total[people, here][:, None]
        there = gain[:, here]
        swaps = there + there.T - 2 * pairs[np.ix_(people, people)]
        tabu = self.barred_until[r, people] > self.turns
        either = tabu[:, here] | tabu[:, here].T
        sizes = sits.sum(axis=0)
        full = (sizes >= self.arrays.most)[None, :] | (sizes[here] <= self.arrays.least[here])[:, None]
        moves = np.where(full, BARRED, gain)
        room = self.best_change - self.change
        swaps = np.where((either & (swaps >= room)) | (here[:, None] == here[None, :]), BARRED, swaps)
        moves = np.where(tabu & (moves >= room), BARRED, moves)
        moves[places, here] = BARRED
        swap, move = self.lowest(swaps), self.lowest(moves)
        if swaps[swap] <= moves[move]:
            if swaps[swap] < BARRED // 2:
                one, other = swap
                self.go(r, people[one], here[other])
                self.go(r, people[other], here[one])
                self.note(int(swaps[swap]))
        elif moves[move] < BARRED // 2:
            self.go(r, people[move[0]], move[1])
            self.note(int(moves[move]))

    def prices(self, r: int) -> tuple[Ints, Ints]:
        """(N, N) what pairs cost at one table of round r, and (N, T) what a seat costs by itself."""
        arrays, weights = self.arrays, self.arrays.problem.weights
        others = [row for number, row in enumerate(self.seat) if number != r]
        met = np.zeros(self.pairs.shape, bool)
        visited = np.zeros(arrays.linear.shape[1:], bool)
        for row in others:
            met |= (row[:, None] == row[None, :]) & (row >= 0)[:, None]
            visited[np.flatnonzero(row >= 0), row[row >= 0]] = True
        pairs = self.pairs + self.apart[r] + weights.repeat * (met & arrays.repeats)
        alone = arrays.linear[r] + weights.sametable * (visited & arrays.roams[:, None])
        return pairs, np.where(arrays.allowed[r], alone, BARRED)

    def lowest(self, prices: Ints) -> tuple[int, int]:
        """Where the lowest price stands; of equals a random one."""
        rows, columns = np.nonzero(prices == prices.min())
        pick = int(self.random.integers(len(rows)))
        return int(rows[pick]), int(columns[pick])

    def go(self, r: int, person: int, table: int) -> None:
        """Sit there, and do not come back soon."""
        tenure = int(self.random.integers(SHORTEST, LONGEST + 1)) * len(self.seat)
        self.barred_until[r, person, self.seat[r, person]] = self.turns + tenure
        self.seat[r, person] = table

    def note(self, change: int) -> None:
        """Keep the plan when it is the best so far."""
        self.change += change
        if self.change < self.best_change:
            self.best_change, self.best = self.change, self.seat.copy()
