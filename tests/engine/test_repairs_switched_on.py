"""A repair that is switched on is part of the world: nothing breaks on it, and nobody is offered it again."""

from __future__ import annotations

import pytest

from schakelbord.engine import load_catalogue, load_story, read_story, shipped_stories, story_path
from schakelbord.engine.reading import Reading


def offered(reading: Reading) -> set[str]:
    return {item.key for finding in reading.findings for repair in finding.repairs for item in repair.items}


@pytest.mark.parametrize("name", shipped_stories())
def test_every_repair_that_a_story_offers_can_be_switched_on_and_is_not_offered_again(name: str) -> None:
    catalogue = load_catalogue()
    story = load_story(story_path(name), catalogue)
    keys = offered(read_story(story, catalogue))
    assert keys
    for key in sorted(keys):
        assert key not in offered(read_story(story, catalogue, [key]))


@pytest.mark.parametrize("name", shipped_stories())
def test_all_repairs_that_a_story_offers_can_be_switched_on_together(name: str) -> None:
    catalogue = load_catalogue()
    story = load_story(story_path(name), catalogue)
    keys = offered(read_story(story, catalogue))
    assert not keys & offered(read_story(story, catalogue, sorted(keys)))
