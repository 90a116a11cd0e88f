"""Reach for cases as arrays: a matrix of first days, by the compiled kernel or by numpy one day at a time.

The kernel takes signals in blocks, side by side on all cores. numpy needs nothing compiled: it serves a single command
on a case that is not too large, where loading numba would take longer than the work.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

import numpy as np
import numpy.typing as npt

from schakelbord.engine.arrays import ArrayCase, Int
from schakelbord.engine.plan import BLOCK_WORDS, WORD, Plan, plan_of
from schakelbord.engine.spread_numpy import spread_days

Days = npt.NDArray[np.int16 | np.int32]
Way = Literal["numpy", "kernel"]

NEVER = -1
WORTH_LOADING_NUMBA = 40_000_000
"""Seats at meetings times words, above which the kernel is faster even when numba has yet to be loaded."""


@dataclass(frozen=True, slots=True)
class FirstDays:
    """The first day on which each organisation holds each signal; `NEVER` where it never does.

    `blocks` lie side by side, each (organisations, signals of the block), int16 or int32 where the horizon needs it.
    Their columns follow one another in `order`, which numbers the signals of the case; columns after it are unused.
    """

    blocks: tuple[Days, ...]
    order: Int

    def matrix(self) -> Days:
        """All days as one new matrix, (organisations, signals) in the order of the case."""
        found = np.empty((len(self.blocks[0]), len(self.order)), dtype=self.blocks[0].dtype)
        for begin, block in self._begins():
            signals = self.order[begin : begin + block.shape[1]]
            found[:, signals] = block[:, : len(signals)]
        return found

    def of(self, organisation: int) -> Days:
        """The days of one organisation, (signals,) in the order of the case."""
        found = np.empty(len(self.order), dtype=self.blocks[0].dtype)
        for begin, block in self._begins():
            signals = self.order[begin : begin + block.shape[1]]
            found[signals] = block[organisation, : len(signals)]
        return found

    def _begins(self) -> Iterator[tuple[int, Days]]:
        begin = 0
        for block in self.blocks:
            yield begin, block
            begin += block.shape[1]


def first_days(case: ArrayCase, way: Way | None = None) -> FirstDays:
    """The first day on which each organisation holds each signal.

    Args:
        case: the case.
        way: "numpy" or "kernel"; chosen by the size of the case when None.
    """
    plan = plan_of(case)
    if way is None:
        loaded = "numba" in sys.modules
        way = "kernel" if loaded or case.attendances() * plan.words > WORTH_LOADING_NUMBA else "numpy"
    return days_by_kernel(plan) if way == "kernel" else days_by_numpy(plan)


def days_by_kernel(plan: Plan, block_words: int = BLOCK_WORDS, threads: int | None = None) -> FirstDays:
    """First days by the compiled pass, one block of `block_words` words after the other on each of `threads` cores."""
    # Two widths only, so that there is little to compile.
    width = 1 if plan.words == 1 else block_words
    begins = range(0, plan.words, width)
    if len(begins) == 1:
        return FirstDays((_block(plan, 0, width),), plan.order)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        return FirstDays(tuple(pool.map(lambda begin: _block(plan, begin, width), begins)), plan.order)


def _block(plan: Plan, begin: int, width: int) -> Days:
    """First days of the signals of `width` words from `begin` on: (organisations, 64 * width), the last unused."""
    # By name and only here: whoever opens a story must never load numba, and import-linter holds that.
    run = import_module("schakelbord.engine.kernel").run
    end = begin + width
    inside = (plan.seen_bit >= begin * WORD) & (plan.seen_bit < end * WORD)
    sight = np.stack((plan.seen_organisation, plan.seen_day, plan.seen_day), axis=1)[inside]
    first = np.full((plan.organisations, width * WORD), NEVER, dtype=_kind(plan))
    masks = np.zeros((len(plan.masks), width), dtype=np.uint64)
    masks[:, : plan.words - begin] = plan.masks[:, begin : begin + width]
    run(
        (0,) * width,
        plan.horizon,
        masks,
        plan.body_mask,
        (plan.channel_start, plan.channel),
        (plan.member_start, plan.member),
        (plan.day_start, plan.day),
        (plan.seat_start, plan.seat),
        (plan.wake_day, plan.wake_body),
        (sight, plan.seen_bit[inside] - np.int32(begin * WORD)),
        first,
    )
    return first


def _kind(plan: Plan) -> type[np.int16] | type[np.int32]:
    return np.int16 if plan.horizon <= np.iinfo(np.int16).max else np.int32


def held_in(case: ArrayCase, first: FirstDays) -> dict[tuple[str, str], int]:
    """The first days as (organisation, signal) -> day, without what is never held."""
    days = first.matrix()
    organisation, signal = np.nonzero(days != NEVER)
    pairs = zip(case.organisation_id[organisation].tolist(), case.signal_id[signal].tolist(), strict=True)
    return dict(zip(pairs, days[organisation, signal].tolist(), strict=True))


def days_by_numpy(plan: Plan) -> FirstDays:
    """First days, one day at a time with numpy. A body that no present change concerns is left out."""
    days = np.full((plan.organisations, plan.words * WORD), NEVER, dtype=_kind(plan))
    for day, organisations, bits in spread_days(plan):
        on = np.unpackbits(bits.view(np.uint8), axis=1, bitorder="little")
        rows, columns = np.nonzero(on)
        days[organisations[rows], columns] = day
    return FirstDays((days,), plan.order)
