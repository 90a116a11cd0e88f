"""The programme of a year, an action and the account in a browser: for everybody, at every width, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
DONE, OWN = "A-05", "A-12"
PAGES = (
    "/actieprogramma",
    "/actieprogramma?beeld=tijdlijn",
    f"/acties/{DONE}",
    f"/acties/{OWN}",
    f"/draad/{DONE}",
    "/verantwoording/2025",
    "/bericht/onbekend",
)


def come_in(page: Page, role: str) -> Page:
    """Choose a role."""
    page.goto("/rollen?next=/over")
    page.locator(f"button[value={role}]").click()
    expect(page).to_have_url(re.compile("/over$"))
    return page


def years(page: Page) -> list[str]:
    """The pages, with the account of the year before that of the newest programme."""
    page.goto("/actieprogramma")
    newest = int(page.url.rsplit("/", 1)[1])
    return [path.replace("2025", str(newest - 1)) for path in PAGES]


@pytest.mark.parametrize(("size", "theme"), [("wide", "light"), ("phone", "dark"), ("narrow", "contrast")])
def test_axe_finds_no_barrier_and_nothing_is_too_wide(
    size: str, theme: str, open_page: OpenPage, barriers: Callable[[Page], list[str]]
) -> None:
    page = come_in(open_page("/rollen", size=size, theme=theme), "action_owner")
    found, too_wide, complaints = {}, {}, []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    paths = years(page)
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("load")
        found[path] = barriers(page)
        too_wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert found == {path: [] for path in paths}
    assert too_wide == dict.fromkeys(paths, 0)
    assert [line for line in complaints if "404" not in line] == []


@pytest.mark.parametrize("code", ["A-04", DONE, "A-06", "V-06", "O-01", "B-2026-01"])
def test_a_thread_prints_on_one_sheet(open_page: OpenPage, code: str) -> None:
    page = come_in(open_page("/rollen"), "secretary")
    if code.startswith("B-"):
        page.goto("/besluiten?stand=vastgesteld")
        code = page.locator("main .code").last.inner_text()
    assert page.goto(f"/draad/{code}").ok  # type: ignore[union-attr]
    paper = page.pdf(prefer_css_page_size=True)
    assert len(pypdfium2.PdfDocument(paper)) == 1


def test_a_choice_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page = come_in(open_page("/rollen"), "secretary")
    page.goto("/actieprogramma")
    theme, body = (page.locator("details.pick > summary").filter(has_text=name) for name in ("Thema", "Gremium"))
    theme.focus()
    page.keyboard.press("Enter")
    links = page.locator("details.pick[open] a")
    expect(links.first).to_be_visible()
    body.click()
    expect(page.locator("details.pick[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("details.pick[open]")).to_have_count(0)
    expect(body).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("details.pick[open] a", has_text="Netwerk Leerplicht").click()
    expect(page).to_have_url(re.compile("gremium="))
    expect(page.locator(".prog h2")).to_have_count(2)
    expect(page.get_by_role("button", name="Druk af")).to_be_visible()


def test_a_report_without_scripts(open_page: OpenPage) -> None:
    page = come_in(open_page("/rollen", scripts=False), "action_owner")
    page.goto(f"/acties/{OWN}")
    before = page.locator(".reports > li").count()
    page.get_by_text("Vertel hoe het gaat").click()
    page.locator("input[value=behind]").check()
    page.get_by_role("button", name="Dien dit bericht in").click()
    expect(page.locator(".problem")).to_contain_text("Vul dit in.")
    expect(page.locator("input[value=behind]")).to_be_checked()
    page.get_by_label("In een paar zinnen").fill("Het kost meer tijd dan wij dachten.")
    page.get_by_role("button", name="Dien dit bericht in").click()
    expect(page.locator(".reports > li")).to_have_count(before + 1)
    expect(page.locator(".page-head .state")).to_contain_text("langzamer")
