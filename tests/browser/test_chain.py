"""From a dilemma to a discharged account in a browser, over a year of days that the test lets pass.

People without an account come by the links that they were mailed. The account is read back from every file.
"""

from __future__ import annotations

import csv
import datetime as dt
import email
import email.policy
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from browser_server import Server

ZONE = ZoneInfo("Europe/Amsterdam")
DILEMMA = "Mag een school iets zeggen tegen een oude school?"
UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
TITLE = "Scholen bellen elkaar bij een verhuizing"
pytestmark = pytest.mark.slow


class Clock:
    """The clock of the server: ten o'clock in the morning, so many days from now."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.first = dt.datetime.now(ZONE).replace(hour=10, minute=0, second=0, microsecond=0)
        self.today = self.first.date()
        self.to(0)

    def to(self, days: int) -> None:
        """Go to that day."""
        self.today = self.first.date() + dt.timedelta(days=days)
        then = dt.datetime.combine(self.today, dt.time(10), ZONE)
        self.file.write_text(str((then - dt.datetime.now(ZONE)) / dt.timedelta(days=1)), encoding="utf-8")

    def day(self, ahead: int) -> str:
        """A day so many days after that of the clock, as forms want it."""
        return (self.today + dt.timedelta(days=ahead)).isoformat()


class ClockServer(Server):
    """The real server, with that clock."""

    clock: Clock

    def command(self) -> list[str]:
        """Start by the way of `clock_server.py`."""
        script = Path(__file__).parents[1] / "clock_server.py"
        return [str(script), str(self.clock.file), str(self.port)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ClockServer]:
    """A demo whose clock can be moved."""
    running = ClockServer(tmp_path / "data")
    running.clock = Clock(tmp_path / "ahead")
    running.start()
    yield running
    running.kill()


@pytest.fixture
def as_somebody(chromium: Browser, server: ClockServer) -> Iterator[Callable[[str], Page]]:
    """A function that gives the page of a role, or of a stranger for ""."""
    contexts = []

    def open_it(role: str) -> Page:
        context = chromium.new_context(base_url=server.address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if role:
            page.goto("/rollen?next=/over")
            page.click(f"button[value={role}]")
            page.wait_for_url("**/over")
        return page

    yield open_it
    for context in contexts:
        context.close()


def send(page: Page, path: str, form: str, *, then: str = "", **fields: str) -> None:
    """Fill in a form of a page and send it; what is folded is unfolded first."""
    if path:
        page.goto(path)
    page.evaluate(UNFOLD)
    place = page.locator(form).first
    for name, value in fields.items():
        part = place.locator(f"[name='{name.replace('__', '-')}']")
        kind = part.first.evaluate("(one) => one.tagName === 'SELECT' ? 'select' : one.type")
        if kind in {"radio", "checkbox"}:
            place.locator(f"[name='{name.replace('__', '-')}'][value='{value}']").check()
        elif kind == "select":
            part.first.select_option(value)
        else:
            part.first.fill(value)
    place.locator(then or "button[type=submit]").last.click()
    page.wait_for_load_state()
    assert page.locator("[role=alert]:visible").count() == 0, page.locator("[role=alert]:visible").all_inner_texts()


def mailed(server: ClockServer, path: str, *, about: str = "", to: str = "") -> str:
    """The newest link of this kind in the mails of the server."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for file in sorted((server.data / "mail").glob("*.log"), key=lambda one: one.name, reverse=True):
            for part in file.read_bytes().split(b"-" * 79):
                message = email.message_from_bytes(part.strip(), policy=email.policy.default)
                body = message.get_body(("plain",)) if part.strip() else None
                text = body.get_content() if body is not None else ""
                if about in text and to in str(message["To"]) and (found := re.findall(rf"{path}/\S+", text)):
                    return str(found[-1])
        time.sleep(0.5)
    raise AssertionError(f"no mail with {path}")


