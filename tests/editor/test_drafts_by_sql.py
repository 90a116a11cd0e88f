# ruff: noqa: S608 - the attacks are made of nothing that comes from outside
"""Raw SQL against drafts and their log: who began and who changed what stays. Also run on PostgreSQL."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from schakelbord.accounts.actors import Actor
from schakelbord.editor.changing import Asked, change, undo
from schakelbord.editor.content import decode
from schakelbord.editor.models import Change, Draft
from schakelbord.editor.operations import Set

pytestmark = pytest.mark.django_db
OTHER = "(SELECT MAX(id) + 1 FROM accounts_user)"
ATTACKS = [
    "DELETE FROM editor_change",
    "DELETE FROM editor_draft",
    f"UPDATE editor_change SET user_id = {OTHER}",
    "UPDATE editor_change SET kind = 'do', of_id = NULL WHERE kind = 'undo'",
    "UPDATE editor_change SET of_id = id WHERE kind = 'undo'",
    f"UPDATE editor_draft SET made_by_id = {OTHER}",
    "UPDATE editor_draft SET made_at = '2020-01-01 00:00:00+00:00'",
]


@pytest.mark.parametrize("statement", ATTACKS)
def test_the_database_refuses(draft: Draft, merel: Actor, statement: str) -> None:
    title = decode(draft.content).title.nl
    change(draft, [Set("title/nl", title, "Anders")], Asked(merel))
    undo(draft, Asked(merel))
    before = (list(Change.objects.values()), list(Draft.objects.values()))
    assert len(before[0]) == 2
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (list(Change.objects.values()), list(Draft.objects.values())) == before
