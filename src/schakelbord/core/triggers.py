"""Rules that the database itself keeps, written once for SQLite and PostgreSQL.

A rule refuses a row, and one that refuses every removal refuses to empty the table as well. Its condition is SQL that
both understand (`IS DISTINCT FROM`, subqueries, `OLD` and `NEW`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

Event = Literal["INSERT", "UPDATE", "DELETE"]
ALWAYS: Final = "1 = 1"
ALL: Final[tuple[Event, ...]] = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a table refuses.

    Args:
        name: of the trigger, unique in the database.
        table: on which it stands.
        on: at which events; without `when` these are refused always.
        says: what went wrong, in English, without a quote; services give people their own sentence.
        when: SQL that is true for a row to be refused.
        holds: SQL of rows that PostgreSQL locks first, for a rule that counts other rows.
    """

    name: str
    table: str
    on: tuple[Event, ...]
    says: str
    when: str = ALWAYS
    holds: str = ""


def keep(rules: Iterable[Rule]) -> migrations.RunPython:
    """The operation of a migration that puts these rules in place, and takes them away again backwards."""
    kept = tuple(rules)

    def add(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        write = _sqlite if editor.connection.vendor == "sqlite" else _postgresql
        for rule in kept:
            for statement in write(rule):
                editor.execute(statement, params=None)

    def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for rule in kept:
            if editor.connection.vendor == "sqlite":
                for event in rule.on:
                    editor.execute(f"DROP TRIGGER {_name(rule, event)}", params=None)
            else:
                editor.execute(f"DROP FUNCTION {rule.name}() CASCADE", params=None)

    return migrations.RunPython(add, drop)


def changes(*columns: str) -> str:
    """SQL that is true when one of these columns gets another value."""
    return "(" + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns) + ")"


def _name(rule: Rule, event: Event) -> str:
    return f"{rule.name}_{event.lower()}"


def _sqlite(rule: Rule) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{rule.says}'); END"
    return [
        f"CREATE TRIGGER {_name(rule, event)} BEFORE {event} ON {rule.table} WHEN {rule.when} {refuse}"
        for event in rule.on
    ]


def _postgresql(rule: Rule) -> list[str]:
    # An error of class 23 reaches Django as IntegrityError, as that of a constraint does.
    hold = f"PERFORM 1 FROM {rule.holds} FOR UPDATE; " if rule.holds else ""
    body = (
        f"BEGIN {hold}IF {rule.when} THEN RAISE EXCEPTION '{rule.says}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END"
    )
    statements = [
        f"CREATE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        (
            f"CREATE TRIGGER {rule.name} BEFORE {' OR '.join(rule.on)} ON {rule.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {rule.name}()"
        ),
    ]
    if "DELETE" in rule.on and rule.when == ALWAYS:
        statements.append(
            f"CREATE TRIGGER {rule.name}_truncate BEFORE TRUNCATE ON {rule.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {rule.name}()"
        )
    return statements
