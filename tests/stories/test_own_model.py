"""A published story is read with the system model with which it was approved; the one in use is a comparison."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest
from django.test import Client

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.catalogue_files import with_digest
from schakelbord.engine.story_text import story_yaml
from schakelbord.showing.joining import make_session
from schakelbord.showing.tales import bare_reading
from schakelbord.stories import library
from schakelbord.stories.models import InUse, ModelVersion, StoryVersion

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """The model in use of one test is not that of the next."""
    yield
    library.PUBLISHED.model, library.PUBLISHED.mark, library.PUBLISHED.stories = None, None, {}


def secretary() -> Actor:
    return actor_of(demo_user(Role.SECRETARY))


def model(number: int, *, days: int) -> ModelVersion:
    """A version of the system model in which every channel takes so many days."""
    rows = library.shipped_catalogue()
    slow = [msgspec.structs.replace(row, delay=msgspec.structs.replace(row.delay, days=days)) for row in rows.channels]
    made: Catalogue = with_digest(msgspec.structs.replace(rows, channels=tuple(slow)))
    content = msgspec.json.encode(made).decode()
    user = demo_user(Role.SECRETARY)
    return ModelVersion.objects.create(
        number=number, name=f"Traag {days}", content=content, digest=made.digest, made_by=user, made_at=NOW
    )


def use(version: ModelVersion) -> None:
    InUse.objects.create(version=version, by=demo_user(Role.SECRETARY), at=NOW)


def published(own: ModelVersion | None) -> StoryVersion:
    content = story_yaml(library.shipped()["wilg"])
    made = StoryVersion.objects.create(
        story="wilg",
        number=1,
        name="Eerste",
        content=content,
        digest="sha256:first",
        model_version=own,
        made_by=demo_user(Role.SECRETARY),
        made_at=NOW,
    )
    rows = StoryVersion.objects.filter(pk=made.pk)
    rows.update(asked_at=NOW)
    rows.update(approved_by=demo_user(Role.CHAIR), approved_at=NOW)
    rows.update(published_at=NOW)
    return made


def test_another_model_in_use_changes_nothing_of_what_was_approved(reader: Client) -> None:
    fast, slow = model(1, days=1), model(2, days=200)
    use(fast)
    published(fast)
    story = library.find_story("wilg")
    assert story is not None
    before = library.reading_of(story)
    use(slow)
    again = library.find_story("wilg")
    assert again is not None
    assert library.the_catalogue().digest == slow.digest
    assert library.reading_of(again) == before
    assert library.reading_of(again, catalogue=library.the_catalogue()) != before
    assert library.reading_of(library.shipped()["iep"]).catalogue == slow.digest


def test_the_page_says_with_which_model_and_offers_the_one_in_use(reader: Client) -> None:
    fast, slow = model(1, days=1), model(2, days=200)
    use(fast)
    published(fast)
    same = reader.get("/verhalen/wilg").content.decode()
    assert "waarmee zij is goedgekeurd: versie 1, “Traag 1”" in same
    assert "stelsel=nu" not in same
    use(slow)
    page = reader.get("/verhalen/wilg").content.decode()
    assert "versie 1, “Traag 1”" in page
    assert "stelsel=nu" in page
    other = reader.get("/verhalen/wilg?stelsel=nu").content.decode()
    assert "U ziet een vergelijking" in other
    assert "Lees het zoals het is goedgekeurd" in other
    assert reader.get("/verhalen/wilg/doorrekening.json").json()["catalogue"] == fast.digest


def test_a_session_of_a_published_story_is_read_with_its_own_model(reader: Client) -> None:
    fast, slow = model(1, days=1), model(2, days=200)
    published(fast)
    use(slow)
    story = library.find_story("wilg")
    assert story is not None
    session = make_session(secretary(), story, title="Wilg", minutes=50, now=NOW)
    assert (session.catalogue, bare_reading(session).catalogue) == (fast.digest, fast.digest)


def test_a_version_without_a_model_of_its_own_is_read_with_the_one_of_the_product(reader: Client) -> None:
    published(None)
    use(model(2, days=200))
    story = library.find_story("wilg")
    assert story is not None
    assert library.reading_of(story).catalogue == library.shipped_catalogue().digest
    assert "het stelsel dat bij Schakelbord hoort" in reader.get("/verhalen/wilg").content.decode()


def test_a_model_in_use_that_cannot_read_the_version_is_no_comparison(reader: Client) -> None:
    published(None)
    rows = library.shipped_catalogue()
    text = msgspec.json.encode(rows).decode().replace('"verzuim"', '"afwezig"')
    bad = with_digest(msgspec.json.decode(text, type=Catalogue))
    user = demo_user(Role.SECRETARY)
    use(
        ModelVersion.objects.create(number=3, name="Anders", content=text, digest=bad.digest, made_by=user, made_at=NOW)
    )
    page = reader.get("/verhalen/wilg?stelsel=nu").content.decode()
    assert "is deze versie niet te lezen" in page
    assert "waarmee zij is goedgekeurd" in page
