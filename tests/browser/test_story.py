"""The stage in a real browser: by keyboard alone, without scripts, on every screen, and with nothing that moves."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import schakelbord
from schakelbord.stories.library import reading_of, shipped

OpenPage = Callable[..., Page]
Barriers = Callable[[Page], list[str]]
MODULES = Path(schakelbord.__file__).parent / "stories" / "static" / "stories"
SCENE = "/verhalen/wilg?scene=4&stap=4"
LAST = "/verhalen/wilg?scene=6&stap=3"
SPILLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def begun(page: Page) -> Page:
    """The page, now that its modules listen."""
    expect(page.locator("html[data-script=yes]")).to_have_count(1)
    return page


def focused(page: Page) -> Locator:
    """Who has the focus."""
    return page.locator(":focus")


def tab_to(page: Page, wanted: str, most: int = 80) -> None:
    """Press Tab until the element that fits has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached with Tab")


def test_with_the_keyboard_alone_from_home_to_a_gap_that_closes(open_page: OpenPage) -> None:
    finding = next(row for row in reading_of(shipped()["wilg"]).findings if row.repairs)
    page = open_page("/")
    tab_to(page, ".button.big")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Scène 1 van 6")
    begun(page)
    gap = page.locator(f"[data-part=gaps] [data-id='{finding.key}']")
    for _ in range(40):
        if gap.count():
            break
        before = page.url
        page.keyboard.press("PageDown")
        page.wait_for_url(lambda url, before=before: url != before)
    tab_to(page, f"[data-part=gaps] [data-id='{finding.key}']")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card.get_by_text(finding.sentence.nl)).to_be_visible()
    tab_to(page, "dialog input[type=checkbox]")
    page.keyboard.press("Space")
    tab_to(page, "dialog button")
    page.keyboard.press("Enter")
    expect(card).to_be_hidden()
    mended = page.locator(f"[data-part=gaps] .mended [data-id='{finding.key}']")
    expect(mended).to_contain_text(f"dag {finding.repairs[0].met_on}")
    expect(page.locator("svg.stage").first).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("hiaten")


def test_page_keys_step_and_the_back_button_steps_back(open_page: OpenPage) -> None:
    page = begun(open_page("/verhalen/wilg?scene=2"))
    title = page.get_by_role("heading", level=1)
    day = page.get_by_role("heading", name=re.compile("^Dag"))
    expect(day).to_have_text("Dag 16")
    page.keyboard.press("PageDown")
    expect(day).to_have_text("Dag 20")
    assert "stap=2" in page.url
    page.keyboard.press("PageUp")
    expect(day).to_have_text("Dag 16")
    page.go_back()
    expect(day).to_have_text("Dag 20")
    page.reload()
    expect(day).to_have_text("Dag 20")
    expect(title).to_contain_text("Wat Wilg aan de mentor vertelt")


def test_the_stage_is_one_tab_stop_in_which_the_arrows_walk(open_page: OpenPage) -> None:
    page = begun(open_page(LAST))
    assert page.locator("svg.stage [tabindex='0']").count() == 1
    tab_to(page, "svg.stage [data-id]")
    first = focused(page).get_attribute("data-id")
    page.keyboard.press("ArrowRight")
    second = focused(page).get_attribute("data-id")
    assert second != first
    page.keyboard.press("ArrowLeft")
    assert focused(page).get_attribute("data-id") == first
    page.keyboard.press("g")
    key = focused(page).get_attribute("data-id")
    assert key in {row.key for row in reading_of(shipped()["wilg"]).findings}
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert focused(page).get_attribute("data-id") == key
    assert "kaart=" not in page.url
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Toetsen")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate("() => Boolean(document.activeElement.closest('svg.stage'))")


def test_single_letters_do_nothing_outside_the_stage(open_page: OpenPage) -> None:
    page = begun(open_page(LAST))
    page.locator("#stap-terug").focus()
    page.keyboard.press("g")
    page.keyboard.press("?")
    expect(page.locator("#stap-terug")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_focus_stays_on_the_button_while_the_page_steps(open_page: OpenPage) -> None:
    page = begun(open_page("/verhalen/wilg"))
    page.locator("#stap-verder").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dag 6")).to_be_visible()
    expect(page.locator("#stap-verder")).to_be_focused()


def test_the_slider_moves_the_day_the_pieces_and_the_address(open_page: OpenPage) -> None:
    page = begun(open_page("/verhalen/wilg"))
    slider = page.get_by_role("slider", name="Dag van het verhaal")
    slider.focus()
    slider.fill("60")
    expect(page.get_by_role("heading", name="Dag 60")).to_be_visible()
    page.wait_for_url("**stap=1")
    assert "?scene=4" in page.url
    expect(page.locator("[data-part=list] [data-holder='school@b'][data-piece]")).not_to_have_count(0)
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^dag 60: "))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Dag 61")).to_be_visible()
    expect(slider).to_be_focused()


def test_without_scripts_everything_is_a_link_or_a_form(open_page: OpenPage) -> None:
    finding = next(row for row in reading_of(shipped()["wilg"]).findings if row.repairs)
    page = open_page("/", scripts=False)
    page.get_by_role("link", name="Bekijk het verhaal van Wilg").first.click()
    page.get_by_role("link", name="Volgende stap").click()
    expect(page.get_by_role("heading", name="Dag 6")).to_be_visible()
    page.get_by_role("slider").fill("240")
    page.get_by_role("button", name="Ga naar deze dag").click()
    expect(page.get_by_role("heading", name="Dag 240")).to_be_visible()
    folded = page.locator("[data-part=gaps] summary")
    if folded.count():
        folded.click()
    page.locator(f"[data-part=gaps] [data-id='{finding.key}']").click()
    card = page.locator("section.card")
    expect(card.get_by_text(finding.sentence.nl)).to_be_visible()
    card.get_by_role("checkbox").first.check()
    card.get_by_role("button", name="Laat zien op het toneel").click()
    expect(page.locator(f"[data-part=gaps] .mended [data-id='{finding.key}']")).to_have_count(1)
    page.get_by_role("link", name="Alle reparaties uit").first.click()
    expect(page.locator("[data-part=gaps] .mended")).to_have_count(0)


