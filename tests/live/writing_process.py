"""Writes notes with eight threads for ever; prints the key of each after it was acknowledged. Is killed by a test."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
from threading import Thread

from schakelbord.site.start import set_up_django

set_up_django()

from schakelbord.live.journal import Journal, Payload  # noqa: E402
from schakelbord.live.writer import Command, Writer  # noqa: E402


def write_for_ever(writer: Writer, room: int, name: str) -> None:
    """One caller: each key is tried twice, as a phone does that heard no answer."""

    def work(journal: Journal) -> Payload:
        return {"seq": journal.append("noted", audience="meeting", payload={"text": "hello"})}

    for number in itertools.count():
        key = f"{name}-{number}"
        for _ in range(2):
            writer.perform(Command(room, "actor", name, key, {}, work))
        os.write(1, f"{key}\n".encode())


def main() -> None:
    """Start the callers and wait for the end."""
    room, round_ = int(sys.argv[1]), sys.argv[2]
    writer = Writer(after_commit=lambda events: None, now=lambda: dt.datetime.now(dt.UTC))
    callers = [Thread(target=write_for_ever, args=(writer, room, f"r{round_}c{n}")) for n in range(8)]
    for caller in callers:
        caller.start()


if __name__ == "__main__":
    main()
