"""The page of sessions: those that are open, prepared and ended, how to start one, and what remains of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schakelbord.core.numbers import whole_number
from schakelbord.engine.story import Story
from schakelbord.errors import InputError, Language
from schakelbord.showing.codes import ItemState, SessionState
from schakelbord.showing.models import Session
from schakelbord.showing.reading import one_line_of
from schakelbord.showing.selectors import SessionGap, SessionView
from schakelbord.stories.library import all_stories

MINUTES: Final = 50
LONGEST: Final = 480
MOST_SHOWN: Final = 30
GROUPS: Final[tuple[tuple[SessionState, Promise], ...]] = (
    (SessionState.OPEN, _("Open now")),
    (SessionState.PREPARED, _("Prepared")),
    (SessionState.ENDED, _("Ended")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Sessions in one state."""

    state: str
    title: str | Promise
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody filled in to start a session; `commands` set what the room may do where that is not the usual."""

    story: Story
    title: str
    minutes: int
    commands: tuple[tuple[str, dict[str, bool]], ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of a session: texts and counts by role, and nothing of the devices.

    Args:
        gaps: those that the room told, recognised or talked about.
        unused: how many messages were neither shown nor merged.
    """

    view: SessionView
    gaps: tuple[SessionGap, ...]
    recognised: int
    unused: int

    @property
    def told(self) -> int:
        """How many gaps the room added."""
        return sum(gap.told for gap in self.gaps)


def session_groups() -> tuple[Group, ...]:
    """The latest sessions by state; a state without any is left out."""
    rows = Session.objects.select_related("made_by").order_by("-made_at")
    found = (Group(state, title, tuple(rows.filter(state=state)[:MOST_SHOWN])) for state, title in GROUPS)
    return tuple(group for group in found if group.sessions)


def read_wish(fields: Mapping[str, str], language: Language) -> Wish:
    """What the form asks for.

    Raises:
        InputError: no story was chosen, or the minutes are no number of minutes.
    """
    story = all_stories().get(fields.get("story", ""))
    if story is None:
        raise InputError("story", "story", nl="Kies een verhaal.", en="Choose a story.")
    minutes = whole_number(fields.get("minutes", "").strip() or str(MINUTES))
    if not 1 <= minutes <= LONGEST:
        raise InputError(
            "minutes",
            "minutes",
            nl=f"Vul in hoeveel minuten u hebt: een getal van 1 tot {LONGEST}.",
            en=f"Fill in how many minutes you have: a number from 1 to {LONGEST}.",
        )
    may = {name: name in fields for name in ("may_recognise", "may_add")}
    commands: list[tuple[str, dict[str, bool]]] = [] if all(may.values()) else [("set-audience", may)]
    if "shows_count" not in fields:
        commands.append(("set-count", {"on": False}))
    title = one_line_of(fields.get("title", "")) or story.title.get(language)
    return Wish(story, title, minutes, tuple(commands), opens=fields.get("then") != "prepare")


def remains_of(session: Session, view: SessionView) -> Remains:
    """What remains of an ended session."""
    gaps = tuple(gap for gap in view.gaps if gap.told or gap.recognised.count or gap.remarks or gap.felt_causes)
    unused = session.inbox.exclude(state__in=[ItemState.SHOWN, ItemState.MERGED]).count()
    return Remains(view, gaps, sum(gap.recognised.count for gap in view.gaps), unused)
