"""What the check finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schakelbord.errors import Language

Kind = Literal["name", "number", "date", "address", "contact", "label"]
Rule = Literal[
    "person_name", "phone", "email", "profile", "bsn", "iban", "licence_plate", "file_number", "address", "postcode",
    "date_of_birth", "date", "origin_label", "culture", "generalisation",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flag:
    """A piece of a text to look at.

    `start` and `end` count characters of the text as it was given; `text` is that piece. `rule` says more closely than
    `kind` what it looks like. `nl` and `en` tell in one or two sentences what it is and what to write instead.
    """

    kind: Kind
    start: int
    end: int
    text: str
    nl: str
    en: str
    rule: Rule

    def sentence(self, language: Language) -> str:
        """The sentence in the language asked for."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Hit:
    """A find in the plain text, before it has words. `hint` is the word to write instead, in both languages."""

    rule: Rule
    start: int
    end: int
    hint: tuple[str, str] | None = None
