"""The pages of issues in a browser: no barrier, nothing beside the screen, a dilemma from typing to the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Barriers = Callable[[Page], list[str]]
PAGES = ("/vraagstukken?stand=open", "/vraagstukken/D-05", "/vraagstukken/nieuw", "/werkgroepen/nieuw", "/werkvoorraad")


def as_secretary(page: Page, address: str) -> Page:
    """The page for the secretary of the demo."""
    page.goto(f"{address}/rollen")
    page.click("button[value=secretary]")
    return page


@pytest.mark.parametrize(("size", "theme"), [("wide", "light"), ("phone", "dark")])
def test_no_barrier_and_nothing_beside_the_screen(
    open_page: OpenPage, barriers: Barriers, address: str, size: str, theme: str
) -> None:
    page = as_secretary(open_page("/rollen", size=size, theme=theme), address)
    for path in PAGES:
        page.goto(address + path)
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_dilemma_with_a_number_in_it_is_mended_and_stands_in_the_list(open_page: OpenPage, address: str) -> None:
    page = as_secretary(open_page("/rollen", size="phone"), address)
    page.goto(f"{address}/vraagstukken/nieuw")
    page.get_by_label("Wat is het dilemma, in één zin?").fill("Wie belt terug als niemand aan zet is?")
    page.get_by_label("Wat hebt u geprobeerd?").fill("Ik belde 06-12345678.")
    page.get_by_role("button", name="Breng in").click()
    tried = page.get_by_label("Wat hebt u geprobeerd?")
    expect(tried).to_have_attribute("aria-invalid", "true")
    expect(tried).to_be_focused()
    expect(page.get_by_label("Wat is het dilemma, in één zin?")).to_have_value("Wie belt terug als niemand aan zet is?")
    tried.fill("Ik belde een organisatie.")
    page.get_by_role("button", name="Breng in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie belt terug als niemand aan zet is?")
    page.goto(f"{address}/vraagstukken?volgorde=nieuw")
    expect(page.locator(".issues tbody tr").first).to_contain_text("Wie belt terug als niemand aan zet is?")
