"""The presenter's desk: sessions, the desk itself, and its commands."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language
from schakelbord.errors import InputError
from schakelbord.live.http import Asked, command_view
from schakelbord.live.journal import Payload
from schakelbord.showing import desk as services
from schakelbord.showing.joining import end_session, make_session, open_session, require_desk
from schakelbord.showing.models import Session
from schakelbord.showing.selectors import inbox_of
from schakelbord.showing.views_common import join_address, session_or_404, shell_of, view_of
from schakelbord.stories.library import all_stories
from schakelbord.stories.views import PART_HEADER


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """All sessions, and a form to start one."""
    require_desk(actor_of(request.user))
    rows = Session.objects.order_by("-made_at")[:50]
    language = current_language()
    stories = [(story.id, story.title.get(language)) for story in all_stories().values()]
    chosen = request.GET.get("verhaal", "")
    return render(request, "showing/sessions.html", {"sessions": rows, "stories": stories, "chosen": chosen})


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a session of a story, open it, and go to the desk."""
    actor = actor_of(request.user)
    story = all_stories().get(request.POST.get("story", ""))
    if story is None:
        raise InputError("story", "story", nl="Kies een verhaal.", en="Choose a story.")
    minutes = request.POST.get("minutes", "50")
    session = make_session(
        actor,
        story,
        title=request.POST.get("title") or story.title.get(current_language()),
        minutes=int(minutes) if minutes.isdecimal() and 1 <= int(minutes) <= 480 else 50,
        now=timezone.now(),
    )
    open_session(actor, session, key=uuid4().hex)
    return redirect("showing:desk", session.pk)


@require_safe
@vary_on_headers(PART_HEADER)
def desk(request: HttpRequest, session_id: int) -> HttpResponse:
    """The desk of a session; only its parts when the script asks."""
    require_desk(actor_of(request.user))
    session = session_or_404(session_id)
    view = view_of(session)
    context = {
        "view": view,
        "page": view.page,
        "inbox": inbox_of(session, current_language()),
        "join_address": join_address(request),
        "shell": shell_of(request),
    }
    return render(request, "showing/desk.html", context)


@command_view
def do(request: HttpRequest, asked: Asked, session_id: int, verb: str) -> Payload:
    """A command of the desk."""
    actor = actor_of(request.user)
    session = session_or_404(session_id)
    if verb == "open":
        return open_session(actor, session, key=asked.key)
    if verb == "end":
        end_session(actor, session, key=asked.key, now=timezone.now())
        return {}
    return services.perform(actor, session, verb=verb, body=asked.body, key=asked.key)
