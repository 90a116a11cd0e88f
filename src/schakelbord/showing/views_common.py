"""What the views of all three screens share."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone

from schakelbord.core.languages import current_language
from schakelbord.showing.codes import SessionState
from schakelbord.showing.joining import finish_ending
from schakelbord.showing.models import Session
from schakelbord.showing.selectors import SessionView, session_view
from schakelbord.stories.views import PART_HEADER


def session_or_404(session_id: int) -> Session:
    """The session with this key."""
    found = Session.objects.select_related("room").filter(pk=session_id).first()
    if found is None:
        raise Http404
    if found.state == SessionState.ENDED and found.room.closed_at is None:
        finish_ending(found, now=timezone.now())
    return found


def view_of(session: Session, *, scene: int | None = None, beat: int = 0, large: bool = False) -> SessionView:
    """What the screens show of a session now, in the language of the page; `large` for large letters on the stage."""
    return session_view(session, current_language(), now=timezone.now(), scene=scene, beat=beat, large=large)


def shell_of(request: HttpRequest) -> str:
    """The template around a page; none when a script asks only for its parts."""
    return "stories/_bare.html" if PART_HEADER in request.headers else "core/base.html"


def address_of(request: HttpRequest) -> str:
    """The network address of whoever asks, for limits; never kept."""
    return str(request.META.get("REMOTE_ADDR") or "")


def join_address(request: HttpRequest) -> str:
    """What people type to take part, without the scheme."""
    return f"{request.get_host()}/mee"
