"""What lies on the tables of a meeting and in the hands of those who come, as plain data in the language at hand.

The digits of a host stand on the sheet of the hosts alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from schakelbord.core.languages import current_language
from schakelbord.dossiers.codes import IssueKind
from schakelbord.errors import Language
from schakelbord.meetings.codes import ItemKind, Layer, ReplyKind
from schakelbord.meetings.models import Attendance, Meeting, Seat, Table
from schakelbord.reports import meeting_words
from schakelbord.reports.paper_scenes import qr_svg


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge: `seats` are pairs of a round and the number of a table."""

    name: str
    organisation: str
    layer: str
    layer_name: str
    seats: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableSheet:
    """What is printed about a table. `pin` stands only on the sheet for hosts."""

    number: str
    theme: str
    question: str
    host: str
    pitcher: str
    pitch: str
    pitch_text: str
    pitch_source: str
    place: str
    issues: tuple[tuple[str, str, str], ...]
    pin: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of the list of who takes part."""

    name: str
    organisation: str
    function: str
    body: str
    layer: str
    layer_name: str
    reply: str
    present: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as the columns of `list_heads`."""
        return (
            self.name,
            self.organisation,
            self.function,
            self.body,
            self.layer_name,
            self.reply,
            self.present,
        )


@dataclass(frozen=True, slots=True)
class MeetingPaper:
    """A document for a meeting. `code` is "" until the meeting is open; `address` leads there without it."""

    language: Language
    title: str
    description: str
    kicker: str
    footer: str
    words: dict[str, str]
    meeting: str
    when: str
    place: str
    address: str = ""
    join: str = ""
    code: str = ""
    qr: str = ""
    bodies: tuple[str, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()
    tables: tuple[TableSheet, ...] = ()
    people: tuple[PersonRow, ...] = ()


def badges(meeting: Meeting, *, site: str) -> MeetingPaper:
    """A badge for everybody on the list who did not say no."""
    rounds = list(meeting.agenda.filter(kind=ItemKind.TABLE_ROUND).order_by("order"))
    seats = {
        (seat.attendance_id, seat.item_id): seat.table.number
        for seat in Seat.objects.filter(item__in=rounds).select_related("table")
    }
    people = [row for row in _people(meeting) if row.reply != ReplyKind.NO]
    found = tuple(
        Badge(
            name=one.called,
            organisation=one.organisation.name if one.organisation else "",
            layer=one.layer,
            layer_name=str(Layer(one.layer).label),
            seats=tuple(
                (
                    item.title if len(rounds) > 1 else "",
                    str(seats[one.pk, item.pk]),
                )
                for item in rounds
                if (one.pk, item.pk) in seats
            ),
        )
        for one in people
    )
    return _paper(meeting, "badges", badges=found)


def table_cards(meeting: Meeting, *, site: str) -> MeetingPaper:
    """A card that stands on each table, readable from both sides."""
    code = meeting.join_code
    address = f"{site}/mee/{code}" if code else f"{site}/bijeenkomsten/{meeting.pk}/mee"
    shown = (f"{site}/mee" if code else address).removeprefix("https://").removeprefix("http://")
    spaced = f"{code[:3]} {code[3:]}" if code else ""
    return _paper(
        meeting, "cards", tables=_tables(meeting), address=shown, join=address, code=spaced, qr=qr_svg(address)
    )


def table_sheets(meeting: Meeting, *, site: str) -> MeetingPaper:
    """Two pages a table to write on: what is said, and the harvest."""
    bodies = tuple(row.body.name for row in meeting.convenings.select_related("body").order_by("order"))
    return _paper(meeting, "sheets", tables=_tables(meeting), bodies=bodies, kinds=meeting_words.kinds())


def host_sheets(meeting: Meeting, *, site: str) -> MeetingPaper:
    """A slip for the host of each table, with the four digits."""
    address = f"{site}/bijeenkomsten/{meeting.pk}/mee".removeprefix("https://").removeprefix("http://")
    return _paper(meeting, "hosts", tables=_tables(meeting, with_pin=True), address=address)


def attendance_list(meeting: Meeting, *, site: str) -> MeetingPaper:
    """Everybody on the list, with room to tick who is there."""
    return _paper(meeting, "attendance", people=people_rows(meeting), heads=meeting_words.list_heads())


def people_rows(meeting: Meeting) -> tuple[PersonRow, ...]:
    """Everybody on the list, by name."""
    return tuple(
        PersonRow(
            name=one.called,
            organisation=one.organisation.name if one.organisation else "",
            function=one.function,
            body=one.body.called if one.body else "",
            layer=one.layer,
            layer_name=str(Layer(one.layer).label),
            reply=str(ReplyKind(one.reply).label),
            present=_("yes") if one.present_at else "",
        )
        for one in _people(meeting)
    )


def _people(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendances.select_related("person", "organisation", "body")
    return sorted(rows, key=lambda one: (one.called.casefold(), one.pk))


def _tables(meeting: Meeting, *, with_pin: bool = False) -> tuple[TableSheet, ...]:
    rows = meeting.tables.select_related("theme", "host__person", "pitcher__person", "pitch_source")
    return tuple(
        _table(table, with_pin=with_pin) for table in rows.prefetch_related("table_issues__issue").order_by("number")
    )


def _table(table: Table, *, with_pin: bool) -> TableSheet:
    issues = [row.issue for row in table.table_issues.all()]
    return TableSheet(
        number=str(table.number),
        theme=table.theme.title,
        question=table.asks,
        host=table.host.called if table.host else "",
        pitcher=table.pitcher.called if table.pitcher else "",
        pitch=table.pitch_title,
        pitch_text=table.pitch_text,
        pitch_source=table.pitch_source.title if table.pitch_source else "",
        place=table.place,
        issues=tuple((row.code, str(IssueKind(row.kind).label), row.statement) for row in issues),
        pin=table.host_pin if with_pin else "",
    )


def _paper(
    meeting: Meeting,
    what: str,
    *,
    address: str = "",
    join: str = "",
    code: str = "",
    qr: str = "",
    bodies: Sequence[str] = (),
    kinds: Sequence[tuple[str, str]] = (),
    heads: Sequence[str] = (),
    badges: Sequence[Badge] = (),
    tables: Sequence[TableSheet] = (),
    people: Sequence[PersonRow] = (),
) -> MeetingPaper:
    """What all documents of a meeting share."""
    name, about = meeting_words.documents()[what]
    start = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    when = formats.date_format(start, "j F Y, H:i")
    return MeetingPaper(
        language=current_language(),
        title=f"{name}: {meeting.title}",
        description=about,
        kicker=f"{meeting.code} · {when}",
        footer=f"{name} · {meeting.title} · {when}",
        words=meeting_words.words(),
        meeting=meeting.title,
        when=when,
        place=meeting.place,
        address=address,
        join=join,
        code=code,
        qr=qr,
        bodies=tuple(bodies),
        kinds=tuple(kinds),
        heads=tuple(heads),
        badges=tuple(badges),
        tables=tuple(tables),
        people=tuple(people),
    )


def day_of(meeting: Meeting) -> dt.date:
    """The day of a meeting where it is held."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.zone)).date()
