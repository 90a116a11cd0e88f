"""Versions: named, never changed, seen by four eyes, published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from editor.conftest import NOW, ActorIn
from schakelbord.accounts.actors import Actor, Role
from schakelbord.editor.changing import Asked, change
from schakelbord.editor.content import decode
from schakelbord.editor.demo import make_demo_drafts
from schakelbord.editor.models import Draft
from schakelbord.editor.operations import Set
from schakelbord.editor.services import copy_story, export_story
from schakelbord.editor.versioning import approve, ask_four_eyes, name_version, publish, return_version, state_of
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.stories import library
from schakelbord.stories.models import StoryVersion

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


def fresh(version: StoryVersion) -> StoryVersion:
    return StoryVersion.objects.get(pk=version.pk)


def retitle(draft: Draft, actor: Actor, title: str) -> Draft:
    old = decode(Draft.objects.get(pk=draft.pk).content).title.nl
    change(draft, [Set("title/nl", old, title)], Asked(actor))
    return Draft.objects.get(pk=draft.pk)


@pytest.fixture
def copy(merel: Actor) -> Draft:
    return copy_story(merel, library.shipped()["iep"], now=NOW)


@pytest.fixture
def version(merel: Actor, copy: Draft) -> StoryVersion:
    return name_version(merel, copy, " Voor de  bijeenkomst ", now=NOW)


def test_a_version_holds_the_draft_as_it_was_and_counts_on(version: StoryVersion, copy: Draft, merel: Actor) -> None:
    assert (version.number, version.name, version.story) == (1, "Voor de bijeenkomst", copy.story)
    assert version.content == export_story(copy)
    with pytest.raises(StateError):
        name_version(merel, copy, "Nog eens", now=NOW)
    changed = retitle(copy, merel, "Iep en de rekeningen")
    assert name_version(merel, changed, "Nieuwe titel", now=LATER).number == 2
    assert fresh(version).content == version.content


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_version_needs_a_name(copy: Draft, merel: Actor, name: str) -> None:
    with pytest.raises(InputError):
        name_version(merel, copy, name, now=NOW)


def test_the_database_itself_keeps_a_version_as_it_is(version: StoryVersion) -> None:
    for statement in ("UPDATE stories_storyversion SET content = 'x'", "DELETE FROM stories_storyversion"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nobody_approves_their_own_version(version: StoryVersion, merel: Actor, actor_in: ActorIn) -> None:
    ask_four_eyes(merel, version, now=NOW)
    with pytest.raises(RightError) as refused:
        approve(merel, fresh(version), now=NOW)
    assert "vier ogen" in refused.value.nl
    with pytest.raises(RightError):
        return_version(merel, fresh(version), "toch niet", now=NOW)
    with pytest.raises(RightError):
        approve(actor_in(Role.PARTICIPANT), fresh(version), now=NOW)
    assert state_of(fresh(version)) == "asked"


def test_the_way_from_draft_to_publication(
    version: StoryVersion, merel: Actor, actor_in: ActorIn, reader: Client
) -> None:
    chair = actor_in(Role.CHAIR)
    assert state_of(version) == "named"
    with pytest.raises(StateError):
        approve(chair, version, now=NOW)
    with pytest.raises(StateError):
        publish(merel, version, now=NOW)
    ask_four_eyes(merel, version, now=NOW)
    with pytest.raises(StateError):
        ask_four_eyes(merel, fresh(version), now=NOW)
    approve(chair, fresh(version), now=LATER)
    assert state_of(fresh(version)) == "approved"
    assert library.find_story(version.story) is None
    publish(merel, fresh(version), now=LATER)
    assert state_of(fresh(version)) == "published"
    found = library.find_story(version.story)
    assert found is not None
    assert found.title.nl in reader.get("/").content.decode()
    assert reader.get(f"/verhalen/{version.story}").status_code == 200
    with pytest.raises(StateError):
        publish(merel, fresh(version), now=LATER)


def test_a_version_that_comes_back_says_who_wants_what(version: StoryVersion, merel: Actor, spreeuw: Actor) -> None:
    ask_four_eyes(merel, version, now=NOW)
    with pytest.raises(InputError):
        return_version(spreeuw, fresh(version), "  ", now=LATER)
    return_version(spreeuw, fresh(version), "Scène 2 is te lang.", now=LATER)
    found = fresh(version)
    assert (state_of(found), found.returned_because) == ("returned", "S. Spreeuw: Scène 2 is te lang.")
    ask_four_eyes(merel, found, now=LATER)
    assert state_of(fresh(version)) == "asked"


def test_a_published_version_takes_the_place_of_the_shipped_story_in_every_process(
    draft: Draft, merel: Actor, spreeuw: Actor, reader: Client
) -> None:
    assert library.all_stories()["wilg"] == library.shipped()["wilg"]
    version = name_version(merel, retitle(draft, merel, "Wilg, tweede keer"), "Tweede", now=NOW)
    ask_four_eyes(merel, version, now=NOW)
    approve(spreeuw, fresh(version), now=NOW)
    # As another process does it: nothing in this one is told.
    StoryVersion.objects.filter(pk=version.pk).update(published_at=LATER)
    assert library.all_stories()["wilg"].title.nl == "Wilg, tweede keer"
    assert next(iter(library.all_stories())) == "wilg"
    assert "Wilg, tweede keer" in reader.get("/verhalen/wilg").content.decode()


def test_a_version_that_the_system_model_of_today_cannot_read_does_not_break_the_shelf(
    version: StoryVersion, merel: Actor, spreeuw: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    StoryVersion.objects.create(
        story="kapot",
        number=1,
        name="Kapot",
        content=version.content.replace("school", "schoool"),
        digest="sha256:kapot",
        made_by_id=merel.user_id or 0,
        made_at=NOW,
    )
    broken = StoryVersion.objects.filter(story="kapot")
    broken.update(asked_at=NOW)
    broken.update(approved_by_id=spreeuw.user_id, approved_at=NOW)
    broken.update(published_at=NOW)
    assert library.find_story("kapot") is None
    assert set(library.all_stories()) == set(library.shipped())
    assert "Kapot cannot be shown" in caplog.text


def test_the_demo_begins_with_a_draft_and_a_version_that_waits(db: None, as_role: Callable[[str], Client]) -> None:
    for _ in range(2):
        make_demo_drafts(now=NOW)
    assert Draft.objects.count() == 2
    assert state_of(StoryVersion.objects.get()) == "asked"
    page = as_role("secretary").get("/bewerken").content.decode()
    assert "Voor de eerste bijeenkomst" in page
    assert "Hazelaar verhuist en niemand zoekt" in page
    assert "/bewerken" not in Client().get("/").content.decode()
