"""The stories that can be seen: those that ship with the product and those that were published, each loaded once."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from django.db.models import Count, Max

from schakelbord.engine import load_catalogue, load_story, read_story, shipped_stories, story_path
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Story
from schakelbord.stories.models import StoryVersion
from schakelbord.stories.readings import ReadingShelf, digest_of

FIRST_STORY = "wilg"
MOST_VERSIONS = 256
SHELF = ReadingShelf()

log = logging.getLogger(__name__)


@cache
def the_catalogue() -> Catalogue:
    """The catalogue of the product."""
    return load_catalogue()


@cache
def shipped() -> dict[str, Story]:
    """The shipped stories by id, the one to begin with in front."""
    names = sorted(shipped_stories(), key=lambda name: (name != FIRST_STORY, name))
    return {name: load_story(story_path(name), the_catalogue()) for name in names}


def all_stories() -> dict[str, Story]:
    """The shipped stories and, behind them, the newest published version of every other one.

    A published version takes the place of a shipped story with the same id. Other processes publish too, so the
    database is asked every time; the stories themselves are read once.
    """
    mark = _mark()
    if PUBLISHED.mark != mark:
        PUBLISHED.stories, PUBLISHED.mark = dict(_newest()), mark
    return {**shipped(), **PUBLISHED.stories}


def find_story(slug: str) -> Story | None:
    """The story with this id, or None when there is none that can be seen."""
    return all_stories().get(slug)


Mark = tuple[int, int, dt.datetime | None]


@dataclass(slots=True)
class _Published:
    """What this process knows of published stories, and how the table stood when it looked."""

    mark: Mark | None
    stories: dict[str, Story]


PUBLISHED = _Published(None, {})


def _mark() -> Mark:
    """Changes whenever something is published: how many are, the last of them and when."""
    found = StoryVersion.objects.filter(published_at__isnull=False).aggregate(
        count=Count("pk"), last=Max("pk"), at=Max("published_at")
    )
    return found["count"], found["last"] or 0, found["at"]


def _newest() -> Iterator[tuple[str, Story]]:
    """The newest published version of each story, as far as the system model of today can read it."""
    rows = StoryVersion.objects.filter(published_at__isnull=False).order_by("story", "number")
    for slug, version in {row.story: row for row in rows}.items():
        try:
            yield slug, _read(version.digest, version.content)
        except ProblemsError as trouble:
            log.warning("%s cannot be shown: %s", version, trouble)


@lru_cache(maxsize=MOST_VERSIONS)
def _read(digest: str, content: str) -> Story:
    """A published version; `digest` is that of its content."""
    return load_story(content, the_catalogue())


def reading_of(story: Story, repairs: tuple[str, ...] = (), catalogue: Catalogue | None = None) -> Reading:
    """The reading of a story with these repairs on, from the shelf when it is there.

    Args:
        story: a story that reads without errors on the catalogue.
        repairs: keys of repairs that are on.
        catalogue: the system model to read it on, that of the product unless given.
    """
    model = catalogue or the_catalogue()
    key = (digest_of(story), model.digest, tuple(sorted(repairs)))
    return SHELF.get(key, lambda: read_story(story, model, repairs=key[2]))


def nearest_story(wanted: str) -> Story | None:
    """The story whose id or title looks most like what was asked for, or None when none does."""
    names = {story.id: story for story in all_stories().values()}
    names |= {text.lower(): story for story in all_stories().values() for text in (story.title.nl, story.title.en)}
    found = get_close_matches(wanted.lower(), list(names), 1, 0.4)
    return names[found[0]] if found else None
