"""Points, boxes and curves of the drawing. Numbers are units of the view box; y grows downward."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Point = tuple[float, float]
KAPPA: Final = 0.76


class Markup(str):
    """Text that is safe to put into mark-up as it is: numbers and names of our own."""

    __slots__ = ()

    def __html__(self) -> str:
        """For template engines."""
        return str(self)


def number(value: float) -> str:
    """A coordinate: at most one decimal, a point whatever the language."""
    rounded = round(value, 1)
    return f"{rounded or 0:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> Box:
        """The box of this size around a point."""
        return cls(centre[0] - width / 2, centre[1] - height / 2, width, height)

    @property
    def centre(self) -> Point:
        """The middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def attributes(self) -> Markup:
        """As attributes of a `rect`, a `use` or a nested `svg`."""
        values = zip(("x", "y", "width", "height"), (self.x, self.y, self.width, self.height), strict=True)
        return Markup(" ".join(f'{name}="{number(value)}"' for name, value in values))

    def grown(self, by: float) -> Box:
        """The box with a margin."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, x: float, y: float) -> Box:
        """The box elsewhere."""
        return Box(self.x + x, self.y + y, self.width, self.height)

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside."""
        return self.x < point[0] < self.right and self.y < point[1] < self.bottom

    def inside(self, other: Box) -> bool:
        """Whether the box lies wholly inside another."""
        return self.x >= other.x and self.y >= other.y and self.right <= other.right and self.bottom <= other.bottom

    def edge_towards(self, point: Point) -> Point:
        """Where the line from the middle to a point leaves the box."""
        (x, y), dx, dy = self.centre, point[0] - self.centre[0], point[1] - self.centre[1]
        if not dx and not dy:
            return x, y
        reach = min(
            self.width / 2 / abs(dx) if dx else math.inf,
            self.height / 2 / abs(dy) if dy else math.inf,
        )
        return x + dx * reach, y + dy * reach


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text at a place: `x`, `y` of the anchor on the base line, `box` what it covers."""

    text: str
    x: float
    y: float
    box: Box
    anchor: str = "start"

    @property
    def attributes(self) -> Markup:
        """Place and anchor as attributes of a `text`."""
        anchor = "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        return Markup(f'x="{number(self.x)}" y="{number(self.y)}"{anchor}')


def distance(first: Point, second: Point) -> float:
    """How far two points lie apart."""
    return math.hypot(first[0] - second[0], first[1] - second[1])


def between(first: Point, second: Point, share: float) -> Point:
    """The point at a share of the way from the first to the second."""
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def bend(first: Point, control: Point, second: Point, steps: int = 20) -> tuple[Point, ...]:
    """Points of the quadratic curve between two points."""
    shares = (step / steps for step in range(steps + 1))
    return tuple(between(between(first, control, at), between(control, second, at), at) for at in shares)


def along(points: Sequence[Point], share: float) -> Point:
    """The point at a share of the length of a line of points."""
    left = length(points) * share
    for first, second in pairs(points):
        step = distance(first, second)
        if step >= left:
            return between(first, second, left / step) if step else first
        left -= step
    return points[-1]


def smooth(points: Sequence[Point], rounds: int = 3) -> tuple[Point, ...]:
    """The same line with its corners cut (Chaikin); the ends stay."""
    rows = tuple(points)
    for _ in range(rounds):
        cut = [spot for one, other in pairs(rows) for spot in (between(one, other, 0.25), between(one, other, 0.75))]
        rows = (rows[0], *cut[1:-1], rows[-1])
    return rows


def part(points: Sequence[Point], start: float, end: float) -> tuple[Point, ...]:
    """The part of a line of points between two shares of its length."""
    whole, gone, kept = length(points) or 1.0, 0.0, [along(points, start)]
    for first, second in pairs(points):
        gone += distance(first, second)
        if start * whole < gone < end * whole:
            kept.append(second)
    return (*kept, along(points, end))


def length(points: Sequence[Point]) -> float:
    """The length of a line of points."""
    return sum(distance(first, second) for first, second in pairs(points))


def pairs(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Each point with the next."""
    return itertools.pairwise(points)


def crosses(points: Iterable[Point], box: Box) -> bool:
    """Whether a line of close points passes through a box."""
    return any(box.holds(point) for point in points)


def dense(points: Sequence[Point], step: float = 6) -> tuple[Point, ...]:
    """The same line with points at most `step` apart."""
    found: list[Point] = list(points[:1])
    for first, second in pairs(points):
        count = max(1, math.ceil(distance(first, second) / step))
        found += [between(first, second, at / count) for at in range(1, count + 1)]
    return tuple(found)


def extent(points: Sequence[Point]) -> Box:
    """The smallest box around points."""
    across, down = [point[0] for point in points], [point[1] for point in points]
    return Box(min(across), min(down), max(across) - min(across), max(down) - min(down))


def segments_cross(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    """Whether two stretches cross."""
    (a, b), (c, d) = first, second

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def path(points: Sequence[Point]) -> Markup:
    """Points as the data of a `path` of straight stretches."""
    return Markup("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points))
