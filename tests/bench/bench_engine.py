"""Measure the engine and write docs/benchmarks.md: `make bench`, or `python tests/bench/bench_engine.py --quick`.

Everything is measured in one run on one machine; every answer is compared with that of the kernel before its time
counts. Each memory figure comes from a process of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from others import PlainLoop, Raphtory, TimeExpanded, yardstick

from schakelbord.engine.arrays import ArrayCase
from schakelbord.engine.make_case import make_case
from schakelbord.engine.plan import plan_of
from schakelbord.engine.reach_arrays import FirstDays, days_by_kernel, days_by_numpy

Answer = TypeVar("Answer")
ROOT = Path(__file__).parents[2]
COUNTRY = 342
QUIET, LOCAL, DENSE = ("quiet", 0.02), ("local", 0.05), ("dense", 1.0)


@dataclass(slots=True)
class Report:
    """Lines of docs/benchmarks.md, also said while they come."""

    lines: list[str] = field(default_factory=list)

    def say(self, *lines: str) -> None:
        self.lines.extend(lines)
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()

    def table(self, *head: str) -> None:
        self.say("", "| " + " | ".join(head) + " |", "|" + "---|" * len(head))

    def row(self, *cells: object) -> None:
        self.say("| " + " | ".join(str(cell) for cell in cells) + " |")


def best(work: Callable[[], Answer], repeats: int, *, one_core: bool = False) -> tuple[float, Answer]:
    """The shortest time of some runs, and the answer of the last; of `one_core` its own time, not that of others."""
    clock = time.thread_time if one_core else time.perf_counter
    times = []
    for _ in range(repeats):
        start = clock()
        answer = work()
        times.append(clock() - start)
    return min(times), answer


def case_of_country(carry: float, *, times: float = 1, signals: int = 64) -> ArrayCase:
    return make_case(municipalities=round(COUNTRY * times), years=5, carry=carry, seed=1, signals=signals)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"


def verdict(value: float, target: float, *, at_least: bool = False) -> str:
    met = value >= target if at_least else value <= target
    return f"{'met' if met else 'missed'} ({target:g})"


def national(report: Report, quick: bool) -> dict[str, float]:
    """64 signals at national size against T; returns seconds of the kernel by kind of case."""
    report.say("", "## National case, 64 signals")
    report.table("case", "held at the end", "kernel", "T", "kernel / T", "target", "preparing", "numpy, no numba")
    found: dict[str, float] = {}
    for name, carry in (QUIET, LOCAL, DENSE):
        case = case_of_country(carry)
        start = time.perf_counter()
        plan = plan_of(case)
        preparing = time.perf_counter() - start
        days_by_kernel(plan)
        unit = yardstick(case)
        found[name], days = best(lambda plan=plan: days_by_kernel(plan), 7, one_core=True)
        unit = min(unit, yardstick(case))
        by_numpy = "not run"
        if name != "dense" or not quick:
            seconds, other = best(lambda plan=plan: days_by_numpy(plan), 1)
            assert np.array_equal(days.matrix(), other.matrix())
            by_numpy = milliseconds(seconds)
        target = {"quiet": 0.2, "local": 0.8, "dense": 12.0}[name]
        share = f"{(days.matrix() >= 0).mean():.1%}"
        ratio = found[name] / unit
        report.row(
            f"{name} ({carry:.0%})", share, milliseconds(found[name]), milliseconds(unit), f"{ratio:.2f}",
            verdict(ratio, target), milliseconds(preparing), by_numpy,
        )  # fmt: skip
    return found


def many_signals(report: Report, found: dict[str, float], signals: int) -> None:
    """How much cheaper a signal becomes when there are many."""
    report.say("", f"## National case, {signals:,} signals")
    report.table("case", "kernel", "a signal, here", "a signal, of 64", "cheaper", "target")
    for (name, carry), target in ((LOCAL, 8.0), (DENSE, 3.0)):
        plan = plan_of(case_of_country(carry, signals=signals))
        seconds, days = best(lambda plan=plan: days_by_kernel(plan), 2)
        check = days_by_kernel(plan_of(case_of_country(carry, signals=signals)), 1)
        assert np.array_equal(days.matrix(), check.matrix())
        each, before = seconds / signals, found[name] / 64
        report.row(
            name, milliseconds(seconds), f"{each * 1e6:,.1f} us", f"{before * 1e6:,.1f} us",
            f"{before / each:.1f} x", verdict(before / each, target, at_least=True),
        )  # fmt: skip


def growth(report: Report, sizes: tuple[float, ...]) -> None:
    """Cost for each attendance as the country grows."""
    report.say("", "## Growth, 64 signals")
    report.table(
        "size",
        "organisations",
        "attendances",
        *(f"{name}: kernel, per attendance" for name, _ in (QUIET, LOCAL, DENSE)),
    )
    first: dict[str, float] = {}
    worst: dict[str, float] = {}
    for times in sizes:
        cells: list[str] = []
        for name, carry in (QUIET, LOCAL, DENSE):
            case = case_of_country(carry, times=times)
            plan = plan_of(case)
            seconds, _ = best(lambda plan=plan: days_by_kernel(plan), 5, one_core=True)
            each = seconds / case.attendances()
            first.setdefault(name, each)
            worst[name] = max(worst.get(name, 0), each / first[name])
            cells.append(f"{milliseconds(seconds)}, {each * 1e9:.2f} ns")
        report.row(f"{times:g}x", f"{len(case.organisation_id):,}", f"{case.attendances():,}", *cells)
    said = "; ".join(f"{name} {ratio:.2f} x, {verdict(ratio, 1.5)}" for name, ratio in worst.items())
    report.say("", f"Dearest attendance against that of {sizes[0]:g}x: {said}.")


def without_channels(case: ArrayCase) -> ArrayCase:
    none = np.zeros(0, dtype=np.int32)
    columns = ("from", "to", "types", "delay", "from_day", "until_day")
    return replace(case, channel_id=case.channel_id[:0], **{f"channel_{column}": none for column in columns})


def beside_others(report: Report, quick: bool) -> None:
    """The same case and the same answers by other means."""
    report.say("", "## Beside others")
    report.table("other", "case", "other", "kernel", "faster", "target")
    for name, carry in (LOCAL, DENSE):
        case = case_of_country(carry, times=0.1 if quick else 1)
        plan, loop = plan_of(case), PlainLoop(case)
        seconds, gains = best(loop.run, 1, one_core=True)
        ours, days = best(lambda plan=plan: days_by_kernel(plan), 5, one_core=True)
        assert np.array_equal(loop.days(gains), days.matrix())
        where = f"{name}, {'a tenth of the' if quick else 'the'} country"
        beside(report, "plain Python loop, sets of bits", where, seconds=seconds, ours=ours, target=25)
    for name, carry in (LOCAL, DENSE):
        case = case_of_country(carry, times=0.05 if quick else 0.1)
        plan, graph = plan_of(case), TimeExpanded(case)
        seconds, other = best(graph.run, 1, one_core=True)
        ours, days = best(lambda plan=plan: days_by_kernel(plan), 7, one_core=True)
        assert np.array_equal(other, days.matrix())
        where = f"{name}, {'a twentieth' if quick else 'a tenth'} of the country"
        beside(
            report,
            "scipy breadth-first, time-expanded graph (built before)",
            where,
            seconds=seconds,
            ours=ours,
            target=200,
        )
    case = without_channels(make_case(municipalities=1, years=1, carry=0.3, seed=1, signals=8 if quick else 64))
    plan, library = plan_of(case), Raphtory(case)
    seconds, other = best(library.run, 1)
    ours, days = best(lambda: days_by_kernel(plan), 20, one_core=True)
    assert np.array_equal(other, days.matrix())
    where = f"1 municipality, 1 year, {len(case.signal_id)} signals, no channels"
    beside(
        report,
        "raphtory temporally_reachable_nodes (graph built before)",
        where,
        seconds=seconds,
        ours=ours,
        target=30_000,
    )


def beside(report: Report, other: str, where: str, *, seconds: float, ours: float, target: float) -> None:
    faster = seconds / ours
    report.row(
        other,
        where,
        milliseconds(seconds),
        milliseconds(ours),
        f"{faster:,.0f} x",
        verdict(faster, target, at_least=True),
    )


def memory(report: Report, counts: tuple[int, ...]) -> None:
    """Largest memory of a new process that makes the dense national case and computes it."""
    report.say("", "## Memory")
    report.table("signals", "largest memory of the whole process", "target")
    for signals in counts:
        words = [sys.executable, __file__, "--memory", str(signals)]
        used = float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
        target = 0.3 if signals == 64 else 1.5
        report.row(f"{signals:,}", f"{used:.2f} GB", verdict(used, target))


def memory_of(signals: int) -> FirstDays:
    return days_by_kernel(plan_of(case_of_country(1.0, signals=signals)))


def largest_memory() -> float:
    """Gigabytes this process has used at most. Not from getrusage, which counts the parent at the time of the fork."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024 / 1e9


