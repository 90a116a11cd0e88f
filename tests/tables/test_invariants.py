"""What the database refuses, whoever asks: each attack is plain SQL, on SQLite here and on PostgreSQL in tests/site."""

# ruff: noqa: S608 - attacks are SQL, and fail wherever they fail
from __future__ import annotations

import secrets

import pytest
from django.db import connection

from meeting_world import World, make_world
from schakelbord.meetings.services import close_meeting
from schakelbord.tables.models import Contribution, Harvest, Statement
from sql_attacks import let_through, refused


@pytest.fixture
def spoken(world: World) -> World:
    """A meeting in which something was said, asked, voted and harvested."""
    table = world.tables[0].pk
    said = [
        world.by(person, "say", table=table, text=f"Niemand neemt op {person}.", kind="experience", mode=mode)
        for person, mode in ((2, "table_only"), (3, "named"))
    ]
    world.run("make-statement", statement="s1", text="Bel eerst.", contributions=[said[1]["contribution"]])
    world.run("open-statement", statement="s1")
    world.by(2, "vote", statement="s1", value=1)
    world.by(0, "save-result", table=table, result="r1", text="Elke school krijgt antwoord.")
    world.by(
        0,
        "save-harvest",
        table=table,
        version=Harvest.objects.get().version,
        assignment="Regel één nummer.",
        addressees=[world.bodies[0].pk],
        contributions=[said[0]["contribution"]],
    )
    world.by(0, "read-back", table=table)
    world.by(0, "confirm", table=table)
    world.by(1, "confirm", table=table)
    return world


KEPT = (
    *(
        "bodies_organisation",
        "bodies_person",
        "bodies_body",
        "dossiers_dossier",
        "dossiers_theme",
        "dossiers_issue",
        "meetings_meeting",
        "meetings_letter",
    ),
    *("meetings_attendance", "meetings_table", "meetings_tableissue", "tables_contribution", "tables_statement"),
    *("tables_vote", "tables_harvest", "tables_desiredresult"),
)


def test_nothing_of_the_chain_is_removed(spoken: World) -> None:
    for table in KEPT:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            assert cursor.fetchone()[0] > 0, table
        refused(f"DELETE FROM {table}")


UPDATES = {
    "a person behind a contribution without a name": (
        "UPDATE tables_contribution SET author_id = (SELECT MIN(id) FROM meetings_attendance) WHERE mode <> 'named'"
    ),
    "a name for what had none": "UPDATE tables_contribution SET mode = 'named' WHERE mode <> 'named'",
    "another name": "UPDATE tables_contribution SET author_id = author_id - 1 WHERE mode = 'named'",
    "the time of what had none": "UPDATE tables_contribution SET made_at = CURRENT_TIMESTAMP WHERE mode <> 'named'",
    "the words of what is used": "UPDATE tables_contribution SET text = 'anders' WHERE state = 'used'",
    "the words of what is voted on": "UPDATE tables_contribution SET text = 'anders' WHERE mode = 'named'",
    "a fact without a source": "UPDATE tables_contribution SET kind = 'fact', source = ''",
    "hidden without a reason": "UPDATE tables_contribution SET state = 'hidden', reason = ''",
    "an unknown state": "UPDATE tables_contribution SET state = 'weg'",
    "the words of a statement": "UPDATE tables_statement SET text = 'anders'",
    "a statement back to a draft": "UPDATE tables_statement SET state = 'draft'",
    "what a statement is made of": "DELETE FROM tables_statement_contributions",
    "a vote": "UPDATE tables_vote SET value = -1",
    "the layer of a vote": "UPDATE tables_vote SET layer = 'both'",
    "the words of a confirmed harvest": "UPDATE tables_harvest SET assignment = 'anders' WHERE state = 'confirmed'",
    "a confirmed harvest back to a draft": "UPDATE tables_harvest SET state = 'draft' WHERE state = 'confirmed'",
    "one person for host and pitcher": "UPDATE tables_harvest SET pitcher_confirmed_by_id = host_confirmed_by_id",
    "the code of a harvest": "UPDATE tables_harvest SET code = 'O-99'",
    "the result of a confirmed harvest": "UPDATE tables_desiredresult SET text = 'anders'",
    "what a confirmed harvest rests on": "DELETE FROM tables_harvest_contributions",
    "to whom a confirmed harvest is addressed": "DELETE FROM tables_harvest_addressees",
    "a meeting back to a draft": "UPDATE meetings_meeting SET state = 'draft'",
    "a meeting that skips a step": "UPDATE meetings_meeting SET state = 'adopted', join_code = ''",
    "a closed meeting with devices": (
        "UPDATE meetings_meeting SET state = 'closed', join_code = '', vote_salt = '', closed_at = CURRENT_TIMESTAMP"
    ),
    "a table without a host": "UPDATE meetings_table SET host_id = NULL",
    "one person as host and pitcher": "UPDATE meetings_table SET pitcher_id = host_id",
    "a table smaller than its people": "UPDATE meetings_table SET capacity = 3",
    "a table without an issue": "DELETE FROM meetings_tableissue",
    "somebody at a table of another meeting's round": "UPDATE meetings_seat SET item_id = 999999",
    "the words of an issue on a table": "UPDATE dossiers_issue SET statement = 'anders'",
    "the code of an issue": "UPDATE dossiers_issue SET code = 'X-01'",
    "the kind of an issue": "UPDATE dossiers_issue SET kind = 'gap'",
    "two agenda items at once": "UPDATE meetings_agendaitem SET started_at = CURRENT_TIMESTAMP, ended_at = NULL",
    "an event": "UPDATE live_event SET actor = 'iemand'",
}


