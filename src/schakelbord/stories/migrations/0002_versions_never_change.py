"""What a version says never changes, and a version never goes: the database itself refuses."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = {
    "stories_modelversion": ("number", "name", "content", "digest", "made_by_id", "made_at"),
    "stories_storyversion": ("story", "number", "name", "content", "digest", "model_version_id", "made_by_id", "made_at"),
}
DIFFERENT = {"sqlite": "NEW.{0} IS NOT OLD.{0}", "postgresql": "NEW.{0} IS DISTINCT FROM OLD.{0}"}


def add_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers of this database in place."""
    vendor = editor.connection.vendor
    if vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION stories_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a version cannot change or be removed' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, columns in KEPT.items():
        changed = " OR ".join(DIFFERENT[vendor].format(column) for column in columns)
        if vendor == "sqlite":
            refuse = "BEGIN SELECT RAISE(ABORT, 'a version cannot change or be removed'); END"
            editor.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {changed} {refuse}")
            editor.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        else:
            refuse = "EXECUTE FUNCTION stories_version_is_kept()"
            editor.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) {refuse}"
            )
            editor.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}")


def drop_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of this database away."""
    for table in KEPT:
        for name in ("no_update", "no_delete"):
            on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
            editor.execute(f"DROP TRIGGER {table}_{name}{on}")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION stories_version_is_kept()")


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
