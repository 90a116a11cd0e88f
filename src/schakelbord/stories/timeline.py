"""The line of steps of a story: which beat belongs to which day, and what comes before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from schakelbord.engine.story import Beat, Story


@dataclass(frozen=True, slots=True)
class Step:
    """One beat with its place: scene and beat count from 0."""

    scene: int
    beat: int
    day: int


def steps_of(story: Story) -> tuple[Step, ...]:
    """All beats in the order in which they are told."""
    return tuple(
        Step(scene_number, beat_number, beat.day)
        for scene_number, scene in enumerate(story.scenes)
        for beat_number, beat in enumerate(scene.beats)
    )


def beat_at(story: Story, step: Step) -> Beat:
    """The beat that a step points at."""
    return story.scenes[step.scene].beats[step.beat]


def step_on_day(steps: tuple[Step, ...], day: int) -> Step:
    """The last step told on or before a day; the first step when the story has not begun."""
    told = [step for step in steps if step.day <= day]
    return told[-1] if told else steps[0]


def last_day_of(steps: tuple[Step, ...], step: Step, horizon: int) -> int:
    """The last day that still belongs to a step: the day before the next step on a later day."""
    later = [after.day for before, after in pairwise(steps[steps.index(step) :]) if after.day > step.day]
    return later[0] - 1 if later else horizon


def neighbour(steps: tuple[Step, ...], step: Step, distance: int) -> Step | None:
    """The step so many places further or back, or None at either end."""
    place = steps.index(step) + distance
    return steps[place] if 0 <= place < len(steps) else None


def days_of_scene(story: Story, scene: int) -> tuple[int, int]:
    """First and last day that a scene tells about: until the day before the next scene, or the horizon."""
    first = story.scenes[scene].beats[0].day
    following = [later.beats[0].day for later in story.scenes[scene + 1 :] if later.beats]
    return first, max(first, following[0] - 1 if following else story.horizon)
