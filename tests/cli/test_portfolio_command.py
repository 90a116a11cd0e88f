"""`schakelbord portfolio`, as somebody at a terminal uses it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


def portfolio(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "schakelbord.cli.main", "portfolio", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONWARNINGS": "error"},
        check=False,
    )


def test_in_words_within_eighty_columns() -> None:
    done = portfolio("wilg", "berk", "--most", "2")
    assert done.returncode == 0, done.stderr
    assert "2 verzonnen verhalen" in done.stdout
    assert "2 afspraken:" in done.stdout
    assert "dicht:" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "1 agreement:" in portfolio("wilg", "--most", "1", "--lang", "en").stdout


def test_as_json() -> None:
    found = json.loads(portfolio("wilg", "--most", "2", "--json").stdout)
    assert found["proven"] is True
    for row in found["portfolios"]:
        assert row["cost"] == sum(one["cost"] for one in row["agreements"])
        assert row["closed"] == sum(len(one["closed"]) for one in row["stories"])
    # the solver and the compiler of the low level are not needed for this
    code = "import sys, schakelbord.cli.portfolio; print({'ortools', 'numba', 'django'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--most", "0"), "kies een getal van 1"),
        (("--most", "40"), "kies een getal van 1"),
        (("bestaatniet",), "bestaatniet"),
        (("--catalogue", "/bestaat/niet"), "bestaat niet"),
    ],
)
def test_what_it_refuses(words: tuple[str, ...], says: str) -> None:
    done = portfolio(*words)
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr
