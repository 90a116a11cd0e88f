"""Where an action lands: bodies in the order of fit, and for each what somebody does with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body
from schakelbord.chain import actions, placing
from schakelbord.chain.actions import CONSIDERED
from schakelbord.chain.acts import a_day, a_reason, day_of, require
from schakelbord.chain.codes import ActionState, PlacementState
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.models import Action, Placement
from schakelbord.chain.place_pages.fitting import SHOWN, Candidate, Fitting, Standing, fitting_of
from schakelbord.chain.place_pages.views_offers import bodies_served
from schakelbord.chain.rights import may_lead_chain, may_read_chain, reads_proposal
from schakelbord.core.errors import STATUS_OF
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number
from schakelbord.errors import InputError, SchakelbordError
from schakelbord.meetings.post_office import POST_OFFICE

CLOSED_NL: Final = "Dit kunt u niet zien. Het is voor wie voorbereidt, besluit, uitvoert of controleert."
CLOSED_EN: Final = "You cannot see this. It is for who prepares, decides, carries out or checks."
CHOICES: Final = ("offer", "unsuitable")
SHOWN_WHEN_UNCLEAR: Final = 3
TO_CHOOSE: Final = frozenset({PlacementState.SUGGESTED, PlacementState.UNANSWERED})
REFUSED: Final = frozenset({PlacementState.DECLINED, PlacementState.UNSUITABLE})
CHOSEN: Final = frozenset({PlacementState.OFFERED, PlacementState.ACCEPTED})


@dataclass(slots=True)
class Line:
    """A body on the page: how it fits, what was done with it, and what somebody is about to do."""

    body: Body
    candidate: Candidate | None = None
    placement: Placement | None = None
    choice: str = ""
    reason: str = ""
    problem: str = ""
    where: str = ""
    reasons: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Of the placement; a body that nobody looked at is suggested."""
        return self.placement.state if self.placement else PlacementState.SUGGESTED

    @property
    def is_to_choose(self) -> bool:
        """Whether it waits for a choice."""
        return self.state in TO_CHOOSE

    @property
    def standing(self) -> str:
        """How well it fits: as it was told when somebody chose, or else as it is seen now."""
        told = self.placement.fit.get("standing", "") if self.placement and not self.is_to_choose else ""
        return told or (str(self.candidate.standing) if self.candidate else "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def placement(request: HttpRequest, code: str) -> HttpResponse:
    """Which bodies could take an action on; with a form, what is done with each."""
    actor = actor_of(request.user)
    require(
        may_read_chain(actor),
        actor,
        nl=CLOSED_NL,
        en=CLOSED_EN,
    )
    action = _action(code)
    require(reads_proposal(actor, action.decision.proposal, day_of(timezone.now())), actor, nl=CLOSED_NL, en=CLOSED_EN)
    fitting = fitting_of(action, today=day_of(timezone.now()))
    lines = _lines(action, fitting)
    if request.method != "POST":
        return _page(request, action, fitting, lines)
    _fill_in(lines, request.POST)
    try:
        if request.POST.get("then") == "none":
            _none_fits(actor, action, lines, request)
        else:
            _choose(actor, action, lines, request)
    except SchakelbordError as refusal:
        if not isinstance(refusal, InputError):
            messages.error(request, said(refusal))
            return redirect("chain:placement", action.code)
        about = {"problem": said(refusal), "where": refusal.where, "typed": request.POST}
        return _page(request, _action(code), fitting, lines, status=STATUS_OF[InputError], **about)
    POST_OFFICE.hurry()
    return redirect("chain:placement", action.code)


def _choose(actor: Actor, action: Action, lines: list[Line], request: HttpRequest) -> None:
    """Do what was chosen at each body; nothing when something is missing."""
    chosen = [line for line in lines if line.choice in CHOICES]
    if not chosen:
        raise InputError(
            "nothing_chosen",
            "choices",
            nl="Kies bij minstens één gremium wat u doet.",
            en="Choose at one body at least what you do.",
        )
    _check(chosen)
    answer_by = request.POST.get("answer_by", "").strip()
    if answer_by and any(line.choice == "offer" for line in chosen):
        a_day(answer_by, field="answer_by", today=day_of(timezone.now()))
    offered = [_do(actor, action, line, answer_by=answer_by, key=form_key(request.POST)) for line in chosen]
    count, refused = sum(offered), len(offered) - sum(offered)
    told = []
    if count:
        told.append(ngettext("Offered to %(n)s body.", "Offered to %(n)s bodies.", count) % {"n": count})
    if refused:
        told.append(ngettext("%(n)s body does not fit.", "%(n)s bodies do not fit.", refused) % {"n": refused})
    messages.success(request, " ".join(told))


def _none_fits(actor: Actor, action: Action, lines: list[Line], request: HttpRequest) -> None:
    """Somebody says that no body fits; at least one was looked at, and has a reason of its own."""
    reason = a_reason(request.POST.get("no_body_reason", ""), field="no_body_reason")
    refused = [line for line in lines if line.choice == "unsuitable"]
    if not refused and not any(line.state in CONSIDERED for line in lines):
        raise InputError(
            "none_considered",
            "no_body_reason",
            nl="Zeg eerst bij minstens één gremium waarom het niet past.",
            en="Say first of one body at least why it does not fit.",
        )
    _check(refused)
    for line in refused:
        _do(actor, action, line, answer_by="", key=form_key(request.POST))
    actions.complete(
        actor,
        action,
        owner=action.owner,
        body=action.body,
        due=action.due,
        no_body_reason=reason,
        key=f"{form_key(request.POST)}-none",
    )
    messages.success(request, _("It stands in the thread that no existing body fits."))


def _check(chosen: list[Line]) -> None:
    for line in chosen:
        if line.choice == "unsuitable":
            try:
                a_reason(line.reason)
            except InputError as refusal:
                line.problem, line.where = said(refusal), "reason"
    if any(line.problem for line in chosen):
        raise InputError(
            "reasons_missing",
            "choices",
            nl="Er ontbreekt nog een reden. Er is niets verstuurd.",
            en="A reason is still missing. Nothing was sent.",
        )


def _do(actor: Actor, action: Action, line: Line, *, answer_by: str, key: str) -> bool:
    """Offer, or say why not; gives whether it was offered. A refusal stands at its body."""
    candidate = line.candidate
    placing.consider(
        actor,
        action,
        line.body,
        rank=candidate.rank if candidate else None,
        fit=candidate.as_fit() if candidate else None,
        key=f"{key}-{line.body.pk}-look",
    )
    row = Placement.objects.select_related("action__decision__proposal__dossier", "body").get(
        action=action, body=line.body
    )
    try:
        if line.choice == "offer":
            placing.offer(actor, row, answer_by=answer_by or None, key=f"{key}-{line.body.pk}-offer")
        else:
            placing.unsuitable(actor, row, reason=line.reason, key=f"{key}-{line.body.pk}-not")
    except InputError as refusal:
        line.problem, line.where = said(refusal), refusal.where
        raise
    return line.choice == "offer"


def _lines(action: Action, fitting: Fitting) -> list[Line]:
    """All bodies in the order of fit; after them those that were looked at before and take no actions on any more."""
    known = {row.body_id: row for row in action.placements.select_related("body", "answered_for").order_by("pk")}
    lines = [Line(one.body, one, known.pop(one.body.pk, None)) for one in fitting.candidates]
    lines.extend(Line(row.body, None, row) for row in known.values())
    language = current_language()
    for line in lines:
        told = line.placement.fit.get("reasons", ()) if line.placement and not line.is_to_choose else ()
        if told:
            line.reasons = [(one[language], one["for"]) for one in told]
        elif line.candidate:
            line.reasons = [(one.says.get(language), one.speaks_for) for one in line.candidate.reasons]
    return lines


def _fill_in(lines: list[Line], given: Mapping[str, str]) -> None:
    for line in lines:
        choice = given.get(f"choice-{line.body.pk}", "")
        line.choice = choice if choice in CHOICES else ""
        line.reason = given.get(f"reason-{line.body.pk}", "")


def _page(
    request: HttpRequest, action: Action, fitting: Fitting, lines: list[Line], *, status: int = 200, **more: Any
) -> HttpResponse:
    actor, today = actor_of(request.user), day_of(timezone.now())
    most = SHOWN if fitting.is_clear else SHOWN_WHEN_UNCLEAR
    wants_all, added = "alle" in request.GET, whole_number(request.GET.get("erbij"))
    shown = [
        line
        for place, line in enumerate(lines)
        if wants_all or place < most or not line.is_to_choose or line.choice or line.body.pk == added
    ]
    is_open = action.state in placing.PLACEABLE
    context = {
        "action": action,
        "lines": shown if is_open else [line for line in lines if line.placement and not line.is_to_choose],
        "more": [line.body for line in lines if line not in shown],
        "is_clear": fitting.is_clear,
        "has_bodies": bool(fitting.candidates),
        "is_open": is_open,
        "may_choose": is_open and may_lead_chain(actor),
        "may_say_none": action.state == ActionState.PROPOSED,
        "served": {body.pk for body in bodies_served(actor)},
        "refused": sum(line.state in REFUSED for line in shown),
        "chosen": sum(line.state in CHOSEN for line in shown),
        "waiting": sum(line.is_to_choose for line in shown),
        "answer_by": request.POST.get("answer_by", (today + dt.timedelta(days=placing.DAYS_TO_ANSWER)).isoformat()),
        "today": today,
        "best": Standing.BEST,
        "key": fresh_key(),
        "typed": {},
    }
    return render(request, "chain/place_placement.html", context | more, status=status)


def _action(code: str) -> Action:
    rows = Action.objects.select_related("decision__proposal__dossier", "owner__person", "body", "programme")
    found = rows.prefetch_related("results").filter(code=code.upper()).first()
    if found is None:
        raise Http404
    return found
