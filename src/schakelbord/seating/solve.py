"""Find a plan: exact for one round, annealing for several, the smallest conflict when there is none.

What is promised:

- a plan that is given is valid, always;
- `proven`: no plan costs less;
- `complete`: the work was bounded by steps and not by the clock, so the same problem, seconds and seed give the same
  plan on every computer. The steps are chosen such that a computer of 2020 makes them within the seconds asked.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
import numpy as np

from schakelbord.engine.text import Text
from schakelbord.errors import StateError
from schakelbord.seating import warm
from schakelbord.seating.arrays import Arrays, Ints, arrays_of, total_cost
from schakelbord.seating.check import check
from schakelbord.seating.conflict import Conflict, smallest_conflict
from schakelbord.seating.cost import Costs, cost
from schakelbord.seating.exact import Effort, RoundAnswer, best_round
from schakelbord.seating.heat import stages_of
from schakelbord.seating.problem import Plan, Problem
from schakelbord.seating.sentences import reason
from schakelbord.seating.tabu import tabu_search

Progress = Callable[[float, int], None]
"""Told the share of the work that is done (0 to 1) and the cost of the best plan so far."""

Stop = Callable[[], bool]
"""True when whoever asked wants what there is now."""

SHARE_OF_STEPS = 0.75
"""Share of the seconds that the steps are meant to fill; the rest is for slower computers."""

STEP_SECONDS, STEP_SECONDS_EACH_PERSON = 7e-8, 8e-10
"""What a step of the annealing may take, and more for each person in a round, whose prices change with a step made.

