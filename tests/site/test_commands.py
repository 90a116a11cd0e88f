"""The commands that look after an installation, run as a person runs them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


def _schakelbord(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKELBORD_", "DJANGO_"))}
    environment = {**others, "SCHAKELBORD_DATA": str(data), **more}
    command = [sys.executable, "-m", "schakelbord.cli.main", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _emails(data: Path) -> set[str]:
    connection = sqlite3.connect(data / "schakelbord.sqlite3")
    rows = connection.execute("SELECT email FROM accounts_user").fetchall()
    connection.close()
    return {email for (email,) in rows}


def test_a_demo_is_made_used_and_thrown_away(data: Path) -> None:
    assert _schakelbord(data, "demo-reset").returncode == 0
    key = (data / "secret.key").read_text()
    fresh = _emails(data)
    made = _schakelbord(data, "add-user", "lijster@voorbeeld.nl", "--name", "L. Lijster", "--role", "auditor")
    assert made.stdout.startswith("L. Lijster heeft een account.")
    assert _emails(data) == {*fresh, "lijster@voorbeeld.nl"}
    assert _schakelbord(data, "demo-reset", "--lang", "en").stdout.startswith("The demo is new again")
    assert _emails(data) == fresh
    assert (data / "secret.key").read_text() == key


def test_what_is_real_is_never_thrown_away(data: Path) -> None:
    done = _schakelbord(data, "demo-reset", SCHAKELBORD_MODE="production")
    assert done.returncode == 1
    assert "Alleen de gegevens van een demo" in done.stderr
    assert not data.exists()


def test_a_data_folder_that_is_a_file_gets_one_sentence(data: Path) -> None:
    data.touch()
    done = _schakelbord(data, "serve", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"schakelbord: SCHAKELBORD_DATA: Nothing can be kept in {data}; choose a folder in which you may write."
    ]


def test_the_doctor_finds_a_fresh_demo_healthy_and_an_empty_folder_not(data: Path) -> None:
    before = _schakelbord(data, "doctor")
    assert before.returncode == 1
    assert "Niet in orde: 2 van 3." in before.stderr
    assert not data.exists()
    _schakelbord(data, "demo-reset")
    after = _schakelbord(data, "doctor", "--lang", "en")
    assert after.returncode == 0, after.stderr
    assert "Database (sqlite), 0 changes to go." in after.stdout
    assert "BAD" not in after.stdout
