"""Loose ends: what is late and on whom it waits, what is broken, the page and the command."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meeting_world import World
from schakelbord.chain import placing, proposals, referrals
from schakelbord.chain.models import Action, Decision, Placement, Verdict
from schakelbord.chain.threads.loose_ends import BROKEN, LATE, Nightly, loose_ends, nightly_look
from schakelbord.cli import check_thread
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.errors import StateError
from thread_world import Thread, close, key, make_thread, new_action

ClientInRole = Callable[[str], Client]


@pytest.fixture
def whole(world: World) -> Thread:
    """A thread with a report."""
    return make_thread("report", world=world)


def kinds(day: dt.date | None = None) -> list[tuple[str, str, str]]:
    return [(end.kind, end.code, end.owner) for end in loose_ends(today=day)]


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def without_rules(*statements: str) -> None:
    """Do what the database refuses: its triggers go for this test, as when somebody wrote in the file by hand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'chain_%%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement)


def test_nothing_hangs_loose_while_all_is_in_time(whole: Thread) -> None:
    assert kinds() == []


def test_a_report_and_an_action_that_are_late(whole: Thread) -> None:
    assert kinds(in_days(62)) == [("report_late", "A-01", "S. Zwaluw")]
    late = loose_ends(today=in_days(201))
    assert [(end.kind, end.age(in_days(201))) for end in late] == [("report_late", 140), ("action_late", 1)]


def test_an_offer_without_an_answer(world: World) -> None:
    thread = make_thread("action", world=world)
    placing.consider(thread.secretary, thread.action, thread.existing, key=key())
    placing.offer(thread.secretary, Placement.objects.get(), key=key())
    assert kinds(in_days(21)) == []
    assert kinds(in_days(22)) == [("offer_unanswered", "A-01", "K. Kwartel")]
    placing.take_back_unanswered(thread.world.dossier, today=in_days(22), key=key())
    assert kinds(in_days(22)) == [("offer_unanswered", "A-01", "")]


def test_a_question_without_an_answer_and_an_issue_nobody_took_up(world: World) -> None:
    issue = world.issues[1]
    Issue.objects.filter(pk=issue.pk).update(state="submitted", submitted_by=world.bodies[0])
    assert kinds() == [("issue_waiting", "D-02", "")]
    issue.refresh_from_db()
    referrals.refer(
        world.secretary, issue, to=world.bodies[1], question="Mag dit?", due=in_days(5), skip_reason="haast", key=key()
    )
    assert kinds() == []
    assert kinds(in_days(6)) == [("referral_late", "D-02", "Strategisch Beraad")]


def test_a_decision_that_waits_and_one_past_its_day(world: World) -> None:
    thread = make_thread("proposal", world=world)
    proposals.table(thread.secretary, thread.proposal, deadline=in_days(7), bodies=world.bodies, key=key())
    code = Decision.objects.get().code
    both = "Beleidsplatform, Strategisch Beraad"
    assert kinds() == [("decision_waiting", code, both)]
    assert kinds(in_days(8)) == [("proposal_late", code, both)]


def test_a_harvest_that_was_never_confirmed(world: World) -> None:
    table = world.tables[0].pk
    world.by(0, "save-harvest", table=table, version=0, assignment="Regel het.")
    assert kinds() == []
    close(world)
    assert [row for row in kinds() if row[1] == "O-01"] == [("harvest_unconfirmed", "O-01", "Vogel 0-0")]


def test_a_result_without_a_verdict(whole: Thread) -> None:
    from schakelbord.accounts.actors import Role  # noqa: PLC0415
    from schakelbord.accounts.demo import demo_user  # noqa: PLC0415
    from schakelbord.accounts.selectors import actor_of  # noqa: PLC0415
    from schakelbord.chain import reporting  # noqa: PLC0415

    owner = actor_of(demo_user(Role.ACTION_OWNER))
    reporting.report(owner, whole.action, seat=whole.owner, status="done", text="Klaar.", key=key())
    assert kinds() == [("verdict_missing", "A-01", "Beleidsplatform, Strategisch Beraad")]


def test_contributions_without_a_fate_in_adopted_minutes(world: World) -> None:
    make_thread("harvest", world=world)
    close(world)
    world.meeting.state, world.meeting.minutes_hash = "adopted", "0" * 64
    world.meeting.adopted_at = timezone.now()
    world.meeting.save()
    found = [end for end in loose_ends() if end.kind == "contribution_without_fate"]
    assert [(end.code, end.title, end.owner) for end in found] == [
        (world.meeting.code, "1 bijdrage aan tafel 1", "Vogel 0-0")
    ]


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("I5", "UPDATE bodies_membership SET to_day = '2026-01-01' WHERE id = (SELECT owner_id FROM chain_action)"),
        ("I6", "UPDATE chain_action SET body_id = NULL, no_body_reason = 'past niet'"),
        ("I8", "DELETE FROM chain_actionresult"),
        ("I9", "DELETE FROM chain_proposal_harvests"),
        ("I10", "UPDATE chain_endorsement SET stance = 'abstain' WHERE id = 1"),
        ("I11", "UPDATE chain_decision SET final_text = 'Iets anders.'"),
    ],
)
def test_what_is_broken_is_found_although_the_database_refuses_it(whole: Thread, kind: str, statement: str) -> None:
    more = ["DELETE FROM chain_placement"] if kind == "I6" else []
    more += ["UPDATE chain_progressreport SET result_id = NULL, value = NULL"] if kind == "I8" else []
    without_rules(*more, statement)
    assert {end.kind for end in loose_ends() if end.is_broken} == {kind}
    assert nightly_look() == 1


