"""The afternoon in five minutes: each role's screen in the meeting of the demo, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schakelbord.accounts.actors import Role
from schakelbord.meetings.models import Meeting
from schakelbord.tables.demo_words import TITLE


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the tour: who one is, what to look at, where."""

    role: Role
    title: Promise
    look: Promise
    address: str


STOPS: Final = (
    Stop(
        Role.SECRETARY,
        _("The secretary prepares"),
        _("Five tables with both layers at each. Ask for a new proposal, or see what it changes when somebody moves."),
        "/bijeenkomsten/{}/tafels",
    ),
    Stop(
        Role.SECRETARY,
        _("The secretary runs the meeting"),
        _("One screen: the agenda with its clock, what each table has so far, and what the big screen shows."),
        "/bijeenkomsten/{}/regie",
    ),
    Stop(
        Role.PARTICIPANT,
        _("A participant at table 2"),
        _("Lay an experience on the table. Choose whether your name stands with it, and answer the reading vote."),
        "/bijeenkomsten/{}/aan-tafel",
    ),
    Stop(
        Role.TABLE_HOST,
        _("The host of table 2"),
        _("Put contributions in a group, by drag or with a digit. Then read the harvest out and confirm it."),
        "/bijeenkomsten/{}/tafel/2",
    ),
    Stop(
        Role.PITCHER,
        _("The pitcher confirms"),
        _("Host and pitcher both say: this is what we said. Only then it is fixed."),
        "/bijeenkomsten/{}/aan-tafel",
    ),
    Stop(
        Role.SECRETARY,
        _("The big screen"),
        _("Find your table, see the clock, and at the end what the tables ask. Open it from the console in a window."),
        "/bijeenkomsten/{}/scherm",
    ),
    Stop(
        Role.SECRETARY,
        _("What the room thinks"),
        _("Three lists: shared, divided between layers, unknown. A layer of fewer than five is never shown."),
        "/bijeenkomsten/{}/peiling",
    ),
)


def tour_of() -> tuple[tuple[Stop, str], ...]:
    """The stops with their addresses in the meeting of the demo; none when there is no such meeting."""
    meeting = Meeting.objects.filter(title=TITLE).order_by("pk").first()
    return () if meeting is None else tuple((stop, stop.address.format(meeting.pk)) for stop in STOPS)
