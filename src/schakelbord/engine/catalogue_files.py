"""The files of a catalogue: reading them, with all their problems, and the digest of what they say."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar, cast

import msgspec

from schakelbord.engine.catalogue import (
    BodyType,
    Catalogue,
    ChannelType,
    OrganisationType,
    Pattern,
    SignalType,
    Theme,
)
from schakelbord.engine.check_catalogue import check_catalogue
from schakelbord.engine.decode import Document, Enough, decode_rows
from schakelbord.engine.problems import Problem, ProblemsError
from schakelbord.engine.yaml_source import Fatal, parse, read_bytes

R = TypeVar("R", bound=msgspec.Struct)
FILES: Final[dict[str, type[msgspec.Struct]]] = {
    "organisations": OrganisationType,
    "bodies": BodyType,
    "channels": ChannelType,
    "signals": SignalType,
    "patterns": Pattern,
    "themes": Theme,
}
"""The files of a catalogue, without `.yaml`, and what their rows are."""
_OPTIONAL: Final = frozenset({"themes"})


class CatalogueFiles:
    """A catalogue as it stands in a folder: as much of it as can be used, its documents and all problems."""

    def __init__(self, directory: Path, *, shown: Path | None = None) -> None:
        """Read and check the files.

        Args:
            directory: the folder.
            shown: the folder as it should stand before names of files in messages; only the names without it.
        """
        self._directory = directory
        self._shown = shown
        self.documents: dict[str, Document] = {}
        self._fatal: list[Problem] = []
        self.catalogue = Catalogue(
            organisations=self._rows("organisations", OrganisationType),
            bodies=self._rows("bodies", BodyType),
            channels=self._rows("channels", ChannelType),
            signals=self._rows("signals", SignalType),
            patterns=self._rows("patterns", Pattern),
            themes=self._rows("themes", Theme),
        )
        with suppress(Enough):
            check_catalogue(self.documents, self.catalogue)

    @property
    def problems(self) -> list[Problem]:
        """All problems found so far, file by file in order of line."""
        found = [problem for document in self.documents.values() for problem in document.problems]
        return sorted(self._fatal + found, key=lambda problem: problem.order)

    def _rows(self, name: str, cls: type[R]) -> tuple[R, ...]:
        path = self._directory / f"{name}.yaml"
        called = str(self._shown / path.name) if self._shown else path.name
        if name in _OPTIONAL and not path.exists():
            return ()
        try:
            root, problems = parse(read_bytes(path, called), called)
        except Fatal as fatal:
            self._fatal += fatal.problems
            return ()
        self.documents[name] = Document(called, root, problems)
        with suppress(Enough):
            return decode_rows(self.documents[name], cls)
        return ()


def load_catalogue_from(directory: Path) -> Catalogue:
    """The catalogue in a folder, complete and checked, with its digest.

    Raises:
        ProblemsError: a file is missing, unreadable or has an error; holds all problems of all files.
    """
    files = CatalogueFiles(directory)
    if any(problem.level == "error" for problem in files.problems):
        raise ProblemsError(files.problems)
    return with_digest(files.catalogue)


def with_digest(catalogue: Catalogue) -> Catalogue:
    """The catalogue with the digest of what it says; layout, comments and the order of rows do not count."""
    rows = {name: sorted(getattr(catalogue, name), key=_id_of) for name in FILES}
    content = msgspec.json.encode(rows, order="deterministic")
    return msgspec.structs.replace(catalogue, digest=f"sha256:{hashlib.sha256(content).hexdigest()}")


def _id_of(row: object) -> str:
    return cast("OrganisationType", row).id
