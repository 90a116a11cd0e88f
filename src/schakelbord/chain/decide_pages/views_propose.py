"""Proposals: made of harvests, of a repair of a story or directly; changed in versions, tabled, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.codes import BodyKind
from schakelbord.bodies.models import Body
from schakelbord.chain import proposals
from schakelbord.chain.acts import require_secretary
from schakelbord.chain.codes import ProposalState
from schakelbord.chain.decide_pages.decisions import issues_under
from schakelbord.chain.decide_pages.forms import (
    NOTHING,
    Refused,
    known,
    reading_actor,
    refused,
)
from schakelbord.chain.decide_pages.proposals import harvests_to_choose, repair_origin, version_rows
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.models import Decision, Proposal
from schakelbord.chain.rights import may_lead_chain
from schakelbord.core.numbers import whole_number, whole_numbers
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import ConflictError, InputError, RightError, SchakelbordError
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting
from schakelbord.tables.models import Harvest

NEW_FIELDS: Final = {"text": "text", "harvests": "harvests", "direct_reason": "direct_reason", "dossier": "dossier"}
MOST_MEETINGS: Final = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a proposal; what was typed stays when something is missing."""
    actor = actor_of(request.user)
    require_secretary(may_lead_chain(actor), actor)
    if request.method != "POST":
        return _new_page(request, request.GET, NOTHING)
    try:
        code = _make(actor, request.POST, form_key(request.POST))
    except RightError:
        raise
    except SchakelbordError as refusal:
        return _new_page(request, request.POST, refused("nieuw", refusal, request.POST, NEW_FIELDS))
    messages.success(request, _("%(code)s was made. Lay it before the bodies when it is ready.") % {"code": code})
    return redirect("chain:proposal", code)


@never_cache
@require_safe
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """A proposal: its text, where it comes from, its versions, and what can be done with it."""
    _actor, found = _to_read(request, code)
    return _page(request, found, NOTHING)


@dataclass(frozen=True, slots=True)
class Asked:
    """One form that was sent about a proposal."""

    actor: Actor
    proposal: Proposal
    given: QueryDict
    key: str


