"""Reach for cases as arrays: a matrix of first days, by the compiled kernel or by numpy one day at a time.

The kernel takes signals in blocks, side by side on all cores. numpy needs nothing compiled: it serves a single command
on a case that is not too large, where loading numba would take longer than the work.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Literal

import numpy as np
import numpy.typing as npt

from schakelbord.engine.arrays import ArrayCase
from schakelbord.engine.plan import BLOCK_WORDS, WORD, Plan, plan_of
from schakelbord.engine.spread_numpy import spread_days

FirstDays = npt.NDArray[np.int16 | np.int32]
Way = Literal["numpy", "kernel"]

NEVER = -1
WORTH_LOADING_NUMBA = 40_000_000
"""Seats at meetings times words, above which the kernel is faster even when numba has yet to be loaded."""


def first_days(case: ArrayCase, way: Way | None = None) -> FirstDays:
    """The first day on which each organisation holds each signal.

    Args:
        case: the case.
        way: "numpy" or "kernel"; chosen by the size of the case when None.

    Returns:
        (organisations, signals), int16 or int32 where the horizon needs it; `NEVER` where it is never held.
    """
    plan = plan_of(case)
    if way is None:
        loaded = "numba" in sys.modules
        way = "kernel" if loaded or case.attendances() * plan.words > WORTH_LOADING_NUMBA else "numpy"
    return days_by_kernel(plan) if way == "kernel" else days_by_numpy(plan)


def empty_days(plan: Plan) -> FirstDays:
    """A matrix (organisations, signals) in which nobody holds anything."""
    return np.full((plan.organisations, len(plan.order)), NEVER, dtype=_kind(plan))


def _kind(plan: Plan) -> type[np.int16] | type[np.int32]:
    return np.int16 if plan.horizon <= np.iinfo(np.int16).max else np.int32


def days_by_kernel(plan: Plan, block_words: int = BLOCK_WORDS, threads: int | None = None) -> FirstDays:
    """First days by the compiled pass, one block of `block_words` words after the other on each of `threads` cores."""
    # Two widths only, so that there is little to compile.
    width = 1 if plan.words == 1 else block_words
    begins = range(0, plan.words, width)
    if plan.words == width and len(plan.order) == width * WORD and bool((np.diff(plan.order) == 1).all()):
        return _block(plan, 0, width)
    days = empty_days(plan)

    def fill(begin: int) -> None:
        signals = plan.order[begin * WORD : (begin + width) * WORD]
        days[:, signals] = _block(plan, begin, width)[:, : len(signals)]

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for _ in pool.map(fill, begins):
            pass
    return days


def _block(plan: Plan, begin: int, width: int) -> FirstDays:
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


def held_in(case: ArrayCase, days: FirstDays) -> dict[tuple[str, str], int]:
    """The matrix of first days as (organisation, signal) -> day."""
    organisation, signal = np.nonzero(days != NEVER)
    pairs = zip(case.organisation_id[organisation].tolist(), case.signal_id[signal].tolist(), strict=True)
    return dict(zip(pairs, days[organisation, signal].tolist(), strict=True))


def days_by_numpy(plan: Plan) -> FirstDays:
    """First days, one day at a time with numpy. A body that no present change concerns is left out."""
    days = empty_days(plan)
    for day, organisations, bits in spread_days(plan):
        on = np.unpackbits(bits.view(np.uint8), axis=1, bitorder="little")
        rows, columns = np.nonzero(on)
        days[organisations[rows], plan.order[columns]] = day
    return days
