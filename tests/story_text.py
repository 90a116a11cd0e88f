"""A small right story as text, to break in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.load import load_story
from schakelbord.engine.problems import Problem, ProblemsError

SMALL = """\
id: els
title: {nl: Els mist lessen, en: Els misses lessons}
fictional: true
horizon: 100
places:
  - {id: a, name: {nl: Gemeente A, en: Municipality A}, region: r1}
  - {id: x, name: {nl: Buitenland, en: Abroad}, kind: abroad}
dolls:
  - {id: els, name: Els, age: 15, place: a, pattern: dots, hue: teal}
  - {id: iep, name: Iep, age: 11, place: a, pattern: band, hue: slate}
facts: {consent: {els: false}}
absent: [{organisation: wijkteam, place: a}]
scenes:
  - id: begin
    title: {nl: Het begin, en: The beginning}
    beats:
      - day: 3
        say: {nl: Els mist lessen., en: Els misses lessons.}
        sees: [{organisation: school, place: a, signal: verzuim, about: els}]
      - day: 9
        asks: [{organisation: leerplicht, place: a, of: school, about: els}]
      - {day: 20, move: {dolls: [iep], to: x}}
deadlines:
  - {pattern: zorgwekkend_verzuim, about: els, by: 50}
"""
"""A story without any problem, 24 lines."""


def broken(old: str, new: str) -> str:
    """The small story with one piece of text replaced."""
    assert SMALL.count(old) == 1, f"{old!r} must stand once in the small story"
    return SMALL.replace(old, new)


def problems_of(source: Path | str | bytes, catalogue: Catalogue | None = None) -> tuple[Problem, ...]:
    """All problems of a story that cannot be loaded."""
    with pytest.raises(ProblemsError) as caught:
        load_story(source, catalogue, name="els.yaml")
    return caught.value.problems


def only_problem(source: Path | str | bytes, catalogue: Catalogue | None = None) -> Problem:
    """The one problem of a story that cannot be loaded."""
    found = problems_of(source, catalogue)
    assert len(found) == 1, [str(problem.spot) + problem.says.en for problem in found]
    return found[0]
