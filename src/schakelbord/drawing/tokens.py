"""Cards, capsules, chairs, chips and dolls: from a state and a place to a token with its texts and pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schakelbord.drawing.metrics import shorten, text_width
from schakelbord.drawing.names import name_lines, token_name
from schakelbord.drawing.parts import PieceMark, Token
from schakelbord.drawing.pictograms import symbol_of
from schakelbord.drawing.rings import CARD, CHIP
from schakelbord.drawing.says import Speech
from schakelbord.drawing.shapes import Box, Label, Point
from schakelbord.drawing.states import ActorState, GapState, Ring
from schakelbord.drawing.words import (
    CHAIR,
    EMPTY_CHAIR,
    FROM_ROOM,
    KNOWS_NOTHING,
    NOBODY_SAYS,
    ROOM,
    WHO_KNOWS,
    outline_text,
)
from schakelbord.errors import Language

NAME: Final = 16.0
NOTE: Final = 15.5
LEADING: Final = 17.5
OVER: Final = 1.3
PICTURE: Final = 22.0
PICTURE_GAP: Final = 6.0
PIECE: Final = (21.0, 20.3)
PIECE_STEP: Final = 22.0
PAD: Final = 9.0
BODY_PAD: Final = 14.0
MOST_PIECES: Final = 5
MOST_ON_CHIP: Final = 3
NAMELESS: Final = "…"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The pieces of an actor in a row, and the words after them."""

    full: tuple[tuple[str, bool], ...]
    empty: int
    hue: str
    words: str

    @property
    def count(self) -> int:
        """How many places the row has."""
        return len(self.full) + self.empty

    @property
    def width(self) -> float:
        """The length of the row."""
        words = text_width(self.words, NOTE) + 5 if self.words else 0
        return self.count * PIECE_STEP + words


def shelf_of(actor: ActorState, language: Language) -> Shelf | None:
    """What an actor holds; for a mandate holder the outline of what it needs."""
    if actor.outlines:
        row = actor.outlines[0]
        if row.at_least > MOST_PIECES:
            return Shelf((), 0, row.hue, outline_text(row, language))
        mine = [piece for piece in actor.pieces if piece.about == row.about][: row.held]
        new = [piece.arrived for piece in mine] + [False] * (row.held - len(mine))
        full = tuple((row.hue, flag) for flag in new[: row.at_least])
        return Shelf(full, max(0, row.at_least - len(full)), row.hue, outline_text(row, language))
    if not actor.pieces:
        return None
    count = len(actor.pieces)
    shown = actor.pieces if count <= MOST_PIECES else actor.pieces[-(MOST_PIECES - 1) :]
    full = tuple((piece.hue, piece.arrived) for piece in shown)
    return Shelf(full, 0, "", f"+{count - len(shown)}" if count > len(shown) else "")


def note_of(actor: ActorState, gaps: Sequence[GapState], language: Language) -> str:
    """The line under a name that has no pieces."""
    if actor.kind == "chair":
        return CHAIR.get(language)
    if actor.kind == "nobody":
        kind = next((gap.kind for gap in gaps), "")
        return NOBODY_SAYS.get(kind, WHO_KNOWS).get(language)
    if actor.added:
        return (FROM_ROOM if actor.ring == "uitvoering" else ROOM).get(language)
    return KNOWS_NOTHING.get(language) if actor.active and actor.kind == "organisation" and gaps else ""


def shape_of(actor: ActorState) -> str:
    """How an actor is drawn."""
    return "chair" if actor.kind in {"chair", "nobody"} else "body" if actor.kind == "body" else "card"


def actor_token(
    actor: ActorState, seat: Point, gaps: Sequence[GapState], speech: Speech, *, selected: str | None = None
) -> Token:
    """An actor around the middle of its seat."""
    language = speech.language
    build = _card if actor.ring == "uitvoering" else _chip
    name = EMPTY_CHAIR.get(language) if actor.kind == "nobody" else _name_on(actor, language)
    note, shelf = note_of(actor, gaps, language), shelf_of(actor, language)
    face = _Face(name, actor.tag, note, shelf, shape_of(actor), added=actor.added)
    box, names, notes, pieces = build(face, seat)
    pad = BODY_PAD if face.shape == "body" else PAD
    middle = (names[0].box.y + names[-1].box.bottom) / 2 if pieces else box.centre[1]
    return Token(
        id=actor.id,
        shape=face.shape,
        ring=actor.ring,
        box=box,
        says=speech.actor(actor),
        quiet=not actor.active,
        names=names,
        notes=notes,
        pieces=pieces,
        symbol=symbol_of(actor),
        picture=Box(box.x + pad, middle - PICTURE / 2, PICTURE, PICTURE),
        selected=actor.id == selected,
        changed=actor.changed,
        in_gap=bool(actor.findings),
        findings=" ".join(actor.findings),
        added=actor.added and actor.kind != "nobody",
    )


def _name_on(actor: ActorState, language: Language) -> str:
    """The name on a token: what the room gave it, else the one of its type, short where that is long."""
    return actor.name.get(language) if actor.added else token_name(actor.type, actor.name, language)


