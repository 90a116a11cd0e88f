"""Who may follow the room of a draft."""

from __future__ import annotations

from django.http import HttpRequest

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import chosen_language
from schakelbord.editor.models import Draft
from schakelbord.editor.rights import may_edit_stories
from schakelbord.errors import Language
from schakelbord.live.audiences import MEETING
from schakelbord.live.frames import Admission, Html
from schakelbord.live.models import Event


def admit(request: HttpRequest, room_id: int) -> Admission | None:
    """Whoever writes stories; nobody else."""
    if not Draft.objects.filter(room_id=room_id).exists() or not may_edit_stories(actor_of(request.user)):
        return None
    return Admission(frozenset({MEETING}), chosen_language(request))


def render(event: Event, language: Language) -> Html:
    """Nothing comes along: each page asks for the part that it shows."""
    return {}
