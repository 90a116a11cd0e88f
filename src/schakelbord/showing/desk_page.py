"""What the presenter's desk shows: now, next, the inbox, and everything she can do from there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from schakelbord.showing.ahead import Ahead
from schakelbord.showing.gap_lines import GapLine
from schakelbord.showing.wall import WallBranch
from schakelbord.stories.page import StoryPage


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose from a list: what is sent, and what people read."""

    value: str
    words: str | Promise


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of the session."""

    value: str
    words: Promise
    icon: str
    now: bool


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One thing that came from the room.

    Args:
        kind: what it is, in words.
        role: from where somebody looks, in words; empty when that was not told.
        flags: what the text check found, in sentences; with any of these it cannot be shown.
        state: `new`, `parked` or `asked` (other words were asked for).
    """

    id: int
    text: str
    kind: str | Promise
    role: str
    people: int
    flags: tuple[str, ...]
    state: str

    @property
    def may_show(self) -> bool:
        """Whether it can go on the screen as it is."""
        return not self.flags


@dataclass(frozen=True, slots=True)
class DeskChange:
    """Something that can be undone or done again, in words."""

    words: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One moment of the presenter's desk. Times are in milliseconds since 1970."""

    id: int
    room: int
    seq: int
    title: str
    state: str
    page: StoryPage
    modes: tuple[Mode, ...]
    is_black: bool
    shows_count: bool
    count: int
    begun: int | None
    planned_minutes: int
    told_share: int
    beat: int
    beats: int
    ahead: tuple[Ahead, ...]
    notes: str
    gaps: tuple[GapLine, ...]
    spotlight: str
    repairs_on: int
    branch: WallBranch | None
    inbox: tuple[InboxLine, ...]
    parked: tuple[InboxLine, ...]
    undo: DeskChange | None
    redo: DeskChange | None

    @property
    def next(self) -> Ahead | None:
        """The step behind the big button."""
        return self.ahead[0] if self.ahead else None

    @property
    def note_lines(self) -> tuple[str, ...]:
        """The notes of this step, one a line."""
        return tuple(line.strip() for line in self.notes.splitlines() if line.strip())
