"""The page of search."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.chain.acts import day_of
from schakelbord.chain.searching.search import A_PAGE, KINDS, MOST_PAGES, SHORTEST, search


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """What is found of what one may read; whoever is outside finds what is public."""
    asked, kind = request.GET.get("q", ""), request.GET.get("soort", "")
    kind = kind if kind in KINDS else ""
    page = _page(request.GET.get("blad", ""))
    found = search(actor_of(request.user), asked, kind=kind, page=page, today=day_of(timezone.now()))
    pages = min(-(-found.total // A_PAGE), MOST_PAGES)
    context = {
        "found": found,
        "kind": kind,
        "page": page,
        "pages": pages,
        "is_short": bool(found.asked) and len(found.asked) < SHORTEST,
        "earlier": _address(found.asked, kind, page - 1) if page > 1 else "",
        "later": _address(found.asked, kind, page + 1) if page < pages else "",
        "kinds": [(name, words, number, _address(found.asked, name, 1)) for name, words, number in found.counts],
        "whole": _address(found.asked, "", 1),
        "all": sum(number for _name, _words, number in found.counts),
        "nearest": [(text, _address(text, "", 1)) for text in found.nearest],
    }
    return render(request, "chain/thread_search.html", context)


def _address(asked: str, kind: str, page: int) -> str:
    parts = {"q": asked, **({"soort": kind} if kind else {}), **({"blad": str(page)} if page > 1 else {})}
    return f"/zoek?{urlencode(parts)}"


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 1
    return min(max(number, 1), MOST_PAGES)
