"""A meeting as an invitation that calendar programs accept."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from schakelbord import __version__
from schakelbord.meetings.models import Attendance, Meeting


def calendar_of(
    meeting: Meeting, *, attendance: Attendance | None, organiser: str, address: str, now: dt.datetime, cancelled: bool
) -> bytes:
    """The meeting as iCalendar (RFC 5545, RFC 5546).

    Args:
        meeting: the meeting; times are in its own zone, with that zone's rules.
        attendance: who is invited; None for a file without a receiver.
        organiser: the address from which the invitation comes.
        address: of the page on which one answers.
        now: the time of making.
        cancelled: whether it takes the meeting out of calendars.
    """
    zone = ZoneInfo(meeting.zone)
    calendar = Calendar()
    calendar.add("prodid", f"-//Schakelbord//Schakelbord {__version__}//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST" if attendance else "PUBLISH")
    event = Event()
    event.add("uid", f"bijeenkomst-{meeting.pk}@schakelbord")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("sequence", meeting.room.last_seq % 2**31)
    event.add("summary", meeting.title)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    if address:
        event.add("url", address)
    sender = vCalAddress(f"MAILTO:{organiser}")
    sender.params["CN"] = vText("Schakelbord")
    event["organizer"] = sender
    if attendance is not None and attendance.person is not None and attendance.person.email:
        guest = vCalAddress(f"MAILTO:{attendance.person.email}")
        guest.params["CN"] = vText(attendance.called)
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        guest.params["RSVP"] = vText("FALSE")
        event.add("attendee", guest, encode=False)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
