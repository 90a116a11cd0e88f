"""The life world in the middle: where dolls stand, where they came from, and the names of the places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schakelbord.drawing.metrics import shorten
from schakelbord.drawing.parts import Token, Trail
from schakelbord.drawing.pictograms import DOLLS
from schakelbord.drawing.rings import Frame
from schakelbord.drawing.says import Speech
from schakelbord.drawing.shapes import Box, Label, Markup, Point, bend, number, path
from schakelbord.drawing.states import DollState, SceneState
from schakelbord.drawing.tokens import LEADING, NAME, NOTE, centred, fold_token
from schakelbord.drawing.words import fold_text, lowered, pick
from schakelbord.errors import Language

SHAPE: Final = 76 / 116
LEAD: Final = 108.0
OTHER: Final = 84.0
LEAST: Final = 24.0
MOST_ROWS: Final = 2
NARROW: Final = 58.0
TOP: Final = 58.0
INSET: Final = 34.0
ABROAD: Final = (92.0, 92.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """The room of one doll: its doll stands on the floor of the picture part, its words below."""

    box: Box
    words: int

    def doll(self, tall: float) -> Box:
        """The box of a doll that is at most `tall`."""
        room = self.box.height - self.words * LEADING - 6
        height = max(LEAST, min(tall, room, (self.box.width - 3) / SHAPE))
        floor = self.box.bottom - self.words * LEADING - 3
        return Box(self.box.centre[0] - height * SHAPE / 2, floor - height, height * SHAPE, height)


def homes_now(state: SceneState) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Where dolls ever live, those whom the room brought in after the others."""
    guests: dict[str, list[str]] = {}
    for doll in state.dolls:
        if doll.added:
            guests.setdefault(doll.place, []).append(doll.id)
    base = dict(state.seating.homes)
    return tuple(
        (row.id, (*base.get(row.id, ()), *guests.get(row.id, ())))
        for row in state.places
        if row.id in base or row.id in guests
    )


def columns(state: SceneState, frame: Frame) -> dict[str, Box]:
    """Per place where dolls ever live its part of the life world; places abroad have a corner outside the rings."""
    life = frame.curve("leefwereld")
    homes = [place for place, _ in homes_now(state) if _sector(state, place) is not None]
    width = 2 * (life.rx - INSET) / max(1, len(homes))
    left, top = frame.centre[0] - life.rx + INSET, frame.centre[1] - life.ry + TOP
    height = 2 * life.ry - TOP - 29
    found = {place: Box(left + at * width, top, width, height) for at, place in enumerate(homes)}
    abroad = [row.id for row in state.places if row.sector is None and row.id in dict(homes_now(state))]
    corners = ((1, 1), (1, 0), (0, 1), (0, 0))
    for place, (right, low) in zip(abroad, corners, strict=False):
        x = frame.width - ABROAD[0] - 4 if right else 4
        y = frame.height - ABROAD[1] - 4 if low else 4
        found[place] = Box(x, y, *ABROAD)
    return found


def _sector(state: SceneState, place: str) -> int | None:
    return next((row.sector for row in state.places if row.id == place), None)


def cells(state: SceneState, frame: Frame) -> dict[tuple[str, str], Cell]:
    """Per place and doll a cell of its own, so that nobody moves when others come and go. Who does not fit has none."""
    found: dict[tuple[str, str], Cell] = {}
    boxes, added = columns(state, frame), {doll.id for doll in state.dolls if doll.added}
    for place, dolls in homes_now(state):
        if place not in boxes:
            continue
        box, outside = boxes[place], _sector(state, place) is None
        if outside:
            room = Box(box.x, box.y, box.width, box.height - LEADING - 3)
            found |= {(place, doll): cell for doll, cell in zip(dolls, _grid(room, 1, 1, 1), strict=False)}
            continue
        own = [doll for doll in dolls if doll not in added]
        guests = [doll for doll in dolls if doll in added]
        spots = _beside(box, _rows(box, own), len(guests)) if own else []
        grid = [*_rows(box, own), *spots] if len(spots) == len(guests) else _rows(box, dolls)
        found |= {(place, doll): cell for doll, cell in zip((*own, *guests), grid, strict=False)}
    return found


