"""Numbers as forms and addresses give them: any text, and none may break a page."""

from __future__ import annotations

MOST_DIGITS = 17
"""Fewer than a database counts to; Python refuses to read some thousands of them."""


def whole_number(text: str | None, *, otherwise: int = 0) -> int:
    """A number of plain digits; `otherwise` for what is none, or is larger than a database can hold."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else otherwise
