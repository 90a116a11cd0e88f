"""Bringing a dilemma, taking a gap, and making a working group for an issue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body
from schakelbord.chain import issues as making
from schakelbord.chain import referrals
from schakelbord.chain.acts import day_of
from schakelbord.chain.form_keys import form_key
from schakelbord.chain.issue_pages.views_common import (
    a_body,
    as_code,
    dossiers_of,
    require,
)
from schakelbord.chain.referrals import OPEN, holder_of
from schakelbord.chain.rights import (
    may_lead_chain,
    may_read_chain,
    readable_in_chain,
    seats_of,
)
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number, whole_numbers
from schakelbord.dossiers.codes import IssueState, Urgency
from schakelbord.dossiers.models import Issue
from schakelbord.dossiers.rights import may_bring_issues, may_make_dossiers
from schakelbord.errors import InputError, SchakelbordError
from schakelbord.showing.models import RoomGap
from schakelbord.stories.library import all_stories, reading_of

WORDS: Final = ("statement", "happened", "stuck", "tried", "would_help")


@require_http_methods(["GET", "HEAD", "POST"])
def new_issue(request: HttpRequest) -> HttpResponse:
    """Bring a dilemma on one page; what was typed stays whatever happens."""
    actor = actor_of(request.user)
    require(
        may_bring_issues(actor),
        nl="Een dilemma brengt in wie in een gremium zit of eraan deelneemt.",
        en="A dilemma is brought by who sits in a body or takes part.",
    )
    found = list(dossiers_of(actor).prefetch_related("themes"))
    given: Mapping[str, str] = request.POST if request.method == "POST" else request.GET
    chosen = next((row for row in found if row.pk == whole_number(given.get("dossier"))), found[0] if found else None)
    context: dict[str, Any] = {
        "dossiers": found,
        "dossier": chosen,
        "themes": sorted(chosen.themes.all(), key=lambda row: row.order) if chosen else [],
        "bodies": _bodies_to_bring_for(actor),
        "urgencies": Urgency.choices,
        "typed": given,
        "fields": (*WORDS, "urgency", "organisations"),
        "chosen_themes": request.POST.getlist("themes"),
        "urgency": given.get("urgency", Urgency.THIS_YEAR),
        "key": form_key(given),
    }
    if request.method != "POST" or request.POST.get("then") == "themes" or chosen is None:
        return render(request, "chain/issues_new.html", context)
    try:
        answer = making.bring(
            actor,
            chosen,
            words={name: request.POST.get(name, "") for name in WORDS},
            urgency=request.POST.get("urgency", ""),
            themes=[row for row in context["themes"] if str(row.pk) in context["chosen_themes"]],
            organisations=request.POST.get("organisations", "").splitlines(),
            submitted_by=next(
                (row for row in context["bodies"] if row.pk == whole_number(request.POST.get("body"))), None
            ),
            key=context["key"],
        )
    except InputError as refusal:
        context |= {"problem": said(refusal), "where": refusal.where}
        return render(request, "chain/issues_new.html", context, status=400)
    code = str(answer["node"])
    messages.success(request, gettext("%(code)s is brought in. The secretary takes it up.") % {"code": code})
    return redirect("chain:issue", code) if may_read_chain(actor) else redirect("/")


@require_http_methods(["GET", "HEAD", "POST"])
def new_gap(request: HttpRequest) -> HttpResponse:
    """Make an issue of one gap, computed in a story or told in a room; with one dossier a press is enough."""
    actor = actor_of(request.user)
    require(
        may_make_dossiers(actor),
        nl="Dit doet de secretaris of de voorzitter.",
        en="This is for the secretary or the chair.",
    )
    given = request.POST if request.method == "POST" else request.GET
    story = all_stories().get(given.get("verhaal", ""))
    finding = None
    if story is not None:
        wanted = given.get("hiaat", "")
        finding = next((row for row in reading_of(story).findings if row.key == wanted), None)
    in_room = RoomGap.objects.filter(session_id=whole_number(given.get("zitting")), key=given.get("verteld", "")[:64])
    told = in_room.filter(removed=False, computed="").first()
    if finding is None and told is None:
        raise Http404
    known = (
        Issue.objects.filter(story=story.id, finding=finding.key)
        if story is not None and finding is not None
        else Issue.objects.filter(room_gap=told)
    )
    found = list(dossiers_of(actor).prefetch_related("themes"))
    chosen = next((row for row in found if row.pk == whole_number(given.get("dossier"))), None)
    if request.method == "POST" and chosen is None and len(found) == 1:
        # Nothing to choose: one press makes the issue, and its page has the themes.
        chosen = found[0]
    language = current_language()
    context: dict[str, Any] = {
        "dossiers": found,
        "story": story,
        "story_title": story.title.get(language) if story else "",
        "finding": finding,
        "told": told,
        "sentence": finding.title.get(language) if finding else told.sentence if told else "",
        "known": known.first(),
        "key": form_key(given),
    }
    if request.method != "POST" or chosen is None:
        return render(request, "chain/issues_gap.html", context)
    themes = list(chosen.themes.filter(pk__in=whole_numbers(request.POST.getlist("themes"))))
    if story is not None and finding is not None:
        answer = making.take_finding(
            actor,
            chosen,
            story=story.id,
            finding=finding,
            sentence=context["sentence"],
            themes=themes,
            key=context["key"],
        )
    else:
        answer = making.take_room_gap(actor, chosen, in_room.get(), themes=themes, key=context["key"])
    return redirect("chain:issue", str(answer["node"]))


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Make a working group and ask it an issue, in one form."""
    actor = actor_of(request.user)
    require(
        may_lead_chain(actor),
        nl="Een werkgroep maakt de secretaris of de voorzitter.",
        en="A working group is made by the secretary or the chair.",
    )
    given = request.POST if request.method == "POST" else request.GET
    code = as_code(given.get("vraagstuk", ""))
    readable = Issue.objects.filter(readable_in_chain(actor))
    finished = [IssueState.RESOLVED, IssueState.RETURNED]
    open_issues = readable.exclude(state__in=finished).exclude(referrals__state__in=OPEN)
    # The same form sent twice finds the issue asked already; the service then gives the answer of the first time.
    found = readable.filter(code=code).select_related("submitted_by", "dossier").first() if code else None
    context: dict[str, Any] = {
        "issue": found,
        "holder": holder_of(found) if found else None,
        "code": code,
        "issues": [] if found else open_issues.order_by("-made_at")[:200],
        "bodies": Body.objects.filter(active_to=None).order_by("name"),
        "typed": given,
        "key": form_key(given),
        "fields": ("name", "question", "active_to", "members", "vraagstuk", "asked_by", "organisation"),
        "today": day_of(timezone.now()),
    }
    if request.method != "POST":
        return render(request, "chain/issues_group.html", context)
    try:
        if found is None:
            raise InputError(
                "no_issue",
                "vraagstuk",
                nl="Kies welk vraagstuk de werkgroep krijgt. Het mag nergens anders openstaan.",
                en="Choose which issue the working group gets. It may be open nowhere else.",
            )
        referrals.refer_to_new_group(
            actor,
            found,
            name=given.get("name", ""),
            question=given.get("question", ""),
            ends=given.get("active_to", ""),
            members=given.get("members", ""),
            asked_by=a_body(given.get("asked_by")),
            key=context["key"],
        )
    except SchakelbordError as refusal:
        context |= {"problem": said(refusal), "where": refusal.where}
        return render(request, "chain/issues_group.html", context, status=400)
    name = " ".join(given.get("name", "").split())
    messages.success(request, gettext("%(name)s is there, and %(code)s lies with it.") % {"name": name, "code": code})
    return redirect("chain:issue", found.code)


def _bodies_to_bring_for(actor: Actor) -> list[Body]:
    """Who leads brings for any body; anybody else for the bodies in which they sit."""
    rows = Body.objects.filter(active_to=None).order_by("name")
    if not may_lead_chain(actor):
        rows = rows.filter(pk__in=seats_of(actor, day_of(timezone.now())).values("body_id"))
    return list(rows)
