"""Where an action lands: offers, answers, what came back, and that no body fits; each refusal has its sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from offer_world import BEGAN, KEYS, OfferWorld, make_offer_world, somebody
from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.chain import actions, placing
from schakelbord.chain.models import Placement
from schakelbord.errors import InputError, RightError, SchakelbordError, StateError
from schakelbord.live.gateway import at


@pytest.fixture
def offers(commands_inline: None, db: None) -> OfferWorld:
    """A decision, and bodies that could take an action of it on."""
    return make_offer_world()


def code_of(refused: pytest.ExceptionInfo[SchakelbordError]) -> tuple[str, str]:
    """What was refused, and at which field."""
    return refused.value.code, refused.value.where


def test_the_body_that_takes_an_action_on_answers_for_it_and_other_offers_end(offers: OfferWorld) -> None:
    action = offers.action()
    first, second = offers.offered(action, 0), offers.offered(action, 1)
    placing.answer_by_link(second, somebody("B. Tapuit"), takes_on=True, reason="Past bij ons.", key=next(KEYS))
    action = offers.fresh(action)
    assert (action.state, action.body) == ("placed", offers.bodies[1])
    kept = Placement.objects.get(pk=second.pk)
    assert (kept.state, kept.reason, kept.answered_for) == ("accepted", "Past bij ons.", somebody("B. Tapuit"))
    assert Placement.objects.get(pk=first.pk).state == "suggested"
    with pytest.raises(StateError) as refused:
        placing.answer_by_link(first, somebody("G. Grutto"), takes_on=True, key=next(KEYS))
    assert code_of(refused)[0] == "placement_state"


def test_pressing_twice_answers_once(offers: OfferWorld) -> None:
    row = offers.offered(offers.action())
    one = placing.answer_by_link(row, somebody("G. Grutto"), takes_on=True, key="twee-keer")
    assert placing.answer_by_link(row, somebody("G. Grutto"), takes_on=True, key="twee-keer") == one
    with pytest.raises(StateError):
        placing.answer_by_link(row, somebody("G. Grutto"), takes_on=False, reason="Toch niet.", key=next(KEYS))
    assert Placement.objects.get(pk=row.pk).state == "accepted"


def test_declining_needs_a_reason_and_words_are_never_cut_short(offers: OfferWorld) -> None:
    row = offers.offered(offers.action())
    for takes_on, reason in ((False, "  "), (False, "x" * 301), (True, "x" * 301)):
        with pytest.raises(InputError) as refused:
            placing.answer_by_link(row, somebody("G. Grutto"), takes_on=takes_on, reason=reason, key=next(KEYS))
        assert code_of(refused)[1] == "reason"
    assert Placement.objects.get(pk=row.pk).state == "offered"


def test_only_the_secretary_of_the_body_answers(offers: OfferWorld) -> None:
    row = offers.offered(offers.action())
    with pytest.raises(RightError):
        placing.answer_offer(offers.secretary, row, takes_on=True, key=next(KEYS))
    with pytest.raises(RightError):
        placing.answer_offer(Actor(), row, takes_on=True, key=next(KEYS))
    person, user = somebody("G. Grutto"), demo_user(Role.BODY_SECRETARY)
    person.user = user
    person.save()
    placing.answer_offer(actor_of(user), row, takes_on=False, reason="Wij gaan daar niet over.", key=next(KEYS))
    assert Placement.objects.get(pk=row.pk).state == "declined"


def test_a_link_of_before_another_became_secretary_changes_nothing(offers: OfferWorld) -> None:
    row = offers.offered(offers.action())
    row.body.secretary = somebody("N. Nachtegaal")
    row.body.save()
    with pytest.raises(StateError) as refused:
        placing.answer_by_link(row, somebody("G. Grutto"), takes_on=True, key=next(KEYS))
    assert code_of(refused)[0] == "other_secretary"
    assert Placement.objects.get(pk=row.pk).state == "offered"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"accepts_actions": False}, "takes_none"),
        ({"active_to": dt.date(2026, 10, 4)}, "takes_none"),
        ({"secretary": None}, "no_secretary"),
    ],
)
def test_an_offer_goes_only_to_a_body_that_can_answer(
    offers: OfferWorld, change: dict[str, object], refusal: str
) -> None:
    row = offers.look_at(offers.action(), offers.bodies[0])
    for name, value in change.items():
        setattr(row.body, name, value)
    row.body.save()
    with at(BEGAN), pytest.raises(InputError) as refused:
        placing.offer(offers.secretary, row, key=next(KEYS))
    assert code_of(refused) == (refusal, "body")


@pytest.mark.parametrize("day", ["2026-10-04", "gisteren", "2040-01-01"])
def test_a_day_to_answer_is_ahead(offers: OfferWorld, day: str) -> None:
    row = offers.look_at(offers.action(), offers.bodies[0])
    with at(BEGAN), pytest.raises(InputError) as refused:
        placing.offer(offers.secretary, row, answer_by=day, key=next(KEYS))
    assert code_of(refused)[1] == "answer_by"


def test_what_was_answered_is_not_offered_again_and_what_came_back_is(offers: OfferWorld) -> None:
    action = offers.action()
    row = offers.offered(action, answer_by="2026-10-20")
    assert placing.take_back_unanswered(offers.dossier, today=dt.date(2026, 10, 20), key=next(KEYS)) == 0
    assert placing.take_back_unanswered(offers.dossier, today=dt.date(2026, 10, 21), key=next(KEYS)) == 1
    with at(BEGAN):
        placing.offer(offers.secretary, row, key=next(KEYS))
    row = Placement.objects.get(pk=row.pk)
    assert (row.state, row.tries) == ("offered", 2)
    placing.answer_by_link(row, somebody("G. Grutto"), takes_on=False, reason="Nee.", key=next(KEYS))
    with at(BEGAN), pytest.raises(StateError):
        placing.offer(offers.secretary, row, key=next(KEYS))
    with pytest.raises(StateError):
        placing.unsuitable(offers.secretary, row, reason="Toch niet.", key=next(KEYS))


def test_no_body_fits_only_with_one_that_was_looked_at(offers: OfferWorld) -> None:
    with at(BEGAN):
        action = offers.proposed(body=None)
        more = {"owner": action.owner, "body": None, "due": action.due}
        actions.complete(offers.secretary, action, **more, no_body_reason="Niemand doet dit.", key=next(KEYS))
        with pytest.raises(StateError) as refused:
            actions.adopt_action(offers.secretary, action, key=next(KEYS))
        assert refused.value.code == "action_lacks"
        row = offers.look_at(action, offers.bodies[0])
        with pytest.raises(InputError):
            placing.unsuitable(offers.secretary, row, reason=" ", key=next(KEYS))
        placing.unsuitable(offers.secretary, row, reason="Gaat over melden.", key=next(KEYS))
        actions.adopt_action(offers.secretary, action, key=next(KEYS))
    action = offers.fresh(action)
    assert (action.state, action.body, action.no_body_reason) == ("adopted", None, "Niemand doet dit.")


def test_nobody_else_offers(offers: OfferWorld) -> None:
    action = offers.action()
    row = offers.look_at(action, offers.bodies[0])
    reader = actor_of(demo_user(Role.PARTICIPANT))
    for refused in (
        lambda: placing.consider(reader, action, offers.bodies[1], key=next(KEYS)),
        lambda: placing.offer(reader, row, key=next(KEYS)),
        lambda: placing.unsuitable(reader, row, reason="Nee.", key=next(KEYS)),
    ):
        with pytest.raises(RightError):
            refused()
