"""Every screen of a meeting: no barrier, nothing too wide, no complaint of the browser, large enough to touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request, expect

OpenPage = Callable[..., Page]
Barriers = Callable[[Page], list[str]]
SHOWN = ("agenda", "tables", "votes", "harvest", "clock", "black")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('main details').forEach((one) => (one.open = true))"
TOO_SMALL = """() => [...document.querySelectorAll("main button, main summary, main input, main select, main textarea")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(".visually-hidden"))
  .map((one) => {
    const box = (["radio", "checkbox"].includes(one.type) ? one.closest("label") ?? one : one).getBoundingClientRect();
    return [one.textContent.trim().slice(0, 40) || one.name, box.width, box.height];
  })
  .filter(([, width, height]) => width > 1 && (width < 43.5 || height < 43.5))
  .map((found) => found.join(" "))"""


@dataclass
class Looked:
    """What a walk along the screens found, by address; nothing at all when it is well."""

    barriers: dict[str, list[str]] = field(default_factory=dict)
    too_wide: dict[str, int] = field(default_factory=dict)
    too_small: dict[str, list[str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def in_role(page: Page, role: str) -> str:
    """Choose a role of the demo; gives the address of its meeting."""
    page.goto("/rollen?next=/over")
    page.click(f"button[value={role}]")
    page.wait_for_url("**/over")
    return "/bijeenkomsten/1"


def prepared(page: Page) -> Iterator[None]:
    """The screens of who prepares and runs a meeting, each of them opened in turn."""
    base = in_role(page, "secretary")
    ways = ("", "/deelnemers", "/deelnemers?zoek=niemand", "/deelnemers/lijst", "/uitnodiging", "/peiling", "/briefjes")
    for path in ("/bijeenkomsten", *(f"{base}{way}" for way in ways)):
        page.goto(path)
        yield
    page.goto(f"{base}/deelnemers/lijst")
    page.fill("#tekst", "Vink, T. <t.vink@ergens.example>; Onbekend <geen adres>")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state("load")
    yield
    page.goto(f"{base}/regie")
    page.evaluate(UNFOLD)
    yield


def spoken(page: Page) -> Iterator[None]:
    """The screens of who sits at a table, and of who does not yet."""
    page.goto("/bijeenkomsten/1/mee")
    yield
    page.goto("/antwoord/onbekend")
    yield
    base = in_role(page, "participant")
    for path in ("/mee", f"{base}/aan-tafel"):
        page.goto(path)
        yield
    page.evaluate(UNFOLD)
    yield
    in_role(page, "pitcher")
    page.goto(f"{base}/aan-tafel")
    yield
    in_role(page, "table_host")
    page.goto(f"{base}/aan-tafel")
    page.locator("main a[href*='/tafel/']").first.click()
    page.wait_for_url("**/tafel/*")
    yield
    page.evaluate(UNFOLD)
    yield


def walk(page: Page, screens: Callable[[Page], Iterator[None]], barriers: Barriers | None) -> Looked:
    """Go along the screens and write down what is wrong with each."""
    found = Looked()
    page.on("console", lambda said: found.complaints.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: found.complaints.append(f"{page.url}: {error}"))
    page.on("response", lambda answer: _complain(found, answer.request, answer.status))
    for number, _ in enumerate(screens(page)):
        name = f"{number} {re.sub('^https?://[^/]+', '', page.url)}"
        page.wait_for_load_state("load")
        if barriers is not None and (rules := barriers(page)):
            found.barriers[name] = rules
        if wide := page.evaluate(OVERFLOW):
            found.too_wide[name] = wide
        if page.viewport_size and page.viewport_size["width"] < 500 and (small := page.evaluate(TOO_SMALL)):
            found.too_small[name] = small
    return found


def _complain(found: Looked, request: Request, status: int) -> None:
    if status >= 500:
        found.complaints.append(f"{request.url}: {status}")


@pytest.mark.parametrize(("theme", "size"), [("light", "phone"), ("dark", "wide")])
@pytest.mark.parametrize("screens", [prepared, spoken])
def test_nothing_is_in_the_way(
    screens: Callable[[Page], Iterator[None]], size: str, theme: str, open_page: OpenPage, barriers: Barriers
) -> None:
    page = open_page("/over", size=size, theme=theme)
    found = walk(page, screens, barriers)
    expected = [line for line in found.complaints if "/antwoord/onbekend" in line or "400 (Bad Request)" in line]
    assert Looked(complaints=expected) == found


@pytest.mark.parametrize("screens", [prepared, spoken])
@pytest.mark.parametrize("language", ["nl"])
def test_nothing_is_wider_than_a_narrow_phone(
    language: str, screens: Callable[[Page], Iterator[None]], open_page: OpenPage
) -> None:
    found = walk(open_page("/over", size="narrow", language=language), screens, None)
    assert (found.too_wide, found.too_small) == ({}, {})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_big_screen_fits_and_has_no_barrier(theme: str, open_page: OpenPage, barriers: Barriers) -> None:
    page = open_page("/over", theme=theme)
    base = in_role(page, "secretary")
    page.goto(f"{base}/regie")
    wall = page.context.new_page()
    wall.set_viewport_size({"width": 1920, "height": 1080})
    wall.goto(f"{base}/scherm")
    found = {}
    for view in SHOWN:
        page.locator(f"[data-part=shown] button[value={view}]").click()
        expect(wall.locator(f"[data-view={view}]")).to_be_attached()
        if rules := barriers(wall):
            found[view] = rules
        size = wall.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        if size[0] > 1920 or size[1] > 1080:
            found.setdefault(view, []).append(f"{size[0]} by {size[1]} does not fit")
    page.locator("[data-part=shown] button[value=agenda]").click()
    expect(wall.locator("[data-view=agenda]")).to_be_attached()
    assert found == {}


def test_a_refused_form_keeps_what_was_chosen_and_says_why(open_page: OpenPage) -> None:
    page = open_page("/over", size="phone")
    in_role(page, "secretary")
    page.goto("/bijeenkomsten")
    page.fill("#titel", "Najaar")
    page.locator("input[name=bodies]").first.check()
    page.locator("input[name=plan]").nth(2).check()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    expect(page.locator("#titel")).to_have_value("Najaar")
    expect(page.locator("input[name=bodies]").first).to_be_checked()
    expect(page.locator("input[name=plan]").nth(2)).to_be_checked()


def test_each_screen_has_one_main_button(open_page: OpenPage) -> None:
    page = open_page("/over")
    base = in_role(page, "table_host")
    main = "main .button:not(.quiet, .plain, .neutral):visible"
    page.goto(f"{base}/tafel/2")
    expect(page.locator(main)).to_have_count(1)
    page.locator(".group .note").nth(4).scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    expect(page.locator(main)).to_be_in_viewport(ratio=1)  # among the contributions, without scrolling the sheet
    in_role(page, "secretary")
    for path in ("/bijeenkomsten", base, f"{base}/deelnemers", f"{base}/deelnemers/lijst", f"{base}/regie"):
        page.goto(path)
        assert page.locator(main).count() == 1, path


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
