"""Measure how many commands a second are kept and acknowledged, beside one commit a command: `make bench-live`."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from bench_delivery import lines as delivery_lines
from bench_trouble import lines as trouble_lines

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = "## Live"
NEXT = "\n## "
CALLERS = 32
COMMANDS = 4000
ROUNDS = 3


def main() -> None:
    """Measure on a file of its own and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCHAKELBORD_DATA"] = folder
        lines = section()
    before, _, after = PAGE.read_text(encoding="utf-8").partition(HEAD)
    rest = [f"## {after.partition(NEXT)[2].rstrip()}", ""] if NEXT in after else []
    PAGE.write_text("\n".join([before.rstrip(), "", *lines, "", *rest]), encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


def section() -> list[str]:
    """The lines of the section."""
    from schakelbord.site.start import set_up_django  # noqa: PLC0415 - reads the folder chosen in `main`

    set_up_django()
    from django.core.management import call_command  # noqa: PLC0415 - needs settings

    call_command("migrate", interactive=False, verbosity=0)
    rates = [(rate_of(together), rate_of(apart)) for _ in range(ROUNDS)]
    ours, plain = median(rate for rate, _ in rates), median(rate for _, rate in rates)
    return [
        HEAD,
        "",
        "`make bench-live` repeats this.",
        "",
        f"{CALLERS} callers, {COMMANDS:,} commands that append one event each, SQLite with `synchronous=FULL`; median",
        f"of {ROUNDS} rounds, the two in turn. *Own commits*: the same work, a transaction a command, in its caller's",
        "thread.",
        "",
        "| writer | acknowledged a second | of own commits |",
        "|---|---|---|",
        f"| one writer, take what waits | {ours:,.0f} | {ours / plain:.2f} x |",
        f"| own commits | {plain:,.0f} | 1 x |",
        "",
        *delivery_lines(),
        "",
        *trouble_lines(),
    ]


def rate_of(perform_all: Callable[[int], None]) -> float:
    """Commands a second for one way of writing, in a room of its own."""
    from django.utils import timezone  # noqa: PLC0415 - needs settings

    from schakelbord.live.rooms import open_room  # noqa: PLC0415 - needs settings

    room = open_room("bench", now=timezone.now()).pk
    start = time.perf_counter()
    perform_all(room)
    return COMMANDS / (time.perf_counter() - start)


def together(room: int) -> None:
    """All callers hand their commands to one writer."""
    from schakelbord.live.journal import Journal, Payload  # noqa: PLC0415 - needs settings
    from schakelbord.live.writer import Command, Writer  # noqa: PLC0415 - needs settings

    writer = Writer(after_commit=lambda events: None, now=lambda: dt.datetime.now(dt.UTC))

    def work(journal: Journal) -> Payload:
        return {"seq": journal.append("noted", audience="meeting", payload={"text": "hello"})}

    def one(number: int) -> None:
        writer.perform(Command(room, "actor", "device", f"k{number}", {}, work))

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(one, range(COMMANDS)))
    writer.stop()


def apart(room: int) -> None:
    """Every caller commits its own command: room, answer and event, as the writer does for a batch of one."""
    from django.db import connection, transaction  # noqa: PLC0415 - needs settings

    from schakelbord.live.journal import Journal  # noqa: PLC0415 - needs settings
    from schakelbord.live.models import Event, Reply, Room  # noqa: PLC0415 - needs settings

    def one(number: int) -> None:
        now = dt.datetime.now(dt.UTC)
        with transaction.atomic():
            found = Room.objects.select_for_update().get(pk=room)
            assert not Reply.objects.filter(room=found, device="device", key=f"k{number}").exists()
            journal = Journal(room, found.last_seq, found.last_hash, "actor", f"k{number}", now)
            journal.append("noted", audience="meeting", payload={"text": "hello"})
            Event.objects.bulk_create(journal.events)
            Reply.objects.create(room=found, device="device", key=f"k{number}", asked="", answer="{}", at=now)
            Room.objects.filter(pk=room).update(last_seq=journal.seq, last_hash=journal.last_hash)

    def end(number: int) -> None:
        connection.close()

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(one, range(COMMANDS)))
        list(callers.map(end, range(CALLERS)))


if __name__ == "__main__":
    main()
