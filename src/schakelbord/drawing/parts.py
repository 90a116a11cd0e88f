"""What a drawing is made of, ready for a template: every mark with its place, its words and its classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schakelbord.drawing.shapes import Box, Label, Markup, Point, number
from schakelbord.drawing.states import Ring
from schakelbord.errors import Language

# A rounded square with a tail at its lower left, between -1 and 1; the last of each pair of a `Q` is where it ends.
OUTLINE: Final = "M{}L{}Q{} {}L{}Q{} {}L{}L{}L{}L{}Q{} {}L{}Q{} {}Z"
BALLOON: Final = (
    (-0.64, -1), (0.64, -1), (1, -1), (1, -0.64), (1, 0.32), (1, 0.68), (0.64, 0.68), (0, 0.68), (-0.5, 1),
    (-0.5, 0.68), (-0.64, 0.68), (-1, 0.68), (-1, 0.32), (-1, -0.64), (-1, -1), (-0.64, -1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PieceMark:
    """A puzzle piece, or the outline of one that is missing. `hue` is that of the doll."""

    box: Box
    hue: str
    full: bool
    new: bool = False

    @property
    def symbol(self) -> str:
        """The id of its picture."""
        return "puzzel" if self.full else "puzzel-leeg"


@dataclass(frozen=True, slots=True)
class Token:
    """Somebody on the stage. `shape` is `card`, `body`, `chair`, `doll` or `fold`; `says` is for screen readers."""

    id: str
    shape: str
    ring: Ring
    box: Box
    says: str
    quiet: bool
    names: tuple[Label, ...] = ()
    notes: tuple[Label, ...] = ()
    pieces: tuple[PieceMark, ...] = ()
    symbol: str = ""
    picture: Box | None = None
    hue: str = ""
    selected: bool = False
    changed: bool = False
    in_gap: bool = False
    href: str = ""
    links: str = ""
    findings: str = ""
    added: bool = False
    hushed: bool = False
    lit: bool = False

    @property
    def plus(self) -> Point:
        """The middle of the mark of what was added, at the upper right corner; at the head of a doll."""
        box = self.picture if self.shape == "doll" and self.picture else self.box
        return box.right - 4, box.y + 4

    @property
    def plus_disc(self) -> Markup:
        """Its disc."""
        return Markup(f'cx="{number(self.plus[0])}" cy="{number(self.plus[1])}" r="8"')

    @property
    def plus_path(self) -> Markup:
        """Its cross."""
        (x, y), reach = self.plus, 4.5
        return Markup(
            f"M{number(x - reach)} {number(y)}H{number(x + reach)}M{number(x)} {number(y - reach)}V{number(y + reach)}"
        )

    @property
    def radius(self) -> Markup:
        """The rounding of the corners."""
        return Markup(number(self.box.height / 2 if self.shape in {"body", "fold"} else 9))

    @property
    def inner(self) -> Box:
        """The second edge of a body."""
        return self.box.grown(-4)

    @property
    def inner_radius(self) -> Markup:
        """The rounding of the second edge."""
        return Markup(number(self.inner.height / 2))

    @property
    def halo_radius(self) -> Markup:
        """The rounding of the focus edge."""
        return Markup(number(self.halo.height / 2 if self.shape in {"body", "fold"} else 12))

    @property
    def halo(self) -> Box:
        """The edge that shows the focus."""
        return self.box.grown(4)


@dataclass(frozen=True, slots=True)
class RingMark:
    """The area of a ring with its name along the edge."""

    id: Ring
    path: Markup
    text_path: Markup
    name: str


@dataclass(frozen=True, slots=True)
class LineMark:
    """A channel. `pill` is the label with the ground, if there was room for it."""

    id: str
    from_: str
    to: str
    path: Markup
    paper: bool
    new: bool
    told: bool = False
    hushed: bool = False
    pill: Box | None = None
    pill_text: Label | None = None


@dataclass(frozen=True, slots=True)
class TravelMark:
    """A piece on its way along a line."""

    id: str
    box: Box
    hue: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Half a gap. `mirrored` hatching keeps the stripes across the bar when it runs the way they do."""

    path: Markup
    mirrored: bool


