"""How hot an annealing runs: stages, by measurement on problems of 60 to 120 people (see docs/benchmarks.md)."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.seating.problem import Weights

HOT, MIDDLE, COLD = 0.4, 0.9, 0.3
"""Heat at the begin in the largest weight; where the search lingers and at the end in the smallest."""

SHARE_OF_MIDDLE = 0.65
"""Share of the steps before the middle: most of the order is made there, the rest only settles."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A share of the steps of a run, cooling from `hot` to `cold`, in units of cost."""

    share: float
    hot: float
    cold: float


def stages_of(weights: Weights) -> tuple[Stage, ...]:
    """The stages for these weights. A change is not among them: it is a price and no noise."""
    prices = (weights.org, weights.layer, weights.pref, weights.repeat, weights.sametable)
    used = [price for price in prices if price] or [1]
    middle = MIDDLE * min(used)
    return (
        Stage(SHARE_OF_MIDDLE, max(HOT * max(used), middle), middle),
        Stage(1 - SHARE_OF_MIDDLE, middle, COLD * min(used)),
    )
