"""What the database itself keeps of a meeting: its states, one seat a round, capacity, and that nothing goes."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep

NEXT = {
    "draft": ("convened",),
    "convened": ("open", "draft"),
    "open": ("closed",),
    "closed": ("adopted",),
    "adopted": ("archived",),
}
STEPS = " OR ".join(
    f"(OLD.state = '{before}' AND NEW.state IN ({', '.join(repr(state) for state in after)}))"
    for before, after in NEXT.items()
)
PREPARING = "('draft', 'convened')"
SEATED = "SELECT COUNT(*) FROM meetings_seat WHERE table_id = NEW.table_id AND item_id = NEW.item_id AND id <> NEW.id"
CAPACITY = "SELECT capacity FROM meetings_table WHERE id = NEW.table_id"
MOST = (
    "SELECT COALESCE(MAX(seated), 0) FROM "
    "(SELECT COUNT(*) AS seated FROM meetings_seat WHERE table_id = NEW.id GROUP BY item_id) AS rounds"
)
ELSEWHERE = (
    "(SELECT meeting_id FROM meetings_table WHERE id = NEW.table_id) <> "
    "(SELECT meeting_id FROM meetings_agendaitem WHERE id = NEW.item_id) OR "
    "(SELECT meeting_id FROM meetings_table WHERE id = NEW.table_id) <> "
    "(SELECT meeting_id FROM meetings_attendance WHERE id = NEW.attendance_id) OR "
    "(SELECT kind FROM meetings_agendaitem WHERE id = NEW.item_id) <> 'table_round'"
)
SEAT_CLOSED = (
    "(SELECT state FROM meetings_meeting WHERE id = "
    "(SELECT meeting_id FROM meetings_table WHERE id = {0}.table_id)) IN ('closed', 'adopted', 'archived')"
)
NOT_READY = (
    "SELECT 1 FROM meetings_table WHERE meeting_id = NEW.id AND (host_id IS NULL OR pitcher_id IS NULL OR NOT EXISTS "
    "(SELECT 1 FROM meetings_tableissue WHERE table_id = meetings_table.id))"
)


def state_of(column: str, row: str = "OLD") -> str:
    """SQL of the state of the meeting to which a row belongs."""
    return f"(SELECT state FROM meetings_meeting WHERE id = {row}.{column})"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [
        keep(
            [
                Rule("meetings_meeting_stays", "meetings_meeting", ("DELETE",), "a meeting stays"),
                Rule(
                    "meetings_meeting_steps",
                    "meetings_meeting",
                    ("UPDATE",),
                    "a meeting goes from draft to convened, open, closed, adopted and archived",
                    f"NEW.state <> OLD.state AND NOT ({STEPS})",
                ),
                Rule(
                    "meetings_meeting_is_ready",
                    "meetings_meeting",
                    ("UPDATE",),
                    "every table needs a host, a pitcher and an issue before the meeting opens",
                    f"NEW.state = 'open' AND OLD.state <> 'open' AND EXISTS ({NOT_READY})",
                ),
                Rule(
                    "meetings_meeting_is_agreed",
                    "meetings_meeting",
                    ("UPDATE",),
                    "every convening body must agree before a meeting is convened",
                    "NEW.state = 'convened' AND OLD.state = 'draft' AND (NOT EXISTS "
                    "(SELECT 1 FROM meetings_convening WHERE meeting_id = NEW.id) OR EXISTS "
                    "(SELECT 1 FROM meetings_convening WHERE meeting_id = NEW.id AND agreed_at IS NULL))",
                ),
                Rule(
                    "meetings_meeting_forgets_devices",
                    "meetings_meeting",
                    ("UPDATE",),
                    "a closed meeting knows no devices",
                    "NEW.state = 'closed' AND OLD.state <> 'closed' AND EXISTS "
                    "(SELECT 1 FROM meetings_attendance WHERE meeting_id = NEW.id AND device <> '')",
                ),
                Rule(
                    "meetings_meeting_is_frozen",
                    "meetings_meeting",
                    ("UPDATE",),
                    "adopted minutes cannot change",
                    "OLD.state IN ('adopted', 'archived') AND "
                    + changes("code", "title", "starts_at", "ends_at", "minutes_hash", "adopted_at", "dossier_id"),
                ),
                Rule(
                    "meetings_attendance_stays",
                    "meetings_attendance",
                    ("DELETE",),
                    "who took part stays",
                    f"{state_of('meeting_id')} NOT IN {PREPARING}",
                ),
                Rule(
                    "meetings_attendance_has_no_device_afterwards",
                    "meetings_attendance",
                    ("INSERT", "UPDATE"),
                    "a device is known only while a meeting is open",
                    f"NEW.device <> '' AND {state_of('meeting_id', 'NEW')} <> 'open'",
                ),
                Rule(
                    "meetings_table_stays",
                    "meetings_table",
                    ("DELETE",),
                    "a table stays",
                    f"{state_of('meeting_id')} NOT IN {PREPARING}",
                ),
                Rule(
                    "meetings_table_keeps_host_and_pitcher",
                    "meetings_table",
                    ("UPDATE",),
                    "a table of an open meeting has a host and a pitcher",
                    "(NEW.host_id IS NULL OR NEW.pitcher_id IS NULL) AND (OLD.host_id IS NOT NULL AND "
                    f"OLD.pitcher_id IS NOT NULL) AND {state_of('meeting_id')} NOT IN {PREPARING}",
                ),
                Rule(
                    "meetings_table_keeps_its_seats",
                    "meetings_table",
                    ("UPDATE",),
                    "more people sit at this table",
                    f"NEW.capacity < ({MOST})",
                ),
                Rule(
                    "meetings_tableissue_stays",
                    "meetings_tableissue",
                    ("DELETE",),
                    "an issue stays on its table",
                    "(SELECT state FROM meetings_meeting WHERE id = "
                    f"(SELECT meeting_id FROM meetings_table WHERE id = OLD.table_id)) NOT IN {PREPARING}",
                ),
                Rule(
                    "meetings_agendaitem_stays",
                    "meetings_agendaitem",
                    ("DELETE",),
                    "a point of the agenda stays",
                    f"OLD.started_at IS NOT NULL OR {state_of('meeting_id')} NOT IN ('draft', 'convened', 'open')",
                ),
                Rule(
                    "meetings_seat_is_free",
                    "meetings_seat",
                    ("INSERT", "UPDATE"),
                    "this table is full",
                    f"({SEATED}) >= ({CAPACITY})",
                    holds="meetings_table WHERE id = NEW.table_id",
                ),
                Rule(
                    "meetings_seat_is_of_this_meeting",
                    "meetings_seat",
                    ("INSERT", "UPDATE"),
                    "table, round and participant belong to one meeting",
                    ELSEWHERE,
                ),
                Rule(
                    "meetings_seat_is_not_changed_afterwards",
                    "meetings_seat",
                    ("INSERT", "UPDATE"),
                    "who sat where stays",
                    SEAT_CLOSED.format("NEW"),
                ),
                Rule(
                    "meetings_seat_stays",
                    "meetings_seat",
                    ("DELETE",),
                    "who sat where stays",
                    SEAT_CLOSED.format("OLD"),
                ),
                Rule("meetings_letter_stays", "meetings_letter", ("DELETE",), "a letter stays"),
                Rule(
                    "meetings_letter_is_sent_once",
                    "meetings_letter",
                    ("UPDATE",),
                    "a letter that was sent is not sent again",
                    "OLD.state = 'sent' AND NEW.state <> 'sent'",
                ),
            ]
        ),
    ]
