"""What is told by a colour is told without it as well; and what the keyboard reaches is in sight."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page
from test_meeting_screens import in_role

OpenPage = Callable[..., Page]
MOST_TABS = 90
BACKGROUND = "(one) => getComputedStyle(one).backgroundColor"
IN_SIGHT = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  const seen = one === document.body || one.contains(top) || top?.contains(one);
  return seen ? "" : one.outerHTML.slice(0, 90);
}"""
DOT = "(one) => { const dot = getComputedStyle(one, '::before'); return dot.backgroundColor + dot.backgroundImage; }"


def test_what_is_chosen_and_which_layer_is_told_when_the_system_sets_the_colours(open_page: OpenPage) -> None:
    page = open_page("/over", forced_colors="active")
    base = in_role(page, "secretary")
    page.goto(f"{base}/regie")
    views = page.locator("[data-part=shown] .segments > *")
    pressed = page.locator("[data-part=shown] .segments > :is([aria-pressed=true], [aria-current])")
    every = views.evaluate_all(f"(rows) => rows.map({BACKGROUND})")
    assert pressed.count() == 1
    assert every.count(pressed.evaluate(BACKGROUND)) == 1
    page.goto(f"{base}/tafels")
    dots = {
        kind: page.locator(kind).first.evaluate(DOT) for kind in (".key .layer:not(.board, .mixed)", ".layer.board")
    }
    dots["mixed"] = page.locator(".layer.mixed").first.evaluate(DOT)
    assert len(set(dots.values())) == 3
    edges = page.locator(".tabs a").evaluate_all("(rows) => rows.map((one) => getComputedStyle(one).borderBottomColor)")
    now = page.locator(".tabs a[aria-current]").evaluate("(one) => getComputedStyle(one).borderBottomColor")
    assert edges.count(now) == 1


def test_the_phase_of_a_table_is_told_when_the_system_sets_the_colours(open_page: OpenPage) -> None:
    page = open_page("/over", forced_colors="active")
    page.goto(f"{in_role(page, 'table_host')}/tafel/2")
    marks = page.locator(".phases .scenes i").evaluate_all(f"(rows) => rows.map({BACKGROUND})")
    now = page.locator(".phases .scenes .now i").evaluate(BACKGROUND)
    assert marks.count(now) == 1


def test_no_button_of_the_host_hides_what_the_keyboard_reaches(open_page: OpenPage) -> None:
    page = open_page("/over")
    page.goto(f"{in_role(page, 'table_host')}/tafel/2")
    hidden = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if found := page.evaluate(IN_SIGHT):
            hidden.append(found)
    assert hidden == []


def test_the_big_screen_fits_a_window_that_is_enlarged_four_times(open_page: OpenPage) -> None:
    page = open_page("/over", size="narrow")
    in_role(page, "presenter")
    page.goto("/zaal/1/scherm")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
