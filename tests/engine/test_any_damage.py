"""Whatever value stands wherever in a story or catalogue: it is read, or told as a problem; no check falls over."""

from __future__ import annotations

import copy
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from schakelbord.engine import load_catalogue
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.catalogue_files import FILES, CatalogueFiles
from schakelbord.engine.load import read_story_document
from schakelbord.engine.problems import Problem
from schakelbord.engine.shipped import CATALOGUE
from story_text import SMALL

pytestmark = pytest.mark.slow

ODD = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-3, 500),
    some.floats(),
    some.sampled_from(["", "els", "a", "school", "*", "x" * 70, "2024-01-02", "\u202e", "nl"]),
    some.lists(some.one_of(some.integers(), some.text(max_size=3)), max_size=3),
    some.dictionaries(some.text(max_size=4), some.integers(), max_size=2),
)


@cache
def the_catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


@cache
def small_rows() -> dict[str, Any]:
    """The last rows of each shipped catalogue file, as plain values."""
    return {
        name: yaml.load((CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)[-3:]  # noqa: S506
        for name in FILES
    }


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values within a value."""
    below: list[tuple[Any, ...]] = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in pairs:
        below += [(*path, key), *places_in(part, (*path, key))]
    return below


def damaged(value: Any, path: tuple[Any, ...], odd: Any, *, remove: bool) -> Any:
    """A copy in which the value at a path is another one, or gone."""
    whole = copy.deepcopy(value)
    holder = whole
    for step in path[:-1]:
        holder = holder[step]
    if remove:
        del holder[path[-1]]
    else:
        holder[path[-1]] = odd
    return whole


def told(problems: list[Problem]) -> None:
    """Every problem is a sentence in both languages with a place."""
    for problem in problems:
        assert problem.says.nl.endswith((".", "?"))
        assert problem.says.en.endswith((".", "?"))
        assert problem.spot.line >= 1


STORY = yaml.safe_load(SMALL)


@given(some.sampled_from(places_in(STORY)), ODD, some.booleans())
def test_a_story_with_one_odd_value_is_read_or_told(path: tuple[Any, ...], odd: Any, remove: bool) -> None:
    written = yaml.safe_dump(damaged(STORY, path, odd, remove=remove), allow_unicode=True)
    _, document = read_story_document(written, the_catalogue(), name="els.yaml")
    told(document.problems)


@given(some.data())
def test_a_catalogue_with_one_odd_value_is_read_or_told(data: some.DataObject) -> None:
    name = data.draw(some.sampled_from(sorted(FILES)))
    rows = small_rows()[name]
    changed = damaged(
        rows, data.draw(some.sampled_from(places_in(rows))), data.draw(ODD), remove=data.draw(some.booleans())
    )
    with tempfile.TemporaryDirectory() as folder:
        for each, content in small_rows().items():
            text = yaml.safe_dump(changed if each == name else content, allow_unicode=True)
            (Path(folder) / f"{each}.yaml").write_text(text, encoding="utf-8")
        told(CatalogueFiles(Path(folder)).problems)
