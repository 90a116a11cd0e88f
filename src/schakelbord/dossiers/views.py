"""Dossiers: themes with their question, and the gaps and dilemmas that can be laid on a table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number, whole_numbers
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.dossiers.rights import may_bring_issues, may_make_dossiers, may_read_dossier
from schakelbord.dossiers.services import (
    add_theme,
    bring_dilemma,
    gap_in_words,
    issue_of_finding,
    issue_of_room_gap,
    make_dossier,
    set_issue_state,
)
from schakelbord.errors import InputError, RightError, SchakelbordError
from schakelbord.showing.models import RoomGap
from schakelbord.stories.library import all_stories, reading_of


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers that one may read, and a form for a new one."""
    return render(request, "dossiers/dossiers.html", _list(request))


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a dossier; what was typed stays when something is missing."""
    given = request.POST
    try:
        made = make_dossier(
            actor_of(request.user), title=given.get("title", ""), summary=given.get("summary", ""), now=timezone.now()
        )
    except InputError as refusal:
        context = _list(request) | {"problem": said(refusal), "typed": given}
        return render(request, "dossiers/dossiers.html", context, status=400)
    return redirect("dossiers:dossier", made.pk)


@require_safe
def dossier(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """A dossier."""
    return render(request, "dossiers/dossier.html", _context(request, _dossier(request, dossier_id)))


@require_POST
def theme(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Add a theme."""
    found, given = _dossier(request, dossier_id), request.POST
    try:
        add_theme(actor_of(request.user), found, title=given.get("title", ""), question=given.get("question", ""))
    except InputError as refusal:
        return _again(request, found, refusal)
    messages.success(request, _("The theme is in the dossier."))
    return redirect("dossiers:dossier", found.pk)


@require_POST
def dilemma(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Bring a dilemma."""
    found, given = _dossier(request, dossier_id), request.POST
    try:
        bring_dilemma(
            actor_of(request.user),
            found,
            statement=given.get("statement", ""),
            happened=given.get("happened", ""),
            stuck=given.get("stuck", ""),
            tried=given.get("tried", ""),
            would_help=given.get("would_help", ""),
            themes=list(found.themes.filter(pk__in=whole_numbers(given.getlist("themes")))),
            submitted_by=Body.objects.filter(pk=whole_number(given.get("body"))).first(),
            now=timezone.now(),
        )
    except InputError as refusal:
        return _again(request, found, refusal)
    messages.success(request, _("The dilemma is in the dossier."))
    return redirect("dossiers:dossier", found.pk)


@require_POST
def gaps(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Take gaps of a story, computed or told in a room, into the dossier."""
    found, given, actor = _dossier(request, dossier_id), request.POST, actor_of(request.user)
    themes = list(found.themes.filter(pk__in=whole_numbers(given.getlist("themes"))))
    story = all_stories().get(given.get("story", ""))
    language = current_language()
    try:
        if story is not None:
            by_key = {finding.key: finding for finding in reading_of(story).findings}
            for key in given.getlist("findings"):
                if key in by_key:
                    issue_of_finding(
                        actor,
                        found,
                        story=story.id,
                        finding=by_key[key],
                        sentence=gap_in_words(by_key[key], language),
                        themes=themes,
                        now=timezone.now(),
                    )
        for gap in RoomGap.objects.filter(pk__in=whole_numbers(given.getlist("told")), removed=False, computed=""):
            issue_of_room_gap(actor, found, gap, themes=themes, now=timezone.now())
    except RightError:
        raise
    except SchakelbordError as refusal:
        messages.error(request, said(refusal))
    else:
        messages.success(request, _("The gaps that you chose are in the dossier."))
    return redirect("dossiers:dossier", found.pk)


@require_POST
def issue(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Take a dilemma up, give it back or keep it for later."""
    found, given = _dossier(request, dossier_id), request.POST
    row = Issue.objects.filter(dossier=found, code=given.get("code", "")).first()
    if row is None:
        raise Http404
    try:
        reason = given.get("reason", "")
        set_issue_state(actor_of(request.user), row, given.get("state", ""), reason=reason, now=timezone.now())
    except RightError:
        raise
    except SchakelbordError as refusal:
        messages.error(request, said(refusal))
    else:
        row.refresh_from_db()
        messages.success(request, f"{row.code}: {row.get_state_display()}")
    return redirect("dossiers:dossier", found.pk)


def _dossier(request: HttpRequest, dossier_id: int) -> Dossier:
    found = Dossier.objects.filter(pk=dossier_id).first()
    if found is None:
        raise Http404
    if not may_read_dossier(actor_of(request.user), found):
        raise RightError(
            "not_a_reader",
            nl="Dit kunt u niet zien. Het is voor wie bijeenkomsten voorbereidt, besluit of controleert.",
            en="You cannot see this. It is for who prepares meetings, decides or checks.",
        )
    return found


def _again(request: HttpRequest, found: Dossier, refusal: InputError) -> HttpResponse:
    context = _context(request, found) | {"problem": said(refusal), "where": refusal.where, "typed": request.POST}
    return render(request, "dossiers/dossier.html", context, status=400)


def _list(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request.user)
    rows = Dossier.objects.prefetch_related("themes").order_by("title")
    return {
        "dossiers": [row for row in rows if may_read_dossier(actor, row)],
        "may_make": may_make_dossiers(actor),
        "typed": {},
    }


def _context(request: HttpRequest, found: Dossier) -> dict[str, Any]:
    actor, language = actor_of(request.user), current_language()
    chosen = all_stories().get(request.GET.get("verhaal", ""))
    known = set(found.issues.exclude(finding="").values_list("story", "finding"))
    findings = [] if chosen is None else reading_of(chosen).findings
    told = (
        RoomGap.objects.filter(removed=False, computed="", issues=None).select_related("session").order_by("-made_at")
    )
    return {
        "dossier": found,
        "themes": found.themes.order_by("order"),
        "issues": found.issues.prefetch_related("themes").select_related("submitted_by").order_by("-pk"),
        "meetings": found.meetings.order_by("-starts_at"),
        "bodies": Body.objects.filter(active_to=None).order_by("name"),
        "stories": [(story.id, story.title.get(language)) for story in all_stories().values()],
        "story": chosen.id if chosen else "",
        "findings": [
            (row.key, row.title.get(language), gap_in_words(row, language), (chosen.id, row.key) in known)
            for row in findings
            if chosen is not None
        ],
        "told": told.order_by("-made_at")[:50],
        "may_make": may_make_dossiers(actor),
        "may_bring": may_bring_issues(actor),
        "typed": {},
    }
