"""What the database itself refuses: other words for what the room said, a device after the end, a second end."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

DIFFERENT = {"sqlite": "NEW.{0} IS NOT OLD.{0}", "postgresql": "NEW.{0} IS DISTINCT FROM OLD.{0}"}

# Columns that never change, by table. What was said, counted or changed is never removed either.
KEPT = {
    "showing_session": ("room_id", "story", "story_content", "catalogue", "made_by_id", "made_at"),
    "showing_participant": ("session_id", "key", "joined_at"),
    "showing_inboxitem": ("session_id", "key", "participant_id", "kind", "text", "instead_of_id", "made_at"),
    "showing_roomgap": ("session_id", "key", "computed", "number", "from_presenter", "made_at"),
    "showing_addition": ("session_id", "key", "kind", "made_at"),
    "showing_change": ("session_id", "user_id", "verb", "rows", "seq", "at"),
    "showing_recognition": ("gap_id", "participant_id"),
    "showing_branchvote": ("branch_id", "participant_id"),
}

ENDED = "(SELECT state FROM showing_session WHERE id = NEW.session_id) = 'ended'"
OF_WHO = "(SELECT session_id FROM showing_participant WHERE id = NEW.participant_id)"

# Name: table, moments, when it is refused, and what is said then.
RULES = {
    "showing_no_device_after_the_end": (
        "showing_participant",
        ("INSERT", "UPDATE"),
        f"NEW.device <> '' AND {ENDED}",
        "a session that has ended knows no devices",
    ),
    "showing_ends_without_devices": (
        "showing_session",
        ("UPDATE",),
        "NEW.state = 'ended' AND EXISTS"
        " (SELECT 1 FROM showing_participant WHERE session_id = NEW.id AND device <> '')",
        "a session ends after its devices are forgotten",
    ),
    "showing_ends_once": (
        "showing_session",
        ("UPDATE",),
        "OLD.state = 'ended' AND NEW.state <> 'ended'",
        "a session that has ended stays so",
    ),
    "showing_nothing_sent_after_the_end": (
        "showing_inboxitem",
        ("INSERT",),
        ENDED,
        "a session that has ended takes nothing in",
    ),
    "showing_sent_in_its_own_session": (
        "showing_inboxitem",
        ("INSERT",),
        f"NEW.session_id <> {OF_WHO}",
        "a message and its sender belong to one session",
    ),
    "showing_recognised_in_its_own_session": (
        "showing_recognition",
        ("INSERT",),
        f"(SELECT session_id FROM showing_roomgap WHERE id = NEW.gap_id) <> {OF_WHO}",
        "a gap and who recognises it belong to one session",
    ),
    "showing_voted_in_its_own_session": (
        "showing_branchvote",
        ("INSERT",),
        f"(SELECT session_id FROM showing_branch WHERE id = NEW.branch_id) <> {OF_WHO}",
        "a choice and who votes belong to one session",
    ),
}


def add_rules(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers of this database in place."""
    for table, columns in KEPT.items():
        changed = " OR ".join(DIFFERENT[editor.connection.vendor].format(column) for column in columns)
        _trigger(editor, f"{table}_kept", table, ("UPDATE",), changed, "this never changes")
        _trigger(editor, f"{table}_stays", table, ("DELETE",), "1 = 1", "this is never removed")
    for name, (table, moments, condition, sentence) in RULES.items():
        _trigger(editor, name, table, moments, condition, sentence)


def drop_rules(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of this database away."""
    named: dict[str, tuple[str, tuple[str, ...]]] = {f"{table}_kept": (table, ("UPDATE",)) for table in KEPT}
    named |= {f"{table}_stays": (table, ("DELETE",)) for table in KEPT}
    named |= {name: (table, moments) for name, (table, moments, *_) in RULES.items()}
    for name, (table, moments) in named.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {name} ON {table}")
            editor.execute(f"DROP FUNCTION {name}()")
        else:
            for moment in moments:
                editor.execute(f"DROP TRIGGER {name}_{moment.lower()}")


def _trigger(
    editor: BaseDatabaseSchemaEditor, name: str, table: str, moments: tuple[str, ...], condition: str, sentence: str
) -> None:
    """A trigger that refuses when the condition holds. PostgreSQL takes no subquery in WHEN, so it stands inside."""
    if editor.connection.vendor == "postgresql":
        row = "OLD" if moments == ("DELETE",) else "NEW"
        editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
            f" RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation'; END IF; RETURN {row}; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {' OR '.join(moments)} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
        return
    for moment in moments:
        editor.execute(
            f"CREATE TRIGGER {name}_{moment.lower()} BEFORE {moment} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("showing", "0002_words_that_show")]
    operations = [migrations.RunPython(add_rules, drop_rules)]
