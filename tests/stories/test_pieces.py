"""What an organisation knows on a day and by which way it came."""

from __future__ import annotations

import pytest

from schakelbord.stories.library import reading_of, shipped
from schakelbord.stories.pieces import Holdings, holdings_of


@pytest.fixture(scope="module", params=sorted(shipped()))
def holdings(request: pytest.FixtureRequest) -> Holdings:
    """The holdings of each shipped story."""
    return holdings_of(reading_of(shipped()[request.param]))


def test_every_way_begins_with_somebody_who_saw_it_and_never_goes_back_in_time(holdings: Holdings) -> None:
    for arrival in holdings.first.values():
        way = holdings.way(arrival)
        assert way[0].from_ is None
        assert way[-1] == arrival
        days = [hop.day for hop in way]
        assert days == sorted(days)
        assert [hop.from_ for hop in way[1:]] == [hop.organisation for hop in way[:-1]]


def test_nobody_holds_a_piece_before_the_day_it_arrived(holdings: Holdings) -> None:
    for arrival in holdings.first.values():
        assert arrival not in holdings.of(arrival.organisation, arrival.day - 1)
        assert arrival in holdings.of(arrival.organisation, arrival.day)
