"""The public page of a dossier, its feed and its data."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.chain.acts import day_of
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.opening import close_to_all, open_to_all
from schakelbord.chain.public_pages.public import PublicDossier, public_dossier, public_json, public_rows
from schakelbord.chain.rights import may_lead_chain, may_sign
from schakelbord.core.languages import current_language
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.models import Dossier
from schakelbord.dossiers.rights import may_read_dossier
from schakelbord.errors import RightError
from schakelbord.live.journal import Payload
from schakelbord.showing.reading import clean
from schakelbord.stories.files import table_csv

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


@require_safe
def public(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """What an outsider reads; who prepares sees the same before it is public."""
    page = page_of(request, dossier_id)
    is_public = page.dossier.confidentiality == Confidentiality.PUBLIC
    actor = actor_of(request.user)
    context = {
        "page": page,
        "is_public": is_public,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "may_open": not is_public and may_sign(actor),
        "may_close": is_public and may_lead_chain(actor),
        "key": fresh_key(),
    }
    return render(request, "chain/public_dossier.html", context)


@require_POST
def make_public(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Let everybody read the page."""
    return _set(request, dossier_id, open_to_all, _("The page is public. Everybody can read it and follow it."))


@require_POST
def make_closed(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Let only the bodies read the dossier again."""
    done = _("The page is closed. Only the bodies and who works for them see the dossier.")
    return _set(request, dossier_id, close_to_all, done)


def _set(request: HttpRequest, dossier_id: int, deed: Callable[..., Payload], done: str) -> HttpResponse:
    found = _dossier_to_read(request, dossier_id)
    deed(actor_of(request.user), found, key=form_key(request.POST))
    messages.success(request, done)
    return redirect("chain:public", found.pk)


@require_safe
def public_data(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """The data as JSON."""
    page = page_of(request, dossier_id)
    return JsonResponse(public_json(page), json_dumps_params={"ensure_ascii": False})


@require_safe
def public_csv(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """The actions as a table."""
    page = page_of(request, dossier_id)
    head = [_("Code"), _("Action"), _("Decision"), _("Function of the owner"), _("Lies with"), _("At the latest")]
    head += [_("State"), _("Newest report"), _("Desired results"), _("Verdicts")]
    headers = {"Content-Disposition": f'attachment; filename="acties-{page.dossier.pk}.csv"'}
    return HttpResponse(table_csv(head, public_rows(page)), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def public_feed(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Decisions and reports as an Atom feed, the newest first."""
    page = page_of(request, dossier_id)
    here = request.build_absolute_uri(f"/dossiers/{page.dossier.pk}/openbaar")
    feed = Atom1Feed(
        title=clean(page.dossier.title),
        link=here,
        description=clean(page.dossier.public_text or page.dossier.summary),
        language=current_language(),
        feed_url=f"{here}.atom",
        feed_guid=here,
    )
    news = [(row.decided_at or row.made_at, row.code, _("Decision"), row.final_text) for row in page.decisions]
    news += [
        (one.report.made_at, one.report.code, one.row.title, one.report.text) for one in page.actions if one.report
    ]
    for moment, code, title, text in sorted(news, key=lambda one: one[0], reverse=True)[:50]:
        address = request.build_absolute_uri(f"/draad/{code}")
        # The feed says that its texts are HTML, and signs that nobody sees make it unreadable as a whole.
        feed.add_item(
            title=clean(f"{code}: {title}"), link=address, description=escape(clean(text)),
            pubdate=moment, updateddate=moment, unique_id=address,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def public_dcat(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """What data there is, as DCAT in JSON-LD."""
    page = page_of(request, dossier_id)
    here = request.build_absolute_uri(f"/dossiers/{page.dossier.pk}/openbaar")
    kinds = ((".json", "application/json"), (".csv", "text/csv"), (".atom", "application/atom+xml"))
    dataset = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@id": f"{here}#data",
        "@type": "dcat:Dataset",
        "dct:title": {"@language": "nl", "@value": page.dossier.title},
        "dct:description": {"@language": "nl", "@value": page.dossier.public_text or page.dossier.summary},
        "dct:modified": page.changed.isoformat(timespec="seconds"),
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/NLD"},
        "dcat:landingPage": {"@id": here},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": f"{here}{ending}"},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
                "dct:license": {"@id": LICENCE},
            }
            for ending, kind in kinds
        ],
    }
    return JsonResponse(dataset, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def page_of(request: HttpRequest, dossier_id: int) -> PublicDossier:
    """What is public of a dossier, for whoever may read it.

    Raises:
        RightError: it is not public and this reader does not prepare it.
    """
    return public_dossier(_dossier_to_read(request, dossier_id), today=day_of(timezone.now()))


def _dossier_to_read(request: HttpRequest, dossier_id: int) -> Dossier:
    found = Dossier.objects.filter(pk=dossier_id).first()
    if found is None:
        raise Http404
    if not may_read_dossier(actor_of(request.user), found):
        raise RightError(
            "not_public",
            nl="Dit dossier heeft geen openbare pagina.",
            en="This dossier has no public page.",
        )
    return found