def _rows(box: Box, dolls: Sequence[str]) -> list[Cell]:
    """Cells for dolls in one row, or in two where one is too narrow."""
    per_row = max(1, int(box.width // NARROW))
    rows = 1 if len(dolls) <= per_row else MOST_ROWS
    across = len(dolls) if rows == 1 else min(per_row, -(-len(dolls) // rows))
    return _grid(box, across, rows, 2 if rows == 1 else 1)


def _beside(box: Box, cells: Sequence[Cell], count: int) -> list[Cell]:
    """Cells for guests right and left of a row, so that nobody makes way; none when they do not all fit."""
    row = cells[-1].box
    left, right = min(cell.box.x for cell in cells), max(cell.box.right for cell in cells)
    words = cells[-1].words
    spots = []
    for at in range(count):
        x = right if at % 2 == 0 else left - NARROW
        right, left = (right + NARROW, left) if at % 2 == 0 else (right, left - NARROW)
        spots.append(Cell(Box(x, row.y, NARROW, row.height), words))
    fits = all(cell.box.x >= box.x - 1 and cell.box.right <= box.right + 1 for cell in spots)
    return spots if fits and len({cell.box.y for cell in cells}) == 1 else []


def _grid(box: Box, across: int, rows: int, words: int) -> list[Cell]:
    """Equal cells in rows."""
    width, height = min(box.width / across, 84.0), box.height / rows
    left = box.centre[0] - width * across / 2
    return [
        Cell(Box(left + column * width, box.y + row * height, width, height), words)
        for row in range(rows)
        for column in range(across)
    ]


def doll_tokens(state: SceneState, frame: Frame, speech: Speech) -> tuple[Token, ...]:
    """The dolls where they live now, and a chip that counts those for whom there is no room."""
    room = cells(state, frame)
    found = [_doll(doll, room[doll.place, doll.id], speech) for doll in state.dolls if (doll.place, doll.id) in room]
    if hidden := hidden_dolls(state, frame):
        x, y = frame.centre
        words = fold_text(len(hidden), speech.language)
        says = " ".join([words + ".", *(speech.doll(doll) for doll in hidden)])
        low = y + frame.curve("leefwereld").ry
        found.append(fold_token("fold:leefwereld:all", "leefwereld", (x, low), words, says))
    return tuple(found)


def hidden_dolls(state: SceneState, frame: Frame) -> tuple[DollState, ...]:
    """The dolls for whom the life world has no room."""
    room = cells(state, frame)
    return tuple(doll for doll in state.dolls if (doll.place, doll.id) not in room)


def _doll(doll: DollState, cell: Cell, speech: Speech) -> Token:
    language = speech.language
    box, centre = cell.doll(LEAD if doll.lead else OTHER), cell.box.centre[0]
    wide = cell.box.width - 4
    age = pick(language, nl=f"{doll.age} jaar", en=f"age {doll.age}")
    first = cell.box.bottom - cell.words * LEADING
    lines = [doll.name, age] if cell.words == 2 else [f"{doll.name}, {doll.age}"]
    names = (centred(shorten(lines[0], wide, NAME, weight=700), centre, first, NAME, weight=700),)
    notes = tuple(centred(shorten(line, wide, NOTE), centre, first + LEADING, NOTE) for line in lines[1:])
    covered = _around([box, *(label.box for label in (*names, *notes))])
    return Token(
        id=doll.id,
        shape="doll",
        ring="leefwereld",
        box=covered,
        says=speech.doll(doll),
        quiet=not doll.lead,
        names=names,
        notes=notes,
        symbol=DOLLS[doll.pattern],
        picture=box,
        hue=doll.hue,
        selected=doll.id == speech.state.selected,
        changed=doll.moved,
        added=doll.added,
    )


def _around(boxes: list[Box]) -> Box:
    """The smallest box around some boxes."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def captions(state: SceneState, frame: Frame, language: Language) -> tuple[Label, ...]:
    """The names of the places where dolls live, the name of the life world apart."""
    found = []
    many = sum(row.sector is not None for row in state.places) > 1
    for place, box in columns(state, frame).items():
        row = next(row for row in state.places if row.id == place)
        outside = row.sector is None
        if (not many and not outside) or (outside and all(doll.place != place for doll in state.dolls)):
            continue
        text = shorten(lowered(row.name.get(language), language), box.width - 12, NOTE, weight=700)
        top = box.bottom - LEADING if outside else box.y - LEADING - 1
        found.append(centred(text, box.centre[0], top, NOTE, weight=700))
    return tuple(label for label in found if label.text)


def life_dividers(state: SceneState, frame: Frame) -> tuple[Markup, ...]:
    """The lines between municipalities in the life world."""
    boxes = [box for place, box in columns(state, frame).items() if _sector(state, place) is not None]
    life = frame.curve("leefwereld")
    lines = []
    for box in boxes[1:]:
        half = life.height_at(box.x - frame.centre[0])
        lines.append(path([(box.x, frame.centre[1] - half + 34), (box.x, frame.centre[1] + half)]))
    return tuple(lines)


def trails(state: SceneState, frame: Frame) -> tuple[Trail, ...]:
    """For everybody who moved in this scene the outline of the old place; for the first lead doll also an arrow."""
    room = cells(state, frame)
    found: list[Trail] = []
    for doll in sorted(state.dolls, key=lambda doll: not doll.lead):
        old, new = room.get((doll.came_from or "", doll.id)), room.get((doll.place, doll.id))
        if old is None or new is None:
            continue
        tall = LEAD if doll.lead else OTHER
        inside = _sector(state, doll.place) is not None
        arrow = _arrow(old.doll(tall), new.doll(tall)) if inside and not found else (Markup(""), Markup(""))
        found.append(Trail(old.doll(tall), *arrow))
    return tuple(found)


def _arrow(old: Box, new: Box) -> tuple[Markup, Markup]:
    """A bow from the old place to the new, and its head."""
    way = 1 if new.centre[0] > old.centre[0] else -1
    start: Point = (old.centre[0] + way * old.width / 2, old.y + 14)
    end: Point = (new.centre[0] - way * (new.width / 2 + 4), new.y + 14)
    middle = ((start[0] + end[0]) / 2, min(start[1], end[1]) - 26)
    points = bend(start, middle, end)
    (x, y), (px, py) = points[-1], points[-3]
    dx, dy = x - px, y - py
    size = max((dx**2 + dy**2) ** 0.5, 1)
    dx, dy = dx / size * 11, dy / size * 11
    head = Markup(
        f"M{number(x)} {number(y)}L{number(x - dx - dy * 0.5)} {number(y - dy + dx * 0.5)}"
        f"L{number(x - dx + dy * 0.5)} {number(y - dy - dx * 0.5)}Z"
    )
    return path(points), head
