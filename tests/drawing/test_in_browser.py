"""The boxes that Chromium draws are those that were planned: letters have the width that was measured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from drawing.pictures import page_of
from drawing.shipped import BIG, STORIES, beats, drawing_at
from schakelbord.errors import Language

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MEASURE = """() => [...document.querySelectorAll("svg.stage")].map((stage) => {
  const at = (box) => [box.x, box.y, box.x + box.width, box.y + box.height];
  const marks = [];
  for (const token of stage.querySelectorAll("g.token")) {
    const plate = token.querySelector(":scope > .plate, :scope > .label");
    const disc = token.querySelector(":scope > .disc");
    for (const shape of [plate, disc].filter(Boolean)) marks.push([token.dataset.id, at(shape.getBBox())]);
    if (plate || disc) continue;
    for (const text of token.querySelectorAll(":scope > text")) marks.push([token.dataset.id, at(text.getBBox())]);
    // The box of a nested picture counts what its clip hides; its own frame is what shows.
    const { x, y, width, height } = token.querySelector(":scope > .picture");
    const frame = [x, y, width, height].map((length) => length.baseVal.value);
    marks.push([token.dataset.id, [frame[0], frame[1], frame[0] + frame[2], frame[1] + frame[3]]]);
  }
  for (const pill of stage.querySelectorAll(".pill rect")) marks.push(["pill", at(pill.getBBox())]);
  for (const text of stage.querySelectorAll(".caption")) marks.push([text.textContent, at(text.getBBox())]);
  const sticking = [];
  for (const token of stage.querySelectorAll("g.token, g.pill")) {
    const plate = token.querySelector(":scope > .plate, :scope > .label, :scope > rect");
    if (!plate) continue;
    const [x, , right] = at(plate.getBBox());
    for (const text of token.querySelectorAll("text:not(.number)")) {
      const box = text.getBBox();
      if (box.x < x + 2 || box.x + box.width > right - 2) sticking.push(text.textContent);
    }
  }
  const sizes = [...stage.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize));
  return { marks, sticking, smallest: Math.min(...sizes) };
})"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page in a real browser."""
    own = chromium.new_page(viewport={"width": 1260, "height": 800})
    yield own
    own.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", STORIES)
def test_nothing_covers_anything_and_no_text_sticks_out(page: Page, name: str, language: Language) -> None:
    drawings = {f"s{scene}-{beat}": drawing_at(name, scene, beat, BIG, language) for scene, beat in beats(name)}
    page.set_content(page_of(drawings))
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("""document.fonts.check('16px "Atkinson Hyperlegible Next"')""")
    measured = page.evaluate(MEASURE)
    assert len(measured) == len(drawings)
    for where, stage in zip(drawings, measured, strict=True):
        assert stage["sticking"] == [], where
        assert stage["smallest"] >= 15.5
        marks = stage["marks"]
        assert len(marks) > 10
        for at, (one, (left, top, right, bottom)) in enumerate(marks):
            for other, (x, y, far, low) in marks[at + 1 :]:
                covers = left < far - 0.5 and x < right - 0.5 and top < low - 0.5 and y < bottom - 0.5
                assert one == other or not covers, (where, one, other)
