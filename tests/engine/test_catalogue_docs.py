"""The examples in docs/catalogus.md work as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from schakelbord.engine import load_catalogue
from schakelbord.engine.load import read_story_document

PAGE = (Path(__file__).parents[2] / "docs" / "catalogus.md").read_text(encoding="utf-8")


def example(language: str, holding: str) -> str:
    """The code example of the page that holds a text."""
    found = [code for name, code in re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL) if name == language]
    return next(code for code in found if holding in code)


def test_the_example_of_a_story_has_no_problem() -> None:
    story, document = read_story_document(example("yaml", "id: hulst"), load_catalogue())
    assert story is not None
    assert document.problems == []


def test_the_example_of_a_mistake_says_what_the_page_says() -> None:
    broken = example("yaml", "id: hulst").replace("te_laat_moe", "te_laat_mo")
    _, document = read_story_document(broken, load_catalogue(), name="mijn-map/hulst.yaml")
    told = [f"{found.spot}: fout: {found.says.nl}" for found in document.problems]
    assert told == [line for line in example("", "schakelbord check").splitlines() if ": fout:" in line]


def test_the_example_in_python_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", example("python", "load_story")], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Wilg verhuist en raakt uit beeld 1")
