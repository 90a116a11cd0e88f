"""Days of the chain for a calendar program that asks for them now and then (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from schakelbord import __version__
from schakelbord.bodies.codes import MemberRole
from schakelbord.bodies.models import Body, Person
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import UNDER_WAY, PlacementState
from schakelbord.chain.links import read_secret, secret_of
from schakelbord.chain.models import Action, Placement, Referral
from schakelbord.chain.referrals import OPEN
from schakelbord.chain.reporting import next_report_by
from schakelbord.chain.rights import held_on
from schakelbord.meetings.codes import MeetingState, ReplyKind
from schakelbord.meetings.models import Meeting

EVERY_HOURS: Final = 6
"""How often calendar programs are asked to look again."""
BACK: Final = dt.timedelta(days=180)
"""Meetings of before are left out."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose days: of a person, or of a body for somebody who belongs to it."""

    person: Person
    body: Body | None = None

    @property
    def path(self) -> str:
        """The address of this feed on this site."""
        kind, ids = ("agenda-body", (self.body.pk, self.person.pk)) if self.body else ("agenda", (self.person.pk,))
        return f"/agenda/{secret_of(kind, *ids)}.ics"

    @property
    def title(self) -> str:
        """What a calendar program calls it."""
        return f"Schakelbord: {self.body.called if self.body else self.person.name}"


def feed_of(secret: str, *, today: dt.date) -> Feed | None:
    """Whose feed this address is; None when we did not make it, or they belong to the body no more."""
    of_person, of_body = read_secret("agenda", secret), read_secret("agenda-body", secret)
    if of_person is not None:
        person = Person.objects.filter(pk=of_person[0], erased_at=None).first()
        return Feed(person) if person else None
    if of_body is None:
        return None
    person = Person.objects.filter(pk=of_body[1], erased_at=None).first()
    body = Body.objects.filter(pk=of_body[0]).first()
    if person is None or body is None:
        return None
    belongs = body.secretary_id == person.pk or body.memberships.filter(held_on(today), person=person).exists()
    return Feed(person, body) if belongs else None


def calendar_of_feed(feed: Feed, *, site: str, now: dt.datetime) -> bytes:
    """The feed as iCalendar. What an event is about is its UID, so that a changed day moves the event.

    Args:
        feed: whose days.
        site: the address of this installation, without a slash at the end, for the links.
        now: the time.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Schakelbord//Schakelbord {__version__}//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", feed.title)
    calendar.add("refresh-interval", dt.timedelta(hours=EVERY_HOURS), parameters={"VALUE": "DURATION"})
    for event in (
        *_action_days(feed, site),
        *_offers(feed, site),
        *_questions(feed, site, now),
        *_meetings(feed, site, now),
    ):
        event.add("dtstamp", now.astimezone(dt.UTC))
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _action_days(feed: Feed, site: str) -> Iterator[Event]:
    rows = Action.objects.filter(state__in=UNDER_WAY).annotate(last=Max("reports__made_at")).order_by("pk")
    rows = rows.filter(body=feed.body) if feed.body else rows.filter(owner__person=feed.person)
    for row in rows:
        address = f"{site}/acties/{row.code}"
        if row.due is not None:
            title = _("%(node)s done: %(title)s") % {"node": row.code, "title": row.title}
            yield _day(f"actie-{row.pk}", row.due, title, address)
        expected = next_report_by(row, last=day_of(row.last) if row.last else None)
        if expected is not None:
            title = _("%(node)s: tell how it goes") % {"node": row.code}
            yield _day(f"voortgang-{row.pk}", expected, title, address)


def _offers(feed: Feed, site: str) -> Iterator[Event]:
    rows = Placement.objects.filter(state=PlacementState.OFFERED).select_related("action", "body").order_by("pk")
    rows = rows.filter(body=feed.body) if feed.body else rows.filter(body__secretary=feed.person)
    for row in rows:
        if row.answer_by is not None:
            title = _("%(node)s: does %(body)s take it on?") % {"node": row.action.code, "body": row.body.called}
            yield _day(f"aanbod-{row.pk}", row.answer_by, title, f"{site}/aanbod")


def _questions(feed: Feed, site: str, now: dt.datetime) -> Iterator[Event]:
    rows = Referral.objects.filter(state__in=OPEN).select_related("issue", "to_body").order_by("pk")
    seats = feed.person.memberships.filter(held_on(day_of(now)), role__in=[MemberRole.SECRETARY, MemberRole.CHAIR])
    speaks = Q(to_body__secretary=feed.person) | Q(to_body__in=seats.values("body"))
    for row in rows.filter(to_body=feed.body) if feed.body else rows.filter(speaks):
        title = _("%(node)s: answer of %(body)s") % {"node": row.issue.code, "body": row.to_body.called}
        yield _day(f"vraag-{row.pk}", row.due, title, f"{site}/vraagstukken/{row.issue.code}")


def _meetings(feed: Feed, site: str, now: dt.datetime) -> Iterator[Event]:
    rows = Meeting.objects.exclude(state=MeetingState.DRAFT).filter(ends_at__gte=now - BACK).order_by("pk")
    if feed.body:
        rows = rows.filter(convenings__body=feed.body)
    else:
        rows = rows.filter(attendances__person=feed.person).exclude(
            attendances__in=feed.person.attendances.filter(reply=ReplyKind.NO)
        )
    for row in rows.distinct():
        zone, event = ZoneInfo(row.zone), Event()
        # The same as in the invitation, so that a program that has both shows one.
        event.add("uid", f"bijeenkomst-{row.pk}@schakelbord")
        event.add("summary", row.title)
        event.add("dtstart", row.starts_at.astimezone(zone))
        event.add("dtend", row.ends_at.astimezone(zone))
        if row.place:
            event.add("location", row.place)
        yield event


def _day(name: str, day: dt.date, title: str, address: str) -> Event:
    event = Event()
    event.add("uid", f"{name}@schakelbord")
    event.add("summary", title)
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    return event
