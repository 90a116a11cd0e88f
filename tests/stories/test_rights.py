"""Rights on stories: everybody may read an invented story, nobody one that is not marked as invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from schakelbord.accounts.actors import READER, Actor, Role
from schakelbord.engine.story import Story
from schakelbord.stories.library import all_stories
from schakelbord.stories.rights import may_download_reading, may_read_story, may_try_repairs

ACTORS = [READER, *(Actor(user_id=1, name="Iep", roles=frozenset({role})) for role in Role)]
PREDICATES = [may_read_story, may_try_repairs, may_download_reading]


@pytest.mark.parametrize("may", PREDICATES, ids=lambda may: may.__name__)
@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: next(iter(actor.roles)))
def test_everybody_may_when_the_story_is_invented_and_nobody_otherwise(
    actor: Actor, may: Callable[[Actor, Story], bool]
) -> None:
    story = all_stories()["wilg"]
    assert may(actor, story)
    assert not may(actor, replace(story, fictional=False))
