"""What waits: for one body, and for all bodies that one answers for."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from schakelbord.accounts.actors import Role
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body
from schakelbord.bodies.rights import may_see_bodies
from schakelbord.chain.acts import day_of
from schakelbord.chain.issue_pages.queues import (
    Waiting,
    aged,
    bodies_of,
    queue_of_bodies,
    queue_of_lead,
    queue_of_owner,
)
from schakelbord.chain.rights import may_read_chain, sees_queue
from schakelbord.errors import RightError

MOST_SHOWN = 20
A_PAGE = 100
LEAD = "leiding"
"""What waits for secretary and chair of the whole, as an address asks for it."""


@require_safe
def queue_of_body(request: HttpRequest, body_id: int) -> HttpResponse:
    """All that waits for one body."""
    actor, today = actor_of(request.user), day_of(timezone.now())
    found = Body.objects.select_related("secretary").filter(pk=body_id).first()
    if found is None:
        raise Http404
    if not sees_queue(actor, found, today):
        raise _refusal()
    waiting = queue_of_bodies(actor, [found], today=today)
    context = _one_list(request, waiting, found, today=today) | {"may_see": may_see_bodies(actor)}
    return render(request, "chain/issues_queue.html", context)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """All that waits for the bodies that one answers for, and for who leads."""
    actor, today = actor_of(request.user), day_of(timezone.now())
    if not may_read_chain(actor):
        raise _refusal()
    lead = queue_of_lead(actor)
    if request.GET.get("van") == LEAD and lead:
        return render(request, "chain/issues_queue.html", _one_list(request, lead, None, today=today))
    sees_all = actor.has(Role.SECRETARY, Role.AUDITOR)
    mine = bodies_of(actor, today)
    own = queue_of_owner(actor, today=today)
    owed = {row.code for row in own}
    rows = [
        row
        for row in queue_of_bodies(actor, None if sees_all else mine, today=today)
        if row.kind != "report" or row.code not in owed
    ]
    by_body = sorted(rows, key=lambda row: (row.body.name if row.body else "", row.since))
    groups: list[tuple[Body | None, Any, int]] = []
    for body, found in groupby(by_body, key=lambda row: row.body):
        waiting = aged(found, today)
        groups.append((body, waiting[:MOST_SHOWN], len(waiting)))
    first = {body.pk for body in mine}
    groups.sort(key=lambda group: (group[0] is None or group[0].pk not in first, group[0].name if group[0] else ""))
    if lead:
        groups.insert(0, (None, aged(lead[:MOST_SHOWN], today), len(lead)))
    count = len(own) + sum(total for _body, _rows, total in groups)
    context = {"groups": groups, "count": count, "own": aged(own, today)}
    return render(request, "chain/issues_queue.html", context)


def _one_list(request: HttpRequest, rows: list[Waiting], body: Body | None, *, today: dt.date) -> dict[str, Any]:
    """One queue as a whole, a page at a time."""
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    shown = aged(page.object_list, today)
    return {
        "body": body,
        "is_whole": True,
        "groups": [(body, shown, len(shown))],
        "count": len(rows),
        "page": page,
        "asked": f"van={LEAD}&" if body is None else "",
    }


def _refusal() -> RightError:
    return RightError(
        "not_yours",
        nl="Dit kunt u niet zien. Het is voor wie in dit gremium zit, voorbereidt of controleert.",
        en="You cannot see this. It is for who sits in this body, prepares or checks.",
    )
