"""A text in both languages of the product."""

from __future__ import annotations

import msgspec

from schakelbord.errors import Language


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same text in Dutch and in English."""

    nl: str
    en: str

    def get(self, language: Language) -> str:
        """The text in the language asked for."""
        return self.nl if language == "nl" else self.en
