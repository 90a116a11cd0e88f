"""Areas of instances and the sectors of the stage they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from schakelbord.drawing.states import EVERYWHERE, PlaceState
from schakelbord.engine.story import Story


def type_of(instance: str) -> str:
    """`school` of `school@a`."""
    return instance.rpartition("@")[0] or instance


def area_of(instance: str) -> str:
    """`a` of `school@a`; empty for what is at no area."""
    return instance.rpartition("@")[2] if "@" in instance else ""


def municipalities(story: Story, area: str) -> tuple[str, ...]:
    """The municipalities of the story inside an area; none for the whole country."""
    return tuple(row.id for row in story.places if row.kind == "gemeente" and area in {row.id, row.region})


def sector_of(story: Story, area: str) -> str:
    """The id of the one municipality an area lies in, or EVERYWHERE. A region of one municipality lies in it."""
    inside = municipalities(story, area)
    return inside[0] if len(inside) == 1 else EVERYWHERE


def covers(story: Story, area: str, homes: Iterable[str]) -> bool:
    """Whether somebody who lives at one of these places lives inside the area."""
    inside = municipalities(story, area)
    return not inside or any(home in inside for home in homes)


def places_of(story: Story) -> tuple[PlaceState, ...]:
    """The places of a story; municipalities are numbered, abroad is not."""
    numbers = {row.id: number for number, row in enumerate(row for row in story.places if row.kind == "gemeente")}
    return tuple(PlaceState(row.id, row.name, numbers.get(row.id)) for row in story.places)
