"""What the database refuses of the chain, whoever asks: plain SQL, on SQLite here and on PostgreSQL in tests/site."""

# ruff: noqa: S608 - attacks are SQL, and fail wherever they fail
from __future__ import annotations

import pytest
from django.db import connection

from chain_world import Chain, key
from meeting_world import NOW
from schakelbord.accounts.actors import Actor, Role
from schakelbord.bodies.models import Membership
from schakelbord.chain import actions, placing, programmes, referrals, reporting, rights
from schakelbord.chain.acts import day_of
from schakelbord.chain.models import (
    Account,
    Action,
    ActionResult,
    Citation,
    Decision,
    Notice,
    Proposal,
    Referral,
)
from schakelbord.dossiers.models import Issue, Source
from sql_attacks import let_through, refused

TABLES = (
    *("dossierroom", "referral", "citation", "proposal", "proposalversion", "decision", "decidingbody"),
    *("endorsement", "actionprogramme", "programmeversion", "action", "actionresult", "placement"),
    *("progressreport", "verdict", "account", "notice"),
)


@pytest.fixture
def year(chain: Chain) -> Chain:
    """A whole year, with a row in every table: one action accepted, one proposed, a decision that waits."""
    issue = chain.world.issues[0]
    Issue.objects.filter(pk=issue.pk).update(submitted_by=chain.platform)
    issue.refresh_from_db()
    group = referrals.make_working_group(
        chain.secretary, name="Groep", question="Mag dit?", ends="2026-12-31", members="", now=NOW
    )
    referrals.refer(chain.secretary, issue, to=group, question="Wat nu?", due="2026-12-01", key=key())
    row = Referral.objects.select_related("issue__dossier", "to_body").get()
    referrals.answer(chain.secretary, row, kind="direction", text="Zo.", key=key())
    action = chain.action()
    placing.answer_offer(chain.body_secretary, chain.placement(action), takes_on=True, key=key())
    programme = chain.programme(chain.again(action))
    programmes.publish(chain.secretary, programme, key=key())
    programmes.sign_programme(chain.chair, programme.versions.get(), key=key())
    reporting.report(chain.owner_actor, chain.again(action), seat=chain.owner, status="done", text="Klaar", key=key())
    reporting.judge(chain.chair, chain.board_chair, action.results.get(), kind="reached", reason="Ja", key=key())
    programme.refresh_from_db()
    programmes.prepare_account(chain.secretary, programme, learned="Iets.", key=key())
    programmes.freeze(chain.chair, Account.objects.get(), key=key())
    source = Source.objects.create(dossier=chain.world.dossier, title="Bron", url="https://v.example", made_at=NOW)
    Citation.objects.create(source=source, node=action.code, made_at=NOW)
    Notice.objects.create(key="n", kind="digest", person=chain.owner.person, due_at=NOW, made_at=NOW)
    waiting = chain.tabled(chain.proposal(direct=True, text="Nog iets"))
    chain.says(waiting, chain.platform_chair)
    chain.proposal(text="Nog een concept")
    chain.action(chain.decided(direct=True), title="Nog niet", adopted=False)
    return chain


def test_nothing_is_removed(year: Chain) -> None:
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM chain_{table}")
            assert cursor.fetchone()[0] > 0, table
        refused(f"DELETE FROM chain_{table}")