def test_from_a_dilemma_to_a_discharged_account(as_somebody: Callable[[str], Page], server: ClockServer) -> None:
    secretary, stranger, clock = as_somebody("secretary"), as_somebody(""), server.clock

    # A dilemma goes up to a working group, and its answer comes home.
    send(
        secretary,
        "/vraagstukken/nieuw",
        "main form:has([name=statement])",
        statement=DILEMMA,
        happened="Een kind wisselt van school en niemand weet wat de oude school zag.",
        stuck="de nieuwe mentor",
        body=str(server.ask("SELECT id FROM bodies_body WHERE kind = 'platform'")[0][0]),
    )
    code = server.ask("SELECT code FROM dossiers_issue WHERE statement = ?", DILEMMA)[0][0]
    send(
        secretary,
        f"/werkgroepen/nieuw?vraagstuk={code}",
        "main form:has([name=members])",
        name="Werkgroep Scholen",
        question="Wat mag de oude school zeggen?",
        members="* E. Torenvalk, Universiteit",
        active_to=clock.day(60),
    )
    clock.to(20)  # who was away for weeks logs in anew
    secretary, path = as_somebody("secretary"), f"/vraagstukken/{code}"
    send(secretary, path, "form[action$='pak-op']")
    send(secretary, path, "form[action$=antwoord]", kind="direction", answer="Wat nodig is voor het kind.")
    send(secretary, path, "form[action$='breng-thuis']", answer="Ja, wat nodig is voor het kind.")
    expect(secretary.locator("main")).to_contain_text("Ja, wat nodig is voor het kind.")

    # What a table asked for becomes a proposal; two bodies consent, one by the link that was mailed.
    send(
        secretary,
        "/voorstellen/nieuw?oogst=O-01",
        "main form:has([name=text])",
        text="Scholen bellen elkaar als een kind verhuist, dezelfde week.",
    )
    proposal = last_part(secretary)
    bodies = [row[0] for row in server.ask("SELECT id FROM bodies_body WHERE kind IN ('platform', 'strategic_board')")]
    secretary.evaluate(UNFOLD)
    form = secretary.locator("form:has([name=deadline])").first
    form.locator("[name=how][value=round]").check()
    form.locator("[name=deadline]").fill(clock.day(21))
    for body in bodies:
        form.locator(f"[name=bodies][value='{body}']").check()
    form.locator("button[type=submit]").last.click()
    secretary.wait_for_url("**/besluiten/B-*")
    decision = last_part(secretary)
    expect(secretary.locator("h1")).to_contain_text("Nog twee dingen")
    link = mailed(server, "/instemmen", about=decision, to="l.specht")
    stranger.goto(link)
    expect(stranger.locator("main")).to_contain_text("L. Specht")
    send(stranger, "", "main form:has([name=stance])", stance="consent", present="9")
    clock.to(30)
    chair = as_somebody("chair")
    send(chair, f"/besluiten/{decision}", "form[action$=instemmen]", stance="consent", present="5")
    secretary = as_somebody("secretary")
    send(secretary, f"/besluiten/{decision}", "form[action$=vaststellen]")
    expect(secretary.locator("main")).to_contain_text("vastgesteld")

    # One action, with one owner, a date and a result; its body is found and says yes by a mailed link.
    owner = server.ask(
        "SELECT m.id FROM bodies_membership m JOIN bodies_person p ON p.id = m.person_id WHERE p.name = 'B. Buizerd'"
    )[0][0]
    send(
        secretary,
        f"/besluiten/{decision}",
        "form[action$='/actie']",
        title=TITLE,
        owner=str(owner),
        body=str(bodies[0]),
        due=clock.day(200),
        result="Elke school belt binnen een week",
        unit="procent",
        baseline="20",
        target="90",
    )
    action, due = server.ask("SELECT code, due FROM chain_action WHERE title = ?", TITLE)[0]
    send(secretary, f"/besluiten/{decision}", f"form[action$='actie-vaststellen']:has([value='{action}'])")
    secretary.goto(f"/acties/{action}/belegging")
    offered = secretary.locator("input[value=offer]").first
    offered.check()
    secretary.locator("main form button[type=submit]").last.click()
    expect(secretary.locator("main")).to_contain_text("aangeboden")
    stranger.goto(mailed(server, "/aanbod", about=TITLE))
    send(stranger, "", "main form:has([name=answer])", answer="yes")
    stranger.reload()
    expect(stranger.locator("main form:has([name=answer])")).to_have_count(0)

    # Months later the owner is asked how it goes, and says so by the link; later still it is done.
    clock.to(30 + 58)
    stranger.goto(mailed(server, "/bericht", about=action))
    send(stranger, "", "main form:has([name=status])", status="on_track", text="De eerste scholen bellen elkaar.")
    clock.to(30 + 190)
    as_owner = as_somebody("action_owner")
    send(as_owner, f"/acties/{action}", "form[action$=bericht]", status="done", text="Alle scholen bellen.", value="91")
    expect(as_owner.locator("main")).to_contain_text("gereedgemeld")
    chair = as_somebody("chair")
    send(chair, f"/acties/{action}", "form[action$=oordeel]", kind="reached", reason="Dit zien wij in onze regio.")
    expect(chair.locator("main")).to_contain_text("aanvaard")

    # The programme of that year is published with two signatures; the year is accounted for and discharged.
    year = str(due)[:4]
    secretary = as_somebody("secretary")
    send(secretary, f"/actieprogramma/{year}/versies", "form[action*=publiceer]")
    send(chair, f"/actieprogramma/{year}/versies", "form[action*=teken]")
    send(secretary, f"/verantwoording/{year}", "form[action*=klaarzetten]", learned="Bellen helpt.")
    send(chair, f"/verantwoording/{year}", "form[action*=vaststellen]")
    meeting = server.ask("SELECT id FROM meetings_meeting WHERE code = 'M-01'")[0][0]
    send(secretary, f"/verantwoording/{year}", "form[action*=presenteren]", meeting=str(meeting))
    send(chair, f"/verantwoording/{year}", "form[action*=decharge]")
    expect(chair.locator("form[action*=decharge]")).to_have_count(0)
    assert server.ask("SELECT state FROM chain_account WHERE code = ?", f"J-{year}") == [("discharged",)]
    compare_files(secretary, year, action)

    # From the action one sees why, and what came of it.
    secretary.goto(f"/draad/{action}")
    for words in ("O-01", decision, "Scholen bellen elkaar als een kind verhuist", "De eerste scholen", "bereikt"):
        expect(secretary.locator("main")).to_contain_text(words)
    expect(secretary.locator("main")).to_contain_text("verantwoording", ignore_case=True)
    secretary.goto(f"/voorstellen/{proposal}")
    expect(secretary.locator("main")).to_contain_text("O-01")


