"""Every screen of a meeting: nothing that axe finds, in both themes, and no sideways scrolling on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
SCREENS = (
    ("secretary", "/bijeenkomsten"),
    ("secretary", "/bijeenkomsten/1"),
    ("secretary", "/bijeenkomsten/1/deelnemers"),
    ("secretary", "/bijeenkomsten/1/deelnemers/lijst"),
    ("secretary", "/bijeenkomsten/1/tafels"),
    ("secretary", "/bijeenkomsten/1/uitnodiging"),
    ("secretary", "/bijeenkomsten/1/regie"),
    ("secretary", "/bijeenkomsten/1/scherm"),
    ("secretary", "/bijeenkomsten/1/peiling"),
    ("secretary", "/bijeenkomsten/1/briefjes"),
    ("secretary", "/bijeenkomsten/1/papier"),
    ("secretary", "/dossiers"),
    ("secretary", "/dossiers/1"),
    ("secretary", "/gremia"),
    ("secretary", "/gremia/1"),
    ("table_host", "/bijeenkomsten/1/tafel/2"),
    ("participant", "/bijeenkomsten/1/aan-tafel"),
    ("participant", "/bijeenkomsten/1/mee"),
)
WALL = "/bijeenkomsten/1/scherm"


@pytest.mark.parametrize(
    ("theme", "size"), [("light", "wide"), ("dark", "wide"), ("light", "phone"), ("dark", "phone")]
)
def test_axe_finds_nothing(open_page: OpenPage, barriers: Callable[[Page], list[str]], theme: str, size: str) -> None:
    pages: dict[str, Page] = {}
    found = {}
    for role, address in SCREENS:
        if role not in pages:
            pages[role] = open_page("/rollen", theme=theme, size=size)
            pages[role].click(f"button[value={role}]")
        page = pages[role]
        page.goto(address)
        expect(page.locator("h1").first).to_be_visible()
        found[address] = barriers(page)
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("size", ["phone", "narrow"])
def test_nothing_scrolls_sideways(open_page: OpenPage, size: str) -> None:
    pages: dict[str, Page] = {}
    wide = []
    for role, address in SCREENS:
        if role not in pages:
            pages[role] = open_page("/rollen", size=size)
            pages[role].click(f"button[value={role}]")
        pages[role].goto(address)
        if address != WALL and pages[role].evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []


def test_a_plain_form_lays_something_on_the_table_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/rollen", size="phone", scripts=False)
    page.click("button[value=participant]")
    page.goto("/bijeenkomsten/1/aan-tafel")
    page.fill("#tekst", "Bel mij op 06 1234 5678 voor meer.")
    page.get_by_role("button", name="Leg op tafel").click()
    expect(page.locator("h1")).to_have_text("Dit is nog niet bewaard")
    expect(page.locator("textarea")).to_have_value("Bel mij op 06 1234 5678 voor meer.")
    page.goto("/bijeenkomsten/1/aan-tafel")
    page.fill("#tekst", "Zonder scripts werkt het ook.")
    page.get_by_role("button", name="Leg op tafel").click()
    expect(page.locator(".note .said", has_text="Zonder scripts werkt het ook.")).to_be_visible()


def test_what_is_said_without_a_network_arrives_once(open_page: OpenPage) -> None:
    page = open_page("/rollen", size="phone")
    page.click("button[value=participant]")
    page.goto("/bijeenkomsten/1/aan-tafel")
    page.context.set_offline(True)
    for text in ("Eerste zonder netwerk.", "Tweede zonder netwerk."):
        page.fill("#tekst", text)
        page.get_by_role("button", name="Leg op tafel").click()
        expect(page.locator("#own .told", has_text=text)).to_be_visible()
    page.context.set_offline(False)
    for text in ("Eerste zonder netwerk.", "Tweede zonder netwerk."):
        expect(page.locator(".note .said", has_text=text)).to_have_count(1, timeout=20_000)
    page.reload()
    expect(page.locator(".note .said", has_text="zonder netwerk.")).to_have_count(2)
    expect(page.locator("#own")).to_be_hidden()
