"""After the end of a session nothing of it changes any more, but for the mark that it was kept in a story."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep

SAYS = "a session that has ended does not change"
NEW = "(SELECT state FROM showing_session WHERE id = NEW.session_id) = 'ended'"
SESSION = (
    "title", "state", "join_code", "code_until", "started_at", "ended_at", "planned_minutes", "mode", "scene", "beat",
    "day", "is_black", "spotlight", "gap", "shows_count", "may_recognise", "may_add", "question_until", "repairs",
    "notes",
)  # fmt: skip
GAP = (
    "kind", "between_from", "between_to", "sentence", "knowledge", "source", "layer", "field", "scene", "beat", "state",
    "body", "is_new_body", "action", "due", "reason", "removed", "counted",
)  # fmt: skip
ITEM = (
    "about", "told_kind", "between_from", "between_to", "knowledge", "source", "scene", "beat", "state", "published",
    "reason", "merged_into", "gap_id", "flags", "merged_texts",
)  # fmt: skip


def _counts(table: str, owner: str) -> str:
    """A session has ended to which something belongs by way of another row."""
    return (
        f"(SELECT showing_session.state FROM showing_session JOIN {table} ON {table}.session_id = showing_session.id"
        f" WHERE {table}.id = NEW.{owner}) = 'ended'"
    )


RULES = (
    Rule("showing_end_keeps_session", "showing_session", ("UPDATE",), SAYS, f"OLD.state = 'ended' AND {changes(*SESSION)}"),
    Rule("showing_end_keeps_gap", "showing_roomgap", ("UPDATE",), SAYS, f"{changes(*GAP)} AND {NEW}"),
    Rule("showing_end_keeps_item", "showing_inboxitem", ("UPDATE",), SAYS, f"{changes(*ITEM)} AND {NEW}"),
    Rule("showing_end_keeps_addition", "showing_addition", ("UPDATE",), SAYS, f"{changes('scene', 'beat', 'removed', 'data')} AND {NEW}"),
    Rule("showing_end_keeps_participant", "showing_participant", ("INSERT", "UPDATE"), SAYS, NEW),
    Rule("showing_end_keeps_branch", "showing_branch", ("INSERT", "UPDATE"), SAYS, NEW),
    Rule("showing_end_adds_no_gap", "showing_roomgap", ("INSERT",), SAYS, NEW),
    Rule("showing_end_adds_nothing", "showing_addition", ("INSERT",), SAYS, NEW),
    Rule("showing_end_changes_nothing", "showing_change", ("INSERT", "UPDATE"), SAYS, NEW),
    Rule("showing_end_keeps_voices", "showing_recognition", ("INSERT", "UPDATE"), SAYS, _counts("showing_roomgap", "gap_id")),
    Rule("showing_end_keeps_votes", "showing_branchvote", ("INSERT", "UPDATE"), SAYS, _counts("showing_branch", "branch_id")),
    Rule("showing_branch_stays", "showing_branch", ("DELETE",), "this is never removed"),
    Rule(
        "showing_branch_kept", "showing_branch", ("UPDATE",), "this never changes", changes("session_id", "key", "question", "options", "made_at")
    ),
)


class Migration(migrations.Migration):
    dependencies = [("showing", "0004_wrong_codes")]
    operations = [keep(RULES)]
