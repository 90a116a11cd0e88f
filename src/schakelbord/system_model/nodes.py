"""Rows as the reader of the engine sees them: a line for each row and a column for each field."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence

from schakelbord.engine.yaml_source import Mapping, Node, Scalar, Sequence
from schakelbord.system_model.columns import Plain, Row, columns_of

FIRST_LINE = 1


def root_of(section: str, rows: AnySequence[Row]) -> Sequence:
    """The rows of a section as a list; row 0 stands on line 1, and a value in the column of its field, from 1."""
    places = {column.path: number for number, column in enumerate(columns_of(section), start=1)}
    root = Sequence(0, 0)
    root.items = [_node(row, line, 0, (), places) for line, row in enumerate(rows, start=FIRST_LINE)]
    return root


def field_at(section: str, column: int) -> str:
    """The name of the field in a column; "" for the row as a whole."""
    columns = columns_of(section)
    return columns[column - 1].name if 0 < column <= len(columns) else ""


def _node(
    value: Plain, line: int, column: int, path: tuple[str, ...], places: AnyMapping[tuple[str, ...], int]
) -> Node:
    if isinstance(value, AnyMapping):
        mapping = Mapping(line, column)
        for name, below in value.items():
            here = (*path, name)
            place = places.get(here) or column or _first_below(here, places)
            mapping.keys[name] = Scalar(line, place, text=name, plain=True)
            mapping.entries[name] = _node(below, line, place, here, places)
        return mapping
    if isinstance(value, list | tuple):
        sequence = Sequence(line, column)
        sequence.items = [_node(item, line, column, (), {}) for item in value]
        return sequence
    if value is None:
        return Scalar(line, column, text="null", plain=True)
    if isinstance(value, bool):
        return Scalar(line, column, text="true" if value else "false", plain=True)
    return Scalar(line, column, text=str(value), plain=isinstance(value, int | float))


def _first_below(path: tuple[str, ...], places: AnyMapping[tuple[str, ...], int]) -> int:
    """The column of the first field of a part."""
    return next((number for other, number in places.items() if other[: len(path)] == path), 0)
