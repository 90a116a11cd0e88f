"""Measure how soon something is found, for docs/benchmarks.md: `make bench-search`."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from statistics import median

from bench_thread import PAGE, START, many, ready, timed

HEAD = "## Search"
NODES = 50_000
RUNS = 10
TARGET_MS = 100


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
    ready()
    language = fill()
    from schakelbord.chain.searching.search import reindex_all  # noqa: PLC0415 - needs settings

    started = time.perf_counter()
    count = reindex_all()
    indexed = time.perf_counter() - started
    return [
        HEAD,
        "",
        "`make bench-search` repeats this.",
        "",
        f"{count:,} rows of two dossiers (SQLite, FTS5), each of 60 words out of {len(language):,} that are as rare as",
        f"words in a language are; made anew by `search-reindex` in {indexed:.0f} s. Median and worst of {RUNS} runs.",
        "The secretary reads both dossiers, a member of a body one. *Page*: the whole answer to a request.",
        "",
        "| what | hits | median | worst | page |",
        "|---|---|---|---|---|",
        *measure(language),
        "",
        f"To reach: under {TARGET_MS} ms. Above a thousand hits their number is not told, so that nobody waits for it.",
    ]


def fill() -> list[str]:
    """Issues of two dossiers with words of a made-up language in which, as in ours, few words do most of the work."""
    from schakelbord.accounts.actors import Role  # noqa: PLC0415
    from schakelbord.accounts.demo import demo_user  # noqa: PLC0415
    from schakelbord.bodies.models import Body, Membership, Person  # noqa: PLC0415
    from schakelbord.dossiers.models import Dossier, Issue  # noqa: PLC0415
    from schakelbord.live.rooms import open_room  # noqa: PLC0415
    from schakelbord.meetings.models import Convening, Meeting  # noqa: PLC0415

    user, chance = demo_user(Role.SECRETARY), random.Random(1)
    dossiers = [Dossier.objects.create(title=f"Dossier {n}", made_by=user, made_at=START) for n in range(2)]
    body = Body.objects.create(name="Platform", kind="platform", layer="official")
    meeting = Meeting.objects.create(
        code="M-1", dossier=dossiers[0], room=open_room("Zaal", now=START), title="Samen", starts_at=START,
        ends_at=START.replace(hour=15), made_by=user, made_at=START,
    )  # fmt: skip
    Convening.objects.create(meeting=meeting, body=body)
    person = Person.objects.create(name="H. Havik", user=demo_user(Role.PARTICIPANT), made_at=START)
    Membership.objects.create(person=person, body=body, from_day=START.date())
    parts = ["ver", "be", "ont", "school", "advies", "meld", "zorg", "kind", "huis", "werk", "raad", "plaats", "gezin"]
    parts += ["en", "ing", "heid", "er", "lijk", "baar", "tafel", "weg", "stuk", "recht", "hulp", "politie", "stad"]
    language = sorted({"".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(40_000)})
    chance.shuffle(language)
    weights = [1 / (rank + 5) for rank in range(len(language))]
    rows = []
    for number in range(NODES):
        said = chance.choices(language, weights, k=60)
        rows.append(
            Issue(
                code=f"D-{number}", dossier=dossiers[number % 2], kind="dilemma", origin="brought",
                statement=" ".join(said[:12])[:300], happened=" ".join(said[12:]), made_at=START, changed_at=START,
            )
        )  # fmt: skip
    many(Issue, rows)
    return language


def measure(language: list[str]) -> list[str]:
    """The rows of the table."""
    from django.test import Client  # noqa: PLC0415

    from schakelbord.accounts.actors import Role  # noqa: PLC0415
    from schakelbord.accounts.demo import demo_user  # noqa: PLC0415
    from schakelbord.accounts.selectors import actor_of  # noqa: PLC0415
    from schakelbord.chain.searching.search import search  # noqa: PLC0415

    secretary, member = actor_of(demo_user(Role.SECRETARY)), actor_of(demo_user(Role.PARTICIPANT))
    wrong = language[300][:3] + language[300][4:]
    asked = {
        "a rare word": (secretary, language[20_000]),
        "a usual word": (secretary, language[400]),
        "the most usual word": (secretary, language[0]),
        "the same, a member": (member, language[0]),
        "two words": (secretary, f"{language[40]} {language[60]}"),
        "three usual words": (secretary, f"{language[0]} {language[1]} {language[2]}"),
        "how a word begins": (secretary, "verzor"),
        "two letters": (secretary, "ve"),
        "a code": (secretary, "D-31234"),
        "a misspelt word": (secretary, wrong),
    }
    client = Client(SERVER_NAME="localhost")
    client.post("/rollen", {"role": "secretary", "next": "/over"})
    rows = []
    for name, (actor, text) in asked.items():
        found = search(actor, text, today=START.date())
        took = [timed(lambda who=actor, text=text: search(who, text, today=START.date())) for _ in range(RUNS)]
        page = [timed(lambda text=text: client.get("/zoek", {"q": text})) for _ in range(RUNS)]
        hits = f"{found.total}+" if found.is_many else str(found.total)
        shown = f"{hits}, {len(found.nearest)} near" if found.nearest else hits
        rows.append(f"| {name} | {shown} | {median(took):.0f} ms | {max(took):.0f} ms | {median(page):.0f} ms |")
    return rows


if __name__ == "__main__":
    main()