def cold_start(report: Report) -> None:
    """The command in a new process, from typing to the last letter."""
    report.say("", "## The command in a new process")
    report.table("command", "wall time")
    command = [sys.executable, "-m", "schakelbord.cli.main"]
    small = ROOT / "tests" / "data" / "engine" / "cases" / "10-the-five-kinds-of-option.json"
    with tempfile.TemporaryDirectory() as folder:
        large = str(Path(folder) / "national.npz")
        words = ["make-case", "--carry", "0.05", "-o", large]
        seconds, _ = best(lambda: quiet([*command, *words]), 1)
        report.row("`make-case --carry 0.05 -o national.npz` (the country)", milliseconds(seconds))
        for said, words in (
            ("`--help`", ["--help"]),
            ("`reach` of a small case", ["reach", str(small)]),
            ("`repair` of a small case", ["repair", str(small)]),
            ("`reach national.npz`", ["reach", large]),
        ):
            seconds, _ = best(lambda words=words: quiet([*command, *words]), 3)
            report.row(said, milliseconds(seconds))
    first_pass = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import bench_engine; bench_engine.tiny()"
    )
    for said, code in (
        ("numba: import of the kernel", "import schakelbord.engine.kernel"),
        ("numba: first pass, compiled code from its cache", first_pass),
    ):
        seconds, _ = best(lambda code=code: quiet([sys.executable, "-c", code]), 2)
        report.row(said, milliseconds(seconds))


