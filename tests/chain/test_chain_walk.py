"""The whole way from what was said to a discharged account, by the services; and random walks along it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from chain_world import Chain, key, make_chain
from meeting_world import NOW
from schakelbord.bodies.services import erase_person
from schakelbord.chain import actions, deciding, placing, programmes, proposals, referrals, reporting
from schakelbord.chain.acts import day_of, room_of
from schakelbord.chain.content import four_numbers
from schakelbord.chain.models import (
    Account,
    Action,
    Decision,
    Endorsement,
    Placement,
    Proposal,
    Referral,
    Verdict,
)
from schakelbord.chain.threads.thread import thread_of
from schakelbord.dossiers.models import Issue
from schakelbord.errors import SchakelbordError
from schakelbord.live.gateway import at
from schakelbord.live.journal import verify
from schakelbord.live.models import Room
from schakelbord.meetings.models import Meeting
from schakelbord.meetings.services import close_meeting


def test_from_what_was_said_to_a_discharged_account(chain: Chain) -> None:
    action = chain.action()
    close_meeting(chain.secretary, chain.world.fresh(), key=key())
    placing.answer_offer(chain.body_secretary, chain.placement(action), takes_on=True, key=key())
    programme = chain.programme(chain.again(action))
    programmes.publish(chain.secretary, programme, key=key())
    programmes.sign_programme(chain.chair, programme.versions.get(), key=key())
    result = action.results.get()
    with chain.after(100):
        now = chain.again(action)
        assert (now.state, now.body) == ("placed", chain.existing)
        reporting.report(chain.owner_actor, now, seat=chain.owner, status="on_track", text="Gaat goed", key=key())
    with chain.after(180):
        reporting.report(
            chain.owner_actor,
            chain.again(action),
            seat=chain.owner,
            status="done",
            text="Klaar",
            result=result,
            value="83,5",
            key=key(),
        )
        reporting.judge(chain.chair, chain.board_chair, result, kind="reached", reason="Gezien", key=key())
    with chain.after(190):
        programme.refresh_from_db()
        programmes.prepare_account(chain.secretary, programme, learned="Minder tegelijk.", key=key())
        account = Account.objects.get()
        programmes.freeze(chain.chair, account, key=key())
        programmes.present(chain.secretary, account, Meeting.objects.get(), key=key())
        programmes.discharge(chain.chair, account, key=key())
    account.refresh_from_db()
    assert (account.state, chain.again(action).state) == ("discharged", "accepted")
    numbers = four_numbers(programme, actions=list(programme.actions.all()))
    assert numbers["thread"] == numbers["verdict"] == 1.0
    assert numbers["days"] == 0
    assert 0 < (numbers["fate"] or 0) < 1  # one of three contributions was not used
    assert verify(Room.objects.get(pk=room_of(chain.world.dossier))) is None

    # From every code one sees the same thread.
    issue, harvest = chain.world.issues[0], chain.harvest
    assert harvest is not None
    report = action.reports.order_by("pk").last()
    assert report is not None
    decision = action.decision
    for code in (issue.code, harvest.code, decision.proposal.code, decision.code, action.code, report.code.lower()):
        thread = thread_of(code)
        assert thread is not None
        assert thread.is_whole
        assert [row.code for row in thread.issues] == [issue.code]
        assert [row.code for row in thread.harvests] == [harvest.code]
        assert [row.code for row in thread.decisions] == [decision.code]
        assert [row.code for row in thread.actions] == [action.code]
        assert len(thread.reports) == 2
        assert thread.accounts == [account]
    assert thread_of("A-99") is None
    assert thread_of("onzin") is None


def test_erasing_somebody_takes_the_name_away_and_leaves_the_hash(chain: Chain) -> None:
    action = chain.action()
    programme = chain.programme(action)
    programmes.publish(chain.secretary, programme, key=key())
    version = programme.versions.get()
    name = chain.owner.person.name
    assert name not in version.content
    erase_person(chain.secretary, chain.owner.person, now=NOW)
    version.refresh_from_db()
    assert chain.again(action).owner is not None
    assert chain.again(action).owner.person.name == "verwijderd"  # type: ignore[union-attr]
    assert verify(Room.objects.get(pk=room_of(chain.world.dossier))) is None


def test_an_amendment_takes_earlier_consent_away(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    chain.says(decision, chain.platform_chair)
    proposal = Proposal.objects.get(decision=decision)
    proposals.amend(chain.secretary, proposal, text="Binnen twee weken", note="sneller", version=1, key=key())
    chain.says(decision, chain.board_chair)
    missing = deciding.missing_of(chain.fresh(decision), today=day_of(NOW))
    assert [(one.what, one.body) for one in missing] == [("answer", chain.platform)]
    with pytest.raises(SchakelbordError, match="Beleidsplatform"):
        deciding.adopt(chain.secretary, decision, key=key())
    chain.says(decision, chain.platform_chair)
    deciding.adopt(chain.secretary, decision, key=key())
    assert chain.fresh(decision).outcome == "adopted_amended"
    assert chain.fresh(decision).final_text == "Binnen twee weken"


@pytest.mark.parametrize(
    ("stance", "present", "what"),
    [("objection", 2, "objection"), ("abstain", 2, "abstains"), ("consent", 0, "presence")],
)
def test_what_is_missing_is_said_with_of_whom(chain: Chain, stance: str, present: int, what: str) -> None:
    decision = chain.tabled(chain.proposal())
    chain.says(decision, chain.platform_chair)
    chain.says(decision, chain.board_chair, stance, present=present)
    missing = deciding.missing_of(chain.fresh(decision), today=day_of(NOW))
    assert [(one.what, one.body) for one in missing] == [(what, chain.board)]
    with pytest.raises(SchakelbordError):
        deciding.adopt(chain.secretary, decision, key=key())


def test_who_may_not_decide_that_day_cannot_consent(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    chain.board_chair.to_day = day_of(NOW) + dt.timedelta(days=3)
    chain.board_chair.save()
    with chain.after(4), pytest.raises(SchakelbordError):
        chain.says(decision, chain.board_chair)
    with chain.after(3):
        chain.says(decision, chain.board_chair)


def test_a_question_goes_up_step_by_step_and_the_answer_comes_home(chain: Chain) -> None:
    issue = chain.world.issues[0]
    Issue.objects.filter(pk=issue.pk).update(submitted_by=chain.platform)
    issue.refresh_from_db()
    group = referrals.make_working_group(
        chain.secretary,
        name="Werkgroep",
        question="Mag dit?",
        ends="2026-12-31",
        members="J. Merel, Instituut\n* E. Valk, Universiteit",
        now=NOW,
    )
    assert sorted(group.memberships.values_list("role", flat=True)) == ["expert", "member"]

    def refer(to: Any, **more: str) -> Referral:
        referrals.refer(chain.secretary, issue, to=to, question="Wat nu?", due="2026-11-01", key=key(), **more)
        return Referral.objects.select_related("issue__dossier", "to_body").get(issue=issue, state="offered")

    with pytest.raises(SchakelbordError):  # a step is skipped, and nobody says why
        refer(chain.board)
    first = refer(group)
    with pytest.raises(SchakelbordError):  # one step at a time
        refer(chain.board)
    with pytest.raises(SchakelbordError):  # nothing to bring home yet
        referrals.bring_home(chain.secretary, issue, text="Ja", key=key())
    referrals.answer(chain.secretary, first, kind="direction", text="Twee wegen.", key=key())
    up = refer(chain.board)
    referrals.answer(chain.chair, up, kind="decision", text="De eerste.", key=key())
    down = refer(group)
    assert (up.direction, down.direction) == ("up", "down")
    referrals.answer(chain.secretary, down, kind="direction", text="Werkwijze.", key=key())
    referrals.bring_home(chain.secretary, issue, text="Ja, zo.", key=key())
    issue.refresh_from_db()
    group.refresh_from_db()
    assert (issue.state, issue.reason) == ("resolved", "Ja, zo.")
    assert group.active_to == day_of(NOW)
    assert set(issue.referrals.values_list("state", flat=True)) == {"closed"}


def test_the_same_key_twice_changes_nothing(chain: Chain) -> None:
    harvest = chain.confirm_harvest()
    for _ in range(2):
        proposals.make_proposal(chain.secretary, chain.world.dossier, text="Iets", harvests=[harvest], key="same")
    assert Proposal.objects.count() == 1


PICK = some.integers(min_value=0, max_value=50)
STANCES = some.sampled_from(["consent", "consent", "objection", "abstain"])


class Year(RuleBasedStateMachine):
    """People who do things with a chain in any order. A refusal is fine; what is kept must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.day = 0
        self.clock = at(NOW)
        self.clock.__enter__()
        self.chain = make_chain()
        self.chain.confirm_harvest()
        self.fixed: dict[str, tuple[str, str]] = {}

    def teardown(self) -> None:
        """Forget all of it."""
        self.clock.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, deed: Any, *things: Any, **more: Any) -> None:
        """Try something; a refusal in words is an answer."""
        try:
            deed(*things, key=key(), **more)
        except SchakelbordError:
            return

    def one(self, rows: Any, pick: int) -> Any:
        """Some row, or None."""
        found = list(rows)
        return found[pick % len(found)] if found else None

    @rule(days=some.integers(min_value=1, max_value=40))
    def time_passes(self, days: int) -> None:
        self.day += days
        self.clock.__exit__(None, None, None)
        self.clock = at(NOW + dt.timedelta(days=self.day))
        self.clock.__enter__()

    @rule(direct=some.booleans())
    def propose(self, direct: bool) -> None:
        harvests = [] if direct else [self.chain.harvest]
        self.attempt(
            proposals.make_proposal,
            self.chain.secretary,
            self.chain.world.dossier,
            text="Wij doen dit",
            harvests=harvests,
            direct_reason="Nu meteen" if direct else "",
        )

    @rule(pick=PICK)
    def lay_out(self, pick: int) -> None:
        if row := self.one(Proposal.objects.select_related("dossier"), pick):
            until = day_of(NOW + dt.timedelta(days=self.day + 14))
            self.attempt(
                proposals.table,
                self.chain.secretary,
                row,
                deadline=until,
                bodies=[self.chain.platform, self.chain.board],
            )

    @rule(pick=PICK, version=some.integers(min_value=1, max_value=3))
    def amend(self, pick: int, version: int) -> None:
        if row := self.one(Proposal.objects.select_related("dossier"), pick):
            self.attempt(
                proposals.amend, self.chain.secretary, row, text=f"Versie {pick} {self.day}", note="", version=version
            )

    @rule(pick=PICK, stance=STANCES, board=some.booleans())
    def endorse(self, pick: int, stance: str, board: bool) -> None:
        if row := self.one(Decision.objects.select_related("proposal__dossier"), pick):
            self.attempt(
                deciding.endorse,
                self.chain.board_chair if board else self.chain.platform_chair,
                row,
                version=row.proposal.version,
                stance=stance,
                present=1,
                reason="Daarom",
                who="seat",
            )

    @rule(pick=PICK)
    def adopt(self, pick: int) -> None:
        if row := self.one(Decision.objects.select_related("proposal__dossier"), pick):
            self.attempt(deciding.adopt, self.chain.secretary, row)

    @rule(pick=PICK, whole=some.booleans())
    def act(self, pick: int, whole: bool) -> None:
        if row := self.one(Decision.objects.select_related("proposal__dossier"), pick):
            self.attempt(
                actions.propose_action,
                self.chain.secretary,
                row,
                title="Iets doen",
                owner=self.chain.owner if whole else None,
                body=self.chain.platform,
                due=day_of(NOW + dt.timedelta(days=self.day + 30)) if whole else None,
                wanted=[actions.Wanted("Het is gedaan")] if whole else [],
            )

    @rule(pick=PICK)
    def adopt_action(self, pick: int) -> None:
        if row := self._action(pick):
            self.attempt(actions.adopt_action, self.chain.secretary, row)

    @rule(pick=PICK, takes_on=some.booleans())
    def place(self, pick: int, takes_on: bool) -> None:
        if row := self._action(pick):
            self.attempt(placing.consider, self.chain.secretary, row, self.chain.existing)
            placement = Placement.objects.filter(action=row).select_related("action__decision__proposal__dossier")
            if found := placement.first():
                self.attempt(placing.offer, self.chain.secretary, found)
                self.attempt(placing.answer_offer, self.chain.body_secretary, found, takes_on=takes_on, reason="Daarom")

    @rule(pick=PICK, status=some.sampled_from(["on_track", "behind", "done"]), by_owner=some.booleans())
    def report(self, pick: int, status: str, by_owner: bool) -> None:
        if row := self._action(pick):
            actor = self.chain.owner_actor if by_owner else self.chain.chair
            self.attempt(reporting.report, actor, row, seat=self.chain.owner, status=status, text="Zo gaat het")

    @rule(pick=PICK, by_owner=some.booleans())
    def judge(self, pick: int, by_owner: bool) -> None:
        if (row := self._action(pick)) and (result := row.results.first()):
            actor, seat = self.chain.chair, self.chain.board_chair
            if by_owner:
                actor, seat = self.chain.owner_actor, self.chain.owner
            self.attempt(reporting.judge, actor, seat, result, kind="partly", reason="Gezien")

    @rule(pick=PICK)
    def stop(self, pick: int) -> None:
        row, decision = self._action(pick), self.one(Decision.objects.all(), pick)
        if row and decision:
            self.attempt(actions.stop, self.chain.secretary, row, decision=decision)

    def _action(self, pick: int) -> Action | None:
        found: Action | None = self.one(
            Action.objects.select_related("decision__proposal__dossier", "owner__person", "body"), pick
        )
        return found

    @invariant()
    def adopted_decisions_stay_and_have_all_consent(self) -> None:
        """I10, I11."""
        for row in Decision.objects.filter(outcome__in=["adopted", "adopted_amended"]):
            assert self.fixed.setdefault(row.code, (row.final_text, row.hash)) == (row.final_text, row.hash)
            assert row.hash == deciding.hash_of(row, row.deciding.order_by("order"))
            said = Endorsement.objects.filter(decision=row, replaced=False)
            assert set(said.values_list("body_id", "stance")) == {
                (self.chain.platform.pk, "consent"),
                (self.chain.board.pk, "consent"),
            }

    @invariant()
    def adopted_actions_are_whole(self) -> None:
        """I5 to I9."""
        for row in Action.objects.exclude(state__in=["proposed", "stopped"]).select_related("decision__proposal"):
            assert row.owner_id
            assert row.due
            assert row.body_id or row.no_body_reason
            assert row.results.exists()
            assert row.decision.is_adopted
            assert actions.has_whole_thread(row)
            if row.state == "accepted":
                assert not row.results.filter(verdict=None).exists()

    @invariant()
    def nobody_judges_their_own(self) -> None:
        """I13."""
        for row in Verdict.objects.select_related("given_by", "result__action__owner"):
            owner = row.result.action.owner
            assert owner is not None
            assert owner.person_id != row.given_by.person_id

    @invariant()
    def the_journal_is_whole(self) -> None:
        """I18."""
        assert verify(Room.objects.get(pk=room_of(self.chain.world.dossier))) is None


@pytest.mark.slow
def test_random_years_break_nothing(commands_inline: None, db: None) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Year, settings=settings(max_examples=20, stateful_step_count=60, deadline=None)
    )
