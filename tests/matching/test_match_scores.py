"""How good the order is: on cases that nobody tuned for, on those that were, and on the shared ones."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from matching_cases import DEVELOP, HELD_OUT, SHARED, Cases, Figures, cases_of, figures, pooled
from schakelbord.cli.main import main
from schakelbord.matching.index import Index
from schakelbord.matching.model import Wanted

MARGIN = 0.02
HELD_NDCG, HELD_RECALL, HELD_NONE = 0.803, 0.861, 0.737
SHARED_NDCG, SHARED_RECALL, SHARED_NONE = 0.855, 1.0, 1.0
DEVELOP_NDCG, DEVELOP_RECALL, DEVELOP_NONE = 0.954, 0.991, 0.825
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared cases are not at hand")


def measured(cases: Cases) -> Figures:
    index = Index(cases.bodies)

    def answer(wanted: Wanted) -> tuple[list[str], bool]:
        matches = index.match(wanted)
        return [fit.body_id for fit in matches.ranked], matches.no_clear_match

    return figures(cases, answer)


def test_cases_that_were_not_looked_at_keep_their_figures() -> None:
    found = pooled([measured(cases_of(folder)) for folder in HELD_OUT])
    assert found.with_body == 36
    assert found.ndcg >= HELD_NDCG - MARGIN
    assert found.recall >= HELD_RECALL - MARGIN
    assert found.none_f1 >= HELD_NONE - 2 * MARGIN


@needs_shared
def test_shared_cases_keep_their_figures() -> None:
    found = measured(cases_of(SHARED))
    assert found.ndcg >= SHARED_NDCG - MARGIN
    assert found.recall >= SHARED_RECALL - MARGIN
    assert found.none_f1 >= SHARED_NONE - 2 * MARGIN


def test_cases_for_developing_keep_their_figures() -> None:
    found = pooled([measured(cases_of(folder)) for folder in DEVELOP])
    assert found.with_body == 115
    assert found.ndcg >= DEVELOP_NDCG - MARGIN
    assert found.recall >= DEVELOP_RECALL - MARGIN
    assert found.none_f1 >= DEVELOP_NONE - 2 * MARGIN


@needs_shared
def test_the_command_writes_what_the_shared_scorer_takes_and_our_figures_are_its_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ["--bodies", str(SHARED / "bodies.json"), "--actions", str(SHARED / "actions.json")]
    assert main(["match", *files, "--json"]) == 0
    predictions = tmp_path / "predictions.json"
    predictions.write_text(capsys.readouterr().out, encoding="utf-8")
    rows = json.loads(predictions.read_text(encoding="utf-8"))
    assert all(set(row) == {"ranked", "none"} and len(row["ranked"]) == 5 for row in rows.values())
    said = subprocess.run(
        [sys.executable, str(SHARED / "score.py"), str(predictions)], capture_output=True, text=True, check=True
    ).stdout
    found = measured(cases_of(SHARED))
    assert f"nDCG@5 {found.ndcg:.3f}  recall@3 of grade 2 {found.recall:.3f}" in said
    assert f"found {found.found}, wrongly said {found.wrongly}, missed {found.missed}" in said


def test_five_hundred_bodies_take_no_longer_than_a_blink() -> None:
    known = [body for folder in (*DEVELOP[:3], HELD_OUT[0]) for body in cases_of(folder).bodies]
    many = [replace(body, id=f"{body.id}-{copy}") for copy in range(6) for body in known][:500]
    index = Index(many)
    asked = list(cases_of(DEVELOP[0]).actions.values())
    index.match(asked[0])
    seconds = []
    for wanted in asked:
        start = time.thread_time()
        index.match(wanted)
        seconds.append(time.thread_time() - start)
    assert sorted(seconds)[len(seconds) // 2] < 0.05
