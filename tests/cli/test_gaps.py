"""`schakelbord gaps`, as somebody at a terminal uses it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from schakelbord.engine import shipped_stories, story_path

pytestmark = pytest.mark.slow


def gaps(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "schakelbord.cli.main", "gaps", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONWARNINGS": "error", **environment},
        check=False,
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("story", shipped_stories())
def test_the_text_of_every_story_fits_in_eighty_columns(story: str, language: str) -> None:
    done = gaps(story, "--lang", language)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    # A key is to be copied, so its line is never broken.
    told = [line for line in done.stdout.splitlines() if "--repair" not in line]
    assert max(len(line) for line in told) <= 80
    assert "\x1b[" not in done.stdout
    assert "None" not in done.stdout


def test_the_three_most_important_things_come_first() -> None:
    lines = gaps("wilg", "--lang", "en").stdout.splitlines()
    first = lines.index(next(line for line in lines if line.startswith("1. ")))
    assert first < 6
    assert lines[first] == "1. 2 of 4 times who must act does not know enough in time. There are 9 gaps."
    assert any(line.startswith("2. ") for line in lines[first : first + 6])
    assert any(line.startswith("3. ") for line in lines[first : first + 12])


def test_a_gap_says_where_since_when_why_and_what_it_rests_on() -> None:
    text = gaps("berk", "--lang", "nl").stdout
    assert "Geen grondslag" in text
    assert "sinds dag 12" in text
    assert "Oorzaak: geen grondslag." in text
    assert "Waar dit op rust" in text
    assert "Nog geen bron:" in text


def test_a_repair_that_is_switched_on_closes_its_gaps() -> None:
    before = json.loads(gaps("wilg", "--format", "json").stdout)
    finding = next(row for row in before["findings"] if row["pattern"] == "dreigende_uithuwelijking")
    keys = [item["key"] for item in finding["repairs"][0]["items"]]
    after = json.loads(gaps("wilg", "--format", "json", *(word for key in keys for word in ("--repair", key))).stdout)
    assert {row["pattern"] for row in after["findings"]} == {"dreigende_achterlating"}
    met = next(row for row in after["needs"] if row["pattern"] == "dreigende_uithuwelijking")
    assert met["in_time"]
    assert met["met_on"] == finding["repairs"][0]["met_on"]


def test_json_has_every_part_of_the_format() -> None:
    found = json.loads(gaps("iep", "--format", "json").stdout)
    assert found["story"] == "iep"
    assert found["catalogue"].startswith("sha256:")
    assert {"pattern", "about", "by", "mandate", "met_on", "in_time", "has"} <= set(found["needs"][0])
    wanted = {
        "key",
        "kind",
        "causes",
        "pattern",
        "about",
        "signal",
        "between",
        "day",
        "sentence",
        "path",
        "assumptions",
    }
    for row in found["findings"]:
        assert wanted | {"repairs"} <= set(row)
        assert set(row["sentence"]) == {"nl", "en"}
        assert all({"what", "source", "verified"} <= set(one) for one in row["assumptions"])
    assert {"day", "organisation", "signal", "about", "by"} <= set(found["timeline"][0])
    days = [row["day"] for row in found["timeline"]]
    assert days == sorted(days)


def test_a_file_is_read_like_a_story_of_the_package(tmp_path: Path) -> None:
    copy = tmp_path / "mijn.yaml"
    copy.write_bytes(b"\xef\xbb\xbf" + story_path("beuk").read_bytes().replace(b"\n", b"\r\n"))
    assert gaps(str(copy)).stdout == gaps("beuk").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["wlig"], "wilg"),
        (["bestaat/niet.yaml"], "niet.yaml"),
        (["wilg", "--format", "pdf"], "text, json, html"),
        (["wilg", "--repair", "handover:narnia"], "handover:narnia"),
        (["wilg", "--repair", "rommel"], "rommel"),
        (["wilg", "--catalogue", "bestaat-niet"], "bestaat-niet"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence_and_exit_code_two(words: list[str], said: str) -> None:
    done = gaps(*words, "--lang", "nl")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2
    assert not done.stdout


def test_numba_and_numpy_stay_out_when_a_story_is_read() -> None:
    code = (
        "import sys; from schakelbord.cli.main import main; main(['gaps', 'wilg']);"
        "sys.exit(sum(name in sys.modules for name in ('numba', 'numpy', 'django')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_the_name_of_a_file_that_is_too_long_is_one_sentence() -> None:
    done = gaps("x" * 5000, "--lang", "en")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "the system refuses this" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_full_disk_is_one_sentence(form: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "schakelbord.cli.main", "gaps", "wilg", "--format", form, "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "the room" in done.stderr


def test_a_terminal_that_knows_no_accents_gets_question_marks_and_a_file_is_utf8() -> None:
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert "Wilg" in gaps("wilg", **plain).stdout
    done = gaps("wilg", "--format", "html", **plain)
    assert done.returncode == 0, done.stderr
    assert "·" in done.stdout or "–" in done.stdout or "ë" in done.stdout
