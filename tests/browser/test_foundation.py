"""The pages of the foundation as people meet them: by keyboard, narrow, in every theme, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PAGES = ("/rollen", "/weergave", "/over", "/toegankelijkheid", "/inloggen", "/wachtwoord-vergeten", "/bestaat-niet")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("size", ["wide", "phone"])
def test_axe_finds_no_barrier(
    size: str, theme: str, open_page: Callable[..., Page], barriers: Callable[[Page], list[str]]
) -> None:
    page = open_page(PAGES[0], size=size, theme=theme)
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = barriers(page)
    assert found == {path: [] for path in PAGES}


def test_no_page_scrolls_sideways_at_320_pixels(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGES[0], size="narrow")
    too_wide = {}
    for path in PAGES:
        page.goto(path)
        too_wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide == dict.fromkeys(PAGES, 0)


@pytest.mark.parametrize("role", ["Secretaris", "Technisch beheerder"])
def test_the_bar_of_a_narrow_phone_stays_one_line(role: str, open_page: Callable[..., Page]) -> None:
    page = open_page("/rollen?next=/over", size="narrow")
    page.get_by_role("button", name=role, exact=False).filter(has=page.get_by_text(role, exact=True)).click()
    expect(page).to_have_url(re.compile("/over$"))
    expect(page.locator(".topbar > .who")).to_have_text(role)
    page.wait_for_load_state("load")  # measured before its style sheets came, the bar is a plain list
    tops = page.locator(".topbar > a, .topbar > details").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map((box) => box.top + box.height / 2)"
    )
    assert max(tops) - min(tops) < 4
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_browser_refuses_nothing_of_our_own(open_page: Callable[..., Page]) -> None:
    page = open_page("/over")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PAGES[:-1]:
        page.goto(path)
    assert complaints == []


def test_every_stop_of_the_tab_key_can_be_seen(open_page: Callable[..., Page]) -> None:
    page = open_page("/rollen")
    stops = []
    for _ in range(20):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                """() => { const it = document.activeElement, style = getComputedStyle(it);
                const box = it.getBoundingClientRect();
                return [it.textContent.trim(), parseFloat(style.outlineWidth) >= 3 && style.outlineStyle !== 'none',
                        box.width > 0 && box.height > 0]; }"""
            )
        )
    assert stops[0][0] == "Naar de inhoud"
    assert {text for text, is_marked, has_size in stops if not (is_marked and has_size)} == set()


def test_somebody_chooses_a_role_with_the_keyboard_and_leaves_it(open_page: Callable[..., Page]) -> None:
    page = open_page("/rollen?next=/over")
    page.get_by_role("button", name="Secretaris bereidt voor").press("Enter")
    expect(page).to_have_url(re.compile("/over$"))
    page.get_by_role("link", name="Secretaris").first.click()
    expect(page.get_by_role("heading", name="U bent nu M. Merel: Secretaris")).to_be_visible()
    page.get_by_role("button", name="Leg deze rol neer").click()
    expect(page.get_by_role("link", name="Kies een rol")).to_be_visible()


def test_a_field_with_a_problem_says_so_to_who_cannot_see_it(
    open_page: Callable[..., Page], barriers: Callable[[Page], list[str]]
) -> None:
    page = open_page("/inloggen")
    page.get_by_label("E-mailadres").fill("merel")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_label("E-mailadres")).to_have_accessible_description(re.compile("geen volledig e-mailadres"))
    expect(page.get_by_label("Wachtwoord")).to_have_attribute("aria-invalid", "true")
    assert barriers(page) == []


def test_language_changes_without_scripts_and_keeps_the_page(open_page: Callable[..., Page]) -> None:
    page = open_page("/toegankelijkheid", scripts=False)
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile("/toegankelijkheid$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Schakelbord is for everybody in the room")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_display_changes_without_scripts(open_page: Callable[..., Page]) -> None:
    page = open_page("/over", scripts=False)
    page.get_by_role("link", name="Weergave").click()
    page.get_by_label("Donker").check()
    page.get_by_label("Groot").check()
    page.get_by_label("Zonder beweging").check()
    page.get_by_role("button", name="Laat het zo zien").click()
    expect(page).to_have_url(re.compile("/over$"))
    expect(page.locator("html")).to_have_css("font-size", "20px")
    expect(page.locator("body")).to_have_css("background-color", "rgb(18, 22, 31)")
    expect(page.locator(".button, a").first).to_have_css("transition-duration", "0.001s")


def test_display_follows_the_device_until_somebody_chooses(open_page: Callable[..., Page]) -> None:
    dark = open_page("/over", color_scheme="dark")
    expect(dark.locator("body")).to_have_css("background-color", "rgb(18, 22, 31)")
    light = open_page("/over", color_scheme="light")
    expect(light.locator("body")).to_have_css("background-color", "rgb(252, 251, 248)")
    calm = open_page("/over", reduced_motion="reduce")
    expect(calm.locator("a").first).to_have_css("transition-duration", "0.001s")


def test_phone_reaches_everything_by_its_menu(open_page: Callable[..., Page]) -> None:
    page = open_page("/over", size="phone")
    page.locator("summary", has_text="Menu").click()
    expect(page.locator(".menu-sheet").get_by_role("link", name="Verhalen")).to_be_visible()
    page.locator(".menu-sheet").get_by_role("link", name="Weergave").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe leest u het prettigst?")
