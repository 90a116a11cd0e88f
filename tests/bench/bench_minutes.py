"""Measure how soon after closing the minutes are there, for docs/benchmarks.md: `make bench-minutes`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schakelbord.meetings.models import Meeting

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = "## Minutes"
CONTRIBUTIONS = 10_000
RUNS = 3
TARGET_S = 60
FATES = ("noted", "noted", "noted", "noted", "noted", "used", "merged", "set_aside", "hidden", "noted")


@dataclass
class Step:
    """Something that was measured: seconds of each run, and the size of what came out."""

    name: str
    seconds: list[float]
    size: int


def main() -> None:
    """Measure in a database of its own, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCHAKELBORD_DATA"] = folder
        lines = section()
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(f"\n{HEAD}\n")
    after = rest.partition("\n## ")
    kept = f"\n## {after[2]}" if after[1] else ""
    PAGE.write_text("\n".join([before.rstrip(), "", *lines, ""]) + kept, encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


def section() -> list[str]:
    """The lines of the section."""
    from schakelbord.site.environment import read_environment  # noqa: PLC0415 - after the folder is known
    from schakelbord.site.start import make_data_folder, make_ready, set_up_django  # noqa: PLC0415

    environment = read_environment()
    make_data_folder(environment)
    set_up_django()
    make_ready(environment)
    from schakelbord.meetings.models import Meeting  # noqa: PLC0415 - needs settings

    meeting = Meeting.objects.get()
    fill(meeting)
    steps = [closing(meeting)]
    meeting.refresh_from_db()
    steps += measure(meeting)
    return table(steps, tables=meeting.tables.count())


def fill(meeting: Meeting) -> None:
    """As many contributions as a very large meeting has, divided over its tables, with every fate."""
    from schakelbord.tables.models import Contribution  # noqa: PLC0415

    tables = list(meeting.tables.order_by("number"))
    item = meeting.agenda.get(kind="table_round")
    moment = item.started_at or meeting.starts_at
    here = Contribution.objects.filter(table__meeting=meeting).count()
    told = "Wij zagen het in maart, en niemand wist bij wie het hoorde; de school belde drie keer voor niets."
    into = {table.pk: table.contributions.order_by("pk").first() for table in tables}
    rows = []
    for number in range(here, CONTRIBUTIONS):
        table, fate = tables[number % len(tables)], FATES[number // len(tables) % len(FATES)]
        rows.append(
            Contribution(
                table=table,
                item=item,
                key=f"c{number:020x}",
                text=f"{told} Dit was de {number}e keer.",
                kind="experience",
                mode="anonymous",
                state=fate,
                reason="past niet bij de vraag" if fate in {"set_aside", "hidden"} else "",
                merged_into=into[table.pk] if fate == "merged" else None,
                order=number,
                made_at=moment,
            )
        )
    Contribution.objects.bulk_create(rows, batch_size=500)


def closing(meeting: Meeting) -> Step:
    """Closing itself; once, for a meeting closes once."""
    from schakelbord.accounts.actors import Role  # noqa: PLC0415
    from schakelbord.accounts.demo import demo_user  # noqa: PLC0415
    from schakelbord.accounts.selectors import actor_of  # noqa: PLC0415
    from schakelbord.meetings.services import close_meeting  # noqa: PLC0415

    secretary = actor_of(demo_user(Role.SECRETARY))
    started = time.perf_counter()
    close_meeting(secretary, meeting, key="bench-close")
    return Step("closing", [time.perf_counter() - started], 0)


def measure(meeting: Meeting) -> list[Step]:
    """The content, and each file made of it."""
    from django.test import Client  # noqa: PLC0415

    from schakelbord.reports.adopting import minutes_now  # noqa: PLC0415
    from schakelbord.reports.minutes_files import minutes_docx, minutes_pdf  # noqa: PLC0415

    record = minutes_now(meeting)
    client = Client(SERVER_NAME="localhost")
    client.post("/rollen", {"role": "secretary", "next": "/over"})
    address = f"/bijeenkomsten/{meeting.pk}/notulen"
    work: dict[str, Callable[[], bytes]] = {
        "content (JSON)": lambda: minutes_now(meeting).content,
        "page (HTML), with its content": lambda: bytes(client.get(address).content),
        "word processor (DOCX)": lambda: minutes_docx(record, "nl"),
        "PDF/UA-1 and PDF/A-2a": lambda: minutes_pdf(record, "nl"),
    }
    return [timed(name, make) for name, make in work.items()]


def timed(name: str, make: Callable[[], bytes]) -> Step:
    """One step, several times."""
    seconds, size = [], 0
    for _ in range(RUNS):
        started = time.perf_counter()
        size = len(make())
        seconds.append(time.perf_counter() - started)
    return Step(name, seconds, size)


def table(steps: list[Step], *, tables: int) -> list[str]:
    """The section."""
    lines = [
        HEAD,
        "",
        "`make bench-minutes` repeats this.",
        "",
        f"A meeting with {CONTRIBUTIONS:,} contributions at {tables} tables is closed; then its minutes are made in",
        f"Dutch. Median and worst of {RUNS} runs; closing happens once. The typesetter remembers what it set, so that",
        "the first PDF, which somebody waits for, is the worst one.",
        "",
        "| what | median | worst | size |",
        "|---|---|---|---|",
    ]
    for step in steps:
        size = f"{step.size / 1e6:.1f} MB" if step.size else ""
        lines.append(f"| {step.name} | {median(step.seconds):.2f} s | {max(step.seconds):.2f} s | {size} |")
    together = sum(max(step.seconds) for step in steps)
    outcome = "met" if together < TARGET_S else "missed"
    return [
        *lines,
        "",
        f"Target: everything within {TARGET_S} s of closing: {outcome} (all worst runs: {together:.1f} s).",
    ]


if __name__ == "__main__":
    main()
