"""A table as it talks: two phones, a host and a big screen; a host with a keyboard only; a browser without scripts.

One server serves all tests here; each takes another table of the meeting of the demo. It dies once, without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError

from browser_server import Server

BASE = "/bijeenkomsten/1"
SOON = 10_000
RIGHT_AGAIN = 20_000
FOCUSED = "document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 90)"
pytestmark = pytest.mark.slow

OpenBrowser = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the meeting of the demo."""
    running = Server(tmp_path_factory.mktemp("meeting"))
    running.start()
    yield running
    running.kill()


@pytest.fixture
def open_browser(chromium: Browser, server: Server) -> Iterator[OpenBrowser]:
    """A function `open_browser(role="", width=, scripts=)`: the page of somebody with a browser of their own."""
    contexts: list[BrowserContext] = []

    def open_it(role: str = "", *, width: int = 1280, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=server.address, viewport={"width": width, "height": 844}, java_script_enabled=scripts
        )
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


def join(page: Page, server: Server, name: str, table: int) -> None:
    """Take part as somebody who leads a table."""
    pin = server.ask("SELECT host_pin FROM meetings_table WHERE number = ?", table)[0][0]
    code = server.ask("SELECT join_code FROM meetings_meeting")[0][0]
    page.goto(f"/mee/{code}")
    label = next(text for text in page.locator("#naam option").all_inner_texts() if text.split(",")[0] == name)
    page.locator("#naam").select_option(label=label)
    page.fill("#cijfers", pin)
    page.get_by_role("button", name="Doe mee onder mijn naam").click()
    page.wait_for_url("**/aan-tafel")


def type_and_send(page: Page, text: str) -> None:
    """Write a contribution and lay it on the table."""
    page.fill("#tekst", text)
    page.get_by_role("button", name="Leg op tafel").click()


