"""People who write stories, and a draft to write in. Commands are carried out inline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from live_inline import commands_inline  # noqa: F401 - a fixture
from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.editor.models import Draft
from schakelbord.editor.services import edit_story
from schakelbord.stories.library import shipped

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
ActorIn = Callable[[Role], Actor]


@pytest.fixture(autouse=True)
def _inline(request: pytest.FixtureRequest) -> None:
    """Only tests with a database have commands."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("commands_inline")


@pytest.fixture
def actor_in(db: None) -> ActorIn:
    """A function that gives the person of the demo in a role."""
    return lambda role: actor_of(demo_user(role))


@pytest.fixture
def merel(actor_in: ActorIn) -> Actor:
    """The secretary."""
    return actor_in(Role.SECRETARY)


@pytest.fixture
def spreeuw(actor_in: ActorIn) -> Actor:
    """The presenter."""
    return actor_in(Role.PRESENTER)


@pytest.fixture
def draft(merel: Actor) -> Draft:
    """A draft of the story of Wilg."""
    return edit_story(merel, shipped()["wilg"], now=NOW)
