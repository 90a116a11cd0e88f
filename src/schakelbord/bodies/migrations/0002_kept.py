"""Organisations, bodies, people and memberships stay: what was decided refers to them."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep

TABLES = ("bodies_organisation", "bodies_person", "bodies_body", "bodies_membership")


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial")]
    operations = [
        keep(Rule(f"{table}_stays", table, ("DELETE",), "this row stays; give it an end instead") for table in TABLES),
        keep(
            [
                Rule(
                    "bodies_person_stays_erased",
                    "bodies_person",
                    ("UPDATE",),
                    "an erased person stays erased",
                    f"OLD.erased_at IS NOT NULL AND {changes('erased_at', 'name', 'email')}",
                )
            ]
        ),
    ]
