"""Issues, themes, dossiers and sources stay; a code never changes; what lies on a table keeps its words."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep

TABLES = ("dossiers_issue", "dossiers_theme", "dossiers_dossier", "dossiers_source")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [
        keep(Rule(f"{table}_stays", table, ("DELETE",), "this row stays; it belongs to a thread") for table in TABLES),
        keep(
            [
                Rule(
                    "dossiers_issue_keeps_its_root",
                    "dossiers_issue",
                    ("UPDATE",),
                    "an issue keeps its code, kind and origin",
                    changes("code", "kind", "origin", "dossier_id", "story", "finding", "room_gap_id"),
                ),
                Rule(
                    "dossiers_issue_keeps_its_words",
                    "dossiers_issue",
                    ("UPDATE",),
                    "an issue on a table keeps its words",
                    "OLD.state IN ('on_table', 'harvested', 'resolved') AND " + changes("statement"),
                ),
            ]
        ),
    ]
