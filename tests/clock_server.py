"""The real server with a clock that a test can move: `python clock_server.py AHEAD PORT`, AHEAD a file with days.

Only what the product asks of its own clock moves; the machine's stays.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from django.utils import timezone

from schakelbord.cli.main import main
from schakelbord.site import start

AHEAD = Path(sys.argv[1])
usual = timezone.now
set_up = start.set_up_django


def now() -> dt.datetime:
    """The time, as many days ahead as the file says."""
    return usual() + dt.timedelta(days=float(AHEAD.read_text(encoding="utf-8")))


def set_up_with_our_clock() -> None:
    """Load the apps, then let the writer ask our clock."""
    set_up()
    from schakelbord.live import gateway  # noqa: PLC0415 - needs the apps to be loaded
    from schakelbord.meetings import post_office  # noqa: PLC0415

    gateway.WRITER.now = now
    post_office.EVERY_SECONDS = 1.0  # a test does not wait a minute for a mail


timezone.now = now
start.set_up_django = set_up_with_our_clock
sys.argv = ["schakelbord", "serve", "--port", sys.argv[2]]
main()
