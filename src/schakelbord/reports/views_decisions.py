"""The list of decisions as page, file for a word processor and plain text."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schakelbord.chain.acts import day_of
from schakelbord.chain.decide_pages.forms import reading_actor
from schakelbord.chain.rights import may_read_in_chain, readable_proposals
from schakelbord.core.languages import current_language
from schakelbord.errors import Language
from schakelbord.reports.decisions_list import (
    DecisionsList,
    decisions_of,
    list_document,
    list_docx,
    list_text,
    occasion_of,
)
from schakelbord.reports.views_meeting import DOCX, LANGUAGES

TEXT: Final = "text/plain; charset=utf-8"


@never_cache
@require_safe
def decisions_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list as a page, with its plain text to copy."""
    found = _list(request, code)
    context = {
        "document": list_document(found),
        "occasion": found.occasion,
        "text": list_text(found, current_language()),
        "files": [
            (kind.upper(), reverse(f"reports:decisions_{kind}", args=[found.occasion.code])) for kind in ("docx", "txt")
        ],
    }
    return render(request, "reports/decisions_list.html", context)


@never_cache
@require_safe
def decisions_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The list as DOCX or as plain text, in the language of the address, else of the page."""
    found = _list(request, code)
    language: Language = LANGUAGES.get(request.GET.get("taal", ""), current_language())
    content = list_docx(found, language) if kind == "docx" else list_text(found, language).encode()
    name = {"nl": "besluitenlijst", "en": "decisions"}[language]
    shown = f'attachment; filename="{found.occasion.code}-{name}.{kind}"'
    return HttpResponse(content, content_type=DOCX if kind == "docx" else TEXT, headers={"Content-Disposition": shown})


def _list(request: HttpRequest, code: str) -> DecisionsList:
    """The list, for who may read the chain, of what they read of it."""
    actor, today = reading_actor(request), day_of(timezone.now())
    occasion = occasion_of(code)
    if occasion is None:
        raise Http404
    found = decisions_of(occasion, today=today, readable=readable_proposals(actor, today))
    if not found.decided and not found.open and not may_read_in_chain(actor, occasion.dossier):
        raise Http404
    return found
