"""One act of the desk: what it changes is written down, so that it can be undone and nobody overwrites unseen work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Field, ForeignKey, Model
from django.utils.translation import override

from schakelbord.accounts.actors import Role
from schakelbord.accounts.models import User
from schakelbord.accounts.selectors import actor_of
from schakelbord.engine.text import Text
from schakelbord.errors import ConflictError, InputError, Language
from schakelbord.live.journal import Journal, Payload
from schakelbord.showing.change_words import words_of
from schakelbord.showing.models import Addition, Branch, Change, InboxItem, RoomGap, Session

Undoable = Session | RoomGap | InboxItem | Addition | Branch
MODELS: Final[dict[str, type[Undoable]]] = {
    "session": Session,
    "gap": RoomGap,
    "item": InboxItem,
    "addition": Addition,
    "branch": Branch,
}
DESK_ROLES: Final = {
    Role.PRESENTER: Text(nl="verteller", en="presenter"),
    Role.SECRETARY: Text(nl="secretaris", en="secretary"),
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
                last_seq=self.journal.seq,
                user_id=self.user_id,
                verb=self.verb,
                rows=self.rows,
                at=self.now,
            )


def _refuse_unseen(session: Session, rows: Sequence[Row], *, seen: int, user_id: int) -> None:
    """Stop when somebody else did, undid or redid something with one of these fields after `seen`."""
    later = session.changes.filter(last_seq__gt=seen).exclude(user_id=user_id).select_related("user")
    touched = _touched(rows)
    for change in later.order_by("-last_seq"):
        if touched & _touched(change.rows):
            raise changed_by(change)


def _touched(rows: Sequence[Row]) -> set[tuple[str, int, str]]:
    """The fields that rows of a change are about; of a field that holds many things by name, such as notes, which."""
    found = set()
    for row in rows:
        model, key, name = place_of(row)
        before, after = row["before"], row["after"]
        if isinstance(before, dict) and isinstance(after, dict):
            parts = [part for part in before.keys() | after.keys() if before.get(part) != after.get(part)]
            found |= {(model, key, f"{name}.{part}") for part in parts}
        else:
            found.add((model, key, name))
    return found


def changed_by(change: Change | None) -> ConflictError:
    """What somebody hears whose change would cost another one theirs: who did what."""
    if change is None:
        return ConflictError(
            "changed_meanwhile",
            nl="Dit kan niet meer: iemand anders veranderde hier intussen iets. Kijk eerst wat er nu staat.",
            en="This is no longer possible: somebody else changed this meanwhile. Look at what is there now first.",
        )
    who, role = change.user.name, roles_of(change.user)
    return ConflictError(
        "changed_meanwhile",
        nl=f"Dit kan niet meer: {who}{role['nl']} was u voor ({words_in('nl', change)}). Kijk eerst wat er nu staat.",
        en=f"This is no longer possible: {who}{role['en']} was first ({words_in('en', change)}). Look first.",
    )


def roles_of(user: User) -> dict[Language, str]:
    """In which role somebody sits at the desk, between brackets; nothing when they no longer do."""
    held = actor_of(user).roles & set(DESK_ROLES)
    role = next((DESK_ROLES[role] for role in DESK_ROLES if role in held), None)
    return {"nl": f" ({role.nl})" if role else "", "en": f" ({role.en})" if role else ""}


def words_in(language: Language, change: Change) -> str:
    """What a change was, in this language."""
    with override(language):
        return words_of(change)


def place_of(row: Row) -> tuple[str, int, str]:
    """Which field of what a row of a change is about."""
    return (row["model"], row["id"], row["field"])


def _row(thing: Undoable, name: str, before: object, after: object) -> Row:
    return {
        "model": NAMES[type(thing)],
        "id": thing.pk,
        "field": name,
        "before": plain(before),
        "after": plain(after),
    }


def plain(value: object) -> Any:
    """A value as JSON holds it: dates as text, things by their key."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value.pk if isinstance(value, Model) else value


def restored(thing: Undoable, name: str, value: Any) -> Any:
    """A value of a field as Python has it."""
    found = thing._meta.get_field(name)  # noqa: SLF001 - public in Django
    if isinstance(found, ForeignKey):
        return None if value is None else RoomGap.objects.get(pk=value)
    return found.to_python(value) if isinstance(found, Field) else value


def bad(code: str, where: str, *, nl: str, en: str) -> InputError:
    """An error of input, shorter to write."""
    return InputError(code, where, nl=nl, en=en)
