"""A story (verhaal): an invented family history in scenes and beats. Field names are those of the YAML file."""

from __future__ import annotations

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
    """An invented person; has an age, never an origin, faith, sex or nationality."""

    id: str
    name: str
    age: int
    place: str
    pattern: Literal["stripes", "dots", "band", "zigzag"]
    hue: Literal["teal", "indigo", "slate", "violet"]
    birthday_on_day: int | None = None


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


class Beat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The smallest step: something is said, asked, seen, happens or moves on a day."""

    day: int
    say: Text | None = None
    ask: Text | None = None
    sees: tuple[Sight, ...] = ()
    happens: tuple[Happening, ...] = ()
    asks: tuple[Request, ...] = ()
    move: Move | None = None


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
