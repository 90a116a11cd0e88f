"""The editor in a real browser: a first story by keyboard alone, two people at once, no barriers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
Barriers = Callable[[Page], list[str]]
SPILLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
ADDRESS = re.compile(r"/bewerken/(\d+)")


def come_in(page: Page, role: str) -> Page:
    """Choose a role of the demo."""
    page.goto("/rollen")
    page.locator(f"button[value={role}]").click()
    page.wait_for_url(lambda url: "rollen" not in url or "next" in url)
    return page


def open_as(open_page: OpenPage, role: str, path: str, **more: object) -> Page:
    page = come_in(open_page("/rollen", **more), role)
    page.goto(path)
    return page


def ready(page: Page) -> Page:
    """The page, now that its modules listen."""
    expect(page.locator("html[data-editor-ready]")).to_have_count(1)
    return page


def kept(page: Page) -> None:
    """Until everything that was typed is kept and the parts are new."""
    expect(page.locator("[data-kept]")).to_have_text("net bewaard")
    expect(page.locator("[data-part=preview][aria-busy=false]")).to_have_count(1)


def tab_to(page: Page, wanted: str, most: int = 120) -> None:
    """Press Tab until the element that fits has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached with Tab")


def copy_of_iep(page: Page) -> int:
    """A draft of one's own to write in."""
    page.goto("/bewerken")
    page.get_by_role("button", name="Kopieer Iep en Esp").click()
    page.wait_for_url(ADDRESS)
    found = ADDRESS.search(page.url)
    assert found is not None
    return int(found[1])


def first_step(page: Page) -> Page:
    """Open the first step of the first scene."""
    ready(page).locator("[data-part=outline] .outline a").first.click()
    expect(page.locator("[data-part=outline] .beat a").first).to_be_visible()
    page.locator("[data-part=outline] .beat a").first.click()
    expect(page.locator(".code")).to_have_text("scène 1, stap 1")
    return page


