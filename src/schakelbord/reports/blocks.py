"""A document as a row of blocks, so that page, PDF and word processor show the same in the same order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schakelbord.errors import Language


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 comes below the title of the document. `key` names its place for links."""

    level: int
    text: str
    key: str = ""
    sort: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: str
    sort: Literal["para"] = "para"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values."""

    rows: tuple[tuple[str, str], ...]
    sort: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a caption; `shares` are the widths of its columns, of a whole that is their sum."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    sort: Literal["grid"] = "grid"

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Each row as cells with the head above them, for a narrow screen that shows them under each other."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


Block = Heading | Para | Facts | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language. It names no author: whoever made it is not part of what it says."""

    language: Language
    title: str
    description: str
    kicker: str
    notice: str
    footer: str
    blocks: tuple[Block, ...]