@never_cache
@require_POST
def change(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step with a proposal; a refusal comes back at its field, and no typed text is lost."""
    actor, found = _to_read(request, code)
    if verb not in VERBS:
        raise Http404
    deed, fields = VERBS[verb]
    try:
        message = deed(Asked(actor, found, request.POST, form_key(request.POST)))
    except RightError:
        raise
    except SchakelbordError as refusal:
        problem = refused(verb, refusal, request.POST, fields)
        return _page(request, _proposal(code), problem, is_conflict=isinstance(refusal, ConflictError))
    messages.success(request, message)
    decided = Decision.objects.filter(proposal=found).values_list("code", flat=True).first()
    if verb == "voorleggen" and decided:
        return redirect("chain:decision", decided)
    return redirect("chain:proposal", found.code)


def _make(actor: Actor, given: QueryDict, key: str) -> str:
    """Make a proposal of a form; gives its code."""
    harvests = list(
        Harvest.objects.filter(code__in=given.getlist("oogst")).select_related("table__meeting__dossier").order_by("pk")
    )
    meeting = Meeting.objects.filter(code=given.get("bijeenkomst", "")[:12]).select_related("dossier").first()
    repair = repair_origin(given.get("verhaal", ""), given.get("reparatie", ""))
    before = Decision.objects.filter(code=given.get("vervangt", "")[:12]).select_related("proposal__dossier").first()
    dossier = _dossier(given, harvests, meeting, before)
    if before is not None and not before.is_adopted:
        raise InputError(
            "not_adopted",
            nl=f"{before.code} is niet vastgesteld. Alleen een vastgesteld besluit wordt vervangen.",
            en=f"{before.code} was not adopted. Only an adopted decision is replaced.",
        )
    made = proposals.make_proposal(
        actor,
        dossier,
        text=given.get("text", ""),
        harvests=harvests,
        issues=[row for row in repair.issues if row.dossier_id == dossier.pk] if repair else [],
        direct_reason=given.get("direct_reason", ""),
        meeting=meeting,
        story=repair.story if repair else "",
        repair=repair.keys if repair else "",
        supersedes=before.proposal if before else None,
        key=key,
    )
    return str(made["node"])


def _dossier(given: QueryDict, harvests: list[Harvest], meeting: Meeting | None, before: Decision | None) -> Dossier:
    """The dossier of what lies under a proposal, else the one that was chosen."""
    if harvests:
        return harvests[0].table.meeting.dossier
    if before is not None:
        return before.proposal.dossier
    if meeting is not None:
        return meeting.dossier
    found = Dossier.objects.filter(pk=whole_number(given.get("dossier"))).first()
    if found is None:
        raise InputError("dossier", "dossier", nl="Kies een dossier.", en="Choose a dossier.")
    return found


def _amend(asked: Asked) -> str:
    given = asked.given
    proposals.amend(
        asked.actor,
        asked.proposal,
        text=given.get("text", ""),
        note=given.get("note", ""),
        version=whole_number(given.get("version")),
        key=asked.key,
    )
    if asked.proposal.state != ProposalState.TABLED:
        return _("The new version is kept.")
    return _("The new version is kept. What bodies said about the version before no longer counts.")


def _table(asked: Asked) -> str:
    given = asked.given
    meeting = None
    if given.get("how") == "meeting":
        meeting = asked.proposal.dossier.meetings.filter(pk=whole_number(given.get("meeting"))).first()
        if meeting is None:
            raise InputError("meeting", "meeting", nl="Kies een bijeenkomst.", en="Choose a meeting.")
    elif given.get("how") != "round":
        raise InputError(
            "how",
            "how",
            nl="Kies: in een bijeenkomst, of schriftelijk.",
            en="Choose: in a meeting, or in writing.",
        )
    proposals.table(
        asked.actor,
        asked.proposal,
        meeting=meeting,
        deadline=given.get("deadline", "").strip() or None,
        bodies=list(Body.objects.filter(pk__in=whole_numbers(given.getlist("bodies"))).order_by("kind", "name")),
        key=asked.key,
    )
    return _("It lies before the bodies.")


def _withdraw(asked: Asked) -> str:
    proposals.withdraw(asked.actor, asked.proposal, reason=asked.given.get("reason", ""), key=asked.key)
    return _("%(code)s was withdrawn. It stays to be read.") % {"code": asked.proposal.code}


Deed = Callable[[Asked], str]
VERBS: Final[Mapping[str, tuple[Deed, Mapping[str, str]]]] = {
    "wijzigen": (_amend, {"text": "text", "note": "note"}),
    "voorleggen": (_table, {"deadline": "deadline", "bodies": "bodies", "meeting": "meeting", "how": "how"}),
    "intrekken": (_withdraw, {"reason": "reason"}),
}


def _new_page(request: HttpRequest, given: QueryDict, problem: Refused) -> HttpResponse:
    """The form of a new proposal: from the address, or as it was typed."""
    chosen = [code.strip().upper() for code in given.getlist("oogst")[:50]]
    meeting = Meeting.objects.filter(code=given.get("bijeenkomst", "")[:12].upper()).select_related("dossier").first()
    before = (
        Decision.objects.filter(code=given.get("vervangt", "")[:12].upper())
        .select_related("proposal")
        .prefetch_related("proposal__harvests")
        .first()
    )
    if before is not None and not problem.form and not chosen:
        chosen = [row.code for row in before.proposal.harvests.all()]
    repair = repair_origin(given.get("verhaal", ""), given.get("reparatie", ""))
    harvests = harvests_to_choose(meeting.code if meeting else "", chosen)
    first = next((row for row in harvests if row.code in chosen), None)
    text = first.assignment if first and len(chosen) == 1 else ""
    context = {
        "harvests": harvests,
        "chosen": chosen,
        "meeting": meeting,
        "before": before,
        "repair": repair,
        "wants_repair": bool(given.get("reparatie")),
        "dossiers": Dossier.objects.order_by("title"),
        "dossier": given.get("dossier", ""),
        "text": given.get("text") or (before.final_text if before else repair.text if repair else text),
        "direct_reason": given.get("direct_reason") or (repair.reason if repair and not chosen else ""),
        "refused": problem,
        "key": fresh_key(),
        "longest": proposals.LONGEST,
    }
    return render(request, "chain/decide_new.html", context, status=400 if problem.form else 200)


def _page(request: HttpRequest, found: Proposal, problem: Refused, *, is_conflict: bool = False) -> HttpResponse:
    """The page of a proposal, with a form that was refused filled in; on a conflict both texts are shown."""
    actor = actor_of(request.user)
    rows = version_rows(found)
    harvests = list(
        found.harvests.select_related("table__theme", "table__meeting").prefetch_related("results").order_by("pk")
    )
    typed = problem.typed.get("text", "") if problem.form == "wijzigen" else ""
    now = rows[0].version
    is_open = found.state in {ProposalState.DRAFT, ProposalState.TABLED}
    context: dict[str, Any] = {
        "proposal": found,
        "decision": getattr(found, "decision", None),
        "version": now,
        "rows": rows,
        "harvests": harvests,
        "issues": issues_under(found, harvests),
        "repair": repair_origin(found.story, found.repair) if found.repair else None,
        "refused": problem,
        "typed_text": typed or now.text,
        "theirs": proposals.difference(typed, now.text) if is_conflict and typed else (),
        "is_conflict": is_conflict,
        "is_open": is_open,
        "may_lead": may_lead_chain(actor),
        "key": fresh_key(),
        "longest": proposals.LONGEST,
    }
    if context["may_lead"] and found.state == ProposalState.DRAFT:
        context["meetings"] = (
            found.dossier.meetings.exclude(state=MeetingState.ARCHIVED)
            .prefetch_related("bodies")
            .order_by("-starts_at")[:MOST_MEETINGS]
        )
        context["bodies"] = Body.objects.filter(active_to=None).exclude(kind=BodyKind.EXISTING).order_by("kind", "name")
    return render(request, "chain/decide_proposal.html", context, status=400 if problem.form else 200)


def _to_read(request: HttpRequest, code: str) -> tuple[Actor, Proposal]:
    """Who looks, and a proposal that they may read; who reads no chain does not hear whether it exists."""
    reading_actor(request)
    found = _proposal(code)
    return reading_actor(request, found), found


def _proposal(code: str) -> Proposal:
    rows = Proposal.objects.select_related("dossier", "meeting", "decision", "supersedes__decision")
    found = rows.filter(code=known(code)).first()
    if found is None:
        raise Http404
    return found
