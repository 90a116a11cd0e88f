"""Days are those of the calendar of the country, also in the nights in which the clock changes."""

from __future__ import annotations

import datetime as dt

import pytest

from chain_world import Chain, key
from schakelbord.bodies.services import person_named, seat_in_body
from schakelbord.chain import placing
from schakelbord.chain.acts import a_day, day_of
from schakelbord.errors import InputError, RightError
from schakelbord.live.gateway import at


def utc(*parts: int) -> dt.datetime:
    """A moment in UTC."""
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2027, 3, 27, 22, 59), dt.date(2027, 3, 27)),  # the last minute before the night of the change
        (utc(2027, 3, 27, 23, 0), dt.date(2027, 3, 28)),
        (utc(2027, 3, 28, 0, 59), dt.date(2027, 3, 28)),  # 01.59 hours, then it is 03.00 hours
        (utc(2027, 3, 28, 21, 59), dt.date(2027, 3, 28)),  # that day has 23 hours
        (utc(2027, 3, 28, 22, 0), dt.date(2027, 3, 29)),
        (utc(2026, 10, 24, 22, 0), dt.date(2026, 10, 25)),
        (utc(2026, 10, 25, 0, 30), dt.date(2026, 10, 25)),  # 02.30 hours
        (utc(2026, 10, 25, 1, 30), dt.date(2026, 10, 25)),  # 02.30 hours again
        (utc(2026, 10, 25, 22, 59), dt.date(2026, 10, 25)),  # that day has 25 hours
        (utc(2026, 10, 25, 23, 0), dt.date(2026, 10, 26)),
    ],
)
def test_a_moment_falls_on_the_day_that_the_clock_on_the_wall_shows(moment: dt.datetime, day: dt.date) -> None:
    assert day_of(moment) == day


def test_somebody_may_decide_from_the_first_minute_of_their_first_day(chain: Chain) -> None:
    decision = chain.tabled(chain.proposal())
    seat = seat_in_body(
        person_named("Nieuwe voorzitter", email="n@voorbeeld.example", now=utc(2026, 10, 5)),
        chain.board,
        from_day=dt.date(2026, 10, 25),
        role="chair",
        may_decide=True,
    )
    with at(utc(2026, 10, 24, 21, 59)), pytest.raises(RightError):
        chain.says(decision, seat)
    with at(utc(2026, 10, 24, 22, 0)):
        chain.says(decision, seat)


@pytest.mark.parametrize("changes", [dt.date(2027, 3, 28), dt.date(2026, 10, 25)])
def test_an_offer_comes_back_the_day_after_its_last_day(chain: Chain, changes: dt.date) -> None:
    action = chain.action()
    placing.consider(chain.secretary, action, chain.existing, key=key())
    placing.offer(chain.secretary, chain.offer(action), answer_by=changes, key=key())
    dossier = chain.world.dossier
    assert placing.take_back_unanswered(dossier, today=changes, key=key()) == 0
    assert placing.take_back_unanswered(dossier, today=changes + dt.timedelta(days=1), key=key()) == 1
    # The same night once more, by another worker or after a restart.
    assert placing.take_back_unanswered(dossier, today=changes + dt.timedelta(days=1), key=key()) == 0
    assert chain.offer(action).state == "unanswered"


@pytest.mark.parametrize("given", ["", "31-12-2026", "2026-02-30", "morgen", "2026-10-04", "2037-01-01"])
def test_a_day_that_cannot_be_gets_one_sentence(given: str) -> None:
    with pytest.raises(InputError) as refusal:
        a_day(given, field="due", today=dt.date(2026, 10, 5))
    assert refusal.value.where == "due"
    assert a_day("2026-10-05", field="due", today=dt.date(2026, 10, 5)) == dt.date(2026, 10, 5)