def said(page: Page, text: str) -> object:
    """The contribution with this text, on any screen of a table."""
    return page.locator(".note .said", has_text=text)


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until this has the focus; the whole page at most twice."""
    for _ in range(500):
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def test_a_table_talks_and_a_server_dies(open_browser: OpenBrowser, server: Server) -> None:
    phone, host = open_browser("participant", width=390), open_browser("table_host")
    pitcher, secretary = open_browser("pitcher", width=390), open_browser("secretary")
    for page, place in ((phone, "aan-tafel"), (pitcher, "aan-tafel"), (host, "tafel/2"), (secretary, "regie")):
        page.goto(f"{BASE}/{place}")
        expect(page.locator("[data-status=live]")).to_be_attached()
    wall = secretary.context.new_page()
    wall.goto(f"{BASE}/scherm")

    # One says something; the host sees it and puts it with others.
    type_and_send(phone, "De school belt pas in juni.")
    expect(said(host, "De school belt pas in juni.")).to_be_visible(timeout=SOON)
    host.locator(".group.loose .note", has_text="De school belt pas in juni.").press("1")
    expect(host.locator(".group:not(.loose)").first).to_contain_text("De school belt pas in juni.")

    # A phone without a network keeps what is said, over a reload, and sends it once.
    pitcher.context.set_offline(True)
    type_and_send(pitcher, "Eerst gezegd zonder netwerk.")
    type_and_send(pitcher, "Daarna gezegd zonder netwerk.")
    expect(pitcher.locator("#own li")).to_have_count(2)
    with suppress(BrowserError):  # there is nothing to load from
        pitcher.reload()
    pitcher.context.set_offline(False)
    pitcher.goto(f"{BASE}/aan-tafel")
    for text in ("Eerst gezegd zonder netwerk.", "Daarna gezegd zonder netwerk."):
        expect(said(host, text)).to_have_count(1, timeout=RIGHT_AGAIN)
        expect(said(pitcher, text)).to_have_count(1)
    expect(pitcher.locator("#own li")).to_have_count(0)

    # A message of the secretary is everywhere.
    secretary.fill("#bericht", "Over tien minuten lezen wij voor.")
    secretary.get_by_role("button", name="Stuur naar alle tafels").click()
    for page in (phone, pitcher, host, wall):
        expect(page.get_by_text("Over tien minuten lezen wij voor.").locator("visible=true").first).to_be_visible()

    # A vote is secret, and its outcome is hidden until it closes.
    secretary.get_by_role("button", name="Peilingen", exact=True).click()
    section = wall.locator(".harvest3 section", has_text="Een bestuurder mag tussen twee vergaderingen")
    expect(section.locator(".figure")).to_have_text("29")
    phone.get_by_role("button", name="eens", exact=True).click()
    pitcher.get_by_role("button", name="oneens", exact=True).click()
    expect(section.locator(".figure")).to_have_text("31")
    for page in (phone, pitcher):
        expect(page.locator("[data-part=asks] [aria-pressed=true]")).to_have_count(1)
        expect(page.locator(".outcome")).to_have_count(0)
    expect(pitcher.locator(".ask")).to_contain_text("31 stemmen tot nu toe")
    expect(section.locator(".outcome")).to_have_count(0)
    secretary.locator("[data-part=statements] li", has_text="tussen twee vergaderingen").get_by_role("button").click()
    expect(section.locator(".outcome")).to_be_visible()
    expect(phone.locator(".ask")).to_have_count(0)

    # The server dies in the middle; what was acknowledged is there, what was said meanwhile comes once.
    type_and_send(phone, "Gezegd vóór de stroom uitviel.")
    expect(phone.locator("#own li")).to_have_count(0)
    expect(said(host, "Gezegd vóór de stroom uitviel.")).to_have_count(1)
    server.kill()
    type_and_send(phone, "Gezegd terwijl alles stil lag.")
    type_and_send(pitcher, "En nog iets terwijl alles stil lag.")
    expect(phone.locator("#own li")).to_have_count(1)
    server.start()
    for text in ("Gezegd vóór de stroom", "Gezegd terwijl alles stil", "En nog iets terwijl alles stil"):
        for page in (host, phone, pitcher):
            expect(said(page, text)).to_have_count(1, timeout=RIGHT_AGAIN)
    texts = [row[0] for row in server.ask("SELECT text FROM tables_contribution WHERE table_id = 2")]
    assert len(texts) == len(set(texts))
    votes = server.ask(
        "SELECT count(*) FROM tables_vote v JOIN tables_statement s ON s.id = v.statement_id"
        " WHERE NOT v.replaced AND s.text LIKE ?",
        "Een bestuurder mag tussen twee%",
    )
    assert votes == [(31,)]

    # The harvest is read out, confirmed by both, and stands on the big screen.
    secretary.get_by_role("button", name="Oogst", exact=True).click()
    host.get_by_role("button", name="Lees voor").click()
    host.get_by_role("button", name="Dit is wat wij zeiden").click()
    pitcher.get_by_role("button", name="Dit is wat wij zeiden").click()
    mine = wall.locator(".harvest3 section", has_text="Regel dat elke school weet")
    expect(mine.locator(".state")).to_have_text(re.compile("bevestigd"), timeout=RIGHT_AGAIN)
    expect(phone.locator("[data-part=harvest] .state")).to_have_text(re.compile("bevestigd"))


def keep_focus(page: Page, deed: str) -> None:
    """After a deed and the refresh that follows it, the focus is still somewhere."""
    page.wait_for_function(f"() => {{ return {FOCUSED} !== ''; }}", timeout=5000)
    assert page.evaluate(FOCUSED), f"the focus is lost after {deed}"


def test_a_host_with_a_keyboard_only(open_browser: OpenBrowser, server: Server) -> None:
    host, pitcher = open_browser(), open_browser(width=390)
    join(pitcher, server, "R. Reiger", 4)
    join(host, server, "E. Ooievaar", 4)
    host.goto(f"{BASE}/tafel/4")
    expect(host.locator("[data-status=live]")).to_be_attached()
    for text in ("Wij bellen eerst de politie.", "Niemand belt ons terug.", "Een vaste naam bij elke school helpt."):
        type_and_send(pitcher, text)
        expect(said(host, text)).to_be_visible()
    tab_to(host, "button[name=phase][value=group]")
    host.keyboard.press("Enter")
    expect(host.locator("button[name=phase][value=group][aria-current=step]")).to_be_focused()

    known = host.locator("[data-group]:not(.loose)").count()
    for title in ("Wie belt wie", "Wat mag"):
        tab_to(host, ".host-tools input[name=title]")
        host.keyboard.type(title)
        host.keyboard.press("Enter")
        expect(host.locator(".group h3", has_text=title)).to_be_visible()
        expect(host.locator(".host-tools input[name=title]")).to_be_focused()
    first, second = host.locator("[data-group]:not(.loose)").all()[known:]
    moved = []
    for count in (1, 2, 3):
        tab_to(host, ".group.loose .note[data-id]")
        moved.append(str(host.evaluate("document.activeElement.dataset.id")))
        host.keyboard.press(str(known + 1))
        expect(first.locator(".note[data-id]")).to_have_count(count)
        expect(host.locator(f"#n-{moved[-1]}")).to_be_focused()
    order = first.locator(".note[data-id]")
    before = order.evaluate_all("all => all.map((one) => one.dataset.id)")
    assert sorted(before) == sorted(moved)
    host.locator(f"#n-{before[2]}").focus()  # as Shift+Tab would; what counts is what the keys do here
    host.keyboard.press("Alt+ArrowUp")
    expect(order.nth(1)).to_have_id(f"n-{before[2]}")
    expect(order.nth(1)).to_be_focused()
    host.keyboard.press("Alt+ArrowUp")
    expect(order.first).to_have_id(f"n-{before[2]}")
    host.keyboard.press("Alt+ArrowDown")
    host.keyboard.press(str(known + 2))
    expect(second.locator(".note[data-id]")).to_have_count(1)
    expect(host.locator(f"#n-{before[2]}")).to_be_focused()

    # Somebody speaks meanwhile: the hand stays where it was.
    type_and_send(pitcher, "Wij bellen elkaar nu al, buiten de lijn om.")
    expect(said(host, "Wij bellen elkaar nu al")).to_be_visible()
    expect(host.locator(f"#n-{before[2]}")).to_be_focused()
    tab_to(host, f"#n-{moved[0]} summary")
    host.keyboard.press("Enter")
    tab_to(host, f"#n-{moved[0]} button[type=submit]:not([name])")
    keep_focus(host, "opening what can be done with a contribution")

    tab_to(host, "#opdracht")
    host.keyboard.type("Regel dat het Zorg- en Veiligheidshuis binnen een dag terugbelt.")
    tab_to(host, "input[name=addressees]")
    host.keyboard.press("Space")
    tab_to(host, "details[data-open=bouwt] > summary")
    host.keyboard.press("Enter")
    tab_to(host, "input[name=contributions][type=checkbox]")
    host.keyboard.press("Space")
    type_and_send(pitcher, "En dit kwam er precies tussendoor.")  # a fresh page must not take the tick away
    expect(said(host, "En dit kwam er precies tussendoor.")).to_be_visible()
    expect(host.locator("[data-saved]")).to_have_text("bewaard")
    expect(host.locator("input[name=contributions][type=checkbox]").first).to_be_checked()
    expect(host.locator("input[name=contributions][type=checkbox]").first).to_be_focused()

    tab_to(host, "#anders-dan")
    host.keyboard.type("Elke school krijgt binnen 1 dag antwoord.")
    host.keyboard.press("Tab")
    host.keyboard.type("scholen in de regio")
    tab_to(host, "form[data-new=result] button[type=submit]")
    host.keyboard.press("Enter")
    expect(host.locator(".results li")).to_have_count(1)
    keep_focus(host, "adding a result")
    tab_to(host, "form[action$=read-back] button")
    host.keyboard.press("Enter")
    expect(host.locator("form[action$=confirm] button")).to_be_focused()
    host.keyboard.press("Enter")
    expect(host.locator("[data-part=harvest-state]")).to_contain_text("de tafelheer heeft bevestigd")
    keep_focus(host, "confirming")
    pitcher.get_by_role("button", name="Dit is wat wij zeiden").click()
    expect(host.locator("[data-part=harvest-fixed]")).to_contain_text("binnen een dag terugbelt")
    expect(host.locator("#opdracht")).to_have_count(0)
    keep_focus(host, "the pitcher confirmed")


def test_a_table_without_scripts(open_browser: OpenBrowser, server: Server) -> None:
    host, pitcher = open_browser(scripts=False), open_browser(width=390, scripts=False)
    join(pitcher, server, "J. Putter", 5)
    join(host, server, "D. Kwikstaart", 5)
    type_and_send(pitcher, "Zonder script gezegd.")
    expect(said(pitcher, "Zonder script gezegd.")).to_have_count(1)
    pitcher.locator("input[name=kind][value=fact]").check()
    type_and_send(pitcher, "Een feit zonder bron.")
    expect(pitcher.locator("h1")).to_have_text("Dit is nog niet bewaard")
    expect(pitcher.locator("textarea")).to_have_value("Een feit zonder bron.")
    pitcher.get_by_role("link", name="Ga terug en probeer het opnieuw").click()
    ask = pitcher.locator(".ask").first
    if ask.count():
        pitcher.locator(".ask button[value='1']").first.click()
        expect(pitcher.locator(".ask button[value='1'][aria-pressed=true]").first).to_be_visible()

    host.goto(f"{BASE}/tafel/5")
    host.fill("#nieuwe-groep", "Zonder script")
    host.get_by_role("button", name="Nieuwe groep").click()
    note = host.locator(".note", has_text="Zonder script gezegd.")
    note.locator("summary").click()
    note.locator("select[name=group]").select_option(label="Zonder script")
    note.get_by_role("button", name="Verplaats").click()
    expect(host.locator(".group", has=host.locator("h3", has_text="Zonder script"))).to_contain_text(
        "Zonder script gezegd."
    )
    host.fill("#opdracht", "Regel één nummer voor alle scholen.")
    host.locator("input[name=addressees]").first.check()
    host.locator("details[data-open=bouwt] > summary").click()
    host.locator("label", has_text="Zonder script gezegd.").locator("input").check()
    host.get_by_role("button", name="Bewaar", exact=True).click()
    expect(host.locator("#opdracht")).to_have_value("Regel één nummer voor alle scholen.")
    host.fill("#anders-dan", "Elke school krijgt binnen 1 dag antwoord.")
    host.fill("#wanneer", "2027-07-01")
    host.get_by_role("button", name="Voeg toe", exact=True).click()
    expect(host.locator(".results li")).to_have_count(1)
    host.get_by_role("button", name="Lees voor").click()
    host.get_by_role("button", name="Dit is wat wij zeiden").click()
    pitcher.reload()
    pitcher.get_by_role("button", name="Dit is wat wij zeiden").click()
    expect(pitcher.locator("[data-part=harvest] .state").first).to_have_text(re.compile("bevestigd"))
    host.reload()
    expect(host.locator("[data-part=harvest-state] .state")).to_have_text(re.compile("bevestigd"))
