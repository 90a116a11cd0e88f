"""The public conversation of the shared folder, through its own score; left out where that folder is not there."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from schakelbord.cli.main import main
from schakelbord.pulse.agreement import count_votes
from schakelbord.pulse.read_folder import read_folder

CASES = Path(__file__).parents[2] / ".." / "shared" / "cases" / "pulse"
NAMES = [path.parent.name for path in sorted(CASES.glob("*/expected.json.gz"))]

pytestmark = pytest.mark.skipif(not NAMES, reason="no shared folder beside this repository")


@pytest.mark.parametrize("name", NAMES)
def test_the_score_is_exact_and_the_groups_are_those_of_the_reference(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pulse", str(CASES / name), "--json"]) == 0
    (tmp_path / "found.json").write_text(json.dumps({name: json.loads(capsys.readouterr().out)}))
    said = subprocess.run(
        [sys.executable, str(CASES / "score.py"), str(tmp_path / "found.json"), str(CASES)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.count("10/10 of the first ten, largest error 0;") == 3
    assert float(re.findall(r"R2 ([\d.]+)", said)[0]) >= 0.999
    assert float(re.findall(r"ARI with reference ([\d.]+)", said)[0]) >= 0.95


@pytest.mark.parametrize("name", NAMES)
def test_counts_per_part_are_those_that_are_expected(name: str) -> None:
    expected = json.loads(gzip.decompress((CASES / name / "expected.json.gz").read_bytes()))
    read = read_folder(CASES / name)
    for parts, key in ((read.ballots.layers, "layer_counts"), (read.groups, "group_counts")):
        counts = count_votes(read.ballots.votes, parts)
        kept = np.flatnonzero(read.ballots.kept()).tolist()
        found = {
            str(read.ballots.statements[at]): dict(zip(parts.names, counts[:, at].tolist(), strict=True)) for at in kept
        }
        assert found == expected[key]
