"""Sending mails that wait in a table, each once.

A mail is claimed before it is sent. When the server dies in between, nobody knows whether it went out: it becomes
*perhaps sent*, and a person decides. A mail that was handed over is never handed over again.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model, QuerySet
from django.utils import timezone

from schakelbord.meetings.codes import LetterState

MOST_TRIES: Final = 5
AGAIN: Final = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(hours=2))
UNSURE_AFTER: Final = dt.timedelta(minutes=10)

Row = TypeVar("Row", bound=Model)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Posted:
    """What happened to the mails that waited."""

    sent: int = 0
    failed: int = 0
    needless: int = 0


@dataclass(frozen=True, slots=True)
class Tray(Generic[Row]):
    """A table in which mails wait.

    Args:
        rows: all its rows, with what a mail needs. They have `state` (codes of `LetterState`), `due_at`, `attempts`,
            `trouble` and `sent_at`; while one is sent, `due_at` says since when.
        message_of: the mail, made right before it is sent; None when it makes no sense any more.
    """

    rows: QuerySet[Row]
    message_of: Callable[[Row], EmailMultiAlternatives | None]


def send_due(tray: Tray[Row], *, now: dt.datetime, most: int) -> Posted:
    """Send what is due.

    Args:
        tray: where it waits.
        now: the time.
        most: how many at once.
    """
    began = timezone.now()
    rows = tray.rows.model._default_manager.all()  # noqa: SLF001 - the way Django offers for any model
    rows.filter(state=LetterState.SENDING, due_at__lt=now - UNSURE_AFTER).update(
        state=LetterState.UNSURE, trouble="de server viel uit tijdens het versturen"
    )
    sent = failed = needless = 0
    waiting = rows.filter(state=LetterState.WAITING, due_at__lte=now).order_by("due_at", "pk")
    for key in list(waiting.values_list("pk", flat=True)[:most]):
        row = claim(tray.rows, key, now=now + (timezone.now() - began))
        if row is None:
            continue
        try:
            message = tray.message_of(row)
            if message is None:
                rows.filter(pk=key).update(state=LetterState.NOT_NEEDED)
                needless += 1
                continue
            message.send()
        except Exception as trouble:
            log.exception("a mail could not be sent")
            _failed(rows.filter(pk=key), str(trouble), now=now)
            failed += 1
        else:
            rows.filter(pk=key).update(state=LetterState.SENT, sent_at=timezone.now(), trouble="")
            sent += 1
    return Posted(sent, failed, needless)


def claim(rows: QuerySet[Row], key: int, *, now: dt.datetime) -> Row | None:
    """Take a mail; None when somebody else has it."""
    free = rows.model._default_manager.filter(pk=key, state=LetterState.WAITING)  # noqa: SLF001 - as above
    return rows.get(pk=key) if free.update(state=LetterState.SENDING, due_at=now) else None


def send_again(rows: QuerySet[Row]) -> None:
    """A person decides that what was perhaps sent, or could not be, goes out again."""
    rows.filter(state__in=[LetterState.UNSURE, LetterState.FAILED]).update(
        state=LetterState.WAITING, attempts=0, trouble="", due_at=timezone.now()
    )


def message_id_of(name: str, made_at: dt.datetime) -> str:
    """The id of a mail, the same at each try, so that a receiver who gets it twice can tell.

    Args:
        name: what no other mail has, such as `brief-12`.
        made_at: when the mail was put in the post.
    """
    domain = plain_address(settings.DEFAULT_FROM_EMAIL).partition("@")[2] or "schakelbord.invalid"
    return f"<{name}-{made_at:%Y%m%d%H%M%S}@{domain}>"


def plain_address(sender: str) -> str:
    """The address in `Name <address>`."""
    return sender.partition("<")[2].rstrip(">") or sender


def _failed(row: QuerySet[Row], trouble: str, *, now: dt.datetime) -> None:
    attempts = int(row.values_list("attempts", flat=True).get()) + 1
    row.update(
        state=LetterState.WAITING if attempts < MOST_TRIES else LetterState.FAILED,
        attempts=attempts,
        trouble=trouble[:300],
        due_at=now + AGAIN[min(attempts, len(AGAIN)) - 1],
    )
