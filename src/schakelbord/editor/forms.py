"""What a form of the editor is made of: rows and sections of fields."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.editor.fields import Field


@dataclass(frozen=True, slots=True)
class Row:
    """An item in a list: its fields, what is wrong with it as a whole, and a note on where it came from."""

    path: str
    fields: tuple[Field, ...]
    remove: str
    troubles: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields. `add` is the list to which the button adds, with its words; `fold` hides what is not used."""

    id: str
    title: str
    fields: tuple[Field, ...] = ()
    rows: tuple[Row, ...] = ()
    add: str = ""
    add_words: str = ""
    empty: str = ""
    fold: bool = False
    is_open: bool = False
    side: bool = False
    add_gap: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """The form in the middle. `path` is "" for the story as a whole; `note` says where the part came from."""

    path: str
    title: str
    code: str
    sections: tuple[Section, ...]
    troubles: tuple[str, ...] = ()
    may_remove: str = ""
    may_move: bool = False
    note: str = ""
