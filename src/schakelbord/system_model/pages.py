"""What the pages of the system model show: a table of a section and the form of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from schakelbord.engine.problems import Level
from schakelbord.errors import Language
from schakelbord.system_model.columns import Column, Row, column_of, columns_of, in_form, shown, value_at
from schakelbord.system_model.content import Checked, Trouble
from schakelbord.system_model.words import PARTS, SHOWN, choice_words, hint_of, label_in_group, label_of

A_PAGE = 100
Content = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of a table."""

    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    down: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table."""

    id: str
    name: str
    cells: tuple[tuple[str, str], ...]
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Narrow a table down by one column."""

    name: str
    label: str
    chosen: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A section as a table, as somebody asked for it."""

    section: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[TableRow, ...]
    found: int
    total: int
    filters: tuple[Filter, ...]
    asked: Asked
    pages: int
    meant: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a row's form: what stands in it, what it began with, and what is said about it."""

    column: Column
    label: str
    value: str
    began: str
    help: str
    choices: tuple[tuple[str, str], ...]
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def described_by(self) -> str:
        """The ids of what is said about it, for screen readers."""
        said = (("hulp", self.help), ("fout", self.problems), ("let-op", self.warnings))
        return " ".join(f"{part}-{self.column.name}" for part, words in said if words)


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together; the name is "" for fields that stand by themselves.

    A group that need not be there, and is not, is folded.
    """

    name: str
    fields: tuple[tuple[str, FieldView], ...]
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody filled in and what the form began with, by the name of the column, and what does not fit."""

    texts: Mapping[str, str] = field(default_factory=dict)
    began: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


NOTHING_TYPED: Final = Typed()


def table_of(content: Content, checked: Checked, section: str, asked: Asked, language: Language) -> Table:
    """A section as a table: searched, narrowed, sorted, one page."""
    rows = [row for row in content[section] if _fits(row, section, asked)]
    if asked.sort:
        column = column_of(section, asked.sort)
        rows.sort(key=lambda row: _sort_key(row, column), reverse=asked.down)
    pages = max(1, -(-len(rows) // A_PAGE))
    page = min(max(1, asked.page), pages)
    heads = [column_of(section, name) for name in SHOWN[section]]
    begin = (page - 1) * A_PAGE
    return Table(
        section=section,
        heads=tuple((column.name, label_of(column)) for column in heads),
        rows=tuple(_table_row(row, section, heads, checked, language) for row in rows[begin : begin + A_PAGE]),
        found=len(rows),
        total=len(content[section]),
        filters=tuple(_filter(column, asked) for column in columns_of(section) if column.kind == "choice"),
        asked=asked,
        pages=pages,
        meant="" if rows else _meant(content[section], asked.words),
    )


def name_of(row: Row, language: Language) -> str:
    """What a row is called; a channel by who tells whom."""
    if "name" in row:
        return str(row["name"].get(language, row["id"]))
    return f"{row.get('from', '?')} → {row.get('to', '?')}" if "from" in row else str(row["id"])


def fields_of(
    row: Row, section: str, language: Language, typed: Typed = NOTHING_TYPED, troubles: Sequence[Trouble] = ()
) -> tuple[FieldView, ...]:
    """The form of a row: what was typed, else what the row has, with what is wrong at its field."""
    return tuple(
        FieldView(
            column=column,
            label=label_of(column),
            value=typed.texts.get(column.name, here),
            began=typed.began.get(column.name, here),
            help=hint_of(column, language),
            choices=_choices(column, typed.texts.get(column.name, here)),
            problems=(
                *([typed.problems[column.name]] if column.name in typed.problems else []),
                *_at_field(troubles, "error", column.name, language),
            ),
            warnings=_at_field(troubles, "warning", column.name, language),
        )
        for column in columns_of(section)
        for here in [in_form(value_at(row, column), column)]
    )


def groups_of(fields: Sequence[FieldView]) -> tuple[FieldGroup, ...]:
    """The fields of a form in groups: those with the same first name together."""
    found: list[FieldGroup] = []
    for part, many in groupby(fields, key=lambda one: one.column.path[0] if len(one.column.path) > 1 else ""):
        members = tuple((label_in_group(one.column), one) for one in many)
        empty = not any(one.value or one.problems or one.warnings for _label, one in members)
        optional = not any(one.column.required for _label, one in members)
        found.append(FieldGroup(str(PARTS.get(part, part)), members, bool(part) and empty and optional))
    return tuple(found)


def trouble_words(troubles: Sequence[Trouble], language: Language) -> tuple[tuple[str, str], ...]:
    """Level and sentence of troubles."""
    return tuple((trouble.level, trouble.says.get(language)) for trouble in troubles)


def _choices(column: Column, value: str) -> tuple[tuple[str, str], ...]:
    """What can be chosen, with what stands there even when that is no choice, so that the form does not lose it."""
    odd = (value,) if column.choices and value and value not in column.choices else ()
    return tuple((choice, choice_words(column, choice)) for choice in (*column.choices, *odd))


def _at_field(troubles: Sequence[Trouble], level: Level, name: str, language: Language) -> tuple[str, ...]:
    found = (trouble.says.get(language) for trouble in troubles if (trouble.level, trouble.field) == (level, name))
    return tuple(dict.fromkeys(found))


def _table_row(row: Row, section: str, heads: Sequence[Column], checked: Checked, language: Language) -> TableRow:
    troubles = checked.of(section, str(row["id"]))
    return TableRow(
        id=str(row["id"]),
        name=name_of(row, language),
        cells=tuple((label_of(column), _short(row, column)) for column in heads),
        errors=sum(trouble.level == "error" for trouble in troubles),
        warnings=sum(trouble.level == "warning" for trouble in troubles),
    )


def _short(row: Row, column: Column) -> str:
    """A cell of the table: choices in words, lists as a count when they are long."""
    value = value_at(row, column)
    if column.kind == "list" and isinstance(value, list) and len(value) > 3:
        return _("%(first)s and %(count)s more") % {"first": ", ".join(value[:2]), "count": len(value) - 2}
    if column.kind == "yes_no" and value is not None:
        return _("yes") if value else _("no")
    if column.kind == "choice":
        return choice_words(column, value) if value else ""
    return shown(value, column)


def _fits(row: Row, section: str, asked: Asked) -> bool:
    for name, wanted in asked.filters:
        column = column_of(section, name)
        if value_at(row, column) != wanted:
            return False
    if not asked.words:
        return True
    text = " ".join(shown(value_at(row, column), column) for column in columns_of(section)).lower()
    return all(word in text for word in asked.words.lower().split())


def _sort_key(row: Row, column: Column) -> tuple[bool, int, str]:
    value = value_at(row, column)
    number = value if isinstance(value, int) else len(value) if isinstance(value, list) else 0
    return (value is None, number, shown(value, column).lower())


def _filter(column: Column, asked: Asked) -> Filter:
    choices = tuple((choice, choice_words(column, choice)) for choice in column.choices)
    return Filter(column.name, label_of(column), dict(asked.filters).get(column.name, ""), choices)


def _meant(rows: Sequence[Row], words: str) -> str:
    """The id that was probably meant when nothing was found."""
    found = get_close_matches(words.lower(), [str(row["id"]) for row in rows], 1, 0.5)
    return found[0] if found else ""
