"""Proposals: what they rest on, versions that nobody overwrites, and how they come before the bodies."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chain_world import Chain, key
from meeting_world import NOW
from schakelbord.bodies.models import Person
from schakelbord.chain import deciding, proposals
from schakelbord.chain.models import Decision, Endorsement, Notice, Proposal
from schakelbord.chain.post.notices import plan_notices
from schakelbord.chain.proposals import difference
from schakelbord.dossiers.services import add_theme, bring_dilemma, make_dossier
from schakelbord.errors import ConflictError, InputError, RightError, SchakelbordError, StateError
from schakelbord.live.models import Event

words = some.lists(some.sampled_from(["de", "school", "belt", "binnen", "vijf", "tien", "dagen,", "niet"]), max_size=12)


def made(chain: Chain, **more: object) -> str:
    """The code of a proposal with these fields."""
    fields = {"text": "Elke melder hoort iets", "direct_reason": "Het kan niet wachten", "key": key(), **more}
    return str(proposals.make_proposal(chain.secretary, chain.world.dossier, **fields)["node"])  # type: ignore[arg-type]


def test_a_proposal_of_a_harvest_keeps_where_it_comes_from(chain: Chain) -> None:
    proposal = chain.proposal()
    assert [row.code for row in proposal.harvests.all()] == ["O-01"]
    assert (proposal.code, proposal.state, proposal.direct_reason) == ("P-01", "draft", "")
    assert proposal.versions.get().text == "Elke melder hoort binnen drie weken iets"
    assert Event.objects.filter(verb="proposal.made", node="P-01").count() == 1


def test_a_reason_beside_a_harvest_is_left_out_for_there_is_a_harvest(chain: Chain) -> None:
    code = made(chain, harvests=[chain.confirm_harvest()])
    assert Proposal.objects.get(code=code).direct_reason == ""


def test_the_same_key_twice_makes_one_proposal(chain: Chain) -> None:
    assert made(chain, key="een-sleutel-1") == made(chain, key="een-sleutel-1")
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code", "where"),
    [
        ({"text": " "}, "empty", "text"),
        ({"text": "a" * 2001}, "too_long", "text"),
        ({"text": "Volgens de heer J. Jansen uit Amsterdam, geboren 3 mei 1980, moet dit."}, "looks_real", "text"),
        ({"direct_reason": " "}, "no_harvest", "harvests"),
        ({"direct_reason": "a" * 301}, "too_long", "direct_reason"),
    ],
)
def test_what_is_missing_is_said_at_its_field(chain: Chain, fields: dict[str, str], code: str, where: str) -> None:
    with pytest.raises(InputError) as refusal:
        made(chain, **fields)
    assert (refusal.value.code, refusal.value.where) == (code, where)
    assert not Proposal.objects.exists()


def test_a_harvest_that_was_not_confirmed_is_refused(chain: Chain) -> None:
    table = chain.world.tables[0]
    chain.world.run("save-result", table=table.pk, result="r0", text="Elke melder hoort het", by_when="2027-07-01")
    harvest = table.harvest
    with pytest.raises(InputError) as refusal:
        made(chain, harvests=[harvest])
    assert refusal.value.code == "harvest_not_confirmed"
    assert harvest.code in refusal.value.nl


def test_harvests_of_another_dossier_are_refused(chain: Chain) -> None:
    harvest = chain.confirm_harvest()
    other = make_dossier(chain.secretary, title="Een ander dossier", now=NOW)
    with pytest.raises(InputError) as refusal:
        proposals.make_proposal(chain.secretary, other, text="Iets", harvests=[harvest], key=key())
    assert refusal.value.code == "two_dossiers"


def test_only_secretary_and_chair_make_change_table_and_withdraw(chain: Chain) -> None:
    proposal, actor = chain.proposal(direct=True), chain.owner_actor
    for attempt in (
        lambda: proposals.make_proposal(actor, chain.world.dossier, text="x", direct_reason="y", key=key()),
        lambda: proposals.amend(actor, proposal, text="Anders", note="", version=1, key=key()),
        lambda: proposals.table(actor, proposal, deadline="2027-01-01", bodies=[chain.board], key=key()),
        lambda: proposals.withdraw(actor, proposal, reason="Weg", key=key()),
    ):
        with pytest.raises(RightError):
            attempt()
    proposals.amend(chain.chair, proposal, text="Anders", note="", version=1, key=key())
    assert Proposal.objects.get().version == 2


def test_a_change_is_a_new_version_and_what_bodies_said_lapses(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    chain.says(decision, chain.board_chair)
    proposals.amend(
        chain.secretary, decision.proposal, text="Binnen twee weken", note="De tafel vroeg erom", version=1, key=key()
    )
    assert [row.text for row in decision.proposal.versions.all()] == [
        "Elke melder hoort binnen drie weken iets",
        "Binnen twee weken",
    ]
    assert [row.replaced for row in Endorsement.objects.all()] == [True]
    assert len(deciding.missing_of(chain.fresh(decision), today=NOW.date())) == 2


def test_whoever_changes_an_old_version_overwrites_nothing(chain: Chain) -> None:
    proposal = chain.proposal(direct=True)
    proposals.amend(chain.secretary, proposal, text="Van de een", note="", version=1, key=key())
    with pytest.raises(ConflictError):
        proposals.amend(chain.chair, proposal, text="Van de ander", note="", version=1, key=key())
    assert [row.text for row in proposal.versions.all()][1:] == ["Van de een"]


def test_a_change_that_changes_nothing_is_refused(chain: Chain) -> None:
    proposal = chain.proposal(direct=True)
    text = "  Elke melder   hoort binnen drie weken iets "
    with pytest.raises(InputError) as refusal:
        proposals.amend(chain.secretary, proposal, text=text, note="", version=1, key=key())
    assert refusal.value.code == "same_text"


def test_tabled_for_a_meeting_the_bodies_that_convene_it_decide(chain: Chain) -> None:
    proposal = chain.proposal()
    proposals.table(chain.secretary, proposal, meeting=chain.world.meeting, key=key())
    decision = Decision.objects.get(proposal=proposal)
    assert decision.code == "B-2026-01"
    assert [(row.body, row.needed, row.members) for row in decision.deciding.all()] == [
        (chain.platform, 1, 3),
        (chain.board, 1, 2),
    ]
    assert not Notice.objects.exists()


def test_tabled_in_writing_who_may_decide_is_asked_by_mail(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    plan_notices(NOW)
    assert {(row.kind, row.node, row.row, row.body) for row in Notice.objects.all()} == {
        ("endorse", decision.code, chain.platform_chair.pk, chain.platform),
        ("endorse", decision.code, chain.board_chair.pk, chain.board),
    }


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"deadline": ""}, "day"),
        ({"deadline": "morgen"}, "day"),
        ({"deadline": "2026-10-04"}, "day_behind_us"),
        ({"deadline": "2099-01-01"}, "day_too_far"),
        ({"deadline": "2026-12-01"}, "no_body"),
    ],
)
def test_a_written_round_needs_a_day_and_bodies(chain: Chain, fields: dict[str, str], code: str) -> None:
    proposal = chain.proposal(direct=True)
    with pytest.raises(InputError) as refusal:
        proposals.table(chain.secretary, proposal, key=key(), **fields)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert Proposal.objects.get().state == "draft"


def test_nothing_is_tabled_twice_or_after_it_was_withdrawn(chain: Chain) -> None:
    first, second = chain.proposal(direct=True), chain.proposal(direct=True)
    chain.tabled(first)
    proposals.withdraw(chain.secretary, second, reason="Niet meer nodig", key=key())
    for proposal in (first, second):
        with pytest.raises(StateError):
            chain.tabled(proposal)
    assert Proposal.objects.get(pk=second.pk).reason == "Niet meer nodig"


def test_what_was_decided_is_not_changed_and_not_withdrawn(chain: Chain) -> None:
    proposal = chain.decided(direct=True).proposal
    attempts = (
        lambda: proposals.amend(chain.secretary, proposal, text="Anders", note="", version=1, key=key()),
        lambda: proposals.withdraw(chain.secretary, proposal, reason="Toch niet", key=key()),
    )
    for attempt in attempts:
        with pytest.raises(StateError):
            attempt()


def test_withdrawing_needs_a_reason(chain: Chain) -> None:
    with pytest.raises(InputError):
        proposals.withdraw(chain.secretary, chain.proposal(direct=True), reason=" ", key=key())


def test_a_proposal_of_two_issues_keeps_both(chain: Chain) -> None:
    dossier = chain.world.dossier
    theme = add_theme(chain.secretary, dossier, title="Nog een", question="Wat nu?")
    issue = bring_dilemma(chain.secretary, dossier, statement="Niemand is aan zet", themes=[theme], now=NOW)
    code = made(chain, issues=[issue, *chain.world.issues[:1]], story="wilg", repair="ask:leerplicht_school")
    row = Proposal.objects.get(code=code)
    assert (row.issues.count(), row.story, row.repair) == (2, "wilg", "ask:leerplicht_school")


@given(before=words, after=words)
def test_the_difference_holds_both_texts(before: list[str], after: list[str]) -> None:
    pieces = difference(" ".join(before), " ".join(after))
    old = " ".join(piece.text for piece in pieces if piece.kind != "new")
    new = " ".join(piece.text for piece in pieces if piece.kind != "gone")
    assert (old.split(), new.split()) == (before, after)


def test_a_refusal_says_it_in_both_languages(chain: Chain) -> None:
    with pytest.raises(SchakelbordError) as refusal:
        made(chain, direct_reason="")
    assert refusal.value.nl.endswith(".")
    assert refusal.value.en.endswith(".")


def test_a_member_without_an_address_is_not_asked_by_mail(chain: Chain) -> None:
    Person.objects.filter(pk=chain.platform_chair.person_id).update(email="")
    chain.tabled(chain.proposal())
    plan_notices(NOW)
    assert [row.row for row in Notice.objects.all()] == [chain.board_chair.pk]
    assert Notice.objects.get().due_at.date() == dt.date(2026, 10, 5)
