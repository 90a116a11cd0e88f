"""One pass over the days with numpy: for large cases when nothing may be compiled. Arrays are those of `Plan`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from schakelbord.engine.arrays import Int, Start, Words
from schakelbord.engine.plan import Plan

Gains = tuple[int, npt.NDArray[np.int64], Words]
"""(day, organisations (n,), their new bits (n, W))."""


def spread_days(plan: Plan) -> Iterator[Gains]:
    """Who gains what, day by day, for the days on which somebody does."""
    run = _Run(plan)
    for day in range(plan.horizon + 1):
        organisations, bits = run.live(day)
        if len(organisations):
            yield day, organisations, bits
            run.send(day, organisations, bits)
            run.wake(organisations)


def gather(start: Start, owners: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The rows of all owners one after another, and for each row the place of its owner in `owners`."""
    lengths = start[owners + 1] - start[owners]
    which = np.repeat(np.arange(len(owners)), lengths)
    begins = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum()), dtype=np.int64) - begins[which] + start[owners][which], which


class _Run:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.state = np.zeros((plan.organisations, plan.words), dtype=np.uint64)
        self.awake = np.zeros(len(plan.body_mask), dtype=bool)
        self.post: dict[int, list[tuple[Int, Words]]] = defaultdict(list)
        body = np.repeat(np.arange(len(plan.body_mask), dtype=np.int64), np.diff(plan.day_start))
        by_day = np.argsort(plan.day, kind="stable")
        self.meeting = body[by_day]
        self.meeting_start = np.searchsorted(plan.day[by_day], np.arange(plan.horizon + 2))
        self.wake_start = np.searchsorted(plan.wake_day, np.arange(plan.horizon + 2))
        self.seen_start = np.searchsorted(plan.seen_day, np.arange(plan.horizon + 2))

    def live(self, day: int) -> tuple[npt.NDArray[np.int64], Words]:
        """Read all meetings of the day, then write; the organisations that gained and their new bits."""
        receivers, bits = self._meet(day)
        arriving = [(receivers, bits), self._seen(day), *self.post.pop(day, [])]
        to = np.concatenate([item[0] for item in arriving]).astype(np.int64)
        new = np.concatenate([item[1] for item in arriving])
        new = new & ~self.state[to]
        useful = new.any(axis=1)
        to, new = to[useful], new[useful]
        organisations, place = np.unique(to, return_inverse=True)
        gained = np.zeros((len(organisations), self.plan.words), dtype=np.uint64)
        np.bitwise_or.at(gained, place, new)
        self.state[organisations] |= gained
        return organisations, gained

    def _meet(self, day: int) -> tuple[Int, Words]:
        plan = self.plan
        self.awake[plan.wake_body[self.wake_start[day] : self.wake_start[day + 1]]] = True
        bodies = self.meeting[self.meeting_start[day] : self.meeting_start[day + 1]]
        bodies = bodies[self.awake[bodies]]
        self.awake[bodies] = False
        rows, which = gather(plan.member_start, bodies)
        present = (plan.member[rows, 1] <= day) & (day <= plan.member[rows, 2])
        rows, which = rows[present], which[present]
        organisations = plan.member[rows, 0]
        if not len(rows):
            return organisations, np.zeros((0, plan.words), dtype=np.uint64)
        met, begin = np.unique(which, return_index=True)
        pools = (
            np.bitwise_or.reduceat(self.state[organisations], begin, axis=0) & plan.masks[plan.body_mask[bodies[met]]]
        )
        return organisations, np.repeat(pools, np.diff(np.append(begin, len(rows))), axis=0)

    def _seen(self, day: int) -> tuple[Int, Words]:
        rows = slice(self.seen_start[day], self.seen_start[day + 1])
        bit = self.plan.seen_bit[rows].astype(np.uint64)
        bits = np.zeros((len(bit), self.plan.words), dtype=np.uint64)
        bits[np.arange(len(bit)), (bit >> np.uint64(6)).astype(np.int64)] = np.uint64(1) << (bit & np.uint64(63))
        return self.plan.seen_organisation[rows], bits

    def send(self, day: int, organisations: npt.NDArray[np.int64], bits: Words) -> None:
        """Put new bits on their way down the channels, unless the receiver has them already."""
        plan = self.plan
        rows, which = gather(plan.channel_start, organisations)
        channel = plan.channel[rows]
        parcel = bits[which] & plan.masks[channel[:, 4]] & ~self.state[channel[:, 0]]
        sent_on = np.maximum(day, channel[:, 2])
        arrives = sent_on + channel[:, 1]
        going = parcel.any(axis=1) & (sent_on <= channel[:, 3]) & (arrives <= plan.horizon)
        for arrival in np.unique(arrives[going]).tolist():
            now = going & (arrives == arrival)
            self.post[arrival].append((channel[now, 0], parcel[now]))

    def wake(self, organisations: npt.NDArray[np.int64]) -> None:
        """Bodies of which a member gained something are read at their next meeting."""
        rows, _ = gather(self.plan.seat_start, organisations)
        self.awake[self.plan.seat[rows]] = True
