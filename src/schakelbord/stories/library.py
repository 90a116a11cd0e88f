"""The stories that can be seen: those that ship with the product and those that were published, each loaded once."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

import msgspec
from django.db.models import Count, Max

from schakelbord.engine import load_catalogue, load_story, read_story, shipped_stories, story_path
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.catalogue_files import with_digest
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Story
from schakelbord.engine.story_text import story_yaml
from schakelbord.stories.models import InUse, ModelVersion, StoryVersion
from schakelbord.stories.readings import ReadingShelf, digest_of

FIRST_STORY = "wilg"
MOST_VERSIONS = 256
SHELF = ReadingShelf()

log = logging.getLogger(__name__)


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue that comes with the product."""
    return load_catalogue()


def the_catalogue() -> Catalogue:
    """The catalogue in use: the version that somebody took into use last, else the one that comes with the product.

    Which one that is, is asked of the database whenever `all_stories` is, so once a page.
    """
    return shipped_catalogue() if PUBLISHED.model is None else _version(*PUBLISHED.model)


def catalogue_with(digest: str) -> Catalogue:
    """The catalogue with this digest, for what was read with it and must not change; the one in use when it is gone."""
    if digest == shipped_catalogue().digest:
        return shipped_catalogue()
    version = ModelVersion.objects.filter(digest=digest).values_list("pk", flat=True).first()
    return the_catalogue() if version is None else _version(version, digest)


def model_of(story: Story) -> Catalogue:
    """The catalogue that a story is read with: a published one with that of its approval."""
    own = own_model(story)
    return own.catalogue if own else the_catalogue()


def own_model(story: Story) -> OwnModel | None:
    """The system model with which a published story was approved; None for what is not published here."""
    found = PUBLISHED.stories.get(story.id)
    return found[1] if found is not None and found[0] is story else None


def catalogue_of(version: StoryVersion) -> Catalogue:
    """The catalogue that a version of a story was kept and approved with."""
    return _own(version.model_version).catalogue


def model_in_use() -> int | None:
    """The key of the model version in use, asked of the database; None for the catalogue of the product."""
    PUBLISHED.model = _model()
    return PUBLISHED.model[0] if PUBLISHED.model else None


def can_be_read(story: Story, catalogue: Catalogue) -> bool:
    """Whether everything that a story names is in a catalogue."""
    return _is_readable(story_yaml(story), catalogue.digest)


@lru_cache(maxsize=MOST_VERSIONS)
def _is_readable(content: str, digest: str) -> bool:
    try:
        load_story(content, catalogue_with(digest))
    except ProblemsError:
        return False
    return True


@lru_cache(maxsize=8)
def _version(pk: int, digest: str) -> Catalogue:
    """The catalogue of a version, which never changes; `digest` is that of its content."""
    content = ModelVersion.objects.values_list("content", flat=True).get(pk=pk)
    return with_digest(msgspec.json.decode(content, type=Catalogue))


@cache
def shipped() -> dict[str, Story]:
    """The shipped stories by id, the one to begin with in front."""
    names = sorted(shipped_stories(), key=lambda name: (name != FIRST_STORY, name))
    return {name: load_story(story_path(name), shipped_catalogue()) for name in names}


def all_stories() -> dict[str, Story]:
    """The shipped stories and, behind them, the newest published version of every other one.

    A published version takes the place of a shipped story with the same id. Other processes publish too, so the
    database is asked every time; the stories themselves are read once.
    """
    mark = _mark()
    PUBLISHED.model = mark.model
    if PUBLISHED.mark != mark:
        PUBLISHED.stories, PUBLISHED.mark = dict(_newest()), mark
    return {**shipped(), **{slug: story for slug, (story, _) in PUBLISHED.stories.items()}}


def find_story(slug: str) -> Story | None:
    """The story with this id, or None when there is none that can be seen."""
    return all_stories().get(slug)


@dataclass(frozen=True, slots=True)
class OwnModel:
    """The system model of a published version; number 0 without a name is the one that comes with the product."""

    catalogue: Catalogue
    number: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """How the tables stood: how many stories are published, the last of them and when, and which model is in use."""

    count: int
    last: int
    at: dt.datetime | None
    model: tuple[int, str] | None


@dataclass(slots=True)
class _Published:
    """What this process knows of published stories and the model in use, and how the tables stood when it looked."""

    mark: Mark | None
    stories: dict[str, tuple[Story, OwnModel]]
    model: tuple[int, str] | None = None


PUBLISHED = _Published(None, {})


def _mark() -> Mark:
    """Changes whenever a story is published or another model is taken into use."""
    found = StoryVersion.objects.filter(published_at__isnull=False).aggregate(
        count=Count("pk"), last=Max("pk"), at=Max("published_at")
    )
    return Mark(found["count"], found["last"] or 0, found["at"], _model())


def _model() -> tuple[int, str] | None:
    """Key and digest of the model version in use."""
    return InUse.objects.order_by("-pk").values_list("version_id", "version__digest").first()


def _newest() -> Iterator[tuple[str, tuple[Story, OwnModel]]]:
    """The newest published version of each story, with the system model with which it was approved."""
    rows = StoryVersion.objects.filter(published_at__isnull=False).order_by("story", "number")
    for slug, version in {row.story: row for row in rows.select_related("model_version")}.items():
        own = _own(version.model_version)
        try:
            yield slug, (_read(version.digest, version.content, own.catalogue.digest), own)
        except ProblemsError as trouble:
            log.warning("%s cannot be shown: %s", version, trouble)


def _own(version: ModelVersion | None) -> OwnModel:
    if version is None:
        return OwnModel(shipped_catalogue())
    return OwnModel(_version(version.pk, version.digest), version.number, version.name)


@lru_cache(maxsize=MOST_VERSIONS)
def _read(digest: str, content: str, model: str) -> Story:
    """A published version; `digest` is that of its content, `model` that of its catalogue."""
    return load_story(content, catalogue_with(model))


def reading_of(story: Story, repairs: tuple[str, ...] = (), catalogue: Catalogue | None = None) -> Reading:
    """The reading of a story with these repairs on, from the shelf when it is there.

    Args:
        story: a story that reads without errors on the catalogue.
        repairs: keys of repairs that are on.
        catalogue: the system model to read it on, its own unless given.
    """
    model = catalogue or model_of(story)
    key = (digest_of(story), model.digest, tuple(sorted(repairs)))
    return SHELF.get(key, lambda: read_story(story, model, repairs=key[2]))


def nearest_story(wanted: str) -> Story | None:
    """The story whose id or title looks most like what was asked for, or None when none does."""
    names = {story.id: story for story in all_stories().values()}
    names |= {text.lower(): story for story in all_stories().values() for text in (story.title.nl, story.title.en)}
    found = get_close_matches(wanted.lower(), list(names), 1, 0.4)
    return names[found[0]] if found else None
