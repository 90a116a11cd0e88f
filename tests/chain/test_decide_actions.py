"""Actions under a decision: what they lack in words, adopted when nothing is missing, fixed after that."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain_world import Chain, key
from meeting_world import NOW
from schakelbord.bodies.models import Membership
from schakelbord.chain import actions, deciding, placing
from schakelbord.chain.actions import Wanted, a_figure, adopt_action, complete, lacks_of, propose_action
from schakelbord.chain.decide_pages.decisions import action_rows
from schakelbord.chain.models import Action, ActionResult
from schakelbord.errors import InputError, RightError, StateError

TODAY = NOW.date()


def bare(chain: Chain, *, direct: bool = False) -> Action:
    """An action of which only the title is known, under an adopted decision."""
    decision = chain.decided(direct=direct)
    code = propose_action(chain.secretary, decision, title="Melders horen het", key=key())["node"]
    return chain.again(Action.objects.get(code=code))


def codes(chain: Chain, action: Action) -> list[str]:
    """What an action lacks."""
    return [one.code for one in lacks_of(chain.again(action), today=TODAY)]


def test_an_action_says_in_order_what_it_lacks(chain: Chain) -> None:
    action = bare(chain)
    assert codes(chain, action) == ["I5", "I7", "I8", "I6"]
    for one in lacks_of(action, today=TODAY):
        assert one.nl.endswith(".")
        assert one.en.endswith(".")
    with pytest.raises(StateError):
        adopt_action(chain.secretary, action, key=key())


def test_filled_in_piece_by_piece_it_can_be_adopted(chain: Chain) -> None:
    action = bare(chain)
    asked = {"owner": chain.owner, "body": chain.platform, "due": "2027-05-01"}
    result = Wanted("Elke melder hoort het", unit="procent", baseline="12,5", target="90 %", source="Jaarbericht")
    complete(chain.secretary, action, wanted=[result], key=key(), **asked)
    assert codes(chain, action) == []
    kept = ActionResult.objects.get()
    assert (kept.unit, kept.baseline, kept.target) == ("procent", Decimal("12.5"), Decimal(90))
    adopt_action(chain.secretary, action, key=key())
    now = chain.again(action)
    assert (now.state, now.adopted_at is not None) == ("adopted", True)
    with pytest.raises(StateError):
        complete(chain.secretary, now, key=key(), **asked)
    with pytest.raises(StateError):
        adopt_action(chain.secretary, now, key=key())


def test_results_of_the_harvest_come_along_with_their_origin(chain: Chain) -> None:
    action = chain.action()
    row = action.results.get()
    assert row.origin is not None
    assert (row.origin.harvest.code, row.text) == ("O-01", row.origin.text)
    assert str(row.by_when) == "2027-07-01"


def test_without_a_body_it_says_why_and_which_one_was_looked_at(chain: Chain) -> None:
    action = bare(chain, direct=True)
    asked = {"owner": chain.owner, "body": None, "due": "2027-05-01", "wanted": [Wanted("Het is anders")]}
    complete(chain.secretary, action, no_body_reason="Niemand past", key=key(), **asked)
    assert codes(chain, action) == ["I6"]
    placement = chain.placement(action, offered=False)
    placing.unsuitable(chain.secretary, placement, reason="Gaat over iets anders", key=key())
    assert codes(chain, action) == []


def test_an_undecided_or_rejected_decision_gives_no_adopted_action(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    action = chain.action(decision, adopted=False)
    assert codes(chain, action) == ["decision"]
    deciding.turn_down(chain.secretary, decision, outcome="rejected", reason="Niet nu", key=key())
    with pytest.raises(StateError):
        propose_action(chain.secretary, chain.fresh(decision), title="Toch", key=key())


def test_an_owner_whose_seat_ended_is_no_owner(chain: Chain) -> None:
    action = chain.action(adopted=False)
    Membership.objects.filter(pk=chain.owner.pk).update(to_day="2026-10-01")
    assert codes(chain, action) == ["I5"]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": ""}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"title": "Bel de heer J. Jansen uit Amsterdam, geboren 3 mei 1980"}, "text"),
        ({"due": "ooit"}, "due"),
        ({"due": "2026-01-01"}, "due"),
        ({"wanted": [Wanted(" ")]}, "result"),
        ({"wanted": [Wanted("Meer", baseline="veel")]}, "baseline"),
        ({"wanted": [Wanted("Meer", target="1,2345")]}, "target"),
        ({"wanted": [Wanted("Meer", target="1e15")]}, "target"),
        ({"wanted": [Wanted("Meer", target="nan")]}, "target"),
    ],
)
def test_a_wrong_field_is_said_and_nothing_is_kept(chain: Chain, fields: dict[str, object], where: str) -> None:
    decision = chain.decided()
    with pytest.raises(InputError) as refusal:
        propose_action(chain.secretary, decision, **{"title": "Iets doen", "key": key(), **fields})  # type: ignore[arg-type]
    assert refusal.value.where == where
    assert not Action.objects.exists()


def test_only_secretary_and_chair_propose_complete_and_adopt(chain: Chain) -> None:
    action = chain.action(adopted=False)
    asked = {"owner": None, "body": None, "due": None}
    for attempt in (
        lambda: propose_action(chain.owner_actor, action.decision, title="Iets", key=key()),
        lambda: complete(chain.owner_actor, action, key=key(), **asked),
        lambda: adopt_action(chain.owner_actor, action, key=key()),
    ):
        with pytest.raises(RightError):
            attempt()


def test_the_list_of_actions_says_the_same_as_each_action(chain: Chain) -> None:
    decision = chain.decided()
    for title in ("Een", "Twee"):
        chain.action(decision, title=title, adopted=False)
    propose_action(chain.secretary, decision, title="Drie", key=key())
    rows = action_rows(decision, today=TODAY)
    assert [(row.action.title, row.lacks) for row in rows] == [
        (row.action.title, lacks_of(chain.again(row.action), today=TODAY)) for row in rows
    ]
    assert [bool(row.lacks) for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("", None),
        ("90", 90),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0,125", "0.125"),
        ("-3", -3),
        (",5", "0.5"),
        ("1 000", 1000),
        ("8 %", 8),
        ("1.500,5", "1500.5"),
        ("1.234.567", 1234567),
    ],
)
def test_figures_are_read_as_people_write_them(text: str, figure: str | int | None) -> None:
    assert a_figure(text, field="target") == (None if figure is None else Decimal(figure))
    assert actions.a_figure(None, field="target") is None


@pytest.mark.parametrize("text", ["1.500", "1,500", "12.000", "-1.500", "٣", "1e5", "NaN", "vijf", "1,2345", "9" * 12])
def test_what_is_no_figure_or_two_is_asked_again(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        a_figure(text, field="target")
    assert refusal.value.where == "target"
