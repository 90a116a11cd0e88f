"""The content of a system model: its rows by section, checked by the engine, and as a catalogue."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from schakelbord.engine.catalogue import BodyType, Catalogue, ChannelType, OrganisationType, Pattern, SignalType, Theme
from schakelbord.engine.catalogue_files import FILES, with_digest
from schakelbord.engine.check_catalogue import check_catalogue
from schakelbord.engine.decode import Document, Enough, decode_rows
from schakelbord.engine.problems import Level, Problem
from schakelbord.engine.text import Text
from schakelbord.system_model.columns import SECTIONS, Row, plain_of, tidy
from schakelbord.system_model.nodes import FIRST_LINE, field_at, root_of

Content = Mapping[str, Sequence[Row]]
NO_ROW: Final = ""
R = TypeVar("R", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong, or probably not meant, in a row (by its id; "" for the section as a whole), at a field."""

    level: Level
    section: str
    row: str
    says: Text
    field: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A content that was checked; the catalogue only when nothing is wrong."""

    catalogue: Catalogue | None
    troubles: tuple[Trouble, ...]

    @property
    def errors(self) -> int:
        """How many errors stand in the way of a version."""
        return sum(trouble.level == "error" for trouble in self.troubles)

    def of(self, section: str, row: str) -> tuple[Trouble, ...]:
        """What is wrong with one row."""
        return tuple(trouble for trouble in self.troubles if (trouble.section, trouble.row) == (section, row))


def content_of(catalogue: Catalogue) -> dict[str, list[Row]]:
    """A catalogue as rows of plain values."""
    return {section: [plain_of(row) for row in getattr(catalogue, section)] for section in SECTIONS}


def as_text(content: Content) -> str:
    """A content as it is kept: the same text for the same rows in the same order."""
    tidied = {section: [tidy(section, row) for row in content[section]] for section in SECTIONS}
    return json.dumps(tidied, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> dict[str, list[Row]]:
    """A content as it was kept."""
    found: dict[str, list[Row]] = json.loads(text)
    return {section: found.get(section, []) for section in SECTIONS}


def check(content: Content) -> Checked:
    """Read and check every row as the engine reads the files of a catalogue."""
    troubles: list[Trouble] = []
    documents: dict[str, Document] = {}
    rows: dict[str, tuple[msgspec.Struct, ...]] = dict.fromkeys(SECTIONS, ())
    for section in SECTIONS:
        documents[section] = Document(section, root_of(section, content[section]), [])
        with suppress(Enough):
            rows[section] = decode_rows(documents[section], FILES[section])
    catalogue = _catalogue(rows)
    with suppress(Enough):
        check_catalogue(documents, catalogue)
    for section, document in documents.items():
        troubles += _placed(document.problems, content, section)
    if any(trouble.level == "error" for trouble in troubles):
        return Checked(None, tuple(troubles))
    return Checked(with_digest(catalogue), tuple(troubles))


def _catalogue(rows: Mapping[str, tuple[msgspec.Struct, ...]]) -> Catalogue:
    def of(section: str, cls: type[R]) -> tuple[R, ...]:
        return tuple(row for row in rows[section] if isinstance(row, cls))

    return Catalogue(
        organisations=of("organisations", OrganisationType),
        bodies=of("bodies", BodyType),
        channels=of("channels", ChannelType),
        signals=of("signals", SignalType),
        patterns=of("patterns", Pattern),
        themes=of("themes", Theme),
    )


def _placed(problems: Sequence[Problem], content: Content, section: str) -> list[Trouble]:
    found = []
    for problem in problems:
        place = problem.spot.line - FIRST_LINE
        row = content[section][place] if 0 <= place < len(content[section]) else {}
        field = field_at(section, problem.spot.column)
        found.append(Trouble(problem.level, section, str(row.get("id", NO_ROW)), problem.says, field))
    return found
