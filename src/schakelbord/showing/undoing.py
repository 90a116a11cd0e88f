"""Undo and redo: one's own changes, one by one, and never at the cost of somebody else's work."""

from __future__ import annotations

from typing import Any, Final, Literal

from schakelbord.errors import StateError
from schakelbord.showing.acts import MODELS, NAMES, Act, Row, Undoable, changed_by, place_of, plain, restored
from schakelbord.showing.change_words import can_be_redone
from schakelbord.showing.codes import GapState
from schakelbord.showing.models import Addition, Change, RoomGap, Session

Side = Literal["before", "after"]
ON_SCREEN: Final = {GapState.VISIBLE.value, GapState.RECOGNISED.value}


def take_back(act: Act) -> Change:
    """Undo one's own last change that is not undone yet.

    Raises:
        StateError: there is none.
        ConflictError: somebody else changed the same since, or built on it.
    """
    change = act.session.changes.filter(user_id=act.user_id, is_undone=False).order_by("-seq").first()
    if change is None:
        raise StateError(
            "nothing_to_undo",
            nl="U hebt niets gedaan dat u nog ongedaan kunt maken.",
            en="You have done nothing that can still be undone.",
        )
    _swing(act, change, to="before", expected="after")
    change.is_undone = True
    return change


def do_again(act: Act) -> Change:
    """Redo what one undid last.

    Raises:
        StateError: there is nothing, or something new was done since.
        ConflictError: somebody else changed the same since.
    """
    change = can_be_redone(act.session, act.user_id)
    if change is None:
        raise StateError(
            "nothing_to_redo",
            nl="Er is niets dat u opnieuw kunt doen.",
            en="There is nothing that you can do again.",
        )
    _swing(act, change, to="after", expected="before")
    change.is_undone = False
    return change


def note_swing(change: Change, seq: int) -> None:
    """Keep that a change was undone or redone, and by which event."""
    change.last_seq = seq
    change.save(update_fields=["is_undone", "last_seq"])


def _swing(act: Act, change: Change, *, to: Side, expected: Side) -> None:
    """Set every field of a change to how it was before or after, unless somebody changed it or built on it."""
    things: dict[tuple[str, int], Undoable] = {}
    for row in change.rows if to == "after" else reversed(change.rows):
        thing = things.setdefault((row["model"], row["id"]), _thing(act.session, row))
        if not _is(row, getattr(thing, row["field"]), row[expected]):
            raise changed_by(_last_change(act, row))
        if row["field"] == "removed" and row[to] is True:
            _refuse_built_on(act, thing, change)
        setattr(thing, row["field"], restored(thing, row["field"], _now(thing, row, row[to])))
    for thing in things.values():
        fields = {row["field"] for row in change.rows if (row["model"], row["id"]) == (NAMES[type(thing)], thing.pk)}
        thing.save(update_fields=sorted(fields))


def _thing(session: Session, row: Row) -> Undoable:
    return session if row["model"] == "session" else MODELS[row["model"]].objects.get(pk=row["id"])


def _is_life(row: Row) -> bool:
    return (row["model"], row["field"]) == ("gap", "state")


def _is(row: Row, value: object, expected: Any) -> bool:
    """Whether a field still holds what a change left. That the room recognised a gap meanwhile is no other state."""
    found = plain(value)
    return found == expected or (_is_life(row) and {found, expected} <= ON_SCREEN)


def _now(thing: Undoable, row: Row, value: Any) -> Any:
    """The value to go back to; a visible gap is recognised when somebody in the room recognises it by now."""
    if not (_is_life(row) and value in ON_SCREEN and isinstance(thing, RoomGap)):
        return value
    recognised = thing.recognitions.filter(withdrawn=False).exists()
    return GapState.RECOGNISED.value if recognised else GapState.VISIBLE.value


def _last_change(act: Act, row: Row) -> Change | None:
    """Who changed a field last."""
    others = act.session.changes.exclude(user_id=act.user_id).select_related("user").order_by("-last_seq")
    return next((change for change in others if place_of(row) in map(place_of, change.rows)), None)


def _refuse_built_on(act: Act, thing: Undoable, change: Change) -> None:
    """Stop before something is taken away on which somebody else built."""
    later = act.session.changes.filter(seq__gt=change.seq, is_undone=False).exclude(user_id=act.user_id)
    for other in later.select_related("user").order_by("-last_seq"):
        if any(_builds_on(row, thing) for row in other.rows):
            raise changed_by(other)


def _builds_on(row: Row, thing: Undoable) -> bool:
    """Whether a row of a change is about a thing, or leads to it."""
    if (row["model"], row["id"]) == (NAMES[type(thing)], thing.pk):
        return True
    key = getattr(thing, "key", None)
    if row["model"] == "item" and row["field"] == "gap":
        return isinstance(thing, RoomGap) and row["after"] == thing.pk
    if row["field"] == "removed" and row["after"] is False:
        return _leads_to(row, key)
    return key is not None and row["after"] == key


def _leads_to(row: Row, key: str | None) -> bool:
    """Whether what was made has this thing at one of its ends."""
    made = MODELS[row["model"]].objects.filter(pk=row["id"]).first()
    if isinstance(made, RoomGap):
        return key in {made.between_from, made.between_to}
    return isinstance(made, Addition) and key in {made.data.get("from"), made.data.get("to")}
