"""What a draft holds: a story as people are writing it, which may be incomplete.

Every item of a list has a `key` that stays with it, so that two people can name the same step. Keys never leave the
draft: the YAML of a story has none. Facts stand with their doll, so that they go and come back together.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from schakelbord.errors import Language

Number = int | str | None
"""A day or an age: a whole number, what somebody typed instead of one, or nothing yet."""

Consent = Literal["", "yes", "no", "from"]
RemarkKind = Literal["beside", "room"]
ToldRing = Literal["uitvoering", "beleid", "bestuur"]


class Words(msgspec.Struct):
    """A text in Dutch, and in English when somebody translated it."""

    nl: str = ""
    en: str = ""

    def get_or(self, language: Language) -> str:
        """The text in a language, in the other one when it has not been translated."""
        return (self.nl or self.en) if language == "nl" else (self.en or self.nl)


class DraftPlace(msgspec.Struct):
    """A place of the story."""

    key: str
    id: str = ""
    name: Words = msgspec.field(default_factory=Words)
    region: str = ""
    kind: Literal["gemeente", "abroad"] = "gemeente"


class DraftDoll(msgspec.Struct):
    """A doll with the facts about it: consent (with the day it is given), acute danger, a measure.

    `from_room` is the day of the session in which a room added it, as `2026-11-24`; so everywhere.
    """

    key: str
    id: str = ""
    name: str = ""
    age: Number = None
    place: str = ""
    pattern: str = "stripes"
    hue: str = "teal"
    birthday_on_day: Number = None
    consent: Consent = ""
    consent_from: Number = None
    acute_from: Number = None
    measure_from: Number = None
    measure_until: Number = None
    from_room: str = ""


class DraftChair(msgspec.Struct):
    """An empty chair."""

    key: str
    organisation: str = ""
    place: str = ""


class DraftSight(msgspec.Struct):
    """An organisation sees a signal about a doll."""

    key: str
    organisation: str = ""
    place: str = ""
    signal: str = ""
    about: str = ""


class DraftHappening(msgspec.Struct):
    """It happens and nobody sees it."""

    key: str
    signal: str = ""
    about: str = ""


class DraftRequest(msgspec.Struct):
    """An organisation asks others what they know."""

    key: str
    organisation: str = ""
    place: str = ""
    of: str = ""
    about: str = ""


class DraftMove(msgspec.Struct):
    """Dolls that move to another place; nobody moves while it is empty."""

    dolls: list[str] = []
    to: str = ""


class DraftToldOrganisation(msgspec.Struct):
    """An organisation that a room missed."""

    key: str
    id: str = ""
    name: Words = msgspec.field(default_factory=Words)
    ring: ToldRing = "uitvoering"
    place: str = ""
    from_room: str = ""


class DraftToldChannel(msgspec.Struct):
    """A channel that a room drew."""

    key: str
    id: str = ""
    from_: str = ""
    to: str = ""
    ground: str = ""
    works: Literal["practice", "paper"] = "practice"
    from_room: str = ""


class DraftRecognised(msgspec.Struct):
    """How many recognised a told gap, by layer."""

    uitvoering: int = 0
    beleid: int = 0
    bestuur: int = 0
    unsaid: int = 0


class DraftToldGap(msgspec.Struct):
    """A gap that a room told, with its felt causes."""

    key: str
    id: str = ""
    says: Words = msgspec.field(default_factory=Words)
    kind: str = ""
    from_: str = ""
    to: str = ""
    causes: list[str] = []
    recognised: DraftRecognised = msgspec.field(default_factory=DraftRecognised)
    from_room: str = ""


class DraftBeat(msgspec.Struct):
    """A step."""

    key: str
    day: Number = None
    say: Words = msgspec.field(default_factory=Words)
    ask: Words = msgspec.field(default_factory=Words)
    sees: list[DraftSight] = []
    happens: list[DraftHappening] = []
    asks: list[DraftRequest] = []
    move: DraftMove = msgspec.field(default_factory=DraftMove)
    told_organisations: list[DraftToldOrganisation] = []
    told_channels: list[DraftToldChannel] = []
    told_gaps: list[DraftToldGap] = []
    from_room: str = ""


class DraftScene(msgspec.Struct):
    """A scene."""

    key: str
    id: str = ""
    title: Words = msgspec.field(default_factory=Words)
    beats: list[DraftBeat] = []


class DraftDeadline(msgspec.Struct):
    """Who had to know what, about whom, by when."""

    key: str
    pattern: str = ""
    about: str = ""
    by: Number = None
    also: list[str] = []


class Remark(msgspec.Struct):
    """A text that belongs to a place of the draft and is no part of the story.

    `beside`: a second text for the same field, kept because the two could not be merged; `path` is the field.
    `room`: something that a room added and that cannot become a part of the story with certainty; `path` is the step
    or the scene it was about, or "".
    """

    key: str
    path: str
    text: str
    by: str
    kind: RemarkKind = "room"


class Content(msgspec.Struct):
    """A draft."""

    id: str = ""
    title: Words = msgspec.field(default_factory=Words)
    horizon: Number = 120
    places: list[DraftPlace] = []
    dolls: list[DraftDoll] = []
    scenes: list[DraftScene] = []
    deadlines: list[DraftDeadline] = []
    absent: list[DraftChair] = []
    remarks: list[Remark] = []


Item = (
    DraftPlace
    | DraftDoll
    | DraftChair
    | DraftSight
    | DraftHappening
    | DraftRequest
    | DraftToldOrganisation
    | DraftToldChannel
    | DraftToldGap
    | DraftBeat
    | DraftScene
    | DraftDeadline
    | Remark
)
KIND_OF: Final[dict[str, type[Item]]] = {
    "places": DraftPlace,
    "dolls": DraftDoll,
    "absent": DraftChair,
    "sees": DraftSight,
    "happens": DraftHappening,
    "asks": DraftRequest,
    "told_organisations": DraftToldOrganisation,
    "told_channels": DraftToldChannel,
    "told_gaps": DraftToldGap,
    "beats": DraftBeat,
    "scenes": DraftScene,
    "deadlines": DraftDeadline,
    "remarks": Remark,
}
"""What the lists hold, by the name of the list."""


def encode(content: Content) -> str:
    """A draft as JSON, the same for the same content."""
    return msgspec.json.encode(content).decode()


def decode(text: str | bytes) -> Content:
    """A draft from its JSON."""
    return msgspec.json.decode(text, type=Content)


def copy_of(content: Content) -> Content:
    """The same draft, sharing nothing with this one."""
    return decode(encode(content))
