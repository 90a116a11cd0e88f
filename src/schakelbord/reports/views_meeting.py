"""Paper for a meeting, and its minutes as page, PDF, DOCX and JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Final
from uuid import uuid4

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language
from schakelbord.errors import Language, RightError
from schakelbord.meetings.acts import require
from schakelbord.meetings.models import Meeting
from schakelbord.meetings.rights import may_adopt_minutes, may_prepare_meetings, may_read_meeting, may_see_addresses
from schakelbord.reports import meeting_paper, meeting_words
from schakelbord.reports.adopting import BEFORE, adopt_minutes, minutes_now
from schakelbord.reports.attendance_book import attendance_xlsx
from schakelbord.reports.clean import printed
from schakelbord.reports.minutes_files import Record, document_of, minutes_docx, minutes_pdf
from schakelbord.reports.orders import Order
from schakelbord.reports.serving import PDF, Back, made, site_of
from schakelbord.reports.typeset import pages_pdf
from schakelbord.tables.views_common import meeting_or_404

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON: Final = "application/json"
LANGUAGES: Final[dict[str, Language]] = {"nl": "nl", "en": "en"}
PAPERS: Final[dict[str, tuple[str, Callable[..., meeting_paper.MeetingPaper]]]] = {
    "naamkaartjes": ("badges", meeting_paper.badges),
    "tafelkaarten": ("cards", meeting_paper.table_cards),
    "tafelbladen": ("sheets", meeting_paper.table_sheets),
    "tafelheren": ("hosts", meeting_paper.host_sheets),
    "aanwezigen": ("attendance", meeting_paper.attendance_list),
}
MINUTES: Final[dict[str, tuple[str, Callable[[Record, Language], bytes]]]] = {
    "pdf": (PDF, minutes_pdf),
    "docx": (DOCX, minutes_docx),
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take along: what it is, what for, and its addresses by kind of file."""

    name: str
    about: str
    files: tuple[tuple[str, str], ...]


@never_cache
@require_safe
def papers(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """All paper of a meeting to take along."""
    meeting = _meeting_to_prepare(request, meeting_id)
    names = meeting_words.documents()
    downloads = []
    for slug, (what, _make) in PAPERS.items():
        kinds = ("pdf", "xlsx") if what == "attendance" else ("pdf",)
        files = tuple((kind.upper(), reverse(f"reports:paper_{kind}", args=[meeting.pk, slug])) for kind in kinds)
        downloads.append(Download(*names[what], files))
    context = {"meeting": meeting, "downloads": downloads, "has_minutes": meeting.state not in BEFORE}
    return render(request, "reports/papers.html", context)


@never_cache
@require_safe
def paper_pdf(request: HttpRequest, meeting_id: int, what: str) -> HttpResponse:
    """One document for a meeting."""
    meeting = _meeting_to_prepare(request, meeting_id)
    if what not in PAPERS:
        raise Http404
    source, make = PAPERS[what]
    with translation.override(_language(request)):
        paper = make(meeting, site=site_of(request))
    data = printed(asdict(paper))
    made_on = meeting_paper.day_of(meeting)
    key = sha256(msgspec.json.encode(data)).hexdigest()
    order = Order(("meeting", source, key), lambda: pages_pdf(f"{source}.typ", data, made_on=made_on))
    return made(request, order, kind=PDF, name=f"{meeting.code}-{what}.pdf", back=_back_to_papers(meeting))


@never_cache
@require_safe
def paper_xlsx(request: HttpRequest, meeting_id: int, what: str) -> HttpResponse:
    """The attendance list for a spreadsheet."""
    meeting = _meeting_to_prepare(request, meeting_id)
    if what != "aanwezigen":
        raise Http404
    with translation.override(_language(request)):
        paper = meeting_paper.attendance_list(meeting, site=site_of(request))
    content = attendance_xlsx(paper, made_at=meeting.starts_at)
    return _file(content, XLSX, f"{meeting.code}-{what}.xlsx")


@never_cache
@require_safe
def minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The minutes of a meeting as a page."""
    meeting = _meeting_to_read(request, meeting_id)
    record = minutes_now(meeting)
    context = {
        "meeting": meeting,
        "record": record,
        "document": document_of(record, current_language()),
        "files": [(kind.upper(), reverse(f"reports:minutes_{kind}", args=[meeting.pk])) for kind in (*MINUTES, "json")],
        "may_adopt": may_adopt_minutes(actor_of(request.user), meeting),
        "key": uuid4().hex,
    }
    return render(request, "reports/minutes.html", context)


@never_cache
@require_safe
def minutes_file(request: HttpRequest, meeting_id: int, kind: str) -> HttpResponse:
    """The minutes as PDF or DOCX."""
    meeting = _meeting_to_read(request, meeting_id)
    record, language = minutes_now(meeting), _language(request)
    content_type, make = MINUTES[kind]
    order = Order(("minutes", kind, record.digest, language), lambda: make(record, language))
    back = Back(meeting.title, reverse("reports:minutes", args=[meeting.pk]), _("Back to the minutes"))
    name = _("%(code)s-minutes.%(kind)s") % {"code": meeting.code, "kind": kind}
    return made(request, order, kind=content_type, name=name, back=back)


@never_cache
@require_safe
def minutes_json(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The content of the minutes, byte for byte what their fingerprint is of."""
    meeting = _meeting_to_read(request, meeting_id)
    name = _("%(code)s-minutes.%(kind)s") % {"code": meeting.code, "kind": "json"}
    return _file(minutes_now(meeting).content, JSON, name)


@never_cache
@require_POST
def adopt(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Adopt the minutes that one read."""
    meeting = meeting_or_404(meeting_id)
    key = request.POST.get("key") or uuid4().hex
    adopt_minutes(actor_of(request.user), meeting, seen=request.POST.get("seen", ""), key=key)
    return redirect("reports:minutes", meeting.pk)


def _meeting_to_prepare(request: HttpRequest, meeting_id: int) -> Meeting:
    """A meeting, for who may have the list of who comes.

    Raises:
        RightError: says who may.
    """
    actor = actor_of(request.user)
    require(may_prepare_meetings(actor), actor)
    meeting = meeting_or_404(meeting_id)
    require(may_see_addresses(actor, meeting), actor)
    return meeting


def _meeting_to_read(request: HttpRequest, meeting_id: int) -> Meeting:
    """A meeting, for who may read its minutes.

    Raises:
        RightError: says who may.
    """
    meeting = meeting_or_404(meeting_id)
    if not may_read_meeting(actor_of(request.user), meeting):
        raise RightError(
            "not_for_you",
            nl="De notulen zijn voor de secretaris, de voorzitter en wie controleert.",
            en="The minutes are for the secretary, the chair and the auditor.",
        )
    return meeting


def _back_to_papers(meeting: Meeting) -> Back:
    return Back(meeting.title, reverse("reports:papers", args=[meeting.pk]), _("Back to the paper"))


def _language(request: HttpRequest) -> Language:
    """The language that a document is asked in: that of the address, else of the page."""
    return LANGUAGES.get(request.GET.get("taal", ""), current_language())


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
