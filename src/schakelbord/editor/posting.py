"""From a posted form to operations: fields that changed, and what the button asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from schakelbord.accounts.actors import Actor
from schakelbord.editor.blanks import insertion, uses_of
from schakelbord.editor.changing import new_key, touched_since
from schakelbord.editor.content import Content, DraftDoll, DraftPlace
from schakelbord.editor.models import Draft
from schakelbord.editor.operations import (
    Leaf,
    Move,
    Operation,
    Remove,
    Set,
    before,
    digest_of,
    find,
    item_at,
)
from schakelbord.editor.places import place_words
from schakelbord.errors import ConflictError, InputError, StateError

OLD, NEW = "o:", "v:"
MOST_FIELDS = 200
NUMBERS = frozenset(
    {"day", "age", "by", "horizon", "birthday_on_day", "consent_from", "acute_from", "measure_from", "measure_until"}
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a button asks for: `verb`, the path it is about, and a second word when the verb needs one."""

    verb: str
    path: str = ""
    more: str = ""


def read_wish(data: QueryDict) -> Wish:
    """The button that was pressed; saving when none was."""
    verb, _, rest = data.get("do", "bewaar").partition("|")
    path, _, more = rest.partition("|")
    return Wish(verb, path, more)


def read_fields(data: QueryDict) -> list[Set]:
    """The fields that somebody changed.

    Raises:
        InputError: the form is not one of ours.
    """
    paths = [name.removeprefix(OLD) for name in data if name.startswith(OLD)]
    if len(paths) > MOST_FIELDS:
        raise _bad_form()
    return list(_changed(data, paths))


def typed_value(path: str, raw: str) -> Leaf:
    """What somebody typed in a field, as the draft keeps it: a whole number where one belongs, if it is one."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if path.rpartition("/")[2] not in NUMBERS:
        return text
    clean = text.strip()
    if clean.lstrip("-").isdecimal() and clean.isascii() and len(clean) < 10 and str(int(clean)) == clean:
        return int(clean)
    return clean or None


def operations_of(draft: Draft, content: Content, wish: Wish, *, actor: Actor, seen: int) -> list[Operation]:
    """What a button asks for, as operations on the draft as it is now.

    Args:
        draft: the draft.
        content: the draft after the fields of the form.
        wish: what the button asks.
        actor: who pressed it.
        seen: the place in the room that the page of this person shows.

    Raises:
        ConflictError: somebody changed or moved the same thing after that.
        StateError: a doll or a place is still in use.
        InputError: no button asks for this.
    """
    if wish.verb == "voeg":
        return [insertion(content, wish.path, key=new_key(), after=wish.more or None)]
    if wish.verb == "haal":
        return [_removal(draft, content, wish.path, actor=actor, seen=seen)]
    if wish.verb in {"op", "neer", "na"}:
        return list(_moves(content, wish))
    if wish.verb == "neem":
        return _take_beside(content, wish.path)
    raise _bad_form()


def _changed(data: QueryDict, paths: list[str]) -> Iterator[Set]:
    for path in paths:
        try:
            old = json.loads(str(data[OLD + path]))
        except (ValueError, RecursionError):
            raise _bad_form() from None
        if not isinstance(old, str | int | list | None) or isinstance(old, bool):
            raise _bad_form()
        if isinstance(old, list):
            new: Leaf = [str(value) for value in data.getlist(NEW + path)]
        elif NEW + path in data:
            new = typed_value(path, str(data[NEW + path]))
        else:
            continue
        if new != old:
            yield Set(path, old, new)


def _removal(draft: Draft, content: Content, path: str, *, actor: Actor, seen: int) -> Remove:
    item = item_at(content, path)[1]
    if isinstance(item, DraftDoll | DraftPlace) and (uses := uses_of(content, path)):
        what = place_words(content, path)
        raise StateError(
            "still_used",
            nl=f"{what.nl} komt nog {uses} keer voor in het verhaal. Haal dat eerst weg.",
            en=f"{what.en} is still named {uses} times in the story. Remove that first.",
        )
    _refuse_if_touched(draft, path, actor=actor, seen=seen)
    return Remove(path, digest_of(item))


def _moves(content: Content, wish: Wish) -> Iterator[Move]:
    rows, item = item_at(content, wish.path)
    place = rows.index(item)
    was = before(rows, item)
    if wish.verb == "na":
        yield Move(wish.path, wish.more, was)
    elif wish.verb == "op" and place:
        yield Move(wish.path, rows[place - 2].key if place > 1 else "", was)
    elif wish.verb == "neer" and place + 1 < len(rows):
        yield Move(wish.path, rows[place + 1].key, was)


def _take_beside(content: Content, path: str) -> list[Operation]:
    """Put the second text in the field, and take it away from beside it."""
    remark = item_at(content, path)[1]
    field, text = str(getattr(remark, "path", "")), str(getattr(remark, "text", ""))
    now = find(content, field).value
    if not isinstance(now, str):
        raise _bad_form()
    return [Set(field, now, text), Remove(path, digest_of(remark))]


def _refuse_if_touched(draft: Draft, path: str, *, actor: Actor, seen: int) -> None:
    who = touched_since(draft, path, actor, seen)
    if who:
        raise ConflictError(
            "draft_changed",
            path,
            nl=f"{who} veranderde dit net. Kijk eerst wat er nu staat; druk dan nog eens.",
            en=f"{who} has just changed this. See first what it says now; then press again.",
        )


def _bad_form() -> InputError:
    return InputError(
        "bad_form",
        nl="Dit formulier kunnen wij niet lezen. Open de pagina opnieuw; wat bewaard was, is er nog.",
        en="We cannot read this form. Open the page anew; what was kept is still there.",
    )
