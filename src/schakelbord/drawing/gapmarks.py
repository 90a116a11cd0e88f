"""Gaps on the stage: hatched halves, a broken chain between them, a number, and a label for those that matter now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from schakelbord.drawing.metrics import text_width, wrap
from schakelbord.drawing.parts import Bar, GapMark
from schakelbord.drawing.routes import Router, Way, free_spot
from schakelbord.drawing.shapes import Box, Label, Markup, Point, along, distance, length, part, path
from schakelbord.drawing.states import GapState, SceneState
from schakelbord.drawing.tokens import LEADING, NAME, NOTE, centred
from schakelbord.drawing.words import gap_sentence, gap_word, join
from schakelbord.errors import Language

LABELLED: Final = 3
RADIUS: Final = 19.0
SMALL: Final = 14.0
HALF_WIDTH: Final = 7.0
LABEL_WIDTHS: Final = (196.0, 124.0)
LABEL_PAD: Final = (18.0, 12.0)
REACH: Final = 300.0
NEAR: Final = 150.0
LEAST: Final = 88.0
CROSSED: Final = 300.0
AIR: Final = 5.0

Group = tuple[GapState, ...]


def grouped(gaps: Sequence[GapState]) -> list[Group]:
    """Gaps between the same two together, the one to show in front first: selected, then new, then the latest."""
    found: dict[frozenset[str], list[GapState]] = {}
    for gap in gaps:
        found.setdefault(frozenset(gap.between), []).append(gap)
    groups = [tuple(sorted(rows, key=_weight)) for rows in found.values()]
    return sorted(groups, key=lambda rows: _weight(rows[0]))


def _weight(gap: GapState) -> tuple[bool, bool, bool, bool, int, int]:
    """The order in which gaps matter now."""
    return not gap.selected, gap.mended, not gap.opened, not gap.current, -gap.day, gap.number


def gap_marks(state: SceneState, router: Router, language: Language) -> tuple[GapMark, ...]:
    """The gaps of a state: those that matter now as broken bars with a label, the others as a number at their token.

    Those in front come last, so that they lie on top.
    """
    groups = [rows for rows in grouped(state.gaps) if all(end in router.solid for end in rows[0].between)]
    front = [rows for at, rows in enumerate(groups[:LABELLED]) if at == 0 or any(_is_now(row) for row in rows)]
    rest = groups[len(front) :]
    ways = [router.way(*rows[0].between, least=LEAST, crossed=CROSSED) for rows in front]
    taken = [*router.solid.values(), *router.texts]
    marks = []
    for rows, way in zip(front, ways, strict=True):
        mark = _on_way(rows, way, taken, router, language)
        taken.append(mark.disc_box.grown(1))
        marks.append((rows, mark))
    badges = [_badge(rows, router, taken, language) for rows in rest]
    shown = []
    for rows, mark in marks:
        done = _labelled(mark, rows, taken, router, language)
        taken += [done.label] if done.label else []
        shown.append(done)
    return (*(badge for badge in badges if badge), *reversed(shown))


def _is_now(gap: GapState) -> bool:
    """Whether a gap matters in this scene."""
    return gap.current or gap.selected


def _on_way(rows: Group, way: Way, taken: Sequence[Box], router: Router, language: Language) -> GapMark:
    """A mark with its disc on the way, small where that is narrow; beside its token where there is no room."""
    for radius in (RADIUS, SMALL):
        if spot := _disc(way, radius, taken, router.frame.box):
            return _mark(rows, way, spot, language, radius=radius)
    return _mark(rows, (), _beside(rows, router, taken), language)


def _badge(rows: Group, router: Router, taken: list[Box], language: Language) -> GapMark | None:
    """A number against the token where the gap begins, on the side of the other end."""
    one, other = (router.solid[end] for end in rows[0].between)
    spots = sorted(_around(one, SMALL + 1), key=lambda spot: distance(spot, other.centre))
    free = (Box.around(spot, 2 * SMALL, 2 * SMALL) for spot in spots)
    box = next((box for box in free if _fits(box, taken, router.frame.box)), None)
    if box is None:
        return None
    taken.append(box)
    return _numbered(replace(_mark(rows, (), box.centre, language, radius=SMALL), quiet=True))


def _fits(box: Box, taken: Sequence[Box], limits: Box) -> bool:
    """Whether a box lies in the drawing and on nothing else."""
    return box.inside(limits) and not any(box.overlaps(other) for other in taken)


def _around(box: Box, away: float) -> list[Point]:
    """Points at a distance around a box."""
    across = [box.x + box.width * share for share in (0.1, 0.3, 0.5, 0.7, 0.9)]
    down = [box.y + box.height * share for share in (0.25, 0.5, 0.75)]
    above = [(x, y) for x in across for y in (box.y - away, box.bottom + away)]
    return above + [(x, y) for x in (box.x - away, box.right + away) for y in down]


def _disc(way: Way, radius: float, taken: Sequence[Box], limits: Box) -> Point | None:
    """The place nearest to the middle of the way where the disc covers nothing; None when there is none."""
    shares = sorted((share / 40 for share in range(2, 39)), key=lambda share: abs(share - 0.5))
    spots = (along(way, share) for share in shares)
    wide = 2 * radius + 2
    return next((spot for spot in spots if _fits(Box.around(spot, wide, wide), taken, limits)), None)


def _beside(rows: Group, router: Router, taken: Sequence[Box]) -> Point:
    """The free place nearest to the token where the gap begins."""
    start = router.solid[rows[0].between[0]].centre
    box = free_spot((2 * RADIUS + 2, 2 * RADIUS + 2), start, taken, router.frame.box, reach=600)
    return box.centre if box else start


def _mark(rows: Group, way: Way, disc: Point, language: Language, *, radius: float = RADIUS) -> GapMark:
    """The mark of one group without its label."""
    gap = rows[0]
    return GapMark(
        key=gap.key,
        keys=tuple(row.key for row in rows),
        numbers=tuple(sorted(row.number for row in rows)),
        from_=gap.between[0],
        to=gap.between[1],
        halves=_halves(way, disc, radius),
        disc=disc,
        radius=radius,
        mended=all(row.mended for row in rows),
        quiet=False,
        selected=any(row.selected for row in rows),
        new=any(row.opened for row in rows),
        says=" ".join(gap_sentence(row, language) for row in rows),
    )


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


def _numbered(mark: GapMark) -> GapMark:
    """A mark with its number on the disc instead of a picture."""
    text = str(mark.numbers[-1] if mark.quiet else mark.numbers[0])
    label = centred(text, mark.disc[0], mark.disc[1] - LEADING / 2, NOTE, weight=700)
    return replace(mark, number=label)


def _labelled(mark: GapMark, rows: Group, taken: Sequence[Box], router: Router, language: Language) -> GapMark:
    """A mark with its label at a free place near its disc; with its number on the disc where there is none."""
    numbers = join([str(number) for number in mark.numbers], language)
    head = f"{gap_word(len(mark.numbers), language)} {numbers}"
    lines = [Box.around(point, 16, 16) for way in router.laid for point in way[::3]]
    aired = [box.grown(AIR) for box in taken]
    for covered in ([*aired, *lines], aired):
        found: list[tuple[int, int, Box, tuple[str, ...]]] = []
        for width in LABEL_WIDTHS:
            titles = wrap(rows[0].title.get(language), width, NAME, weight=700, lines=2)
            if box := _free(_size(head, titles), mark, covered, router):
                found.append((round(distance(box.centre, mark.disc) / NEAR), len(found), box, titles))
        if found:
            _, _, box, titles = min(found)
            return _with_label(mark, box, head, titles)
    return _numbered(mark)


def _size(head: str, titles: Sequence[str]) -> tuple[float, float]:
    """How large a label is."""
    wide = max([text_width(head, NOTE, weight=800), *(text_width(line, NAME, weight=700) for line in titles)])
    return wide + sum(LABEL_PAD), LEADING * (1 + len(titles)) + 12


def _free(size: tuple[float, float], mark: GapMark, covered: Sequence[Box], router: Router) -> Box | None:
    """A free place for a label: against the disc, else near it with a clear line to it."""
    limits = router.frame.box.grown(-3)
    near = Box.around(mark.disc, 2 * mark.radius + 2 * AIR + 4, 2 * mark.radius + 2 * AIR + 4)
    sight = [box for box in (*router.solid.values(), *router.texts) if not box.holds(mark.disc)]
    beside = _beside_disc(size, near, covered, limits)
    return beside or free_spot(size, mark.disc, covered, limits, reach=REACH, sight=sight)


def _with_label(mark: GapMark, box: Box, head: str, titles: Sequence[str]) -> GapMark:
    """A mark with its label in a box."""
    x, top = box.x + LABEL_PAD[0], box.y + 6
    return replace(
        mark,
        label=box,
        leader=_leader(mark, box),
        heading=_line(head, x, top, NOTE, 800),
        title=_line(titles[0], x, top + LEADING, NAME, 700) if titles else None,
        line=_line(titles[1], x, top + 2 * LEADING, NAME, 700) if len(titles) > 1 else None,
    )


def _beside_disc(size: tuple[float, float], disc: Box, taken: Sequence[Box], limits: Box) -> Box | None:
    """A place for the label right above, below or beside the disc."""
    (width, height), (x, y) = size, disc.centre
    spots = [
        *((x - width * share, disc.y - height) for share in (0.5, 0.3, 0.7, 0.1, 0.9)),
        *((x - width * share, disc.bottom) for share in (0.5, 0.3, 0.7, 0.1, 0.9)),
        *((disc.right, y - height * share) for share in (0.5, 0.2, 0.8)),
        *((disc.x - width, y - height * share) for share in (0.5, 0.2, 0.8)),
    ]
    boxes = (Box(left, top, width, height) for left, top in spots)
    return next((box for box in boxes if box.inside(limits) and not any(box.overlaps(other) for other in taken)), None)


def _leader(mark: GapMark, box: Box) -> Markup | None:
    """A thin line from the disc to a label that does not lie against it."""
    nearest = (min(max(mark.disc[0], box.x), box.right), min(max(mark.disc[1], box.y), box.bottom))
    return path([mark.disc, nearest]) if distance(nearest, mark.disc) > mark.radius + 12 else None


def _line(text: str, x: float, top: float, size: float, weight: int) -> Label:
    width = text_width(text, size, weight=weight)
    return Label(text, x, top + 0.8 * LEADING, Box(x, top, width, LEADING))
