"""One command about a meeting: carried out by the writer of its room, with its event in the journal.

Everything that changes a meeting goes this way, while it is prepared as well: the journal tells who did what.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from schakelbord.accounts.actors import Actor
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.live import gateway
from schakelbord.live.audiences import MEETING, MODERATION
from schakelbord.live.journal import Journal, Payload
from schakelbord.live.writer import Command
from schakelbord.meetings.models import Meeting


@dataclass(slots=True)
class Act:
    """The open end of one command, inside the writer's transaction: the meeting as it is now, and its journal."""

    meeting: Meeting
    journal: Journal

    @property
    def now(self) -> dt.datetime:
        """When this is carried out."""
        return self.journal.now

    def tell(self, verb: str, *, audience: str = MEETING, node: str = "", **payload: Any) -> int:
        """Tell an audience what happened; the payload is plain JSON."""
        return self.journal.append(verb, audience=audience, node=node, payload=payload)

    def note(self, verb: str, *, node: str = "", **payload: Any) -> int:
        """Write down what happened for those who run the meeting."""
        return self.tell(verb, audience=MODERATION, node=node, **payload)


Deed = Callable[[Act], Payload]


def carry_out(
    meeting: Meeting,
    deed: Deed,
    *,
    who: str,
    device: str,
    key: str,
    asked: Payload,
    moment: dt.datetime | None = None,
) -> Payload:
    """Carry out one command; returns after it is kept.

    Args:
        meeting: the meeting; it is read anew inside the transaction.
        deed: what to do.
        who: opaque id of who acts.
        device: opaque id that makes `key` one of a kind.
        key: idempotency key.
        asked: what is asked.
        moment: the time that is kept, when it must say less than the clock does.

    Raises:
        SchakelbordError: what the command refuses, or that nothing could be kept.
    """

    def work(journal: Journal) -> Payload:
        found = Meeting.objects.select_related("room", "dossier").get(pk=meeting.pk)
        try:
            with transaction.atomic():
                return deed(Act(found, journal))
        except IntegrityError as trouble:
            raise refused_by_database(trouble) from trouble

    return gateway.perform(Command(meeting.room_id, who, device, key, asked, work, moment))


def actor_key(actor: Actor) -> str:
    """The opaque id of somebody who logged in, for the journal."""
    return f"user-{actor.user_id}"


def require(is_allowed: bool, actor: Actor) -> int:
    """The key of the user; stops here when they may not.

    Raises:
        RightError: says who may.
    """
    if actor.user_id is None or not is_allowed:
        raise RightError(
            "not_the_secretary",
            nl="Dit doet de secretaris of de voorzitter, en alleen zolang de bijeenkomst dat toelaat.",
            en="This is for the secretary or the chair, and only while the meeting allows it.",
        )
    return actor.user_id


def bad(code: str, where: str, *, nl: str, en: str) -> InputError:
    """An error of input, shorter to write."""
    return InputError(code, where, nl=nl, en=en)


def refused_by_database(trouble: IntegrityError) -> StateError:
    """What somebody hears when the database refuses what no check before it foresaw."""
    if "table is full" in str(trouble):
        return StateError(
            "table_full",
            nl="Deze tafel is vol. Kies een andere tafel, of geef deze tafel meer plaatsen.",
            en="This table is full. Choose another table, or give this one more seats.",
        )
    return StateError(
        "refused",
        nl="Dit past niet bij wat er al vastligt, dus er is niets veranderd. Open de pagina opnieuw en kijk het na.",
        en="This does not fit what is fixed already, so nothing was changed. Open the page anew and see what is there.",
    )
