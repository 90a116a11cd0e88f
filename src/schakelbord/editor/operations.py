"""Changes of a draft: set a field, insert, remove or move an item of a list. Each says what it was based on.

Paths name fields and keys of items, with slashes between: `scenes/k3/beats/k8/say/nl`. What is applied is given back
in full, so that every change has an inverse. A change that cannot be applied without losing somebody's work is a
`Clash`; two texts for one field that do not merge are both kept, the second as a remark beside the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec

from schakelbord.editor.content import KIND_OF, Content, DraftMove, Item, Remark
from schakelbord.editor.merging import merged_set, merged_text
from schakelbord.errors import InputError

Leaf = str | int | list[str] | None
MOST_TEXT: Final = 4_000


class Set(msgspec.Struct, frozen=True, tag="set"):
    """A field gets another value; `old` is what it was based on."""

    path: str
    old: Leaf
    new: Leaf


class Insert(msgspec.Struct, frozen=True, tag="insert"):
    """An item comes into the list at `path`, after the item with key `after`, in front when that is empty."""

    path: str
    item: dict[str, object]
    after: str = ""


class Remove(msgspec.Struct, frozen=True, tag="remove"):
    """The item at `path` goes. `seen` is its digest when somebody decided that; the rest is filled in when done."""

    path: str
    seen: str
    item: dict[str, object] = {}
    after: str = ""


class Move(msgspec.Struct, frozen=True, tag="move"):
    """The item at `path` comes after the item with key `after`; `was` is the key after which it stood."""

    path: str
    after: str
    was: str


Operation = Set | Insert | Remove | Move


class Clash(Exception):  # noqa: N818 - the service turns it into an error that names who did it
    """Somebody else changed the same thing: `path` says which, `code` is changed, gone or moved."""

    def __init__(self, code: str, path: str) -> None:
        super().__init__(f"{code} {path}")
        self.code = code
        self.path = path


@dataclass(frozen=True, slots=True)
class Found:
    """Where a path leads: the struct that holds the field `name`."""

    owner: msgspec.Struct
    name: str

    @property
    def value(self) -> object:
        """What stands there."""
        return getattr(self.owner, self.name)


def apply(content: Content, operation: Operation, *, by: str, key: str) -> list[Operation]:
    """Apply a change to the draft, in place.

    Args:
        content: the draft.
        operation: the change.
        by: the name of who makes it, for a text that is kept beside.
        key: a fresh key, for a remark that is made.

    Returns:
        What was done, in full: nothing when it was so already, one or more operations otherwise.

    Raises:
        Clash: somebody else changed the same thing.
        InputError: there is no such field or list, or the value does not fit it.
    """
    if isinstance(operation, Set):
        return _set(content, operation, by=by, key=key)
    if isinstance(operation, Insert):
        return [_insert(content, operation)]
    if isinstance(operation, Remove):
        return [_remove(content, operation)]
    return _move(content, operation)


def inverse(operation: Operation) -> Operation:
    """What takes an applied change back."""
    if isinstance(operation, Set):
        return Set(operation.path, operation.new, operation.old)
    if isinstance(operation, Insert):
        key = str(operation.item["key"])
        return Remove(f"{operation.path}/{key}", digest_of(item_from(operation.path, operation.item)))
    if isinstance(operation, Remove):
        return Insert(operation.path.rpartition("/")[0], operation.item, operation.after)
    return Move(operation.path, operation.was, operation.after)


def find(content: Content, path: str) -> Found:
    """The field or list at a path.

    Raises:
        Clash: an item on the way is gone.
        InputError: no draft has such a field.
    """
    owner: msgspec.Struct = content
    steps = path.split("/")
    while len(steps) > 1:
        below = _field(owner, steps.pop(0), path)
        if isinstance(below, list):
            key = steps.pop(0)
            item = next((row for row in below if isinstance(row, msgspec.Struct) and _key(row) == key), None)
            if item is None:
                raise Clash("gone", path)
            if not steps:
                raise no_field(path)
            below = item
        if not isinstance(below, msgspec.Struct):
            raise no_field(path)
        owner = below
    _field(owner, steps[0], path)
    return Found(owner, steps[0])


def item_at(content: Content, path: str) -> tuple[list[Item], Item]:
    """The list that holds the item at a path, and the item.

    Raises:
        Clash: it is gone.
        InputError: no draft has such a list.
    """
    head, _, key = path.rpartition("/")
    rows = list_at(content, head)
    item = next((row for row in rows if row.key == key), None)
    if item is None:
        raise Clash("gone", path)
    return rows, item


def list_at(content: Content, path: str) -> list[Item]:
    """The list of items at a path.

    Raises:
        Clash: an item on the way is gone.
        InputError: no draft has such a list.
    """
    found = find(content, path)
    if not _holds_items(found) or not isinstance(found.value, list):
        raise no_field(path)
    rows: list[Item] = found.value
    return rows


def digest_of(item: msgspec.Struct) -> str:
    """A short name for an item as it is, with all that is in it."""
    return sha256(msgspec.json.encode(item)).hexdigest()[:16]


def item_from(path: str, raw: dict[str, object]) -> Item:
    """An item of the list at `path` from plain values.

    Raises:
        InputError: the values do not fit.
    """
    kind = KIND_OF.get(path.rpartition("/")[2])
    if kind is None:
        raise no_field(path)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError:
        raise _misfit(path) from None


def before(rows: list[Item], item: Item) -> str:
    """The key of the item in front of this one, "" for the first."""
    place = rows.index(item)
    return rows[place - 1].key if place else ""


def _set(content: Content, operation: Set, *, by: str, key: str) -> list[Operation]:
    found = find(content, operation.path)
    now = _leaf(found.value, operation.path)
    new = _fitting(found, operation.new, operation.path)
    if now == new:
        return []
    if now == operation.old:
        return [_write(found, operation.path, now, new)]
    if isinstance(now, list) and isinstance(new, list) and isinstance(operation.old, list):
        both = merged_set(operation.old, new, now)
        return [_write(found, operation.path, now, both)] if both != now else []
    if _is_text(found) and isinstance(now, str) and isinstance(new, str):
        return _both_texts(content, found, operation, now=now, new=new, by=by, key=key)
    raise Clash("changed", operation.path)


def _both_texts(
    content: Content, found: Found, operation: Set, *, now: str, new: str, by: str, key: str
) -> list[Operation]:
    """One text when the words can be merged, otherwise the second beside the first."""
    both = merged_text(str(operation.old or ""), new, now)
    if both == now:
        return []
    if both is not None and len(both) <= MOST_TEXT:
        return [_write(found, operation.path, now, both)]
    remark = Remark(key=key, path=operation.path, text=new, by=by, kind="beside")
    after = content.remarks[-1].key if content.remarks else ""
    content.remarks.append(remark)
    return [Insert("remarks", msgspec.to_builtins(remark), after)]


def _write(found: Found, path: str, now: Leaf, new: Leaf) -> Set:
    setattr(found.owner, found.name, new)
    return Set(path, now, new)


def _insert(content: Content, operation: Insert) -> Insert:
    rows = list_at(content, operation.path)
    item = item_from(operation.path, operation.item)
    if not item.key or any(row.key == item.key for row in rows):
        raise Clash("changed", f"{operation.path}/{item.key}")
    after = operation.after if any(row.key == operation.after for row in rows) else ""
    if operation.after and not after and rows:
        after = rows[-1].key
    rows.insert(_place_after(rows, after), item)
    return Insert(operation.path, msgspec.to_builtins(item), after)


def _remove(content: Content, operation: Remove) -> Remove:
    rows, item = item_at(content, operation.path)
    if digest_of(item) != operation.seen:
        raise Clash("changed", operation.path)
    done = Remove(operation.path, operation.seen, msgspec.to_builtins(item), before(rows, item))
    rows.remove(item)
    return done


def _move(content: Content, operation: Move) -> list[Operation]:
    rows, item = item_at(content, operation.path)
    now = before(rows, item)
    if operation.after in {now, item.key}:
        return []
    if now != operation.was:
        raise Clash("moved", operation.path)
    if operation.after and all(row.key != operation.after for row in rows):
        raise Clash("gone", f"{operation.path.rpartition('/')[0]}/{operation.after}")
    rows.remove(item)
    rows.insert(_place_after(rows, operation.after), item)
    return [operation]


def _place_after(rows: list[Item], after: str) -> int:
    return next((place + 1 for place, row in enumerate(rows) if row.key == after), 0)


def _key(row: msgspec.Struct) -> str:
    return str(getattr(row, "key", ""))


def _field(owner: msgspec.Struct, name: str, path: str) -> object:
    if name not in owner.__struct_fields__:
        raise no_field(path)
    found: object = getattr(owner, name)
    return found


def _leaf(value: object, path: str) -> Leaf:
    """A value that can be set; lists of items and structs cannot."""
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, list) and not any(isinstance(row, msgspec.Struct) for row in value):
        return value
    raise no_field(path)


def _fitting(found: Found, new: Leaf, path: str) -> Leaf:
    """The new value, when this field can hold it."""
    if found.name in {"key", "id"} or _holds_items(found):
        raise no_field(path)
    if isinstance(new, str) and len(new) > MOST_TEXT:
        raise too_long(path, len(new))
    kind = next(row.type for row in msgspec.structs.fields(found.owner) if row.name == found.name)
    try:
        fitting: Leaf = msgspec.convert(new, kind)
    except msgspec.ValidationError:
        raise _misfit(path) from None
    return fitting


def _holds_items(found: Found) -> bool:
    """Whether this is a list of items; the dolls of a move are a list of ids."""
    return found.name in KIND_OF and not isinstance(found.owner, DraftMove)


def _is_text(found: Found) -> bool:
    """Whether people write sentences here: only those are merged word by word."""
    return found.name in {"nl", "en", "name", "text"}


def no_field(path: str) -> InputError:
    """A path that leads nowhere in any draft."""
    return InputError(
        "no_such_field",
        path[:80],
        nl="Een verhaal heeft zo'n veld niet.",
        en="A story has no such field.",
    )


def too_long(path: str, length: int) -> InputError:
    """A text beyond the limit."""
    return InputError(
        "text_too_long",
        path[:80],
        nl=f"Deze tekst is {length} tekens lang; het mogen er hoogstens {MOST_TEXT} zijn. Maak de tekst korter.",
        en=f"This text is {length} characters long; at most {MOST_TEXT} are allowed. Make it shorter.",
    )


def _misfit(path: str) -> InputError:
    return InputError(
        "value_misfit",
        path[:80],
        nl="Deze waarde past niet in dit veld.",
        en="This value does not fit this field.",
    )
