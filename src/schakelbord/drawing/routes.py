"""Ways of lines between tokens: straight where nothing is in the way, else in a bow, else around the life world."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from schakelbord.drawing.crowd import Crowd
from schakelbord.drawing.detour import detour
from schakelbord.drawing.rings import Curve, Frame
from schakelbord.drawing.shapes import Box, Point, bend, dense, distance, extent, length, pairs, segments_cross, smooth

BOWS: Final = (0.0, 0.14, -0.14, 0.28, -0.28, 0.45, -0.45, 0.65, -0.65, 0.95, -0.95)
BLOCKED: Final = 1000.0
CROSSED: Final = 60.0
INSIDE: Final = 60.0
HIDDEN: Final = 250.0
BESIDE_LINE: Final = 8.0
BESIDE_BAR: Final = 18.0
MOST: Final = 2
BESIDE: Final = 7.0

Way = tuple[Point, ...]


@dataclass
class Router:
    """Finds ways past what already stands and lies on the stage.

    `solid` are the boxes that no line may cross, by id; the tokens at both ends of a line do not count. Nor may it
    cross `texts`. Behind `covers` it may go if it must: they hide it.
    """

    frame: Frame
    solid: dict[str, Box]
    texts: list[Box]
    covers: list[Box] = field(default_factory=list)
    laid: list[Way] = field(default_factory=list)

    def way(self, first: str, second: str, *, least: float = 0, crossed: float = CROSSED) -> Way:
        """The best way between two tokens; from then on it counts for the next ones.

        Args:
            first: id of the token where it begins.
            second: id of the token where it ends.
            least: the length below which a way costs as much as one that is blocked half.
            crossed: what crossing another way costs.
        """
        one, other = self.solid[first], self.solid[second]
        blocks = [box.grown(BESIDE) for name, box in self.solid.items() if name not in {first, second}] + self.texts
        best, lowest = None, math.inf
        for way in self._ways(one, other):
            price = self._price(way, blocks, lowest, crossed)
            price += BLOCKED / 2 if length(way) < least else 0
            if price < lowest:
                best, lowest = way, price
            if lowest < length(best or way) + 1:
                break
        if lowest >= BLOCKED:
            free = detour(one, other, [*blocks, *self.covers], self.frame.box)
            best = free or detour(one, other, blocks, self.frame.box) or best
        chosen = best or (one.edge_towards(other.centre), other.edge_towards(one.centre))
        self.laid.append(chosen)
        return chosen

    def _ways(self, one: Box, other: Box) -> Iterator[Way]:
        """Candidates: straight and bowed, and both ways round the life world."""
        reach = distance(one.centre, other.centre) or 1.0
        middle = ((one.centre[0] + other.centre[0]) / 2, (one.centre[1] + other.centre[1]) / 2)
        dx, dy = (other.centre[0] - one.centre[0]) / reach, (other.centre[1] - one.centre[1]) / reach
        for bow in BOWS:
            control = (middle[0] - dy * reach * bow, middle[1] + dx * reach * bow)
            start, end = one.edge_towards(control), other.edge_towards(control)
            yield dense(bend(start, control, end) if bow else (start, end))
        life = self.frame.curve("leefwereld")
        x, y = life.centre
        first, last = (math.atan2(box.centre[1] - y, box.centre[0] - x) for box in (one, other))
        starts = [math.tau * at / 12 for at in range(12)] if life.holds(one.centre) else [first]
        for apart in (22.0, 40.0):
            lane = Curve(life.centre, life.rx + apart * 0.75, life.ry + apart)
            rounds = [
                self._round(one, other, lane, (begin, last), clockwise=way) for begin in starts for way in (True, False)
            ]
            yield from sorted(rounds, key=length)

    def _round(self, one: Box, other: Box, lane: Curve, angles: tuple[float, float], *, clockwise: bool) -> Way:
        """To a lane around the life world, along it from one angle to another, and outward."""
        first, last = angles
        turn = (last - first) % math.tau
        if not clockwise:
            turn -= math.tau
        steps = max(2, int(abs(turn) / 0.09))
        points = [lane.at(first + turn * step / steps) for step in range(steps + 1)]
        inner = points[1:-1] if len(points) > 4 else points
        return dense(smooth([one.edge_towards(inner[0]), *inner, other.edge_towards(inner[-1])]))

    def _price(self, way: Way, blocks: Sequence[Box], enough: float, crossed: float) -> float:
        """Length, and much more for what lies in the way; infinite as soon as it is more than `enough`."""
        life, coarse = self.frame.curve("leefwereld"), way[::2]
        price = length(coarse)
        if not life.holds(way[0]) and not life.holds(way[-1]):
            price += INSIDE * sum(life.holds(point) for point in coarse)
        price += BLOCKED * sum(not self.frame.box.holds(point) for point in coarse)
        around = extent(way).grown(1)
        price += BLOCKED * sum(any(box.holds(point) for point in coarse) for box in blocks if box.overlaps(around))
        price += HIDDEN * sum(any(box.holds(point) for point in coarse) for box in self.covers if box.overlaps(around))
        if price >= enough:
            return math.inf
        near = [other for other in self.laid if extent(other).grown(8).overlaps(around)]
        price += crossed * sum(min(MOST, self._cross(way, other)) for other in near)
        if price >= enough:
            return math.inf
        apart = BESIDE_BAR if crossed > CROSSED else BESIDE_LINE
        return price + crossed / 4 * sum(min(3 * MOST, self._follows(way, other, apart=apart)) for other in near)

    def _cross(self, way: Way, other: Way) -> int:
        coarse, rough = way[::5] + way[-1:], other[::5] + other[-1:]
        return sum(segments_cross(a, b) for a in pairs(coarse) for b in pairs(rough))

    def _follows(self, way: Way, other: Way, *, apart: float) -> int:
        """How many points of a way lie so close to another that both would look like one."""
        return sum(any(distance(point, spot) < apart for spot in other[::2]) for point in way[2:-2:6])


def free_spot(
    size: tuple[float, float],
    near: Point,
    taken: Sequence[Crowd],
    limits: Box,
    *,
    reach: float,
    sight: Sequence[Box] = (),
    air: float = 0,
) -> Box | None:
    """The nearest place for a box that stays `air` away from all; None when there is none within `reach`.

    A straight line from the point to the box crosses nothing of `sight`.
    """
    width, height = size
    for radius in range(0, int(reach) + 1, 10):
        for step in range(24 if radius else 1):
            angle = -math.pi / 2 + (step // 2 + step % 2) * (1 if step % 2 else -1) * math.tau / 24
            x = near[0] + math.cos(angle) * (radius + width / 2 * (radius > 0))
            y = near[1] + math.sin(angle) * (radius + height / 2 * (radius > 0))
            box = Box.around((x, y), width, height)
            if box.inside(limits) and not _touches(box.grown(air), taken) and _sees(near, box, sight):
                return box
    return None


def _touches(box: Box, crowds: Sequence[Crowd]) -> bool:
    return any(crowd.touches(box) for crowd in crowds)


def _sees(point: Point, box: Box, sight: Sequence[Box]) -> bool:
    """Whether the shortest line from a point to a box crosses nothing."""
    nearest = (min(max(point[0], box.x), box.right), min(max(point[1], box.y), box.bottom))
    line = dense([point, nearest])
    return not any(other.holds(spot) for other in sight for spot in line)
