"""Measure the seating for docs/benchmarks.md, beside two plain ways in the same run: `make bench-seating`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import numpy as np  # noqa: E402

from schakelbord.seating import warm  # noqa: E402
from schakelbord.seating.arrays import arrays_of, total_cost  # noqa: E402
from schakelbord.seating.exact import Effort, best_round  # noqa: E402
from schakelbord.seating.parse import parse  # noqa: E402
from schakelbord.seating.problem import Problem  # noqa: E402
from schakelbord.seating.replan import replan  # noqa: E402
from schakelbord.seating.solve import solve  # noqa: E402
from schakelbord.seating.tabu import tabu_search  # noqa: E402
from seating_problems import gathering  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = "## Seating"
SIZES = ((60, 8, 1), (120, 15, 1), (60, 8, 3), (120, 15, 3))
SECONDS = 10


def main() -> None:
    """Measure and write the section."""
    warm.prepare()
    lines = section()
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(f"\n{HEAD}\n")
    after = rest.partition("\n## ")
    kept = f"\n## {after[2]}" if after[1] else ""
    PAGE.write_text("\n".join([before.rstrip(), "", *lines, ""]) + kept, encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


def section() -> list[str]:
    """The lines of the section."""
    lines = [
        HEAD,
        "",
        "`make bench-seating` repeats this.",
        "",
        f"Invented gatherings (seed 1), {SECONDS} seconds asked. *CP-SAT alone*: every round at its best without the",
        "others, as our search begins. *Plain*: from there the best swap or move at once, numpy, for as long as ours",
        "took; it also answers while the compiled search is not ready. *Longer*: ours, 40 seconds and another seed.",
        "*Absence*: one participant fewer, the fewest changes.",
        "",
        "| people, rounds | ours | proven | seconds | CP-SAT alone | plain | longer | absence: moved | absence |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for people, tables, rounds in SIZES:
        lines.append(row(people, tables, rounds))
    command = [sys.executable, "-m", "schakelbord.cli.main", "warm"]
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    taken = time.perf_counter() - begin
    return [*lines, "", f"`schakelbord warm` when the code is in the cache: {taken:.2f} s, a whole process."]


def row(people: int, tables: int, rounds: int) -> str:
    """One gathering."""
    asked = parse(gathering(people, tables, rounds=rounds))
    assert isinstance(asked, Problem)
    begin = time.perf_counter()
    answer = solve(asked, SECONDS)
    taken = time.perf_counter() - begin
    assert answer.plan is not None
    assert answer.cost is not None
    arrays = arrays_of(asked)
    found = [best_round(arrays, number, Effort(5, 5)).seat for number in range(rounds)]
    start = np.stack([seat for seat in found if seat is not None])
    end = time.perf_counter() + taken
    plain = tabu_search(arrays, start, seed=1, over=lambda _change: time.perf_counter() > end)
    longer = answer if answer.proven else solve(asked, 40, 2)
    assert longer.cost is not None
    gone = Random(1).choice([person.id for person in asked.people if person.id not in asked.hosts_and_pitchers()])
    begin = time.perf_counter()
    after = replan(asked, answer.plan, absent=[gone])
    absence = time.perf_counter() - begin
    assert after.cost is not None
    cells = (
        f"{people}, {rounds}", answer.cost.total, "yes" if answer.proven else f"not less than {answer.bound}",
        f"{taken:.2f}", total_cost(arrays, start), total_cost(arrays, plain), longer.cost.total,
        after.cost.counts["change"], f"{absence:.2f} s",
    )  # fmt: skip
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


if __name__ == "__main__":
    main()
