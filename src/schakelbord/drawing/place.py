"""From the state of a scene to a drawing: every token, line, gap and label at its place, nothing on top of a text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from schakelbord.drawing.crowd import Crowd
from schakelbord.drawing.gapmarks import gap_marks
from schakelbord.drawing.life import captions, doll_tokens, life_dividers, trails
from schakelbord.drawing.light import Light
from schakelbord.drawing.metrics import text_width
from schakelbord.drawing.parts import Drawing, GapMark, LineMark, RingGroup, RingMark, Token, TravelMark
from schakelbord.drawing.pictograms import symbols
from schakelbord.drawing.rings import BASE, SEATS, Curve, Frame
from schakelbord.drawing.routes import Router, Way, free_spot
from schakelbord.drawing.says import Speech
from schakelbord.drawing.shapes import Box, Label, Markup, Point, along, length, path
from schakelbord.drawing.states import (
    EVERYWHERE,
    RINGS,
    ChannelState,
    FoldState,
    Ring,
    SceneState,
)
from schakelbord.drawing.tokens import LEADING, NOTE, PIECE, actor_token, centred, fold_token
from schakelbord.drawing.words import RING_NAMES, TOLD, fold_sentence, fold_text, stage_description, stage_title
from schakelbord.errors import Language

__all__ = ["Drawing", "place_stage"]

Link = Callable[[str], str]
MOST_PILLS: Final = 5
NEAR: Final = 80.0
PILL_AT: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
FINER: Final = tuple(sorted((at / 40 for at in range(3, 38)), key=lambda share: abs(share - 0.5)))
CORNERS: Final = {"low left": (-1, 1), "low right": (1, 1), "high right": (1, -1)}
FOLD_AT: Final[dict[Ring, float]] = {"uitvoering": 0.5, "beleid": 0.92, "bestuur": 0.6}
NAME_AT: Final[dict[Ring, float]] = {"uitvoering": 0.0, "beleid": -0.17, "bestuur": -0.17}


def place_stage(
    state: SceneState,
    *,
    width: float = BASE[0],
    height: float = BASE[1],
    language: Language = "nl",
    large: bool = False,
    link: Link | None = None,
) -> Drawing:
    """The stage as a drawing.

    Args:
        state: what to show.
        width: width of the area on the screen; only its ratio to the height counts.
        height: height of the area on the screen.
        language: of all texts.
        large: larger letters, without those who play no part (for large halls).
        link: gives the address behind a token, by the id of an actor or doll, a fold or the key of a gap.
    """
    frame = Frame.fitting(width, height, large=large)
    speech = Speech.of(state, language)
    tokens = _tokens(state, frame, speech)
    words = [*captions(state, frame, language), *_life_name(frame, language)]
    left = trails(state, frame)
    texts = (
        [label.box for label in words]
        + [trail.box for trail in left]
        + [box for ring in RINGS[1:] for box in _name_boxes(ring, frame, language)]
    )
    router = Router(frame, {token.id: token.box for token in tokens}, texts)
    gaps = gap_marks(state, router, speech)
    router.covers += [box for gap in gaps for box in (gap.disc_box, gap.label) if box]
    taken = _taken(tokens, words, gaps)
    lines = _lines(state.channels, router, taken, language)
    travels = _travels(state, lines, [*taken, *(line.pill for line, _ in lines if line.pill)], frame.box)
    light = Light.of(state)
    linked = [_linked(light.token(token), state, link) for token in tokens]
    return Drawing(
        width=frame.width,
        height=frame.height,
        language=language,
        scene=state.scene,
        title=stage_title(state, language),
        description=stage_description(state, language),
        rings=tuple(_ring(ring, frame, language) for ring in ("bestuur", "beleid", "uitvoering", "leefwereld")),
        dividers=(*_dividers(state, frame), *life_dividers(state, frame)),
        captions=tuple(words),
        trails=left,
        lines=tuple(light.line(line) for line, _ in lines),
        travels=travels,
        groups=tuple(_group(ring, linked, language) for ring in RINGS),
        gaps=tuple(replace(light.gap(gap), href=link(gap.key) if link else "") for gap in gaps),
        symbols=symbols([*(token.symbol for token in tokens if token.symbol), *_always(state)]),
    )


def _always(state: SceneState) -> list[str]:
    """Pictures besides those of tokens."""
    found = ["puzzel", "puzzel-leeg"]
    if state.gaps:
        found += ["hiaat", "vink"]
    if any(doll.came_from for doll in state.dolls):
        found.append("pop-spoor")
    return found


def _tokens(state: SceneState, frame: Frame, speech: Speech) -> list[Token]:
    """Dolls, actors at their seats, and the chips of those who are folded away."""
    actors = [row for row in state.actors if row.active or not frame.large]
    seats = {ring: frame.seats(ring) for ring in SEATS}
    found = list(doll_tokens(state, frame, speech))
    for actor in actors:
        gaps = [gap for gap in state.gaps if actor.id in gap.between]
        seat = seats[actor.ring][state.seating.seats[actor.id]]
        found.append(actor_token(actor, seat, gaps, speech, selected=state.selected))
    return found + _folds(state, frame, speech.language)


def _folds(state: SceneState, frame: Frame, language: Language) -> list[Token]:
    """One chip a ring and sector in uitvoering, one a ring further out."""
    found = []
    sectors = [row.id for row in state.places if row.sector is not None]
    rings: tuple[Ring, ...] = ("uitvoering",) if frame.large else ("uitvoering", "beleid", "bestuur")
    for ring in rings:
        rows = [fold for fold in state.folds if fold.ring == ring]
        apart = _apart(rows, sectors) if ring == "uitvoering" and len(sectors) == 2 else [("low right", rows)]
        for corner, group in apart:
            if count := sum(len(fold.actors) for fold in group):
                place = _corner(frame, ring, corner)
                says = fold_sentence(group, _where(state, group, language), language)
                found.append(fold_token(group[0].id, ring, place, fold_text(count, language), says))
    return found


def _apart(rows: Sequence[FoldState], sectors: Sequence[str]) -> list[tuple[str, list[FoldState]]]:
    """Folds of two municipalities left and right, the shared ones above."""
    corners = {sectors[0]: "low left", sectors[1]: "low right", EVERYWHERE: "high right"}
    return [(corner, [fold for fold in rows if fold.sector == sector]) for sector, corner in corners.items()]


def _where(state: SceneState, group: Sequence[FoldState], language: Language) -> str:
    """The municipality of a group, if it is one."""
    sectors = {fold.sector for fold in group}
    names = [row.name.get(language) for row in state.places if {row.id} == sectors]
    return names[0] if names else ""


def _corner(frame: Frame, ring: Ring, corner: str) -> Point:
    """A place for a chip: in uitvoering on its edge, further out on the middle line of the ring."""
    curve, (bx, by) = frame.curve(ring), frame.band
    if ring != "uitvoering":
        curve = Curve(curve.centre, curve.rx - bx / 2, curve.ry - by / 2)
    x, y = curve.quarter(FOLD_AT[ring])
    right, low = CORNERS[corner]
    return curve.centre[0] + x * right, curve.centre[1] + y * low


def _taken(tokens: Iterable[Token], words: Iterable[Label], gaps: Iterable[GapMark]) -> list[Box]:
    """What labels of lines may not cover."""
    found = [token.box.grown(3) for token in tokens] + [label.box for label in words]
    for gap in gaps:
        found.append(gap.disc_box.grown(3))
        found += [gap.label.grown(3)] if gap.label else []
    return found


def _lines(
    channels: Sequence[ChannelState], router: Router, taken: Sequence[Box], language: Language
) -> list[tuple[LineMark, Way]]:
    """The channels, those of now first, so that they get the straight ways and the labels."""
    found: list[tuple[LineMark, Way]] = []
    drawn: set[frozenset[str]] = set()
    covered = Crowd(taken)
    for row in sorted(channels, key=lambda row: (not row.told, not row.arrived, row.id)):
        pair = frozenset((row.from_, row.to))
        if (pair in drawn and not row.told) or len(pair) < 2 or not pair <= set(router.solid):
            continue
        drawn.add(pair)
        way = router.way(row.from_, row.to)
        mark = LineMark(row.id, row.from_, row.to, path(way), paper=row.paper, new=row.arrived, told=row.told)
        pills = sum(line.pill is not None for line, _ in found)
        if row.told or (row.arrived and pills < MOST_PILLS):
            mark = _with_pill(mark, _pill_texts(row, language), way, covered, router.frame)
            covered.add(*([mark.pill] if mark.pill else []))
        found.append((mark, way))
    return found


def _pill_texts(row: ChannelState, language: Language) -> tuple[str, ...]:
    """The legal ground of a line; a told one says that it was told, if need be that alone."""
    ground = f"§ {row.ground}" if row.ground else ""
    told = TOLD.get(language)
    texts = (f"{told} {ground}".strip(), told) if row.told else (ground,)
    return tuple(text for text in texts if text)


def _with_pill(mark: LineMark, texts: Sequence[str], way: Way, covered: Crowd, frame: Frame) -> LineMark:
    """A line with the first of some texts for which there is room along the line."""
    for text in texts:
        size = (text_width(text, NOTE) + 20, 26.0)
        boxes = [Box.around(along(way, share), *size) for share in (FINER if mark.told else PILL_AT)]
        if mark.told and (beside := free_spot(size, along(way, 0.5), [covered], frame.box, reach=NEAR)):
            boxes.append(beside)
        box = next((box for box in boxes if box.inside(frame.box) and not covered.touches(box)), None)
        if box is not None:
            label = centred(text, box.centre[0], box.centre[1] - LEADING / 2, NOTE)
            return replace(mark, pill=box, pill_text=label)
    return mark


def _travels(
    state: SceneState, lines: Sequence[tuple[LineMark, Way]], taken: Sequence[Box], whole: Box
) -> tuple[TravelMark, ...]:
    """The pieces that are on their way on this day, as far along their line as time has passed."""
    ways = {(line.from_, line.to): way for line, way in lines} | {
        (line.to, line.from_): way[::-1] for line, way in lines
    }
    found: list[TravelMark] = []
    covered = Crowd(taken)
    for trip in state.journeys:
        way = ways.get((trip.from_, trip.to))
        if way is None or not trip.under_way:
            continue
        share = (state.day - trip.sent + 0.5) / (trip.arrives - trip.sent + 0.5)
        for shift in (0.0, 0.1, -0.1, 0.2, -0.2, 0.3, -0.3):
            box = Box.around(along(way, min(0.95, max(0.05, share + shift))), *PIECE)
            if box.inside(whole) and not covered.touches(box):
                covered.add(box)
                found.append(TravelMark(f"{trip.to}|{trip.signal}|{trip.about}", box, trip.hue))
                break
    return tuple(found)


def _linked(token: Token, state: SceneState, link: Link | None) -> Token:
    """A token with its address and the ids of those it is joined to."""
    joined = [(row.from_, row.to) for row in state.channels] + [gap.between for gap in state.gaps]
    others = dict.fromkeys(b if a == token.id else a for a, b in joined if token.id in {a, b})
    return replace(token, href=link(token.id) if link else "", links=" ".join(others))


def _group(ring: Ring, tokens: Sequence[Token], language: Language) -> RingGroup:
    return RingGroup(ring, RING_NAMES[ring].get(language), tuple(token for token in tokens if token.ring == ring))


def _ring(ring: Ring, frame: Frame, language: Language) -> RingMark:
    """A ring with its name along its left side, where nobody sits."""
    name = "" if ring == "leefwereld" else RING_NAMES[ring].get(language).upper()
    return RingMark(ring, frame.curve(ring).path, path(_name_line(ring, frame)), name)


def _name_line(ring: Ring, frame: Frame) -> list[Point]:
    """The base line of a ring's name, upward along the left side; further out in the middle of the band."""
    curve, (bx, by) = frame.curve(ring), frame.band
    inset = 15.0 if ring == "uitvoering" else bx / 2 - 5
    line = Curve(curve.centre, curve.rx - inset, curve.ry - by / 2)
    middle = math.pi * (1 - NAME_AT.get(ring, 0))
    return [line.at(middle + (step - 20) / 20 * 0.4) for step in range(41)]