def test_a_verdict_by_the_owner_is_broken(whole: Thread) -> None:
    without_rules("UPDATE chain_action SET state = 'reported_done'")
    Verdict.objects.create(
        result=whole.action.results.get(), kind="reached", reason="Zelf gezien.", given_by=whole.owner,
        at=timezone.now(),
    )  # fmt: skip
    assert {end.kind for end in loose_ends() if end.is_broken} == {"I13"}


def test_a_resolved_issue_with_an_open_question_is_broken(world: World) -> None:
    Issue.objects.filter(code="D-02").update(submitted_by=world.bodies[0])
    issue = Issue.objects.get(code="D-02")
    referrals.refer(
        world.secretary, issue, to=world.bodies[1], question="Mag dit?", due=in_days(5), skip_reason="haast", key=key()
    )
    Issue.objects.filter(code="D-02").update(state="resolved")
    assert [row[:2] for row in kinds()] == [("I14", "D-02")]


def test_loose_ends_take_a_fixed_number_of_queries(whole: Thread) -> None:
    with CaptureQueriesContext(connection) as few:
        loose_ends(today=in_days(300))
    for number in range(6):
        new_action(whole, f"Actie {number}")
    with CaptureQueriesContext(connection) as many:
        found = loose_ends(today=in_days(300))
    assert len(found) == 14
    assert len(many) == len(few) <= 25


def test_every_kind_is_said_in_words() -> None:
    assert all(str(words) for words in (*LATE.values(), *BROKEN.values()))
    assert not set(LATE) & set(BROKEN)


def test_the_page_of_loose_ends(whole: Thread, as_role: ClientInRole) -> None:
    assert "Er hangt niets los" in as_role("secretary").get("/losse-eindjes").content.decode()
    assert as_role("technical_admin").get("/losse-eindjes").status_code == 403
    Issue.objects.filter(code="D-02").update(state="submitted")
    Action.objects.update(report_every_days=0)
    without_rules("UPDATE chain_progressreport SET made_at = '2026-01-01 12:00:00'")
    text = as_role("auditor").get("/losse-eindjes").content.decode()
    assert "2 losse eindjes" in text
    assert "bericht is over tijd" in text
    assert "vraagstuk dat niemand oppakte" in text
    only = as_role("auditor").get("/losse-eindjes?soort=issue_waiting").content.decode()
    assert "/draad/D-02" in only
    assert "/draad/A-01" not in only
    assert "Niets past bij deze keuze." in as_role("chair").get("/losse-eindjes?wie=Niemand").content.decode()
    Dossier.objects.update(confidentiality="meeting")
    assert "Er hangt niets los" in as_role("participant").get("/losse-eindjes").content.decode()


def test_the_command_says_what_is_late_and_fails_on_what_is_broken(
    whole: Thread, capsys: pytest.CaptureFixture[str]
) -> None:
    Issue.objects.filter(code="D-02").update(state="submitted")
    check_thread.run()
    assert "vraagstuk dat niemand oppakte" in capsys.readouterr().out
    without_rules("DELETE FROM chain_proposal_harvests")
    with pytest.raises(StateError):
        check_thread.run(as_json=True)
    rows = json.loads(capsys.readouterr().out)
    assert [(row["kind"], row["broken"]) for row in rows] == [("I9", True), ("issue_waiting", False)]


def test_the_chain_is_looked_at_once_a_night(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[dt.date | None] = []
    monkeypatch.setattr("schakelbord.chain.threads.loose_ends.nightly_look", lambda *, today: looked.append(today))
    nightly = Nightly()
    for moment in (
        dt.datetime(2027, 3, 27, 23, 30, tzinfo=dt.UTC),  # half past midnight: too early
        dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC),  # three o'clock, in the night in which two to three is left out
        dt.datetime(2027, 3, 28, 9, 0, tzinfo=dt.UTC),
        dt.datetime(2027, 3, 29, 9, 0, tzinfo=dt.UTC),  # a server that was off at night
    ):
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        assert nightly("") is False
    assert looked == [dt.date(2027, 3, 28), dt.date(2027, 3, 29)]
