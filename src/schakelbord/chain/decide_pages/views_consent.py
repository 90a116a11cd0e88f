"""Consenting by a link in a mail, without an account. Looking changes nothing: mail scanners look too."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from schakelbord.chain import deciding
from schakelbord.chain.codes import Outcome, ProposalState, Stance
from schakelbord.chain.consent_links import asked_of
from schakelbord.chain.decide_pages.forms import NOTHING, refused, this_day
from schakelbord.chain.decide_pages.views import ENDORSE_FIELDS, heard
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.rights import may_endorse_for
from schakelbord.core.numbers import whole_number
from schakelbord.errors import SchakelbordError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, secret: str) -> HttpResponse:
    """Say for one's body what it thinks of a proposal."""
    asked = asked_of(secret)
    if asked is None:
        return render(request, "chain/decide_link_unknown.html", status=404)
    problem, given = NOTHING, request.POST
    if request.method == "POST":
        try:
            deciding.endorse(
                asked.seat,
                asked.decision,
                version=whole_number(given.get("version")),
                stance=given.get("stance", ""),
                present=given.get("present", ""),
                reason=given.get("reason", ""),
                basis=given.get("basis", ""),
                who=f"seat-{asked.seat.pk}",
                key=form_key(request.POST),
            )
        except SchakelbordError as refusal:
            problem = refused("instemmen", refusal, given, ENDORSE_FIELDS)
        else:
            messages.success(request, heard(asked.seat, given.get("stance", "")))
            return redirect("chain:consent", secret)
    decision, proposal = asked.decision, asked.decision.proposal
    proposal.refresh_from_db()
    decision.refresh_from_db(fields=["outcome", "final_text"])
    is_open = decision.outcome == Outcome.PENDING and proposal.state == ProposalState.TABLED
    context = {
        "asked": asked,
        "decision": decision,
        "proposal": proposal,
        "version": proposal.versions.get(number=proposal.version),
        "said": decision.endorsements.filter(body_id=asked.seat.body_id, replaced=False)
        .select_related("given_by__person")
        .first(),
        "is_open": is_open,
        "may": may_endorse_for(asked.seat, this_day()),
        "refused": problem,
        "stances": Stance.choices,
        "key": fresh_key(),
    }
    return render(request, "chain/decide_consent.html", context, status=400 if problem.form else 200)