def _name_boxes(ring: Ring, frame: Frame, language: Language) -> list[Box]:
    """What the name of a ring covers, letter by letter so to say."""
    line = _name_line(ring, frame)
    reach = text_width(RING_NAMES[ring].get(language).upper(), NOTE, weight=700) * 1.15 / 2 / length(line)
    return [Box.around(along(line, 0.5 + reach * step / 6), 24, 24) for step in range(-6, 7)]


def _life_name(frame: Frame, language: Language) -> tuple[Label, ...]:
    """The name of the life world, under its upper edge."""
    x, y = frame.centre
    life = frame.curve("leefwereld")
    text = RING_NAMES["leefwereld"].get(language).upper()
    label = centred(text, x, y - life.ry + 12, NOTE, weight=700)
    wide = 1.1 * label.box.width + 6
    return (replace(label, box=Box(x - wide / 2, label.box.y, wide, label.box.height)),)


def _dividers(state: SceneState, frame: Frame) -> tuple[Markup, ...]:
    """The line between two municipalities through uitvoering, above and below the life world."""
    if not state.seating.spans:
        return ()
    x, y = frame.centre
    life, edge = frame.curve("leefwereld"), frame.curve("uitvoering")
    return tuple(path([(x, y + way * life.ry), (x, y + way * edge.ry)]) for way in (-1, 1))
