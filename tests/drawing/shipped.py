"""The shipped stories with their readings, and every moment of them, for the tests of the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from schakelbord.drawing.parts import Drawing
from schakelbord.drawing.place import place_stage
from schakelbord.drawing.scene import SceneState, scene_state
from schakelbord.engine import (
    Catalogue,
    Reading,
    Story,
    load_catalogue,
    load_story,
    read_story,
    shipped_stories,
    story_path,
)
from schakelbord.errors import Language

STORIES = shipped_stories()
BIG = (1260.0, 752.0)
SMALL = (850.0, 560.0)
WALL = (1920.0, 1080.0)


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


@cache
def story(story_id: str) -> Story:
    """A shipped story."""
    return load_story(story_path(story_id), catalogue())


@cache
def reading(story_id: str) -> Reading:
    """The reading of a shipped story."""
    return read_story(story(story_id), catalogue())


def beats(story_id: str) -> Iterator[tuple[int, int]]:
    """Every scene and beat of a story."""
    for number, scene in enumerate(story(story_id).scenes):
        for beat in range(len(scene.beats)):
            yield number, beat


def state_at(story_id: str, scene: int, beat: int, **more: object) -> SceneState:
    """The state of a shipped story at a beat."""
    return scene_state(story(story_id), catalogue(), reading(story_id), scene=scene, beat=beat, **more)  # type: ignore[arg-type]


@cache
def drawing_at(
    story_id: str, scene: int, beat: int, size: tuple[float, float] = BIG, language: Language = "nl"
) -> Drawing:
    """The drawing of a shipped story at a beat."""
    width, height = size
    return place_stage(state_at(story_id, scene, beat), width=width, height=height, language=language)
