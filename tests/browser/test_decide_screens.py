"""Proposals and decisions in a real browser: no barrier, nothing too wide, and a decision made without scripts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Barriers = Callable[[Page], list[str]]
PATHS = (
    "/besluiten",
    "/besluiten/B-2026-05",
    "/besluiten/B-2026-02",
    "/voorstellen/P-03",
    "/voorstellen/P-06",
    "/voorstellen/nieuw?verhaal=wilg&reparatie=handover:school",
    "/besluiten/lijst/ronde-1-2026-03-11",
    "/instemmen/onbekend",
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = """() => { document.querySelectorAll("main details").forEach((one) => (one.open = true));
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
    done(Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null))))); }"""
TOO_SMALL = """() => [...document.querySelectorAll("main button, main summary, main input, main select, main textarea")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.type !== "hidden")
  .map((one) => {
    const box = (["radio", "checkbox"].includes(one.type) ? one.closest("label") ?? one : one).getBoundingClientRect();
    return [one.textContent.trim().slice(0, 40) || one.name, box.width, box.height];
  })
  .filter(([, width, height]) => width < 43.5 || height < 43.5).map((found) => found.join(" "))"""


def in_role(page: Page, role: str) -> None:
    """Choose a role of the demo."""
    page.goto("/rollen?next=/over")
    page.click(f"button[value={role}]")
    page.wait_for_url("**/over")


@pytest.mark.parametrize(("size", "theme", "language"), [("narrow", "light", "nl"), ("wide", "dark", "en")])
def test_no_barrier_and_nothing_too_wide_or_too_small(
    open_page: OpenPage, barriers: Barriers, size: str, theme: str, language: str
) -> None:
    # The browser sets the styles of what unfolds in the next frame, and buttons fade; axe would look sooner.
    page = open_page("/", size=size, theme=theme, language=language, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    in_role(page, "chair")
    found = {}
    for path in PATHS:
        page.goto(path)
        page.evaluate(UNFOLD)
        found[path] = (barriers(page), page.evaluate(OVERFLOW), page.evaluate(TOO_SMALL))
    assert {path: said for path, said in found.items() if said != ([], 0, [])} == {}
    assert [text for text in complaints if "404" not in text] == []


def test_from_proposal_to_adopted_decision_without_scripts(open_page: OpenPage) -> None:
    page, until = (
        open_page("/", scripts=False, size="phone"),
        str((dt.datetime.now(dt.UTC) + dt.timedelta(days=60)).date()),
    )
    in_role(page, "secretary")
    page.goto("/voorstellen/nieuw?oogst=O-04")
    page.get_by_label("De tekst waarover wordt besloten").fill("Elke school weet wie zij belt.")
    page.get_by_role("button", name="Maak dit voorstel").click()
    page.get_by_role("radio", name="Schriftelijk").check()
    page.get_by_label("Schriftelijk: tot en met welke dag?").fill(until)
    page.get_by_role("button", name="Leg het voor").click()
    expect(page.get_by_text("Kies wie dit besluit neemt.")).to_be_visible()
    expect(page.get_by_label("Schriftelijk: tot en met welke dag?")).to_have_value(until)
    page.get_by_role("checkbox", name="Strategisch Beraad").check()
    page.get_by_role("button", name="Leg het voor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nog één ding, dan kan dit besluit worden vastgesteld")
    address = page.url
    in_role(page, "chair")
    page.goto(address)
    page.get_by_role("radio", name="Stemt in").check()
    page.get_by_label("Hoeveel leden waren erbij?").fill("6")
    page.get_by_role("button", name="Leg dit vast").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alles is er: dit besluit kan worden vastgesteld")
    page.get_by_role("button", name="Stel het besluit vast").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit besluit is vastgesteld")
    expect(page.locator("summary", has_text="Vingerafdruk")).to_be_visible()


def test_a_refusal_and_a_deed_are_heard_first(open_page: OpenPage) -> None:
    page = open_page("/", scripts=False)
    in_role(page, "secretary")
    page.goto("/voorstellen/nieuw")
    page.get_by_role("button", name="Maak dit voorstel").click()
    text = page.get_by_label("De tekst waarover wordt besloten")
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(text).to_be_focused()
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(text).to_have_accessible_description(re.compile(r"Eén ding tegelijk.*Vul dit in\."))
    text.fill("Elke school weet wie zij belt.")
    page.get_by_role("button", name="Maak dit voorstel").click()
    harvests = page.get_by_role("group", name="Op welke oogst steunt het?")
    expect(harvests).to_be_focused()
    expect(harvests).to_have_accessible_description(re.compile("^Kies een bevestigde oogst"))
    page.get_by_label("Geen oogst?").fill("De wet veranderde.")
    page.get_by_role("button", name="Maak dit voorstel").click()
    expect(page).to_have_title(re.compile(r"^P-\d+ Elke school weet wie zij belt\."))
    expect(page.get_by_role("status")).to_be_focused()
    # What is done below on a long page is said above it, and a link leads to where it stands.
    page.goto("/besluiten/B-2026-05")
    page.get_by_text("Stel een actie voor").click()
    page.get_by_label("Wat gaat er gebeuren?").fill("Een blad voor de telefoon")
    page.get_by_role("button", name="Stel deze actie voor").click()
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.get_by_role("status")).to_be_in_viewport()
    page.get_by_role("link", name="Naar dat deel van de pagina").click()
    expect(page.get_by_role("heading", name="Acties van dit besluit")).to_be_in_viewport()


def test_more_contrast_on_a_dark_device_is_black_on_white_throughout(open_page: OpenPage, barriers: Barriers) -> None:
    page = open_page("/", color_scheme="dark", contrast="more", reduced_motion="reduce")
    in_role(page, "chair")
    for path in ("/besluiten", "/besluiten/B-2026-02", "/draad/B-2026-02", "/actieprogramma?beeld=tijdlijn"):
        page.goto(path)
        assert barriers(page) == [], path