def compare_files(page: Page, year: str, action: str) -> None:
    """All files of an account say the same: the same codes, as many of them."""
    base = f"/verantwoording/{year}/verantwoording"
    content = json.loads(page.request.get(f"{base}.json").text())
    codes = [row["code"] for row in content["actions"]]
    assert action in codes
    rows = list(csv.reader(io.StringIO(page.request.get(f"{base}.csv").text().lstrip("\ufeff")), delimiter=";"))
    assert [row[1] for row in rows if row[0] == "actie"] == codes
    sheet = load_workbook(io.BytesIO(page.request.get(f"{base}.xlsx").body()))["acties"]
    in_sheet = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert [text for text in in_sheet if re.fullmatch(r"A-\d+", text)] == codes
    words = docx.Document(io.BytesIO(page.request.get(f"{base}.docx").body()))
    text = "\n".join(one.text for one in words.paragraphs)
    text += "\n".join(cell.text for table in words.tables for row in table.rows for cell in row.cells)
    sheets = pypdfium2.PdfDocument(page.request.get(f"{base}.pdf").body())
    printed = " ".join(one.get_textpage().get_text_range() for one in sheets)
    for code in codes:
        assert code in text
        assert code in printed


def last_part(page: Page) -> str:
    """The code at the end of the address."""
    return page.url.partition("#")[0].partition("?")[0].rsplit("/", 1)[1]
