"""The pages of the system model in a real browser: everything by keyboard, on a phone, without barriers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Barriers = Callable[[Page], list[str]]
SPILLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
CHANNEL = "/stelsel/channels/regel/meldcode_school_vt"
DAYS = "[id='v-delay.days']"
FOCUSED = "(wanted) => document.activeElement?.matches(wanted) ?? false"
PAGES = (
    "/stelsel",
    "/stelsel/organisations",
    "/stelsel/channels",
    "/stelsel/channels?zoek=meldcod_scholl",
    CHANNEL,
    "/stelsel/bodies/regel/zorgadviesteam",
    "/stelsel/signals/nieuw",
    "/stelsel/concept",
    "/stelsel/invoer",
    "/stelsel/versie/1",
    "/stelsel/gevolgen/concept",
)


def open_as(open_page: OpenPage, role: str, path: str, **more: Any) -> Page:
    """A page as somebody with a role of the demo sees it."""
    page = open_page("/rollen", **more)
    page.locator(f"button[value={role}]").click()
    page.wait_for_url(lambda url: "rollen" not in url or "next" in url)
    page.goto(path)
    return page


def tab_to(page: Page, wanted: str, most: int = 150) -> None:
    """Press Tab until the element that fits has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached with Tab")


def set_days(page: Page, days: str) -> None:
    """Give the channel another delay, by keyboard."""
    page.goto(CHANNEL)
    tab_to(page, DAYS)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(days)
    page.keyboard.press("Enter")


def with_draft(page: Page, days: str) -> None:
    """A draft that differs from every version."""
    set_days(page, days)
    expect(page.get_by_text("staat in het concept.")).to_be_visible()


def test_search_open_change_and_find_it_in_the_differences_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/stelsel/channels")
    tab_to(page, "#zoek")
    page.keyboard.type("meldcode_school_vt")
    expect(page.locator("#tabel tbody tr")).to_have_count(1)
    expect(page.locator("#zoek")).to_be_focused()
    tab_to(page, "#tabel tbody th a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{CHANNEL}$"))
    tab_to(page, DAYS)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("veel")
    page.keyboard.press("Enter")
    expect(page.locator(DAYS)).to_have_value("veel")
    expect(page.locator(DAYS)).to_have_accessible_description(
        re.compile("minstens 1. “veel” kan niet; vul een heel getal in.")
    )
    tab_to(page, DAYS)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("31")
    page.keyboard.press("Enter")
    expect(page.get_by_text("staat in het concept.")).to_be_visible()
    page.goto("/stelsel")
    tab_to(page, "a[href='/stelsel/concept']")
    page.keyboard.press("Enter")
    expect(page.locator(".changes li", has_text="meldcode_school_vt")).to_contain_text("31")


