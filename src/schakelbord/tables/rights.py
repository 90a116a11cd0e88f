"""Who may do what while a meeting goes on, in words of the table of rights."""

from __future__ import annotations

from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting, Table
from schakelbord.tables.codes import HarvestState
from schakelbord.tables.here import Here, leads
from schakelbord.tables.models import Contribution, Harvest


def may_see_table(here: Here, table: Table) -> bool:
    """Whoever sits there, hosts it, opens its talk, or runs the meeting."""
    return here.runs or table.pk in here.at


def may_contribute(here: Here, meeting: Meeting, table: Table) -> bool:
    """Whoever sits at the table, its host and its pitcher, and who runs the meeting, while it is open."""
    return meeting.state == MeetingState.OPEN and may_see_table(here, table)


def may_note_from_paper(here: Here, meeting: Meeting, *, prepares: bool) -> bool:
    """Who prepares meetings, while it is open and after, until the minutes are adopted."""
    return prepares and meeting.state in {MeetingState.OPEN, MeetingState.CLOSED}


def may_mend(here: Here, meeting: Meeting, contribution: Contribution, *, owns: bool) -> bool:
    """Whoever wrote it, by the secret that only their device has, or named; nobody else changes words of another."""
    is_author = contribution.author_id is not None and contribution.author_id == here.attendance_id
    return meeting.state == MeetingState.OPEN and (owns or is_author)


def may_lead(here: Here, meeting: Meeting, table: Table) -> bool:
    """The host of the table and who runs the meeting: hide, group, ask for a source, write the harvest."""
    return meeting.state == MeetingState.OPEN and leads(here, table)


def may_read_harvest(here: Here, table: Table, harvest: Harvest | None) -> bool:
    """Who sees the table; the whole meeting once it was read out."""
    read_out = harvest is not None and harvest.state != HarvestState.DRAFT
    return may_see_table(here, table) or (read_out and here.takes_part)


def may_confirm_as_host(here: Here, table: Table) -> bool:
    """The host, in person."""
    return here.hosts == table.pk


def may_confirm_as_pitcher(here: Here, table: Table) -> bool:
    """The pitcher, in person."""
    return table.pk in here.pitches


def may_contest(here: Here, table: Table) -> bool:
    """Whoever sits at the table, its host and its pitcher."""
    return here.takes_part and table.pk in here.at


def may_settle(here: Here) -> bool:
    """A contested harvest is settled in front of everybody, by who runs the meeting."""
    return here.runs


def may_make_statements(here: Here, meeting: Meeting, table: Table | None) -> bool:
    """The host for their own table, who runs the meeting for all."""
    return meeting.state == MeetingState.OPEN and (here.runs or (table is not None and leads(here, table)))


def may_vote(here: Here, meeting: Meeting) -> bool:
    """Whoever takes part in an open meeting; who only runs it does not."""
    return meeting.state == MeetingState.OPEN and here.takes_part
