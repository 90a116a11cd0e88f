"""What the forms of proposals and decisions share: how a refusal comes back at its field, with what was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.chain.acts import day_of
from schakelbord.chain.models import Proposal
from schakelbord.chain.rights import may_read_chain, reads_proposal
from schakelbord.core.languages import said
from schakelbord.errors import InputError, RightError, SchakelbordError


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused: which one, the sentence, at which field ("" for the whole form), and what was typed."""

    form: str = ""
    sentence: str = ""
    where: str = ""
    code: str = ""
    row: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: Mapping[str, Collection[str]] = field(default_factory=dict)


NOTHING = Refused()


def refused(
    form: str, refusal: SchakelbordError, given: QueryDict, fields: Mapping[str, str], row: str = ""
) -> Refused:
    """A refusal for the page.

    Args:
        form: which form it was.
        refusal: what the service said.
        given: what was typed.
        fields: places that the services name, with the field of this form at which they stand.
        row: the code of the thing when there is a form for each.
    """
    typed = {name: str(value) for name, value in given.items()}
    ticked = {name: tuple(values) for name, values in given.lists()}
    return Refused(form, said(refusal), fields.get(refusal.where, ""), refusal.code, row, typed, ticked)


def reading_actor(request: HttpRequest, proposal: Proposal | None = None) -> Actor:
    """Who looks, when they may read the chain, and this proposal of it.

    Raises:
        RightError: says who may.
    """
    actor = actor_of(request.user)
    if not may_read_chain(actor) or (proposal is not None and not reads_proposal(actor, proposal, this_day())):
        raise RightError(
            "not_a_reader",
            nl="Dit kunt u niet zien. Het is voor wie voorbereidt, beslist, een actie heeft of controleert.",
            en="You cannot see this. It is for who prepares, decides, has an action or checks.",
        )
    return actor


def this_day() -> dt.date:
    """The day on the calendar of the country."""
    return day_of(timezone.now())


def a_date(text: str | None, *, at: str) -> dt.date | None:
    """A day that may be left out.

    Raises:
        InputError: it is no day.
    """
    shown = (text or "").strip()
    if not shown:
        return None
    try:
        return dt.date.fromisoformat(shown)
    except ValueError as trouble:
        raise InputError("day", at, nl="Kies een dag.", en="Choose a day.") from trouble


def known(code: str) -> str:
    """A code in the way we write it.

    Raises:
        Http404: it cannot be one.
    """
    shown = code.strip().upper()
    if not shown or len(shown) > 12:
        raise Http404
    return shown