By measurement a step takes some two thirds of it: a run that the clock ends before it is cold is worth little.
"""

SHORTEST_RUN = 2_000
"""Steps of the first run, for each unit and round."""

GROWTH = 4
"""How many times as long the next run is; the last takes what is left, nearly all: one slow cooling beats several."""

RUNS_THAT_AGREE = 3
"""So many runs in a row, each longer than the one before, that end at the same cost end the search."""

SECONDS_FOR_CONFLICT = 20.0
"""Time to find the smallest conflict when less is left: a refusal without a reason helps nobody."""

DETERMINISTIC_SECONDS_A_SECOND = 1.0
SHARE_OF_BOUND = 0.15
"""Share of the time for what each round costs by itself, when there are several."""


class Answer(msgspec.Struct, frozen=True):
    """What was found.

    Args:
        plan, cost: the plan and what it costs; None when no plan can exist.
        bound: no plan costs less.
        proven: the plan costs `bound`, or it is proven that none exists.
        complete: the same problem, seconds and seed give this plan again; see the module.
        method: `exact` (CP-SAT), `anneal`, or `tabu`: the compiled search was not ready yet, so this is a first answer.
        seconds: how long it took.
        conflict, reason: why there is no plan.
    """

    plan: Plan | None
    cost: Costs | None
    bound: int
    proven: bool
    complete: bool
    method: Literal["exact", "anneal", "tabu"]
    seconds: float
    conflict: Conflict | None = None
    reason: Text | None = None


def solve(
    problem: Problem,
    seconds: float = 10.0,
    seed: int = 1,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Answer:
    """The best plan that is found within the seconds; ends earlier when it is proven or when looking on is of no use.

    Args:
        problem: what people asked.
        seconds: how long to look at most.
        seed: for the random choices of the search.
        progress, stop: called now and then, from this thread.

    Raises:
        StateError: no plan was found in time, and none was ruled out.
    """
    return Search(arrays_of(problem), seconds=seconds, seed=seed, progress=progress, stop=stop).answer()


class Search:
    """One search; `arrays` may hold other prices and fewer allowed tables than its problem says, as `replan` does.

    Rounds before `open_from` are over: whatever rule they broke is not judged any more.
    """

    def __init__(
        self,
        arrays: Arrays,
        *,
        seconds: float,
        seed: int,
        progress: Progress | None,
        stop: Stop | None,
        open_from: int = 0,
    ) -> None:
        self.open_from = open_from
        self.arrays, self.problem, self.seconds, self.seed = arrays, arrays.problem, seconds, seed
        self.tell, self.stop = progress, stop
        self.begin = time.monotonic()
        self.end = self.begin + seconds
        self.complete, self.waited = True, False
        self.bound = 0
        self.method: Literal["exact", "anneal", "tabu"] = "exact"
        self.known: dict[int, RoundAnswer] = {}

    def answer(self) -> Answer:
        """See `solve`."""
        rounds = [self.round(number) for number in range(self.problem.rounds)]
        blocked = [number for number, found in enumerate(rounds) if found.impossible]
        if blocked:
            return self.refusal(blocked)
        seats = [found.seat for found in rounds if found.seat is not None]
        if len(seats) < len(rounds):
            raise StateError(
                "no_plan_yet",
                nl="binnen deze tijd is geen indeling gevonden, en ook niet bewezen dat er geen is; geef meer tijd.",
                en="no seating was found in this time, nor is it proven that there is none; give it more time.",
            )
        self.bound = sum(found.bound for found in rounds)
        start = self.start(np.stack(seats))
        if self.cost(start) > self.bound and (len(seats) > 1 or not rounds[0].proven):
            start = self.improved(start)
        return self.given(start)

    def round(self, number: int) -> RoundAnswer:
        """What one round costs at least, and a valid seating of it; like rounds are asked once."""
        for other in range(number):
            if self.alike(number, other):
                return self.known[other]
        alone = self.problem.rounds == 1
        limit = self.seconds * (0.6 if alone else SHARE_OF_BOUND / self.problem.rounds)
        effort = Effort(max(0.1, min(limit * 2, self.end - time.monotonic())), limit * DETERMINISTIC_SECONDS_A_SECOND)
        found = best_round(self.arrays, number, effort)
        if found.seat is None and not found.impossible:
            left = max(0.5, self.end - time.monotonic())
            found = best_round(self.arrays, number, Effort(left, left), only_valid=True)
            self.complete = False
        self.known[number] = found
        return found

    def alike(self, one: int, other: int) -> bool:
        """Whether two rounds ask exactly the same, but for who met before."""
        arrays = self.arrays
        return (
            arrays.units[one] == arrays.units[other]
            and arrays.apart[one] == arrays.apart[other]
            and np.array_equal(arrays.allowed[one], arrays.allowed[other])
            and np.array_equal(arrays.linear[one], arrays.linear[other])
        )

    def start(self, seats: Ints) -> Ints:
        """The best of what is known: each round by itself, and the earlier plan when it is still valid."""
        previous = self.problem.previous
        if previous is not None and not check(self.problem, previous):
            earlier = self.arrays.seats(previous)
            if self.cost(earlier) < self.cost(seats):
                return earlier
        return seats

    def cost(self, seats: Ints) -> int:
        """All kinds of cost, with the prices of this search."""
        return total_cost(self.arrays, seats)

    def improved(self, start: Ints) -> Ints:
        """Search on from a valid plan: compiled when that is ready, else by numpy until it is.

        The compiler takes some ten seconds, the first time on a computer: with as many seconds asked or fewer the
        answer is that of numpy, which is clearly dearer.
        """
        if warm.is_ready():
            return self.annealed(start)
        self.method, self.complete, self.waited = "tabu", False, True
        work = warm.prepare_in_background()
        price = self.cost(start)

        def over(change: int) -> bool:
            now = time.monotonic()
            return self.tick((now - self.begin) / self.seconds, price + change) or work is None or not _runs(work)

        found = tabu_search(self.arrays, start, seed=self.seed, over=over)
        if self.over(self.cost(found)) or not warm.is_ready():
            return found
        return self.annealed(found)

    def annealed(self, start: Ints) -> Ints:
        """Runs of the annealing, each longer, until the steps are used or three runs agree."""
        from schakelbord.seating.compiled import Annealing  # noqa: PLC0415  loads numba: only for several rounds

        self.method = "anneal"
        annealing, stages = Annealing(self.arrays), stages_of(self.problem.weights)
        best, price, agreed = start, self.cost(start), 0
        total = sum(lengths := list(self.lengths(len(annealing.movable))))
        done = 0
        for number, steps in enumerate(lengths):
            share, before = done / total, price

            def tick(part: float, now: int, share: float = share, before: int = before, steps: int = steps) -> bool:
                return self.tick(share + part * steps / total, min(now, before))

            number_seed = self.seed + 1_000_003 * number
            run = annealing.run(start, steps=steps, stages=stages, seed=number_seed, tick=tick, end=self.end)
            done += steps
            agreed = agreed + 1 if run.cost == price else 1 if run.cost < price else 0
            if run.cost < price:
                best, price = run.best, run.cost
            if not run.whole and price > self.bound:
                self.complete = False
            if not run.whole or price <= self.bound or agreed >= RUNS_THAT_AGREE:
                break
        return best

    def lengths(self, movable: int) -> Iterator[int]:
        """Steps of each run: longer and longer, the last takes what is left."""
        people = float(self.arrays.present.sum()) / self.arrays.present.shape[0]
        step = STEP_SECONDS + STEP_SECONDS_EACH_PERSON * people
        # After the wait for a compiler only what is left counts: a run must end cold.
        seconds = self.end - time.monotonic() if self.waited else self.seconds
        left = max(int(seconds * SHARE_OF_STEPS / step), 1_000)
        run = max(SHORTEST_RUN * movable, 10_000)
        while left > (GROWTH + 1) * run:
            yield run
            left -= run
            run *= GROWTH
        yield left

    def tick(self, share: float, price: int) -> bool:
        """Tell how far the work is; whether it must end."""
        if self.tell is not None:
            self.tell(min(share, 1.0), price)
        return self.over(price)

    def over(self, price: int) -> bool:
        """Whether the time is over, whoever asked wants no more, or nothing is cheaper."""
        return price <= self.bound or time.monotonic() > self.end or (self.stop is not None and self.stop())

    def refusal(self, blocked: list[int]) -> Answer:
        """The smallest conflict, in place of a plan."""
        left = max(self.end - time.monotonic(), SECONDS_FOR_CONFLICT)
        conflict = smallest_conflict(self.problem, blocked, seconds=left)
        return Answer(
            plan=None,
            cost=None,
            bound=0,
            proven=True,
            complete=conflict is not None and conflict.smallest,
            method="exact",
            seconds=time.monotonic() - self.begin,
            conflict=conflict,
            reason=None if conflict is None else reason(self.problem, conflict),
        )

    def given(self, seats: Ints) -> Answer:
        """The answer with this plan, which is checked once more by other code than found it."""
        plan = self.arrays.plan(seats)
        broken = [one for one in check(self.problem, plan) if one.round >= self.open_from]
        if broken:
            raise RuntimeError(f"the search gave an invalid plan: {broken[0].sentence.en}")
        price = self.cost(seats)
        return Answer(
            plan=plan,
            cost=cost(self.problem, plan),
            bound=min(self.bound, price),
            proven=price <= self.bound,
            complete=self.complete,
            method=self.method,
            seconds=time.monotonic() - self.begin,
        )


def _runs(work: subprocess.Popen[bytes]) -> bool:
    return work.poll() is None
