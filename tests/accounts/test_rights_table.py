"""Who may do what: a table that answers every cell. A predicate or a role without a column or a row fails."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import schakelbord
from schakelbord.accounts.actors import READER, Actor, Role

R = Role
EVERYBODY = frozenset(Role)

INVENTED = SimpleNamespace(fictional=True)
REAL = SimpleNamespace(fictional=False)
DESK = frozenset({R.PRESENTER, R.SECRETARY})
PREPARED = SimpleNamespace(state="prepared", may_recognise=True, may_add=True)
RUNNING = SimpleNamespace(state="open", may_recognise=True, may_add=True)
QUIET = SimpleNamespace(state="open", may_recognise=False, may_add=False)
OVER = SimpleNamespace(state="ended", may_recognise=True, may_add=True)
# Everybody in this table is user 1.
BY_OTHER = SimpleNamespace(made_by_id=2, approved_by_id=None)
BY_SELF = SimpleNamespace(made_by_id=1, approved_by_id=None)
APPROVED = SimpleNamespace(made_by_id=1, approved_by_id=2)
SECRETARIAT = frozenset({R.SECRETARY, R.CHAIR})
AT_TABLES = frozenset({R.TABLE_HOST, R.PITCHER, R.PARTICIPANT})
PUBLIC_DOSSIER = SimpleNamespace(confidentiality="public")
CLOSED_DOSSIER = SimpleNamespace(confidentiality="bodies")
MEETING_DOSSIER = SimpleNamespace(confidentiality="meeting")
READS_CHAIN = SECRETARIAT | AT_TABLES | {R.AUDITOR, R.ACTION_OWNER, R.BODY_SECRETARY}
MEETING_STATES = ("draft", "convened", "open", "closed", "adopted", "archived")
READERS = (("may_read_meeting", SECRETARIAT | {R.AUDITOR}), ("may_see_addresses", SECRETARIAT))
Row = tuple[str, tuple[object, ...], dict[str, object], frozenset[Role]]


def _meeting(state: str) -> SimpleNamespace:
    return SimpleNamespace(state=state)


def _steps(predicate: str, *states: str) -> list[Row]:
    """A row a state of a meeting: the secretariat in these states, nobody in the others."""
    return [
        (predicate, (_meeting(state),), {}, SECRETARIAT if state in states else frozenset()) for state in MEETING_STATES
    ]


# Who acts at a table is somebody in a meeting, not a role: see the table in tests/tables.
OF_A_MEETING = frozenset({"tables"})
# What rests on a seat in a body, not on a role: see the table in tests/chain.
OF_A_SEAT = frozenset(
    {"chain.may_answer_for", "chain.may_endorse_for", "chain.may_take_on", "chain.may_report", "chain.may_judge"}
)
IN_THE_CHAIN = frozenset({R.SECRETARY, R.CHAIR, R.AUDITOR, R.BODY_SECRETARY, R.ACTION_OWNER}) | AT_TABLES

# One row a question: predicate, with what, and the roles for which the answer is yes. READER stands here for somebody
# who did not log in; all others have logged in. A technical administrator reads what is public, and no more.
TABLE: list[Row] = [
    ("accounts.may_choose_demo_role", (), {"demo_roles": True}, EVERYBODY),
    ("accounts.may_choose_demo_role", (), {"demo_roles": False}, frozenset()),
    ("accounts.may_log_in", (), {}, EVERYBODY),
    ("accounts.may_see_own_account", (), {}, EVERYBODY - {R.READER}),
    ("accounts.may_manage_users", (), {}, frozenset({R.TECHNICAL_ADMIN})),
    ("accounts.may_read_confidential", (), {}, frozenset({R.SECRETARY, R.AUDITOR})),
    ("accounts.may_read_audit_trail", (), {}, frozenset({R.SECRETARY, R.AUDITOR})),
    ("editor.may_edit_stories", (), {}, frozenset({R.SECRETARY, R.PRESENTER})),
    ("editor.may_see_versions", (), {}, frozenset({R.SECRETARY, R.PRESENTER, R.CHAIR})),
    ("editor.may_approve_version", (BY_OTHER,), {}, frozenset({R.SECRETARY, R.PRESENTER, R.CHAIR})),
    ("editor.may_approve_version", (BY_SELF,), {}, frozenset()),
    ("editor.may_publish_version", (APPROVED,), {}, frozenset({R.SECRETARY, R.PRESENTER})),
    ("editor.may_publish_version", (BY_OTHER,), {}, frozenset()),
    ("chain.may_read_chain", (), {}, IN_THE_CHAIN),
    ("chain.may_read_in_chain", (PUBLIC_DOSSIER,), {}, IN_THE_CHAIN),
    ("chain.may_read_in_chain", (CLOSED_DOSSIER,), {}, IN_THE_CHAIN),
    ("chain.may_read_in_chain", (MEETING_DOSSIER,), {}, SECRETARIAT | {R.AUDITOR}),
    ("chain.may_lead_chain", (), {}, SECRETARIAT),
    ("chain.may_sign", (), {}, frozenset({R.CHAIR})),
    ("chain.may_publish", (), {}, frozenset({R.SECRETARY})),
    ("stories.may_read_story", (INVENTED,), {}, EVERYBODY),
    ("stories.may_read_story", (REAL,), {}, frozenset()),
    ("stories.may_try_repairs", (INVENTED,), {}, EVERYBODY),
    ("stories.may_try_repairs", (REAL,), {}, frozenset()),
    ("stories.may_download_reading", (INVENTED,), {}, EVERYBODY),
    ("stories.may_download_reading", (REAL,), {}, frozenset()),
    ("system_model.may_read_model", (), {}, EVERYBODY),
    ("system_model.may_edit_model", (), {}, frozenset({R.SECRETARY})),
    ("showing.may_run_sessions", (), {}, frozenset({R.PRESENTER, R.SECRETARY})),
    ("showing.may_run", (PREPARED,), {}, DESK),
    ("showing.may_run", (RUNNING,), {}, DESK),
    ("showing.may_run", (OVER,), {}, frozenset()),
    ("showing.may_read_inbox", (RUNNING,), {}, DESK),
    ("showing.may_read_inbox", (OVER,), {}, frozenset()),
    ("showing.may_follow", (RUNNING,), {"joined": True}, EVERYBODY),
    ("showing.may_follow", (RUNNING,), {"joined": False}, DESK),
    ("showing.may_follow", (PREPARED,), {"joined": True}, DESK),
    ("showing.may_follow", (OVER,), {"joined": True}, frozenset()),
    ("showing.may_recognise", (RUNNING,), {"joined": True}, EVERYBODY),
    ("showing.may_recognise", (QUIET,), {"joined": True}, frozenset()),
    ("showing.may_recognise", (RUNNING,), {"joined": False}, frozenset()),
    ("showing.may_recognise", (OVER,), {"joined": True}, frozenset()),
    ("showing.may_send", (RUNNING,), {"joined": True}, EVERYBODY),
    ("showing.may_send", (QUIET,), {"joined": True}, frozenset()),
    ("showing.may_send", (RUNNING,), {"joined": False}, frozenset()),
    ("showing.may_send", (OVER,), {"joined": True}, frozenset()),
    ("showing.may_vote", (QUIET,), {"joined": True}, EVERYBODY),
    ("showing.may_vote", (QUIET,), {"joined": False}, frozenset()),
    ("showing.may_vote", (OVER,), {"joined": True}, frozenset()),
    ("showing.may_keep_in_story", (RUNNING,), {}, DESK),
    ("showing.may_keep_in_story", (OVER,), {}, DESK),
    ("showing.may_join", (), {"open_to_room": True}, EVERYBODY),
    ("showing.may_join", (), {"open_to_room": False}, frozenset()),
    ("bodies.may_see_bodies", (), {}, SECRETARIAT | {R.BODY_SECRETARY, R.AUDITOR}),
    ("bodies.may_change_bodies", (), {}, SECRETARIAT),
    ("dossiers.may_make_dossiers", (), {}, SECRETARIAT),
    ("dossiers.may_read_dossier", (PUBLIC_DOSSIER,), {}, EVERYBODY),
    ("dossiers.may_read_dossier", (CLOSED_DOSSIER,), {}, SECRETARIAT | {R.AUDITOR}),
    ("chain.may_read_thread", (PUBLIC_DOSSIER,), {"sits": False, "has_part": False}, EVERYBODY),
    ("chain.may_read_thread", (CLOSED_DOSSIER,), {"sits": False, "has_part": False}, SECRETARIAT | {R.AUDITOR}),
    ("chain.may_read_thread", (CLOSED_DOSSIER,), {"sits": True, "has_part": False}, READS_CHAIN),
    ("chain.may_read_thread", (MEETING_DOSSIER,), {"sits": True, "has_part": False}, SECRETARIAT | {R.AUDITOR}),
    ("chain.may_read_thread", (MEETING_DOSSIER,), {"sits": False, "has_part": True}, READS_CHAIN),
    ("dossiers.may_bring_issues", (), {}, SECRETARIAT | AT_TABLES | {R.BODY_SECRETARY}),
    ("meetings.may_prepare_meetings", (), {}, SECRETARIAT),
    *_steps("meetings.may_change_meeting", "draft", "convened", "open", "closed"),
    *_steps("meetings.may_agree_to_convene", "draft"),
    *_steps("meetings.may_convene", "draft"),
    *_steps("meetings.may_open_meeting", "convened"),
    *_steps("meetings.may_run_meeting", "open"),
    *_steps("meetings.may_adopt_minutes", "closed"),
    *((f"meetings.{name}", (_meeting(state),), {}, allowed) for state in MEETING_STATES for name, allowed in READERS),
]


def _predicates() -> dict[str, Callable[..., bool]]:
    """Every `may_x` of every `rights.py`."""
    found: dict[str, Callable[..., bool]] = {}
    for file in Path(schakelbord.__file__).parent.glob("*/rights.py"):
        app = file.parent.name
        if app in OF_A_MEETING:
            continue
        module = importlib.import_module(f"schakelbord.{app}.rights")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("may_") and function.__module__ == module.__name__:
                found[f"{app}.{name}"] = function
    return {name: function for name, function in found.items() if name not in OF_A_SEAT}


def _actor(role: Role) -> Actor:
    return READER if role is Role.READER else Actor(user_id=1, name="M. Merel", roles=frozenset({role, Role.READER}))


def test_every_predicate_has_a_row_and_every_row_a_predicate() -> None:
    assert {name for name, *_ in TABLE} == set(_predicates())


@pytest.mark.parametrize("role", Role)
def test_every_cell_has_the_answer_of_the_table(role: Role) -> None:
    predicates = _predicates()
    wrong = {
        (name, repr(things), repr(more)): answer
        for name, things, more, allowed in TABLE
        if (answer := predicates[name](_actor(role), *things, **more)) is not (role in allowed)
    }
    assert wrong == {}


def test_the_table_answers_yes_and_no_for_whatever_depends_on_the_role() -> None:
    by_role = {name for name, _, _, allowed in TABLE if allowed not in {EVERYBODY, frozenset()}}
    assert by_role == {
        "editor.may_edit_stories",
        "editor.may_see_versions",
        "editor.may_approve_version",
        "editor.may_publish_version",
        "accounts.may_see_own_account",
        "accounts.may_manage_users",
        "accounts.may_read_confidential",
        "accounts.may_read_audit_trail",
        "bodies.may_see_bodies",
        "bodies.may_change_bodies",
        "chain.may_read_chain",
        "chain.may_read_in_chain",
        "chain.may_lead_chain",
        "chain.may_sign",
        "chain.may_publish",
        "chain.may_read_thread",
        "dossiers.may_make_dossiers",
        "dossiers.may_read_dossier",
        "dossiers.may_bring_issues",
        "meetings.may_prepare_meetings",
        "meetings.may_change_meeting",
        "meetings.may_agree_to_convene",
        "meetings.may_convene",
        "meetings.may_open_meeting",
        "meetings.may_run_meeting",
        "meetings.may_adopt_minutes",
        "meetings.may_read_meeting",
        "meetings.may_see_addresses",
        "showing.may_run_sessions",
        "showing.may_run",
        "showing.may_read_inbox",
        "showing.may_follow",
        "showing.may_keep_in_story",
        "system_model.may_edit_model",
    }


def test_two_roles_may_do_what_either_may() -> None:
    both = Actor(user_id=1, name="M. Merel", roles=frozenset({Role.AUDITOR, Role.TECHNICAL_ADMIN}))
    predicates = _predicates()
    assert predicates["accounts.may_manage_users"](both)
    assert predicates["accounts.may_read_audit_trail"](both)
