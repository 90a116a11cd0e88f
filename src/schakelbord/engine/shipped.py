"""What comes with the product: the catalogue and the stories. Light to import: YAML is read only when it must be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.compact import read_compact
from schakelbord.errors import InputError

DATA: Final = Path(__file__).parents[1] / "data"
CATALOGUE: Final = DATA / "catalogue"
STORIES: Final = DATA / "stories"
COMPACT: Final = DATA / "catalogue.json"


def load_catalogue(directory: Path | None = None) -> Catalogue:
    """The catalogue in a folder with `organisations.yaml`, `bodies.yaml`, ...; the shipped one without a folder.

    Raises:
        ProblemsError: a file is missing, unreadable or has an error; holds all problems of all files.
    """
    compact = read_compact(COMPACT, CATALOGUE) if directory is None else None
    if compact is not None:
        return compact
    from schakelbord.engine.catalogue_files import load_catalogue_from  # noqa: PLC0415 - costs 60 ms, seldom needed

    return load_catalogue_from(CATALOGUE if directory is None else directory)


def shipped_stories() -> tuple[str, ...]:
    """The ids of the stories that come with the product, in alphabetical order."""
    return tuple(sorted(path.stem for path in STORIES.glob("*.yaml")))


def story_path(story: str) -> Path:
    """The file of a shipped story, by its id.

    Raises:
        InputError: there is no shipped story with this id.
    """
    known = shipped_stories()
    if story not in known:
        raise _unknown_story(story, known)
    return STORIES / f"{story}.yaml"


def _unknown_story(written: str, known: Sequence[str]) -> InputError:
    names = ", ".join(known)
    return InputError(
        "unknown_story",
        nl=f"het verhaal “{written[:60]}” bestaat niet; kies uit: {names}.",
        en=f"the story “{written[:60]}” does not exist; choose from: {names}.",
    )
