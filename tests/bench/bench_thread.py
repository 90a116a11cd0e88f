"""Measure how soon the thread of a code is there, for docs/benchmarks.md: `make bench-thread`."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = "## Thread"
ACTIONS = 10_000
RUNS = 15
TARGET_MS = 50
START = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
MEETINGS = 100
TABLES = 10


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
    started = time.perf_counter()
    counts = fill()
    filled = time.perf_counter() - started
    return [
        HEAD,
        "",
        "`make bench-thread` repeats this.",
        "",
        f"A database (SQLite) with {sum(counts.values()):,} nodes of the chain, all of one dossier, put in with the",
        f"triggers on in {filled:.0f} s:",
        ", ".join(f"{count:,} {name}" for name, count in counts.items()) + ".",
        f"Median and worst of {RUNS} threads of each kind, each of another code. *Page* is the whole answer to a",
        "request of the secretary, rights and template included. *Branches*: one issue on ten tables, each with ten",
        "decisions.",
        "",
        "| thread of | queries | median | worst | page |",
        "|---|---|---|---|---|",
        *measure(),
        "",
        f"To reach: under {TARGET_MS} ms and at most 20 queries for a thread.",
    ]


def ready() -> None:
    """A fresh database with the people of the demo and nothing else."""
    from schakelbord.site.environment import read_environment  # noqa: PLC0415 - after the folder is known
    from schakelbord.site.start import make_data_folder, set_up_django  # noqa: PLC0415

    make_data_folder(read_environment())
    set_up_django()
    from django.core.management import call_command  # noqa: PLC0415 - needs settings

    from schakelbord.accounts.demo import make_demo_people  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    make_demo_people()


def fill() -> dict[str, int]:
    """The nodes, in states that the triggers allow, then brought forward; how many of each."""
    made = upstream()
    return {**made, **downstream()}


def many(model: Any, rows: list[Any]) -> list[Any]:
    """All of these rows in the database."""
    return list(model.objects.bulk_create(rows, batch_size=500))


def upstream() -> dict[str, int]:
    """Issues on tables, with what was said and harvested."""
    from schakelbord.accounts.actors import Role  # noqa: PLC0415
    from schakelbord.accounts.demo import demo_user  # noqa: PLC0415
    from schakelbord.bodies.models import Body, Person  # noqa: PLC0415
    from schakelbord.dossiers.models import Dossier, Issue, Theme  # noqa: PLC0415
    from schakelbord.live.rooms import open_room  # noqa: PLC0415
    from schakelbord.meetings.models import AgendaItem, Attendance, Meeting, Table, TableIssue  # noqa: PLC0415
    from schakelbord.tables.models import Contribution, DesiredResult, Harvest  # noqa: PLC0415

    user = demo_user(Role.SECRETARY)
    for name, kind in (("Platform", "platform"), ("Beraad", "strategic_board"), ("Overleg", "existing")):
        Body.objects.create(name=name, kind=kind, layer="mixed")
    dossier = Dossier.objects.create(title="Alles", made_by=user, made_at=START)
    theme = Theme.objects.create(dossier=dossier, title="Thema", question="Wat moet anders?")
    common = {"dossier": dossier, "kind": "dilemma", "origin": "brought", "made_at": START, "changed_at": START}
    issues = many(
        Issue, [Issue(code=f"D-{n}", statement=f"Niemand is aan zet bij {n}.", **common) for n in range(ACTIONS)]
    )
    meetings = [
        Meeting.objects.create(
            code=f"M-{n}", dossier=dossier, room=open_room(f"Zaal {n}", now=START), title="Samen", made_by=user,
            starts_at=START, ends_at=START + dt.timedelta(hours=3), made_at=START, state="open", opened_at=START,
        )
        for n in range(MEETINGS)
    ]  # fmt: skip
    items = many(AgendaItem, [
        AgendaItem(
            meeting=one, order=0, kind="table_round", title="Ronde", minutes=40, started_at=START, ended_at=START
        )
        for one in meetings
    ])  # fmt: skip
    person = Person.objects.create(name="H. Havik", made_at=START)
    other = Person.objects.create(name="R. Reiger", made_at=START)
    people = {
        one.pk: many(Attendance, [
            Attendance(meeting=one, key=key, person=who, layer="official", made_at=START)
            for key, who in (("h", person), ("p", other))
        ])
        for one in meetings
    }  # fmt: skip
    # A host has one table of a meeting; the others have none, which changes nothing for what is measured.
    tables = many(Table, [
        Table(meeting=one, number=number, theme=theme, host=people[one.pk][0] if number == 0 else None)
        for one in meetings
        for number in range(TABLES)
    ])  # fmt: skip
    laid = [TableIssue(table=tables[n % len(tables)], issue=issue) for n, issue in enumerate(issues)]
    laid += [TableIssue(table=tables[n], issue=issues[TABLES], order=1) for n in range(1, TABLES)]
    many(TableIssue, laid)
    said = many(Contribution, [
        Contribution(
            table=tables[n % len(tables)], item=items[n % len(tables) // TABLES], key=f"c{n}", mode="anonymous",
            text=f"Wij zagen het in maart, en niemand wist bij wie het hoorde ({n}).", kind="experience",
            order=n, made_at=START,
        )
        for n in range(ACTIONS * 3)
    ])  # fmt: skip
    harvests = many(Harvest, [
        Harvest(code=f"O-{n}", table=table, item=items[n // TABLES], assignment=f"Eén nummer ({n}).", made_at=START)
        for n, table in enumerate(tables)
    ])  # fmt: skip
    many(Harvest.contributions.through, [
        Harvest.contributions.through(harvest_id=harvests[n % len(harvests)].pk, contribution_id=said[n].pk)
        for n in range(len(harvests) * 3)
    ])  # fmt: skip
    many(DesiredResult, [
        DesiredResult(harvest=one, key="r", text="In 9 van de 10 gevallen.") for one in harvests
    ])  # fmt: skip
    to = Body.objects.order_by("pk")[0]
    many(Harvest.addressees.through, [
        Harvest.addressees.through(harvest_id=one.pk, body_id=to.pk) for one in harvests
    ])  # fmt: skip
    Harvest.objects.update(state="read_back", read_back_at=START)
    for one in meetings:
        Harvest.objects.filter(table__meeting=one).update(
            state="confirmed", confirmed_at=START,
            host_confirmed_by=people[one.pk][0], pitcher_confirmed_by=people[one.pk][1],
        )  # fmt: skip
    return {
        "issues": len(issues), "contributions": len(said), "harvests": len(harvests), "tables": len(tables),
    }  # fmt: skip


def downstream() -> dict[str, int]:
    """Proposals, decisions, actions with results, placements and reports."""
    from schakelbord.accounts.actors import Role  # noqa: PLC0415
    from schakelbord.accounts.demo import demo_user  # noqa: PLC0415
    from schakelbord.bodies.models import Body, Membership, Person  # noqa: PLC0415
    from schakelbord.chain import models as chain  # noqa: PLC0415
    from schakelbord.dossiers.models import Dossier  # noqa: PLC0415
    from schakelbord.tables.models import Harvest  # noqa: PLC0415

    user, dossier = demo_user(Role.SECRETARY), Dossier.objects.get()
    bodies = list(Body.objects.order_by("pk"))
    owner = Membership.objects.create(
        person=Person.objects.get(name="H. Havik"), body=bodies[0], from_day=START.date(), may_decide=True
    )
    giver = Membership.objects.create(
        person=Person.objects.get(name="R. Reiger"), body=bodies[1], from_day=START.date(), may_decide=True
    )
    harvests = list(Harvest.objects.order_by("pk"))
    proposals = many(chain.Proposal, [
        chain.Proposal(code=f"P-{n}", dossier=dossier, deadline=START.date(), made_by=user, made_at=START)
        for n in range(ACTIONS // 10 * 4)
    ])  # fmt: skip
    many(chain.ProposalVersion, [
        chain.ProposalVersion(proposal=one, number=1, text="Elke school krijgt advies.", made_by=user, made_at=START)
        for one in proposals
    ])  # fmt: skip
    through = chain.Proposal.harvests.through
    # The first ten proposals rest on the same harvest: branches.
    many(through, [
        through(proposal_id=one.pk, harvest_id=harvests[n // 10 if n < 100 else n % len(harvests)].pk)
        for n, one in enumerate(proposals)
    ])  # fmt: skip
    chain.Proposal.objects.update(state="tabled")
    decisions = many(chain.Decision, [
        chain.Decision(code=f"B-2026-{n}", proposal=one, made_at=START) for n, one in enumerate(proposals)
    ])  # fmt: skip
    many(chain.DecidingBody, [
        chain.DecidingBody(decision=one, body=body, order=at, needed=1, members=5, asked_at=START)
        for one in decisions
        for at, body in enumerate(bodies[:2])
    ])  # fmt: skip
    many(chain.Endorsement, [
        chain.Endorsement(
            decision=one, body_id=seat.body_id, version=1, stance="consent", given_by=seat, present=3, at=START
        )
        for one in decisions
        for seat in (owner, giver)
    ])  # fmt: skip
    chain.Decision.objects.update(outcome="adopted", final_text="Elke school.", hash="0" * 64, decided_at=START)
    chain.Proposal.objects.update(state="decided")
    actions = many(chain.Action, [
        chain.Action(
            code=f"A-{n}", decision=decisions[n % len(decisions)], title=f"Actie {n}", owner=owner, body=bodies[0],
            due=dt.date(2027, 7, 1), made_at=START,
        )
        for n in range(ACTIONS)
    ])  # fmt: skip
    results = many(chain.ActionResult, [
        chain.ActionResult(action=one, order=at, text="In 9 van de 10.") for one in actions for at in range(2)
    ])  # fmt: skip
    chain.Action.objects.update(state="adopted", adopted_at=START)
    placements = many(chain.Placement, [
        chain.Placement(action=one, body=bodies[2], state="accepted", answered_at=START, made_at=START)
        for one in actions
    ])  # fmt: skip
    chain.Action.objects.update(state="in_progress", placed_at=START)
    reports = many(chain.ProgressReport, [
        chain.ProgressReport(
            code=f"V-{n}", action=actions[n % ACTIONS], period=START.date(), status="on_track", text="Het loopt.",
            author=owner, made_at=START,
        )
        for n in range(ACTIONS * 2)
    ])  # fmt: skip
    return {
        "proposals": len(proposals), "decisions": len(decisions), "actions": len(actions), "results": len(results),
        "placements": len(placements), "reports": len(reports),
    }  # fmt: skip


def measure() -> list[str]:
    """The rows of the table."""
    from django.db import connection, reset_queries  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from schakelbord.chain.threads.thread import thread_of  # noqa: PLC0415

    client = Client(SERVER_NAME="localhost")
    client.post("/rollen", {"role": "secretary", "next": "/over"})
    kinds: dict[str, Callable[[int], str]] = {
        "an issue": lambda n: f"D-{5000 + n}",
        "a harvest": lambda n: f"O-{300 + n}",
        "a proposal": lambda n: f"P-{300 + n}",
        "a decision": lambda n: f"B-2026-{300 + n}",
        "an action": lambda n: f"A-{5000 + n}",
        "a report": lambda n: f"V-{5000 + n}",
        "branches": lambda _n: f"D-{TABLES}",
    }
    thread_of("A-1")
    client.get("/draad/A-1")
    rows = []
    for name, code in kinds.items():
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            found = thread_of(code(RUNS))
        queries = len(asked)
        if found is None:
            raise SystemExit(f"{code(RUNS)} has no thread")
        codes = [code(at) for at in range(RUNS)]
        took = [timed(partial(thread_of, one)) for one in codes]
        page = [timed(partial(client.get, f"/draad/{one}")) for one in codes]
        shown = f"{name} ({len(found.actions)} actions, {len(found.tables)} tables)"
        rows.append(f"| {shown} | {queries} | {median(took):.0f} ms | {max(took):.0f} ms | {median(page):.0f} ms |")
    return rows


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
