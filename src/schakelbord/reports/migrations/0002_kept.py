"""What the database itself keeps of adopted minutes: they stay as they are."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [
        keep(
            [
                Rule(
                    "reports_minutes_stay",
                    "reports_minutesversion",
                    ("DELETE",),
                    "adopted minutes stay",
                ),
                Rule(
                    "reports_minutes_do_not_change",
                    "reports_minutesversion",
                    ("UPDATE",),
                    "adopted minutes cannot change",
                    changes("content", "digest", "meeting_id", "made_at"),
                ),
                Rule(
                    "reports_minutes_are_of_a_closed_meeting",
                    "reports_minutesversion",
                    ("INSERT",),
                    "only the minutes of a closed meeting are adopted",
                    "(SELECT state FROM meetings_meeting WHERE id = NEW.meeting_id) <> 'closed'",
                ),
            ]
        )
    ]
