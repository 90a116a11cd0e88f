"""What the views of issues share."""

from __future__ import annotations

import re
from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body
from schakelbord.chain.rights import may_read_chain, may_read_in_chain
from schakelbord.core.numbers import whole_number
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.errors import RightError

CODE: Final = re.compile(r"([HD])-?(\d{1,9})", re.ASCII)


def the_issue(request: HttpRequest, code: str) -> Issue:
    """The issue with this code, for who may read it."""
    rows = Issue.objects.select_related("dossier", "submitted_by", "room_gap__session")
    shown = as_code(code)
    found = rows.filter(code=shown).first() if shown else None
    if found is None:
        raise Http404
    require_reader(may_read_in_chain(actor_of(request.user), found.dossier))
    return found


def the_reader(request: HttpRequest) -> Actor:
    """Who looks, when they may read the chain."""
    actor = actor_of(request.user)
    require_reader(may_read_chain(actor))
    return actor


def require_reader(is_allowed: bool) -> None:
    """Stop here when somebody may not read this."""
    require(
        is_allowed,
        nl="Dit kunt u niet zien. Het is voor wie in een gremium zit, voorbereidt, uitvoert of controleert.",
        en="You cannot see this. It is for who sits in a body, prepares, carries out or checks.",
    )


def require(is_allowed: bool, *, nl: str, en: str) -> None:
    """Stop here when somebody may not do this, with a sentence that says who may."""
    if not is_allowed:
        raise RightError("not_yours", nl=nl, en=en)


def as_code(text: str) -> str:
    """A code of an issue in any way of writing it: `d-3` is `D-03`; "" when it is none."""
    found = CODE.fullmatch(text.strip().upper())
    return f"{found[1]}-{int(found[2]):02d}" if found else ""


def a_body(text: str | None) -> Body | None:
    """The body that a form names by its key."""
    return Body.objects.filter(pk=whole_number(text)).first() if text else None


def dossiers_of(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers of which somebody may read the chain."""
    rows = Dossier.objects.order_by("title")
    return rows.filter(pk__in=[row.pk for row in rows if may_read_in_chain(actor, row)])
