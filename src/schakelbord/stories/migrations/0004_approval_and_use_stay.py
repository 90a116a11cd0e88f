"""What was approved stays approved by whom it was, and which model was in use when is never rewritten."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep

VERSION = "stories_storyversion"
APPROVAL = ("asked_at", "approved_by_id", "approved_at", "returned_because")

RULES = (
    Rule("stories_use_stays", "stories_inuse", ("UPDATE", "DELETE"), "which model was in use when never changes"),
    Rule("stories_version_stays", VERSION, ("DELETE",), "a version is never removed"),
    Rule("stories_model_stays", "stories_modelversion", ("DELETE",), "a version is never removed"),
    Rule(
        "stories_version_begins_bare",
        VERSION,
        ("INSERT",),
        "a version begins without approval",
        when="NEW.approved_by_id IS NOT NULL OR NEW.approved_at IS NOT NULL OR NEW.published_at IS NOT NULL",
    ),
    Rule(
        "stories_version_asked_first",
        VERSION,
        ("UPDATE",),
        "nobody asked for approval",
        when="OLD.approved_at IS NULL AND NEW.approved_at IS NOT NULL AND OLD.asked_at IS NULL",
    ),
    Rule(
        "stories_approval_is_whole",
        VERSION,
        ("UPDATE",),
        "an approval has a person and a moment",
        when="(NEW.approved_by_id IS NULL) <> (NEW.approved_at IS NULL)",
    ),
    Rule(
        "stories_approval_stays",
        VERSION,
        ("UPDATE",),
        "an approval never changes",
        when=f"OLD.approved_at IS NOT NULL AND {changes(*APPROVAL)}",
    ),
    Rule(
        "stories_approved_before",
        VERSION,
        ("UPDATE",),
        "a version is published after its approval",
        when="OLD.published_at IS NULL AND NEW.published_at IS NOT NULL AND OLD.approved_at IS NULL",
    ),
    Rule(
        "stories_published_stays",
        VERSION,
        ("UPDATE",),
        "what is published stays so",
        when=f"OLD.published_at IS NOT NULL AND {changes('published_at')}",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("stories", "0003_inuse")]
    operations = [keep(RULES)]
