"""What the screens of a meeting show. Each view is made in a fixed number of queries, however much was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from schakelbord.bodies.models import Body
from schakelbord.dossiers.models import Issue
from schakelbord.meetings.codes import ItemKind, Layer, MeetingState, ReplyKind
from schakelbord.meetings.models import AgendaItem, Attendance, Meeting, Seat, Table
from schakelbord.meetings.table_drawing import Chair, chairs_of
from schakelbord.tables.codes import ContributionState, HarvestState, Kind, Phase, StatementState
from schakelbord.tables.here import Here, leads, round_now
from schakelbord.tables.models import Contribution, DesiredResult, Group, Harvest
from schakelbord.tables.results import Outcome, outcome_of

HELD = Q(contributions__is_held=True, contributions__state=ContributionState.NOTED)
ON_TABLE = (ContributionState.NOTED, ContributionState.USED)


@dataclass(frozen=True, slots=True)
class NoteView:
    """A contribution as a screen shows it."""

    key: str
    text: str
    kind: str
    kind_label: str
    who: str
    source: str
    asked: bool
    state: str
    state_label: str
    reason: str
    held: bool
    warning: str
    group: str
    is_mine: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with its contributions, in the order of the host."""

    key: str
    title: str
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class HarvestView:
    """The harvest of a table."""

    code: str
    version: int
    state: str
    state_label: str
    assignment: str
    addressees: tuple[tuple[int, str, bool], ...]
    addressed_to: str
    results: tuple[DesiredResult, ...]
    used: frozenset[str]
    readback_note: str
    contested_because: str
    contested_at: dt.datetime | None
    host_confirmed: bool
    pitcher_confirmed: bool

    @property
    def is_written(self) -> bool:
        """Whether there is anything yet."""
        return bool(self.code)

    @property
    def is_fixed(self) -> bool:
        """Whether the table cannot change it any more."""
        return self.state in {HarvestState.CONFIRMED, HarvestState.CONTESTED}


@dataclass(frozen=True, slots=True)
class Clock:
    """The time left of what goes on: the end in milliseconds for the page, and the minutes that are left now."""

    until: int
    minutes: int
    of: int


