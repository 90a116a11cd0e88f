"""What is wrong in a file that a person wrote: every problem with its place, as an error or as a warning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from schakelbord.engine.text import Text
from schakelbord.errors import InputError

Level = Literal["error", "warning"]


class Spot(msgspec.Struct, frozen=True, order=True):
    """A place in a file; line and column count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`file:line:column`, without the numbers where they say nothing."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.file else f"{self.line}:{self.column}"


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong (error) or probably not meant (warning). `code` is a stable name in snake_case."""

    level: Level
    code: str
    spot: Spot
    says: Text

    @property
    def order(self) -> tuple[Spot, str]:
        """By file, line and column; errors before warnings at the same place."""
        return (self.spot, self.level)


class ProblemsError(InputError):
    """A file has at least one error. The sentence is that of the first; `problems` holds all, in order of line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        errors = sorted((found for found in problems if found.level == "error"), key=lambda found: found.order)
        first, others = errors[0], len(errors) - 1
        super().__init__(
            first.code,
            str(first.spot),
            nl=first.says.nl + _more_nl(others),
            en=first.says.en + _more_en(others),
        )
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=lambda found: found.order))


def _more_nl(others: int) -> str:
    if not others:
        return ""
    return (
        f" Er is nog {others} fout in dit bestand." if others == 1 else f" Er zijn nog {others} fouten in dit bestand."
    )


def _more_en(others: int) -> str:
    if not others:
        return ""
    return (
        f" There is {others} more error in this file."
        if others == 1
        else f" There are {others} more errors in this file."
    )
