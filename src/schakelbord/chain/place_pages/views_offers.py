"""Answering an offer: by the link that was mailed, or logged in; and the days of the chain for a calendar."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.codes import MemberRole
from schakelbord.bodies.models import Body, Person
from schakelbord.chain.acts import day_of, require
from schakelbord.chain.codes import PlacementState
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.links import read_secret
from schakelbord.chain.models import Placement
from schakelbord.chain.place_pages.feeds import Feed, calendar_of_feed, feed_of
from schakelbord.chain.placing import PLACEABLE, answer_by_link, answer_offer
from schakelbord.chain.rights import seats_of
from schakelbord.core.errors import STATUS_OF
from schakelbord.core.languages import said
from schakelbord.core.numbers import whole_number
from schakelbord.errors import InputError, SchakelbordError
from schakelbord.meetings.post_office import POST_OFFICE

ANSWERS: Final = {"yes": True, "no": False}
LATELY: Final = 8
"""Answers of before that the page shows."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, secret: str) -> HttpResponse:
    """An offer for whoever holds the link to it. Reading changes nothing, and it is answered once."""
    found = _offer_of(secret)
    if found is None:
        return render(request, "chain/place_unknown.html", status=404)
    row, person = found
    context: dict[str, Any] = {"typed": {}}
    status = 200
    if request.method == "POST":
        given = request.POST
        try:
            answer_by_link(
                row,
                person,
                takes_on=takes_on(given.get("answer")),
                reason=given.get("reason", ""),
                key=form_key(request.POST),
            )
        except SchakelbordError as refusal:
            status = STATUS_OF.get(type(refusal), 400)
            context = {"typed": given, "problem": said(refusal), "where": refusal.where}
            row = _rows().get(pk=row.pk)
        else:
            POST_OFFICE.hurry()
            return redirect("chain:offer", secret)
    context |= {"row": row, "person": person, "key": fresh_key(), "stands": stands(row, person)}
    return render(request, "chain/place_offer.html", context, status=status)


@never_cache
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """The open offers of the bodies that one serves, what was answered lately, and the days for one's calendar."""
    return _offers_page(request)


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Answer an offer, logged in; what was typed stays when something is missing."""
    given = request.POST
    row = _rows().filter(pk=whole_number(given.get("placement"))).first()
    if row is None:
        return render(request, "chain/place_unknown.html", status=404)
    try:
        answer_offer(
            actor_of(request.user),
            row,
            takes_on=takes_on(given.get("answer")),
            reason=given.get("reason", ""),
            key=form_key(request.POST),
        )
    except InputError as refusal:
        about = {"failed": row.pk, "typed": given, "problem": said(refusal), "where": refusal.where}
        return _offers_page(request, status=400, **about)
    if given["answer"] == "yes":
        told = _("%(body)s takes %(node)s on.") % {"body": row.body.called, "node": row.action.code}
    else:
        told = _("%(body)s declined %(node)s.") % {"body": row.body.called, "node": row.action.code}
    messages.success(request, told)
    POST_OFFICE.hurry()
    return redirect("chain:offers")


@require_safe
def agenda(request: HttpRequest, secret: str) -> HttpResponse:
    """The days of a person or a body, for a calendar program that holds the link."""
    now = timezone.now()
    feed = feed_of(secret, today=day_of(now))
    if feed is None:
        return render(request, "chain/place_unknown.html", status=404)
    content = calendar_of_feed(feed, site=request.build_absolute_uri("/").rstrip("/"), now=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="schakelbord.ics"'
    response["Cache-Control"] = "private, max-age=900"
    return response


def takes_on(text: str | None) -> bool:
    """What somebody chose.

    Raises:
        InputError: nothing.
    """
    if text not in ANSWERS:
        raise InputError("answer", "answer", nl="Kies wat uw gremium doet.", en="Choose what your body does.")
    return ANSWERS[text]


def stands(row: Placement, person: Person) -> str:
    """How an offer stands for somebody who holds the link to it: `open`, or why it is no longer theirs to answer."""
    if row.state in {PlacementState.ACCEPTED, PlacementState.DECLINED}:
        return "yours" if row.answered_for_id == person.pk else "theirs"
    if row.state == PlacementState.OFFERED and row.action.state in PLACEABLE:
        return "open" if row.body.secretary_id == person.pk else "other"
    return "back" if row.state == PlacementState.UNANSWERED else "gone"


def _rows() -> QuerySet[Placement]:
    rows = Placement.objects.select_related("body__secretary", "action__body", "action__owner__person", "answered_for")
    return rows.select_related("action__decision__proposal__dossier", "action__owner__organisation", "decided_by")


def _offer_of(secret: str) -> tuple[Placement, Person] | None:
    ids = read_secret("offer", secret)
    if ids is None:
        return None
    row = _rows().filter(pk=ids[0]).first()
    person = Person.objects.filter(pk=ids[1], erased_at=None).first()
    return (row, person) if row is not None and person is not None else None


def _offers_page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    actor, today = actor_of(request.user), day_of(timezone.now())
    require(
        actor.user_id is not None,
        actor,
        nl="Log in om te zien welke acties aan uw gremium zijn aangeboden.",
        en="Log in to see which actions were offered to your body.",
    )
    served = bodies_served(actor)
    mine = _rows().filter(body__in=served).prefetch_related("action__results")
    open_ones = mine.filter(state=PlacementState.OFFERED, action__state__in=PLACEABLE).order_by("answer_by", "pk")
    answered = mine.filter(state__in=[PlacementState.ACCEPTED, PlacementState.DECLINED]).order_by("-answered_at")
    person = Person.objects.filter(user=actor.user_id or 0, erased_at=None).first()
    seats = seats_of(actor, today).select_related("body").order_by("body__name")
    bodies = {body.pk: body for body in [*served, *(seat.body for seat in seats)]}
    site = request.build_absolute_uri("/").rstrip("/")
    context = {
        "rows": open_ones,
        "answered": answered[:LATELY],
        "served": served,
        "feeds": [(one, site + one.path) for one in (Feed(person), *(Feed(person, row) for row in bodies.values()))]
        if person
        else [],
        "key": fresh_key(),
        "today": today,
        "typed": {},
    }
    return render(request, "chain/place_offers.html", context | more, status=status)


def bodies_served(actor: Actor) -> list[Body]:
    """The bodies of which somebody is the secretary today."""
    if actor.user_id is None:
        return []
    seats = seats_of(actor, day_of(timezone.now())).filter(role=MemberRole.SECRETARY)
    rows = Body.objects.filter(Q(secretary__user_id=actor.user_id) | Q(pk__in=seats.values("body")))
    return list(rows.order_by("name"))
