"""What the four screens of a meeting need besides their tables: the clock, the agenda, what the big screen shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from schakelbord.meetings.codes import ItemKind
from schakelbord.meetings.models import AgendaItem, Meeting, Table
from schakelbord.tables.here import Here, round_now
from schakelbord.tables.selectors import (
    Clock,
    HarvestView,
    StatementView,
    TableSign,
    agenda_of,
    convening_bodies,
    going_on,
    harvest_view,
    harvests_of,
    statement_views,
    table_signs,
)

QUIET_MINUTES = 8
HARVESTS_A_PAGE = 3
MILLI = 1000
VIEWS = (
    ("agenda", _("Agenda")),
    ("clock", _("Clock")),
    ("tables", _("Table plan")),
    ("votes", _("Reading votes")),
    ("harvest", _("Harvest")),
    ("black", _("Black")),
)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A point of the agenda, with the time at which it is planned, and where it stands: `past`, `now` or ""."""

    item: AgendaItem
    at: dt.datetime
    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class ConsolePage:
    """What who runs the meeting sees."""

    meeting: Meeting
    agenda: tuple[AgendaLine, ...]
    now: AgendaItem | None
    clock: Clock | None
    signs: tuple[TableSign, ...]
    statements: tuple[StatementView, ...]
    view: str
    message: str
    present: int
    expected: int
    contested: tuple[tuple[Table, HarvestView], ...]

    @property
    def views(self) -> list[tuple[str, str]]:
        """What the big screen can show."""
        return [(name, str(label)) for name, label in VIEWS]


@dataclass(frozen=True, slots=True)
class WallPage:
    """What the big screen shows."""

    meeting: Meeting
    view: str
    agenda: tuple[AgendaLine, ...]
    now: AgendaItem | None
    clock: Clock | None
    signs: tuple[TableSign, ...]
    harvests: tuple[tuple[TableSign, HarvestView], ...]
    page: int
    pages: int
    statements: tuple[StatementView, ...]
    present: int
    message: str


def agenda_lines(meeting: Meeting) -> tuple[AgendaLine, ...]:
    """The agenda with the planned times, in the zone of the meeting."""
    at = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    lines = []
    for item in agenda_of(meeting):
        place = "past" if item.ended_at else "now" if item.started_at else ""
        lines.append(AgendaLine(item, at, place, str(ItemKind(item.kind).label)))
        at += dt.timedelta(minutes=item.minutes)
    return tuple(lines)


def clock_of(item: AgendaItem | None, *, now: dt.datetime) -> Clock | None:
    """The clock of what goes on; none when nothing does."""
    if item is None or item.ends_at is None or item.ended_at is not None:
        return None
    left = max(dt.timedelta(0), item.ends_at - now)
    return Clock(int(item.ends_at.timestamp() * MILLI), int(left.total_seconds() // 60), item.minutes)


def console_page(meeting: Meeting, here: Here, *, now: dt.datetime) -> ConsolePage:
    """The console of a meeting."""
    item = going_on(meeting)
    signs = table_signs(meeting, round_now(meeting))
    return ConsolePage(
        meeting=meeting,
        agenda=agenda_lines(meeting),
        now=item,
        clock=clock_of(item, now=now),
        signs=tuple(replace(sign, quiet_minutes=quiet_minutes(sign.table, item, now=now)) for sign in signs),
        statements=statement_views(meeting, here),
        view=str(meeting.shown.get("view") or "agenda"),
        message=str(meeting.shown.get("message") or ""),
        present=meeting.attendances.filter(present_at__isnull=False, left_at=None).count(),
        expected=meeting.attendances.exclude(reply="no").count(),
        contested=tuple(
            (sign.table, sign.harvest)
            for sign in signs
            if sign.harvest is not None and sign.harvest.state == "contested"
        ),
    )


def quiet_minutes(table: Table, item: AgendaItem | None, *, now: dt.datetime) -> int | None:
    """Minutes since something was laid on a table in the round that goes on; None when that is not long ago.

    Of the last contribution only the time is known, rounded to five minutes; it is forgotten when the meeting closes.
    """
    if item is None or item.kind != ItemKind.TABLE_ROUND or item.started_at is None:
        return None
    heard = max(table.heard_at or item.started_at, item.started_at)
    minutes = int((now - heard).total_seconds() // 60)
    return minutes if minutes >= QUIET_MINUTES else None


def wall_page(meeting: Meeting, *, now: dt.datetime) -> WallPage:
    """The big screen of a meeting: what who runs it chose to show."""
    item = going_on(meeting)
    view = str(meeting.shown.get("view") or "agenda")
    signs = table_signs(meeting, round_now(meeting)) if view in {"tables", "harvest"} else ()
    read_out = [(sign, sign.harvest) for sign in signs if sign.harvest is not None and sign.harvest.state != "draft"]
    only = meeting.shown.get("table")
    chosen = [pair for pair in read_out if pair[0].table.pk == only] if only else read_out
    pages = max(1, -(-len(chosen) // HARVESTS_A_PAGE))
    page = min(int(meeting.shown.get("page") or 0), pages - 1)
    shown = chosen[page * HARVESTS_A_PAGE : (page + 1) * HARVESTS_A_PAGE]
    return WallPage(
        meeting=meeting,
        view=view,
        agenda=agenda_lines(meeting),
        now=item,
        clock=clock_of(item, now=now),
        signs=signs,
        harvests=tuple(shown),
        page=page + 1,
        pages=pages,
        statements=tuple(row for row in statement_views(meeting, Here()) if row.state != "draft")
        if view == "votes"
        else (),
        present=meeting.attendances.filter(present_at__isnull=False, left_at=None).count(),
        message=str(meeting.shown.get("message") or ""),
    )


def read_out_harvests(meeting: Meeting) -> tuple[tuple[Table, HarvestView], ...]:
    """What the tables ask, as far as it was read out."""
    bodies = convening_bodies(meeting)
    rows = harvests_of(meeting).select_related("table__theme").exclude(state="draft")
    return tuple((row.table, harvest_view(bodies, row)) for row in rows)
