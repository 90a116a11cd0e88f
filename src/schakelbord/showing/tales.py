"""The story of a session: the snapshot it was made with, its catalogue and its reading."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Story
from schakelbord.showing.models import Session
from schakelbord.stories.cards import card_ids
from schakelbord.stories.library import catalogue_with, reading_of
from schakelbord.stories.timeline import Step, last_day_of, step_on_day, steps_of


def content_of(story: Story) -> str:
    """A story as a session keeps it."""
    return msgspec.json.encode(story).decode()


def story_of(session: Session) -> Story:
    """The story of a session."""
    return _story(session.story_content)


def catalogue_of(session: Session) -> Catalogue:
    """The catalogue that a session is read with: that of the day on which it was made."""
    return catalogue_with(session.catalogue)


def reading_in(session: Session) -> Reading:
    """The reading of a session's story, with the repairs that are on for the room."""
    return reading_of(story_of(session), tuple(session.repairs), catalogue_of(session))


def bare_reading(session: Session) -> Reading:
    """The reading of a session's story as it is, without repairs."""
    return reading_of(story_of(session), (), catalogue_of(session))


def known_ids(session: Session) -> frozenset[str]:
    """Everybody who can stand on the stage of a session's story: dolls, organisations, bodies, empty chairs."""
    return card_ids(story_of(session), bare_reading(session))


def warm_up(session: Session) -> None:
    """Compute what commands ask of the readings before the writer needs it: everybody waits for the writer."""
    bare_reading(session)
    reading_in(session)


def nearest_step(story: Story, scene: int, beat: int) -> Step:
    """A step of the story as near as can be."""
    scene = min(scene, len(story.scenes) - 1)
    beats = story.scenes[scene].beats
    beat = min(beat, len(beats) - 1)
    return Step(scene, beat, beats[beat].day)


def day_at(story: Story, step: Step, wanted: int | None) -> tuple[Step, int]:
    """A step with a day: that of the step, or a later one, with the step that is told last by then."""
    if wanted is None or wanted <= step.day:
        return step, step.day
    steps, day = steps_of(story), min(wanted, story.horizon)
    return (step if day <= last_day_of(steps, step, story.horizon) else step_on_day(steps, day)), day


def first_step(story: Story) -> Step:
    """Where a session begins."""
    return steps_of(story)[0]


@lru_cache(maxsize=32)
def _story(content: str) -> Story:
    return msgspec.json.decode(content, type=Story)