def test_what_is_fixed_cannot_change(spoken: World) -> None:
    assert let_through(UPDATES) == []


def test_a_second_current_vote_and_a_vote_after_closing(spoken: World) -> None:
    columns = "statement_id, token, value, layer, at, replaced"
    again = f"INSERT INTO tables_vote ({columns}) SELECT {columns} FROM tables_vote"
    refused(again)
    spoken.run("close-statement", statement="s1")
    refused(again.replace("SELECT statement_id, token", "SELECT statement_id, 'x'"))
    assert Statement.objects.get().votes.count() == 1


def test_a_full_table_and_a_second_seat_in_a_round(world: World) -> None:
    seats = "INSERT INTO meetings_seat (item_id, table_id, attendance_id) VALUES (%s, %s, %s)"
    item, table = world.rounds[0].pk, world.tables[0]
    refused(seats, item, table.pk, world.people[0].pk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM meetings_seat WHERE attendance_id = %s", [world.people[4].pk])
        cursor.execute(seats, [item, table.pk, world.people[4].pk])
        cursor.execute("DELETE FROM meetings_seat WHERE attendance_id = %s", [world.people[5].pk])
    refused(seats, item, table.pk, world.people[5].pk)


def test_a_contribution_needs_a_round_at_its_table_and_an_open_meeting(spoken: World) -> None:
    columns = "table_id, item_id, key, text, kind, source, mode, author_id, layer, own, from_paper, asked, is_held"
    columns += ', "order", flags, state, reason, version, made_at'
    copy = (
        f"INSERT INTO tables_contribution ({columns}) SELECT {columns.replace('key,', '%s,', 1)} "
        "FROM tables_contribution WHERE mode <> 'named'"
    )
    with connection.cursor() as cursor:
        cursor.execute(copy, [secrets.token_hex(8)])
    assert Contribution.objects.count() == 3
    refused(copy.replace("made_at FROM", "CURRENT_TIMESTAMP FROM"), "a")
    close_meeting(spoken.secretary, spoken.fresh(), key="sluit-nu-1")
    refused(copy, "b")


def test_adopted_minutes_freeze_the_talk(spoken: World) -> None:
    close_meeting(spoken.secretary, spoken.fresh(), key="sluit-nu-1")
    refused("UPDATE meetings_meeting SET state = 'adopted', adopted_at = CURRENT_TIMESTAMP")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE meetings_meeting SET state = 'adopted', adopted_at = CURRENT_TIMESTAMP, minutes_hash = 'abc'"
        )
    refused("UPDATE meetings_meeting SET title = 'anders'")
    refused("UPDATE meetings_meeting SET minutes_hash = 'def'")
    refused("UPDATE tables_contribution SET reason = 'anders'")
    refused("UPDATE tables_harvest SET readback_note = 'anders'")
    refused("UPDATE meetings_attendance SET device = 'abc'")


def test_a_meeting_opens_only_when_it_is_agreed_and_every_table_is_ready(commands_inline: None, db: None) -> None:
    world = make_world(opened=False)
    refused("UPDATE meetings_meeting SET state = 'convened'")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE meetings_convening SET agreed_at = CURRENT_TIMESTAMP, agreed_by_id = %s", [world.secretary.user_id]
        )
        cursor.execute("UPDATE meetings_meeting SET state = 'convened'")
        cursor.execute("UPDATE meetings_table SET pitcher_id = NULL WHERE number = 1")
    refused("UPDATE meetings_meeting SET state = 'open'")


def test_an_erased_person_stays_erased(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bodies_person SET erased_at = CURRENT_TIMESTAMP, email = '', name = 'verwijderd'")
    refused("UPDATE bodies_person SET name = 'M. Merel'")
    refused("UPDATE bodies_person SET erased_at = NULL")
