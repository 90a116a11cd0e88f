"""Decisions: the list, the page of one, and what one can do there: consent, ask, adopt, turn down, propose actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body, Membership
from schakelbord.chain import actions, deciding
from schakelbord.chain.acts import actor_key
from schakelbord.chain.codes import Outcome, ProposalState, Stance
from schakelbord.chain.decide_pages.decisions import decision_page, line_of, proposals_with_text
from schakelbord.chain.decide_pages.forms import (
    NOTHING,
    Refused,
    a_date,
    known,
    reading_actor,
    refused,
    this_day,
)
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.models import Action, Decision, Proposal
from schakelbord.chain.post.asking import ask_again
from schakelbord.chain.rights import held_on, may_lead_chain, readable_proposals, seats_of
from schakelbord.core.numbers import whole_number, whole_numbers
from schakelbord.errors import InputError, RightError, SchakelbordError
from schakelbord.meetings.models import Meeting
from schakelbord.tables.models import DesiredResult

LINES: Final = 50
STATES: Final[Mapping[str, Q]] = {
    "concept": Q(state=ProposalState.DRAFT),
    "ligt-voor": Q(state=ProposalState.TABLED),
    "vastgesteld": Q(decision__outcome__in=[Outcome.ADOPTED, Outcome.AMENDED]),
    "verworpen": Q(decision__outcome=Outcome.REJECTED),
    "aangehouden": Q(decision__outcome=Outcome.DEFERRED),
    "ingetrokken": Q(state=ProposalState.WITHDRAWN),
}
ENDORSE_FIELDS: Final = {"stance": "stance", "reason": "reason", "text": "reason", "present": "present"}
ACTION_FIELDS: Final = {
    "title": "title",
    "due": "due",
    "result": "result",
    "baseline": "baseline",
    "target": "target",
    "by_when": "by_when",
    "no_body_reason": "no_body_reason",
    "reason": "no_body_reason",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One form that was sent about a decision."""

    actor: Actor
    decision: Decision
    given: QueryDict
    key: str


@never_cache
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """All proposals and decisions, newest first, by year, state and meeting."""
    actor = reading_actor(request)
    day = this_day()
    chosen = {name: request.GET.get(name, "")[:12] for name in ("jaar", "stand", "bijeenkomst")}
    allowed = readable_proposals(actor, day)
    readable = Proposal.objects.filter(allowed)
    rows = proposals_with_text().filter(allowed).order_by("-made_at", "-pk")
    years = [moment.year for moment in readable.datetimes("made_at", "year", order="DESC")]
    if year := whole_number(chosen["jaar"]):
        # A database refuses a year that no calendar has; of a year without proposals there are none either way.
        rows = rows.filter(made_at__year=year) if year in years else rows.none()
    if chosen["stand"] in STATES:
        rows = rows.filter(STATES[chosen["stand"]])
    if chosen["bijeenkomst"]:
        rows = rows.filter(meeting__code=chosen["bijeenkomst"].upper())
    page = Paginator(rows, LINES).get_page(request.GET.get("pagina"))
    context = {
        "lines": [line_of(row, today=day) for row in page.object_list],
        "page": page,
        "chosen": chosen,
        "states": _state_names(),
        "years": years,
        "meetings": Meeting.objects.filter(decision_proposals__in=readable).distinct().order_by("-starts_at")[:50],
        "rounds": _rounds(readable),
        "may_lead": may_lead_chain(actor),
    }
    return render(request, "chain/decide_list.html", context)


@never_cache
@require_safe
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """A decision: its text, each body's word, what is missing, and the actions under it."""
    _actor, found = _to_read(request, code)
    return _page(request, found, NOTHING)


