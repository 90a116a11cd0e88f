"""What a change of the desk was, in words for "Undo: ..."; nobody takes back what they cannot name."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schakelbord.showing.models import Change, Session

VERBS: Final[dict[str, Promise]] = {
    "go-to": gettext_lazy("step"),
    "set-mode": gettext_lazy("what the room does"),
    "set-black": gettext_lazy("black"),
    "spotlight": gettext_lazy("the spotlight"),
    "light-gap": gettext_lazy("a gap in the light"),
    "set-repairs": gettext_lazy("repairs"),
    "set-count": gettext_lazy("the count on the screen"),
    "set-audience": gettext_lazy("what the room may do"),
    "set-minutes": gettext_lazy("the planned time"),
    "save-notes": gettext_lazy("your notes"),
    "add-organisation": gettext_lazy("organisation added"),
    "add-channel": gettext_lazy("channel added"),
    "add-doll": gettext_lazy("doll added"),
    "add-question": gettext_lazy("question asked"),
    "add-gap": gettext_lazy("gap added"),
    "change-gap": gettext_lazy("gap changed"),
    "set-gap-state": gettext_lazy("state of a gap"),
    "remove": gettext_lazy("something removed"),
    "open-branch": gettext_lazy("choice opened"),
    "choose-branch": gettext_lazy("way chosen"),
    "show-item": gettext_lazy("message shown"),
    "merge-item": gettext_lazy("message merged"),
    "park-item": gettext_lazy("message for later"),
    "refuse-item": gettext_lazy("message not shown"),
    "ask-other-words": gettext_lazy("asked for other words"),
}


def undo_words(session: Session, user_id: int) -> str:
    """What the next undo of this user takes back; empty when there is nothing."""
    change = session.changes.filter(user_id=user_id, is_undone=False).order_by("-seq").first()
    return words_of(change) if change else ""


def redo_words(session: Session, user_id: int) -> str:
    """What this user can do again; empty when there is nothing."""
    change = can_be_redone(session, user_id)
    return words_of(change) if change else ""


def can_be_redone(session: Session, user_id: int) -> Change | None:
    """What somebody undid last, as long as they did nothing new after undoing it."""
    mine = session.changes.filter(user_id=user_id)
    newest = mine.order_by("-seq").values_list("seq", flat=True).first() or 0
    return mine.filter(is_undone=True, last_seq__gt=newest).order_by("seq").first()


def words_of(change: Change) -> str:
    """A change in a few words, small letter first; a step says which one."""
    after = {row["field"]: row["after"] for row in change.rows if row["model"] == "session"}
    if change.verb == "go-to" and "scene" in after:
        return _("scene %(number)s") % {"number": after["scene"] + 1}
    if change.verb == "go-to" and "beat" in after:
        return _("step %(number)s") % {"number": after["beat"] + 1}
    return str(VERBS.get(change.verb, change.verb))
