"""A story (verhaal): an invented family history in scenes and beats. Field names are those of the YAML file."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from schakelbord.engine.text import Text


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invented municipality with its region, or a place abroad, which has none of the country's organisations."""

    id: str
    name: Text
    region: str | None = None
    kind: Literal["gemeente", "abroad"] = "gemeente"


class Doll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invented person; has an age, never an origin, faith, sex or nationality.

    `from_room` is the day of the session in which a room added it.
    """

    id: str
    name: str
    age: int
    place: str
    pattern: Literal["stripes", "dots", "band", "zigzag"]
    hue: Literal["teal", "indigo", "slate", "violet"]
    birthday_on_day: int | None = None
    from_room: dt.date | None = None


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Consent (true, false, or the day it is given), first day of acute danger, first and last day of a measure."""

    consent: dict[str, bool | int] = {}
    acute_from: dict[str, int] = {}
    measure: dict[str, tuple[int, int]] = {}


class Absent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An empty chair: this organisation is not there at this place."""

    organisation: str
    place: str


class Sight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation sees a signal about a doll."""

    organisation: str
    place: str
    signal: str
    about: str


class Happening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something happens and nobody sees it."""

    signal: str
    about: str


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation asks organisations of type `of` what they know about a doll."""

    organisation: str
    place: str
    of: str
    about: str


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Dolls move to another place."""

    dolls: tuple[str, ...]
    to: str


class ToldOrganisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation that a room missed on the stage; without `place` it works everywhere."""

    id: str
    name: Text
    ring: Literal["uitvoering", "beleid", "bestuur"]
    place: str | None = None
    from_room: dt.date | None = None


class ToldChannel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A channel that a room drew between two on the stage. `ground` is law and article as told."""

    id: str
    from_: str
    to: str
    ground: str | None = None
    works: bool = True
    from_room: dt.date | None = None


class Recognised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many in the room recognised a told gap, by the layer from which they look; `unsaid` did not say."""

    uitvoering: int = 0
    beleid: int = 0
    bestuur: int = 0
    unsaid: int = 0


class ToldGap(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A gap that a room told between two on the stage; without an end nobody is there. `causes` are felt ones."""

    id: str
    says: Text
    kind: Literal["border", "no_ground", "unowned", "no_feedback", "late", "practice", "no_channel"] | None = None
    from_: str | None = None
    to: str | None = None
    causes: tuple[str, ...] = ()
    recognised: Recognised = Recognised()
    from_room: dt.date | None = None


class Beat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The smallest step: something is said, asked, seen, happens or moves on a day.

    What a room told stands in `told_`: the stage shows it from this step on, the engine computes nothing with it.
    """

    day: int
    say: Text | None = None
    ask: Text | None = None
    sees: tuple[Sight, ...] = ()
    happens: tuple[Happening, ...] = ()
    asks: tuple[Request, ...] = ()
    move: Move | None = None
    told_organisations: tuple[ToldOrganisation, ...] = ()
    told_channels: tuple[ToldChannel, ...] = ()
    told_gaps: tuple[ToldGap, ...] = ()
    from_room: dt.date | None = None


class Scene(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the story with a title."""

    id: str
    title: Text
    beats: tuple[Beat, ...]


class Deadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By which day the holder of the mandate must hold enough pieces of a pattern about a doll (or `also` others)."""

    pattern: str
    about: str
    by: int
    also: tuple[str, ...] = ()


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invented family history on a line of days `0 .. horizon`."""

    id: str
    title: Text
    fictional: bool
    horizon: int
    places: tuple[Place, ...]
    dolls: tuple[Doll, ...]
    scenes: tuple[Scene, ...]
    deadlines: tuple[Deadline, ...] = ()
    facts: Facts = Facts()
    absent: tuple[Absent, ...] = ()
