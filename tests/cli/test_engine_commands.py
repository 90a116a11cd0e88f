"""The commands of the low level, in a process of their own and as a person types them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from engine_data import DATA, bad_files, case_file, expected
from schakelbord.cli.main import main

pytestmark = pytest.mark.slow


def typed(*words: str, env: dict[str, str] | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a new process."""
    return subprocess.run(
        [sys.executable, "-m", "schakelbord.cli.main", *words],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "SCHAKELBORD_LANG": "nl", **(env or {})},
    )


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHAKELBORD_LANG", "nl")


def said(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[int, bytes, str]:
    """Run the command in this process: exit code, standard output, standard error."""
    code = main(words)
    out, error = capsysbinary.readouterr()
    return code, out, error.decode()


@pytest.mark.parametrize("name", ["01-from-the-text", "08-ties-in-paths", "20-words-00"])
def test_reach_and_repair_write_the_json_of_the_known_answer(
    name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    answer = expected(name)
    code, out, error = said(capsysbinary, "reach", str(case_file(name)), "--paths")
    found = json.loads(out)
    assert (code, error) == (0, "")
    assert list(found) == ["held", "needs", "paths"]
    assert (found["held"], found["needs"]) == (answer["held"], answer["needs"])
    assert found["paths"].keys() == answer["paths"].keys()
    code, out, error = said(capsysbinary, "repair", str(case_file(name)))
    assert (code, json.loads(out), error) == (0, {"needs": answer["repair"]}, "")


@pytest.mark.parametrize("bad", bad_files(), ids=lambda bad: bad["file"])
@pytest.mark.parametrize("command", ["reach", "repair"])
def test_bad_input_is_one_line_with_the_place_and_exit_code_two(
    bad: dict[str, list[str]], command: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = str(DATA / "bad" / str(bad["file"]))
    for language in ("nl", "en"):
        code, _, error = said(capsysbinary, command, path, *bad["args"], "--lang", language)
        assert code == 2
        assert error.count("\n") == 1
        assert any(place in error for place in bad["names_one_of"])


def test_a_case_comes_from_standard_input_in_a_new_process_without_numpy_or_numba() -> None:
    probe = "import sys; from schakelbord.cli.main import main; main(['reach', '-']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe], input=case_file("01-from-the-text").read_bytes(), capture_output=True, check=True
    )
    modules = done.stdout.split(b"\n")[-2].split()
    assert b"schakelbord.engine.reach" in modules
    assert not {b"numpy", b"numba", b"django", b"rich"} & set(modules)


def test_the_language_comes_from_the_option_or_the_environment() -> None:
    dutch, english = typed("reach", "none.json").stderr, typed("reach", "none.json", "--lang", "en").stderr
    assert b"kijk de naam na" in dutch
    assert b"check the name" in english
    assert typed("reach", "none.json", env={"SCHAKELBORD_LANG": "en"}).stderr == english
    assert typed("--lang", "en", "reach", "none.json").stderr == english


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["rech"], "bestaat niet"),
        (["reach"], "ontbreekt"),
        (["reach", "x", "--foo"], "--foo"),
        (["reach", "x", "--lang", "fr"], "nl of en"),
        (["make-case", "-o", "x.txt", "--municipalities", "1"], "x.txt"),
        (["make-case", "-o", "x.json", "--municipalities", "0"], "--municipalities"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_exit_code_two(
    words: list[str], says: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, out, error = said(capsysbinary, *words)
    assert (code, out, error.count("\n")) == (2, b"", 1)
    assert says in error


def test_nothing_on_the_line_shows_all_commands(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = said(capsysbinary)
    assert code == 0
    assert all(name in out for name in (b"gaps", b"reach", b"repair", b"make-case"))


def test_make_case_gives_the_same_case_for_the_same_seed(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = ("make-case", "--municipalities", "2", "--years", "1", "--carry", "0.5", "--seed")
    made = [tmp_path / name for name in ("a.json", "b.json", "c.json", "d.npz")]
    for path, seed in zip(made, ("7", "7", "8", "7"), strict=True):
        assert said(capsysbinary, *words, seed, "-o", str(path))[0] == 0
    assert made[0].read_bytes() == made[1].read_bytes() != made[2].read_bytes()
    from_json = said(capsysbinary, "reach", str(made[0]))
    from_arrays = said(capsysbinary, "reach", str(made[3]))
    assert from_json[0] == from_arrays[0] == 0
    assert json.loads(from_json[1]) == json.loads(from_arrays[1])
    with_paths = json.loads(said(capsysbinary, "reach", str(made[3]), "--paths")[1])
    assert len(with_paths["paths"]) == len(with_paths["held"]) > 100


def long_work(folder: Path) -> Path:
    """A case whose first need is repaired at once and whose second takes far longer than anybody waits.

    Every signal reaches two of 150 hubs, and an option opens a hub: that is covering a graph by its points.
    """
    hubs, random = 150, Random(1)
    edges = [random.sample(range(hubs), 2) for _ in range(3 * hubs)]
    seen = [f"o{n}" for n in range(len(edges))]
    document = {
        "horizon": 40,
        "organisations": ["a", "z", *seen, *(f"h{n}" for n in range(hubs))],
        "signals": [{"id": f"s{n}", "type": "t"} for n in range(len(edges))],
        "observations": [{"signal": f"s{n}", "organisation": f"o{n}", "day": 1} for n in range(len(edges))],
        "channels": [
            {"id": f"c{n}-{hub}", "from": f"o{n}", "to": f"h{hub}"} for n, edge in enumerate(edges) for hub in edge
        ],
        "needs": [
            {"id": "quick", "organisation": "a", "signals": ["s0"], "at_least": 1},
            {
                "id": "slow",
                "organisation": "z",
                "signals": [f"s{n}" for n in range(len(edges))],
                "at_least": len(edges),
            },
        ],
        "options": [
            {"id": "r", "add_channel": {"id": "ca", "from": "o0", "to": "a"}},
            *({"id": f"r{n}", "add_channel": {"id": f"x{n}", "from": f"h{n}", "to": "z"}} for n in range(hubs)),
        ],
    }
    path = folder / "long.json"
    path.write_text(json.dumps(document))
    return path


def test_ctrl_c_ends_long_work_with_what_is_known(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "schakelbord.cli.main", "repair", str(long_work(tmp_path)), "--lang", "en"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(3)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        out, error = running.communicate(timeout=60)
    assert running.returncode == 130
    assert [need["id"] for need in json.loads(out)["needs"]] == ["quick"]
    assert error.decode() == "schakelbord: you stopped the work.\n"


def test_nobody_reading_on_is_no_error() -> None:
    piped = f"{sys.executable} -m schakelbord.cli.main reach {case_file('20-words-00')} | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", piped], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