@never_cache
@require_POST
def decide(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step with a decision; a refusal comes back at its field."""
    actor, found = _to_read(request, code)
    if verb not in VERBS:
        raise Http404
    deed, fields, part = VERBS[verb]
    try:
        message = deed(Asked(actor, found, request.POST, form_key(request.POST)))
    except RightError:
        raise
    except SchakelbordError as refusal:
        problem = refused(verb, refusal, request.POST, fields, request.POST.get("action", ""))
        return _page(request, _decision(code), problem)
    # A fragment in the address would take the page past what is said, and the focus with it: a link leads there.
    messages.success(request, message, extra_tags=part)
    return redirect("chain:decision", found.code)


def _endorse(asked: Asked) -> str:
    given = asked.given
    seats = seats_of(asked.actor, this_day()).filter(may_decide=True).select_related("body")
    seat = seats.filter(pk=whole_number(given.get("seat"))).first()
    if seat is None:
        raise RightError(
            "may_not_decide",
            nl="U kunt voor dit gremium niet instemmen: daarvoor moet u er vandaag beslisbevoegd lid van zijn.",
            en="You cannot consent for this body: you must be a member of it who may decide today.",
        )
    deciding.endorse(
        seat,
        asked.decision,
        version=whole_number(given.get("version")),
        stance=given.get("stance", ""),
        present=given.get("present", ""),
        reason=given.get("reason", ""),
        basis=given.get("basis", ""),
        who=actor_key(asked.actor),
        key=asked.key,
    )
    return heard(seat, given.get("stance", ""))


def heard(seat: Membership, stance: str) -> str:
    """What a body said, in a sentence for who said it."""
    words = {
        Stance.CONSENT: _("%(body)s consents. This is written down."),
        Stance.OBJECTION: _("%(body)s objects. This is written down, with the reason."),
        Stance.ABSTAIN: _("%(body)s abstains. This is written down."),
    }
    return words[Stance(stance)] % {"body": seat.body.called}


def _ask(asked: Asked) -> str:
    body = Body.objects.filter(deciding__decision=asked.decision, pk=whole_number(asked.given.get("body"))).first()
    if body is None:
        raise InputError("no_body", "body", nl="Kies wie u het vraagt.", en="Choose whom you ask.")
    count = int(str(ask_again(asked.actor, asked.decision, body, key=asked.key)["count"]))
    words = ngettext("%(count)s mail goes to %(body)s.", "%(count)s mails go to %(body)s.", count)
    return words % {"count": count, "body": body.called}


def _adopt(asked: Asked) -> str:
    deciding.adopt(asked.actor, asked.decision, key=asked.key)
    return _("%(code)s was adopted. The text is fixed.") % {"code": asked.decision.code}


def _turn_down(asked: Asked) -> str:
    given = asked.given
    deciding.turn_down(
        asked.actor, asked.decision, outcome=given.get("outcome", ""), reason=given.get("reason", ""), key=asked.key
    )
    return _("This is written down, with the reason.")


def _propose_action(asked: Asked) -> str:
    given = asked.given
    chosen = whole_numbers(given.getlist("results"))
    made = actions.propose_action(
        asked.actor,
        asked.decision,
        title=given.get("title", ""),
        told=given.get("told", ""),
        owner=_owner(given),
        body=_body(given),
        due=given.get("due", "").strip() or None,
        results=list(
            DesiredResult.objects.filter(
                harvest__proposals=asked.decision.proposal_id, removed=False, pk__in=chosen
            ).order_by("pk")
        ),
        wanted=_wanted(given),
        key=asked.key,
    )
    return _("%(code)s was proposed.") % {"code": made["node"]}


def _complete_action(asked: Asked) -> str:
    given, row = asked.given, _action(asked)
    actions.complete(
        asked.actor,
        row,
        owner=_owner(given),
        body=_body(given),
        due=given.get("due", "").strip() or None,
        no_body_reason=given.get("no_body_reason", ""),
        wanted=_wanted(given),
        key=asked.key,
    )
    return _("%(code)s was filled in.") % {"code": row.code}


def _adopt_action(asked: Asked) -> str:
    row = _action(asked)
    actions.adopt_action(asked.actor, row, key=asked.key)
    return _("%(code)s was adopted. Its words and date are fixed.") % {"code": row.code}


Deed = Callable[[Asked], str]
VERBS: Final[Mapping[str, tuple[Deed, Mapping[str, str], str]]] = {
    "instemmen": (_endorse, ENDORSE_FIELDS, "instemming"),
    "vragen": (_ask, {}, "ontbreekt"),
    "vaststellen": (_adopt, {}, ""),
    "anders": (_turn_down, {"reason": "reason", "outcome": "outcome"}, ""),
    "actie": (_propose_action, ACTION_FIELDS, "acties"),
    "actie-aanvullen": (_complete_action, ACTION_FIELDS, "acties"),
    "actie-vaststellen": (_adopt_action, {}, "acties"),
}


def _page(request: HttpRequest, found: Decision, problem: Refused) -> HttpResponse:
    """The page of a decision, with a form that was refused filled in."""
    now = timezone.now()
    page = decision_page(found, actor_of(request.user), today=this_day(), now=now)
    context: dict[str, Any] = {
        "page": page,
        "decision": page.decision,
        "proposal": page.proposal,
        "refused": problem,
        "key": fresh_key(),
        "asked_side": next((one for one in page.sides if one.body.pk == page.seats[0].body_id), None)
        if len(page.seats) == 1
        else None,
        "stances": Stance.choices,
        "outcomes": [(one.value, one.label) for one in (Outcome.REJECTED, Outcome.DEFERRED)],
    }
    if page.may_lead:
        context |= {
            "members": _members(this_day()),
            "bodies": Body.objects.filter(active_to=None).order_by("name"),
            "results": DesiredResult.objects.filter(harvest__in=page.harvests, removed=False)
            .select_related("harvest")
            .order_by("harvest_id", "order"),
        }
    return render(request, "chain/decide_decision.html", context, status=400 if problem.form else 200)


def _to_read(request: HttpRequest, code: str) -> tuple[Actor, Decision]:
    """Who looks, and a decision that they may read; who reads no chain does not hear whether it exists."""
    reading_actor(request)
    found = _decision(code)
    return reading_actor(request, found.proposal), found


def _decision(code: str) -> Decision:
    rows = Decision.objects.select_related("proposal__dossier", "proposal__meeting", "supersedes")
    found = rows.prefetch_related("proposal__versions", "superseded_by").filter(code=known(code)).first()
    if found is None:
        raise Http404
    return found


def _action(asked: Asked) -> Action:
    found = asked.decision.actions.select_related("decision__proposal__dossier").filter(
        code=asked.given.get("action", "")[:12]
    )
    row = found.first()
    if row is None:
        raise Http404
    return row


def _owner(given: QueryDict) -> Membership | None:
    return Membership.objects.filter(held_on(this_day()), pk=whole_number(given.get("owner"))).first()


def _body(given: QueryDict) -> Body | None:
    return Body.objects.filter(pk=whole_number(given.get("body")), active_to=None).first()


def _wanted(given: QueryDict) -> list[actions.Wanted]:
    """The desired result that is written in the form; none when its first field is empty."""
    text = str(given.get("result", ""))
    if not text.strip():
        return []
    return [
        actions.Wanted(
            text,
            for_whom=given.get("for_whom", "").strip(),
            seen_by=given.get("seen_by", "").strip(),
            by_when=a_date(given.get("by_when"), at="by_when"),
            unit=given.get("unit", "").strip(),
            baseline=given.get("baseline", ""),
            target=given.get("target", ""),
            source=given.get("source", "").strip(),
        )
    ]


def _members(day: dt.date) -> list[Membership]:
    rows = Membership.objects.filter(held_on(day), person__erased_at=None, body__active_to=None)
    return list(rows.select_related("person", "body").order_by("body__name", "person__name"))


def _state_names() -> list[tuple[str, str]]:
    return [
        ("", _("Everything")),
        ("ligt-voor", str(ProposalState.TABLED.label)),
        ("vastgesteld", str(Outcome.ADOPTED.label)),
        ("verworpen", str(Outcome.REJECTED.label)),
        ("aangehouden", str(Outcome.DEFERRED.label)),
        ("concept", str(ProposalState.DRAFT.label)),
        ("ingetrokken", str(ProposalState.WITHDRAWN.label)),
    ]


def _rounds(readable: QuerySet[Proposal]) -> list[tuple[str, dt.date]]:
    """The written rounds: the code of each list, and its last day."""
    rows = readable.filter(meeting=None, deadline__isnull=False).exclude(state=ProposalState.DRAFT)
    found = rows.values_list("dossier_id", "deadline").distinct().order_by("-deadline")[:20]
    return [(f"ronde-{dossier}-{day:%Y-%m-%d}", day) for dossier, day in found if day]