def test_without_movement_the_stage_fades_and_a_sentence_says_what_happened(open_page: OpenPage) -> None:
    page = begun(open_page("/verhalen/wilg?scene=2&stap=3", reduced_motion="reduce"))
    page.evaluate(
        """() => { window.moved = []; const old = Element.prototype.animate;
        Element.prototype.animate = function (frames, timing) {
          window.moved.push(Object.keys(frames)); return old.call(this, frames, timing); }; }"""
    )
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Dag 28")).to_be_visible()
    assert page.evaluate("() => window.moved.flat()") == ["opacity"]
    expect(page.locator("#announce")).to_contain_text("Het gezin verhuist naar gemeente B")


def test_dolls_that_move_walk_from_their_old_place(open_page: OpenPage) -> None:
    page = begun(open_page("/verhalen/wilg?scene=2&stap=3"))
    page.evaluate(
        """() => { window.walked = []; const old = Element.prototype.animate;
        Element.prototype.animate = function (frames, timing) {
          if (frames.translate) window.walked.push([this.getAttribute('data-id'), timing.duration]);
          return old.call(this, frames, timing); }; }"""
    )
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Dag 28")).to_be_visible()
    assert ["wilg", 600] in page.evaluate("() => window.walked")


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 1280), ("light", 390), ("dark", 1920), ("dark", 390), ("contrast", 1280)]
)
def test_axe_finds_nothing(open_page: OpenPage, barriers: Barriers, theme: str, width: int) -> None:
    page = open_page("/", theme=theme)
    page.set_viewport_size({"width": width, "height": 1080})
    assert barriers(page) == []
    page.goto(LAST)
    assert barriers(page) == []
    page.goto(f"{SCENE}&kaart=school@a")
    assert barriers(page) == []


def test_paper_and_an_unknown_story_have_no_barriers(open_page: OpenPage, barriers: Barriers) -> None:
    for where in ("/verhalen/wilg/afdruk?scene=4", "/verhalen/wlig"):
        assert barriers(open_page(where)) == []


def test_at_four_times_the_size_the_list_shows_and_nothing_spills(open_page: OpenPage) -> None:
    page = open_page(LAST, size="narrow")
    expect(page.locator("svg.stage")).to_be_hidden()
    expect(page.get_by_role("heading", name=re.compile("Uitvoering"))).to_be_visible()
    assert not page.evaluate(SPILLS)
    page.goto("/")
    assert not page.evaluate(SPILLS)


def test_on_a_phone_the_bar_has_three_choices_and_the_drawing_can_be_asked_for(open_page: OpenPage) -> None:
    page = begun(open_page("/verhalen/wilg", size="phone"))
    bar = page.get_by_role("navigation", name="Stappen")
    assert bar.get_by_role("link").count() >= 2
    small = [box for link in bar.get_by_role("link").all() if (box := link.bounding_box()) and box["height"] < 44]
    assert small == []
    bar.get_by_role("link", name="Volgende").click()
    expect(page.get_by_role("heading", name="Dag 6")).to_be_visible()
    page.get_by_role("link", name="Tekening", exact=True).click()
    expect(page.locator("svg.stage")).to_be_visible()
    assert "beeld=tekening" in page.url
    assert not page.evaluate(SPILLS)


def test_a_scene_prints_on_a_picture_page_and_a_list_page(open_page: OpenPage) -> None:
    page = open_page("/verhalen/wilg/afdruk?scene=4&stap=4")
    paper = page.pdf(prefer_css_page_size=True)
    boxes = [
        tuple(round(float(number)) for number in box.split())
        for box in re.findall(r"/MediaBox \[([^\]]*)\]", paper.decode("latin-1"))
    ]
    wide = [box for box in boxes if box[2] > box[3]]
    assert len(wide) == 1, "one page lies on its side: the picture"
    assert boxes[0] == wide[0], "nothing comes before the picture"
    assert 2 <= len(boxes) <= 4


def test_nothing_is_refused_by_the_policy_and_no_file_is_missing(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    for where in ("/", LAST, f"{SCENE}&kaart=wilg", "/verhalen/wilg/afdruk"):
        page.goto(where)
        page.wait_for_load_state("networkidle")
    assert problems == []


def test_the_player_is_at_most_25_kilobytes() -> None:
    modules = [file for file in MODULES.glob("*.js") if file.name != "paper.js"]
    assert len(modules) >= 4
    assert sum(len(gzip.compress(file.read_bytes())) for file in modules) <= 25 * 1024


def test_letters_can_be_switched_off_and_arrows_stay(open_page: OpenPage) -> None:
    page = open_page(f"{SCENE}")
    actor = page.locator("svg.stage [role=button][tabindex='0']")
    actor.focus()
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    before = page.evaluate("document.activeElement.getAttribute('data-id')")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('data-id')") != before
    page.evaluate("delete document.documentElement.dataset.keys")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_listener_may_hear_only_new_scenes_or_nothing(open_page: OpenPage) -> None:
    page = open_page("/verhalen/wilg?scene=1&stap=4")
    page.evaluate("document.documentElement.dataset.spoken = 'scenes'")
    region = page.locator("#announce")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Dag 15")).to_be_visible()
    assert region.text_content() == ""
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Dag 16")).to_be_visible()
    expect(region).to_contain_text("Scène 2", timeout=8000)
