"""How hot an annealing runs, in units of cost."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.seating.problem import Weights

HOT, COLD = 0.3, 0.3
"""Heat at the begin in the largest weight and at the end in the smallest: tried on gatherings of 60 and 120 people."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A share of the steps of a run, cooling from `hot` to `cold`, in units of cost."""

    share: float
    hot: float
    cold: float


def stages_of(weights: Weights) -> tuple[Stage, ...]:
    """The stages for these weights: one, evenly cooled. A change is no part of it: it is a price and no noise."""
    prices = (weights.org, weights.layer, weights.pref, weights.repeat, weights.sametable)
    used = [price for price in prices if price] or [1]
    return (Stage(1.0, HOT * max(used), COLD * min(used)),)
