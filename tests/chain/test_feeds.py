"""Days of the chain for a calendar program, read back as such a program would."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from django.test import Client

from meeting_world import make_world
from offer_world import BEGAN, KEYS, SITE, OfferWorld, make_offer_world, somebody
from schakelbord.bodies.models import Membership
from schakelbord.bodies.services import seat_in_body
from schakelbord.chain import placing, referrals
from schakelbord.chain.place_pages.feeds import Feed, calendar_of_feed, feed_of
from schakelbord.dossiers.services import bring_dilemma
from schakelbord.live.gateway import at

TODAY = BEGAN.date()


@pytest.fixture
def offers(commands_inline: None, db: None) -> OfferWorld:
    """A decision, and bodies that could take an action of it on."""
    return make_offer_world()


def events(feed: Feed, now: dt.datetime = BEGAN) -> dict[str, icalendar.Event]:
    """The events of a feed by UID."""
    calendar = icalendar.Calendar.from_ical(calendar_of_feed(feed, site=SITE, now=now))
    found = {str(event["UID"]): event for event in calendar.events}
    assert len(found) == len(calendar.events)
    return found


def test_a_feed_has_the_days_of_actions_reports_and_offers(offers: OfferWorld) -> None:
    action = offers.action(due="2027-07-01")
    row = offers.offered(action, answer_by="2026-10-20")
    mine = events(Feed(offers.owner.person))
    assert set(mine) == {f"actie-{action.pk}@schakelbord", f"voortgang-{action.pk}@schakelbord"}
    due = mine[f"actie-{action.pk}@schakelbord"]
    assert (due.start, due.end) == (dt.date(2027, 7, 1), dt.date(2027, 7, 2))
    assert str(due["SUMMARY"]) == f"{action.code} klaar: {action.title}"
    assert str(due["URL"]) == f"{SITE}/acties/{action.code}"
    assert mine[f"voortgang-{action.pk}@schakelbord"].start == dt.date(2026, 12, 5)
    theirs = events(Feed(somebody("G. Grutto")))
    assert {uid: event.start for uid, event in theirs.items()} == {f"aanbod-{row.pk}@schakelbord": row.answer_by}
    placing.answer_by_link(row, somebody("G. Grutto"), takes_on=True, key=next(KEYS))
    assert events(Feed(somebody("G. Grutto"))) == {}
    assert f"actie-{action.pk}@schakelbord" in events(Feed(somebody("G. Grutto"), offers.bodies[0]))


def test_an_event_keeps_its_uid_when_its_day_changes(offers: OfferWorld) -> None:
    action = offers.action()
    row = offers.offered(action, answer_by="2026-10-20")
    before = events(Feed(somebody("G. Grutto")))
    placing.take_back_unanswered(offers.dossier, today=dt.date(2026, 10, 21), key=next(KEYS))
    with at(dt.datetime(2026, 10, 21, 10, tzinfo=dt.UTC)):
        placing.offer(offers.secretary, row, answer_by="2026-11-20", key=next(KEYS))
    after = events(Feed(somebody("G. Grutto")))
    assert set(before) == set(after)
    assert next(iter(after.values())).start == dt.date(2026, 11, 20)


def test_questions_to_a_body_stand_in_the_feed_of_who_speaks_for_it(offers: OfferWorld) -> None:
    chair = seat_in_body(somebody("V. Goudvink"), offers.board, from_day=dt.date(2020, 1, 1), role="chair")
    issue = bring_dilemma(
        offers.secretary, offers.dossier, statement="Niemand betaalt.", submitted_by=offers.platform, now=BEGAN
    )
    issue.state = "accepted"
    issue.save()
    with at(BEGAN):
        referrals.refer(
            offers.secretary, issue, to=offers.board, question="Wie betaalt?", due="2026-11-01",
            skip_reason="Het is dringend.", key=next(KEYS),
        )  # fmt: skip
    for feed in (Feed(chair.person), Feed(somebody("A. Aalscholver"), offers.board)):
        assert [event.start for event in events(feed).values()] == [dt.date(2026, 11, 1)]
    assert events(Feed(somebody("L. Specht"))) == {}


@pytest.mark.django_db
def test_meetings_have_the_uid_of_their_invitation_and_their_own_clock(commands_inline: None) -> None:
    world = make_world(started=False)
    person = world.people[0].person
    assert person is not None
    found = events(Feed(person), now=world.meeting.starts_at)
    event = found[f"bijeenkomst-{world.meeting.pk}@schakelbord"]
    assert event.start == world.meeting.starts_at
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    world.people[0].reply = "no"
    world.people[0].save()
    assert events(Feed(person), now=world.meeting.starts_at) == {}
    assert events(Feed(person, world.bodies[0]), now=world.meeting.starts_at) != {}


def test_the_feed_of_a_body_ends_with_the_seat_and_that_of_a_person_with_the_person(offers: OfferWorld) -> None:
    seat = Membership.objects.select_related("person", "body").get(person__name="L. Specht")
    mine, ours = Feed(seat.person), Feed(seat.person, seat.body)
    secret = ours.path.removeprefix("/agenda/").removesuffix(".ics")
    assert feed_of(secret, today=TODAY) == ours
    seat.to_day = TODAY
    seat.save()
    assert feed_of(secret, today=TODAY) == ours
    assert feed_of(secret, today=TODAY + dt.timedelta(days=1)) is None
    own = mine.path.removeprefix("/agenda/").removesuffix(".ics")
    assert feed_of(own, today=TODAY) == mine
    seat.person.email, seat.person.erased_at = "", BEGAN
    seat.person.save()
    assert feed_of(own, today=TODAY) is None


def test_the_address_gives_a_calendar_and_a_wrong_one_a_page(offers: OfferWorld, reader: Client) -> None:
    offers.action()
    path = Feed(offers.owner.person).path
    answer = reader.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(icalendar.Calendar.from_ical(answer.content).events) == 2
    assert reader.get(path.replace("/agenda/", "/agenda/9")).status_code == 404