@dataclass(frozen=True, slots=True)
class GapMark:
    """A gap: two hatched halves with a broken chain between them, a number, and a label where there is room.

    `key` is that of the gap in front; `numbers` are of all gaps between the same two, as people see them. A told gap
    has another shape: a ladder with a speech balloon.
    """

    key: str
    keys: tuple[str, ...]
    numbers: tuple[str, ...]
    from_: str
    to: str
    halves: tuple[Bar, ...]
    disc: Point
    radius: float
    mended: bool
    quiet: bool
    selected: bool
    new: bool
    says: str
    number: Label | None = None
    label: Box | None = None
    leader: Markup | None = None
    heading: Label | None = None
    title: Label | None = None
    line: Label | None = None
    href: str = ""
    told: bool = False
    hushed: bool = False
    lit: bool = False

    @property
    def balloon(self) -> Markup:
        """The outline of a speech balloon in the place of the disc."""
        (x, y), r = self.disc, self.radius
        spots = (f"{number(x + r * across)} {number(y + r * down)}" for across, down in BALLOON)
        return Markup(OUTLINE.format(*spots))

    @property
    def disc_attributes(self) -> Markup:
        """Centre and radius of the disc."""
        return Markup(f'cx="{number(self.disc[0])}" cy="{number(self.disc[1])}" r="{number(self.radius)}"')

    @property
    def picture(self) -> Box:
        """The place of the broken chain."""
        size = (1.1 if self.told else 1.36) * self.radius
        x, y = self.disc
        return Box.around((x, y - 0.16 * self.radius if self.told else y), size, size)

    @property
    def symbol(self) -> str:
        """The picture on the disc."""
        return "vink" if self.mended else "hiaat"

    @property
    def all_keys(self) -> str:
        """The keys of all findings of this mark."""
        return " ".join(self.keys)

    @property
    def bar(self) -> Box | None:
        """The coloured side of the label."""
        return Box(self.label.x, self.label.y, 7, self.label.height) if self.label else None

    @property
    def disc_box(self) -> Box:
        """What the disc covers."""
        return Box.around(self.disc, 2 * self.radius, 2 * self.radius)


@dataclass(frozen=True, slots=True)
class RingGroup:
    """The tokens of one ring, for `role=list`."""

    ring: Ring
    name: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a doll lived before it moved in this scene: an outline, and an arrow to its new home."""

    box: Box
    path: Markup
    head: Markup


@dataclass(frozen=True, slots=True)
class Drawing:
    """A stage with every mark in place. `width` and `height` are those of the view box."""

    width: float
    height: float
    language: Language
    scene: int
    title: str
    description: str
    rings: tuple[RingMark, ...]
    dividers: tuple[Markup, ...]
    captions: tuple[Label, ...]
    trails: tuple[Trail, ...]
    lines: tuple[LineMark, ...]
    travels: tuple[TravelMark, ...]
    groups: tuple[RingGroup, ...]
    gaps: tuple[GapMark, ...]
    symbols: tuple[Markup, ...]

    @property
    def view_box(self) -> Markup:
        """The view box as an attribute value."""
        return Markup(f"0 0 {number(self.width)} {number(self.height)}")

    @property
    def first(self) -> str:
        """The id of the token that takes the focus when somebody comes to the stage."""
        return next((token.id for token in self.tokens), "")

    @property
    def gaps_name(self) -> str:
        """What the list of gaps is called."""
        return "hiaten" if self.language == "nl" else "gaps"

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Everybody on the stage."""
        return tuple(token for group in self.groups for token in group.tokens)

    def boxes(self) -> Iterator[tuple[str, Box]]:
        """The boxes that may not overlap: tokens, labels and marks, each with a name."""
        for token in self.tokens:
            yield f"token {token.id}", token.box
        for gap in self.gaps:
            yield f"disc {gap.key}", gap.disc_box
            if gap.label is not None:
                yield f"label {gap.key}", gap.label
        for line in self.lines:
            if line.pill is not None:
                yield f"pill {line.id}", line.pill
        for caption in self.captions:
            yield f"caption {caption.text}", caption.box
        for travel in self.travels:
            yield f"travel {travel.id}", travel.box