@dataclass(frozen=True, slots=True)
class _Face:
    name: str
    tag: str
    note: str
    shelf: Shelf | None
    shape: str
    added: bool = False


Faces = tuple[Box, tuple[Label, ...], tuple[Label, ...], tuple[PieceMark, ...]]


def _card(face: _Face, seat: Point) -> Faces:
    """A card of one or two lines of name, and a line of pieces or a note."""
    pad = BODY_PAD if face.shape == "body" else PAD
    indent = pad + PICTURE + PICTURE_GAP
    room = CARD[0] - indent - pad
    names = name_lines(face.name, face.tag, room, NAME, lines=2) or (NAMELESS,)
    note = (
        shorten(face.note, room, NOTE) if face.note and (len(names) < 2 or face.shape == "chair" or face.added) else ""
    )
    shelf = face.shelf
    text = max([*(text_width(line, NAME, weight=700) for line in names), text_width(note, NOTE)])
    width = max(indent + text + pad, (shelf.width + 2 * pad if shelf else 0), 120)
    below = PIECE[1] + 5 if shelf else LEADING if note else 0
    inner = LEADING * len(names) + below
    height = min(CARD[1] + (4 if face.added else 0), max(40.0, inner + 15))
    box = Box.around(seat, min(width, CARD[0]), height)
    top = box.y + (height - inner) / 2
    labels = tuple(_label(line, box.x + indent, top + LEADING * at, NAME, weight=700) for at, line in enumerate(names))
    second = top + LEADING * len(names)
    notes = (_label(note, box.x + indent, second, NOTE),) if note else ()
    if shelf is None:
        return box, labels, notes, ()
    pieces, words = _row(shelf, box.x + (box.width - shelf.width) / 2, second + 4)
    return box, labels, words, pieces


def _chip(face: _Face, seat: Point) -> Faces:
    """One line: name, and pieces after it."""
    pad = BODY_PAD if face.shape == "body" else PAD
    indent = pad + PICTURE + PICTURE_GAP
    shelf = _brief(face.shelf)
    note = face.note if face.added else ""
    row = shelf.width + 6 if shelf else text_width(note, NOTE) + 8 if note else 0
    names = name_lines(face.name, face.tag, CHIP[0] - indent - pad - row, NAME, lines=1) or (NAMELESS,)
    text = text_width(names[0], NAME, weight=700)
    box = Box.around(seat, indent + text + row + pad, CHIP[1])
    label = _label(names[0], box.x + indent, box.centre[1] - LEADING / 2, NAME, weight=700)
    if shelf is None:
        said = _label(note, box.x + indent + text + 8, box.centre[1] - LEADING / 2, NOTE)
        return box, (label,), (said,) if note else (), ()
    pieces, words = _row(shelf, box.x + indent + text + 6, box.centre[1] - PIECE[1] / 2)
    return box, (label,), words, pieces


def _brief(shelf: Shelf | None) -> Shelf | None:
    """A shelf for a chip: at most three places, or the words alone."""
    if shelf is None or (shelf.count > MOST_ON_CHIP and not shelf.words):
        return shelf and Shelf(shelf.full[:1], 0, shelf.hue, f"+{shelf.count - 1}")
    if shelf.count > MOST_ON_CHIP:
        return Shelf((), 0, shelf.hue, shelf.words)
    return Shelf(shelf.full, shelf.empty, shelf.hue, "")


def _row(shelf: Shelf, x: float, y: float) -> tuple[tuple[PieceMark, ...], tuple[Label, ...]]:
    """The pieces of a shelf from the left, and its words after them."""
    found = []
    for at in range(shelf.count):
        full = at < len(shelf.full)
        hue, new = shelf.full[at] if full else (shelf.hue, False)
        found.append(PieceMark(Box(x + at * PIECE_STEP, y, *PIECE), hue, full, new))
    words = (_label(shelf.words, x + shelf.count * PIECE_STEP + 5, y + 1, NOTE),) if shelf.words else ()
    return tuple(found), words


def _label(text: str, x: float, top: float, size: float, *, weight: int = 400) -> Label:
    """A line of text whose line box begins at `top`."""
    width = text_width(text, size, weight=weight)
    return Label(text, x, top + 0.8 * LEADING, Box(x, top - OVER, width, LEADING + 2 * OVER))


def centred(text: str, x: float, top: float, size: float, *, weight: int = 400) -> Label:
    """A line of text around `x`."""
    width = text_width(text, size, weight=weight)
    return Label(text, x, top + 0.8 * LEADING, Box(x - width / 2, top - OVER, width, LEADING + 2 * OVER), "middle")


def fold_token(fold_id: str, ring: Ring, centre: Point, words: str, says: str) -> Token:
    """The chip that says how many are folded away."""
    box = Box.around(centre, text_width(words, NOTE, weight=600) + 22, 28)
    label = centred(words, centre[0], centre[1] - LEADING / 2, NOTE, weight=600)
    return Token(fold_id, "fold", ring, box, says, quiet=True, names=(label,))
