"""The columns of a section: every field of a row as one flat value, for tables, forms, spreadsheets and bulk edits.

Made from the declared types of the catalogue, so that a new field of the engine is a new column here by itself.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, cast

import msgspec
from msgspec import inspect

from schakelbord.engine.catalogue_files import FILES
from schakelbord.engine.field_texts import FIELD_TEXTS
from schakelbord.engine.text import Text
from schakelbord.errors import InputError

Kind = Literal["text", "number", "yes_no", "choice", "date", "list", "ages", "rows"]
Plain = Any
Row = dict[str, Plain]
YES: Final = {"ja", "yes", "true", "1", "waar"}
NO: Final = {"nee", "no", "false", "0", "onwaar", ""}
AGES: Final = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
SECTIONS: Final = tuple(FILES)


@dataclass(frozen=True, slots=True)
class Column:
    """One flat field. `path` are the names on the way to it, `help` says what it means.

    Rows leave out what is default. `default` is that value, and `group` the way to the part that must be there for it
    to hold: without a ground nobody may or must, with one `may` holds unless it says otherwise. `naming` is the field
    that says enough of a row in a list by itself: a member is an organisation.
    """

    path: tuple[str, ...]
    kind: Kind
    choices: tuple[str, ...]
    required: bool
    help: Text
    default: Plain = None
    group: tuple[str, ...] = ()
    naming: str = ""

    @property
    def name(self) -> str:
        """Its name in spreadsheets and addresses: `ground.law`."""
        return ".".join(self.path)


@cache
def columns_of(section: str) -> tuple[Column, ...]:
    """The columns of a section, in the order of the struct."""
    return tuple(_columns(FILES[section], (), required=True))


def column_of(section: str, name: str) -> Column:
    """A column by its name.

    Raises:
        InputError: the section has no such column.
    """
    found = next((column for column in columns_of(section) if column.name == name), None)
    if found is None:
        raise InputError(
            "unknown_column",
            name[:60],
            nl="Deze kolom bestaat niet in dit onderdeel van het stelsel.",
            en="There is no such column in this part of the system model.",
        )
    return found


def value_at(row: Mapping[str, Plain], column: Column) -> Plain:
    """The value of a column in a row, its default where the row leaves it out; None when it has none."""
    value = _at(row, column.path)
    if value is None and column.default is not None and _at(row, column.group) is not None:
        return column.default
    return value


def same_value(one: Plain, other: Plain, column: Column) -> bool:
    """Whether two values of a column say the same: nothing says what its default says."""
    left, right = (column.default if value is None else value for value in (one, other))
    return type(left) is type(right) and left == right


def shown(value: Plain, column: Column) -> str:
    """A value as it stands in a cell."""
    if value is None:
        return ""
    if column.kind == "list":
        return ", ".join(value)
    if column.kind == "ages":
        return f"{value[0]}-{value[1]}"
    if column.kind == "yes_no":
        return "ja" if value else "nee"
    if column.kind == "rows":
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)


def in_form(value: Plain, column: Column) -> str:
    """A value as it stands in a form: as in a cell, but a list of rows with a row a line."""
    if column.kind != "rows" or not isinstance(value, list):
        return shown(value, column)
    return "\n".join(_line(item, column) for item in value)


def read(text: str, column: Column) -> Plain:
    """The value that somebody typed in a cell; None for an empty one.

    Raises:
        InputError: it cannot be a value of this column; says what can.
    """
    text = text.strip()
    if not text:
        return None
    return _READERS[column.kind](text, column)


def with_value(row: Mapping[str, Plain], column: Column, value: Plain) -> Row:
    """The row with another value in a column; an emptied group of fields disappears as a whole.

    A list that must be there is empty when nothing is filled in.
    """
    if value is None and column.required and column.kind in {"list", "rows"}:
        value = []
    return cast("Row", _put(row, column.path, value))


def tidy(section: str, row: Mapping[str, Plain]) -> Row:
    """A row as its file has it: fields in order, without what has its default."""
    return _tidy(row, FILES[section])


def plain_of(struct: msgspec.Struct) -> Row:
    """A row of the catalogue as plain values, without what has its default."""
    return _tidy(msgspec.json.decode(msgspec.json.encode(struct)), type(struct))


def _at(row: Mapping[str, Plain], path: tuple[str, ...]) -> Plain:
    value: Plain = row
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _columns(
    cls: type[msgspec.Struct], path: tuple[str, ...], *, required: bool, group: tuple[str, ...] = ()
) -> list[Column]:
    found: list[Column] = []
    kind = cast("inspect.StructType", inspect.type_info(cls))
    for field in kind.fields:
        here = (*path, field.encode_name)
        inner, optional = _inner(field.type)
        must = required and field.required and not optional
        if isinstance(inner, inspect.StructType):
            found += _columns(inner.cls, here, required=must, group=here if optional else group)
        else:
            help_text = FIELD_TEXTS.get(cls.__name__, {}).get(field.encode_name, Text(nl="", en=""))
            shape = _kind_of(inner)
            default = _default_of(field, shape)
            found.append(Column(here, shape, _choices_of(inner), must, help_text, default, group, _naming_of(inner)))
    return found


def _naming_of(kind: inspect.Type) -> str:
    """The only field that a row of a list needs, when that is an organisation; of other rows an id says too little."""
    item = kind.item_type if isinstance(kind, inspect.VarTupleType) else None
    needed = [field.name for field in item.fields if field.required] if isinstance(item, inspect.StructType) else []
    return needed[0] if needed == ["organisation"] else ""


def _default_of(field: inspect.Field, kind: Kind) -> Plain:
    """What holds when a row leaves this out; nothing for what must be filled in."""
    if kind in {"list", "rows"}:
        return []
    return None if field.required or field.default is msgspec.NODEFAULT else field.default


def _inner(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    if isinstance(kind, inspect.UnionType):
        choices = [choice for choice in kind.types if not isinstance(choice, inspect.NoneType)]
        return choices[0], len(choices) < len(kind.types)
    return kind, False


def _kind_of(kind: inspect.Type) -> Kind:
    if isinstance(kind, inspect.VarTupleType):
        return "rows" if isinstance(kind.item_type, inspect.StructType) else "list"
    if isinstance(kind, inspect.TupleType):
        return "ages"
    names: dict[type[inspect.Type], Kind] = {
        inspect.LiteralType: "choice",
        inspect.IntType: "number",
        inspect.BoolType: "yes_no",
        inspect.DateType: "date",
    }
    return names.get(type(kind), "text")


def _choices_of(kind: inspect.Type) -> tuple[str, ...]:
    return tuple(str(value) for value in kind.values) if isinstance(kind, inspect.LiteralType) else ()


def _put(holder: Plain, path: tuple[str, ...], value: Plain) -> Plain:
    """A copy of a mapping with a value at a path. None takes the field away, and a group that became empty as well."""
    here: Row = dict(holder) if isinstance(holder, Mapping) else {}
    name, rest = path[0], path[1:]
    new = _put(here.get(name), rest, value) if rest else value
    if new is None or new == {}:
        here.pop(name, None)
    else:
        here[name] = new
    return here


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a struct as we need it again and again."""

    name: str
    required: bool
    optional: bool
    inner: type[msgspec.Struct] | None
    many: bool
    default: Plain


