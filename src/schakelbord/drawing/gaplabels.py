"""Labels of gaps: at a free place near the mark, over no bar, token or other label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from schakelbord.drawing.crowd import Crowd
from schakelbord.drawing.metrics import text_width, wrap
from schakelbord.drawing.parts import GapMark
from schakelbord.drawing.routes import Router, free_spot
from schakelbord.drawing.says import Speech
from schakelbord.drawing.shapes import Box, Label, Markup, distance, path
from schakelbord.drawing.states import GapState
from schakelbord.drawing.tokens import LEADING, NAME, NOTE, centred
from schakelbord.drawing.words import gap_word, join, origin_word

WIDTHS: Final = (196.0, 124.0)
PAD: Final = (18.0, 12.0)
REACH: Final = 300.0
NEAR: Final = 150.0
AIR: Final = 5.0

Crowds = Sequence[Crowd]


def labelled(mark: GapMark, gap: GapState, router: Router, speech: Speech, *, crowds: Crowds) -> GapMark:
    """A mark with its label at a free place near its disc.

    Without room for number and title the label has the number only; without room for that the disc bears it.
    """
    head = _heading(mark, gap, speech)
    title = gap.title.get(speech.language)
    found: list[tuple[int, int, Box, tuple[str, ...]]] = []
    for width in WIDTHS:
        titles = wrap(title, width, NAME, weight=700, lines=2)
        if box := _free(_size(head, titles), mark, crowds, router):
            found.append((round(distance(box.centre, mark.disc) / NEAR), len(found), box, titles))
    if found:
        _, _, box, titles = min(found)
        return _with_label(mark, box, head, titles)
    alone = _free(_size(head, ()), mark, crowds, router)
    return _with_label(mark, alone, head, ()) if alone else numbered(mark)


def numbered(mark: GapMark) -> GapMark:
    """A mark with its number on the disc instead of a picture."""
    text = mark.numbers[-1] if mark.quiet else mark.numbers[0]
    top = mark.disc[1] - LEADING / 2 - (2 if mark.told else 0)
    return replace(mark, number=centred(text, mark.disc[0], top, NOTE, weight=700))


def _heading(mark: GapMark, gap: GapState, speech: Speech) -> str:
    """`Hiaat Z2 · verteld · 27×`. Where the room told none, a computed gap needs not say that it was computed."""
    language = speech.language
    parts = [f"{gap_word(len(mark.numbers), language)} {join(mark.numbers, language)}"]
    if any(row.told for row in speech.state.gaps):
        parts.append(origin_word(gap, language))
    if gap.count:
        parts.append(f"{gap.count}×")
    return " · ".join(parts)


def _size(head: str, titles: Sequence[str]) -> tuple[float, float]:
    """How large a label is."""
    wide = max([text_width(head, NOTE, weight=800), *(text_width(line, NAME, weight=700) for line in titles)])
    return wide + sum(PAD), LEADING * (1 + len(titles)) + 12


def _free(size: tuple[float, float], mark: GapMark, crowds: Crowds, router: Router) -> Box | None:
    """A free place for a label: against the disc, else near it with a clear line to it."""
    limits = router.frame.box.grown(-3)
    near = Box.around(mark.disc, 2 * mark.radius + 2 * AIR + 4, 2 * mark.radius + 2 * AIR + 4)
    sight = [box for box in (*router.solid.values(), *router.texts) if not box.holds(mark.disc)]
    beside = _beside_disc(size, near, crowds, limits)
    return beside or free_spot(size, mark.disc, crowds, limits, reach=REACH, sight=sight, air=AIR)


def _beside_disc(size: tuple[float, float], disc: Box, crowds: Crowds, limits: Box) -> Box | None:
    """A place for the label right above, below or beside the disc."""
    (width, height), (x, y) = size, disc.centre
    spots = [
        *((x - width * share, disc.y - height) for share in (0.5, 0.3, 0.7, 0.1, 0.9)),
        *((x - width * share, disc.bottom) for share in (0.5, 0.3, 0.7, 0.1, 0.9)),
        *((disc.right, y - height * share) for share in (0.5, 0.2, 0.8)),
        *((disc.x - width, y - height * share) for share in (0.5, 0.2, 0.8)),
    ]
    boxes = (Box(left, top, width, height) for left, top in spots)
    return next(
        (box for box in boxes if box.inside(limits) and not any(crowd.touches(box.grown(AIR)) for crowd in crowds)),
        None,
    )


def _with_label(mark: GapMark, box: Box, head: str, titles: Sequence[str]) -> GapMark:
    """A mark with its label in a box."""
    x, top = box.x + PAD[0], box.y + 6
    return replace(
        mark,
        label=box,
        leader=_leader(mark, box),
        heading=_line(head, x, top, NOTE, 800),
        title=_line(titles[0], x, top + LEADING, NAME, 700) if titles else None,
        line=_line(titles[1], x, top + 2 * LEADING, NAME, 700) if len(titles) > 1 else None,
    )


def _leader(mark: GapMark, box: Box) -> Markup | None:
    """A thin line from the disc to a label that does not lie against it."""
    nearest = (min(max(mark.disc[0], box.x), box.right), min(max(mark.disc[1], box.y), box.bottom))
    return path([mark.disc, nearest]) if distance(nearest, mark.disc) > mark.radius + 12 else None


def _line(text: str, x: float, top: float, size: float, weight: int) -> Label:
    width = text_width(text, size, weight=weight)
    return Label(text, x, top + 0.8 * LEADING, Box(x, top, width, LEADING))
