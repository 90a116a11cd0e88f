"""Deciding: each body by a member who may, with enough members; fixed when all consent, and never changed after."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.signing import Signer
from hypothesis import given
from hypothesis import strategies as some

from chain_world import Chain, key
from meeting_world import NOW
from schakelbord.bodies.models import Body, Membership, Person
from schakelbord.bodies.services import person_named, seat_in_body
from schakelbord.chain import deciding, proposals
from schakelbord.chain.consent_links import SALT, asked_of, consent_secret
from schakelbord.chain.links import read_secret
from schakelbord.chain.models import Decision, Endorsement, Notice
from schakelbord.chain.post.asking import ask_again
from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.live.gateway import at
from schakelbord.live.models import Event

TODAY = NOW.date()


def what(chain: Chain, decision: Decision) -> list[tuple[str, str]]:
    """What is missing and of which body."""
    return [(one.what, one.body.name) for one in deciding.missing_of(chain.fresh(decision), today=TODAY)]


def test_two_consents_and_it_can_be_adopted(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    assert what(chain, decision) == [("answer", chain.platform.name), ("answer", chain.board.name)]
    chain.says(decision, chain.platform_chair)
    assert what(chain, decision) == [("answer", chain.board.name)]
    chain.says(decision, chain.board_chair)
    assert what(chain, decision) == []
    deciding.adopt(chain.secretary, decision, key=key())
    now = chain.fresh(decision)
    assert (now.outcome, now.final_text) == ("adopted", "Elke melder hoort binnen drie weken iets")
    assert now.hash == deciding.hash_of(now, now.deciding.order_by("order"))
    assert len(now.hash) == 64
    assert Event.objects.filter(verb="decision.adopted", node=decision.code).count() == 1


def test_a_text_that_changed_on_the_way_is_adopted_with_changes(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    proposals.amend(chain.secretary, decision.proposal, text="Binnen twee weken", note="", version=1, key=key())
    for seat in (chain.platform_chair, chain.board_chair):
        chain.says(decision, seat)
    deciding.adopt(chain.chair, decision, key=key())
    assert (chain.fresh(decision).outcome, chain.fresh(decision).final_text) == ("adopted_amended", "Binnen twee weken")


@pytest.mark.parametrize(
    ("stance", "present", "missing"),
    [("objection", 2, "objection"), ("abstain", 2, "abstains"), ("consent", 1, "presence")],
)
def test_anything_but_a_consent_with_enough_members_keeps_it_open(
    chain: Chain, stance: str, present: int, missing: str
) -> None:
    Body.objects.filter(pk=chain.board.pk).update(presence=2)
    chain.board.refresh_from_db()
    decision = chain.tabled(chain.proposal())
    chain.says(decision, chain.platform_chair)
    chain.says(decision, chain.board_chair, stance, present=present)
    assert what(chain, decision) == [(missing, chain.board.name)]
    with pytest.raises(StateError) as refusal:
        deciding.adopt(chain.secretary, decision, key=key())
    assert chain.board.name in refusal.value.nl
    chain.says(decision, chain.board_chair, "consent", present=2)
    assert what(chain, decision) == []


def test_a_later_word_replaces_an_earlier_one_and_both_stay(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    chain.says(decision, chain.board_chair, "objection")
    chain.says(decision, chain.board_chair)
    rows = Endorsement.objects.order_by("pk").values_list("stance", "replaced")
    assert list(rows) == [("objection", True), ("consent", False)]


def test_who_may_not_decide_today_is_refused(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    plain = Membership.objects.filter(body=chain.board, may_decide=False).first()
    assert plain is not None
    outsider = seat_in_body(
        person_named("Iemand", email="", now=NOW), chain.existing, from_day=dt.date(2020, 1, 1), may_decide=True
    )
    Membership.objects.filter(pk=chain.platform_chair.pk).update(to_day=TODAY - dt.timedelta(days=1))
    chain.platform_chair.refresh_from_db()
    for seat in (plain, outsider, chain.platform_chair):
        with pytest.raises(RightError):
            chain.says(decision, seat)
    assert not Endorsement.objects.exists()
    assert what(chain, decision)[0] == ("nobody_may", chain.platform.name)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"stance": "misschien"}, "stance"),
        ({"stance": ""}, "stance"),
        ({"stance": "objection"}, "reason"),
        ({"stance": "consent", "reason": "a" * 601}, "reason"),
        ({"stance": "consent", "present": ""}, "present"),
        ({"stance": "consent", "present": "drie"}, "present"),
        ({"stance": "consent", "present": "3"}, "present"),
        ({"stance": "consent", "present": "-1"}, "present"),
        ({"stance": "consent", "present": "²"}, "present"),
    ],
)
def test_a_word_that_is_not_whole_is_refused_at_its_field(chain: Chain, fields: dict[str, str], where: str) -> None:
    decision = chain.tabled(chain.proposal())
    with pytest.raises(InputError) as refusal:
        deciding.endorse(
            chain.board_chair, decision, **{"version": 1, "present": "2", "who": "x", "key": key(), **fields}
        )
    assert refusal.value.where == where
    assert not Endorsement.objects.exists()


def test_who_read_an_older_text_is_told_so(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    proposals.amend(chain.secretary, decision.proposal, text="Binnen twee weken", note="", version=1, key=key())
    with pytest.raises(ConflictError):
        deciding.endorse(chain.board_chair, decision, version=1, stance="consent", present=2, who="x", key=key())


@pytest.mark.parametrize("outcome", ["rejected", "deferred"])
def test_turned_down_with_a_reason_it_is_fixed(chain: Chain, outcome: str) -> None:
    decision = chain.tabled(chain.proposal())
    with pytest.raises(InputError):
        deciding.turn_down(chain.secretary, decision, outcome=outcome, reason="", key=key())
    deciding.turn_down(chain.secretary, decision, outcome=outcome, reason="Het beraad wil eerst cijfers", key=key())
    now = chain.fresh(decision)
    assert (now.outcome, now.reason, now.proposal.state) == (outcome, "Het beraad wil eerst cijfers", "decided")
    for attempt in (
        lambda: chain.says(decision, chain.board_chair),
        lambda: deciding.adopt(chain.secretary, decision, key=key()),
        lambda: ask_again(chain.secretary, decision, chain.board, key=key()),
    ):
        with pytest.raises(StateError):
            attempt()


def test_only_secretary_and_chair_adopt_ask_and_turn_down(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    with pytest.raises(InputError):
        deciding.turn_down(chain.secretary, decision, outcome="adopted", reason="Omdat het kan", key=key())
    for attempt in (
        lambda: deciding.adopt(chain.owner_actor, decision, key=key()),
        lambda: ask_again(chain.owner_actor, decision, chain.board, key=key()),
        lambda: deciding.turn_down(chain.owner_actor, decision, outcome="rejected", reason="Nee", key=key()),
    ):
        with pytest.raises(RightError):
            attempt()


def test_withdrawn_while_it_lay_before_the_bodies_it_is_decided_no_more(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    proposals.withdraw(chain.secretary, decision.proposal, reason="Er is al iets", key=key())
    with pytest.raises(StateError):
        chain.says(decision, chain.board_chair)


def test_asking_again_makes_one_mail_a_member_a_day(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    assert ask_again(chain.secretary, decision, chain.board, key=key())["count"] == 1
    with pytest.raises(StateError):
        ask_again(chain.secretary, decision, chain.board, key=key())
    with at(NOW + dt.timedelta(days=1)):
        assert ask_again(chain.secretary, decision, chain.board, key=key())["count"] == 1
        with pytest.raises(StateError):
            ask_again(chain.secretary, decision, chain.board, key=key())
    assert Notice.objects.filter(body=chain.board).count() == 2


def test_asking_a_body_that_nobody_can_reach_says_so(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    with pytest.raises(InputError) as refusal:
        ask_again(chain.secretary, decision, chain.existing, key=key())
    assert refusal.value.code == "no_body"
    Person.objects.filter(pk=chain.board_chair.person_id).update(email="")
    with at(NOW + dt.timedelta(days=1)), pytest.raises(InputError) as nobody:
        ask_again(chain.secretary, decision, chain.board, key=key())
    assert nobody.value.code == "nobody_to_ask"


def test_a_new_decision_says_which_one_it_replaces(chain: Chain) -> None:
    first = chain.decided()
    code = proposals.make_proposal(
        chain.secretary,
        chain.world.dossier,
        text="Binnen een week",
        direct_reason="Het bleek te laat",
        supersedes=first.proposal,
        key=key(),
    )["node"]
    second = chain.tabled(first.proposal.superseded_by.get(code=code))
    assert second.supersedes == first
    assert chain.fresh(first).final_text == "Elke melder hoort binnen drie weken iets"


def test_a_link_knows_its_decision_and_its_seat(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    asked = asked_of(consent_secret(decision, chain.board_chair))
    assert asked is not None
    assert (asked.decision, asked.seat, asked.deciding.body) == (decision, chain.board_chair, chain.board)
    assert consent_secret(decision, chain.board_chair) != consent_secret(decision, chain.platform_chair)
    outside = Membership.objects.get(body=chain.existing)
    assert asked_of(consent_secret(decision, outside)) is None
    Person.objects.filter(pk=chain.board_chair.person_id).update(erased_at=NOW, email="", user=None)
    assert asked_of(consent_secret(decision, chain.board_chair)) is None


@given(text=some.text(max_size=60))
def test_a_link_that_we_did_not_make_opens_nothing(text: str) -> None:
    assert asked_of(text) is None


@pytest.mark.parametrize("value", ["", "-", "1", "a-b", "1-2-3", "99999999999999999999-1", "١-١"])
def test_a_signed_link_that_means_nothing_opens_nothing(chain: Chain, value: str) -> None:
    assert asked_of(Signer(salt=SALT, sep=".").sign(value)) is None


@pytest.mark.parametrize("value", ["", "-", "a-b", "1-", "99999999999999999999-1", "١-١"])
def test_a_signed_link_without_keys_of_rows_means_nothing(value: str) -> None:
    assert read_secret("consent", Signer(salt=SALT, sep=".").sign(value)) is None
