"""What the views of all screens of a meeting share."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from schakelbord.accounts.selectors import actor_of
from schakelbord.live.devices import device_of
from schakelbord.meetings.models import Meeting, Table
from schakelbord.stories.views import PART_HEADER
from schakelbord.tables.here import Here, who_is_here


def meeting_or_404(meeting_id: int) -> Meeting:
    """The meeting with this key."""
    found = Meeting.objects.select_related("room", "dossier").filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return found


def table_or_404(meeting: Meeting, number: int) -> Table:
    """The table with this number."""
    found = meeting.tables.select_related("theme", "host__person", "pitcher__person", "pitch_source")
    table = found.filter(number=number).first()
    if table is None:
        raise Http404
    return table


def here_of(request: HttpRequest, meeting: Meeting) -> Here:
    """Who this is in a meeting."""
    return who_is_here(meeting, actor_of(request.user), device_of(request))


def shell_of(request: HttpRequest) -> str:
    """The template around a page; none when a script asks only for its parts."""
    return "stories/_bare.html" if PART_HEADER in request.headers else "core/base.html"


def seq_of(meeting: Meeting) -> int:
    """The newest event of the room, read before the page is made: what comes later is told to the page."""
    return int(Meeting.objects.values_list("room__last_seq", flat=True).get(pk=meeting.pk))
