"""Letters about a meeting: what stands in them, and sending each of them once.

A letter is claimed before it is sent. When the server dies in between, nobody knows whether it went out: it becomes
*perhaps sent*, and a person decides. A mail that was handed over is never handed over again.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from schakelbord.meetings.calendar import calendar_of
from schakelbord.meetings.codes import LetterKind, LetterState, MeetingState, ReplyKind
from schakelbord.meetings.links import secret_of
from schakelbord.meetings.models import Letter, Meeting

MOST_TRIES = 5
AGAIN = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(hours=2))
UNSURE_AFTER = dt.timedelta(minutes=10)
WITH_CALENDAR = frozenset({LetterKind.INVITATION, LetterKind.CHANGE, LetterKind.CANCELLED})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Posted:
    """What happened to the letters that waited."""

    sent: int
    failed: int
    needless: int


def send_waiting(*, site: str, now: dt.datetime | None = None, most: int = 200) -> Posted:
    """Send the letters that are due.

    Args:
        site: the address of this installation, without a slash at the end, for the links.
        now: the time; for tests.
        most: how many at once.
    """
    moment = now or timezone.now()
    stranded = moment - UNSURE_AFTER
    Letter.objects.filter(state=LetterState.SENDING, due_at__lt=stranded).update(
        state=LetterState.UNSURE, trouble="de server viel uit tijdens het versturen"
    )
    sent = failed = needless = 0
    waiting = Letter.objects.filter(state=LetterState.WAITING, due_at__lte=moment).order_by("due_at", "pk")
    for key in list(waiting.values_list("pk", flat=True)[:most]):
        letter = _claim(key, now=moment)
        if letter is None:
            continue
        if not is_needed(letter):
            Letter.objects.filter(pk=key).update(state=LetterState.NOT_NEEDED)
            needless += 1
            continue
        try:
            message_of(letter, site=site, now=moment).send()
        except Exception as trouble:
            log.exception("a letter could not be sent")
            _failed(letter, str(trouble), now=moment)
            failed += 1
        else:
            Letter.objects.filter(pk=key).update(state=LetterState.SENT, sent_at=timezone.now(), trouble="")
            sent += 1
    return Posted(sent, failed, needless)


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
        headers={"Message-ID": message_id_of(letter), "Auto-Submitted": "auto-generated"},
    )
    if letter.kind in WITH_CALENDAR:
        content = calendar_of(
            meeting,
            attendance=attendance,
            organiser=_plain_address(settings.DEFAULT_FROM_EMAIL),
            address=link,
            now=now,
            cancelled=letter.kind == LetterKind.CANCELLED,
        )
        method = "CANCEL" if letter.kind == LetterKind.CANCELLED else "REQUEST"
        mail.attach("bijeenkomst.ics", content.decode(), f"text/calendar; method={method}")
    return mail


def message_id_of(letter: Letter) -> str:
    """The id of a mail, the same at each try, so that a receiver who gets it twice can tell."""
    domain = _plain_address(settings.DEFAULT_FROM_EMAIL).partition("@")[2] or "schakelbord.invalid"
    return f"<brief-{letter.pk}-{letter.made_at:%Y%m%d%H%M%S}@{domain}>"


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
    Letter.objects.filter(pk=letter.pk, state__in=[LetterState.UNSURE, LetterState.FAILED]).update(
        state=LetterState.WAITING, attempts=0, trouble="", due_at=timezone.now()
    )


def _claim(key: int, *, now: dt.datetime) -> Letter | None:
    """Take a letter; None when somebody else has it."""
    with transaction.atomic():
        taken = Letter.objects.filter(pk=key, state=LetterState.WAITING).update(state=LetterState.SENDING, due_at=now)
    if not taken:
        return None
    return Letter.objects.select_related(
        "meeting__room", "attendance__person", "attendance__organisation", "attendance__meeting"
    ).get(pk=key)


def _failed(letter: Letter, trouble: str, *, now: dt.datetime) -> None:
    attempts = letter.attempts + 1
    again = attempts < MOST_TRIES
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.WAITING if again else LetterState.FAILED,
        attempts=attempts,
        trouble=trouble[:300],
        due_at=now + AGAIN[min(attempts, len(AGAIN)) - 1],
    )


def _plain_address(sender: str) -> str:
    return sender.partition("<")[2].rstrip(">") or sender
