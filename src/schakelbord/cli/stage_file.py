"""A story as a file that needs nothing else: the stage as SVG, or everything as one page of HTML. No database."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from typing import Final

from django.template import Context, Engine

from schakelbord.cli.gaps_page import GapsPage, Pictures
from schakelbord.drawing.parts import Drawing
from schakelbord.drawing.shapes import Markup
from schakelbord.engine import Catalogue, Reading, Story, read_story
from schakelbord.errors import Language

PACKAGE: Final = Path(__file__).parents[1]
TEMPLATES: Final = PACKAGE / "stories/templates"
FONTS: Final = PACKAGE / "core/static/core/fonts"
TOKENS: Final = PACKAGE / "core/static/core/tokens.css"
STAGE: Final = PACKAGE / "stories/static/stories/stage.css"
PAGE: Final = PACKAGE / "stories/static/stories/gaps_file.css"
LETTERS: Final = {"Atkinson Hyperlegible Next": "atkinson-hyperlegible-next-latin-wght-normal.woff2"}
BOOK: Final = {"Literata": "literata-latin-wght-normal.woff2"}


def render(reading: Reading, catalogue: Catalogue, story: Story, form: str, language: Language) -> str:
    """The file as text.

    Args:
        reading: the reading to show, with the repairs that are on; gaps that these close are shown as mended.
        catalogue: the types it was computed with.
        story: the story it was computed from.
        form: `svg` for the stage at its most telling moment, `html` for the whole story.
        language: of all texts.
    """
    before = read_story(story, catalogue) if reading.repairs else None
    pictures = Pictures(story, catalogue, reading, before, language)
    if form == "svg":
        return stage_file(pictures.most_telling())
    return gaps_file(pictures)


def stage_file(drawing: Drawing) -> str:
    """A drawing as a file, with its colours, pictures and letters inside."""
    drawn = _drawn(drawing, name="stage")
    style = f"{_style(TOKENS, STAGE, fonts=LETTERS)} svg.stage {{ background: var(--paper); }}"
    head, rest = drawn.split(">", 1)
    safe = style.replace("&", "&amp;").replace("<", "&lt;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>\n<style>{safe}</style>{rest}\n'


def gaps_file(pictures: Pictures) -> str:
    """The story scene by scene with its stage, and every gap, as one page that works offline and without scripts."""
    drawings = [pictures.of_scene(scene) for scene in range(len(pictures.story.scenes))]
    drawn = [_drawn(drawing, name=f"stage-{at + 1}", shared=True) for at, drawing in enumerate(drawings)]
    symbols = dict.fromkeys(symbol for drawing in drawings for symbol in drawing.symbols)
    style = _style(TOKENS, STAGE, PAGE, fonts=LETTERS | BOOK)
    page = GapsPage(pictures, tuple(Markup(text) for text in drawn), tuple(symbols), Markup(style))
    return _engine().get_template("stories/gaps_file.html").render(Context({"page": page}))


def _drawn(drawing: Drawing, *, name: str, shared: bool = False) -> str:
    """A drawing as an `svg` element; `shared` when the page holds the pictures already."""
    context = Context({"drawing": drawing, "quiet": True, "name": name, "shared": shared})
    return _engine().get_template("stories/stage.svg").render(context).strip()


@cache
def _engine() -> Engine:
    """Templates without settings, applications or a database."""
    return Engine(dirs=[str(TEMPLATES)])


def _style(*sheets: Path, fonts: dict[str, str]) -> str:
    """Style sheets in one, with the fonts inside and without addresses of others."""
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    plain = re.sub(r"@font-face\s*\{[^}]*\}|/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join([*(_font(name, file) for name, file in fonts.items()), re.sub(r"\n\s*\n+", "\n", plain).strip()])


def _font(name: str, file: str) -> str:
    """A font as a part of the style."""
    data = base64.b64encode((FONTS / file).read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f"@font-face {{ font-family: '{name}'; src: {source}; font-weight: 200 900; }}"
