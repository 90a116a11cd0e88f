"""No text about people who exist comes on the screen: the check of texts, as sessions use it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from schakelbord.errors import InputError
from schakelbord.guard import Flag, check


def flags_in(text: str) -> list[dict[str, Any]]:
    """What the check of texts says, as it is kept with an item. Asked for twice in a row, it is checked once."""
    return [{"kind": flag.kind, "text": flag.text, "nl": flag.nl, "en": flag.en} for flag in _checked(text)]


@lru_cache(maxsize=256)
def _checked(text: str) -> tuple[Flag, ...]:
    return check(text)


def refuse_real_people(text: str, *, where: str = "text") -> None:
    """Stop what seems to be about real people, or names a group, before it is kept or comes on the screen.

    Raises:
        InputError: with what it looks like and what to do, at this field.
    """
    flags = flags_in(text)
    if flags:
        raise InputError(
            "looks_real",
            where,
            nl=f"{flags[0]['nl']} Zo bewaren wij het niet. Gebruik andere woorden; uw tekst staat er nog.",
            en=f"{flags[0]['en']} We do not keep it like this. Use other words; your text is still there.",
        )
