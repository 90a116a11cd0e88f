"""Graded cases of matching: bodies, actions and what somebody judged, and the figures of an answer to them."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schakelbord.matching.model import Body, Wanted
from schakelbord.matching.read_files import read_actions, read_bodies

CASES = Path(__file__).parent / "matching" / "cases"
SHARED = Path(os.environ.get("SCHAKELBORD_CASES") or Path(__file__).parents[2] / "shared" / "cases") / "matching"
DEVELOP = tuple(CASES / f"develop_{name}" for name in ("one", "two", "three", "four"))
HELD_OUT = (CASES / "held_out", CASES / "held_out_shared_bodies")

Answer = Callable[[Wanted], tuple[Sequence[str], bool]]
"""Bodies in order, and whether it sees no clear match."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Bodies, actions by id, and of each action the grades; none where no body fits."""

    bodies: tuple[Body, ...]
    actions: Mapping[str, Wanted]
    grades: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of actions with a fitting body: nDCG@5 and recall@3 of grade 2; of all: how "none fits" was said."""

    with_body: int
    ndcg: float
    recall: float
    found: int
    wrongly: int
    missed: int

    @property
    def none_f1(self) -> float:
        """F1 of "no existing body fits"."""
        return 2 * self.found / (2 * self.found + self.wrongly + self.missed) if self.found else 0.0


def cases_of(folder: Path) -> Cases:
    """Read a folder with bodies.json and actions.json."""
    raw = json.loads((folder / "actions.json").read_text(encoding="utf-8"))
    grades = {row["id"]: {body: judged["grade"] for body, judged in row["grades"].items()} for row in raw}
    return Cases(read_bodies(folder / "bodies.json"), read_actions(folder / "actions.json"), grades)


def figures(cases: Cases, answer: Answer) -> Figures:
    """The figures of an answer, as the scorer of the shared cases computes them."""
    gains, recalls = [], []
    found = wrongly = missed = 0
    for key, wanted in cases.actions.items():
        ranked, none = answer(wanted)
        grades = cases.grades[key]
        found += none and not grades
        wrongly += none and bool(grades)
        missed += not none and not grades
        if grades:
            best = {body for body, grade in grades.items() if grade == 2}
            gains.append(_gain([grades.get(body, 0) for body in ranked]) / _gain(sorted(grades.values(), reverse=True)))
            recalls.append(len(best.intersection(ranked[:3])) / len(best))
    return Figures(len(gains), sum(gains) / len(gains), sum(recalls) / len(recalls), found, wrongly, missed)


def pooled(parts: Sequence[Figures]) -> Figures:
    """Figures of several sets together."""
    count = sum(part.with_body for part in parts)
    return Figures(
        count,
        sum(part.ndcg * part.with_body for part in parts) / count,
        sum(part.recall * part.with_body for part in parts) / count,
        sum(part.found for part in parts),
        sum(part.wrongly for part in parts),
        sum(part.missed for part in parts),
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:5]))
