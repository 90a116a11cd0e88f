"""From plain data to pages: Typst sets the type. Data go in as JSON and are never read as mark-up."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Final, Literal

import msgspec
import typst

from schakelbord.errors import StateError
from schakelbord.reports.clean import FONTS
from schakelbord.reports.story_paper import StoryPaper

SOURCES: Final = Path(__file__).with_name("typst")
Form = Literal["pdf", "png"]
Standard = Literal["ua-1", "a-2a"]
STANDARDS: Final[list[Standard]] = ["ua-1", "a-2a"]
"""Accessible (PDF/UA-1) and to be kept (PDF/A-2a)."""
PAGE_WIDTH: Final = 960
SHARE_DOTS: Final = 144.0


def story_pdf(paper: StoryPaper, *, made_on: dt.date) -> bytes:
    """The pages of a story as PDF/UA-1 and PDF/A-2a; the same data give the same bytes.

    Raises:
        StateError: the pages cannot be made.
    """
    return pages_pdf("story.typ", asdict(paper), made_on=made_on)


def pages_pdf(source: str, data: dict[str, object], *, made_on: dt.date) -> bytes:
    """Pages of one of our documents as PDF/UA-1 and PDF/A-2a; the same data give the same bytes.

    Args:
        source: the document in `typst/`.
        data: what it says, as `paper` in `look.typ` knows it.
        made_on: the day that the file names.

    Raises:
        StateError: the pages cannot be made.
    """
    return _set(source, data, form="pdf", made_on=made_on)


def stage_png(svg: str, *, width: int) -> bytes:
    """A drawing as an image of this many pixels wide.

    Raises:
        StateError: the image cannot be made.
    """
    return _set("stage.typ", {"picture": svg}, form="png", dots=72.0 * width / PAGE_WIDTH)


def share_png(data: dict[str, object]) -> bytes:
    """The picture of a shared link, 1200 by 630 dots; `data` as `share.typ` knows it.

    Raises:
        StateError: the image cannot be made.
    """
    return _set("share.typ", data, form="png", dots=SHARE_DOTS)


def _set(
    source: str, data: dict[str, object], *, form: Form, made_on: dt.date | None = None, dots: float | None = None
) -> bytes:
    """Run the typesetter on one of our documents."""
    compiler = typst.Compiler(
        str(SOURCES / source),
        root=str(SOURCES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": msgspec.json.encode(data).decode()},
    )
    moment = int(dt.datetime.combine(made_on, dt.time(), dt.UTC).timestamp()) if made_on else None
    try:
        made = compiler.compile(
            format=form, ppi=dots, pdf_standards=[*STANDARDS] if form == "pdf" else None, timestamp=moment
        )
    except typst.TypstError as trouble:
        raise _not_made(trouble) from trouble
    return _whole(made)


def _whole(made: object) -> bytes:
    """The one file that came out: a picture that spreads over several pages is none."""
    if isinstance(made, bytes):
        return made
    raise _not_made(RuntimeError("more than one page"))


def _not_made(trouble: Exception) -> StateError:
    return StateError(
        "paper_not_made",
        nl="Wij konden dit document niet maken. Wat u bewaarde, is er nog. Probeer het nog eens.",
        en="We could not make this document. What you saved is still there. Try it once more.",
    )
