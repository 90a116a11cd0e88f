"""The state of the stage: who is where, who knows what and which gaps gape, at one beat and on one day.

The state holds no coordinates (see `place`) and no texts other than those of the story, the catalogue and the reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from schakelbord.engine.text import Text

Ring = Literal["leefwereld", "uitvoering", "beleid", "bestuur"]
ActorKind = Literal["organisation", "body", "chair", "nobody"]

RINGS: Final[tuple[Ring, ...]] = ("leefwereld", "uitvoering", "beleid", "bestuur")
EVERYWHERE: Final = ""
NO_TEXT: Final = Text(nl="", en="")


@dataclass(frozen=True, slots=True)
class PlaceState:
    """A place of the story. `sector` numbers the municipalities from 0; abroad has none and lies outside the rings."""

    id: str
    name: Text
    sector: int | None


@dataclass(frozen=True, slots=True)
class DollState:
    """A doll at home. `came_from` is the place it left in this scene, `moved` when that was since the last beat.

    `added` when the room brought it in.
    """

    id: str
    name: str
    age: int
    hue: str
    pattern: str
    place: str
    lead: bool
    came_from: str | None = None
    moved: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class PieceState:
    """A signal about a doll that an organisation holds since `day`; `arrived` when that was since the last beat."""

    signal: str
    about: str
    hue: str
    day: int
    by: str
    from_: str | None
    arrived: bool


@dataclass(frozen=True, slots=True)
class OutlineState:
    """The pattern that a mandate holder would have to see: `held` of the `at_least` pieces it needs by day `by`."""

    pattern: str
    about: str
    hue: str
    held: int
    at_least: int
    by: int
    late: bool

    @property
    def complete(self) -> bool:
        """Whether the pieces lie together."""
        return self.held >= self.at_least


@dataclass(frozen=True, slots=True)
class ActorState:
    """An organisation, body or empty chair (`chair`: absent in the story; `nobody`: who a finding looks for in vain).

    `type` is the id in the catalogue and `area` a municipality, a region or `nl`; a `nobody` has no type. `sector`
    is the id of the one municipality it belongs to, or EVERYWHERE. `name` is that of its type, `tag` the letter or
    number of the area. `active` actors play a part in this scene, the others are quiet. `changed` when a piece
    arrived or a gap opened here since the last beat. `findings` are the keys of the open gaps it stands in. `added`
    when the room brought it in, with a picture of its own choice in `icon`.
    """

    id: str
    kind: ActorKind
    type: str
    area: str
    ring: Ring
    sector: str
    active: bool
    name: Text = NO_TEXT
    tag: str = ""
    mandate: bool = False
    changed: bool = False
    pieces: tuple[PieceState, ...] = ()
    outlines: tuple[OutlineState, ...] = ()
    findings: tuple[str, ...] = ()
    added: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class FoldState:
    """Actors of one ring and sector that are not drawn now; the drawing says how many there are."""

    id: str
    ring: Ring
    sector: str
    actors: tuple[ActorState, ...]


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A link over which pieces went in this scene, up to this day.

    `id` is `link:from>to`. `kind` tells what `link` is an id of. `ground` is law and article, "" when there is none.
    `arrived` when a piece came over it since the last beat. `told` when the room drew it.
    """

    id: str
    link: str
    kind: Literal["channel", "body", "escalation"]
    from_: str
    to: str
    ground: str
    paper: bool
    arrived: bool
    told: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """A piece that is `under_way` (sent by this day, `arrives` later) or that arrived since the last beat."""

    from_: str
    to: str
    signal: str
    about: str
    hue: str
    link: str
    sent: int
    arrives: int
    under_way: bool


@dataclass(frozen=True, slots=True)
class GapState:
    """A gap that gapes on this day, between the two ids `between` (actors, dolls or a `nobody`).

    `opened` when it opened since the last beat, `current` when in this scene; `mended` when the repairs close it.
    `told` when somebody in the room told it, else it was computed; the two count apart. `count` is how many recognise
    it, `status` where it is in its life, empty outside a session.
    """

    key: str
    number: int
    kind: str
    title: Text
    sentence: Text
    about: str
    day: int
    between: tuple[str, str]
    opened: bool
    current: bool
    mended: bool
    selected: bool
    told: bool = False
    count: int = 0
    status: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits where in the rings during the whole story, and which seats belong to which municipality.

    `seats` maps an actor to the number of its seat in its ring (see `rings.Frame.seats`). `spans` gives, clockwise, the
    first and last seat in the ring of uitvoering of every municipality; with one municipality there are none.
    `homes` are the places where a doll ever lives, each with its dolls in order.
    """

    seats: Mapping[str, int]
    spans: tuple[tuple[str, int, int], ...]
    homes: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class SceneState:
    """Everything the stage shows at one moment. `scene` and `beat` count from 0.

    Everybody in `actors` has a seat in `seating`. `spotlight` is the one id that stands out; all else is quiet.
    """

    story: str
    scene: int
    beat: int
    day: int
    title: Text
    narration: Text | None
    question: Text | None
    places: tuple[PlaceState, ...]
    dolls: tuple[DollState, ...]
    actors: tuple[ActorState, ...]
    folds: tuple[FoldState, ...]
    channels: tuple[ChannelState, ...]
    journeys: tuple[Journey, ...]
    gaps: tuple[GapState, ...]
    selected: str | None
    seating: Seating
    spotlight: str | None = None

    def ring(self, ring: Ring) -> tuple[ActorState, ...]:
        """The actors drawn in one ring."""
        return tuple(actor for actor in self.actors if actor.ring == ring)
