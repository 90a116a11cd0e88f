"""Stories on paper for the tests, each made once."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache

import pikepdf
import pypdfium2
from django.utils import translation
from PIL import Image

from schakelbord.errors import Language
from schakelbord.reports.collect import story_paper
from schakelbord.reports.story_paper import StoryPaper
from schakelbord.reports.typeset import story_pdf
from schakelbord.stories.address import Address
from schakelbord.stories.library import reading_of, shipped, the_catalogue
from schakelbord.stories.selectors import Moment
from schakelbord.stories.timeline import steps_of

STORIES = tuple(shipped())
SITE = "https://schakelbord.example"
TODAY = dt.date(2026, 11, 24)


def moment_of(name: str, language: Language = "nl", *, repairs: tuple[str, ...] = ()) -> Moment:
    """The beginning of a shipped story."""
    story = shipped()[name]
    before = reading_of(story)
    after = reading_of(story, repairs) if repairs else before
    first = steps_of(story)[0]
    return Moment(story, the_catalogue(), before, after, Address(story.id, first, first.day, repairs=repairs), language)


@cache
def paper_of(name: str, language: Language = "nl", repairs: tuple[str, ...] = ()) -> StoryPaper:
    """A shipped story on paper, as data."""
    with translation.override(language):
        return story_paper(moment_of(name, language, repairs=repairs), site=SITE, made_on=TODAY)


@cache
def pdf_of(name: str, language: Language = "nl") -> bytes:
    """A shipped story as PDF."""
    return story_pdf(paper_of(name, language), made_on=TODAY)


def opened(content: bytes) -> pikepdf.Pdf:
    """A PDF to look inside."""
    return pikepdf.open(io.BytesIO(content))


def texts_of(content: bytes) -> list[str]:
    """The text of every page, with single blanks and without places to break."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [flat(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def flat(text: str) -> str:
    """A text without line ends and places to break, to compare what stands on a page with what was meant."""
    return re.sub(r"\s+", "", re.sub("[\u200b\u00ad\ufffe\u0002-]", "", text))


def page_image(content: bytes, page: int, *, width: int) -> Image.Image:
    """A page in grey, so many pixels wide."""
    document = pypdfium2.PdfDocument(content)
    try:
        sheet = document[page]
        image: Image.Image = sheet.render(scale=width / sheet.get_width()).to_pil().convert("L")
        return image
    finally:
        document.close()
