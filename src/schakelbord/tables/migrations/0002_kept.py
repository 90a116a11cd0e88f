"""What the database itself keeps of the talk: nothing goes, no hidden person, words that others build on stay."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep

STAYING = ("group", "contribution", "statement", "vote", "harvest", "desiredresult")
MEETING_OF_TABLE = (
    "(SELECT state FROM meetings_meeting WHERE id = (SELECT meeting_id FROM meetings_table WHERE id = {0}.table_id))"
)
USED = (
    "EXISTS (SELECT 1 FROM tables_harvest_contributions WHERE contribution_id = OLD.id) OR EXISTS "
    "(SELECT 1 FROM tables_statement_contributions JOIN tables_statement ON tables_statement.id = statement_id "
    "WHERE contribution_id = OLD.id AND tables_statement.state <> 'draft')"
)
HARVEST_STATE = "(SELECT state FROM tables_harvest WHERE id = {0}.harvest_id)"
FROZEN = (
    "(SELECT state FROM meetings_meeting WHERE id = (SELECT meeting_id FROM meetings_table WHERE id = "
    "(SELECT table_id FROM tables_harvest WHERE id = {0}.harvest_id))) IN ('adopted', 'archived')"
)
ASKED = "(SELECT state FROM tables_statement WHERE id = {0}.statement_id)"
WORDS = changes("assignment", "readback_note", "read_back_at", "host_confirmed_by_id", "pitcher_confirmed_by_id")


def parts_of_harvest(table: str) -> list[Rule]:
    """What belongs to a harvest stays as it is once that is confirmed, or the minutes are adopted."""
    return [
        Rule(
            f"{table}_kept_{name}",
            table,
            on,
            "what belongs to a confirmed harvest cannot change",
            f"{HARVEST_STATE.format(row)} = 'confirmed' OR {FROZEN.format(row)}",
        )
        for name, row, on in (("new", "NEW", ("INSERT", "UPDATE")), ("old", "OLD", ("UPDATE", "DELETE")))
    ]


class Migration(migrations.Migration):
    dependencies = [("tables", "0001_initial"), ("meetings", "0002_kept")]
    operations = [
        keep(
            Rule(f"tables_{name}_stays", f"tables_{name}", ("DELETE",), "this row stays; it belongs to a thread")
            for name in STAYING
        ),
        keep(
            [
                Rule(
                    "tables_contribution_in_time",
                    "tables_contribution",
                    ("INSERT",),
                    "nothing is added to a meeting that is not open, but notes on paper until the minutes are adopted",
                    f"NOT ({MEETING_OF_TABLE.format('NEW')} = 'open' OR "
                    f"(NEW.from_paper AND {MEETING_OF_TABLE.format('NEW')} = 'closed'))",
                ),
                Rule(
                    "tables_contribution_has_a_root",
                    "tables_contribution",
                    ("INSERT",),
                    "a contribution belongs to a round at a table on which an issue lies",
                    "NOT EXISTS (SELECT 1 FROM meetings_tableissue WHERE table_id = NEW.table_id) OR NOT EXISTS "
                    "(SELECT 1 FROM meetings_agendaitem JOIN meetings_table ON "
                    "meetings_table.meeting_id = meetings_agendaitem.meeting_id WHERE meetings_agendaitem.id = "
                    "NEW.item_id AND meetings_table.id = NEW.table_id AND meetings_agendaitem.kind = 'table_round')",
                ),
                Rule(
                    "tables_contribution_hides_its_time",
                    "tables_contribution",
                    ("INSERT",),
                    "a contribution without a name has the time of its round",
                    "NEW.mode <> 'named' AND NEW.made_at IS DISTINCT FROM "
                    "(SELECT started_at FROM meetings_agendaitem WHERE id = NEW.item_id)",
                ),
                Rule(
                    "tables_contribution_keeps_who",
                    "tables_contribution",
                    ("UPDATE",),
                    "who said it, where and when stays as it is",
                    changes("mode", "author_id", "layer", "table_id", "item_id", "key", "made_at", "from_paper"),
                ),
                Rule(
                    "tables_contribution_keeps_its_words",
                    "tables_contribution",
                    ("UPDATE",),
                    "the words of a contribution stay once others build on it",
                    f"{changes('text', 'kind', 'source')} AND ({USED})",
                ),
                Rule(
                    "tables_contribution_frozen",
                    "tables_contribution",
                    ("UPDATE",),
                    "adopted minutes cannot change",
                    f"{MEETING_OF_TABLE.format('OLD')} IN ('adopted', 'archived')",
                ),
                Rule(
                    "tables_statement_keeps_its_words",
                    "tables_statement",
                    ("UPDATE",),
                    "a statement stays as it is from when it is put to the vote",
                    f"OLD.state <> 'draft' AND ({changes('text', 'key', 'meeting_id', 'opened_at')} "
                    "OR NEW.state = 'draft' OR (OLD.state = 'closed' AND NEW.state <> 'closed'))",
                ),
                Rule(
                    "tables_statement_contributions_new",
                    "tables_statement_contributions",
                    ("INSERT", "UPDATE"),
                    "a statement stays as it is from when it is put to the vote",
                    f"{ASKED.format('NEW')} <> 'draft'",
                ),
                Rule(
                    "tables_statement_contributions_old",
                    "tables_statement_contributions",
                    ("UPDATE", "DELETE"),
                    "a statement stays as it is from when it is put to the vote",
                    f"{ASKED.format('OLD')} <> 'draft'",
                ),
                Rule(
                    "tables_vote_in_time",
                    "tables_vote",
                    ("INSERT",),
                    "a vote counts only while its statement is open",
                    f"{ASKED.format('NEW')} <> 'open'",
                ),
                Rule(
                    "tables_vote_stays_as_it_is",
                    "tables_vote",
                    ("UPDATE",),
                    "a vote cannot change",
                    f"{changes('statement_id', 'token', 'value', 'layer', 'at')} OR OLD.replaced "
                    f"OR {ASKED.format('OLD')} <> 'open'",
                ),
                Rule(
                    "tables_harvest_steps",
                    "tables_harvest",
                    ("UPDATE",),
                    "a confirmed harvest cannot change, but can go to everybody until the meeting closes",
                    "(OLD.state = 'confirmed' AND (NEW.state NOT IN ('confirmed', 'contested') OR "
                    f"{changes('assignment', 'readback_note', 'code', 'table_id')})) OR "
                    "(OLD.state = 'confirmed' AND NEW.state = 'contested' AND "
                    f"{MEETING_OF_TABLE.format('OLD')} <> 'open') OR "
                    "(OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'read_back')) OR "
                    f"(OLD.state = 'confirmed' AND NEW.state = 'confirmed' AND {WORDS})",
                ),
                Rule(
                    "tables_harvest_keeps_its_code",
                    "tables_harvest",
                    ("UPDATE",),
                    "a harvest keeps its code and its table",
                    changes("code", "table_id"),
                ),
                Rule(
                    "tables_harvest_frozen",
                    "tables_harvest",
                    ("UPDATE",),
                    "adopted minutes cannot change",
                    f"{MEETING_OF_TABLE.format('OLD')} IN ('adopted', 'archived')",
                ),
                Rule(
                    "tables_harvest_has_a_root",
                    "tables_harvest",
                    ("UPDATE",),
                    "a confirmed harvest has contributions, a desired result and a body to which it is addressed",
                    "NEW.state = 'confirmed' AND OLD.state <> 'confirmed' AND (NOT EXISTS "
                    "(SELECT 1 FROM tables_harvest_contributions WHERE harvest_id = NEW.id) OR NOT EXISTS "
                    "(SELECT 1 FROM tables_desiredresult WHERE harvest_id = NEW.id AND NOT removed) OR NOT EXISTS "
                    "(SELECT 1 FROM tables_harvest_addressees WHERE harvest_id = NEW.id))",
                ),
                *parts_of_harvest("tables_desiredresult"),
                *parts_of_harvest("tables_harvest_contributions"),
                *parts_of_harvest("tables_harvest_addressees"),
            ]
        ),
    ]
