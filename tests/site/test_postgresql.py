"""People, roles, rights and the journal on a real PostgreSQL server, started here and stopped again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from postgresql_server import postgresql

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
VENDOR = """
from schakelbord.site.start import set_up_django
set_up_django()
from django.db import connection
print(connection.vendor, connection.pg_version > 0)
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server with an empty database."""
    with postgresql() as address:
        yield address


def test_people_rights_and_journal_are_the_same_on_postgresql(address: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "tests/accounts/test_login.py",
            "tests/live/test_journal.py",
            "tests/tables/test_harvest.py",
            "tests/tables/test_invariants.py",
            "tests/chain/test_search.py",
            "tests/chain/test_chain_invariants.py",
            "tests/chain/test_chain_walk.py",
            "tests/stories/test_versions_by_sql.py",
            "tests/editor/test_drafts_by_sql.py",
            "tests/showing/test_session_by_sql.py",
            "-m",
            "not slow",
            "-p",
            "no:cacheprovider",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "SCHAKELBORD_DATABASE_URL": address,
            "PYTEST_XDIST_WORKER": "",
            "HYPOTHESIS_PROFILE": "quick",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " passed" in done.stdout
    used = subprocess.run(
        [
            sys.executable,
            "-c",
            VENDOR,
        ],
        env={**os.environ, "SCHAKELBORD_DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=True,
    )
    assert used.stdout.split() == ["postgresql", "True"]
