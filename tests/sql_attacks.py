"""What a database refuses, told from SQL that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import DatabaseError, IntegrityError, connection, transaction


def is_refusal(trouble: DatabaseError) -> bool:
    """Whether a rule of ours refused it. That of the journal raises as PL/pgSQL does, with a class of its own."""
    return isinstance(trouble, IntegrityError) or getattr(trouble.__cause__, "sqlstate", "") == "P0001"


def refused(sql: str, *values: object) -> None:
    """The database refuses this, and nothing changes."""
    assert let_through({sql: sql}, values) == []


def let_through(attacks: Mapping[str, str], values: Sequence[object] = ()) -> list[str]:
    """The names of the attacks that the database did not refuse; each is undone."""
    found = []
    for name, sql in attacks.items():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
                connection.check_constraints()
                transaction.set_rollback(True)
        except DatabaseError as trouble:
            if not is_refusal(trouble):
                raise
        else:
            found.append(name)
    return found
