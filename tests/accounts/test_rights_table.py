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
# Everybody in this table is user 1.
BY_OTHER = SimpleNamespace(made_by_id=2, approved_by_id=None)
BY_SELF = SimpleNamespace(made_by_id=1, approved_by_id=None)
APPROVED = SimpleNamespace(made_by_id=1, approved_by_id=2)

# One row a question: predicate, with what, and the roles for which the answer is yes. READER stands here for somebody
# who did not log in; all others have logged in. A technical administrator reads what is public, and no more.
TABLE: list[tuple[str, tuple[object, ...], dict[str, object], frozenset[Role]]] = [
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
    ("stories.may_read_story", (INVENTED,), {}, EVERYBODY),
    ("stories.may_read_story", (REAL,), {}, frozenset()),
    ("stories.may_try_repairs", (INVENTED,), {}, EVERYBODY),
    ("stories.may_try_repairs", (REAL,), {}, frozenset()),
    ("stories.may_download_reading", (INVENTED,), {}, EVERYBODY),
    ("stories.may_download_reading", (REAL,), {}, frozenset()),
    ("system_model.may_read_model", (), {}, EVERYBODY),
    ("system_model.may_edit_model", (), {}, frozenset({R.SECRETARY})),
    ("showing.may_run_sessions", (), {}, frozenset({R.PRESENTER, R.SECRETARY})),
    ("showing.may_join", (), {"open_to_room": True}, EVERYBODY),
    ("showing.may_join", (), {"open_to_room": False}, frozenset()),
]


def _predicates() -> dict[str, Callable[..., bool]]:
    """Every `may_x` of every `rights.py`."""
    found: dict[str, Callable[..., bool]] = {}
    for file in Path(schakelbord.__file__).parent.glob("*/rights.py"):
        app = file.parent.name
        module = importlib.import_module(f"schakelbord.{app}.rights")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("may_") and function.__module__ == module.__name__:
                found[f"{app}.{name}"] = function
    return found


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
        "showing.may_run_sessions",
        "system_model.may_edit_model",
    }


def test_two_roles_may_do_what_either_may() -> None:
    both = Actor(user_id=1, name="M. Merel", roles=frozenset({Role.AUDITOR, Role.TECHNICAL_ADMIN}))
    predicates = _predicates()
    assert predicates["accounts.may_manage_users"](both)
    assert predicates["accounts.may_read_audit_trail"](both)