@dataclass(frozen=True)
class TableView:
    """A table as those who see it see it."""

    table: Table
    item: AgendaItem | None
    issues: tuple[Issue, ...]
    groups: tuple[GroupView, ...]
    loose: tuple[NoteView, ...]
    away: tuple[NoteView, ...]
    harvest: HarvestView
    seated: tuple[Attendance, ...]
    leads: bool
    statements: tuple[StatementView, ...]
    earlier: tuple[NoteView, ...] = ()
    silent: int = 0

    @cached_property
    def notes(self) -> tuple[NoteView, ...]:
        """Everything on the table, in groups first."""
        return (*(note for group in self.groups for note in group.notes), *self.loose)

    @property
    def phases(self) -> list[tuple[str, str, str]]:
        """The phases in order: key, name, and `past`, `now` or ""."""
        keys = list(Phase.values)
        at = keys.index(self.table.phase)
        return [
            (key, str(Phase(key).label), "past" if place < at else "now" if place == at else "")
            for place, key in enumerate(keys)
        ]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with, once it is closed, what came of the vote."""

    key: str
    text: str
    state: str
    state_label: str
    voted: int
    own: int | None
    outcome: Outcome | None
    table: int | None


@dataclass(frozen=True, slots=True)
class TableSign:
    """A table in one line, for the table plan and the console."""

    table: Table
    title: str
    host: str
    pitcher: str
    seated: tuple[Attendance, ...] = ()
    count: int = 0
    held: int = 0
    phase: str = ""
    harvest: HarvestView | None = None
    quiet_minutes: int | None = None

    @property
    def chairs(self) -> tuple[Chair, ...]:
        """The chairs around the table."""
        return chairs_of(self.table, self.seated)

    @property
    def free(self) -> int:
        """Chairs that nobody has."""
        return self.table.capacity - len(self.seated)


def table_view(meeting: Meeting, table: Table, here: Here, *, own: Sequence[str] = ()) -> TableView:
    """A table for who sees it; at most nine queries.

    Args:
        meeting: the meeting.
        table: with its theme.
        here: who looks.
        own: marks of the secrets of this device, when a page without scripts knows them.
    """
    item = round_now(meeting)
    may_lead = leads(here, table)
    rows = list(table.contributions.select_related("author__person", "item").order_by("order"))
    used = {row.pk for row in rows if row.state == ContributionState.USED}
    groups = list(table.groups.filter(removed=False).order_by("order", "pk"))
    seen = [row for row in rows if may_lead or not row.is_held]
    notes = [_note(row, here, fixed=row.pk in used, groups=groups, own=own) for row in seen]
    by_row = list(zip(seen, notes, strict=True))
    shown = [(row, note) for row, note in by_row if row.state in ON_TABLE]
    harvest = harvest_view(convening_bodies(meeting), harvests_of(meeting).filter(table=table).first())
    seated = seated_at(table, item)
    return TableView(
        table=table,
        item=item,
        issues=tuple(Issue.objects.filter(table_issues__table=table).order_by("table_issues__order")),
        groups=tuple(
            GroupView(group.key, group.title, tuple(note for row, note in shown if row.group_id == group.pk))
            for group in groups
        ),
        loose=tuple(note for row, note in shown if row.group_id is None),
        away=tuple(note for row, note in by_row if row.state not in ON_TABLE) if may_lead else (),
        harvest=harvest,
        seated=seated,
        leads=may_lead,
        statements=statement_views(meeting, here, table=table),
        earlier=tuple(note for row, note in shown if item is not None and row.item_id != item.pk),
        silent=_silent(seated, rows, item),
    )


def seated_at(table: Table, item: AgendaItem | None) -> tuple[Attendance, ...]:
    """Who sits at a table in a round, host and pitcher first."""
    if item is None:
        return ()
    rows = table.seats.filter(item=item).select_related("attendance__person", "attendance__organisation")
    found = [row.attendance for row in rows]
    first = {table.host_id: 0, table.pitcher_id: 1}
    return tuple(sorted(found, key=lambda one: (first.get(one.pk, 2), one.pk)))


def convening_bodies(meeting: Meeting) -> list[Body]:
    """Who convenes a meeting, in order."""
    return [row.body for row in meeting.convenings.select_related("body").order_by("order")]


def harvests_of(meeting: Meeting) -> QuerySet[Harvest]:
    """All harvests of a meeting, with what `harvest_view` needs."""
    rows = Harvest.objects.filter(table__meeting=meeting).order_by("table__number")
    return rows.prefetch_related("addressees", "results", "contributions")


def harvest_view(bodies: Sequence[Body], harvest: Harvest | None) -> HarvestView:
    """The harvest of a table, from `harvests_of`, or the empty one of a table that has none yet."""
    if harvest is None:
        return HarvestView(
            code="",
            version=0,
            state=HarvestState.DRAFT,
            state_label=str(HarvestState.DRAFT.label),
            assignment="",
            addressees=tuple((body.pk, body.called, False) for body in bodies),
            addressed_to="",
            results=(),
            used=frozenset(),
            readback_note="",
            contested_because="",
            contested_at=None,
            host_confirmed=False,
            pitcher_confirmed=False,
        )
    chosen = {body.pk for body in harvest.addressees.all()}
    results = [row for row in harvest.results.all() if not row.removed]
    return HarvestView(
        code=harvest.code,
        version=harvest.version,
        state=harvest.state,
        state_label=str(HarvestState(harvest.state).label),
        assignment=harvest.assignment,
        addressees=tuple((body.pk, body.called, body.pk in chosen) for body in bodies),
        addressed_to=", ".join(body.called for body in bodies if body.pk in chosen),
        results=tuple(sorted(results, key=lambda row: (row.order, row.pk))),
        used=frozenset(row.key for row in harvest.contributions.all()),
        readback_note=harvest.readback_note,
        contested_because=harvest.contested_because,
        contested_at=harvest.contested_at,
        host_confirmed=harvest.host_confirmed_by_id is not None,
        pitcher_confirmed=harvest.pitcher_confirmed_by_id is not None,
    )


def statement_views(meeting: Meeting, here: Here, *, table: Table | None = None) -> tuple[StatementView, ...]:
    """Statements with how many voted, one's own vote while it is open, and the outcome of those that are closed."""
    from schakelbord.tables.votes import token_of  # noqa: PLC0415 - votes import talk, which needs no selectors

    rows = meeting.statements.select_related("table").order_by("order", "pk")
    if table is not None:
        rows = rows.filter(Q(table=table) | Q(table=None))
    counted = rows.annotate(voted=Count("votes", filter=Q(votes__replaced=False)))
    token = token_of(meeting, here.attendance_id) if here.attendance_id is not None and meeting.vote_salt else ""
    own: dict[int, int] = {}
    if token:
        own = dict(
            meeting.statements.filter(votes__token=token, votes__replaced=False).values_list("pk", "votes__value")
        )
    return tuple(
        StatementView(
            key=row.key,
            text=row.text,
            state=row.state,
            state_label=str(StatementState(row.state).label),
            voted=row.voted,
            own=own.get(row.pk),
            outcome=outcome_of(row) if row.state == StatementState.CLOSED else None,
            table=row.table.number if row.table else None,
        )
        for row in counted
    )


