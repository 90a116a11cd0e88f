"""Reading values out of decoded JSON, each with its JSON pointer (RFC 6901) and one sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from schakelbord.errors import InputError

LARGEST_DAY = 1_000_000
"""Days and delays above this are refused: more than 2,700 years is a typing error."""

LARGEST_NUMBER = 10**12
"""Costs above this are refused."""


def pointer(where: str, *steps: str | int) -> str:
    """The JSON pointer `where` and further steps down."""
    return where + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def refuse(code: str, where: str, *, nl: str, en: str) -> NoReturn:
    """Say what is wrong at this place.

    Raises:
        InputError: always.
    """
    raise InputError(code, where, nl=nl, en=en)


def shown(value: object) -> str:
    """A value in short, for in a sentence."""
    text = (
        f"“{value}”"
        if isinstance(value, str)
        else "true"
        if value is True
        else "false"
        if value is False
        else repr(value)
    )
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    return text if len(text) <= 60 else text[:57] + "…"


@dataclass(frozen=True, slots=True)
class Place:
    """A value in the document and the pointer to it."""

    value: object
    where: str

    def text(self) -> str:
        """The value as text.

        Raises:
            InputError: it is something else.
        """
        if not isinstance(self.value, str):
            refuse(
                "not_text",
                self.where,
                nl=f"hier hoort tekst tussen aanhalingstekens, niet {shown(self.value)}.",
                en=f"this must be text in quotes, not {shown(self.value)}.",
            )
        return self.value

    def number(self, least: int, most: int) -> int:
        """The value as a whole number within bounds; a fraction, a text or true and false are refused.

        Raises:
            InputError: it is something else.
        """
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int):
            refuse(
                "not_a_whole_number",
                self.where,
                nl=f"hier hoort een heel getal, niet {shown(value)}.",
                en=f"this must be a whole number, not {shown(value)}.",
            )
        if not least <= value <= most:
            refuse(
                "out_of_range",
                self.where,
                nl=f"{shown(value)} kan niet; kies een heel getal van {least} tot en met {most}.",
                en=f"{shown(value)} is not possible; choose a whole number from {least} to {most}.",
            )
        return value

    def items(self) -> Iterator[Place]:
        """The items of a list, each with its place.

        Raises:
            InputError: it is not a list.
        """
        if not isinstance(self.value, list):
            refuse(
                "not_a_list",
                self.where,
                nl=f"hier hoort een lijst [..], niet {shown(self.value)}.",
                en=f"this must be a list [..], not {shown(self.value)}.",
            )
        return (Place(item, pointer(self.where, number)) for number, item in enumerate(self.value))

    def texts(self) -> tuple[str, ...]:
        """The items of a list of texts."""
        return tuple(item.text() for item in self.items())

    def entries(self) -> Iterator[tuple[str, Place]]:
        """The keys of an object and the places of their values."""
        return ((key, Place(value, pointer(self.where, key))) for key, value in self.object().items())

    def object(self) -> dict[str, object]:
        """The value as an object.

        Raises:
            InputError: it is something else.
        """
        if not isinstance(self.value, dict):
            refuse(
                "not_an_object",
                self.where,
                nl=f"hier hoort een object {{..}}, niet {shown(self.value)}.",
                en=f"this must be an object {{..}}, not {shown(self.value)}.",
            )
        return self.value

    def has(self, field: str) -> bool:
        """Whether the object has this field."""
        return field in self.object()

    def field(self, name: str) -> Place:
        """The place of a field that must be there.

        Raises:
            InputError: the field is missing.
        """
        found = self.object()
        where = pointer(self.where, name)
        if name not in found:
            refuse(
                "missing",
                where,
                nl=f"“{name}” ontbreekt; vul het in.",
                en=f"“{name}” is missing; fill it in.",
            )
        return Place(found[name], where)

    def only(self, *names: str) -> None:
        """Refuse fields that nobody knows.

        Raises:
            InputError: there is another field.
        """
        for name in self.object():
            if name not in names:
                known = ", ".join(names)
                refuse(
                    "unknown_field",
                    pointer(self.where, name),
                    nl=f"het veld “{name}” bestaat niet; u kunt kiezen uit {known}.",
                    en=f"there is no field “{name}”; you can choose from {known}.",
                )