ATTACKS = {
    "I14 a second open referral": (
        "UPDATE chain_referral SET state = 'accepted', answer = '', answer_kind = '' WHERE state = 'answered'"
    ),
    "I14 another answer": "UPDATE chain_referral SET answer = 'Nee.' WHERE state = 'answered'",
    "I14 an end without an answer": "UPDATE chain_referral SET state = 'closed', answer = ''",
    "another question": "UPDATE chain_referral SET question = 'Iets anders?'",
    "a version that changes": "UPDATE chain_proposalversion SET text = 'Iets anders'",
    "a tabled proposal written anew": "UPDATE chain_proposal SET state = 'draft' WHERE state = 'tabled'",
    "a decided proposal taken back": (
        "UPDATE chain_proposal SET state = 'withdrawn', reason = 'Spijt' WHERE state = 'decided'"
    ),
    "I9 the harvest taken from under a decision": (
        "DELETE FROM chain_proposal_harvests WHERE proposal_id IN "
        "(SELECT id FROM chain_proposal WHERE state = 'decided')"
    ),
    "I10 adopted without everybody": (
        "UPDATE chain_decision SET outcome = 'adopted', final_text = 'x', hash = 'y', decided_at = made_at "
        "WHERE outcome = 'pending'"
    ),
    "I11 another text": "UPDATE chain_decision SET final_text = 'Iets anders' WHERE outcome = 'adopted'",
    "I11 another hash": "UPDATE chain_decision SET hash = 'y' WHERE outcome = 'adopted'",
    "I11 undone": "UPDATE chain_decision SET outcome = 'rejected', reason = 'Spijt' WHERE outcome = 'adopted'",
    "I10 a consent turned round": "UPDATE chain_endorsement SET stance = 'abstain'",
    "I10 a consent taken away afterwards": (
        "UPDATE chain_endorsement SET replaced = TRUE WHERE decision_id IN "
        "(SELECT id FROM chain_decision WHERE outcome = 'adopted')"
    ),
    "I10 who decides": "UPDATE chain_decidingbody SET needed = 0",
    "I5 no owner": "UPDATE chain_action SET owner_id = NULL WHERE state = 'accepted'",
    "I5 adopted without an owner": (
        "UPDATE chain_action SET state = 'adopted', owner_id = NULL WHERE state = 'proposed'"
    ),
    "I6 adopted with no place": "UPDATE chain_action SET state = 'adopted', body_id = NULL WHERE state = 'proposed'",
    "I6 no place and nobody looked at": (
        "UPDATE chain_action SET state = 'adopted', body_id = NULL, no_body_reason = 'Past niet' "
        "WHERE state = 'proposed'"
    ),
    "I7 no date": "UPDATE chain_action SET state = 'adopted', due = NULL WHERE state = 'proposed'",
    "I7 another date": "UPDATE chain_action SET due = '2030-01-01' WHERE state = 'accepted'",
    "another title": "UPDATE chain_action SET title = 'Iets anders' WHERE state = 'accepted'",
    "an end without a decision": "UPDATE chain_action SET state = 'stopped', stopped_by_id = NULL",
    "I8 a result that changes": (
        "UPDATE chain_actionresult SET text = 'Iets anders' WHERE action_id IN "
        "(SELECT id FROM chain_action WHERE state = 'accepted')"
    ),
    "accepted at once": "UPDATE chain_action SET state = 'accepted' WHERE state = 'proposed'",
    "another answer to an offer": (
        "UPDATE chain_placement SET state = 'declined', reason = 'Toch niet' WHERE state = 'accepted'"
    ),
    "no without a reason": "UPDATE chain_placement SET state = 'unsuitable', reason = ''",
    "a published programme": "UPDATE chain_programmeversion SET content = '{}'",
    "another signature": "UPDATE chain_programmeversion SET signed_by_id = made_by_id",
    "a report that changes": "UPDATE chain_progressreport SET text = 'Iets anders'",
    "I13 another verdict": "UPDATE chain_verdict SET kind = 'not'",
    "a fixed account": "UPDATE chain_account SET content = '{}'",
    "a fixed account made open": "UPDATE chain_account SET state = 'draft'",
    "presented without a meeting": "UPDATE chain_account SET state = 'presented'",
    "a notice for somebody else": "UPDATE chain_notice SET person_id = person_id - 1",
}


def test_what_others_build_on_stays(year: Chain) -> None:
    assert let_through(ATTACKS) == []


def test_i9_an_action_with_a_broken_thread_is_not_adopted(year: Chain) -> None:
    """Not even when somebody takes the reason away from under it first: that is refused as well."""
    action = Action.objects.get(state="proposed")
    refused("UPDATE chain_proposal SET direct_reason = '' WHERE id = %s", action.decision.proposal_id)
    refused("UPDATE chain_action SET decision_id = %s, state = 'adopted' WHERE id = %s", _pending().pk, action.pk)


def test_i8_an_action_without_a_result_is_not_adopted(year: Chain) -> None:
    answer = actions.propose_action(year.secretary, year.decided(direct=True), title="Leeg", key=key())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE chain_action SET owner_id = %s, body_id = %s, due = '2027-01-01' WHERE code = %s",
            [year.owner.pk, year.platform.pk, answer["node"]],
        )
    refused("UPDATE chain_action SET state = 'adopted' WHERE code = %s", answer["node"])


def test_i13_the_owner_does_not_judge(year: Chain) -> None:
    action = Action.objects.get(state="proposed")
    actions.adopt_action(year.secretary, year.again(action), key=key())
    reporting.report(year.owner_actor, year.again(action), seat=year.owner, status="done", text="Klaar", key=key())
    result = ActionResult.objects.get(action=action)
    columns = (
        "INSERT INTO chain_verdict (result_id, kind, reason, given_by_id, at) VALUES (%s, 'reached', 'Ja', %s, %s)"
    )
    refused(columns, result.pk, year.owner.pk, NOW)
    # The same person in another seat is the same person.
    other = Membership.objects.create(person=year.owner.person, body=year.board, from_day=NOW.date(), may_decide=True)
    refused(columns, result.pk, other.pk, NOW)


