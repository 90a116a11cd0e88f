"""A way through free space where no straight line or bow is free: A* over a grid of points."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from typing import Final

from schakelbord.drawing.shapes import Box, Point, dense, smooth

STEP: Final = 12.0
TURN: Final = 0.4
Spot = tuple[int, int]
WAYS: Final = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))


def detour(one: Box, other: Box, blocks: Sequence[Box], limits: Box) -> tuple[Point, ...] | None:
    """The shortest way on a grid between two boxes that touches no block, its corners rounded; None when shut in.

    Args:
        one: where the way begins; neither this box nor the other one blocks.
        other: where it ends.
        blocks: boxes that the way may not enter.
        limits: the box that it may not leave.
    """
    closed = _closed([box for box in blocks if not box.holds(one.centre) and not box.holds(other.centre)])
    spots = _search(_spot(one.centre), _spot(other.centre), closed, limits)
    if spots is None:
        return None
    points = [_point(spot) for spot in spots]
    free = [point for point in points if not one.holds(point) and not other.holds(point)]
    if not free:
        return None
    return dense(smooth([one.edge_towards(free[0]), *free[::2], other.edge_towards(free[-1])], 2))


def _spot(point: Point) -> Spot:
    return round(point[0] / STEP), round(point[1] / STEP)


def _point(spot: Spot) -> Point:
    return spot[0] * STEP, spot[1] * STEP


def _closed(blocks: Sequence[Box]) -> set[Spot]:
    """The grid points inside a block."""
    return {
        (x, y)
        for box in blocks
        for x in range(math.ceil(box.x / STEP), math.floor(box.right / STEP) + 1)
        for y in range(math.ceil(box.y / STEP), math.floor(box.bottom / STEP) + 1)
    }


def _search(start: Spot, end: Spot, closed: set[Spot], limits: Box) -> list[Spot] | None:
    """A*: the state is a grid point with the direction one came from, because turns cost."""
    first = (start, -1)
    costs: dict[tuple[Spot, int], float] = {first: 0.0}
    before: dict[tuple[Spot, int], tuple[Spot, int]] = {}
    queue: list[tuple[float, float, tuple[Spot, int]]] = [(0.0, 0.0, first)]
    while queue:
        _, cost, here = heapq.heappop(queue)
        if here[0] == end:
            return _trace(here, before)
        if cost > costs[here]:
            continue
        for turn, step in enumerate(WAYS):
            spot = (here[0][0] + step[0], here[0][1] + step[1])
            if spot in closed or not limits.holds(_point(spot)):
                continue
            price = cost + math.hypot(*step) + (TURN if here[1] not in {-1, turn} else 0)
            there = (spot, turn)
            if price < costs.get(there, math.inf):
                costs[there], before[there] = price, here
                heapq.heappush(queue, (price + math.dist(spot, end), price, there))
    return None


def _trace(here: tuple[Spot, int], before: dict[tuple[Spot, int], tuple[Spot, int]]) -> list[Spot]:
    spots = [here[0]]
    while here in before:
        here = before[here]
        spots.append(here[0])
    return spots[::-1]
