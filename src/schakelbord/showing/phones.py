"""What phones show besides the view of the session: forms, what this phone recognises, and fragments for all phones."""

from __future__ import annotations

from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from schakelbord.drawing.states import ActorState
from schakelbord.errors import Language
from schakelbord.live.models import Event
from schakelbord.showing.codes import Knowledge, ToldKind
from schakelbord.showing.fragments import FRAGMENTS
from schakelbord.showing.models import Participant, Session
from schakelbord.showing.selectors import SessionView, session_view

GAP_FIELDS: Final = ("told_kind", "between_from", "between_to", "knowledge", "source")
# What changes the list for everybody; the rest only changes a number, or the screens of others.
VERBS: Final = frozenset(
    (
        *("session.opened", "session.stepped", "session.mode", "session.repairs", "session.audience"),
        *("session.undone", "session.redone", "gap.told", "gap.changed", "gap.state", "item.shown"),
        *("addition.made", "addition.removed", "branch.opened", "branch.chosen"),
    )
)


def form_choices(view: SessionView) -> dict[str, object]:
    """What may be chosen in the form of a gap."""
    return {"everybody": everybody(view), "told_kinds": ToldKind.choices, "knowledges": Knowledge.choices}


def everybody(view: SessionView) -> list[tuple[str, str]]:
    """Everybody between whom a gap can be: dolls and organisations of this moment, and what the room added."""
    names, state = view.page.moment.names, view.page.stage.state
    actors: list[ActorState] = [*state.actors, *(actor for fold in state.folds for actor in fold.actors)]
    found = [(doll.id, doll.name) for doll in state.dolls]
    found += sorted(
        ((row.id, names.instance(row.id)) for row in actors if row.kind != "nobody" and not row.added),
        key=lambda one: one[1],
    )
    added = [(row.key, row.data["name"]) for row in view.additions if "name" in row.data]
    return [row for row in found if row not in added] + added


def recognised_by(who: Participant) -> frozenset[str]:
    """The gaps that a participant recognises."""
    rows = who.session.gaps.filter(recognitions__participant=who, recognitions__withdrawn=False)
    return frozenset(gap.shown_key for gap in rows)


def phone_fragment(session: Session, event: Event, language: Language) -> str:
    """The list as every phone has it now; what only one phone knows, it adds itself."""
    view = session_view(session, language, now=timezone.now())
    with override(language):
        return render_to_string("showing/_phone_parts.html", {"view": view, "page": view.page, "mine": ()})


FRAGMENTS["phone"] = (VERBS, phone_fragment)
