"""`schakelbord paper`, as somebody at a terminal uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

pytestmark = pytest.mark.slow


def paper(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in an empty folder."""
    return subprocess.run(
        [sys.executable, "-m", "schakelbord.cli.main", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        check=False,
    )


def test_a_story_becomes_one_file_and_nothing_else(tmp_path: Path) -> None:
    done = paper(tmp_path, "--lang", "en", "paper", "beuk", "-o", "beuk.pdf", "--site", "https://schakelbord.example/")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Written: beuk.pdf\n"
    assert [file.name for file in tmp_path.iterdir()] == ["beuk.pdf"]
    with pikepdf.open(tmp_path / "beuk.pdf") as pdf:
        assert str(pdf.Root.Lang) == "en"
        figures = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert any("https://schakelbord.example/verhalen/beuk?" in alt for alt in figures)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["paper", "eik"], "bestaat niet"),
        (["paper", "beuk", "-o", "geen/map/x.pdf"], "kies een andere plaats"),
        (["paper", "beuk", "--repair", "onzin"], "onzin"),
        (["paper", "beuk", "--catalogue", "nergens"], "kijk de naam na"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence(tmp_path: Path, words: list[str], said: str) -> None:
    done = paper(tmp_path, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
