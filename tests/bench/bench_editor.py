"""Measure the preview of the editor for the end of docs/benchmarks.md: part of `make bench`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = "## Editor"
RUNS = 15
TARGET_MS = 150


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
    return table()


def table() -> list[str]:
    """One row a story: what somebody who types waits for."""
    from schakelbord.stories.library import shipped  # noqa: PLC0415 - needs settings

    lines = [
        HEAD,
        "",
        "`python tests/bench/bench_editor.py` repeats this.",
        "",
        f"From a change of a day to the new gaps on screen, as the server sees it, median and worst of {RUNS};",
        "each is a change that nobody computed before. *Keeping* is the command with journal and commit, *parts*",
        "is outline, form and preview with drawing and gaps, in one answer. Repairs follow in a request of their",
        "own, which a newer change calls off.",
        "",
        "| story | keeping | parts | together | worst | repairs, later |",
        "|---|---|---|---|---|---|",
    ]
    worst = 0.0
    for name in shipped():
        keeping, parts, repairs = measure(name)
        both = [one + other for one, other in zip(keeping, parts, strict=True)]
        worst = max(worst, median(both))
        cells = [ms(median(keeping)), ms(median(parts)), ms(median(both)), ms(max(both)), ms(repairs)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    outcome = "met" if worst * 1000 < TARGET_MS else "missed"
    return [*lines, "", f"Target: gaps within {TARGET_MS} ms after a change: {outcome} (slowest {ms(worst)})."]


def measure(name: str) -> tuple[list[float], list[float], float]:
    """Seconds of keeping, of the parts, and of the repairs after the last."""
    import json  # noqa: PLC0415 - beside its one use

    from django.test import Client  # noqa: PLC0415 - needs settings

    from schakelbord.editor.content import decode  # noqa: PLC0415
    from schakelbord.editor.models import Draft  # noqa: PLC0415

    client = Client(SERVER_NAME="localhost")
    client.post("/rollen", {"role": "secretary", "next": "/over"})
    pk = int(client.post(f"/bewerken/verhaal/{name}/kopieer").headers["Location"].rpartition("/")[2])
    content = decode(Draft.objects.get(pk=pk).content)
    scene = content.scenes[0]
    part = f"scenes/{scene.key}/beats/{scene.beats[0].key}"
    path = f"deadlines/{content.deadlines[-1].key}/by"
    old = content.deadlines[-1].by
    keeping, parts = [], []
    for run in range(RUNS):
        new = int(old or 0) - 1 if run else int(old or 0) - 2
        body = json.dumps({"operations": [{"type": "set", "path": path, "old": old, "new": new}]})
        keeping.append(
            seconds(
                lambda body=body, run=run: client.post(
                    f"/bewerken/{pk}/doe/wijzig",
                    body,
                    content_type="application/json",
                    headers={"Idempotency-Key": f"bench-{name}-{run:04}"},
                )
            )
        )
        address = f"/bewerken/{pk}?bij={part}"
        parts.append(seconds(lambda address=address: client.get(address, headers={"X-Schakelbord-Part": "editor"})))
        old = new
    return keeping, parts, seconds(lambda: client.get(f"/bewerken/{pk}/herstel"))


def seconds(work) -> float:  # type: ignore[no-untyped-def]
    """How long something takes; it must succeed."""
    start = time.perf_counter()
    answer = work()
    taken = time.perf_counter() - start
    assert answer.status_code == 200, answer.content[:300]
    return taken


def ms(value: float) -> str:
    """Seconds as milliseconds."""
    return f"{value * 1000:.0f} ms"


if __name__ == "__main__":
    main()
