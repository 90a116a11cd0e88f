"""Somebody in a meeting, as the predicates of `rights.py` see them: an account, a device that joined, or both."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.accounts.actors import READER, Actor
from schakelbord.meetings.codes import ItemKind, MeetingState
from schakelbord.meetings.models import AgendaItem, Attendance, Meeting, Table
from schakelbord.meetings.rights import may_run_meeting


@dataclass(frozen=True, slots=True)
class Here:
    """Who acts.

    Args:
        actor: who logged in.
        attendance_id: key of the attendance of this device, or None.
        layer: of that attendance.
        tables: keys of the tables at which they sit in the round that counts now.
        hosts: key of the table that they host.
        pitches: keys of the tables whose talk they open.
        runs: whether they run this meeting.
    """

    actor: Actor = READER
    attendance_id: int | None = None
    layer: str = ""
    tables: frozenset[int] = frozenset()
    hosts: int | None = None
    pitches: frozenset[int] = frozenset()
    runs: bool = False

    @property
    def takes_part(self) -> bool:
        """Whether this device joined."""
        return self.attendance_id is not None

    @property
    def at(self) -> frozenset[int]:
        """Keys of all tables of which they see what is said: where they sit, host or open the talk."""
        return self.tables | self.pitches | (frozenset() if self.hosts is None else {self.hosts})


def round_now(meeting: Meeting) -> AgendaItem | None:
    """The round that counts now: the one that goes on, else the last that began, else the first to come."""
    rounds = [item for item in meeting.agenda.order_by("order") if item.kind == ItemKind.TABLE_ROUND]
    going = [item for item in rounds if item.started_at is not None and item.ended_at is None]
    begun = [item for item in rounds if item.started_at is not None]
    return next(iter(going or begun[-1:] or rounds[:1]), None)


def who_is_here(meeting: Meeting, actor: Actor, device: str) -> Here:
    """Who this is in a meeting; at most four queries."""
    runs = may_run_meeting(actor, meeting)
    found = attendance_of(meeting, device, user_id=actor.user_id)
    if found is None:
        return Here(actor=actor, runs=runs)
    item = round_now(meeting)
    seats = found.seats.filter(item=item).values_list("table_id", flat=True) if item else ()
    roles = meeting.tables.filter(host=found) | meeting.tables.filter(pitcher=found)
    tables = list(roles.values_list("pk", "host_id", "pitcher_id"))
    return Here(
        actor=actor,
        attendance_id=found.pk,
        layer=found.layer,
        tables=frozenset(seats),
        hosts=next((pk for pk, host, _ in tables if host == found.pk), None),
        pitches=frozenset(pk for pk, _, pitcher in tables if pitcher == found.pk),
        runs=runs,
    )


def attendance_of(meeting: Meeting, device: str, *, user_id: int | None = None) -> Attendance | None:
    """Whose device this is in an open meeting; without a device that joined, who logged in and is on the list."""
    if meeting.state != MeetingState.OPEN:
        return None
    found = meeting.attendances.filter(device=device).first() if device else None
    if found is None and user_id is not None:
        return meeting.attendances.filter(person__user_id=user_id).first()
    return found


def leads(here: Here, table: Table) -> bool:
    """Whether they lead the talk at a table: its host, or who runs the meeting."""
    return here.runs or here.hosts == table.pk