def open_statements(meeting: Meeting, here: Here) -> tuple[StatementView, ...]:
    """What can be voted on now."""
    return tuple(row for row in statement_views(meeting, here) if row.state == StatementState.OPEN)


def table_signs(meeting: Meeting, item: AgendaItem | None) -> tuple[TableSign, ...]:
    """All tables with who sits there, how much lies on them, and their harvest."""
    tables = list(
        meeting.tables.select_related("theme", "host__person", "pitcher__person")
        .annotate(
            said=Count("contributions", distinct=True),
            held=Count(
                "contributions", filter=Q(contributions__is_held=True, contributions__state="noted"), distinct=True
            ),
        )
        .order_by("number")
    )
    seats = Seat.objects.filter(item=item, table__meeting=meeting) if item else Seat.objects.none()
    seated: dict[int, list[Attendance]] = {table.pk: [] for table in tables}
    for seat in seats.select_related("attendance__person", "attendance__organisation"):
        seated[seat.table_id].append(seat.attendance)
    bodies = convening_bodies(meeting)
    harvests = {row.table_id: harvest_view(bodies, row) for row in harvests_of(meeting)}
    return tuple(
        TableSign(
            table=table,
            title=table.theme.title,
            host=table.host.called if table.host else "",
            pitcher=table.pitcher.called if table.pitcher else "",
            seated=tuple(seated[table.pk]),
            count=table.said,
            held=table.held,
            phase=str(Phase(table.phase).label),
            harvest=harvests.get(table.pk),
        )
        for table in tables
    )


def agenda_of(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The agenda in order."""
    return tuple(meeting.agenda.order_by("order"))


def going_on(meeting: Meeting) -> AgendaItem | None:
    """The point of the agenda that goes on."""
    return meeting.agenda.filter(started_at__isnull=False, ended_at=None).first()


def people_of(meeting: Meeting) -> tuple[Attendance, ...]:
    """Everybody on the list who did not say no, by name."""
    rows = meeting.attendances.select_related("person", "organisation", "body").exclude(reply=ReplyKind.NO)
    return tuple(sorted(rows, key=lambda one: one.called.casefold()))


def open_meetings() -> tuple[Meeting, ...]:
    """Meetings that go on now."""
    return tuple(Meeting.objects.filter(state=MeetingState.OPEN).order_by("-starts_at"))


def has_rounds(meeting: Meeting) -> bool:
    """Whether there is talk at tables on the agenda."""
    return meeting.agenda.filter(kind=ItemKind.TABLE_ROUND).exists()


def _note(row: Contribution, here: Here, *, fixed: bool, groups: Sequence[Group], own: Sequence[str]) -> NoteView:
    is_author = row.author_id is not None and row.author_id == here.attendance_id
    is_mine = is_author or (bool(row.own) and row.own in own)
    layer = str(Layer(row.layer).label) if row.layer else ""
    name = row.author.called if row.author else ""
    return NoteView(
        key=row.key,
        text=row.text,
        kind=row.kind,
        kind_label=str(Kind(row.kind).label),
        who=", ".join(part for part in (name, layer) if part),
        source=row.source,
        asked=row.asked,
        state=row.state,
        state_label=str(ContributionState(row.state).label),
        reason=row.reason,
        held=row.is_held,
        warning=_warning(row),
        group=next((group.key for group in groups if group.pk == row.group_id), ""),
        is_mine=is_mine,
        may_change=is_mine and not fixed,
    )


def _warning(row: Contribution) -> str:
    from schakelbord.core.languages import current_language  # noqa: PLC0415 - only pages have a language

    return str(row.flags[0][current_language()]) if row.flags else ""


def _silent(seated: Sequence[Attendance], rows: Sequence[Contribution], item: AgendaItem | None) -> int:
    """At how many chairs nothing was said in this round, at least; nobody is named."""
    if item is None:
        return 0
    now = [row for row in rows if row.item_id == item.pk and not row.from_paper]
    named = {row.author_id for row in now if row.author_id}
    nameless = sum(row.author_id is None for row in now)
    return max(0, len(seated) - len(named) - nameless)
