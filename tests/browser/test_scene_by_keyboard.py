"""Scene 4 of the shipped story from an empty page by keyboard alone gives the gap that the story itself has."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from schakelbord.engine.story import Beat
from schakelbord.stories.library import reading_of, shipped, the_catalogue

OpenPage = Callable[..., Page]
FOCUS_FITS = "(wanted) => document.activeElement?.matches(wanted) ?? false"
FORM = "[data-part=form]"


def walk_to(page: Page, wanted: str, most: int = 120) -> None:
    """Press Tab until the element that fits has the focus; a whole round leads past the bar of the browser."""
    for _ in range(most):
        if page.evaluate(FOCUS_FITS, wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached with Tab")


def press_on(page: Page, wanted: str) -> None:
    walk_to(page, wanted)
    page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    """Walk to the field of this name and write; what stood there goes."""
    walk_to(page, f"{FORM} [name^='v:'][name$='{name}']")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    kept(page)


def choose(page: Page, name: str, label: str) -> None:
    """Walk to a list and type the beginning of a choice, as far as it differs from the others."""
    walk_to(page, f"{FORM} select[name$='{name}']")
    page.keyboard.type(label)
    kept(page)
    expect(page.locator(":focus option:checked")).to_have_text(label)


def kept(page: Page) -> None:
    """Until everything that was typed is kept and the parts are new."""
    expect(page.locator("[data-kept]")).to_have_text("net bewaard")
    expect(page.locator("[data-part=preview][aria-busy=false]")).to_have_count(1)


def add(page: Page, path_end: str) -> None:
    """Press the button that adds to a list, and wait until the new item has the focus."""
    press_on(page, f"button[value^='voeg|'][value$='{path_end}']")
    expect(page.locator(f"{FORM} :focus")).to_have_count(1)


def tell(page: Page, beat: Beat) -> None:
    """Fill in the step that is open."""
    write(page, "/day", str(beat.day))
    if beat.say:
        write(page, "/say/nl", beat.say.nl)
    if beat.ask:
        walk_to(page, f"{FORM} [data-block$=':ask'] summary")
        page.keyboard.press("Enter")
        write(page, "/ask/nl", beat.ask.nl)
    for sight in beat.sees:
        add(page, "/sees")
        choose(page, "/organisation", the_catalogue().organisation[sight.organisation].name.nl)
        choose(page, "/signal", next(row.name.nl for row in the_catalogue().signals if row.id == sight.signal))
        expect(page.locator(f"{FORM} select[name$='/place'] option:checked")).to_have_text("Gemeente B")


def test_scene_4_from_an_empty_page_by_keyboard_alone_gives_the_gap_of_the_story(open_page: OpenPage) -> None:
    story = shipped()["wilg"]
    scene = story.scenes[3]
    deadline = next(row for row in story.deadlines if row.pattern == "dreigende_uithuwelijking")
    told = next(
        row for row in reading_of(story).findings if row.between == ("school@b", "veilig_thuis@r2") and row.day == 60
    )

    page = open_page("/rollen")
    press_on(page, "button[value=secretary]")
    page.wait_for_url(lambda url: "rollen" not in url)
    page.goto("/bewerken/nieuw")
    press_on(page, "details.slim > summary")
    walk_to(page, "#titel")
    page.keyboard.type(story.title.nl)
    page.keyboard.press("Enter")
    expect(page.locator("html[data-editor-ready]")).to_have_count(1)
    expect(page.locator("[data-part=preview] li[data-gap]")).to_have_count(0)

    add(page, "|places")
    expect(page.locator(f"{FORM} input[name^='v:'][name$='/name/nl']")).to_have_value("Gemeente B")
    press_on(page, "[data-item^='dolls/'] a")
    doll = story.dolls[0]
    write(page, "/age", str(doll.age))
    choose(page, "/place", "Gemeente B")
    write(page, "/birthday_on_day", str(doll.birthday_on_day))

    press_on(page, "[data-item^='scenes/'] a")
    write(page, "/title/nl", scene.title.nl)
    press_on(page, "[data-list$='/beats'] [data-item] a")
    tell(page, scene.beats[0])
    for beat in scene.beats[1:]:
        press_on(page, "[data-list=scenes] > [data-item] > a")
        expect(page.locator(f"{FORM} .code")).to_have_text("scène 1")
        add(page, "/beats")
        expect(page.locator(f"{FORM} input[name^='v:'][name$='/day']")).to_have_count(1)
        tell(page, beat)

    add(page, "|deadlines")
    choose(page, "/pattern", next(row.name.nl for row in the_catalogue().patterns if row.id == deadline.pattern))
    write(page, "/by", str(deadline.by))
    expect(page.locator("[data-part=preview] li[data-gap]").filter(has_text=told.sentence.nl)).to_have_count(1)
    assert page.locator(f"[data-part=preview] li[data-gap='{told.key}']").count() == 1