def tiny() -> None:
    """One pass over a small case: what remains is the time to load."""
    days_by_kernel(plan_of(make_case(municipalities=1, years=1, carry=1.0, seed=1)))


def quiet(words: list[str]) -> None:
    subprocess.run(words, capture_output=True, check=True)


ABOUT = """# Benchmarks of the engine

Written by `make bench`{how}; do not edit.
Machine: {machine}, {cores} cores, {system}, Python {python}, numpy {numpy}.

**Case.** `make-case` with seed 1: {organisations:,} organisations in 342 municipalities, {bodies:,} bodies of 5 to 12
members that meet fortnightly to half-yearly for five years ({meetings:,} meetings, {attendances:,} attendances),
{channels:,} channels with delays of 1 to 21 days. A tenth of members and channels begins late, a tenth ends early. Most
links stay inside a municipality, one in seven crosses its region, one in two hundred the country. Each signal is seen
once, somewhere in the first year. *Quiet*, *local* and *dense*: 2, 5 and 100 % of the links carry anything; those carry
everything. Sizes are real ones, not scaled down: 8x is 2,736 municipalities.

**Yardstick T.** numpy `take` of one 64-bit word for every attendance of the whole case, in the order of the calendar,
best of several, same run.

**Kernel.** Best of several passes over a case that is in memory and prepared (sorted and indexed; that time is
given apart), with the matrix of first days allocated and filled. 64 signals run on one core; blocks of 512 signals run
side by side on all cores. What runs on one core is measured in time of that core; raphtory, 4,096 signals and whole
commands by the clock on the wall. Every answer of another way is compared with that of the kernel, value by value,
before it counts.

**Blocks** of 8 words (512 signals, a cache line a row) were chosen by trying 4, 8, 16, 32 and 64 words on the cases
with 4,096 signals. There the local case is bound by writing its answer: 112 MB, touched for the first time."""


def head(report: Report, quick: bool) -> None:
    """What is measured, on what machine."""
    case = case_of_country(1.0)
    report.say(
        ABOUT.format(
            how=" (`--quick`: smaller, less sure)" if quick else "",
            machine=machine(),
            cores=os.cpu_count(),
            system=platform.system(),
            python=platform.python_version(),
            numpy=np.__version__,
            organisations=len(case.organisation_id),
            bodies=len(case.body_id),
            meetings=len(case.day),
            attendances=case.attendances(),
            channels=len(case.channel_id),
        )
    )


def machine() -> str:
    """The name of the processor, where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute; does not write docs/benchmarks.md")
    parser.add_argument("--memory", type=int, metavar="SIGNALS", help="print the largest memory (GB) of one dense pass")
    asked = parser.parse_args()
    if asked.memory:
        memory_of(asked.memory)
        sys.stdout.write(f"{largest_memory()}\n")
        return
    report = Report()
    head(report, asked.quick)
    found = national(report, asked.quick)
    many_signals(report, found, 512 if asked.quick else 4096)
    growth(report, (0.25, 0.5, 1) if asked.quick else (1, 2, 4, 8))
    beside_others(report, asked.quick)
    memory(report, (64,) if asked.quick else (64, 4096))
    cold_start(report)
    if not asked.quick:
        (ROOT / "docs" / "benchmarks.md").write_text("\n".join(report.lines) + "\n")


if __name__ == "__main__":
    main()
