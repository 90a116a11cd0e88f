"""Maximally diverse groups: as much distance as possible inside groups of given sizes."""

from __future__ import annotations

import time

import msgspec
import numpy as np

from schakelbord.seating import warm
from schakelbord.seating.arrays import Ints
from schakelbord.seating.groups_tabu import improve
from schakelbord.seating.problem import Grouping
from schakelbord.seating.solve import RUNS_THAT_AGREE, SHARE_OF_STEPS, Progress, Stop

STEP_SECONDS = 2e-8
"""A step of the annealing of groups, by measurement; see docs/benchmarks.md."""

SHORTEST_RUN = 20_000
"""Steps of the first run for each person; each next run is twice as long."""


class Groups(msgspec.Struct, frozen=True):
    """What was found: the group of each person from 0, the distance inside groups, and how, as in `solve.Answer`."""

    labels: tuple[int, ...]
    diversity: int
    complete: bool
    seconds: float


def group(
    grouping: Grouping,
    seconds: float = 10.0,
    seed: int = 1,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Groups:
    """The most diverse groups that are found within the seconds; ends earlier when looking on is of no use."""
    return _Search(grouping, seconds, seed, progress, stop).answer()


class _Search:
    def __init__(
        self, grouping: Grouping, seconds: float, seed: int, progress: Progress | None, stop: Stop | None
    ) -> None:
        self.grouping, self.seconds, self.seed = grouping, seconds, seed
        self.tell, self.stop = progress, stop
        self.begin = time.monotonic()
        self.complete = True

    def answer(self) -> Groups:
        """See `group`."""
        labels = first_groups(self.grouping, self.seed)
        if not warm.is_ready():
            self.complete = False
            work = warm.prepare_in_background()
            labels = improve(
                self.grouping,
                labels,
                seed=self.seed,
                over=lambda value: self.tick(0.0, value) or work is None or work.poll() is not None,
            )
        if warm.is_ready() and not self.over():
            labels = self.annealed(labels)
        return Groups(tuple(labels.tolist()), diversity(self.grouping, labels), self.complete, self.passed())

    def annealed(self, labels: Ints) -> Ints:
        """Runs of the annealing, each twice as long, until the steps are used or three runs agree."""
        from schakelbord.seating.compiled import run_groups  # noqa: PLC0415  loads numba

        best, value, agreed, done = labels, diversity(self.grouping, labels), 0, 0
        left = total = max(1_000, int(self.seconds * SHARE_OF_STEPS / STEP_SECONDS))
        steps, number = SHORTEST_RUN * len(labels), 0
        while left:
            steps = steps if left > 3 * steps else left
            share, before = done / total, value

            def tick(part: float, now: int, share: float = share, before: int = before, steps: int = steps) -> bool:
                return self.tick(share + part * steps / total, max(now, before))

            run = run_groups(self.grouping, labels, steps=steps, seed=self.seed + 1_000_003 * number, tick=tick)
            agreed = agreed + 1 if run.cost == value else 1 if run.cost > value else 0
            if run.cost > value:
                best, value = run.best, run.cost
            self.complete &= run.whole
            if not run.whole or agreed >= RUNS_THAT_AGREE:
                break
            left, done, number, steps = left - steps, done + steps, number + 1, steps * 2
        return best

    def tick(self, share: float, value: int) -> bool:
        """Tell how far the work is; whether it must end."""
        if self.tell is not None:
            self.tell(share, value)
        return self.over()

    def over(self) -> bool:
        """Whether the time is over or whoever asked wants no more."""
        return self.passed() > self.seconds or (self.stop is not None and self.stop())

    def passed(self) -> float:
        """Seconds since the begin."""
        return time.monotonic() - self.begin


def diversity(grouping: Grouping, labels: Ints) -> int:
    """The distance inside the groups."""
    distances = np.array(grouping.distances, np.int64)
    return int(distances[labels[:, None] == labels[None, :]].sum()) // 2


def first_groups(grouping: Grouping, seed: int) -> Ints:
    """Random groups with sizes within bounds, as even as these let them be."""
    sizes, most = np.array(grouping.least, np.int64), np.array(grouping.most, np.int64)
    while sizes.sum() < len(grouping.distances):
        open_groups = np.flatnonzero(sizes < most)
        sizes[open_groups[sizes[open_groups].argmin()]] += 1
    labels = np.repeat(np.arange(len(sizes)), sizes)
    np.random.default_rng(seed).shuffle(labels)
    return labels
