"""One command about the chain of a dossier: carried out by the writer of its room, with its event in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from schakelbord.accounts.actors import Actor
from schakelbord.chain.models import DossierRoom
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.live import gateway
from schakelbord.live.audiences import BODIES
from schakelbord.live.journal import Journal, Payload
from schakelbord.live.rooms import open_room
from schakelbord.live.writer import Command
from schakelbord.showing.reading import clean, one_line_of

ZONE: Final = ZoneInfo("Europe/Amsterdam")
YEARS_AHEAD: Final = 10


@dataclass(slots=True)
class Act:
    """The open end of one command, inside the writer's transaction: the dossier and its journal."""

    dossier: Dossier
    journal: Journal

    @property
    def now(self) -> dt.datetime:
        """When this is carried out."""
        return self.journal.now

    @property
    def today(self) -> dt.date:
        """The day on the calendar of the country."""
        return day_of(self.now)

    def tell(self, verb: str, *, node: str, **payload: Any) -> Payload:
        """Write down what happened; the answer of the command that did it."""
        return {"seq": self.journal.append(verb, audience=BODIES, node=node, payload=payload), "node": node}


Deed = Callable[[Act], Payload]


def carry_out(dossier: Dossier, deed: Deed, *, who: str, key: str, asked: Payload) -> Payload:
    """Carry out one command about the chain of a dossier; returns after it is kept.

    Args:
        dossier: whose journal tells it.
        deed: what to do, inside the transaction of the writer.
        who: opaque id of who acts.
        key: idempotency key; the same key again gives the same answer.
        asked: what is asked, so that the same key with something else is refused.

    Raises:
        SchakelbordError: what the command refuses, or that nothing could be kept.
    """

    def work(journal: Journal) -> Payload:
        try:
            with transaction.atomic():
                return deed(Act(dossier, journal))
        except IntegrityError as trouble:
            raise StateError(
                "refused",
                nl="Dit past niet bij wat er al vastligt. Er is niets veranderd. Open de pagina opnieuw.",
                en="This does not fit what is fixed already. Nothing was changed. Open the page anew.",
            ) from trouble

    return gateway.perform(Command(room_of(dossier), who, who, key, asked, work))


def room_of(dossier: Dossier) -> int:
    """The key of the room with the journal of a dossier; made when it is not there."""
    found = DossierRoom.objects.filter(dossier=dossier).values_list("room_id", flat=True).first()
    if found is not None:
        return found
    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=dossier.pk)
        known = DossierRoom.objects.filter(dossier=dossier).values_list("room_id", flat=True).first()
        if known is not None:
            return known
        room = open_room(dossier.title[:120], now=dossier.made_at)
        return DossierRoom.objects.create(dossier=dossier, room=room).room_id


def actor_key(actor: Actor) -> str:
    """The opaque id of somebody who logged in, for the journal."""
    return f"user-{actor.user_id}"


def day_of(moment: dt.datetime) -> dt.date:
    """The day of a moment on the calendar of the country."""
    return moment.astimezone(ZONE).date()


def require(is_allowed: bool, actor: Actor, *, nl: str, en: str) -> int:
    """The key of the user; stops here with a sentence when they may not.

    Raises:
        RightError: says who may.
    """
    if actor.user_id is None or not is_allowed:
        raise RightError("not_yours", nl=nl, en=en)
    return actor.user_id


def require_secretary(is_allowed: bool, actor: Actor) -> int:
    """The key of the user; stops here when this is for the secretary or the chair."""
    return require(
        is_allowed,
        actor,
        nl="Dit doet de secretaris of de voorzitter.",
        en="This is for the secretary or the chair.",
    )


def a_text(text: str, *, field: str, longest: int) -> str:
    """A text that says something, with its lines kept and nothing in it that cannot be seen.

    Raises:
        InputError: it is empty or too long; says which field.
    """
    shown = clean("\n".join(text.splitlines()))
    if not one_line_of(shown):
        raise InputError("empty", field, nl="Vul dit in.", en="Fill this in.")
    return _not_too_long(shown, field=field, longest=longest)


def a_line(text: str, *, field: str, longest: int) -> str:
    """What may be left out, on one line.

    Raises:
        InputError: it is too long; nothing of it is cut off unseen.
    """
    return _not_too_long(one_line_of(text), field=field, longest=longest)


def _not_too_long(shown: str, *, field: str, longest: int) -> str:
    if len(shown) > longest:
        raise InputError(
            "too_long",
            field,
            nl=f"Dit is te lang: hooguit {longest} tekens. Uw tekst staat er nog; maak hem korter.",
            en=f"This is too long: {longest} characters at most. Your text is still there; make it shorter.",
        )
    return shown


def a_reason(text: str, *, field: str = "reason") -> str:
    """A reason on one line.

    Raises:
        InputError: it is empty or longer than 300 characters.
    """
    if not text.strip():
        raise InputError("reason", field, nl="Zeg waarom, in één zin.", en="Say why, in one sentence.")
    return " ".join(a_text(text, field=field, longest=300).split())


def a_day(day: dt.date | str | None, *, field: str, today: dt.date) -> dt.date:
    """A day from today on that somebody chose.

    Raises:
        InputError: it is no day, lies behind us, or more than ten years ahead.
    """
    found = day
    if isinstance(day, str):
        try:
            found = dt.date.fromisoformat(day.strip())
        except ValueError:
            found = None
    if not isinstance(found, dt.date):
        raise InputError("day", field, nl="Kies een dag.", en="Choose a day.")
    if found < today:
        raise InputError(
            "day_behind_us",
            field,
            nl="Deze dag is al voorbij. Kies een dag vanaf vandaag.",
            en="This day has passed. Choose a day from today on.",
        )
    if found.year > today.year + YEARS_AHEAD:
        raise InputError(
            "day_too_far",
            field,
            nl="Deze dag ligt meer dan tien jaar vooruit. Kijk het jaar na.",
            en="This day is more than ten years ahead. Check the year.",
        )
    return found


def check_version(given: int, now: int) -> None:
    """Stop when somebody else changed this meanwhile.

    Raises:
        ConflictError: nothing of theirs is overwritten.
    """
    if given != now:
        raise ConflictError(
            "changed_meanwhile",
            nl="Iemand anders heeft dit intussen veranderd. Uw tekst staat er nog; lees wat er nu staat en kies.",
            en="Somebody else changed this meanwhile. Your text is still there; read what it says now and choose.",
        )
