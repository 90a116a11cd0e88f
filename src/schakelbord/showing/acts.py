"""One act of the desk: what it changes is written down, so that it can be undone and nobody overwrites unseen work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Field, ForeignKey, Model

from schakelbord.errors import ConflictError, InputError, StateError
from schakelbord.live.journal import Journal, Payload
from schakelbord.showing.models import Addition, Branch, Change, InboxItem, RoomGap, Session

Undoable = Session | RoomGap | InboxItem | Addition | Branch
MODELS: Final[dict[str, type[Undoable]]] = {
    "session": Session,
    "gap": RoomGap,
    "item": InboxItem,
    "addition": Addition,
    "branch": Branch,
}
NAMES: Final = {model: name for name, model in MODELS.items()}
Row = dict[str, Any]


@dataclass(slots=True)
class Act:
    """The open end of one command of the desk, inside the writer's transaction.

    Args:
        session: as it is now, read in this transaction.
        journal: where its events go.
        user_id: who acts.
        verb: the command.
        seen: the newest event that its maker had seen, when they said so.
    """

    session: Session
    journal: Journal
    user_id: int
    verb: str
    seen: int | None = None
    rows: list[Row] = field(default_factory=list)

    @property
    def now(self) -> dt.datetime:
        """When this is carried out."""
        return self.journal.now

    def put(self, thing: Undoable, **values: Any) -> None:
        """Give fields of something other values; what stays the same is no change.

        Raises:
            ConflictError: somebody else changed the same field after what the maker of this command had seen.
        """
        new = {name: value for name, value in values.items() if getattr(thing, name) != value}
        rows = [_row(thing, name, getattr(thing, name), value) for name, value in new.items()]
        if self.seen is not None:
            _refuse_unseen(self.session, rows, seen=self.seen, user_id=self.user_id)
        for name, value in new.items():
            setattr(thing, name, value)
        if new:
            thing.save(update_fields=list(new))
            self.rows += rows

    def add(self, thing: RoomGap | Addition | Branch) -> None:
        """Keep something new; undoing takes it off the stage."""
        thing.save()
        self.rows.append(_row(thing, "removed", True, False))

    def tell(self, verb: str, *, audience: str = "meeting", node: str = "", payload: Payload | None = None) -> int:
        """Tell the room, or only the desk."""
        return self.journal.append(verb, audience=audience, node=node, payload=payload or {})

    def remember(self) -> None:
        """Write down what was changed, for undo."""
        if self.rows:
            Change.objects.create(
                session=self.session,
                seq=self.journal.seq,
                user_id=self.user_id,
                verb=self.verb,
                rows=self.rows,
                at=self.now,
            )


def take_back(act: Act) -> Change:
    """Undo one's own last change that is not undone yet.

    Raises:
        StateError: there is none.
        ConflictError: somebody else changed the same since.
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
    change.save(update_fields=["is_undone"])
    return change


def do_again(act: Act) -> Change:
    """Redo what one undid last.

    Raises:
        StateError: there is nothing, or something new was done since.
        ConflictError: somebody else changed the same since.
    """
    mine = act.session.changes.filter(user_id=act.user_id)
    last_done = mine.filter(is_undone=False).order_by("-seq").values_list("seq", flat=True).first() or 0
    change = mine.filter(is_undone=True, seq__gt=last_done).order_by("seq").first()
    if change is None:
        raise StateError(
            "nothing_to_redo",
            nl="Er is niets dat u opnieuw kunt doen.",
            en="There is nothing that you can do again.",
        )
    _swing(act, change, to="after", expected="before")
    change.is_undone = False
    change.save(update_fields=["is_undone"])
    return change


def _swing(act: Act, change: Change, *, to: str, expected: str) -> None:
    """Set every field of a change to how it was before or after, unless somebody changed it meanwhile."""
    things: dict[tuple[str, int], Undoable] = {}
    for row in change.rows:
        place = (row["model"], row["id"])
        if place not in things:
            things[place] = act.session if row["model"] == "session" else MODELS[row["model"]].objects.get(pk=row["id"])
        thing = things[place]
        if _plain(getattr(thing, row["field"])) != row[expected]:
            raise _changed_by(_last_change(act.session, row, after=change.seq))
        setattr(thing, row["field"], _restored(thing, row["field"], row[to]))
    for thing in things.values():
        thing.save()


def _refuse_unseen(session: Session, rows: Sequence[Row], *, seen: int, user_id: int) -> None:
    """Stop when somebody else changed one of these fields after `seen`."""
    later = session.changes.filter(seq__gt=seen, is_undone=False).exclude(user_id=user_id).order_by("-seq")
    touched = {(row["model"], row["id"], row["field"]) for row in rows}
    for change in later:
        if touched & {(row["model"], row["id"], row["field"]) for row in change.rows}:
            raise _changed_by(change)


def _last_change(session: Session, row: Row, *, after: int) -> Change | None:
    place = (row["model"], row["id"], row["field"])
    for change in session.changes.filter(seq__gt=after).select_related("user").order_by("-seq"):
        if any((other["model"], other["id"], other["field"]) == place for other in change.rows):
            return change
    return None


def _changed_by(change: Change | None) -> ConflictError:
    who_nl = change.user.name if change else "iemand anders"
    who_en = change.user.name if change else "somebody else"
    return ConflictError(
        "changed_meanwhile",
        nl=f"Dit kan niet meer: {who_nl} veranderde hier intussen iets. Kijk eerst wat er nu staat.",
        en=f"This is no longer possible: {who_en} changed something here meanwhile. Look at what is there now first.",
    )


def _row(thing: Undoable, name: str, before: object, after: object) -> Row:
    return {
        "model": NAMES[type(thing)],
        "id": thing.pk,
        "field": name,
        "before": _plain(before),
        "after": _plain(after),
    }


def _plain(value: object) -> Any:
    """A value as JSON holds it: dates as text, things by their key."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value.pk if isinstance(value, Model) else value


def _restored(thing: Undoable, name: str, value: Any) -> Any:
    """A value of a field as Python has it."""
    found = thing._meta.get_field(name)  # noqa: SLF001 - public in Django
    if isinstance(found, ForeignKey):
        return None if value is None else RoomGap.objects.get(pk=value)
    return found.to_python(value) if isinstance(found, Field) else value


def bad(code: str, where: str, *, nl: str, en: str) -> InputError:
    """An error of input, shorter to write."""
    return InputError(code, where, nl=nl, en=en)
