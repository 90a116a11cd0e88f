"""Events can be added, never changed or taken away: the database itself refuses."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    "CREATE TRIGGER live_event_no_update BEFORE UPDATE ON live_event "
    "BEGIN SELECT RAISE(ABORT, 'an event cannot change'); END",
    "CREATE TRIGGER live_event_no_delete BEFORE DELETE ON live_event "
    "BEGIN SELECT RAISE(ABORT, 'an event cannot be removed'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION live_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'an event cannot change or be removed'; END $$",
    "CREATE TRIGGER live_event_no_change BEFORE UPDATE OR DELETE ON live_event "
    "FOR EACH ROW EXECUTE FUNCTION live_event_is_kept()",
    "CREATE TRIGGER live_event_no_truncate BEFORE TRUNCATE ON live_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION live_event_is_kept()",
)
SQLITE_BACK = ("DROP TRIGGER live_event_no_update", "DROP TRIGGER live_event_no_delete")
POSTGRESQL_BACK = (
    "DROP TRIGGER live_event_no_truncate ON live_event",
    "DROP TRIGGER live_event_no_change ON live_event",
    "DROP FUNCTION live_event_is_kept()",
)


def add_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers of this database in place."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def drop_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of this database away."""
    for statement in SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("live", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
