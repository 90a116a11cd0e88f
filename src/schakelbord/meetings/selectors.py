"""What the pages of preparing a meeting show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schakelbord.meetings.codes import ItemKind, Layer, LetterState, MeetingState, ReplyKind
from schakelbord.meetings.models import AgendaItem, Attendance, Letter, Meeting, Seat, Table
from schakelbord.meetings.table_drawing import Chair, chairs_of

MOST_SHOWN: Final = 200
GROUPS: Final[tuple[tuple[Promise, tuple[MeetingState, ...]], ...]] = (
    (_("Going on now"), (MeetingState.OPEN,)),
    (_("Being prepared"), (MeetingState.DRAFT, MeetingState.CONVENED)),
    (_("Held"), (MeetingState.CLOSED, MeetingState.ADOPTED, MeetingState.ARCHIVED)),
)


@dataclass(frozen=True, slots=True)
class MeetingGroup:
    """Meetings in one part of their life."""

    title: Promise
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be done before a meeting can open, and where."""

    sentence: str
    address: str


@dataclass(frozen=True, slots=True)
class Replies:
    """Who comes."""

    yes: int
    no: int
    none: int

    @property
    def all(self) -> int:
        """Everybody on the list."""
        return self.yes + self.no + self.none


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of the plan, with who sits there in a round and what does not fit well."""

    table: Table
    people: tuple[Attendance, ...]
    clashes: frozenset[int]
    free: int

    @property
    def chairs(self) -> tuple[Chair, ...]:
        """The chairs around the table."""
        return chairs_of(self.table, self.people)


def meeting_groups() -> tuple[MeetingGroup, ...]:
    """All meetings, those that go on first."""
    rows = list(
        Meeting.objects.select_related("dossier").prefetch_related("bodies").order_by("-starts_at")[:MOST_SHOWN]
    )
    found = (MeetingGroup(title, tuple(row for row in rows if row.state in states)) for title, states in GROUPS)
    return tuple(group for group in found if group.meetings)


def replies_of(meeting: Meeting) -> Replies:
    """Who comes to a meeting; one query."""
    counted = dict(meeting.attendances.values_list("reply").annotate(count=Count("pk")).order_by())
    return Replies(counted.get(ReplyKind.YES, 0), counted.get(ReplyKind.NO, 0), counted.get(ReplyKind.NONE, 0))


def layers_of(meeting: Meeting) -> list[tuple[str, int]]:
    """How many of each layer come."""
    rows = meeting.attendances.exclude(reply=ReplyKind.NO).values_list("layer").annotate(count=Count("pk")).order_by()
    counted = dict(rows)
    return [(str(layer.label), counted[layer]) for layer in Layer if layer in counted]


def letters_by_state(meeting: Meeting, *, now: dt.datetime) -> list[tuple[str, int]]:
    """How far the letters are that were due by now."""
    counted = Counter(Letter.objects.filter(meeting=meeting, due_at__lte=now).values_list("state", flat=True))
    return [(str(state.label), counted[state]) for state in LetterState if counted[state]]


def letters_for_later(meeting: Meeting, *, now: dt.datetime) -> int:
    """How many letters wait for a day to come; none once the meeting is over."""
    if meeting.state not in {MeetingState.CONVENED, MeetingState.OPEN}:
        return 0
    return Letter.objects.filter(meeting=meeting, state=LetterState.WAITING, due_at__gt=now).count()


def troubled_letters(meeting: Meeting) -> tuple[Letter, ...]:
    """Letters about which somebody must decide."""
    rows = Letter.objects.filter(meeting=meeting, state__in=[LetterState.FAILED, LetterState.UNSURE])
    return tuple(rows.select_related("attendance__person"))


def rounds_of(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The rounds at the tables, in order."""
    return tuple(meeting.agenda.filter(kind=ItemKind.TABLE_ROUND).order_by("order"))


def table_rows(meeting: Meeting, item: AgendaItem | None) -> tuple[TableRow, ...]:
    """The table plan of a round."""
    known = meeting.tables.select_related("theme", "host__person", "pitcher__person", "pitch_source")
    tables = list(known.order_by("number"))
    people: dict[int, list[Attendance]] = {table.pk: [] for table in tables}
    if item is not None:
        seats = Seat.objects.filter(item=item).select_related("attendance__person", "attendance__organisation")
        for seat in seats.order_by("pk"):
            people[seat.table_id].append(seat.attendance)
    return tuple(
        TableRow(
            table,
            _in_order(table, people[table.pk]),
            _clashes(people[table.pk]),
            table.capacity - len(people[table.pk]),
        )
        for table in tables
    )


def without_seat(meeting: Meeting, item: AgendaItem | None) -> tuple[Attendance, ...]:
    """Who comes and has no seat in a round."""
    rows = meeting.attendances.select_related("person", "organisation").exclude(reply=ReplyKind.NO)
    if item is not None:
        rows = rows.exclude(pk__in=Seat.objects.filter(item=item).values("attendance_id"))
    return tuple(rows.order_by("pk")[:MOST_SHOWN])


def participants(meeting: Meeting, *, search: str = "") -> tuple[Attendance, ...]:
    """The list of participants, by name, as far as it fits on a page."""
    rows = meeting.attendances.select_related("person", "organisation", "body")
    if search:
        rows = rows.filter(
            Q(person__name__icontains=search) | Q(pseudonym__icontains=search) | Q(organisation__name__icontains=search)
        )
    return tuple(rows.order_by("person__name", "pk")[:MOST_SHOWN])


def _row(table: Table, people: Sequence[Attendance]) -> TableRow:
    return TableRow(table, _in_order(table, people), _clashes(people), table.capacity - len(people))


def _in_order(table: Table, people: Sequence[Attendance]) -> tuple[Attendance, ...]:
    first = {table.host_id: 0, table.pitcher_id: 1}
    return tuple(sorted(people, key=lambda one: (first.get(one.pk, 2), one.called)))


def _clashes(people: Sequence[Attendance]) -> frozenset[int]:
    """Who sits with somebody of the same organisation."""
    counted = Counter(one.organisation_id for one in people)
    return frozenset(one.pk for one in people if one.organisation_id is not None and counted[one.organisation_id] > 1)
