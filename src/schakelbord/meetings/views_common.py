"""What the views of preparing a meeting share."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import said
from schakelbord.errors import SchakelbordError
from schakelbord.meetings import services
from schakelbord.meetings.acts import Deed, require
from schakelbord.meetings.models import Meeting
from schakelbord.meetings.rights import may_read_meeting


def meeting_to_read(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting, for who may read it as a whole."""
    found = Meeting.objects.select_related("room", "dossier").filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    actor = actor_of(request.user)
    require(may_read_meeting(actor, found), actor)
    return found


def prepared(request: HttpRequest, found: Meeting, verb: str, deed: Deed, *, back: str) -> HttpResponse:
    """Carry a change out and go back; a refusal stands on the page."""
    key = request.POST.get("key") or secrets.token_hex(12)
    try:
        fields = str(sorted(request.POST.lists()))
        services.prepare(actor_of(request.user), found, verb, deed, key=key, asked={"fields": fields})
    except SchakelbordError as refusal:
        messages.error(request, said(refusal))
    return redirect(back or "meetings:invitations", *([] if back else [found.pk]))


def number(text: str | None) -> int:
    """A key as a form gives it; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0
