"""The examples in docs/bibliotheek.md run as they stand, one after the other, as in a notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "bibliotheek.md").read_text(encoding="utf-8")


def test_the_page_is_one_notebook_that_runs() -> None:
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "zorgwekkend_verzuim about wilg by day 27 met on 12 in time: True"
    assert any(line.endswith("after") and line.startswith("9 gaps before") for line in lines)
    asked_twice = lines[-1].split()
    assert asked_twice[0] == asked_twice[1]
    assert asked_twice[0].isdigit()
