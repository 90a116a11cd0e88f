"""The one family of errors. Each says what is wrong, where, and what to do, in Dutch and in English."""

from __future__ import annotations

from typing import Literal

Language = Literal["nl", "en"]


class SchakelbordError(Exception):
    """A problem that a person can understand and mend.

    Args:
        code: stable identifier in snake_case, for tests and for the API.
        where: place of the trouble: a JSON pointer, `file:line`, a field, or "" when there is none.
        nl: the sentence in Dutch (B1).
        en: the sentence in English.
    """

    exit_code = 1

    def __init__(self, code: str, where: str = "", *, nl: str, en: str) -> None:
        super().__init__(f"{where}: {en}" if where else en)
        self.code = code
        self.where = where
        self.nl = nl
        self.en = en

    def sentence(self, language: Language = "nl") -> str:
        """The sentence in the language asked for, with the place before it."""
        text = self.nl if language == "nl" else self.en
        return f"{self.where}: {text}" if self.where else text


class InputError(SchakelbordError):
    """What a person gave cannot be used. The command line ends with exit code 2, a page answers 400."""

    exit_code = 2


class RightError(SchakelbordError):
    """This actor may not do this."""


class StateError(SchakelbordError):
    """The thing is not in a state in which this can be done; says which state it is in and which is needed."""


class ConflictError(SchakelbordError):
    """Somebody else changed the same thing first; says who changed what."""
