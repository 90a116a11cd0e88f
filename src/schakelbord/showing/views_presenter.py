"""The presenter's desk: sessions, the desk itself, and its commands."""

from __future__ import annotations

import json
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language, said
from schakelbord.errors import InputError
from schakelbord.live.http import Asked, command_view
from schakelbord.live.journal import Payload
from schakelbord.showing import desk as services
from schakelbord.showing.codes import SessionState
from schakelbord.showing.desk_page import desk_of
from schakelbord.showing.joining import end_session, make_session, open_session, require_desk
from schakelbord.showing.keeping import keep_in_story
from schakelbord.showing.session_list import MINUTES, read_wish, remains_of, session_groups
from schakelbord.showing.views_common import join_address, session_or_404, shell_of, view_of
from schakelbord.stories.home import story_links
from schakelbord.stories.views import PART_HEADER


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """All sessions, and a form to start one."""
    require_desk(actor_of(request.user))
    return render(request, "showing/sessions.html", _sessions_context(request.GET.get("verhaal", "")))


def _sessions_context(story: str) -> dict[str, object]:
    stories = story_links(current_language())
    return {"groups": session_groups(), "stories": stories, "chosen": story or stories[0].id, "minutes": MINUTES}


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a session of a story, with what the room may do; open it, unless it is only prepared."""
    actor = actor_of(request.user)
    require_desk(actor)
    try:
        wish = read_wish(request.POST, current_language())
        session = make_session(actor, wish.story, title=wish.title, minutes=wish.minutes, now=timezone.now())
    except InputError as refusal:
        context = _sessions_context(request.POST.get("story", ""))
        context |= {"problem": said(refusal), "where": refusal.where, "typed": request.POST}
        return render(request, "showing/sessions.html", context, status=400)
    for verb, fields in wish.commands:
        services.perform(actor, session, verb=verb, body=json.dumps(fields).encode(), key=uuid4().hex)
    if wish.opens:
        open_session(actor, session, key=uuid4().hex)
    return redirect("showing:desk", session.pk)


@require_safe
def after(request: HttpRequest, session_id: int) -> HttpResponse:
    """What remains of a session that has ended."""
    require_desk(actor_of(request.user))
    session = session_or_404(session_id)
    if session.state != SessionState.ENDED:
        return redirect("showing:desk", session.pk)
    return render(request, "showing/after.html", {"remains": remains_of(session, view_of(session))})


@require_safe
@vary_on_headers(PART_HEADER)
def desk(request: HttpRequest, session_id: int) -> HttpResponse:
    """The desk of a session; only its parts when the script asks."""
    user_id = require_desk(actor_of(request.user))
    session = session_or_404(session_id)
    if session.state == SessionState.ENDED:
        return redirect("showing:after", session.pk)
    view = view_of(session)
    context = {
        "view": view,
        "page": view.page,
        "desk": desk_of(view, user_id, current_language()),
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


@require_POST
def keep(request: HttpRequest, session_id: int) -> HttpResponse:
    """Keep what the room added in a draft of the story, during the session or after it, and go there."""
    actor = actor_of(request.user)
    require_desk(actor)
    made = keep_in_story(actor, session_or_404(session_id), now=timezone.now())
    return redirect("editor:draft", made.pk)
