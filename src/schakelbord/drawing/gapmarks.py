"""Gaps on the stage: hatched halves, a broken chain between them, a number, and a label for those that matter now.

A gap that the room told is a ladder with a speech balloon. No mark, number or label covers a bar, token or other label.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from schakelbord.drawing.crowd import Crowd
from schakelbord.drawing.gaplabels import labelled, numbered
from schakelbord.drawing.parts import Bar, GapMark
from schakelbord.drawing.routes import Router, Way, free_spot
from schakelbord.drawing.says import Speech
from schakelbord.drawing.shapes import Box, Point, along, dense, distance, length, part, path
from schakelbord.drawing.states import GapState, SceneState
from schakelbord.drawing.words import gap_label

LABELLED: Final = 3
RADIUS: Final = 19.0
SMALL: Final = 14.0
BAR: Final = 16.0
LEAST: Final = 88.0
CROSSED: Final = 300.0
FAR: Final = 900.0

Group = tuple[GapState, ...]


def grouped(gaps: Sequence[GapState]) -> list[Group]:
    """Gaps between the same two together, the one to show in front first: selected, then new, then the latest.

    Told and computed gaps never share a mark.
    """
    found: dict[tuple[bool, frozenset[str]], list[GapState]] = {}
    for gap in gaps:
        found.setdefault((gap.told, frozenset(gap.between)), []).append(gap)
    groups = [tuple(sorted(rows, key=_weight)) for rows in found.values()]
    return sorted(groups, key=lambda rows: _weight(rows[0]))


def _weight(gap: GapState) -> tuple[bool, bool, bool, bool, int, int]:
    """The order in which gaps matter now."""
    return not gap.selected, gap.mended, not gap.opened, not gap.current, -gap.day, gap.number


def gap_marks(state: SceneState, router: Router, speech: Speech) -> tuple[GapMark, ...]:
    """The gaps of a state: those that matter now as broken bars with a label, the others as a number at their token.

    Every gap has a mark, also where its ends are folded away. Those in front come last, so that they lie on top.
    """
    groups = grouped(state.gaps)
    whole = [rows for rows in groups if all(end in router.solid for end in rows[0].between)]
    front = [rows for at, rows in enumerate(whole[:LABELLED]) if at == 0 or any(_is_now(row) for row in rows)]
    board = _Board(router, speech, Crowd([*router.solid.values(), *router.texts]), _stand_ins(state, router))
    ways = [router.way(*rows[0].between, least=LEAST, crossed=CROSSED) for rows in front]
    marks = [(rows, board.on_way(rows, way, ways)) for rows, way in zip(front, ways, strict=True)]
    board.bars.add(*(box for way in ways for box in bar_boxes(way)))
    badges = board.badges([rows for rows in groups if rows not in front])
    shown = []
    for rows, mark in marks:
        done = labelled(mark, rows[0], router, speech, crowds=(board.taken, board.bars))
        board.taken.add(*([done.label] if done.label else []))
        shown.append(done)
    return (*badges, *reversed(shown))


def _is_now(gap: GapState) -> bool:
    """Whether a gap matters in this scene."""
    return gap.current or gap.selected


def _stand_ins(state: SceneState, router: Router) -> dict[str, str]:
    """For everybody who is not drawn the chip that counts them."""
    found: dict[str, str] = {}
    chips = [name for name in router.solid if name.startswith("fold:")]
    folded = [(fold.id, fold.ring, row.id) for fold in state.folds for row in fold.actors]
    folded += [("", row.ring, row.id) for row in state.actors] + [("", "leefwereld", doll.id) for doll in state.dolls]
    for fold, ring, who in folded:
        of_ring = [name for name in chips if name.split(":")[1] == ring]
        if chip := fold if fold in chips else next(iter(of_ring), ""):
            found[who] = chip
    return found


def bar_boxes(way: Way) -> list[Box]:
    """What a bar covers, as boxes along its way."""
    return [Box.around(point, BAR, BAR) for point in dense(way, 9)]


@dataclass
class _Board:
    """Where marks are put: what is taken, which bars lie there, and who stands in for whom."""

    router: Router
    speech: Speech
    taken: Crowd
    stands: dict[str, str]
    bars: Crowd = field(default_factory=Crowd)

    def on_way(self, rows: Group, way: Way, ways: Iterable[Way]) -> GapMark:
        """A mark with its disc on the way, small where that is narrow; beside its token where there is no room."""
        others = Crowd(box for other in ways if other is not way for box in bar_boxes(other))
        for radius in (RADIUS, SMALL):
            if spot := self._disc(way, radius, others):
                break
        else:
            way, radius, spot = (), RADIUS, self._beside(rows, others)
        mark = self._mark(rows, way, spot, radius=radius)
        self.taken.add(mark.disc_box.grown(1))
        return mark

    def badges(self, groups: Iterable[Group]) -> list[GapMark]:
        """A number against the token where each gap begins; with another number where all is full."""
        found: list[GapMark] = []
        for rows in groups:
            spot = self._spot_for(rows[0])
            mark = replace(self._mark(rows, (), spot or (0, 0), radius=SMALL), quiet=True)
            other = next((at for at in reversed(range(len(found))) if found[at].told == mark.told), None)
            if spot is None and other is not None:
                found[other] = _joined(found[other], mark)
            else:
                found.append(numbered(mark if spot else replace(mark, disc=self.router.frame.centre)))
        return found

    def _spot_for(self, gap: GapState) -> Point | None:
        """A free place at an end of a gap, or the nearest one to it."""
        names = (end if end in self.router.solid else self.stands.get(end, "") for end in gap.between)
        ends = [self.router.solid[name] for name in names if name]
        towards = ends[-1].centre if ends else self.router.frame.centre
        spots = [
            spot for end in ends for spot in sorted(_around(end, SMALL + 1), key=lambda spot: distance(spot, towards))
        ]
        boxes = (Box.around(spot, 2 * SMALL, 2 * SMALL) for spot in spots)
        box = next((box for box in boxes if self._fits(box, self.bars)), None)
        near, limits = ends[0].centre if ends else towards, self.router.frame.box
        size = (2 * SMALL, 2 * SMALL)
        box = box or free_spot(size, near, (self.taken, self.bars), limits, reach=FAR)
        if box is None:
            return None
        self.taken.add(box)
        return box.centre

    def _fits(self, box: Box, bars: Crowd) -> bool:
        """Whether a box lies in the drawing and on nothing else."""
        return box.inside(self.router.frame.box) and not self.taken.touches(box) and not bars.touches(box)

    def _disc(self, way: Way, radius: float, bars: Crowd) -> Point | None:
        """The place nearest to the middle of the way where the disc covers nothing; None when there is none."""
        shares = sorted((share / 40 for share in range(2, 39)), key=lambda share: abs(share - 0.5))
        spots = (along(way, share) for share in shares)
        wide = 2 * radius + 2
        return next((spot for spot in spots if self._fits(Box.around(spot, wide, wide), bars)), None)

    def _beside(self, rows: Group, bars: Crowd) -> Point:
        """The free place nearest to the token where the gap begins."""
        start = self.router.solid[rows[0].between[0]].centre
        size = (2 * RADIUS + 2, 2 * RADIUS + 2)
        box = free_spot(size, start, (self.taken, bars), self.router.frame.box, reach=FAR)
        return box.centre if box else start

    def _mark(self, rows: Group, way: Way, disc: Point, *, radius: float) -> GapMark:
        """The mark of one group without its label."""
        gap = rows[0]
        return GapMark(
            key=gap.key,
            keys=tuple(row.key for row in rows),
            numbers=tuple(gap_label(row, self.speech.language) for row in sorted(rows, key=lambda row: row.number)),
            from_=gap.between[0],
            to=gap.between[1],
            halves=_halves(way, disc, radius),
            disc=disc,
            radius=radius,
            mended=all(row.mended for row in rows),
            quiet=False,
            selected=any(row.selected for row in rows),
            new=any(row.opened for row in rows),
            says=" ".join(self.speech.gap(row) for row in rows),
            told=gap.told,
        )


def _joined(mark: GapMark, other: GapMark) -> GapMark:
    """A mark that stands for another one as well."""
    keys, numbers = (*mark.keys, *other.keys), (*mark.numbers, *other.numbers)
    return numbered(replace(mark, keys=keys, numbers=numbers, says=f"{mark.says} {other.says}"))


def _around(box: Box, away: float) -> list[Point]:
    """Points at a distance around a box."""
    across = [box.x + box.width * share for share in (0.1, 0.3, 0.5, 0.7, 0.9)]
    down = [box.y + box.height * share for share in (0.25, 0.5, 0.75)]
    above = [(x, y) for x in across for y in (box.y - away, box.bottom + away)]
    return above + [(x, y) for x in (box.x - away, box.right + away) for y in down]


def _halves(way: Way, disc: Point, radius: float) -> tuple[Bar, ...]:
    """The bar on both sides of the disc."""
    if not way:
        return ()
    whole = length(way) or 1.0
    middle = min(range(len(way)), key=lambda at: distance(way[at], disc))
    share, free = length(way[: middle + 1]) / whole, (radius + 7) / whole
    parts = ((0.0, share - free), (share + free, 1.0))
    return tuple(_bar(part(way, start, end)) for start, end in parts if end - start > 4 / whole)


def _bar(points: Way) -> Bar:
    """A stretch of a way, hatched across its direction."""
    (x, y), (far, low) = points[0], points[-1]
    return Bar(path(points), mirrored=(far - x) * (low - y) < 0)
