"""Measure readings of the shipped stories for the end of docs/benchmarks.md: the second half of `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from schakelbord.drawing.scene import scene_state
from schakelbord.engine import load_catalogue, load_story, read_story, shipped_stories, story_path
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.compile import compile_story
from schakelbord.engine.counterfactuals import Counterfactuals
from schakelbord.engine.findings import drafts_of
from schakelbord.engine.need_days import StoryNeed
from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Story

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = "## Stories"
COMMAND = [sys.executable, "-m", "schakelbord.cli.main"]


def main() -> None:
    """Measure everything and write the section."""
    lines = list(section())
    page = PAGE.read_text(encoding="utf-8").partition(HEAD)[0].rstrip()
    PAGE.write_text("\n".join([page, "", *lines, ""]), encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


def section() -> list[str]:
    """The lines of the section."""
    catalogue = load_catalogue()
    lines = [
        HEAD,
        "",
        "Median of five in one warm process; *gaps* is the whole command in a new process, median of five.",
        "*Reading* is compiling the story, playing all 64 counterfactuals, causes and places of the gaps, as it",
        "follows an edit; *repairs* is the exact search for repairs of at most three items, and the sentences.",
        "*State* is `scene_state`, the median over all steps of the story.",
        "",
        "| story | links | gaps | reading | repairs | state of a step | `gaps` |",
        "|---|---|---|---|---|---|---|",
    ]
    figures = []
    for name in shipped_stories():
        story = load_story(story_path(name), catalogue)
        found = read_story(story, catalogue)
        links = sum(len(network.links) for network in compile_story(story, catalogue).networks.values())
        bare = median_of(lambda story=story: bare_reading(story, catalogue))
        whole = median_of(lambda story=story: read_story(story, catalogue))
        state = state_of(story, catalogue, found)
        command = median_of(lambda name=name: run("gaps", name))
        figures.append((bare, state, command))
        cells = [f"{links:,}", len(found.findings), ms(bare), ms(whole - bare), ms(state), f"{command:.2f} s"]
        lines.append(f"| {name} | " + " | ".join(str(cell) for cell in cells) + " |")
    worst = [max(column) for column in zip(*figures, strict=True)]
    check = median_of(lambda: run("check"))
    targets = [
        f"a reading after an edit under 100 ms: {met(worst[0] < 0.1)}",
        f"state under 2 ms: {met(worst[1] < 0.002)}",
        f"`gaps` in a new process under 1 s: {met(worst[2] < 1)} (slowest {worst[2]:.2f} s)",
    ]
    lines += ["", f"Targets: {'; '.join(targets)}. `schakelbord check` of everything shipped takes {check:.2f} s."]
    return lines


def bare_reading(story: Story, catalogue: Catalogue) -> int:
    """A reading without repairs and sentences; the number of gaps."""
    facts = Counterfactuals(compile_story(story, catalogue))
    return sum(len(drafts_of(StoryNeed(row, catalogue.pattern[row.pattern], facts))) for row in story.deadlines)


def state_of(story: Story, catalogue: Catalogue, reading: Reading) -> float:
    """Seconds for the state of a step, the median over all steps."""
    times = []
    for scene, told in enumerate(story.scenes):
        for beat in range(len(told.beats)):
            start = time.perf_counter()
            scene_state(story, catalogue, reading, scene=scene, beat=beat)
            times.append(time.perf_counter() - start)
    return median(times)


def run(*words: str) -> None:
    """One command in a new process."""
    subprocess.run([*COMMAND, *words], stdout=subprocess.DEVNULL, env=os.environ, check=True)


def median_of(work: Callable[[], object], runs: int = 5) -> float:
    """Seconds, the median of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def ms(seconds: float) -> str:
    """Seconds as milliseconds."""
    return f"{seconds * 1000:.1f} ms"


def met(reached: bool) -> str:
    """Whether a target is met, in a word."""
    return "met" if reached else "missed"


if __name__ == "__main__":
    main()
