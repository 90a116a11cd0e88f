"""Reading a story: from the file that people write to the struct that the engine computes with."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.check_story import check_story
from schakelbord.engine.decode import Document, Enough, decode_one
from schakelbord.engine.limits import HORIZON
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.references import Known
from schakelbord.engine.story import Story
from schakelbord.engine.yaml_source import Fatal, parse, read_bytes


def load_story(source: Path | str | bytes, catalogue: Catalogue | None = None, *, name: str = "") -> Story:
    """A story, checked.

    Args:
        source: the file as a `Path`, or the YAML or JSON itself as text or bytes. A text is never taken for the name
            of a file.
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
