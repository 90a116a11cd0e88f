"""Measure the pulse beside red-dwarf for its part of docs/benchmarks.md: `make bench-pulse`."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from pulse_worlds import planted, profiles, write_folder
from schakelbord.pulse.ballots import Ballots, ballots
from schakelbord.pulse.groups import find_groups
from schakelbord.pulse.kmeans import alike
from schakelbord.pulse.projection import Floats, project
from schakelbord.pulse.read_folder import read_folder
from schakelbord.pulse.report import pulse_report

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = "## Pulse"
PUBLIC = ROOT / ".." / "shared" / "cases" / "pulse" / "15-per-hour-seattle"
ROUNDS = 3
TARGET_RATIO, TARGET_ALIKE, TARGET_EXPLAINED, TARGET_SECONDS = 2.0, 0.95, 0.999, 2.0
INVENTED = ((300, 60, 0.5), (2_000, 150, 0.3), (10_000, 500, 0.2))


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation: what it is, seconds of theirs and ours (whole, and groups only), likeness of the answers."""

    name: str
    people: int
    statements: int
    votes: int
    theirs: tuple[float, float]
    ours: tuple[float, float]
    explained: float
    likeness: float
    command: float


def main() -> None:
    """Measure everything and write the section, in its place or at the end."""
    lines = section([row(*conversation) for conversation in conversations()])
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(f"\n{HEAD}\n")
    after = rest.partition("\n## ")[2]
    parts = [before.rstrip(), "", *lines, *(["", f"## {after.rstrip()}"] if after else [])]
    PAGE.write_text("\n".join([*parts, ""]), encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


def conversations() -> list[tuple[str, Ballots]]:
    """The public conversation, where it is at hand, and invented ones with three planted groups."""
    found = [("public: 15-per-hour-seattle", read_folder(PUBLIC).ballots)] if PUBLIC.is_dir() else []
    for people, statements, share in INVENTED:
        votes, _ = planted(people, statements, profiles(3, statements, 1, 1.0), 1, share=share)
        layer_of = {person: ("official", "administrative")[person % 2] for person in range(people)}
        found.append(("invented", ballots(votes, layer_of, moderated_out=(1, 2))))
    return found


def row(name: str, found: Ballots) -> Row:
    """Both ways on one conversation, in turn."""
    from reddwarf.implementations.base import run_pipeline  # noqa: PLC0415  a package of `make bench` only
    from reddwarf.utils.clusterer.base import run_clusterer  # noqa: PLC0415
    from reddwarf.utils.reducer.base import run_reducer  # noqa: PLC0415

    who, what = np.nonzero(found.votes != 2)
    cast = np.stack([found.people[who], found.statements[what], found.votes[who, what]], axis=1)
    told = [{"participant_id": a, "statement_id": b, "vote": c, "modified": 0} for a, b, c in cast.tolist()]
    out = sorted(found.moderated_out)
    layer_of = {
        person: found.layers.names[part] if part >= 0 else None
        for person, part in zip(found.people.tolist(), found.layers.of.tolist(), strict=True)
    }
    answer: Any = run_pipeline(votes=told, mod_out_statement_ids=out, random_state=1)
    matrix = answer.filtered_vote_matrix.to_numpy(dtype=float)
    frequent = answer.participants_df["to_cluster"].to_numpy()

    def their_groups() -> None:
        places, _, _ = run_reducer(vote_matrix=matrix, reducer="pca", random_state=1)
        run_clusterer(X_participants_clusterable=places[frequent], max_group_count=5, random_state=1)

    def ours() -> None:
        table = ballots(cast, layer_of, moderated_out=out)
        pulse_report(table, table.layers)

    works: list[Callable[[], object]] = [
        lambda: run_pipeline(votes=told, mod_out_statement_ids=out, random_state=1),
        their_groups,
        ours,
        lambda: find_groups(found, project(found)),
    ]
    times = [median(column) for column in zip(*[[seconds(work) for work in works] for _ in range(ROUNDS)], strict=True)]
    here = project(found)
    groups = find_groups(found, here)
    places = np.array([answer.participant_projections[person] for person in found.people[here.people].tolist()])
    return Row(
        name,
        len(here.people),
        found.votes.shape[1],
        len(cast),
        (times[0], times[1]),
        (times[2], times[3]),
        explained(places, here.places),
        alike(np.asarray(answer.clusterer.labels_, dtype=np.int64), groups.labels),
        seconds_of_folder(cast, {person: layer or "" for person, layer in layer_of.items()}),
    )


def seconds_of_folder(cast: np.ndarray, layer_of: dict[int, str]) -> float:
    """From the files on disk to the answer, in this process."""

    def work() -> None:
        read = read_folder(folder)
        pulse_report(read.ballots, read.groups)

    with TemporaryDirectory() as place:
        folder = write_folder(Path(place) / "pulse", cast, layer_of)
        return median(seconds(work) for _ in range(ROUNDS))


def explained(theirs: Floats, ours: Floats) -> float:
    """Share of the variance of their places that a linear map of ours explains."""
    one, other = theirs - theirs.mean(axis=0), ours - ours.mean(axis=0)
    left = one - other @ np.linalg.lstsq(other, one, rcond=None)[0]
    return float(1 - np.square(left).sum() / np.square(one).sum())


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def section(rows: list[Row]) -> list[str]:
    """The lines of the section."""
    lines = [
        HEAD,
        "",
        "`make bench-pulse` repeats this.",
        "",
        "Beside red-dwarf 0.4.0, the package that does what Polis does; both in one process with one thread for linear",
        f"algebra, in turn, median of {ROUNDS}. *Whole*: theirs is `run_pipeline` from a list of votes, with their",
        "statistics of statements; ours is from rows of votes to the full report: lists per layer, projection, groups,",
        "their stability, words. *Groups*: projection and groups, theirs from a finished matrix and without stability,",
        "ours with it. *Files*: ours, from CSV files to the report. R2 and ARI compare the answers. Invented",
        "conversations have three planted groups; some people say much, some little.",
        "",
        (
            "| conversation | people x statements | votes | whole: theirs, ours | ratio | groups: theirs, ours | ratio "
            "| R2 | ARI | files |"
        ),
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for found in rows:
        cells = [
            found.name,
            f"{found.people:,} x {found.statements}",
            f"{found.votes:,}",
            f"{ms(found.theirs[0])}, {ms(found.ours[0])}",
            f"{found.theirs[0] / found.ours[0]:.1f} x",
            f"{ms(found.theirs[1])}, {ms(found.ours[1])}",
            f"{found.theirs[1] / found.ours[1]:.1f} x",
            f"{found.explained:.6f}",
            f"{found.likeness:.3f}",
            ms(found.command),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    ratio = min(found.theirs[0] / found.ours[0] for found in rows)
    alone = min(found.theirs[1] / found.ours[1] for found in rows)
    targets = [
        f"whole at least {TARGET_RATIO:.0f} x faster: {met(ratio >= TARGET_RATIO)} (least {ratio:.1f} x)",
        f"groups too: {met(alone >= TARGET_RATIO)} (least {alone:.1f} x)",
        f"R2 at least {TARGET_EXPLAINED}: {met(min(found.explained for found in rows) >= TARGET_EXPLAINED)}",
        f"ARI at least {TARGET_ALIKE}: {met(min(found.likeness for found in rows) >= TARGET_ALIKE)}",
        f"the largest from files under {TARGET_SECONDS:.0f} s: {met(rows[-1].command < TARGET_SECONDS)}",
    ]
    return [*lines, "", "Targets: " + ";\n".join(targets) + "."]


def met(reached: bool) -> str:
    """The word for a target."""
    return "met" if reached else "missed"


def ms(value: float) -> str:
    """Seconds, in what reads best."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
