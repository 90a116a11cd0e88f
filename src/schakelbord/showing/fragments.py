"""What an event brings along, so that hundreds of phones need not fetch it: HTML by the name of the view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from schakelbord.errors import Language
from schakelbord.live.frames import Html
from schakelbord.live.models import Event
from schakelbord.showing.models import Session

Fragment = Callable[[Session, Event, Language], str]
# View name -> the verbs for which it brings something along, and how to make it.
FRAGMENTS: Final[dict[str, tuple[frozenset[str], Fragment]]] = {}


def render(event: Event, language: Language) -> Html:
    """The fragments of an event in one language; only for events that the whole room sees."""
    wanted = [(view, make) for view, (verbs, make) in FRAGMENTS.items() if event.verb in verbs]
    if not wanted or event.audience != "meeting":
        return {}
    session = Session.objects.filter(room_id=event.room_id).first()
    return {} if session is None else {view: make(session, event, language) for view, make in wanted}