@cache
def _fields(cls: type[msgspec.Struct]) -> tuple[_Field, ...]:
    found = []
    for field in msgspec.structs.fields(cls):
        inner, optional = _inner(inspect.type_info(field.type))
        many = isinstance(inner, inspect.VarTupleType)
        item = inner.item_type if isinstance(inner, inspect.VarTupleType) else inner
        struct = item.cls if isinstance(item, inspect.StructType) else None
        default = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default
        if not field.required:
            default = msgspec.json.decode(msgspec.json.encode(default))
            if isinstance(default, dict) and struct is not None:
                default = _tidy(default, struct)
        found.append(_Field(field.encode_name, field.required, optional, struct, many, default))
    return tuple(found)


def _tidy(value: Mapping[str, Plain], cls: type[msgspec.Struct]) -> Row:
    """Only known fields, in order, without defaults; a required field that may be nothing stays as null."""
    tidied: Row = {}
    known = _fields(cls)
    for field in known:
        found = _below(value.get(field.name), field)
        if found is None or (not field.required and found == field.default):
            if field.required and field.optional:
                tidied[field.name] = None
            continue
        tidied[field.name] = found
    # What we do not know stays, so that the check can say so.
    names = {field.name for field in known}
    return tidied | {name: other for name, other in value.items() if name not in names}


