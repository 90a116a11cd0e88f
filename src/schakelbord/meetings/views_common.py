"""What the views of preparing a meeting share."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import said
from schakelbord.errors import RightError, SchakelbordError
from schakelbord.live.http import KEY
from schakelbord.meetings import services
from schakelbord.meetings.acts import Deed, require
from schakelbord.meetings.models import Meeting
from schakelbord.meetings.rights import may_read_meeting

Again = Callable[[], tuple[str, dict[str, Any]]]


def meeting_to_read(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting, for who may read it as a whole."""
    found = Meeting.objects.select_related("room", "dossier").filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    actor = actor_of(request.user)
    require(may_read_meeting(actor, found), actor)
    return found


def prepared(
    request: HttpRequest, found: Meeting, verb: str, deed: Deed, *, back: str, again: Again | None = None
) -> HttpResponse:
    """Carry a change out and go back; a refusal stands on the page.

    Args:
        request: with the fields of the form.
        found: the meeting that changes.
        verb: what is done, for the journal.
        deed: the change.
        back: where to go.
        again: template and context of the page with the form, for a form with words in it: when it is refused the page
            comes back with what was typed.

    Raises:
        RightError: this actor may not.
    """
    try:
        fields = str(sorted(request.POST.lists()))
        services.prepare(actor_of(request.user), found, verb, deed, key=key_of_form(request), asked={"fields": fields})
    except RightError:
        raise
    except SchakelbordError as refusal:
        if again is not None:
            template, context = again()
            more = {"problem": said(refusal), "where": refusal.where, "typed": request.POST, "form": verb}
            return render(request, template, {**context, **more}, status=400)
        messages.error(request, said(refusal))
    return redirect(back or "meetings:invitations", *([] if back else [found.pk]))


def key_of_form(request: HttpRequest) -> str:
    """The key of a form; a new one when it brings none, or one that nobody of us made."""
    key = request.POST.get("key", "")
    return key if KEY.fullmatch(key) else secrets.token_hex(12)
