"""Checking folders and files of a catalogue and stories: what was checked, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.catalogue_files import FILES, CatalogueFiles
from schakelbord.engine.check_catalogue import known_in
from schakelbord.engine.load import read_story_document
from schakelbord.engine.problems import Problem, ProblemsError, Spot
from schakelbord.engine.references import Known
from schakelbord.engine.shipped import CATALOGUE, STORIES
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.yaml_messages import unreadable

_ENDINGS: Final = {".yaml", ".yml"}


class CheckedFile(msgspec.Struct, frozen=True):
    """A file that was checked. `kind` is `story` or the name of a catalogue file; `rows` counts its rows or beats."""

    file: str
    kind: str
    rows: int


class CheckReport(msgspec.Struct, frozen=True):
    """All that was checked and all that was found, in order of file and line."""

    files: tuple[CheckedFile, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(problem.level == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return len(self.problems) - self.errors


def check_paths(paths: Sequence[Path], catalogue: Path | None = None) -> CheckReport:
    """Check files and folders.

    Args:
        paths: folders with a catalogue, with stories or with both (also in `catalogue/` and `stories/` below them), and
            single files. Nothing means what is shipped.
        catalogue: folder of the catalogue that the stories use; by default one found in `paths`, else the shipped one.
    """
    return _Check(paths or [CATALOGUE, STORIES], catalogue).report()


class _Check:
    """Gathers files, reads the catalogues, then the stories against the catalogue they use."""

    def __init__(self, paths: Sequence[Path], catalogue: Path | None) -> None:
        self._problems: list[Problem] = []
        self._files: list[CheckedFile] = []
        self._catalogues: list[Path] = [catalogue] if catalogue else []
        self._stories: list[Path] = []
        self._ids: dict[str, str] = {}
        for path in paths:
            self._gather(path)

    def report(self) -> CheckReport:
        read = [self._catalogue(folder) for folder in dict.fromkeys(self._catalogues)]
        used, known = read[0] if read else self._shipped()
        for story in dict.fromkeys(self._stories):
            self._story(story, used, known)
        return CheckReport(tuple(self._files), tuple(sorted(self._problems, key=lambda found: found.order)))

    def _gather(self, path: Path) -> None:
        if path.is_dir():
            self._gather_folder(path)
        elif path.stem in FILES and path.suffix in _ENDINGS:
            self._catalogues.append(path.parent)
        else:
            self._stories.append(path)

    def _gather_folder(self, folder: Path) -> None:
        try:
            here = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix in _ENDINGS)
        except OSError as trouble:
            self._problems.append(unreadable(Spot(str(folder)), trouble))
            return
        below = [folder / name for name in ("catalogue", "stories") if (folder / name).is_dir()]
        if not here and not below:
            self._problems.append(_nothing_here(folder))
        for path in here:
            self._gather(path)
        for path in below:
            self._gather_folder(path)

    def _catalogue(self, folder: Path) -> tuple[Catalogue, Known]:
        files = CatalogueFiles(folder, shown=folder)
        self._problems += files.problems
        for name, document in files.documents.items():
            self._files.append(CheckedFile(document.name, name, len(getattr(files.catalogue, name))))
        return files.catalogue, known_in(files.documents)

    def _shipped(self) -> tuple[Catalogue, Known]:
        files = CatalogueFiles(CATALOGUE)
        return files.catalogue, known_in(files.documents)

    def _story(self, path: Path, catalogue: Catalogue, known: Known) -> None:
        try:
            story, document = read_story_document(path, catalogue, name=str(path), known=known)
        except ProblemsError as unreadable:
            self._problems += unreadable.problems
            self._files.append(CheckedFile(str(path), "story", 0))
            return
        self._problems += document.problems
        self._files.append(CheckedFile(str(path), "story", _beats(story)))
        if story is not None and story.id:
            self._unique(story, document.spot(story, "id"))

    def _unique(self, story: Story, spot: Spot) -> None:
        other = self._ids.setdefault(story.id, spot.file)
        if other != spot.file:
            self._problems.append(_same_story(spot, story.id, other))


def _beats(story: Story | None) -> int:
    scenes: Iterable[int] = (len(scene.beats) for scene in story.scenes) if story else ()
    return sum(scenes)


def _nothing_here(folder: Path) -> Problem:
    says = Text(
        nl="in deze map staat geen YAML-bestand; noem een map met een stelsel of met verhalen.",
        en="there is no YAML file in this folder; name a folder with a catalogue or with stories.",
    )
    return Problem("error", "nothing_here", Spot(str(folder)), says)


def _same_story(spot: Spot, story: str, other: str) -> Problem:
    says = Text(
        nl=f"het verhaal `{story}` staat ook in {other}; geef een van de twee een ander id.",
        en=f"the story `{story}` also stands in {other}; give one of the two another id.",
    )
    return Problem("error", "duplicate_story", spot, says)
