"""Phones: join with a code, follow, say something. All of it works with plain forms as well."""

from __future__ import annotations

import json
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from schakelbord.core.languages import said
from schakelbord.core.numbers import whole_number
from schakelbord.errors import RightError, SchakelbordError
from schakelbord.live.devices import device_of, give_device
from schakelbord.live.http import Asked, command_view, problem
from schakelbord.live.journal import Payload
from schakelbord.showing import voices
from schakelbord.showing.codes import Field, Layer, SessionState
from schakelbord.showing.joining import LINK, ended, participant_of, session_of_code
from schakelbord.showing.joining import join as join_session
from schakelbord.showing.models import Participant, Session
from schakelbord.showing.phones import GAP_FIELDS, asked_of, fates_of, form_choices, recognised_by, typed_in, voted_by
from schakelbord.showing.reading import read_body
from schakelbord.showing.views_common import address_of, session_or_404, shell_of, view_of
from schakelbord.stories.views import PART_HEADER


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """Type the code of the screen, say from where one looks, and go in."""
    code = request.POST.get("code", code)
    by_link = LINK.fullmatch(code) is not None
    context: dict[str, object] = {"code": code, "by_link": by_link, "layers": Layer.choices, "fields": Field.choices}
    status = 200
    if request.method == "POST":
        try:
            return _let_in(request, code)
        except SchakelbordError as refusal:
            sentence = said(refusal)
            status = 429 if refusal.code == "too_often" else 400
            context |= {"code": "" if by_link else code, "by_link": False}
            context |= {"problem": sentence, "layer": request.POST.get("layer"), "field": request.POST.get("field")}
    response = render(request, "showing/join.html", context, status=status)
    give_device(request, response)
    return response


def _let_in(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    session = session_of_code(code, address=address_of(request), device=device_of(request), now=now)
    response = redirect("showing:phone", session.pk)
    device = give_device(request, response)
    layer, field = request.POST.get("layer", ""), request.POST.get("field", "")
    join_session(
        session,
        device=device,
        layer=layer if layer in Layer.values else "",
        field=field if field in Field.values else "",
        now=now,
    )
    return response


@require_safe
@vary_on_headers(PART_HEADER)
def phone(request: HttpRequest, session_id: int) -> HttpResponse:
    """The session as a list; `scene` for who looks around on their own."""
    session = session_or_404(session_id)
    who = participant_of(session, device_of(request))
    if session.state == SessionState.ENDED:
        return render(request, "showing/ended.html", {"session": session})
    if who is None:
        return redirect("showing:join")
    scene = _own_scene(request)
    view = view_of(session, scene=scene, beat=999 if scene is not None else 0)
    context = {
        "view": view,
        "page": view.page,
        "mine": recognised_by(who),
        "voted": voted_by(who, view),
        "asked_again": asked_of(who),
        "follows": scene is None,
        "shell": shell_of(request),
        **form_choices(view),
    }
    return render(request, "showing/phone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def say_form(request: HttpRequest, session_id: int) -> HttpResponse:
    """Say something with a plain form, for who has no scripts; what was typed stays when it is refused."""
    session = session_or_404(session_id)
    who = _who(session, device_of(request))
    sentence = ""
    if request.method == "POST":
        try:
            _say_plainly(request, session, who)
        except SchakelbordError as refusal:
            sentence = said(refusal)
        else:
            return redirect("showing:phone", session.pk)
    view = view_of(session)
    earlier = next((item for item in asked_of(who) if item.key == request.GET.get("anders")), None)
    typed = request.POST or (typed_in(earlier) if earlier else {})
    about = typed.get("about") or request.GET.get("over", "")
    context = {
        "view": view,
        "kind": typed.get("kind") or request.GET.get("soort", "gap"),
        "instead_of": request.POST.get("instead_of") or (earlier.key if earlier else ""),
        "about": about,
        "about_title": next((gap.title for gap in view.gaps if gap.key == about), ""),
        "key": request.POST.get("key") or uuid4().hex,
        "typed": typed,
        "problem": sentence,
        **form_choices(view),
    }
    return render(request, "showing/say.html", context, status=400 if sentence else 200)


def _say_plainly(request: HttpRequest, session: Session, who: Participant) -> None:
    """The command of a plain form."""
    given, about = request.POST, request.POST.get("about", "")
    fields: dict[str, object] = {"kind": given.get("kind", ""), "about": about, "text": given.get("text", "")}
    verb = "submit"
    if given.get("kind") == "herken":
        verb, fields = given.get("verb", "recognise"), {"gap": about}
    elif given.get("kind") == "keuze":
        verb, fields = "vote-branch", {"branch": about, "option": 1 if given.get("option") == "1" else 0}
    elif given.get("kind") == "gap":
        fields |= {name: given.get(name, "") for name in GAP_FIELDS}
    if verb == "submit":
        fields["instead_of"] = given.get("instead_of", "")
    body = read_body(verb, json.dumps(fields).encode(), voices.VOICES)
    voices.perform(session, who, verb=verb, asked=body, key=given.get("key") or uuid4().hex)


def _own_scene(request: HttpRequest) -> int | None:
    raw = request.GET.get("scene", "")
    scene = whole_number(raw)
    return scene - 1 if 1 <= scene <= 999 else None


@require_safe
@never_cache
def fates(request: HttpRequest, session_id: int) -> HttpResponse:
    """What became of what this phone sent; nobody else's."""
    try:
        who = _who(session_or_404(session_id), device_of(request))
    except SchakelbordError as refusal:
        return problem(refusal)
    return JsonResponse({"items": fates_of(who)})


@command_view
def say(request: HttpRequest, asked: Asked, session_id: int, verb: str) -> Payload:
    """What a phone does."""
    session = session_or_404(session_id)
    body = read_body(verb, asked.body, voices.VOICES)
    return voices.perform(session, _who(session, asked.device), verb=verb, asked=body, key=asked.key)


def _who(session: Session, device: str) -> Participant:
    if session.state != SessionState.OPEN:
        raise ended()
    found = participant_of(session, device)
    if found is None:
        raise RightError(
            "not_joined",
            nl="Dit apparaat doet nog niet mee. Vul eerst de code van het scherm in.",
            en="This device does not take part yet. Fill in the code of the screen first.",
        )
    return found