def test_i10_only_who_may_decide_speaks_for_a_body(year: Chain) -> None:
    decision = _pending()
    columns = (
        "INSERT INTO chain_endorsement (decision_id, body_id, version, stance, reason, given_by_id, basis, present, "
        "replaced, at) VALUES (%s, %s, 1, 'consent', '', %s, '', 2, FALSE, %s)"
    )
    member = Membership.objects.filter(body=year.board, may_decide=False).first()
    assert member is not None
    refused(columns, decision.pk, year.board.pk, member.pk, NOW)  # may not decide
    refused(columns, decision.pk, year.board.pk, year.platform_chair.pk, NOW)  # of another body
    refused(columns, decision.pk, year.existing.pk, year.board_chair.pk, NOW)  # not asked
    refused(columns, decision.pk, year.platform.pk, year.platform_chair.pk, NOW)  # has spoken already
    adopted = Decision.objects.filter(outcome="adopted").first()
    assert adopted is not None
    refused(columns, adopted.pk, year.board.pk, year.board_chair.pk, NOW)  # it fell already


def test_nothing_begins_further_on(year: Chain) -> None:
    proposal, user = Proposal.objects.filter(state="draft").get(), year.secretary.user_id
    refused(
        "INSERT INTO chain_decision (code, proposal_id, outcome, final_text, reason, hash, made_at, decided_at) "
        "VALUES ('B-X', %s, 'adopted', 'x', '', 'y', %s, %s)",
        proposal.pk,
        NOW,
        NOW,
    )
    refused(
        "INSERT INTO chain_proposal (code, dossier_id, direct_reason, story, repair, state, reason, version, "
        "made_by_id, made_at, deadline) VALUES ('P-X', %s, 'x', '', '', 'tabled', '', 1, %s, %s, '2027-01-01')",
        year.world.dossier.pk,
        user,
        NOW,
    )
    refused(
        "INSERT INTO chain_action (code, decision_id, title, told, no_body_reason, state, report_every_days, made_at, "
        "owner_id, body_id, due) VALUES ('A-X', %s, 'x', '', '', 'adopted', 61, %s, %s, %s, '2027-01-01')",
        _pending().pk,
        NOW,
        year.owner.pk,
        year.platform.pk,
    )


def test_a_harvest_that_is_not_confirmed_lies_under_nothing(year: Chain) -> None:
    proposal = Proposal.objects.filter(state="draft").get()
    year.world.run("save-result", table=year.world.tables[1].pk, result="r", text="Iets")
    refused(
        "INSERT INTO chain_proposal_harvests (proposal_id, harvest_id) SELECT %s, id FROM tables_harvest "
        "WHERE state <> 'confirmed'",
        proposal.pk,
    )


def _pending() -> Decision:
    return Decision.objects.get(outcome="pending")


RIGHTS = {
    # who: endorse for the board, take an offer on, report, judge
    "owner": (False, False, True, False),
    "platform_chair": (False, False, False, True),
    "board_chair": (True, False, False, True),
    "outsider": (False, True, False, False),
}


def test_what_somebody_may_rests_on_their_seat(year: Chain) -> None:
    for who in RIGHTS:
        _check_rights(year, who)


def _check_rights(year: Chain, who: str) -> None:
    seat = {
        "owner": year.owner,
        "platform_chair": year.platform_chair,
        "board_chair": year.board_chair,
        "outsider": year.existing.memberships.get(),
    }[who]
    action, today = (
        Action.objects.filter(state="accepted").select_related("owner__person", "decision").get(),
        day_of(NOW),
    )
    actor = Actor(seat.person.user_id, seat.person.name, frozenset({Role.READER}))
    is_of_board = seat.body_id == year.board.pk
    assert (
        is_of_board and rights.may_endorse_for(seat, today),
        rights.may_take_on(actor, year.existing, today),
        # The action lies with the existing body now: its secretary reports on it as well.
        rights.may_report(actor, action, today) and who != "outsider",
        rights.may_judge(seat, action, today),
    ) == RIGHTS[who]
    ended = Membership(person=seat.person, body=seat.body, may_decide=True, from_day=NOW.date(), to_day=NOW.date())
    assert rights.may_endorse_for(ended, today)
    ended.to_day = today.replace(day=today.day - 1)
    assert not rights.may_endorse_for(ended, today)
