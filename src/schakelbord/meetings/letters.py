"""Letters about a meeting: what stands in them. How each is sent once is in `posting.py`."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from schakelbord.meetings import posting
from schakelbord.meetings.calendar import calendar_of
from schakelbord.meetings.codes import LetterKind, MeetingState, ReplyKind
from schakelbord.meetings.links import secret_of
from schakelbord.meetings.models import Letter, Meeting

WITH_CALENDAR = frozenset({LetterKind.INVITATION, LetterKind.CHANGE, LetterKind.CANCELLED})


def send_waiting(*, site: str, now: dt.datetime | None = None, most: int = 200) -> posting.Posted:
    """Send the letters that are due.

    Args:
        site: the address of this installation, without a slash at the end, for the links.
        now: the time; for tests.
        most: how many at once.
    """
    moment = now or timezone.now()
    rows = Letter.objects.select_related(
        "meeting__room", "attendance__person", "attendance__organisation", "attendance__meeting"
    )

    def message(letter: Letter) -> EmailMultiAlternatives | None:
        return message_of(letter, site=site, now=moment) if is_needed(letter) else None

    return posting.send_due(posting.Tray(rows, message), now=moment, most=most)


def is_needed(letter: Letter) -> bool:
    """Whether a letter still makes sense: nobody is reminded of what they answered, or of what does not take place."""
    attendance, meeting = letter.attendance, letter.meeting
    if attendance.person is None or not attendance.person.email:
        return False
    if letter.kind == LetterKind.REMINDER:
        is_first = letter.key.endswith(":1")
        wanted = ReplyKind.NONE if is_first else ReplyKind.YES
        return meeting.state in {MeetingState.CONVENED, MeetingState.OPEN} and attendance.reply == wanted
    if letter.kind == LetterKind.INVITATION:
        return meeting.state in {MeetingState.CONVENED, MeetingState.OPEN} and attendance.reply != ReplyKind.NO
    return True


def message_of(letter: Letter, *, site: str, now: dt.datetime) -> EmailMultiAlternatives:
    """The mail of a letter, with the meeting for the calendar where that belongs."""
    attendance, meeting = letter.attendance, letter.meeting
    link = f"{site}/antwoord/{secret_of(attendance)}"
    with override(letter.language):
        context = {
            "meeting": meeting,
            "attendance": attendance,
            "kind": letter.kind,
            "link": link,
            "when": when_words(meeting),
            "bodies": ", ".join(body.called for body in meeting.bodies.order_by("convenings__order")),
        }
        subject = subject_of(letter)
        text = render_to_string("meetings/letter.txt", context)
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[attendance.person.email if attendance.person else ""],
        headers={
            "Message-ID": posting.message_id_of(f"brief-{letter.pk}", letter.made_at),
            "Auto-Submitted": "auto-generated",
        },
    )
    if letter.kind in WITH_CALENDAR:
        content = calendar_of(
            meeting,
            attendance=attendance,
            organiser=posting.plain_address(settings.DEFAULT_FROM_EMAIL),
            address=link,
            now=now,
            cancelled=letter.kind == LetterKind.CANCELLED,
        )
        method = "CANCEL" if letter.kind == LetterKind.CANCELLED else "REQUEST"
        mail.attach("bijeenkomst.ics", content.decode(), f"text/calendar; method={method}")
    return mail


def subject_of(letter: Letter) -> str:
    """The subject of a letter, in the language that is on."""
    title = letter.meeting.title
    return {
        LetterKind.INVITATION: _("Invitation: %(title)s"),
        LetterKind.REMINDER: _("Do you come? %(title)s"),
        LetterKind.CHANGE: _("Changed: %(title)s"),
        LetterKind.CANCELLED: _("Does not take place: %(title)s"),
        LetterKind.OUTCOME: _("What became of your table: %(title)s"),
    }[LetterKind(letter.kind)] % {"title": title}


def when_words(meeting: Meeting) -> str:
    """When a meeting is, in words, on the clock of its place."""
    zone = ZoneInfo(meeting.zone)
    start, end = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    day = formats.date_format(start.date(), "DATE_FORMAT")
    times = {
        "day": day,
        "from": formats.time_format(start, "TIME_FORMAT"),
        "to": formats.time_format(end, "TIME_FORMAT"),
    }
    return _("%(day)s, from %(from)s to %(to)s") % times


def send_again(letter: Letter) -> None:
    """A person decides that a letter that was perhaps sent, or could not be, goes out again."""
    posting.send_again(Letter.objects.filter(pk=letter.pk))
