"""The strip of days: puzzle pieces, deadlines, moves and birthdays on one line, and the same as a list of days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import NeedResult, Reading
from schakelbord.engine.story import Story
from schakelbord.errors import Language
from schakelbord.stories.timeline import Step, beat_at, steps_of

PIECE_ROOM, EVENT_ROOM = 2.4, 17.0
LONG_ROOM, SHORT_ROOM, EDGE = 18.0, 8.5, 84.0
"""How many hundredths of the strip a label needs before the next; past `EDGE` it stands before its line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign on the strip. `at` is its place in hundredths of the width; `label` is empty where there is no room."""

    lane: str
    day: int
    at: str
    icon: str
    text: str
    label: str = ""
    short: bool = False
    turned: bool = False
    hue: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row of the list of days: what happens, and the step that shows it."""

    day: int
    icon: str
    text: str
    url: str
    now: bool


def marks_of(story: Story, catalogue: Catalogue, reading: Reading, *, language: Language) -> tuple[Mark, ...]:
    """All signs on the strip, with labels only where they have room."""
    pieces = _with_labels(_pieces(story, catalogue, language), PIECE_ROOM)
    deadlines = _fitted(_deadlines(story, catalogue, reading.needs, language))
    events = _with_labels(_events(story, language), EVENT_ROOM)
    return (*pieces, *deadlines, *events)


def day_rows(
    story: Story, marks: Iterable[Mark], step: Step, *, language: Language, url: Callable[[Step], str]
) -> tuple[DayRow, ...]:
    """The steps of a story as a list of days, each with what is told, and the deadlines between them."""
    steps = steps_of(story)
    rows = [DayRow(row.day, _icon(story, row), _told(story, row, language), url(row), row == step) for row in steps]
    ends = [DayRow(mark.day, mark.icon, mark.text, "", now=False) for mark in marks if mark.lane == "deadline"]
    return tuple(sorted([*rows, *ends], key=lambda row: row.day))


def _pieces(story: Story, catalogue: Catalogue, language: Language) -> list[Mark]:
    """A puzzle piece on each day on which somebody sees something."""
    hues = {doll.id: doll.hue for doll in story.dolls}
    names = {doll.id: doll.name for doll in story.dolls}
    return [
        Mark(
            "piece",
            step.day,
            _at(step.day, story),
            "puzzel",
            _("%(signal)s, about %(doll)s")
            % {"signal": catalogue.signal[sight.signal].name.get(language), "doll": names[sight.about]},
            label=str(step.day),
            hue=hues[sight.about],
        )
        for step in steps_of(story)
        for sight in beat_at(story, step).sees
    ]


def _deadlines(story: Story, catalogue: Catalogue, needs: Iterable[NeedResult], language: Language) -> list[Mark]:
    """A dashed line on the last day on which acting is still in time."""
    found = []
    for need in needs:
        name = catalogue.pattern[need.pattern].name.get(language)
        text = _("%(pattern)s: by day %(day)s at the latest") % {"pattern": name, "day": need.by}
        label = _("by day %(day)s") % {"day": need.by}
        found.append(Mark("deadline", need.by, _at(need.by, story), "klok", text, label=label, kept=need.in_time))
    return found


def _events(story: Story, language: Language) -> list[Mark]:
    """Moves and birthdays."""
    places = {place.id: place.name.get(language) for place in story.places}
    found = []
    for step in steps_of(story):
        move = beat_at(story, step).move
        if move:
            text = _("day %(day)s: move to %(place)s") % {"day": step.day, "place": places[move.to]}
            found.append(
                Mark(
                    "event",
                    step.day,
                    _at(step.day, story),
                    "reis",
                    text,
                    label=_("day %(day)s: move") % {"day": step.day},
                )
            )
    for doll in story.dolls:
        day = doll.birthday_on_day
        if day is not None and day <= story.horizon:
            text = _("day %(day)s: %(doll)s turns %(age)s") % {"day": day, "doll": doll.name, "age": doll.age + 1}
            found.append(Mark("event", day, _at(day, story), "mens", text, label=text))
    return found


def _with_labels(marks: list[Mark], room: float) -> tuple[Mark, ...]:
    """The marks in order of day; one that stands too close after a labelled one loses its label."""
    kept: list[Mark] = []
    free = -100.0
    for mark in sorted(marks, key=lambda mark: mark.day):
        place = float(mark.at)
        kept.append(mark if place >= free else replace(mark, label=""))
        if place >= free:
            free = place + room
    return tuple(kept)


def _fitted(marks: list[Mark]) -> tuple[Mark, ...]:
    """Deadlines with a long label, a short one or none, by the room that is left until the next deadline."""
    rows = sorted(marks, key=lambda mark: mark.day)
    ends = [float(mark.at) for mark in rows[1:]] + [1000.0]
    return tuple(_fit(mark, end - float(mark.at)) for mark, end in zip(rows, ends, strict=True))


def _fit(mark: Mark, room: float) -> Mark:
    """One deadline with the label that fits."""
    if room >= LONG_ROOM:
        return replace(mark, turned=float(mark.at) > EDGE)
    short = _("day %(day)s") % {"day": mark.day} if room >= SHORT_ROOM else ""
    return replace(mark, label=short, short=True)


def _at(day: int, story: Story) -> str:
    """The place of a day on the strip in hundredths, with a point in every language."""
    return f"{100 * day / max(1, story.horizon):.2f}"


def _icon(story: Story, step: Step) -> str:
    """The icon of a step: moving goes before seeing, seeing before asking."""
    beat = beat_at(story, step)
    if beat.move:
        return "reis"
    if beat.sees or beat.happens:
        return "puzzel"
    return "vraag" if beat.ask else "gesprek"


def _told(story: Story, step: Step, language: Language) -> str:
    """What is said or asked at a step."""
    beat = beat_at(story, step)
    text = beat.say or beat.ask
    return text.get(language) if text else story.scenes[step.scene].title.get(language)
