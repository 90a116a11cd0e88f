"""The big screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.display import read_display
from schakelbord.errors import InputError, RightError
from schakelbord.live.devices import device_of
from schakelbord.showing.admission import WALL_KEY
from schakelbord.showing.joining import link_of, session_of_code
from schakelbord.showing.models import Session
from schakelbord.showing.rights import may_run_sessions
from schakelbord.showing.views_common import address_of, join_address, session_or_404, shell_of, view_of
from schakelbord.showing.wall_page import join_of, wall_of
from schakelbord.stories.views import PART_HEADER


@require_safe
@vary_on_headers(PART_HEADER)
def wall(request: HttpRequest, session_id: int) -> HttpResponse:
    """The big screen of a session, for the desk or for who has the code."""
    session = session_or_404(session_id)
    _admit(request, session)
    view = view_of(session, large=read_display(request).letters == "large")
    join = join_of(join_address(request), session.join_code, link_of(session), secure=request.is_secure())
    context = {"view": view, "page": view.page, "wall": wall_of(view, join), "shell": shell_of(request)}
    return render(request, "showing/wall.html", context)


def _admit(request: HttpRequest, session: Session) -> None:
    """Let the desk in, and whoever knows the code; the browser then remembers which screen it is."""
    if request.session.get(WALL_KEY) == session.pk or may_run_sessions(actor_of(request.user)):
        return
    if "code" in request.GET and _is_of(session, request):
        request.session[WALL_KEY] = session.pk
        return
    raise RightError(
        "not_this_screen",
        nl="Dit is het scherm van een zaal. Open het vanaf de tafel van de verteller.",
        en="This is the screen of a room. Open it from the presenter's desk.",
    )


def _is_of(session: Session, request: HttpRequest) -> bool:
    """Whether the code in the address is the one of this session; guessing is limited here as well."""
    code = request.GET["code"]
    try:
        found = session_of_code(code, address=address_of(request), device=device_of(request), now=timezone.now())
    except InputError:
        return False
    return found.pk == session.pk
