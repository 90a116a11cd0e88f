"""What the presenter's desk shows: now, next, the inbox, and everything she can do from there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schakelbord.errors import Language
from schakelbord.showing.ahead import Ahead, ahead_of
from schakelbord.showing.change_words import redo_words, undo_words
from schakelbord.showing.codes import AdditionKind, GapState, ItemState, Knowledge, Mode, SessionState, ToldKind
from schakelbord.showing.gap_lines import GapLines, gap_lines
from schakelbord.showing.models import Addition
from schakelbord.showing.selectors import InboxRow, SessionView, inbox_of
from schakelbord.showing.suggestions import Suggestions, suggestions_of
from schakelbord.stories.findings import values_elsewhere
from schakelbord.stories.timeline import steps_of

MODE_ICONS: Final = {Mode.TELL: "gesprek", Mode.BUILD: "plus", Mode.TABLE: "tafel", Mode.PAUSE: "pauze"}
ON_SEGMENTS: Final = (Mode.TELL, Mode.BUILD, Mode.TABLE)
"""The break has a button of its own in the bar."""


@dataclass(frozen=True, slots=True)
class ModeChoice:
    """A mode of the session, as one of the segments."""

    value: str
    words: str | Promise
    icon: str
    now: bool


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A message from the room, and what it is about in words: a gap by its number, else whom it is between."""

    row: InboxRow
    about: str


@dataclass(frozen=True, slots=True)
class AddedLine:
    """Something that was put on the stage in the room, so that it can be taken off again."""

    key: str
    kind: str | Promise
    words: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One moment of the presenter's desk.

    Args:
        begun: when the session began, in milliseconds since 1970; None before.
        told: how much of the story is told, in hundredths of its steps.
        steps: all steps as `[scene, beat]`, for the clicker, which may be faster than the answer.
        at: the place of this step in `steps`.
        elsewhere: keys of repairs that are on and belong to another gap than the one in the light.
    """

    view: SessionView
    at: int
    steps: tuple[tuple[int, int], ...]
    ahead: tuple[Ahead, ...]
    begun: int | None
    told: int
    gaps: GapLines
    inbox: tuple[InboxLine, ...]
    parked: tuple[InboxLine, ...]
    added: tuple[AddedLine, ...]
    lists: Suggestions
    undo: str
    redo: str
    elsewhere: tuple[str, ...]
    count: int

    @property
    def modes(self) -> tuple[ModeChoice, ...]:
        """What the room can do, and what it does now."""
        now = self.view.session.mode
        return tuple(ModeChoice(mode.value, mode.label, MODE_ICONS[mode], mode.value == now) for mode in ON_SEGMENTS)

    @property
    def next(self) -> Ahead | None:
        """The step behind the big button."""
        return self.ahead[0] if self.ahead else None

    @property
    def previous(self) -> tuple[int, int] | None:
        """The step before this one."""
        return self.steps[self.at - 1] if self.at else None

    @property
    def is_prepared(self) -> bool:
        """Whether it still has to be opened to the room."""
        return self.view.session.state == SessionState.PREPARED

    @property
    def is_pause(self) -> bool:
        """Whether the room has a break."""
        return self.view.session.mode == Mode.PAUSE

    @property
    def beat(self) -> int:
        """The number of this step in its scene."""
        return self.view.page.address.step.beat + 1

    @property
    def beats(self) -> int:
        """How many steps this scene has."""
        scene = self.view.page.address.step.scene
        return sum(step[0] == scene for step in self.steps)

    @property
    def notes(self) -> str:
        """The speaker notes of this step."""
        step = self.view.page.address.step
        return str(self.view.session.notes.get(f"{step.scene}:{step.beat}", ""))

    @property
    def steps_json(self) -> str:
        """All steps as the script reads them."""
        return json.dumps(self.steps, separators=(",", ":"))

    @property
    def told_kinds(self) -> list[tuple[str, str | Promise]]:
        """The kinds of gap that can be told."""
        return list(ToldKind.choices)

    @property
    def knowledge(self) -> list[tuple[str, str | Promise]]:
        """On what somebody rests who tells a gap."""
        return list(Knowledge.choices)

    @property
    def gap_states(self) -> tuple[tuple[str, str | Promise, str], ...]:
        """The states that the presenter can give a gap, each with what it means."""
        return (
            (GapState.VISIBLE.value, GapState.VISIBLE.label, _("it is on the screen")),
            (GapState.IN_TALK.value, GapState.IN_TALK.label, _("a table talks about it")),
            (GapState.ASSIGNED.value, GapState.ASSIGNED.label, _("a body does something, by a date")),
            (GapState.CLOSED.value, GapState.CLOSED.label, _("it no longer happens")),
            (GapState.ACCEPTED.value, GapState.ACCEPTED.label, _("we leave it, and say why")),
        )

    @property
    def spotlight_name(self) -> str:
        """Who is in the spotlight."""
        spotlight = self.view.session.spotlight
        return next((row.name for row in self.lists.on_stage if row.id == spotlight), spotlight)


def desk_of(view: SessionView, user_id: int, language: Language) -> Desk:
    """The desk of a session at this moment, for one of those who run it."""
    session, page = view.session, view.page
    steps = steps_of(page.moment.story)
    at = steps.index(page.address.step)
    inbox, lists = _inbox(view, language), suggestions_of(view)
    return Desk(
        view=view,
        at=at,
        steps=tuple((step.scene, step.beat) for step in steps),
        ahead=ahead_of(page.moment, minutes_a_step=session.planned_minutes / len(steps)),
        begun=int(session.started_at.timestamp() * 1000) if session.started_at else None,
        told=round(100 * at / len(steps)),
        gaps=gap_lines(view),
        inbox=tuple(line for line in inbox if line.row.item.state == ItemState.NEW),
        parked=tuple(line for line in inbox if line.row.item.state != ItemState.NEW),
        added=_added(view, lists),
        lists=lists,
        undo=undo_words(session, user_id),
        redo=redo_words(session, user_id),
        elsewhere=values_elsewhere(page.finding.repairs, session.repairs) if page.finding else tuple(session.repairs),
        count=session.participants.count(),
    )


def _inbox(view: SessionView, language: Language) -> tuple[InboxLine, ...]:
    """The messages of the room, with words for what they are about."""
    labels = {gap.key: gap.label for gap in view.gaps}
    labels |= {row.key: str(row.number) for row in view.page.gap_rows if row.key not in labels}
    lines = []
    for row in inbox_of(view.session, language):
        label = labels.get(row.item.about)
        lines.append(InboxLine(row, _("gap %(label)s") % {"label": label} if label else row.about))
    return tuple(lines)


def _added(view: SessionView, lists: Suggestions) -> tuple[AddedLine, ...]:
    """What was put on the stage, then the gaps that were told."""
    names = {row.id: row.name for row in lists.on_stage}
    rows = [AddedLine(row.key, AdditionKind(row.kind).label, _words(row, names)) for row in view.additions]
    gaps = [AddedLine(gap.key, _("gap %(label)s") % {"label": gap.label}, gap.title) for gap in view.told]
    return (*rows, *gaps)


def _words(row: Addition, names: dict[str, str]) -> str:
    """An addition in a few words: its name, its question, or between whom it is."""
    if row.kind != AdditionKind.CHANNEL:
        return str(row.data.get("name") or row.data.get("text", ""))
    ends = (names.get(row.data[end], row.data[end]) for end in ("from", "to"))
    return _("%(one)s and %(other)s") % dict(zip(("one", "other"), ends, strict=True))
