"""An action: what it is, how it goes, what was judged; and a report in two minutes from a link in a mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Membership
from schakelbord.chain import reporting
from schakelbord.chain.actions import hand_over, stop
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import (
    UNDER_WAY,
    ActionState,
    Outcome,
    PlacementState,
    ProgrammeState,
    ReportStatus,
    VerdictKind,
)
from schakelbord.chain.content import with_all
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.links import read_secret
from schakelbord.chain.models import Action, ActionProgramme, ActionResult, Decision, ProgressReport
from schakelbord.chain.placing import PLACEABLE, into_programme
from schakelbord.chain.reporting import REPORTABLE, next_report_by
from schakelbord.chain.rights import (
    held_on,
    may_judge,
    may_lead_chain,
    may_read_chain,
    may_report,
    readable_sources,
    reads_proposal,
    seats_of,
    source_levels,
)
from schakelbord.chain.year_pages.action import cards_of, checks_of, in_practice, reports_of
from schakelbord.chain.year_pages.views import require_reader
from schakelbord.chain.year_pages.year import last_report, row_of
from schakelbord.core.errors import STATUS_OF
from schakelbord.core.languages import said
from schakelbord.core.numbers import whole_number
from schakelbord.dossiers.models import Source
from schakelbord.errors import RightError, SchakelbordError

MOST_PEOPLE = 400
LINK = "report"
"""The kind of the links by which an owner reports: an action and the seat of its owner."""


@require_safe
def action(request: HttpRequest, code: str) -> HttpResponse:
    """The page of an action."""
    return render(request, "chain/year_action.html", _context(request, _action(request, code)))


@require_POST
def report_progress(request: HttpRequest, code: str) -> HttpResponse:
    """The owner, or the secretary of the body, hands in how it goes."""
    found, actor = _action(request, code), actor_of(request.user)

    def deed(key: str) -> object:
        seat = _seat_for_report(actor, found, day_of(timezone.now()))
        return _report(request, actor, found, seat, key)

    return _carry_out(request, found, deed, form="report", said_after=_("Your report was kept. Thank you."))


@require_POST
def judge_result(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody who decides for a body says whether a result came."""
    found, actor, given = _action(request, code), actor_of(request.user), request.POST
    result = found.results.filter(pk=whole_number(given.get("result"))).first()
    seat = Membership.objects.filter(pk=whole_number(given.get("seat"))).select_related("person").first()
    if result is None:
        raise Http404
    if seat is None:
        raise RightError(
            "may_not_judge",
            nl="Over een resultaat oordeelt een lid dat namens een besluitend gremium mag beslissen.",
            en="A result is judged by a member who may decide for a body that decided.",
        )

    def deed(key: str) -> object:
        return reporting.judge(
            actor,
            seat,
            ActionResult.objects.select_related("action__decision__proposal__dossier").get(pk=result.pk),
            kind=given.get("kind", ""),
            reason=given.get("reason", ""),
            value=given.get("value", ""),
            key=key,
        )

    return _carry_out(request, found, deed, form=f"judge-{result.pk}", said_after=_("Your verdict was kept."))


