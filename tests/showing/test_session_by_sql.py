# ruff: noqa: S608 - the attacks are made of nothing that comes from outside
"""Raw SQL against a session, open and ended: what was said stays, and no device comes back. Also run on PostgreSQL."""

from __future__ import annotations

import secrets

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from schakelbord.accounts.actors import Actor
from schakelbord.showing.joining import end_session
from schakelbord.showing.keeping import keep_in_story
from schakelbord.showing.models import Participant, Session
from showing_session import Do, JoinPhone, fresh, say

TABLES = ("session", "participant", "roomgap", "recognition", "inboxitem", "addition", "branch", "branchvote", "change")
ALWAYS = [
    "UPDATE showing_session SET story_content = '{}'",
    "UPDATE showing_session SET catalogue = 'x'",
    "UPDATE showing_session SET made_at = '2020-01-01 00:00:00+00:00'",
    "UPDATE showing_inboxitem SET text = 'x'",
    "UPDATE showing_participant SET key = 'x'",
    "UPDATE showing_branch SET question = 'x'",
    "UPDATE showing_change SET verb = 'x'",
    *(f"DELETE FROM showing_{name}" for name in TABLES),
]
AT = "'2020-01-01 00:00:00+00:00'"
AFTER = [
    "UPDATE showing_participant SET device = 'back'",
    "UPDATE showing_participant SET layer = 'bestuur'",
    "UPDATE showing_session SET state = 'open', ended_at = NULL",
    "UPDATE showing_session SET state = 'prepared'",
    "UPDATE showing_session SET join_code = '123456'",
    f"UPDATE showing_session SET ended_at = {AT}",
    f"UPDATE showing_session SET started_at = {AT}",
    "UPDATE showing_session SET title = 'x'",
    "UPDATE showing_session SET scene = 3",
    "UPDATE showing_session SET notes = '{\"a\": 1}'",
    "UPDATE showing_roomgap SET sentence = 'x'",
    "UPDATE showing_roomgap SET counted = '{\"beleid\": 99}'",
    "UPDATE showing_roomgap SET removed = NOT removed",
    "UPDATE showing_inboxitem SET published = 'x'",
    "UPDATE showing_inboxitem SET state = 'parked'",
    "UPDATE showing_addition SET data = '{}'",
    "UPDATE showing_addition SET removed = NOT removed",
    "UPDATE showing_recognition SET withdrawn = NOT withdrawn",
    "UPDATE showing_branchvote SET option = 1 - option",
    "UPDATE showing_branch SET chosen = 1, is_open = NOT is_open",
    "UPDATE showing_change SET is_undone = NOT is_undone",
    (
        "INSERT INTO showing_participant (session_id, key, device, layer, field, joined_at)"
        f" SELECT id, 'late', '', '', '', {AT} FROM showing_session"
    ),
    (
        "INSERT INTO showing_addition (session_id, key, kind, data, scene, beat, in_story, removed, made_at)"
        " SELECT session_id, 'late', kind, data, scene, beat, in_story, removed, made_at FROM showing_addition"
    ),
    (
        "INSERT INTO showing_recognition (gap_id, participant_id, withdrawn, at)"
        f" SELECT g.id, p.id, p.id < 0, {AT} FROM showing_roomgap g, showing_participant p"
        " WHERE g.id NOT IN (SELECT gap_id FROM showing_recognition)"
    ),
]


def all_rows() -> dict[str, list[dict[str, object]]]:
    """Everything that is kept of sessions."""
    return {name: list(apps.get_model("showing", name).objects.order_by("pk").values()) for name in TABLES}


@pytest.fixture
def lively(session: Session, do: Do, join_phone: JoinPhone) -> Session:
    """A session in which everything happened once: each table has a row."""
    phone = join_phone("beleid", "care")
    do("add-gap", between_from="school@a", sentence="Niemand belt terug")
    do("add-gap", between_from="school@a", sentence="Niemand vraagt door")
    do("add-doll", name="Esdoorn", age=9)
    say(phone, session, "recognise", gap=session.gaps.order_by("pk")[0].key)
    do("show-item", item=say(phone, session, "submit", kind="missing", text="De jongerenwerker").json()["item"])
    ways = [{"label": "Verder", "scene": 1}, {"label": "Terug", "scene": 0}]
    do("open-branch", question="Welke weg?", options=ways)
    say(phone, session, "vote-branch", branch=session.branches.get().key, option=0)
    assert all(all_rows().values())
    return fresh(session)


def refuse(statement: str) -> None:
    """The database refuses a statement, and nothing changed."""
    before = all_rows()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert all_rows() == before


@pytest.mark.parametrize("statement", ALWAYS)
def test_an_open_session_refuses(lively: Session, statement: str) -> None:
    refuse(statement)


@pytest.mark.parametrize("statement", AFTER)
def test_an_ended_session_refuses(lively: Session, presenter: Actor, statement: str) -> None:
    end_session(presenter, lively, key=secrets.token_hex(8), now=timezone.now())
    assert set(Participant.objects.values_list("device", flat=True)) == {""}
    refuse(statement)


def test_no_session_ends_by_sql_while_it_knows_devices(lively: Session) -> None:
    refuse(f"UPDATE showing_session SET state = 'ended', join_code = '', ended_at = {AT}")


def test_what_was_added_can_still_be_kept_after_the_end(lively: Session, presenter: Actor) -> None:
    end_session(presenter, lively, key=secrets.token_hex(8), now=timezone.now())
    made = keep_in_story(presenter, fresh(lively), now=timezone.now())
    assert fresh(lively).kept_in_id == made.pk
