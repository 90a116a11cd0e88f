"""Who began a draft and who changed what in it stays: undo adds a change, it takes none away."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep

RULES = (
    Rule("editor_draft_stays", "editor_draft", ("DELETE",), "a draft is put away, never removed"),
    Rule(
        "editor_draft_keeps_its_maker",
        "editor_draft",
        ("UPDATE",),
        "where a draft began never changes",
        when=changes("room_id", "made_by_id", "made_at"),
    ),
    Rule("editor_change_stays", "editor_change", ("DELETE",), "a change is taken back, never removed"),
    Rule(
        "editor_change_keeps_its_maker",
        "editor_change",
        ("UPDATE",),
        "who changed a draft never changes",
        when=changes("draft_id", "user_id", "kind", "of_id"),
    ),
)


class Migration(migrations.Migration):
    dependencies = [("editor", "0001_initial")]
    operations = [keep(RULES)]
