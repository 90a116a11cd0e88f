"""Keys of forms: whoever sends a form twice, by pressing twice or going back, does once what it asks."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final

LONGEST: Final = 40
"""Some forms do several things at once, each with this key and a little more behind it."""


def form_key(given: Mapping[str, str]) -> str:
    """The key that a form brought along; a fresh one when it brought none."""
    return given.get("key", "")[:LONGEST] or fresh_key()


def fresh_key() -> str:
    """A key for a new form."""
    return secrets.token_hex(12)
