"""The stories and the catalogue that ship with the product, loaded once."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from schakelbord.engine import load_catalogue, load_story, read_story, shipped_stories, story_path
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Story
from schakelbord.stories.readings import ReadingShelf, digest_of

FIRST_STORY = "wilg"
SHELF = ReadingShelf()


@cache
def the_catalogue() -> Catalogue:
    """The catalogue of the product."""
    return load_catalogue()


@cache
def all_stories() -> dict[str, Story]:
    """The shipped stories by id, the one to begin with in front."""
    names = sorted(shipped_stories(), key=lambda name: (name != FIRST_STORY, name))
    return {name: load_story(story_path(name), the_catalogue()) for name in names}


@cache
def _digest(story_id: str) -> str:
    return digest_of(all_stories()[story_id])


def reading_of(story: Story, repairs: tuple[str, ...] = ()) -> Reading:
    """The reading of a shipped story with these repairs on, from the shelf when it is there."""
    catalogue = the_catalogue()
    key = (_digest(story.id), catalogue.digest, tuple(sorted(repairs)))
    return SHELF.get(key, lambda: read_story(story, catalogue, repairs=key[2]))


def nearest_story(wanted: str) -> Story | None:
    """The story whose id or title looks most like what was asked for, or None when none does."""
    names = {story.id: story for story in all_stories().values()}
    names |= {text.lower(): story for story in all_stories().values() for text in (story.title.nl, story.title.en)}
    found = get_close_matches(wanted.lower(), list(names), 1, 0.4)
    return names[found[0]] if found else None