def told(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Wat vertelt u?", exact=True)


def test_a_first_story_by_keyboard_alone_from_an_empty_page_to_a_gap(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/bewerken/nieuw")
    tab_to(page, "input[name=begin]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    tab_to(page, "#naam")
    page.keyboard.type("Hazel")
    tab_to(page, "#leeftijd")
    page.keyboard.type("14")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wie ziet wat?")).to_be_visible()
    ready(page)
    expect(page.locator("li[data-gap]").first).to_be_visible()
    tab_to(page, "select[name$='/signal']")
    page.keyboard.type("Vaak zonder")
    kept(page)
    for heading in ("Wat gebeurt er?", "Wie had het moeten weten?", "Uw eerste verhaal staat er"):
        tab_to(page, "button[value=verder]")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        ready(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Wie had het moeten weten?")).to_be_visible()
    tab_to(page, "button[value=terug]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Wat gebeurt er?")).to_be_visible()
    page.get_by_role("link", name="Wie ziet wat?").focus()
    page.keyboard.press("Enter")
    expect(page.locator("select[name$='/signal']").first).to_have_value("verzuim")
    page.get_by_role("link", name="Klaar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Titel")).to_have_value(re.compile("Hazelaar"))
    expect(page.locator("li[data-gap]").first).to_contain_text("School A")
    tab_to(page, "[data-block=buttons] a.button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Delen van het verhaal")).to_be_visible()
    page.get_by_role("link", name="Speel af").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Scène 1 van 3")


def test_gaps_come_and_go_beside_the_form_while_somebody_types(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/bewerken")
    copy_of_iep(page)
    ready(page).locator("[data-item^='deadlines/'] a").first.click()
    by = page.get_by_role("textbox", name="Op welke dag uiterlijk?")
    expect(by).to_be_visible()
    by.fill("2")
    kept(page)
    expect(page.get_by_role("heading", name="Door uw wijziging")).to_be_visible()
    expect(page.locator("li[data-kind=gone]").first).to_contain_text("is weg")
    by.press("Control+a")
    by.press_sequentially("niks")
    expect(page.locator(".problem", has_text="Schrijf hier een heel getal")).to_be_visible()
    expect(by).to_have_value("niks")
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(by).not_to_have_value("niks")


def test_two_people_edit_at_once_and_each_undoes_only_their_own(open_page: OpenPage) -> None:
    merel = open_as(open_page, "secretary", "/bewerken")
    pk = copy_of_iep(merel)
    spreeuw = open_as(open_page, "presenter", f"/bewerken/{pk}")
    first_step(merel)
    first_step(spreeuw)
    old = told(merel).input_value()
    told(merel).fill(f"Vandaag. {old}")
    expect(told(spreeuw)).to_have_value(f"Vandaag. {old}")
    expect(spreeuw.get_by_text("M. Merel werkt aan scène 1, stap 1")).to_be_visible(timeout=20_000)
    told(spreeuw).fill(f"Vandaag. {old} En morgen.")
    expect(told(merel)).to_have_value(f"Vandaag. {old} En morgen.")
    merel.get_by_role("button", name="Maak ongedaan").click()
    expect(told(merel)).to_have_value(f"{old} En morgen.")
    expect(told(spreeuw)).to_have_value(f"{old} En morgen.")
    spreeuw.get_by_role("button", name="Maak ongedaan").click()
    expect(told(merel)).to_have_value(old)
    merel.get_by_role("button", name="Doe opnieuw").click()
    expect(told(spreeuw)).to_have_value(f"Vandaag. {old}")


def test_two_texts_for_one_field_are_both_kept_and_the_second_hears_who_wrote(open_page: OpenPage) -> None:
    merel = open_as(open_page, "secretary", "/bewerken")
    pk = copy_of_iep(merel)
    first_step(merel)
    # Without scripts this page does not follow, as a page that was open for a while.
    spreeuw = open_as(open_page, "presenter", merel.url, scripts=False)
    assert str(pk) in spreeuw.url
    told(merel).fill("De leraar belt.")
    kept(merel)
    spreeuw.get_by_label("Wat vertelt u?", exact=True).fill("De arts belt.")
    spreeuw.get_by_role("button", name="Bewaar wat ik schreef").click()
    expect(spreeuw.get_by_label("Wat vertelt u?", exact=True)).to_have_value("De leraar belt.")
    expect(spreeuw.get_by_text("S. Spreeuw schreef hier ook. Beide teksten zijn bewaard.")).to_be_visible()
    spreeuw.get_by_role("button", name="Neem deze tekst").click()
    expect(told(merel)).to_have_value("De arts belt.")


def test_the_editor_works_without_scripts(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/bewerken", scripts=False)
    copy_of_iep(page)
    page.get_by_role("button", name="Pop", exact=True).click()
    page.get_by_label("Leeftijd op dag 0").fill("7")
    page.get_by_role("button", name="Bewaar wat ik schreef").click()
    expect(page.get_by_label("Leeftijd op dag 0")).to_have_value("7")
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(page.get_by_label("Leeftijd op dag 0")).to_have_value("")
    page.get_by_role("button", name="Haal deze pop weg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Het verhaal")


def test_a_name_is_pointed_out_and_a_line_is_added_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/bewerken")
    copy_of_iep(page)
    first_step(page)
    told(page).fill("De mentor, mevrouw De Vries, twijfelt.")
    expect(page.locator(".problem", has_text="De Vries")).to_be_visible()
    rows = page.locator("[data-row*='/sees/']")
    before = rows.count()
    page.get_by_role("button", name=re.compile("ziet iets$")).focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    focus = page.evaluate("() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row')")
    assert focus == rows.last.get_attribute("data-row")
    rows.last.get_by_role("button", name="Haal deze regel weg").press("Enter")
    expect(rows).to_have_count(before)


def test_markup_and_long_texts_do_nothing_but_stand_there(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/bewerken")
    copy_of_iep(page)
    first_step(page)
    text = "<img src=x onerror=alert(1)><script>alert(1)</script> 👨‍👩‍👧 {{ 7|add:1 }}"
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    told(page).fill(text)
    kept(page)
    page.reload()
    expect(told(page)).to_have_value(text)
    told(page).evaluate("(area) => area.removeAttribute('maxlength')")
    told(page).fill("x" * 10_000)
    expect(page.get_by_role("alert").filter(has_text="4000 zijn")).to_be_visible()
    expect(told(page)).to_have_value(text)


def test_four_eyes_from_draft_to_home_page(open_page: OpenPage) -> None:
    merel = open_as(open_page, "secretary", "/bewerken")
    copy_of_iep(merel)
    title = ready(merel).get_by_role("textbox", name="Titel", exact=True)
    title.fill("Iep, met vier ogen")
    kept(merel)
    merel.get_by_role("link", name="Vraag om vier ogen").click()
    merel.get_by_role("textbox", name="Hoe noemt u deze versie?").fill("Voor mei")
    merel.get_by_role("button", name="Bewaar en vraag om vier ogen").click()
    expect(merel.get_by_text("wacht op vier ogen")).to_be_visible()
    expect(merel.get_by_role("button", name="Keur deze versie goed")).to_have_count(0)
    chair = open_as(open_page, "chair", merel.url)
    chair.get_by_role("button", name="Keur deze versie goed").click()
    expect(chair.get_by_text("goedgekeurd door A. Aalscholver")).to_be_visible()
    merel.reload()
    merel.get_by_role("button", name="Publiceer dit verhaal").click()
    merel.get_by_role("link", name="Bekijk het op het toneel").click()
    expect(merel.get_by_role("heading", level=1)).to_contain_text("Scène 1")
    expect(open_page("/").get_by_role("link", name="Iep, met vier ogen")).to_be_visible()


@pytest.mark.parametrize(("theme", "size"), [("light", "wide"), ("dark", "phone")])
def test_no_barriers_and_no_sideways_scrolling(open_page: OpenPage, barriers: Barriers, theme: str, size: str) -> None:
    page = open_as(open_page, "secretary", "/bewerken", size=size, theme=theme)
    pk = copy_of_iep(page)
    first_step(page)
    told(page).fill("De mentor, mevrouw De Vries, twijfelt.")
    expect(page.locator(".problem", has_text="De Vries")).to_be_visible()
    kept(page)
    found = {page.url: barriers(page)}
    assert not page.evaluate(SPILLS), page.url
    doll = page.locator("[data-part=outline] .actor").first.get_attribute("href") or ""
    for path in (
        "/bewerken",
        "/bewerken/nieuw",
        "/bewerken/importeer",
        f"/bewerken/{pk}",
        doll,
        f"/bewerken/{pk}?bij=absent",
        f"/bewerken/{pk}/versie",
        f"/bewerken/{pk}/start/2",
        f"/bewerken/{pk}/start/5",
    ):
        page.goto(path)
        found[path] = barriers(page)
        assert not page.evaluate(SPILLS), path
    assert found == {path: [] for path in found}


def test_dragging_does_what_the_buttons_do(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/bewerken")
    copy_of_iep(page)
    scenes = ready(page).locator("[data-list=scenes] > [data-item]")
    first, second = (scenes.nth(place).get_attribute("data-item") for place in (0, 1))
    scenes.nth(0).locator("a").first.drag_to(scenes.nth(1), target_position={"x": 20, "y": 36})
    expect(scenes.nth(0)).to_have_attribute("data-item", second or "")
    expect(scenes.nth(1)).to_have_attribute("data-item", first or "")
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(scenes.nth(0)).to_have_attribute("data-item", first or "")


def test_a_doll_that_is_dragged_to_another_place_moves_in_this_step(open_page: OpenPage) -> None:
    page = open_as(open_page, "secretary", "/bewerken/nieuw")
    page.get_by_role("button", name="Verder naar wie wat ziet").click()
    page.goto(page.url.partition("/start")[0])
    first_step(page)
    doll = page.locator("[data-stage] .token.doll .picture").first
    place = page.locator("[data-stage] .caption", has_text="gemeente B")
    start, end = doll.bounding_box(), place.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, start["y"] + start["height"] / 2, steps=5)
    page.mouse.up()
    kept(page)
    expect(page.get_by_role("combobox", name="Waarheen?")).to_have_value("b")
    expect(page.get_by_role("checkbox", name="Esdoorn")).to_be_checked()
