"""The four rings: rounded, wide curves around one middle, and the seats on them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from schakelbord.drawing.shapes import KAPPA, Box, Markup, Point, number
from schakelbord.drawing.states import Ring

BASE: Final = (1120.0, 740.0)
LARGE: Final = (910.0, 676.0)
MARGIN: Final = 8.0
ROUNDNESS: Final = 2.86
LIFE_HEIGHT: Final = 124.0
ROW: Final = 220.0
COLUMN: Final = 247.0
CARD: Final = (190.0, 64.0)
SPACE: Final = 24.0
CHIP: Final = (256.0, 34.0)
SEATS: Final[dict[Ring, int]] = {"leefwereld": 0, "uitvoering": 14, "beleid": 6, "bestuur": 6}


@dataclass(frozen=True, slots=True)
class Curve:
    """A closed curve between ellipse and rectangle around `centre`, with half axes `rx` and `ry`."""

    centre: Point
    rx: float
    ry: float

    @property
    def path(self) -> Markup:
        """The curve as the data of a `path`."""
        (x, y), (rx, ry) = self.centre, (self.rx, self.ry)
        kx, ky = rx * KAPPA, ry * KAPPA
        numbers = (
            (x, y - ry), (x + kx, y - ry), (x + rx, y - ky), (x + rx, y), (x + kx, y + ry), (x, y + ry),
            (x - rx, y + ky), (x - rx, y), (x - kx, y - ry), (x, y - ry),
        )  # fmt: skip
        start, *spots = [f"{number(a)} {number(b)}" for a, b in numbers]
        rest = (f"S{one} {other}" for one, other in zip(spots[3::2], spots[4::2], strict=True))
        return Markup(f"M{start}C{' '.join(spots[:3])}{''.join(rest)}Z")

    def quarter(self, share: float) -> Point:
        """A point of the upper right quarter, without the centre: 0 is the top, 1 the right."""
        rest = 1 - share
        x = 3 * rest**2 * share * KAPPA + 3 * rest * share**2 + share**3
        y = rest**3 + 3 * rest**2 * share + 3 * rest * share**2 * KAPPA
        return x * self.rx, y * self.ry

    def at(self, angle: float) -> Point:
        """The point seen from the centre under an angle: 0 is right, a quarter turn is down."""
        dx, dy = math.cos(angle), math.sin(angle)
        low, high = 0.0, 1.0
        for _ in range(30):
            middle = (low + high) / 2
            x, y = self.quarter(middle)
            low, high = (middle, high) if x * abs(dy) < y * abs(dx) else (low, middle)
        x, y = self.quarter(low)
        return self.centre[0] + math.copysign(x, dx), self.centre[1] + math.copysign(y, dy)

    def height_at(self, x: float) -> float:
        """Half the height of the curve at a distance `x` from its middle line."""
        low, high = 0.0, 1.0
        for _ in range(30):
            middle = (low + high) / 2
            low, high = (middle, high) if self.quarter(middle)[0] < abs(x) else (low, middle)
        return self.quarter(low)[1]

    def holds(self, point: Point, margin: float = 0) -> bool:
        """Whether a point lies inside the curve, or less than `margin` outside it."""
        x = abs(point[0] - self.centre[0]) / (self.rx + margin)
        y = abs(point[1] - self.centre[1]) / (self.ry + margin)
        return x < 1 and y < 1 and x**ROUNDNESS + y**ROUNDNESS < 1


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of a drawing: its view box, and the outer curve of every ring.

    Texts have the same size in every frame; a screen that is wider gets a wider view box.
    """

    width: float
    height: float
    large: bool

    @classmethod
    def fitting(cls, width: float, height: float, *, large: bool) -> Frame:
        """The frame for a screen area of this shape."""
        base = LARGE if large else BASE
        unit = min(width / base[0], height / base[1])
        return cls(round(width / unit, 1), round(height / unit, 1), large)

    @property
    def centre(self) -> Point:
        """The middle of all rings."""
        return self.width / 2, self.height / 2

    @property
    def box(self) -> Box:
        """The whole view box."""
        return Box(0, 0, self.width, self.height)

    @property
    def band(self) -> tuple[float, float]:
        """How wide and how high the two outer rings are."""
        return (24.0, 38.0) if self.large else (48.0, 42.0)

    def curve(self, ring: Ring) -> Curve:
        """The outer edge of a ring."""
        (x, y), (bx, by) = self.centre, self.band
        if ring == "leefwereld":
            return Curve(self.centre, x - MARGIN - 2 * bx - COLUMN, LIFE_HEIGHT)
        inset = {"bestuur": 0, "beleid": 1, "uitvoering": 2}[ring]
        return Curve(self.centre, x - MARGIN - inset * bx, y - MARGIN - inset * by)

    def seats(self, ring: Ring) -> tuple[Point, ...]:
        """The middles of the seats of a ring, clockwise from the bottom."""
        if ring == "uitvoering":
            return self._working_seats()
        return self._outer_seats(ring)

    def _working_seats(self) -> tuple[Point, ...]:
        """Bottom, four up the left side, top, four down the right side."""
        x, y = self.centre
        life, edge = self.curve("leefwereld"), self.curve("uitvoering")
        column = (life.rx + edge.rx) / 2 + 1
        row = ROW
        step = CARD[1] + SPACE
        side = [(column - (12 if abs(at) > 1 else 0), at * step) for at in (1.5, 0.5, -0.5, -1.5)]
        left = [(x - dx, y + dy) for dx, dy in side]
        right = [(x + dx, y + dy) for dx, dy in reversed(side)]
        across = CARD[0] + SPACE
        bottom, top = y + row, y - row
        return (
            (x, bottom), (x - across, bottom), *left, (x - across, top),
            (x, top), (x + across, top), *right, (x + across, bottom),
        )  # fmt: skip

    def _outer_seats(self, ring: Ring) -> tuple[Point, ...]:
        """Three below, three above, on the middle line of the ring."""
        (x, y), (bx, by) = self.centre, self.band
        outer = self.curve(ring)
        line = Curve(self.centre, outer.rx - bx / 2, outer.ry - by / 2)
        across = CHIP[0] + 20
        lowest = ROW + CARD[1] / 2 + CHIP[1] / 2 + (0 if ring == "beleid" else by) + 4
        low = [(dx, max(lowest, line.height_at(dx))) for dx in (0.0, -across)]
        return (
            *((x + dx, y + dy) for dx, dy in low),
            (x - across, y - low[1][1]), (x, y - low[0][1]), (x + across, y - low[1][1]), (x + across, y + low[1][1]),
        )  # fmt: skip
