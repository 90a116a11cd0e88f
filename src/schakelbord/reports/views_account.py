"""The account of a year as page and as files, and the programme as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.chain import programmes
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import AccountState, ProgrammeState
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.models import Account, ActionProgramme
from schakelbord.chain.rights import may_lead_chain, may_publish, may_sign
from schakelbord.chain.year_pages.views import programme_to_read
from schakelbord.chain.year_pages.year import rows_of
from schakelbord.core.errors import STATUS_OF
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number
from schakelbord.errors import Language, RightError, SchakelbordError
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting
from schakelbord.reports.account_content import AccountRecord, record_of
from schakelbord.reports.account_document import number_words
from schakelbord.reports.account_files import (
    account_csv,
    account_docx,
    account_json,
    account_pdf,
    account_xlsx,
    document_of,
)
from schakelbord.reports.blocks import Block, Heading
from schakelbord.reports.orders import Order
from schakelbord.reports.programme_book import programme_csv, programme_xlsx
from schakelbord.reports.serving import CSV, PDF, Back, made
from schakelbord.reports.views_meeting import DOCX, JSON, LANGUAGES, XLSX

FILES: Final[dict[str, tuple[str, Callable[[AccountRecord, Language], bytes]]]] = {
    "pdf": (PDF, account_pdf),
    "docx": (DOCX, account_docx),
    "xlsx": (XLSX, account_xlsx),
    "csv": (CSV, account_csv),
    "json": (JSON, account_json),
}
STEPS: Final = ("klaarzetten", "vaststellen", "presenteren", "decharge")
NOT_HELD: Final = (MeetingState.DRAFT, MeetingState.CONVENED)


@never_cache
@require_safe
def account(request: HttpRequest, year: int) -> HttpResponse:
    """The account of a year: what was fixed, or a preview of it."""
    return render(request, "reports/account.html", _context(request, _programme(request, year)))


@never_cache
@require_POST
def account_step(request: HttpRequest, year: int, step: str) -> HttpResponse:
    """Prepare, fix, present or discharge the account."""
    found, given, actor = _programme(request, year), request.POST, actor_of(request.user)
    key = form_key(given)
    kept = Account.objects.select_related("programme__dossier").filter(programme=found).first()
    if step not in STEPS or (kept is None and step != STEPS[0]):
        raise Http404
    try:
        if kept is None or step == "klaarzetten":
            programmes.prepare_account(actor, found, learned=given.get("learned", ""), key=key)
            told = _("The account is ready. The chair fixes it, as the second.")
        elif step == "vaststellen":
            programmes.freeze(actor, kept, key=key)
            told = _("The account is fixed. Nothing in it changes any more.")
        elif step == "presenteren":
            meeting = Meeting.objects.filter(dossier=found.dossier_id, pk=whole_number(given.get("meeting"))).first()
            if meeting is None:
                raise Http404
            programmes.present(actor, kept, meeting, key=key)
            told = _("It is written down in which meeting the account was presented.")
        else:
            programmes.discharge(actor, kept, key=key)
            told = _("Discharge was given.")
    except RightError:
        raise
    except SchakelbordError as refusal:
        context = _context(request, found) | {"problem": said(refusal), "where": refusal.where, "typed": given}
        return render(request, "reports/account.html", context, status=STATUS_OF.get(type(refusal), 400))
    messages.success(request, told)
    return redirect(_address("reports:account", found))


@never_cache
@require_safe
def account_file(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The account as a file."""
    if kind not in FILES:
        raise Http404
    found, language = _programme(request, year), LANGUAGES.get(request.GET.get("taal", ""), current_language())
    record = record_of(found, code=programmes.account_code(found), now=timezone.now())
    content_type, make = FILES[kind]
    names = tuple(sorted(record.names.items()))
    order = Order(("account", kind, record.digest, names, language), lambda: make(record, language))
    title = _("Account of %(year)s") % {"year": year}
    back = Back(title, _address("reports:account", found), _("Back to the account"))
    return made(request, order, kind=content_type, name=f"{record.code}-{_('account')}.{kind}", back=back)


@never_cache
@require_safe
def programme_file(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The programme of a year for a spreadsheet."""
    found, now = _programme(request, year), timezone.now()
    rows = rows_of([found], today=day_of(now))[found.pk]
    if kind == "xlsx":
        content, content_type = programme_xlsx(found, rows, made_at=now), XLSX
    else:
        content, content_type = programme_csv(rows).encode(), CSV
    name = _("programme-%(year)s.%(kind)s") % {"year": year, "kind": kind}
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _context(request: HttpRequest, found: ActionProgramme) -> dict[str, Any]:
    actor, language = actor_of(request.user), current_language()
    kept = Account.objects.select_related("frozen_by", "signed_by", "presented_in").filter(programme=found).first()
    record = record_of(found, code=programmes.account_code(found), now=timezone.now())
    document = document_of(record, language)
    held = Meeting.objects.filter(dossier=found.dossier_id).exclude(state__in=NOT_HELD).order_by("-starts_at")
    state = kept.state if kept else AccountState.DRAFT
    leads = may_lead_chain(actor)
    query = f"?dossier={found.dossier_id}"
    return {
        "programme": found,
        "account": kept,
        "record": record,
        "document": document,
        "blocks": _without(document.blocks, "getallen"),
        "numbers": number_words(record),
        "files": [(kind.upper(), reverse("reports:account_file", args=[found.year, kind]) + query) for kind in FILES],
        "query": query,
        "is_published": found.state != ProgrammeState.DRAFT,
        "may_prepare": may_publish(actor) and state == AccountState.DRAFT,
        "may_fix": may_sign(actor)
        and kept is not None
        and state == AccountState.DRAFT
        and kept.frozen_by_id not in {None, actor.user_id},
        "meetings": list(held[:50]) if leads and state == AccountState.FROZEN else [],
        "may_discharge": may_sign(actor) and state == AccountState.PRESENTED,
        "programme_url": _address("chain:programme", found),
        "typed": {},
        "key": fresh_key(),
    }


def _without(blocks: tuple[Block, ...], key: str) -> list[Block]:
    """The blocks without the part under a heading: the page shows it in another way."""
    found: list[Block] = []
    is_in = False
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            is_in = block.key == key
        if not is_in:
            found.append(block)
    return found


def _programme(request: HttpRequest, year: int) -> ActionProgramme:
    found = programme_to_read(request, year)
    if found is None:
        raise Http404
    return found


def _address(name: str, found: ActionProgramme) -> str:
    return f"{reverse(name, args=[found.year])}?dossier={found.dossier_id}"
