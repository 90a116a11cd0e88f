# ruff: noqa: S608 - the attacks are made of nothing that comes from outside
"""Raw SQL against versions, approvals and the model in use: the database itself refuses. Also run on PostgreSQL."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from schakelbord.accounts.actors import Role
from schakelbord.accounts.demo import demo_user
from schakelbord.stories.models import InUse, ModelVersion, StoryVersion

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
T = "stories_storyversion"
SELF = f"UPDATE {T} SET approved_by_id = made_by_id, approved_at = made_at"
NAMED = [
    ("content", f"UPDATE {T} SET content = 'x'"),
    ("digest", f"UPDATE {T} SET digest = 'x'"),
    ("name", f"UPDATE {T} SET name = 'x'"),
    ("number", f"UPDATE {T} SET number = 9"),
    ("maker", f"UPDATE {T} SET made_by_id = (SELECT MAX(id) FROM accounts_user)"),
    ("model", f"UPDATE {T} SET model_version_id = NULL"),
    ("removed", f"DELETE FROM {T}"),
    ("approved unasked", f"UPDATE {T} SET approved_by_id = (SELECT MAX(id) FROM accounts_user), approved_at = made_at"),
    ("own eyes unasked", SELF),
    ("published unseen", f"UPDATE {T} SET published_at = made_at"),
    ("nobody approved", f"UPDATE {T} SET asked_at = made_at, approved_at = made_at"),
    ("model content", "UPDATE stories_modelversion SET content = 'x'"),
    ("model removed", "DELETE FROM stories_modelversion"),
    ("use changed", "UPDATE stories_inuse SET at = '2020-01-01 00:00:00+00:00'"),
    ("use by another", "UPDATE stories_inuse SET by_id = (SELECT MAX(id) FROM accounts_user)"),
    ("use removed", "DELETE FROM stories_inuse"),
    (
        "born approved",
        (
            f"INSERT INTO {T} (story, number, name, content, digest, made_by_id, made_at, approved_by_id, approved_at,"
            f" returned_because) SELECT 'x', 1, name, content, digest, made_by_id, made_at,"
            f" (SELECT MAX(id) FROM accounts_user), made_at, '' FROM {T}"
        ),
    ),
]
ASKED = [
    ("own eyes", SELF),
    ("a person without a moment", f"UPDATE {T} SET approved_by_id = (SELECT MAX(id) FROM accounts_user)"),
    ("a moment without a person", f"UPDATE {T} SET approved_at = made_at"),
    ("approved and published at once", (f"UPDATE {T} SET approved_by_id = (SELECT MAX(id) FROM accounts_user),"
     " approved_at = made_at, published_at = made_at")),
]  # fmt: skip
PUBLISHED = [
    ("another approver", f"UPDATE {T} SET approved_by_id = (SELECT MIN(id) FROM accounts_user WHERE id <> made_by_id)"),
    ("own eyes after", SELF),
    ("approval gone", f"UPDATE {T} SET approved_by_id = NULL, approved_at = NULL, published_at = NULL"),
    ("another moment", f"UPDATE {T} SET approved_at = '2020-01-01 00:00:00+00:00'"),
    ("never asked", f"UPDATE {T} SET asked_at = NULL"),
    ("returned after all", f"UPDATE {T} SET returned_because = 'x'"),
    ("unpublished", f"UPDATE {T} SET published_at = NULL"),
    ("published later", f"UPDATE {T} SET published_at = '2030-01-01 00:00:00+00:00'"),
]
TRUNCATES = [f"TRUNCATE {name} CASCADE" for name in (T, "stories_modelversion", "stories_inuse")]


@pytest.fixture(autouse=True)
def version(db: None) -> StoryVersion:
    """A version with a model in use; somebody else has the last key."""
    maker = demo_user(Role.SECRETARY)
    for role in (Role.PRESENTER, Role.CHAIR):
        demo_user(role)
    model = ModelVersion.objects.create(
        number=1, name="Eerste", content="{}", digest="sha256:m", made_by=maker, made_at=NOW
    )
    InUse.objects.create(version=model, by=maker, at=NOW)
    return StoryVersion.objects.create(
        story="wilg",
        number=1,
        name="Eerste",
        content="x y",
        digest="sha256:v",
        model_version=model,
        made_by=maker,
        made_at=NOW,
    )


def refused(statement: str) -> bool:
    """Whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError:
        return True
    return False


def rows(version: StoryVersion) -> list[dict[str, object]]:
    return list(StoryVersion.objects.filter(pk=version.pk).values())


def ask(version: StoryVersion) -> None:
    StoryVersion.objects.filter(pk=version.pk).update(asked_at=NOW)


def publish(version: StoryVersion) -> None:
    ask(version)
    found = StoryVersion.objects.filter(pk=version.pk)
    found.update(approved_by=demo_user(Role.CHAIR), approved_at=NOW)
    found.update(published_at=NOW)


@pytest.mark.parametrize("statement", [row[1] for row in NAMED], ids=[row[0] for row in NAMED])
def test_a_named_version_refuses(version: StoryVersion, statement: str) -> None:
    before = rows(version)
    assert refused(statement)
    assert rows(version) == before


@pytest.mark.parametrize("statement", [row[1] for row in ASKED], ids=[row[0] for row in ASKED])
def test_a_version_that_waits_refuses(version: StoryVersion, statement: str) -> None:
    ask(version)
    before = rows(version)
    assert refused(statement)
    assert rows(version) == before


@pytest.mark.parametrize("statement", [row[1] for row in PUBLISHED], ids=[row[0] for row in PUBLISHED])
def test_a_published_version_refuses(version: StoryVersion, statement: str) -> None:
    publish(version)
    before = rows(version)
    assert before[0]["published_at"] is not None
    assert refused(statement)
    assert rows(version) == before


def test_the_way_that_services_go_stays_open(version: StoryVersion) -> None:
    ask(version)
    StoryVersion.objects.filter(pk=version.pk).update(asked_at=None, returned_because="Te lang")
    publish(version)
    assert StoryVersion.objects.get().published_at == NOW


@pytest.mark.parametrize("statement", TRUNCATES)
def test_no_table_of_versions_can_be_emptied(version: StoryVersion, statement: str) -> None:
    connection.check_constraints()
    if connection.vendor != "postgresql":
        statement = f"DELETE FROM {statement.split()[1]}"
    assert refused(statement)
    assert rows(version)


def test_the_history_of_use_grows_and_the_newest_counts(version: StoryVersion) -> None:
    chair = demo_user(Role.CHAIR)
    InUse.objects.create(version_id=version.model_version_id, by=chair, at=NOW)
    assert [row.by_id for row in InUse.objects.order_by("pk")] == [version.made_by_id, chair.pk]