def _below(found: Plain, field: _Field) -> Plain:
    if field.inner is None:
        return found
    if field.many and isinstance(found, list):
        return [_tidy(one, field.inner) if isinstance(one, Mapping) else one for one in found]
    return _tidy(found, field.inner) if isinstance(found, Mapping) else found


def _read_number(text: str, column: Column) -> int:
    if re.fullmatch(r"-?\d{1,9}(?:[.,]0+)?", text):
        return int(re.split(r"[.,]", text)[0])
    raise _wrong(column, text, nl="vul een heel getal in.", en="fill in a whole number.")


def _read_yes_no(text: str, column: Column) -> bool:
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise _wrong(column, text, nl="vul ja of nee in.", en="fill in yes (ja) or no (nee).")


def _read_choice(text: str, column: Column) -> str:
    if text in column.choices:
        return text
    choices = ", ".join(column.choices)
    raise _wrong(column, text, nl=f"kies uit: {choices}.", en=f"choose from: {choices}.")


def _read_date(text: str, column: Column) -> str:
    found = re.match(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00:00)?$", text)
    try:
        return dt.date.fromisoformat(found[1] if found else text).isoformat()
    except ValueError:
        raise _wrong(
            column, text, nl="vul een datum in als 2026-10-05.", en="fill in a date like 2026-10-05."
        ) from None


def _read_list(text: str, column: Column) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def _read_ages(text: str, column: Column) -> list[int]:
    found = AGES.fullmatch(text)
    if found:
        return [int(found[1]), int(found[2])]
    raise _wrong(column, text, nl="vul leeftijden in als 12-18.", en="fill in ages like 12-18.")


def _read_rows(text: str, column: Column) -> list[Plain]:
    """Rows as a spreadsheet has them, one list, or as a form has them, a row a line."""
    try:
        found = json.loads(text) if text.startswith("[") else [_row(line, column) for line in text.split("\n")]
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list):
        return [item for item in found if item is not None]
    raise _wrong(
        column,
        text,
        nl="zet elke rij op een eigen regel, zoals die er eerst stond.",
        en="put each row on a line of its own, as it was before.",
    )


def _line(item: Plain, column: Column) -> str:
    bare = isinstance(item, Mapping) and list(item) == [column.naming] and isinstance(item[column.naming], str)
    return str(item[column.naming]) if bare else json.dumps(item, ensure_ascii=False)


def _row(line: str, column: Column) -> Plain:
    """A line of a form as a row; None for an empty one."""
    line = line.strip()
    if not line:
        return None
    if column.naming and re.fullmatch(r"[a-z0-9_]+", line):
        return {column.naming: line}
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError(line)
    return found


def _read_text(text: str, column: Column) -> str:
    return text


_READERS: Final = {
    "text": _read_text,
    "number": _read_number,
    "yes_no": _read_yes_no,
    "choice": _read_choice,
    "date": _read_date,
    "list": _read_list,
    "ages": _read_ages,
    "rows": _read_rows,
}


def _wrong(column: Column, text: str, *, nl: str, en: str) -> InputError:
    typed = text if len(text) <= 40 else f"{text[:40]}…"
    return InputError("wrong_value", column.name, nl=f"“{typed}” kan niet; {nl}", en=f"“{typed}” is not possible; {en}")
