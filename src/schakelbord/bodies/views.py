"""Bodies and who sits in them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.codes import Area, BodyKind, BodyLayer, MemberRole
from schakelbord.bodies.models import Body
from schakelbord.bodies.rights import may_change_bodies, may_see_bodies
from schakelbord.bodies.services import add_member, change_body, end_membership, erase_person, make_body
from schakelbord.core.languages import said
from schakelbord.core.numbers import whole_number
from schakelbord.errors import InputError, RightError


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies, and a form for a new one."""
    _require_reader(request)
    return render(request, "bodies/bodies.html", _list(request))


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a body; what was typed stays when something is missing."""
    try:
        made = make_body(actor_of(request.user), request.POST.dict())
    except InputError as refusal:
        context = _list(request) | {"problem": said(refusal), "where": refusal.where, "typed": request.POST}
        return render(request, "bodies/bodies.html", context, status=400)
    return redirect("bodies:body", made.pk)


@require_safe
def body(request: HttpRequest, body_id: int) -> HttpResponse:
    """A body: its task, and who sits in it."""
    _require_reader(request)
    return _page(request, _body(body_id))


@require_POST
def change(request: HttpRequest, body_id: int) -> HttpResponse:
    """Change what a body is for; what was typed stays when something is wrong."""
    found = _body(body_id)
    try:
        change_body(actor_of(request.user), found, request.POST.dict())
    except InputError as refusal:
        about = {"problem": said(refusal), "where": refusal.where, "typed": request.POST}
        return _page(request, _body(body_id), status=400, **about)
    return redirect("bodies:body", found.pk)


def _page(request: HttpRequest, found: Body, *, status: int = 200, **more: object) -> HttpResponse:
    members = found.memberships.select_related("person", "organisation").order_by("to_day", "person__name")
    people = {row.person_id: row.person.name for row in members if row.to_day is None}
    if found.secretary is not None:
        people.setdefault(found.secretary.pk, found.secretary.name)
    context = {
        "body": found,
        "people": [(str(key), name) for key, name in people.items()],
        "members": [row for row in members if row.to_day is None],
        "left": [row for row in members if row.to_day is not None],
        "roles": MemberRole.choices,
        "may_change": may_change_bodies(actor_of(request.user)),
        "areas": Area.choices,
        "typed": {
            "mandate": found.mandate,
            "themes": ", ".join(str(theme) for theme in found.themes),
            "area": found.area,
            "meets_every_days": found.meets_every_days or "",
            "secretary": str(found.secretary_id or ""),
            "accepts_actions": found.accepts_actions,
        },
    }
    return render(request, "bodies/body.html", context | more, status=status)


@require_POST
def member(request: HttpRequest, body_id: int) -> HttpResponse:
    """Somebody comes to sit in a body, or leaves it."""
    found, actor = _body(body_id), actor_of(request.user)
    row = found.memberships.select_related("person").filter(pk=whole_number(request.POST.get("member"))).first()
    try:
        if request.POST.get("then") == "erase":
            if row is not None:
                erase_person(actor, row.person, now=timezone.now())
        elif request.POST.get("then") == "end":
            if row is not None:
                end_membership(actor, row, now=timezone.now())
        else:
            add_member(actor, found, request.POST.dict(), now=timezone.now())
    except InputError as refusal:
        return _page(request, found, status=400, problem=said(refusal), where=refusal.where, somebody=request.POST)
    return redirect("bodies:body", found.pk)


def _require_reader(request: HttpRequest) -> None:
    if not may_see_bodies(actor_of(request.user)):
        raise RightError(
            "not_a_reader",
            nl="Dit kunt u niet zien. Het is voor wie bijeenkomsten voorbereidt, besluit of controleert.",
            en="You cannot see this. It is for who prepares meetings, decides or checks.",
        )


def _list(request: HttpRequest) -> dict[str, object]:
    rows = Body.objects.prefetch_related("memberships").order_by("kind", "name")
    groups = [(str(kind.label), [row for row in rows if row.kind == kind]) for kind in BodyKind]
    return {
        "groups": [(label, found) for label, found in groups if found],
        "kinds": BodyKind.choices,
        "layers": BodyLayer.choices,
        "may_change": may_change_bodies(actor_of(request.user)),
        "typed": {},
    }


def _body(body_id: int) -> Body:
    found = Body.objects.select_related("secretary").filter(pk=body_id).first()
    if found is None:
        raise Http404
    return found
