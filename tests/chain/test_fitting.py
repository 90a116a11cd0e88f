"""Bodies in the order of fit: the order of `matching`, with what the rows themselves say for and against."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offer_world import BEGAN, KEYS, OfferWorld, make_offer_world, somebody
from schakelbord.bodies.models import Body
from schakelbord.chain import placing
from schakelbord.chain.actions import Wanted as Result
from schakelbord.chain.place_pages.fitting import Candidate, Standing, fitting_of
from schakelbord.matching.index import Index
from schakelbord.matching.model import Body as AskedBody
from schakelbord.matching.model import Earlier, Wanted

TODAY = BEGAN.date()


@pytest.fixture
def offers(commands_inline: None, db: None) -> OfferWorld:
    """A decision, and bodies that could take an action of it on."""
    return make_offer_world()


def says(candidate: Candidate, *, speaks_for: bool) -> list[str]:
    """Its reasons of one side, in Dutch."""
    return [one.says.nl for one in candidate.reasons if one.speaks_for == speaks_for]


def test_the_body_whose_remit_it_is_comes_first(offers: OfferWorld) -> None:
    action = offers.action()
    found = fitting_of(action, today=TODAY)
    assert [one.rank for one in found.candidates] == [1, 2, 3]
    first = found.candidates[0]
    assert first.body == offers.bodies[0]
    assert "Komt om de zes weken bijeen" in says(first, speaks_for=True)
    assert "Neemt acties aan" in says(first, speaks_for=True)
    assert all(one.says.nl[0].isupper() and one.says.en[0].isupper() for row in found.candidates for one in row.reasons)


def test_an_action_about_something_else_has_no_clear_match_and_still_an_order(offers: OfferWorld) -> None:
    action = offers.action(title="Zonnepanelen op sporthallen", wanted=[Result("De stroom komt van het dak.")])
    found = fitting_of(action, today=TODAY)
    assert not found.is_clear
    assert len(found.candidates) == 3
    assert Standing.BEST not in {one.standing for one in found.candidates}


def test_what_speaks_against_a_body_is_said(offers: OfferWorld) -> None:
    action = offers.action(due="2026-11-01")
    slow, silent = offers.bodies[0], offers.bodies[1]
    slow.meets_every_days, slow.secretary = 182, None
    slow.save()
    other = offers.action(title="Verzuim sneller melden")
    row = offers.offered(other, 1)
    placing.answer_by_link(row, somebody("B. Tapuit"), takes_on=False, reason="Doen wij al.", key=next(KEYS))
    by_body = {one.body: one for one in fitting_of(action, today=TODAY).candidates}
    against = says(by_body[slow], speaks_for=False)
    assert "Komt twee keer per jaar bijeen, dat kan te laat zijn voor 1 november 2026" in against
    assert "Heeft geen secretaris om het aan te vragen" in against
    assert "Nam het afgelopen jaar geen actie aan" in says(by_body[silent], speaks_for=False)


def test_who_took_something_like_it_on_before_is_told_so(offers: OfferWorld) -> None:
    row = offers.offered(offers.action())
    placing.answer_by_link(row, somebody("G. Grutto"), takes_on=True, key=next(KEYS))
    first = fitting_of(offers.action(title="Elke school krijgt snel advies"), today=TODAY).candidates[0]
    assert any("Nam eerder iets aan dat hierop lijkt" in one for one in says(first, speaks_for=True))
    assert "Nam het afgelopen jaar 1 actie aan" in says(first, speaks_for=True)
    assert first.as_fit()["standing"] == first.standing


def test_bodies_that_ended_or_take_nothing_on_are_not_asked(offers: OfferWorld) -> None:
    action = offers.action()
    Body.objects.filter(pk=offers.bodies[0].pk).update(accepts_actions=False)
    Body.objects.filter(pk=offers.bodies[1].pk).update(active_to=TODAY - dt.timedelta(days=1))
    assert [one.body for one in fitting_of(action, today=TODAY).candidates] == [offers.bodies[2]]
    Body.objects.update(accepts_actions=False)
    nobody = fitting_of(action, today=TODAY)
    assert (nobody.candidates, nobody.is_clear) == ((), False)


def test_a_hundred_bodies_take_as_many_questions_as_three(offers: OfferWorld) -> None:
    action = offers.action()
    with CaptureQueriesContext(connection) as few:
        fitting_of(action, today=TODAY)
    for number in range(97):
        Body.objects.create(
            name=f"Overleg {number}", kind="existing", layer="mixed", mandate=f"Zaken {number}", accepts_actions=True
        )
    with CaptureQueriesContext(connection) as many:
        found = fitting_of(action, today=TODAY)
    assert len(found.candidates) == 100
    assert len(many) == len(few) < 10


def test_reasons_of_matching_that_speak_against_are_known_as_such() -> None:
    bodies = [
        AskedBody("a", "Overleg Verzuim", "Verzuim op school. Gaat niet over huwelijksdwang.", layer="administrative"),
        AskedBody("b", "Overleg Afval", "Afval en riool.", layer="official"),
    ]
    earlier = [Earlier("Huwelijksdwang sneller herkennen op school", "a", accepted=False)]
    index = Index(bodies, earlier=earlier)
    wanted = Wanted("Huwelijksdwang herkennen op school", layer="official")
    told = [reason for fit in index.match(wanted).ranked for reason in fit.reasons]
    against = [one.says.nl for one in told if not one.speaks_for]
    for part in ("geen onderwerp", "zegt zelf niet te gaan", "wees eerder iets af", "dat is niet gevraagd"):
        assert any(part in one for one in against), (part, against)
    assert len(against) < len(told)
