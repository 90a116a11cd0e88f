"""What who runs the meeting does: rounds and clock, messages, who is there, what the big screen shows."""

from __future__ import annotations

import datetime as dt
import secrets

from schakelbord.bodies.services import organisation_named
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act
from schakelbord.meetings.codes import ItemKind
from schakelbord.meetings.models import AgendaItem, Attendance, Table
from schakelbord.meetings.services import seat
from schakelbord.tables import asks
from schakelbord.tables.here import Here, round_now
from schakelbord.tables.talk import checked, table_of


def start_item(act: Act, here: Here, body: asks.OneItem) -> Payload:
    """Begin a point of the agenda; what went on ends."""
    _require_runs(here)
    item = item_of(act, body.item)
    if item.started_at is not None and item.ended_at is None:
        return {"seq": act.journal.seq}
    if item.ended_at is not None and item.kind == ItemKind.TABLE_ROUND:
        raise StateError(
            "round_over",
            nl="Deze ronde is geweest. Zet een nieuwe ronde op de agenda.",
            en="This round is over. Put a new round on the agenda.",
        )
    act.meeting.agenda.filter(started_at__isnull=False, ended_at=None).update(ended_at=act.now)
    item.started_at, item.ended_at = item.started_at or act.now, None
    item.ends_at = act.now + dt.timedelta(minutes=item.minutes)
    item.save(update_fields=["started_at", "ends_at", "ended_at"])
    if item.kind == ItemKind.TABLE_ROUND:
        act.meeting.tables.update(phase="pitch")
    return {"seq": act.tell("agenda.started", node=str(item.pk), kind=item.kind, ends=_seconds(item.ends_at))}


def end_item(act: Act, here: Here, body: asks.OneItem) -> Payload:
    """End a point of the agenda."""
    _require_runs(here)
    item = item_of(act, body.item)
    if item.started_at is not None and item.ended_at is None:
        item.ended_at = act.now
        item.save(update_fields=["ended_at"])
    return {"seq": act.tell("agenda.ended", node=str(item.pk), kind=item.kind)}


def more_time(act: Act, here: Here, body: asks.MoreTime) -> Payload:
    """More minutes, or fewer, for what goes on; it never ends before now."""
    _require_runs(here)
    item = item_of(act, body.item)
    if item.started_at is None or item.ended_at is not None or item.ends_at is None:
        raise StateError("not_going", nl="Dit onderdeel loopt nu niet.", en="This point does not go on now.")
    item.ends_at = max(act.now, item.ends_at + dt.timedelta(minutes=body.minutes))
    item.save(update_fields=["ends_at"])
    return {"seq": act.tell("agenda.time", node=str(item.pk), ends=_seconds(item.ends_at))}


def announce(act: Act, here: Here, body: asks.Announce) -> Payload:
    """A message on every phone and every host's screen; "" takes it away."""
    _require_runs(here)
    checked(body.text, sure=True)
    act.meeting.shown = {**act.meeting.shown, "message": body.text}
    act.meeting.save(update_fields=["shown"])
    return {"seq": act.tell("meeting.message", text=body.text)}


def show(act: Act, here: Here, body: asks.Show) -> Payload:
    """What the big screen shows."""
    _require_runs(here)
    if body.table is not None:
        table_of(act, body.table)
    act.meeting.shown = {**act.meeting.shown, "view": body.view, "page": body.page, "table": body.table}
    act.meeting.save(update_fields=["shown"])
    return {"seq": act.tell("meeting.shown", view=body.view, page=body.page, table=body.table)}


def set_presence(act: Act, here: Here, body: asks.Presence) -> Payload:
    """Somebody is there, or has left."""
    _require_runs(here)
    found = attendance_of_key(act, body.attendance)
    if body.present:
        found.present_at, found.left_at = found.present_at or act.now, None
    else:
        found.left_at = act.now
    found.save(update_fields=["present_at", "left_at"])
    return {"seq": act.note("presence", node=found.key, present=body.present)}


def walk_in(act: Act, here: Here, body: asks.WalkIn) -> Payload:
    """Somebody who is not on the list takes part, at a table with room; that of their choice when it has."""
    _require_runs(here)
    organisation = organisation_named(body.organisation, now=act.now) if body.organisation.strip() else None
    found = Attendance.objects.create(
        meeting=act.meeting,
        key=secrets.token_hex(8),
        pseudonym=body.name.strip() or "deelnemer",
        organisation=organisation,
        layer=body.layer,
        reply="yes",
        present_at=act.now,
        made_at=act.now,
    )
    place_somewhere(act, found, table_of(act, body.table) if body.table is not None else None)
    return {"seq": act.note("participant.added", node=found.key), "attendance": found.key}


def move_seat(act: Act, here: Here, body: asks.MoveSeat) -> Payload:
    """Another table for somebody in a round."""
    _require_runs(here)
    seat(act, item_of(act, body.item), table_of(act, body.table), attendance_of_key(act, body.attendance))
    return {"seq": act.journal.seq}


def place_somewhere(act: Act, attendance: Attendance, wished: Table | None) -> Table | None:
    """A seat in the round that counts now: at the wished table, else where most chairs are free; None: all is full."""
    item = round_now(act.meeting)
    if item is None:
        return None
    free = {table: table.capacity - table.seats.filter(item=item).count() for table in act.meeting.tables.all()}
    if wished is not None and free.get(wished, 0) > 0:
        chosen: Table | None = wished
    else:
        chosen = max((table for table in free if free[table] > 0), key=lambda table: free[table], default=None)
    if chosen is not None:
        seat(act, item, chosen, attendance)
    return chosen


def item_of(act: Act, key: int) -> AgendaItem:
    """A point of the agenda of this meeting.

    Raises:
        InputError: there is none with this key.
    """
    found = act.meeting.agenda.filter(pk=key).first()
    if found is None:
        raise InputError("item", "item", nl="Dit onderdeel staat niet op de agenda.", en="This is not on the agenda.")
    return found


def attendance_of_key(act: Act, key: str) -> Attendance:
    """Somebody on the list of this meeting.

    Raises:
        InputError: nobody has this key.
    """
    found = act.meeting.attendances.select_related("person").filter(key=key).first()
    if found is None:
        raise InputError(
            "attendance",
            "attendance",
            nl="Deze deelnemer staat niet op de lijst.",
            en="This participant is not listed.",
        )
    return found


def _seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())


def _require_runs(here: Here) -> None:
    if not here.runs:
        raise RightError(
            "not_the_secretary",
            nl="Dit doet de secretaris of de voorzitter, zolang de bijeenkomst open is.",
            en="This is for the secretary or the chair, while the meeting is open.",
        )
