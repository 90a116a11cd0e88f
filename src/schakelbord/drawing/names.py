"""What tokens are called: the name of the type, short where it does not fit, with the letter or number of the area."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from schakelbord.drawing.areas import municipalities
from schakelbord.drawing.metrics import SOFT_HYPHEN, shorten, text_width, wrap
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.errors import Language

SHORT_NAMES: Final = Path(__file__).with_name("short_names.json")
HARD_SPACE: Final = "\u00a0"


@cache
def short_names() -> dict[str, dict[str, str]]:
    """Names of types whose full name is too long for a token, by id and language."""
    names: dict[str, dict[str, str]] = json.loads(SHORT_NAMES.read_text(encoding="utf-8"))
    return names


def token_name(type_id: str, name: Text, language: Language) -> str:
    """The name on a token, without what stands between brackets; the full name is in its label."""
    short = short_names().get(type_id, {}).get(language)
    return short or re.sub(r"\s*\([^)]*\)", "", name.get(language)) or name.get(language)


def tag_of(story: Story, area: str) -> str:
    """`A` for Gemeente A, `1` for region r1; empty for the country, and where a story has one municipality only."""
    if sum(row.kind == "gemeente" for row in story.places) < 2 or not municipalities(story, area):
        return ""
    place = next((row for row in story.places if row.id == area), None)
    if place is not None:
        return place.name.nl.split()[-1] if place.name.nl.strip() else area
    number = re.fullmatch(r"\D*(\d+)", area)
    return number.group(1) if number else area


def name_lines(name: str, tag: str, width: float, size: float, *, lines: int) -> tuple[str, ...]:
    """A name with its tag on a few lines; the tag is always there, a long name gives way."""
    joined = f"{name}{HARD_SPACE}{tag}" if tag else name
    found = wrap(joined, width, size, weight=700, lines=lines)
    if not tag or (found and found[-1].endswith(tag)):
        return found
    tag = shorten(tag, width / 3, size, weight=700)
    room = width - text_width(f"{HARD_SPACE}{tag}", size, weight=700)
    head = wrap(name, width, size, weight=700, lines=lines)
    last = shorten(head[-1], room, size, weight=700) if head else ""
    return (*head[:-1], f"{last}{HARD_SPACE}{tag}" if last else tag)


def spoken(text: str) -> str:
    """A text without marks for breaking lines."""
    return text.replace(SOFT_HYPHEN, "")
