"""From a tree of YAML values to structs, by the declared types of their fields; a misfit is a problem with its place.

One bad value does not hide the next: the rest of the file is still read, what cannot be used is left out. A value gets
its meaning from its field: `12` in a text field is the text "12", `yes` in a yes-or-no field is a problem that says to
write `true`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar, cast

import msgspec
from msgspec import inspect

from schakelbord.engine import decode_messages as messages
from schakelbord.engine import limits
from schakelbord.engine.catalogue import Escalation, Member
from schakelbord.engine.problems import Level, Problem, Spot
from schakelbord.engine.suggest import nearest
from schakelbord.engine.text import Text
from schakelbord.engine.yaml_source import Mapping, Node, Scalar, Sequence

S = TypeVar("S", bound=msgspec.Struct)

_WHOLE: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DIGITS: Final = re.compile(r"[-+]?[0-9][0-9_]*")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID: Final = re.compile(rf"[a-z][a-z0-9_]{{0,{limits.ID_LENGTH - 1}}}")
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_SHORT: Final[dict[type, Callable[[str], msgspec.Struct]]] = {
    Member: lambda organisation: Member(organisation=organisation),
    Escalation: lambda body: Escalation(body=body, works="paper"),
}


class _Broken:
    """Stands for a value that could not be used; its problem has been told."""


BROKEN: Final = _Broken()


class Enough(Exception):  # noqa: N818 - ends the looking, never shown
    """A file has so many problems that looking further helps nobody."""


class Document:
    """A file being read: its tree, its problems, and where in the file each struct came from."""

    def __init__(self, name: str, root: Node, problems: list[Problem]) -> None:
        self.name = name
        self.root = root
        self.problems = problems
        # Structs are kept beside their node: an id is only good while its struct lives.
        self._nodes: dict[int, tuple[msgspec.Struct, Node]] = {}

    def remember(self, struct: msgspec.Struct, node: Node) -> None:
        """Note where a struct came from."""
        self._nodes[id(struct)] = (struct, node)

    def spot(self, struct: msgspec.Struct, *path: str | int) -> Spot:
        """The place of a struct, or of what lies in it by names of fields and numbers of items, as near as possible."""
        known = self._nodes.get(id(struct))
        return self.spot_of(_descend(known[1], path)) if known else Spot(self.name)

    def spot_of(self, node: Node) -> Spot:
        """The place of a value."""
        return Spot(self.name, node.line, node.column)

    def error(self, spot: Spot, code: str, says: Text) -> None:
        """Add an error."""
        self._add("error", spot, code, says)

    def warn(self, spot: Spot, code: str, says: Text) -> None:
        """Add a warning."""
        self._add("warning", spot, code, says)

    def _add(self, level: Level, spot: Spot, code: str, says: Text) -> None:
        self.problems.append(Problem(level, code, spot, says))
        if len(self.problems) >= limits.PROBLEMS:
            self.problems.append(Problem("error", "more_problems", spot, messages.more_problems()))
            raise Enough


def _descend(node: Node, path: tuple[str | int, ...]) -> Node:
    for step in path:
        below: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            below = node.entries.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            below = node.items[step]
        if below is None:
            return node
        node = below
    return node


def decode_rows(document: Document, cls: type[S]) -> tuple[S, ...]:
    """The rows of a catalogue file: a list of structs. What cannot be used is left out and stands in the problems."""
    rows = _Decoder(document).value(document.root, inspect.VarTupleType(inspect.type_info(cls)), "")
    return () if isinstance(rows, _Broken) else cast("tuple[S, ...]", rows)


def decode_one(document: Document, cls: type[S], *, instead: dict[str, object] | None = None) -> S | None:
    """The struct that a file holds, or None when too little of it can be used.

    Args:
        document: the file.
        cls: the struct.
        instead: values for required fields that are missing or unusable, so that the rest can still be checked.
    """
    found = _Decoder(document, instead=instead or {}).struct(document.root, cls, "")
    return None if isinstance(found, _Broken) else cast("S", found)


class _Decoder:
    """Walks tree and types together."""

    def __init__(self, document: Document, *, instead: dict[str, object] | None = None) -> None:
        self._document = document
        self._instead = instead or {}

    def value(self, node: Node, kind: inspect.Type, name: str) -> object:
        """The value of a node read as `kind`, or BROKEN. `name` is the field, for messages."""
        if isinstance(kind, inspect.StructType):
            return self.struct(node, kind.cls, name)
        if isinstance(kind, inspect.UnionType):
            return self._union(node, kind, name)
        if isinstance(kind, inspect.VarTupleType):
            return self._list(node, kind.item_type, name)
        if isinstance(kind, inspect.TupleType):
            return self._fixed(node, kind.item_types, name)
        if isinstance(kind, inspect.DictType):
            return self._dict(node, kind.value_type, name)
        return self._scalar(node, kind, name)

    def struct(self, node: Node, cls: type[msgspec.Struct], name: str) -> object:
        """A struct, its fields read one by one; BROKEN when a required one cannot be used."""
        if isinstance(node, Scalar) and not node.nothing and cls in _SHORT:
            short = _SHORT[cls](node.text)
            self._document.remember(short, node)
            return short
        if not isinstance(node, Mapping):
            return self._wrong(node, "not_a_map", messages.not_a_map(name, list(_fields(cls))))
        self._refuse_unknown(node, cls)
        values = {field.name: self._field(node, field, cls) for field in _fields(cls).values()}
        whole = self._repair(values) if node is self._document.root else values
        if any(value is BROKEN for value in whole.values()):
            return BROKEN
        made = cls(**{key: value for key, value in whole.items() if value is not msgspec.UNSET})
        self._document.remember(made, node)
        return made

    def _repair(self, values: dict[str, object]) -> dict[str, object]:
        return {key: self._instead.get(key, BROKEN) if value is BROKEN else value for key, value in values.items()}

    def _field(self, node: Mapping, field: inspect.Field, cls: type[msgspec.Struct]) -> object:
        below = node.entries.get(field.encode_name)
        if below is None:
            if field.required:
                self._wrong(node, "missing_field", messages.missing_field(field.encode_name))
                return _substitute(field)
            return msgspec.UNSET
        if isinstance(below, Scalar) and below.nothing and not field.required and not _may_be_none(field.type):
            return msgspec.UNSET
        found = self.value(below, field.type, field.encode_name)
        if found is not BROKEN and field.encode_name == "id" and not _ID.fullmatch(str(found)):
            return self._wrong(below, "bad_id", messages.bad_id(str(found)))
        return _substitute(field) if found is BROKEN else found

    def _refuse_unknown(self, node: Mapping, cls: type[msgspec.Struct]) -> None:
        known = _fields(cls)
        for name, key in node.keys.items():
            if name not in known:
                self._wrong(key, "unknown_field", messages.unknown_field(name, known))

    def _union(self, node: Node, kind: inspect.UnionType, name: str) -> object:
        choices = [choice for choice in kind.types if not isinstance(choice, inspect.NoneType)]
        if isinstance(node, Scalar) and node.nothing and len(choices) < len(kind.types):
            return None
        if len(choices) == 1:
            return self.value(node, choices[0], name)
        return self._yes_no_or_day(node, name)

    def _yes_no_or_day(self, node: Node, name: str) -> object:
        """The one union of the format that is more than "or nothing": true, false or a day."""
        if isinstance(node, Scalar) and node.plain and node.text in _TRUE | _FALSE:
            return node.text in _TRUE
        if isinstance(node, Scalar) and node.plain and _WHOLE.fullmatch(node.text):
            return self._whole(node, name)
        return self._wrong(node, "not_yes_no_or_day", messages.not_yes_no_or_day(name))

    def _list(self, node: Node, kind: inspect.Type, name: str) -> object:
        if not isinstance(node, Sequence):
            return self._wrong(node, "not_a_list", messages.not_a_list(name))
        values = (self.value(item, kind, name) for item in node.items)
        return tuple(value for value in values if value is not BROKEN)

    def _fixed(self, node: Node, kinds: tuple[inspect.Type, ...], name: str) -> object:
        if not isinstance(node, Sequence) or len(node.items) != len(kinds):
            return self._wrong(node, "not_a_pair", messages.not_a_pair(name))
        values = tuple(self.value(item, kind, name) for item, kind in zip(node.items, kinds, strict=True))
        return BROKEN if BROKEN in values else values

    def _dict(self, node: Node, kind: inspect.Type, name: str) -> object:
        if not isinstance(node, Mapping):
            return self._wrong(node, "not_a_map", messages.not_a_map(name, []))
        values = {key: self.value(below, kind, name) for key, below in node.entries.items()}
        return {key: value for key, value in values.items() if value is not BROKEN}

    def _scalar(self, node: Node, kind: inspect.Type, name: str) -> object:
        if not isinstance(node, Scalar):
            return self._wrong(node, "not_one_value", messages.not_one_value(name))
        if isinstance(kind, inspect.LiteralType):
            return self._choice(node, [str(value) for value in kind.values], name)
        if isinstance(kind, inspect.StrType):
            return self._text(node, name)
        if isinstance(kind, inspect.IntType):
            return self._whole(node, name)
        if isinstance(kind, inspect.BoolType):
            return self._yes_no(node, name)
        return self._date(node, name)

    def _choice(self, node: Scalar, choices: list[str], name: str) -> object:
        if node.text in choices:
            return node.text
        self._wrong(node, "unknown_choice", messages.unknown_choice(name, node.text, choices))
        # What was probably meant stands in, so that the rest of the struct is still checked.
        return nearest(node.text, choices) or BROKEN

    def _text(self, node: Scalar, name: str) -> object:
        if node.nothing or not node.text.strip():
            return self._wrong(node, "empty_text", messages.empty_text(name))
        if len(node.text) > limits.TEXT_LENGTH:
            return self._wrong(node, "text_too_long", messages.text_too_long(name, len(node.text)))
        if _unbalanced(node.text):
            self._document.warn(self._document.spot_of(node), "turned_direction", messages.turned_direction())
        return node.text

    def _whole(self, node: Scalar, name: str) -> object:
        if not node.plain or not _WHOLE.fullmatch(node.text):
            return self._wrong(node, "not_a_number", messages.not_a_number(name, node.text, _plainer(node.text)))
        if len(node.text) > 12 or abs(int(node.text)) > limits.NUMBER:
            return self._wrong(node, "number_too_large", messages.number_too_large(name))
        return int(node.text)

    def _yes_no(self, node: Scalar, name: str) -> object:
        if node.plain and node.text in _TRUE | _FALSE:
            return node.text in _TRUE
        return self._wrong(node, "not_true_or_false", messages.not_true_or_false(name, node.text))

    def _date(self, node: Scalar, name: str) -> object:
        try:
            if _DATE.fullmatch(node.text):
                return dt.date.fromisoformat(node.text)
        except ValueError:
            pass
        return self._wrong(node, "not_a_date", messages.not_a_date(name, node.text))

    def _wrong(self, node: Node, code: str, says: Text) -> _Broken:
        self._document.error(self._document.spot_of(node), code, says)
        return BROKEN


@cache
def _fields(cls: type[msgspec.Struct]) -> dict[str, inspect.Field]:
    """The fields of a struct by their name in the file."""
    kind = inspect.type_info(cls)
    return {field.encode_name: field for field in cast("inspect.StructType", kind).fields}


def _may_be_none(kind: inspect.Type) -> bool:
    return isinstance(kind, inspect.UnionType) and any(isinstance(choice, inspect.NoneType) for choice in kind.types)


def _substitute(field: inspect.Field) -> object:
    """What stands in for an unusable field, so that the rest of its struct is still checked; BROKEN if nothing can."""
    if not field.required:
        return msgspec.UNSET
    if _may_be_none(field.type):
        return None
    if isinstance(field.type, inspect.VarTupleType):
        return ()
    if isinstance(field.type, inspect.StructType) and field.type.cls is Text:
        return Text(nl="?", en="?")
    return BROKEN


def _plainer(text: str) -> str:
    """A number as it should have been written, or "" when no number can be made of it."""
    bare = text.strip().strip("\"'")
    return str(int(bare.replace("_", ""))) if _DIGITS.fullmatch(bare) and len(bare) < 12 else ""


def _unbalanced(text: str) -> bool:
    """Whether a text turns the reading direction and does not turn it back."""
    embeddings = sum(text.count(mark) for mark in "\u202a\u202b\u202d\u202e") - text.count("\u202c")
    isolates = sum(text.count(mark) for mark in "\u2066\u2067\u2068") - text.count("\u2069")
    return embeddings > 0 or isolates > 0
