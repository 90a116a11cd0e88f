"""A year in quarters: when each action began, when it is due, when somebody reported, when it was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ActionState
from schakelbord.chain.year_pages.year import Row
from schakelbord.core.languages import current_language

MONTHS_A_QUARTER: Final = 3
Quarter = tuple[int, int]
"""A year and a quarter from 1 to 4."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A quarter of an action.

    Args:
        look: `run` while it goes on, `late` after its day, `done` when it was done, "" when it does not go on.
        is_first, is_last: whether it begins or ends here.
        words: what a person reads who does not see the bar.
        due: the day, in the quarter in which it is due.
        reports: how many reports came in it.
    """

    look: str
    is_first: bool
    is_last: bool
    words: str
    due: str
    reports: int


@dataclass(frozen=True, slots=True)
class Line:
    """An action with its quarters."""

    row: Row
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Quarters:
    """The heads of the columns, which of them is now (from 0, -1 for none), and the lines."""

    heads: tuple[str, ...]
    now: int
    lines: tuple[Line, ...]


def quarters_of(rows: Sequence[Row], *, year: int, today: dt.date) -> Quarters:
    """The quarters of a year, with one before and one after it where something lies there."""
    spans = [_span(row, today) for row in rows]
    has_before = any(begin < (year, 1) for begin, _due, _end in spans)
    has_after = any(max(due, end) > (year, 4) for _begin, due, end in spans)
    columns: list[Quarter] = [*([(year - 1, 4)] if has_before else []), *((year, number) for number in range(1, 5))]
    columns += [(year + 1, 1)] if has_after else []
    heads = [_head(column, year) for column in columns]
    here = min(max(quarter_of(today), columns[0]), columns[-1])
    lines = [Line(row, tuple(_cells(row, span, columns, today))) for row, span in zip(rows, spans, strict=True)]
    return Quarters(tuple(heads), columns.index(here) if here == quarter_of(today) else -1, tuple(lines))


def quarter_of(day: dt.date) -> Quarter:
    """The quarter of a day."""
    return day.year, (day.month - 1) // MONTHS_A_QUARTER + 1


def _head(column: Quarter, year: int) -> str:
    if column[0] != year:
        return _("before") if column[0] < year else _("after")
    return _("quarter %(number)s") % {"number": column[1]}


def _span(row: Row, today: dt.date) -> tuple[Quarter, Quarter, Quarter]:
    """The quarters in which an action began, is due, and ended or still goes on."""
    action = row.action
    begin = quarter_of(day_of(action.adopted_at or action.made_at))
    due = quarter_of(action.due) if action.due else begin
    ended = action.done_at or action.accepted_at
    if ended is not None:
        return begin, due, quarter_of(day_of(ended))
    if action.state == ActionState.STOPPED:
        return begin, due, begin
    return begin, due, max(due, quarter_of(today))


def _cells(
    row: Row, span: tuple[Quarter, Quarter, Quarter], columns: Sequence[Quarter], today: dt.date
) -> Iterator[Cell]:
    first, last = columns[0], columns[-1]
    begin, due, end = (min(max(one, first), last) for one in span)
    reported = [min(max(quarter_of(day_of(one.made_at)), first), last) for one in row.action.reports.all()]
    is_done = row.action.done_at is not None
    is_late = not is_done and row.action.due is not None and row.action.due < today
    for column in columns:
        look = ""
        if begin <= column <= end:
            look = "late" if is_late and column >= due else "done" if is_done else "run"
        day = ""
        if row.action.due is not None and column == due:
            day = _short(row.action.due, year=columns[1][0])
        yield Cell(
            look=look,
            is_first=column == begin,
            is_last=column == end,
            words=_words(look, day, reported.count(column)),
            due=day,
            reports=reported.count(column),
        )


def _short(day: dt.date, *, year: int) -> str:
    """A day without its year when that is the year of the page; Dutch writes its months small."""
    shown = formats.date_format(day, "j M" if day.year == year else "j M Y")
    return shown.lower() if current_language() == "nl" else shown


def _words(look: str, due: str, reports: int) -> str:
    said = {"run": _("goes on"), "late": _("late"), "done": _("was worked on")}
    found = [said[look]] if look else []
    if due:
        found.append(_("due %(day)s") % {"day": due})
    if reports:
        found.append(ngettext("%(count)s report", "%(count)s reports", reports) % {"count": reports})
    return ", ".join(found)