def test_many_rows_change_together_after_one_saw_what_changes(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/stelsel/signals?zoek=verzuim")
    rows = page.locator("#tabel tbody tr").count()
    for _ in range(rows):
        tab_to(page, ".pick input")
        page.keyboard.press("Space")
    tab_to(page, "#veld")
    page.keyboard.type("Gevoelig")
    tab_to(page, "#waarde")
    page.keyboard.type("geheim")
    page.keyboard.press("Enter")
    expect(page.locator("#waarde")).to_have_value("geheim")
    expect(page.locator("#waarde")).to_have_accessible_description(
        "“geheim” kan niet; kies uit: criminal, health, none."
    )
    tab_to(page, "#waarde")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("health")
    tab_to(page, "form.stack button:not([name])")
    page.keyboard.press("Enter")
    expect(page.locator("tbody td b").first).to_have_text("health")
    tab_to(page, "button[name=doe]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("regels veranderd in het concept")).to_be_visible()
    page.goto("/stelsel")
    page.get_by_role("button", name="Maak mijn laatste wijziging ongedaan").press("Enter")
    expect(page.get_by_text("Ongedaan gemaakt")).to_be_visible()


def test_a_file_comes_in_after_a_look_and_the_draft_becomes_a_version_beside_another(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/stelsel")
    with page.expect_download() as download:
        tab_to(page, "a[href$='stelsel.xlsx']")
        page.keyboard.press("Enter")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book["themes"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("name.nl") + 1).value = "Thema uit een bestand"
    stream = io.BytesIO()
    book.save(stream)
    tab_to(page, "a[href='/stelsel/invoer']")
    page.keyboard.press("Enter")
    file = {"name": "stelsel.xlsx", "mimeType": "application/octet-stream", "buffer": stream.getvalue()}
    page.locator("#bestand").set_input_files(file)  # type: ignore[arg-type]
    page.locator("#bestand").focus()
    tab_to(page, "main form.sheet button")
    page.keyboard.press("Enter")
    expect(page.locator(".changes ins", has_text="Thema uit een bestand")).to_be_visible()
    tab_to(page, "button[name=doe]")
    page.keyboard.press("Enter")
    expect(page.locator(".changes ins", has_text="Thema uit een bestand")).to_be_visible()
    tab_to(page, "#naam")
    page.keyboard.type("Met een ander thema")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Met een ander thema")
    tab_to(page, "#met")
    page.keyboard.type("1.")
    tab_to(page, "form[method=get] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Naast versie 1")).to_be_visible()
    expect(page.locator(".changes ins", has_text="Thema uit een bestand")).to_be_visible()


def test_the_effects_are_computed_while_nobody_looks(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/stelsel")
    with_draft(page, "47")
    page.goto("/stelsel/gevolgen/concept")
    tab_to(page, ".effects-bar button")
    page.keyboard.press("Enter")
    expect(page.locator("#stop, .effects-bar .done").first).to_be_visible()
    page.goto("/verhalen")
    page.goto("/stelsel/gevolgen/concept")
    expect(page.locator(".effects-bar .done")).to_have_text("Alle verhalen zijn doorgerekend.", timeout=30_000)
    expect(page.get_by_text("nog niet doorgerekend")).to_have_count(0)
    reader = open_as(open_page, "participant", "/stelsel/gevolgen/concept")
    expect(reader.locator(".effects-bar .done")).to_be_visible()
    expect(reader.locator(".effects-bar button")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_the_model_has_barriers(open_page: OpenPage, barriers: Barriers, theme: str) -> None:
    page = open_as(open_page, "secretary", "/stelsel", theme=theme, language="nl" if theme == "light" else "en")
    page.goto(CHANNEL)
    page.locator("[id='v-delay.source']").fill(f"Bron {theme}")
    page.locator(".model-fields .buttons button").press("Enter")
    for address in PAGES:
        page.goto(address)
        assert barriers(page) == [], address


def test_the_form_with_problems_and_the_preview_of_a_bulk_edit_have_no_barriers(
    open_page: OpenPage, barriers: Barriers
) -> None:
    page = open_as(open_page, "secretary", "/stelsel")
    set_days(page, "veel")
    expect(page.locator(".problem")).to_be_visible()
    assert barriers(page) == []
    page.goto("/stelsel/channels")
    page.locator(".pick input").first.check()
    assert barriers(page) == []
    page.locator("#waarde").fill("niets")
    page.locator("#waarde").press("Enter")
    page.wait_for_url("**/samen")
    assert barriers(page) == []


@pytest.mark.parametrize("size", ["phone", "narrow"])
def test_on_a_phone_nothing_scrolls_sideways_and_filters_are_folded(open_page: OpenPage, size: str) -> None:
    page = open_as(open_page, "secretary", "/stelsel", size=size)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate(SPILLS) is False, address
    page.goto("/stelsel/channels")
    assert page.locator("#tabel").evaluate("(table) => table.getBoundingClientRect().top + scrollY") < 640
    expect(page.locator("[id='f-works']")).not_to_be_visible()
    page.locator(".narrow summary").press("Enter")
    page.locator("[id='f-works']").select_option("paper")
    expect(page.locator("#tabel")).to_contain_text("alleen op papier")
    assert page.evaluate(SPILLS) is False


def test_on_a_wide_screen_filters_are_in_sight(open_page: OpenPage) -> None:
    page = open_as(open_page, "participant", "/stelsel/channels")
    expect(page.locator("[id='f-works']")).to_be_visible()
    expect(page.locator(".narrow summary")).not_to_be_visible()
