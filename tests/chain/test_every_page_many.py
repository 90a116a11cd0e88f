"""With ten thousand contributions and a thousand actions every page asks the database at most 25 things."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils import timezone

from schakelbord.chain.models import Action, ActionProgramme, ActionResult, ProgressReport
from schakelbord.dossiers.models import Issue
from schakelbord.tables.models import Contribution
from thread_world import Thread, make_thread

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ClientInRole = Callable[[str], Client]

CONTRIBUTIONS, ACTIONS, ISSUES = 10_000, 1_000, 1_000
MOST_QUERIES = 25
BEGIN = (
    "/zoek?q=advies",
    "/",
    "/vraagstukken?stand=open",
    "/besluiten",
    "/actieprogramma",
    "/werkvoorraad",
    "/losse-eindjes",
    "/acties/A-5000/belegging",
)
NOT_A_PAGE = re.compile(r"\.(pdf|docx|xlsx|png|svg|ics)$|^/(static|live)/|/uit$|^/(uitloggen|taal)")
MUST_BE_SEEN = {
    "chain:issues", "chain:issue", "chain:queue", "chain:decisions", "chain:decision", "chain:proposal",
    "chain:placement", "chain:programme", "chain:programme_versions", "chain:action", "chain:thread",
    "chain:loose_ends", "chain:search", "chain:sources", "chain:public", "meetings:meeting",
    "meetings:people", "meetings:plan", "tables:console", "tables:host", "tables:notes", "dossiers:dossier",
    "bodies:body", "reports:account",
}  # fmt: skip


def fill(thread: Thread) -> None:
    """As much as a large installation holds after years, in one dossier."""
    now, world = timezone.now(), thread.world
    assert thread.decision is not None
    assert thread.action is not None
    item = world.rounds[0]
    item.refresh_from_db()
    assert item.started_at is not None
    Contribution.objects.bulk_create(
        Contribution(
            table=world.tables[number % len(world.tables)], item=item, key=f"many-{number}",
            text=f"Advies vragen kan eerder, zegt nummer {number}.", kind="experience", mode="anonymous",
            layer="official", order=number, made_at=item.started_at,
        )
        for number in range(CONTRIBUTIONS)
    )  # fmt: skip
    programme = ActionProgramme.objects.get(pk=thread.action.programme_id)
    rows = Action.objects.bulk_create(
        Action(code=f"A-{number}", decision=thread.decision, title=f"Actie {number}", made_at=now)
        for number in range(5_000, 5_000 + ACTIONS)
    )
    ActionResult.objects.bulk_create(ActionResult(action=row, text="Het is er") for row in rows)
    Action.objects.filter(pk__in=[row.pk for row in rows]).update(
        programme=programme, state="adopted", owner=thread.owner, due=now.date() + dt.timedelta(days=20),
        body=thread.existing, adopted_at=now,
    )  # fmt: skip
    ProgressReport.objects.bulk_create(
        ProgressReport(code=f"V-{row.code}", action=row, period=now.date(), status="behind", text="Traag", made_at=now)
        for row in rows
    )
    first = Issue.objects.filter(kind="dilemma")[0]
    Issue.objects.bulk_create(
        Issue(
            dossier=first.dossier, code=f"D-{number}", kind="dilemma", statement=f"Niemand is aan zet ({number}).",
            state="accepted", made_at=now, changed_at=now,
        )
        for number in range(5_000, 5_000 + ISSUES)
    )  # fmt: skip


def test_every_page_that_a_link_leads_to(as_role: ClientInRole, commands_inline: None) -> None:
    fill(make_thread())
    client = as_role("secretary")
    waiting, known = list(BEGIN), set(BEGIN)
    visited: set[str] = set()
    dear: dict[str, int] = {}
    while waiting:
        address = waiting.pop(0)
        try:
            view = resolve(address.partition("?")[0]).view_name
        except Resolver404:
            continue
        if view in visited:
            continue
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code in {301, 302, 405, 409}:
            continue
        assert answer.status_code == 200, address
        visited.add(view)
        if len(queries) > MOST_QUERIES:
            dear[address] = len(queries)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for found in re.findall(r'href="(/[^"#]*)', answer.content.decode()):
            link = unescape(found)
            if link not in known and not NOT_A_PAGE.search(link.partition("?")[0]):
                known.add(link)
                waiting.append(link)
    assert dear == {}
    assert visited >= MUST_BE_SEEN, MUST_BE_SEEN - visited
