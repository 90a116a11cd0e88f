"""Fields of a form, each with its value, what it was based on, and everything that is to be said about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from schakelbord.editor.checking import Trouble
from schakelbord.editor.content import Content
from schakelbord.editor.operations import find
from schakelbord.editor.troubles import told, trouble_words
from schakelbord.engine.catalogue import Catalogue
from schakelbord.errors import Language
from schakelbord.guard import check as check_text

Kind = Literal["line", "text", "number", "select", "checks"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of a field."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices under a heading; without one they stand by themselves."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A second text that was kept beside the field."""

    path: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `old` is JSON of the value that the page shows, on which a change is based."""

    path: str
    label: str
    kind: Kind
    value: str
    old: str
    groups: tuple[ChoiceGroup, ...] = ()
    hint: str = ""
    troubles: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    rows: int = 3
    voiced: bool = False

    @property
    def id(self) -> str:
        """The id of the input."""
        return "v-" + self.path.replace("/", "-")

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices, without headings."""
        return tuple(choice for group in self.groups for choice in group.choices)

    @property
    def has_notes(self) -> bool:
        """Whether something is to be said about it."""
        return bool(self.troubles or self.flags or self.beside)

    def hinted(self, hint: str) -> Field:
        """The same with a hint."""
        return replace(self, hint=hint)


class Fields:
    """Makes the fields of one draft."""

    def __init__(
        self, content: Content, troubles: Iterable[Trouble], *, catalogue: Catalogue, language: Language
    ) -> None:
        self.content = content
        self.catalogue = catalogue
        self.language = language
        self._troubles: dict[str, list[Trouble]] = {}
        for trouble in troubles:
            if told(trouble):
                self._troubles.setdefault(trouble.path, []).append(trouble)

    def line(self, path: str, label: str) -> Field:
        """A short text."""
        return self._written(path, label, "line")

    def law(self, path: str, label: str) -> Field:
        """A law and article as short text; the number of an article is no date."""
        return self._written(path, label, "line", dates=False)

    def text(self, path: str, label: str, *, rows: int = 3, voiced: bool = True) -> Field:
        """A text that is told."""
        return replace(self._written(path, label, "text"), rows=rows, voiced=voiced)

    def number(self, path: str, label: str) -> Field:
        """A day or an age."""
        return self._field(path, label, "number")

    def select(self, path: str, label: str, groups: Sequence[tuple[str, Mapping[str, str]]]) -> Field:
        """One of some values. A value that is not among them stays visible as it is."""
        field = self._field(path, label, "select")
        known = {value for _, choices in groups for value in choices}
        shown = list(groups)
        if field.value not in known:
            shown.insert(0, ("", {field.value: field.value}))
        return replace(field, groups=tuple(_group(label, choices, {field.value}) for label, choices in shown))

    def checks(self, path: str, label: str, choices: Mapping[str, str]) -> Field:
        """Any of some values."""
        chosen = find(self.content, path).value
        values = {str(value) for value in chosen} if isinstance(chosen, list) else set()
        extra = {value: value for value in sorted(values) if value not in choices}
        field = self._field(path, label, "checks")
        return replace(field, groups=(_group("", {**choices, **extra}, values),))

    def about(self, path: str) -> tuple[str, ...]:
        """What is to be said about an item as a whole."""
        return tuple(self._says(trouble) for trouble in self._troubles.get(path, ()))

    def any_within(self, path: str) -> bool:
        """Whether something is wrong at a path or below it."""
        return any(f"{known}/".startswith(f"{path}/") for known in self._troubles)

    def _written(self, path: str, label: str, kind: Kind, *, dates: bool = True) -> Field:
        """A text that people write: checked for what looks like a real person."""
        field = self._field(path, label, kind)
        found = [flag for flag in check_text(field.value) if dates or flag.kind != "date"]
        flags = tuple(flag.nl if self.language == "nl" else flag.en for flag in found)
        return replace(field, flags=flags)

    def _field(self, path: str, label: str, kind: Kind) -> Field:
        value = find(self.content, path).value
        return Field(
            path=path,
            label=label,
            kind=kind,
            value="" if value is None or isinstance(value, list) else str(value),
            old=json.dumps(value, ensure_ascii=False),
            troubles=tuple(self._says(trouble) for trouble in self._troubles.get(path, ())),
            beside=tuple(
                Beside(f"remarks/{row.key}", row.text, row.by)
                for row in self.content.remarks
                if row.kind == "beside" and row.path == path
            ),
        )

    def _says(self, trouble: Trouble) -> str:
        return trouble_words(trouble, self.content, self.catalogue).get(self.language)


def _group(label: str, choices: Mapping[str, str], chosen: set[str]) -> ChoiceGroup:
    return ChoiceGroup(label, tuple(Choice(value, name, value in chosen) for value, name in choices.items()))
