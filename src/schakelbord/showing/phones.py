"""What phones show besides the view of the session: forms, what this phone recognises, and fragments for all phones."""

from __future__ import annotations

from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from schakelbord.drawing.states import ActorState
from schakelbord.errors import Language
from schakelbord.live.journal import JsonValue
from schakelbord.live.models import Event
from schakelbord.showing.codes import ItemKind, ItemState, Knowledge, Layer, ToldKind
from schakelbord.showing.fragments import FRAGMENTS
from schakelbord.showing.models import BranchVote, InboxItem, Participant, Session
from schakelbord.showing.selectors import SessionView, session_view

GAP_FIELDS: Final = ("told_kind", "between_from", "between_to", "knowledge", "source")
# What changes the list for everybody; the rest only changes a number, or the screens of others.
VERBS: Final = frozenset(
    (
        *("session.opened", "session.stepped", "session.mode", "session.repairs", "session.audience"),
        *("session.black", "session.gap"),
        *("session.undone", "session.redone", "gap.told", "gap.changed", "gap.state", "item.shown"),
        *("addition.made", "addition.removed", "branch.opened", "branch.chosen"),
    )
)


def form_choices(view: SessionView) -> dict[str, object]:
    """What may be chosen in the form of a gap."""
    return {
        "everybody": everybody(view),
        "told_kinds": ToldKind.choices,
        "knowledges": Knowledge.choices,
        "layers": Layer.choices,
    }


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


def voted_by(who: Participant, view: SessionView) -> str:
    """The choice that is open and which way this participant wants, as `choice:way`; empty when they did not choose."""
    if view.choice is None or not view.choice.is_open:
        return ""
    vote = BranchVote.objects.filter(branch__session=who.session, branch__key=view.choice.key, participant=who).first()
    return "" if vote is None else f"{view.choice.key}:{vote.option}"


def asked_of(who: Participant) -> list[InboxItem]:
    """What a participant sent and the presenter asked other words for."""
    return list(who.items.filter(state=ItemState.ASKED).order_by("made_at"))


def typed_in(item: InboxItem) -> dict[str, JsonValue]:
    """What somebody typed to send an item, for a form in which it is said in other words."""
    only = {name: str(getattr(item, name)) for name in GAP_FIELDS} if item.kind == ItemKind.GAP else {}
    return {"kind": item.kind, "about": item.about, "text": item.text, **only}


def fates_of(who: Participant) -> list[JsonValue]:
    """What became of everything that a participant sent: its key, whether something may still come, and words."""
    words = {
        ItemState.NEW: _("kept, the presenter has it"),
        ItemState.SHOWN: _("shown to the room"),
        ItemState.MERGED: _("put together with what others said"),
        ItemState.PARKED: _("the presenter keeps it for later"),
        ItemState.REFUSED: _("not shown"),
        ItemState.ASKED: _("the presenter asks for other words"),
        ItemState.REWORDED: _("you said it in other words"),
    }
    return [
        {
            "item": item.key,
            "state": item.state,
            "settled": item.state not in {ItemState.NEW, ItemState.PARKED},
            "body": typed_in(item) if item.state == ItemState.ASKED else None,
            "words": f"{words[ItemState(item.state)]}: {item.reason}" if item.reason else words[ItemState(item.state)],
        }
        for item in who.items.order_by("made_at")
    ]


def phone_fragment(session: Session, event: Event, language: Language) -> str:
    """The list as every phone has it now; what only one phone knows, it adds itself."""
    view = session_view(session, language, now=timezone.now())
    context = {"view": view, "page": view.page, "mine": (), "follows": True}
    with override(language):
        parts = ("showing/_phone_parts.html", "showing/_phone_bar.html")
        return "".join(render_to_string(part, context) for part in parts)


FRAGMENTS["phone"] = (VERBS, phone_fragment)
