"""Beginnings: small stories that already show a gap, to begin a story of one's own with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import schakelbord
from schakelbord.accounts.actors import Actor
from schakelbord.editor.blanks import ALL_TREES, slug_of
from schakelbord.editor.content import Content, DraftDoll, Words, decode, encode
from schakelbord.editor.from_story import draft_of
from schakelbord.editor.models import Draft
from schakelbord.editor.operations import Operation, Set
from schakelbord.editor.services import free_slug, new_draft
from schakelbord.engine import load_story
from schakelbord.engine.story import Story
from schakelbord.errors import InputError
from schakelbord.stories.library import the_catalogue

FOLDER: Final = Path(schakelbord.__file__).parent / "data" / "beginnings"
NAME: Final = "Esdoorn"
OLDEST: Final = 110


@dataclass(frozen=True, slots=True)
class Beginning:
    """One beginning: its file, what it is called, and what it is about."""

    id: str
    name: Promise
    about: Promise
    icon: str


BEGINNINGS: Final = (
    Beginning(
        "verhuizing",
        _("Moved"),
        _("A family moves. In the old place the file is closed, in the new one it starts with nothing."),
        "reis",
    ),
    Beginning(
        "achttien",
        _("Turned eighteen"),
        _("Somebody comes of age. Help for young people stops, help for adults has not begun."),
        "dag",
    ),
    Beginning(
        "iedereen",
        _("Everybody involved, nobody in the lead"),
        _("Five organisations each know something. Nobody has enough to act, and nobody calls them together."),
        "mensen",
    ),
)


@cache
def story_of(beginning: str) -> Story:
    """The story of a beginning.

    Raises:
        InputError: there is no such beginning.
    """
    if beginning not in {row.id for row in BEGINNINGS}:
        raise InputError(
            "no_beginning",
            "begin",
            nl="Kies eerst waar het verhaal over gaat.",
            en="Choose first what the story is about.",
        )
    return load_story(FOLDER / f"{beginning}.yaml", the_catalogue())


def begin_with(actor: Actor, beginning: str, *, name: str, age: str, now: dt.datetime) -> Draft:
    """A draft from a beginning, about somebody of this name and age.

    Raises:
        RightError: this actor does not write stories.
        InputError: there is no such beginning, tree, or age.
    """
    story = story_of(beginning)
    if name not in ALL_TREES:
        raise InputError(
            "no_tree",
            "name",
            nl="Kies een boom als naam. Zo lijkt de naam nooit op die van iemand die bestaat.",
            en="Choose a tree as a name. Then the name never resembles that of somebody who exists.",
        )
    named = re.sub(rf"\b{NAME}\b", name, encode(draft_of(story)))
    content = decode(named.replace(f'"{NAME.lower()}"', f'"{slug_of(name)}"'))
    content.dolls[0].age = _age(age, content)
    content.id = free_slug(f"{slug_of(name)}_{beginning}")
    return new_draft(actor, content, now=now, template=beginning)


def rename(content: Content, doll: DraftDoll, name: str) -> list[Operation]:
    """Give a doll another name in every text that names it."""
    operations: list[Operation] = [Set(f"dolls/{doll.key}/name", doll.name, name)]
    if not doll.name:
        return operations
    pattern = re.compile(rf"\b{re.escape(doll.name)}\b")
    for path, words in _texts(content):
        for language in ("nl", "en"):
            old: str = getattr(words, language)
            new = pattern.sub(lambda _found: name, old)
            if new != old:
                operations.append(Set(f"{path}/{language}", old, new))
    return operations


def _texts(content: Content) -> Iterator[tuple[str, Words]]:
    yield "title", content.title
    for scene in content.scenes:
        yield f"scenes/{scene.key}/title", scene.title
        for beat in scene.beats:
            yield f"scenes/{scene.key}/beats/{beat.key}/say", beat.say
            yield f"scenes/{scene.key}/beats/{beat.key}/ask", beat.ask


def _age(raw: str, content: Content) -> int:
    """The age that somebody filled in, that of the beginning when the field was left empty."""
    clean = raw.strip()
    if not clean and isinstance(content.dolls[0].age, int):
        return content.dolls[0].age
    if not (clean.isascii() and clean.isdecimal() and len(clean) < 4 and int(clean) <= OLDEST):
        raise InputError(
            "bad_age",
            "age",
            nl=f"Schrijf de leeftijd als heel getal van 0 tot en met {OLDEST}.",
            en=f"Write the age as a whole number from 0 to {OLDEST}.",
        )
    return int(clean)
