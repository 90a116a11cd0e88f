"""Reading the catalogue and stories: from files that people write to structs that the engine computes with."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.catalogue_files import load_catalogue_from
from schakelbord.engine.check_story import check_story
from schakelbord.engine.compact import read_compact
from schakelbord.engine.decode import Document, Enough, decode_one
from schakelbord.engine.limits import HORIZON
from schakelbord.engine.problems import ProblemsError, unknown_shipped_story
from schakelbord.engine.references import Known
from schakelbord.engine.story import Story
from schakelbord.engine.yaml_source import Fatal, parse, read_bytes

DATA: Final = Path(__file__).parents[1] / "data"
CATALOGUE: Final = DATA / "catalogue"
STORIES: Final = DATA / "stories"
COMPACT: Final = DATA / "catalogue.json"


def load_catalogue(directory: Path | None = None) -> Catalogue:
    """The catalogue in a folder with `organisations.yaml`, `bodies.yaml`, ...; the shipped one without a folder.

    Raises:
        ProblemsError: a file is missing, unreadable or has an error; holds all problems of all files.
    """
    if directory is None:
        return read_compact(COMPACT, CATALOGUE) or load_catalogue_from(CATALOGUE)
    return load_catalogue_from(directory)


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
        raise unknown_shipped_story(story, known)
    return STORIES / f"{story}.yaml"


def load_story(source: Path | str | bytes, catalogue: Catalogue | None = None, *, name: str = "") -> Story:
    """A story, checked.

    Args:
        source: the file as a `Path`, or the YAML itself as text or bytes. A text is never taken for the name of a file.
        catalogue: when given, also every organisation, signal and pattern must exist in it.
        name: what the story is called in messages; the name of the file by default.

    Raises:
        ProblemsError: the story has at least one error; holds all problems, warnings too.
    """
    story, document = read_story_document(source, catalogue, name=name)
    if story is None or any(problem.level == "error" for problem in document.problems):
        raise ProblemsError(document.problems)
    return story


def read_story_document(
    source: Path | str | bytes, catalogue: Catalogue | None = None, *, name: str = "", known: Known | None = None
) -> tuple[Story | None, Document]:
    """A story as far as it can be used, and its document with all problems, errors and warnings.

    Args:
        source: as in `load_story`.
        catalogue: as in `load_story`.
        name: as in `load_story`.
        known: the ids of the catalogue, when its files hold more of them than could be used.

    Raises:
        ProblemsError: the file cannot be read at all.
    """
    called = name or (source.name if isinstance(source, Path) else "")
    try:
        content = read_bytes(source, called) if isinstance(source, Path) else source
        root, problems = parse(content, called)
    except Fatal as fatal:
        raise ProblemsError(fatal.problems) from None
    document = Document(called, root, problems)
    story = None
    with suppress(Enough):
        story = decode_one(document, Story, instead={"id": "", "fictional": True, "horizon": HORIZON})
        if story is not None:
            check_story(document, story, catalogue, known)
    return story, document
