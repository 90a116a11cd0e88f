"""The list of issues: narrowed down, saved views, and the same as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from schakelbord.bodies.models import Body
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ReferralState
from schakelbord.chain.issue_pages.listing import OPEN_ISSUES, ORDERS, Narrowing, issues_of, narrowed, narrowing_of
from schakelbord.chain.issue_pages.views_common import (
    the_reader,
)
from schakelbord.chain.models import SavedView
from schakelbord.chain.rights import (
    may_lead_chain,
    readable_in_chain,
)
from schakelbord.core.languages import said
from schakelbord.core.numbers import whole_number
from schakelbord.dossiers.codes import IssueKind, IssueState, Origin, Urgency
from schakelbord.dossiers.models import Issue, Theme
from schakelbord.dossiers.rights import may_bring_issues
from schakelbord.errors import InputError
from schakelbord.stories.files import table_csv
from schakelbord.stories.views import download

A_PAGE: Final = 50


MOST_VIEWS: Final = 12


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """All issues that one may read, narrowed down as one chose."""
    return render(request, "chain/issues_list.html", _list(request))


@require_safe
def issues_file(request: HttpRequest) -> HttpResponse:
    """The same list as a table for a spreadsheet, all pages of it."""
    actor = the_reader(request)
    chosen, _unknown = narrowing_of(request.GET)
    rows = narrowed(issues_of(actor), chosen).select_related("submitted_by", "dossier").prefetch_related("themes")
    names = dict(Body.objects.values_list("pk", "name"))
    head = [
        gettext("Code"),
        gettext("Kind"),
        gettext("Issue"),
        gettext("Dossier"),
        gettext("Themes"),
        gettext("State"),
        pgettext("issue", "With"),
        gettext("Since"),
        gettext("Answer by"),
        gettext("Urgency"),
        gettext("Origin"),
        gettext("Brought by"),
    ]
    cells = [
        [
            row.code,
            str(row.get_kind_display()),
            row.statement,
            row.dossier.title,
            ", ".join(theme.title for theme in row.themes.all()),
            str(row.get_state_display()),
            names.get(getattr(row, "holder_id", None) or 0, ""),
            day_of(getattr(row, "since")).isoformat(),  # noqa: B009 - counted beside the row
            getattr(row, "open_due", None) or "",
            str(row.get_urgency_display()),
            str(row.get_origin_display()),
            row.submitted_by.name if row.submitted_by else "",
        ]
        for row in rows
    ]
    return download(table_csv(head, cells), "text/csv; charset=utf-8", gettext("issues.csv"))


@require_POST
def saved_views(request: HttpRequest) -> HttpResponse:
    """Keep how one looks at the list under a name, or let such a view go."""
    actor = the_reader(request)
    given, user_id = request.POST, actor.user_id or 0
    chosen, _unknown = narrowing_of(QueryDict(given.get("query", "")[:2000]))
    back = redirect(f"/vraagstukken?{chosen.query}" if chosen.query else "/vraagstukken")
    if given.get("then") == "remove":
        SavedView.objects.filter(user_id=user_id, pk=whole_number(given.get("view"))).delete()
        return back
    try:
        name = " ".join(given.get("name", "").split())
        if not 1 <= len(name) <= 60:
            raise InputError(
                "name", "name", nl="Geef de weergave een naam, hooguit 60 tekens.", en="Name it, 60 characters at most."
            )
        others = SavedView.objects.filter(user_id=user_id).exclude(name=name)
        if others.count() >= MOST_VIEWS:
            raise InputError(
                "too_many_views",
                "name",
                nl=f"U hebt al {MOST_VIEWS} weergaven. Haal er eerst een weg.",
                en=f"You have {MOST_VIEWS} views. Take one away first.",
            )
    except InputError as refusal:
        request.GET = QueryDict(chosen.query)
        context = _list(request) | {"problem": said(refusal), "typed": given}
        return render(request, "chain/issues_list.html", context, status=400)
    SavedView.objects.update_or_create(
        user_id=user_id, name=name, defaults={"query": chosen.query, "made_at": timezone.now()}
    )
    return back


def _list(request: HttpRequest) -> dict[str, Any]:
    actor = the_reader(request)
    chosen, unknown = narrowing_of(request.GET)
    rows = narrowed(issues_of(actor), chosen).prefetch_related("themes")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    today = day_of(timezone.now())
    bodies = Body.objects.order_by("name")
    names = {row.pk: row.called for row in bodies}
    listed = [_line(row, names, today) for row in page]
    themes = Theme.objects.filter(dossier__issues__in=Issue.objects.filter(readable_in_chain(actor))).distinct()
    views = list(SavedView.objects.filter(user_id=actor.user_id or 0))
    return {
        "chosen": chosen,
        "unknown": unknown,
        "page": page,
        "rows": listed,
        "kinds": IssueKind.choices,
        "themes": themes.order_by("title"),
        "states": [(OPEN_ISSUES, pgettext("issues", "not finished")), *IssueState.choices],
        "bodies": bodies,
        "urgencies": Urgency.choices,
        "origins": Origin.choices,
        "orders": ORDERS,
        "views": views,
        "here_view": next((row for row in views if row.query == chosen.query), None),
        "quick": [
            (pgettext("issues", "all"), Narrowing(volgorde=chosen.volgorde)),
            (pgettext("issues", "not finished"), Narrowing(stand=OPEN_ISSUES, volgorde=chosen.volgorde)),
            (pgettext("issues", "gaps"), Narrowing(soort=IssueKind.GAP, volgorde=chosen.volgorde)),
            (pgettext("issues", "dilemmas"), Narrowing(soort=IssueKind.DILEMMA, volgorde=chosen.volgorde)),
        ],
        "may_bring": may_bring_issues(actor),
        "leads": may_lead_chain(actor),
        "typed": {},
    }


def _line(row: Issue, names: Mapping[int, str], today: dt.date) -> dict[str, Any]:
    """A row of the list: what it is, with whom, and how long."""
    since, due = day_of(getattr(row, "since")), getattr(row, "open_due")  # noqa: B009 - counted beside the row
    finished = row.state in {IssueState.RESOLVED, IssueState.RETURNED, IssueState.PARKED}
    looks = {
        IssueState.RESOLVED: ("done", "vink"),
        IssueState.RETURNED: ("", "terug"),
        IssueState.PARKED: ("soft", "pauze"),
    }
    look, icon = looks.get(IssueState(row.state), ("", "tafel" if row.state in {"on_table", "harvested"} else "vraag"))
    if due is not None:
        look, icon = ("late", "klok") if due < today else ("waiting", "wacht")
    return {
        "issue": row,
        "holder": "" if finished else names.get(getattr(row, "holder_id") or 0, ""),  # noqa: B009
        "since": day_of(row.changed_at) if finished else since,
        "age": max(0, (today - since).days),
        "due": due,
        "late": max(0, (today - due).days) if due else 0,
        "look": look,
        "icon": icon,
        "word": str(ReferralState(getattr(row, "open_state")).label) if due else str(row.get_state_display()),  # noqa: B009
        "is_finished": finished,
    }
