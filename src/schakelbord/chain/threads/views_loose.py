"""The page of loose ends: what waits, for how long, and on whom."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.chain.acts import day_of
from schakelbord.chain.rights import dossiers_to_read, may_read_chain
from schakelbord.chain.threads.loose_ends import BROKEN, LATE, LooseEnd, loose_ends, people_of
from schakelbord.errors import RightError

SHOWN = 100


@require_safe
def loose(request: HttpRequest) -> HttpResponse:
    """All loose ends of the dossiers that one reads; by kind, owner and dossier."""
    actor, today = actor_of(request.user), day_of(timezone.now())
    if not may_read_chain(actor):
        raise RightError(
            "not_a_reader",
            nl="Dit kunt u niet zien. Losse eindjes zijn voor wie voorbereidt, besluit, uitvoert of controleert.",
            en="You cannot see this. Loose ends are for who prepares, decides, carries out or checks.",
        )
    readable = dossiers_to_read(actor, today)
    found = loose_ends(readable, today=today)
    asked = {name: request.GET.get(name, "") for name in ("soort", "wie", "dossier")}
    shown = [end for end in found if _fits(end, asked)]
    whole = "alles" in request.GET
    context: dict[str, Any] = {
        "ends": [(end, end.age(today)) for end in (shown if whole else shown[:SHOWN])],
        "count": len(shown),
        "more": 0 if whole else max(0, len(shown) - SHOWN),
        "all": len(found),
        "broken": sum(end.is_broken for end in found),
        "kinds": _counted(found),
        "people": people_of(found),
        "dossiers": [row for row in readable.order_by("title") if any(end.dossier == row.pk for end in found)],
        "asked": asked,
        "is_filtered": any(asked.values()),
        "query": request.GET.urlencode(),
    }
    return render(request, "chain/thread_loose.html", context)


def _fits(end: LooseEnd, asked: dict[str, str]) -> bool:
    return (
        (not asked["soort"] or end.kind == asked["soort"])
        and (not asked["wie"] or end.owner == asked["wie"])
        and (not asked["dossier"] or str(end.dossier) == asked["dossier"])
    )


def _counted(ends: list[LooseEnd]) -> list[tuple[str, object, int]]:
    counts = Counter(end.kind for end in ends)
    return [(kind, words, counts[kind]) for kind, words in {**BROKEN, **LATE}.items() if counts[kind]]
