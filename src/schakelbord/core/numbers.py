"""Numbers as forms and addresses give them: any text, and none may break a page."""

from __future__ import annotations

from collections.abc import Iterable

MOST_DIGITS = 17
"""Fewer than a database counts to; Python refuses to read some thousands of them."""


def whole_number(text: str | None, *, otherwise: int = 0) -> int:
    """A number of plain digits; `otherwise` for what is none, or is larger than a database can hold."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else otherwise


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """The numbers of the boxes that somebody ticked; 0 for what is none, which no row has as its key."""
    return [whole_number(text) for text in texts]