@require_POST
def hand_over_action(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody else becomes the owner."""
    found, actor = _action(request, code), actor_of(request.user)
    owner = Membership.objects.select_related("person").filter(pk=whole_number(request.POST.get("owner"))).first()
    if owner is None:
        raise Http404
    return _carry_out(
        request,
        found,
        lambda key: hand_over(actor, found, owner=owner, key=key),
        form="owner",
        said_after=_("Handed over to %(name)s.") % {"name": owner.person.name},
    )


@require_POST
def stop_action(request: HttpRequest, code: str) -> HttpResponse:
    """Stop an action with a decision."""
    found, actor = _action(request, code), actor_of(request.user)
    decision = _decisions(found).filter(pk=whole_number(request.POST.get("decision"))).first()
    if decision is None:
        raise Http404
    return _carry_out(
        request,
        found,
        lambda key: stop(actor, found, decision=decision, key=key),
        form="stop",
        said_after=_("This action was stopped."),
    )


@require_POST
def move_to_year(request: HttpRequest, code: str) -> HttpResponse:
    """Move an action to the programme of another year, with the reason."""
    found, actor, given = _action(request, code), actor_of(request.user), request.POST
    to = _other_years(found).filter(pk=whole_number(given.get("programme"))).first()
    if to is None:
        raise Http404
    return _carry_out(
        request,
        found,
        lambda key: into_programme(actor, found, to, reason=given.get("reason", ""), key=key),
        form="year",
        said_after=_("This action is in the programme of %(year)s now.") % {"year": to.year},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A report by who holds the link that was mailed to the owner; looking changes nothing."""
    ids = read_secret(LINK, secret)
    found = _actions().filter(pk=ids[0]).first() if ids and len(ids) == 2 else None
    seat = Membership.objects.select_related("person", "body").filter(pk=ids[1]).first() if ids and found else None
    if found is None or seat is None:
        return render(request, "chain/year_link.html", {"state": "unknown"}, status=404)
    state = _state_of_link(found, seat)
    context: dict[str, Any] = {
        "action": found,
        "row": row_of(found, today=day_of(timezone.now())),
        "seat": seat,
        "state": state,
        "thanks": request.GET.get("dank", "") if state == "open" else "",
        "last": last_report(found),
        **_report_form(found),
        "address": reverse("chain:report_by_link", args=[secret]),
    }
    if request.method != "POST":
        return render(request, "chain/year_link.html", context)
    try:
        _report(request, None, found, seat, form_key(request.POST))
    except SchakelbordError as refusal:
        problem = {"problem": said(refusal), "where": refusal.where, "typed": request.POST, "form": "report"}
        status = STATUS_OF.get(type(refusal), 400)
        return render(request, "chain/year_link.html", context | problem, status=status)
    return redirect(f"{context['address']}?dank=1")


def _state_of_link(found: Action, seat: Membership) -> str:
    """Whether there is something to do for who holds the link: `open`, `other` or `finished`."""
    if found.owner_id != seat.pk or seat.person.erased_at is not None:
        return "other"
    return "open" if found.state in REPORTABLE else "finished"


def _actions() -> QuerySet[Action]:
    rows = Action.objects.select_related("programme", "decision__proposal__dossier", "stopped_by")
    return with_all(rows)


def _action(request: HttpRequest, code: str) -> Action:
    actor = actor_of(request.user)
    require_reader(may_read_chain(actor))
    found = _actions().filter(code=code.strip().upper()).first()
    if found is None:
        raise Http404
    require_reader(reads_proposal(actor, found.decision.proposal, day_of(timezone.now())))
    return found


def _report(request: HttpRequest, actor: Actor | None, found: Action, seat: Membership | None, key: str) -> object:
    given = request.POST
    dossier = found.decision.proposal.dossier
    return reporting.report(
        actor,
        found,
        seat=seat,
        status=given.get("status", ""),
        text=given.get("text", ""),
        result=found.results.filter(pk=whole_number(given.get("result"))).first()
        if given.get("value", "").strip()
        else None,
        value=given.get("value", ""),
        evidence=Source.objects.filter(
            readable_sources(actor), dossier=dossier, pk=whole_number(given.get("evidence"))
        ).first(),
        proof=_proof(request),
        corrects=ProgressReport.objects.filter(action=found, code=given.get("corrects", "")).first(),
        key=key,
    )


def _proof(request: HttpRequest) -> reporting.Proof | None:
    title, url = request.POST.get("proof_title", ""), request.POST.get("proof_url", "").strip()
    upload = request.FILES.get("file")
    if upload is not None:
        return reporting.Proof(title, file=(upload.name or "", upload.read()))
    return reporting.Proof(title, url=url) if url or title.strip() else None


def _carry_out(
    request: HttpRequest, found: Action, deed: Callable[[str], object], *, form: str, said_after: str
) -> HttpResponse:
    try:
        deed(form_key(request.POST))
    except RightError:
        raise
    except SchakelbordError as refusal:
        context = _context(request, found)
        context |= {"problem": said(refusal), "where": refusal.where, "typed": request.POST, "form": form}
        return render(request, "chain/year_action.html", context, status=STATUS_OF.get(type(refusal), 400))
    messages.success(request, said_after)
    return redirect("chain:action", found.code)


def _context(request: HttpRequest, found: Action) -> dict[str, Any]:
    actor, today = actor_of(request.user), day_of(timezone.now())
    last = last_report(found)
    leads = may_lead_chain(actor)
    is_over = found.state in {ActionState.ACCEPTED, ActionState.STOPPED}
    placements = [row for row in found.placements.all() if row.state != PlacementState.SUGGESTED]
    judges = [seat for seat in seats_of(actor, today).select_related("body", "person") if may_judge(seat, found, today)]
    return {
        "action": found,
        "row": row_of(found, today=today),
        "cards": cards_of(found),
        "reports": reports_of(found),
        "source_levels": source_levels(actor),
        "expected": next_report_by(found, last=day_of(last.made_at) if last else None),
        "today": today,
        "placements": sorted(placements, key=lambda row: (row.state != PlacementState.ACCEPTED, row.pk)),
        "checks": checks_of(found),
        "practice": in_practice(found),
        "may_report": found.state in REPORTABLE and may_report(actor, found, today),
        "may_place": leads and found.state in PLACEABLE,
        "judges": judges if found.state == ActionState.REPORTED_DONE else [],
        "verdicts": VerdictKind.choices,
        "people": _people(today) if leads and not is_over else [],
        "years": list(_other_years(found)) if leads and found.state in UNDER_WAY else [],
        "stoppers": list(_decisions(found)) if leads and not is_over else [],
        "sources": list(
            found.decision.proposal.dossier.sources.filter(readable_sources(actor)).order_by("title")[:200]
        ),
        "typed": {},
        "key": fresh_key(),
        **_report_form(found),
    }


def _report_form(found: Action) -> dict[str, Any]:
    hints = {
        ReportStatus.ON_TRACK: _("nothing stands in the way"),
        ReportStatus.BEHIND: _("it comes, but later"),
        ReportStatus.STUCK: _("somebody must help; say who"),
        ReportStatus.DONE: _("somebody else judges the results then"),
    }
    return {
        "statuses": [(one.value, one.label, hints[one]) for one in ReportStatus],
        "measured": [row for row in found.results.all() if row.target is not None],
        "key": fresh_key(),
        "typed": {},
    }


def _people(today: dt.date) -> list[Membership]:
    rows = Membership.objects.filter(held_on(today), person__erased_at=None)
    return list(rows.select_related("person", "body", "organisation").order_by("person__name", "pk")[:MOST_PEOPLE])


def _other_years(found: Action) -> QuerySet[ActionProgramme]:
    """Programmes of the same dossier to which an action can go."""
    rows = ActionProgramme.objects.filter(dossier_id=found.decision.proposal.dossier_id)
    return rows.exclude(pk=found.programme_id or 0).exclude(state=ProgrammeState.CLOSED).order_by("year")


def _decisions(found: Action) -> QuerySet[Decision]:
    """Adopted decisions of the same dossier, with which an action can be stopped."""
    return (
        Decision.objects.filter(
            proposal__dossier_id=found.decision.proposal.dossier_id, outcome__in=[Outcome.ADOPTED, Outcome.AMENDED]
        )
        .exclude(pk=found.decision_id)
        .order_by("-decided_at")
    )


def _seat_for_report(actor: Actor, found: Action, today: dt.date) -> Membership | None:
    """The seat under which somebody writes: that of the owner, else one in the body where the action lies."""
    if found.owner is not None and found.owner.person.user_id == actor.user_id:
        return found.owner
    return seats_of(actor, today).filter(body=found.body).first() if found.body else None
