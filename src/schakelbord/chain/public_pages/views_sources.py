"""What a dossier rests on: its sources, what cites them, and bringing in a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.chain.acts import day_of
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.rights import dossiers_to_read, may_lead_chain, readable_sources
from schakelbord.chain.sourcing import add_source, cite
from schakelbord.core.languages import said
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.models import Dossier, Source
from schakelbord.dossiers.sources import TYPES
from schakelbord.errors import InputError, RightError


@require_safe
def sources(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """The sources of a dossier."""
    return render(request, "chain/sources.html", _context(request, _dossier(request, dossier_id)))


@require_POST
def new_source(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Bring a source in; what was typed stays when something is wrong."""
    found, given = _dossier(request, dossier_id), request.POST
    upload = request.FILES.get("file")
    file = (upload.name or "", upload.read()) if upload is not None else None
    try:
        add_source(actor_of(request.user), found, given.dict(), file=file, key=form_key(given))
    except InputError as refusal:
        more = {"problem": said(refusal), "where": refusal.where, "typed": given}
        return render(request, "chain/sources.html", _context(request, found) | more, status=400)
    messages.success(request, _("The source is in the dossier."))
    return redirect("chain:sources", found.pk)


@require_POST
def cite_source(request: HttpRequest, dossier_id: int, source_id: int) -> HttpResponse:
    """Say what rests on a source."""
    found, given = _dossier(request, dossier_id), request.POST
    source = _source(request, found, source_id)
    try:
        cite(
            actor_of(request.user),
            source,
            node=given.get("node", ""),
            locator=given.get("locator", ""),
            key=form_key(given),
        )
    except InputError as refusal:
        more = {"problem": said(refusal), "citing": source.pk, "typed": given}
        return render(request, "chain/sources.html", _context(request, found) | more, status=400)
    messages.success(
        request, _("%(code)s refers to this source now.") % {"code": given.get("node", "").strip().upper()}
    )
    return redirect("chain:sources", found.pk)


@require_safe
def source_file(request: HttpRequest, dossier_id: int, source_id: int) -> HttpResponse:
    """The file of a source, as a download."""
    source = _source(request, _dossier(request, dossier_id), source_id)
    ending = "." + str(source.file.name).rpartition(".")[2]
    if not source.file:
        raise Http404
    with source.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type=TYPES.get(ending, "application/octet-stream"))
    answer["Content-Disposition"] = f'attachment; filename="bron-{source.pk}{ending}"'
    return answer


def _dossier(request: HttpRequest, dossier_id: int) -> Dossier:
    found = Dossier.objects.filter(pk=dossier_id).first()
    if found is None:
        raise Http404
    readable = dossiers_to_read(actor_of(request.user), day_of(timezone.now()))
    if not readable.filter(pk=found.pk).exists():
        raise RightError(
            "not_a_reader",
            nl="Dit kunt u niet zien. Het is voor wie in een gremium van dit dossier zit, voorbereidt of controleert.",
            en="You cannot see this. It is for who sits in a body of this dossier, prepares or checks.",
        )
    return found


def _source(request: HttpRequest, dossier: Dossier, source_id: int) -> Source:
    found = dossier.sources.filter(readable_sources(actor_of(request.user)), pk=source_id).first()
    if found is None:
        raise Http404
    return found


def _context(request: HttpRequest, found: Dossier) -> dict[str, Any]:
    actor = actor_of(request.user)
    readable = found.sources.filter(readable_sources(actor))
    levels = [(value, label) for value, label in Confidentiality.choices if value in {"bodies", "public"}]
    return {
        "dossier": found,
        "sources": readable.prefetch_related("citations").order_by("-published", "title"),
        "may_lead": may_lead_chain(actor),
        "levels": levels,
        "key": fresh_key(),
        "typed": {},
    }
