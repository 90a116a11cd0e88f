"""The stage and the list: two views of one state. The state comes from `drawing`; here it gets the words of the list."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from schakelbord.stories.cards import Outline
from schakelbord.stories.selectors import GapLink, Moment

RINGS = ("leefwereld", "uitvoering", "beleid", "bestuur")


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands on the stage, and where."""

    state: object
    drawing: object


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece in the list, with what the player needs to let it travel."""

    key: str
    signal: str
    doll: str
    hue: str
    day: int
    from_: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One doll, organisation, body or empty chair in the list."""

    id: str
    name: str
    note: str
    icon: str
    hue: str
    url: str
    is_doll: bool
    absent: bool
    pieces: tuple[PieceRow, ...]
    outlines: tuple[Outline, ...]
    gaps: tuple[GapLink, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring of the list: who plays a part now, and who is folded away."""

    id: str
    name: Promise
    rows: tuple[ListRow, ...]
    folded: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A line on the stage in one sentence."""

    id: str
    sentence: str


def stage_of(moment: Moment) -> Stage:
    """The stage at a moment."""
    return Stage(None, None)


def rings_of(stage: Stage, moment: Moment) -> tuple[Ring, ...]:
    """The list."""
    return ()


def channel_rows(stage: Stage, moment: Moment) -> tuple[ChannelRow, ...]:
    """The lines between those on the stage, in words."""
    return ()
