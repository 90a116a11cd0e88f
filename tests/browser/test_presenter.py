"""The presenter's desk in a real browser: steps, keys, quick adds, the inbox, undo, and the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser_room import OpenPage, Room, start_room

Barriers = Callable[[Page], list[str]]
SPILLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def room(open_page: OpenPage) -> Room:
    """A session of Wilg that was just opened."""
    return start_room(open_page)


def press(page: Page, *keys: str) -> int:
    """Press keys and type words, by the keyboard only; how many presses that took."""
    count = 0
    for key in keys:
        if len(key) > 1 and key not in {"Enter", "Tab", "Escape", "PageDown", "PageUp", "Control+z", "Control+y"}:
            page.keyboard.type(key)
            count += len(key)
        else:
            page.keyboard.press(key)
            count += 1
    return count


def opened(page: Page, name: str) -> None:
    """Wait until a dialog is open."""
    expect(page.locator(f"dialog#{name}[open]")).to_be_visible()


def closed(page: Page) -> None:
    """Wait until no dialog is open."""
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_clicker_steps_and_may_be_faster_than_the_answers(room: Room) -> None:
    desk = room.desk
    press(desk, *["PageDown"] * 6)
    expect(desk.locator("#nu-kop")).to_contain_text("stap 2 van 3")
    expect(desk.locator(".topbar h1")).to_contain_text("Scène 2 van 6")
    press(desk, "PageUp")
    expect(desk.locator("#nu-kop")).to_contain_text("stap 1 van 3")


def test_the_big_button_says_what_comes_and_the_column_says_what_is_told(room: Room) -> None:
    desk = room.desk
    coming = desk.locator(".desk-next .hops li").first.locator("b").inner_text()
    expect(desk.locator("#stap-verder")).to_contain_text(coming[1:])
    told = desk.locator(".desk-next .hops li").first.locator("p").inner_text()
    wall = room.wall()
    desk.locator("#stap-verder").click()
    expect(wall.locator(".wall-side .told")).to_have_text(told)


def test_an_organisation_by_keyboard_costs_the_letters_and_two_keys(room: Room) -> None:
    desk = room.desk
    assert press(desk, "o") == 1
    opened(desk, "organisatie")
    expect(desk.locator("#organisatie-naam")).to_be_focused()
    assert press(desk, "Buurthuis", "Enter") == len("Buurthuis") + 1
    closed(desk)
    expect(desk.locator("#ongedaan")).to_contain_text("organisatie toegevoegd")


def test_a_channel_by_keyboard_finds_people_by_the_beginning_of_their_name(room: Room) -> None:
    desk = room.desk
    press(desk, "k")
    opened(desk, "kanaal")
    count = press(desk, "School A", "Tab", "Leerplicht A", "Tab", "Leerplichtwet 21a", "Enter")
    assert count == len("School ALeerplicht ALeerplichtwet 21a") + 3
    closed(desk)
    expect(desk.locator("#ongedaan")).to_contain_text("kanaal toegevoegd")


def test_somebody_who_is_not_on_the_stage_is_named_at_the_field(room: Room) -> None:
    desk = room.desk
    press(desk, "k")
    opened(desk, "kanaal")
    press(desk, "Circus", "Enter")
    expect(desk.locator("#kanaal .field.has-problem .problem")).to_contain_text("Niemand op het toneel heet zo")
    expect(desk.locator("#kanaal-van")).to_be_focused()
    press(desk, "Escape")
    closed(desk)


def test_a_gap_a_doll_and_a_question_by_keyboard_come_on_the_wall(room: Room) -> None:
    desk, wall = room.desk, room.wall()
    press(desk, "h")
    opened(desk, "hiaat")
    press(desk, "School A", "Tab", "Tab", "Niemand belt terug", "Enter")
    closed(desk)
    line = wall.locator("[data-gap-row]", has_text="Niemand belt terug")
    expect(line).to_contain_text("verteld in de zaal")
    press(desk, "p")
    opened(desk, "pop")
    press(desk, "Vlier", "Tab", "9", "Enter")
    closed(desk)
    expect(desk.locator("#ongedaan")).to_contain_text("pop toegevoegd")
    press(desk, "v")
    opened(desk, "vraag")
    press(desk, "Wie kent Wilg?", "Enter")
    closed(desk)
    expect(wall.locator(".question .q")).to_have_text("Wie kent Wilg?")


def test_a_dialog_gives_the_focus_back(room: Room) -> None:
    desk = room.desk
    desk.locator("#knop-hiaat").focus()
    press(desk, "Enter")
    opened(desk, "hiaat")
    press(desk, "Escape")
    closed(desk)
    expect(desk.locator("#knop-hiaat")).to_be_focused()


def test_undo_and_redo_say_what_they_do(room: Room) -> None:
    desk, wall = room.desk, room.wall()
    press(desk, "v")
    opened(desk, "vraag")
    press(desk, "Wie is aan zet?", "Enter")
    expect(wall.locator(".question .q")).to_have_text("Wie is aan zet?")
    expect(desk.locator("#ongedaan")).to_contain_text("Maak ongedaan: vraag gesteld")
    press(desk, "Control+z")
    expect(wall.locator(".question .q")).to_have_count(0)
    expect(desk.locator("#opnieuw")).to_contain_text("Opnieuw: vraag gesteld")
    press(desk, "Control+y")
    expect(wall.locator(".question .q")).to_have_text("Wie is aan zet?")


def test_letters_do_nothing_while_somebody_types_and_notes_are_kept(room: Room) -> None:
    desk = room.desk
    desk.locator("#notities").click()
    press(desk, "Bob vraagt: wie kent ook dit hiaat?")
    expect(desk.locator("dialog[open]")).to_have_count(0)
    expect(desk.locator("#notities-staat")).to_have_text("bewaard")
    press(desk, "Tab", "PageDown")
    expect(desk.locator("#notities")).to_have_value("")
    press(desk, "PageUp")
    expect(desk.locator("#notities")).to_have_value("Bob vraagt: wie kent ook dit hiaat?")
    desk.reload()
    expect(desk.locator("#notities")).to_have_value("Bob vraagt: wie kent ook dit hiaat?")


def test_single_letters_can_be_switched_off_and_the_clicker_still_works(room: Room) -> None:
    desk = room.desk
    origin = desk.evaluate("location.origin")
    desk.context.add_cookies([{"name": "schakelbord_display", "value": "auto.normal.device.off.all", "url": origin}])
    desk.reload()
    expect(desk.locator("html[data-keys=off][data-script=yes]")).to_have_count(1)
    press(desk, "o", "b", "PageDown")
    expect(desk.locator("#nu-kop")).to_contain_text("stap 2")
    expect(desk.locator("dialog[open]")).to_have_count(0)
    expect(desk.locator("#knop-zwart[aria-pressed=false]")).to_be_visible()


def test_what_the_room_sends_comes_on_the_wall_when_it_is_shown_and_not_before(room: Room) -> None:
    desk, wall, phone = room.desk, room.wall(), room.phone()
    sentence = "De huisarts wist het wel, maar niemand vroeg het."
    assert room.send(phone, "submit", kind="gap", text=sentence, between_from="huisarts@a") == 200
    expect(desk.locator(".inbox")).to_contain_text(sentence)
    assert sentence not in wall.content()
    wall.reload()
    assert sentence not in wall.content()
    desk.get_by_role("button", name="Toon", exact=True).click()
    expect(wall.locator("[data-gap-row]", has_text=sentence)).to_contain_text("verteld in de zaal")
    expect(desk.locator(".inbox")).to_have_count(0)


def test_a_text_that_looks_real_cannot_be_shown_and_other_words_are_asked(room: Room) -> None:
    desk, phone = room.desk, room.phone()
    assert room.send(phone, "submit", kind="gap", text="Dit was het meisje van de Kastanjelaan 12.") == 200
    item = desk.locator(".inbox li")
    expect(item.locator(".notice")).to_contain_text("Dit lijkt een adres")
    expect(item.get_by_role("button", name="Toon", exact=True)).to_have_count(0)
    item.get_by_role("button", name="Vraag om andere woorden").click()
    expect(desk.locator("#later > summary")).to_contain_text("1")


def test_a_message_can_wait_be_merged_or_be_refused_with_a_reason(room: Room) -> None:
    desk = room.desk
    for text in ("Niemand belt terug", "Wij hoorden nooit meer iets", "Onzin"):
        assert room.send(room.phone(), "submit", kind="gap", text=text, between_from="school@a") == 200
    expect(desk.locator(".inbox > li")).to_have_count(3)
    first = desk.locator(".inbox > li", has_text="Niemand belt terug")
    second = desk.locator(".inbox > li", has_text="Wij hoorden nooit")
    second.get_by_role("button", name="Voeg samen").click()
    opened(desk, "samen")
    desk.locator("#samen-met").select_option(label="“Niemand belt terug”")
    press(desk, "Enter")
    desk.get_by_role("dialog").get_by_role("button", name="Voeg samen").click()
    expect(first).to_contain_text("Wij hoorden nooit meer iets")
    expect(first).to_contain_text("2 mensen")
    nonsense = desk.locator(".inbox > li", has_text="Onzin")
    nonsense.locator("summary").click()
    nonsense.get_by_role("button", name="Toon niet").click()
    opened(desk, "niet")
    press(desk, "Enter")
    expect(desk.locator("#niet .problem")).to_be_visible()
    press(desk, "Dit gaat niet over het systeem", "Enter")
    expect(desk.locator(".inbox > li")).to_have_count(1)
    first.get_by_role("button", name="Later").click()
    expect(desk.locator("#later > summary")).to_contain_text("1")


def test_what_the_room_missed_and_asked_comes_on_the_wall(room: Room) -> None:
    desk, wall, phone = room.desk, room.wall(), room.phone()
    assert room.send(phone, "submit", kind="missing", text="De huisarts zat niet aan tafel") == 200
    desk.get_by_role("button", name="Toon", exact=True).click()
    expect(wall.locator(".wall-side .felt")).to_contain_text("De huisarts zat niet aan tafel")


def test_what_was_added_can_be_taken_off_again(room: Room) -> None:
    desk, wall = room.desk, room.wall()
    press(desk, "h")
    opened(desk, "hiaat")
    press(desk, "School A", "Tab", "Tab", "Niemand belt terug", "Enter")
    expect(wall.locator("[data-gap-row]")).to_have_count(1)
    desk.locator("#toegevoegd > summary").click()
    desk.get_by_role("button", name="Haal weg: Niemand belt terug").click()
    expect(wall.locator("[data-gap-row]")).to_have_count(0)
    expect(desk.locator("#toegevoegd")).to_have_count(0)


def test_two_desks_are_told_who_changed_what(room: Room, open_page: OpenPage) -> None:
    other = open_page("/rollen")
    other.locator("button[value=secretary]").click()
    room.go_to_scene(3)
    other.goto(room.desk.url)
    expect(other.locator("html[data-script=yes]")).to_have_count(1)
    other.get_by_role("button", name="Stand van hiaat").first.click()
    room.desk.get_by_role("button", name="Stand van hiaat").first.click()
    room.desk.locator("#stand-in_talk-keuze").check()
    press(room.desk, "Enter")
    closed(room.desk)
    expect(other.locator("[data-part=gaps]")).to_contain_text("In gesprek")
    other.locator("#stand-closed-keuze").check()
    press(other, "Enter")
    expect(other.locator("#stand .problem")).to_contain_text("S. Spreeuw")
    expect(other.locator("#stand-closed-keuze")).to_be_checked()
    press(other, "Enter")
    closed(other)
    expect(room.desk.locator("[data-part=gaps]")).to_contain_text("Gedicht")


def test_notes_of_two_hands_at_one_step_are_both_kept(room: Room, open_page: OpenPage) -> None:
    other = open_page("/rollen")
    other.locator("button[value=secretary]").click()
    other.goto(room.desk.url)
    mine, theirs = room.desk.locator("#notities"), other.locator("#notities")
    theirs.focus()
    mine.fill("Vraag eerst wie dit kent.")
    expect(room.desk.locator("#notities-staat")).to_have_text("bewaard")
    theirs.fill("Laat de kaart staan.")
    expect(other.locator(".refusal .toast")).to_contain_text("S. Spreeuw")
    expect(theirs).to_have_value("Laat de kaart staan.\n\nVraag eerst wie dit kent.")
    press(other, "PageDown", "PageUp")
    theirs.press_sequentially(" ")
    expect(other.locator("#notities-staat")).to_have_text("bewaard")
    room.desk.reload()
    expect(mine).to_have_value("Laat de kaart staan.\n\nVraag eerst wie dit kent.")


def test_a_desk_that_knows_more_than_the_journal_begins_anew(room: Room) -> None:
    room.from_a_lost_future(room.desk)
    room.go_to_scene(3)
    expect(room.desk.locator(".topbar h1")).to_contain_text("Scène 3 van 6")


def test_placing_a_gap_asks_for_body_action_and_date(room: Room) -> None:
    desk, wall = room.desk, room.wall()
    room.go_to_scene(3)
    desk.get_by_role("button", name="Stand van hiaat").first.click()
    opened(desk, "stand")
    expect(desk.locator("#stand-gremium")).to_be_hidden()
    desk.locator("#stand-assigned-keuze").check()
    press(desk, "Enter")
    expect(desk.locator("#stand .problem")).to_contain_text("gremium")
    desk.locator("#stand-gremium").fill("Landelijk beleidsplatform")
    desk.locator("#stand-actie").fill("De kaart verhuist mee")
    desk.locator("#stand-dag").fill("2027-03-01")
    press(desk, "Enter")
    closed(desk)
    expect(wall.locator(".wall-gaps")).to_contain_text("Landelijk beleidsplatform")


def test_ending_says_what_happens_and_leads_to_what_remains(room: Room) -> None:
    desk, wall = room.desk, room.wall()
    desk.locator("#knop-meer").click()
    desk.locator("#knop-einde").click()
    opened(desk, "einde")
    expect(desk.locator("#einde")).to_contain_text("niemand kan nog iets toevoegen")
    expect(desk.get_by_role("button", name="Ga verder")).to_be_focused()
    desk.get_by_role("button", name="Sluit af voor iedereen").click()
    desk.wait_for_url(f"**/zaal/{room.number}/na")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("De voorstelling is afgelopen")
    expect(wall.locator("h1")).to_contain_text("Dit was het verhaal")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_desk_list_and_what_remains_have_no_barriers(open_page: OpenPage, barriers: Barriers, theme: str) -> None:
    room = start_room(open_page, theme=theme)
    desk = room.desk
    room.go_to_scene(4)
    room.send(room.phone(), "submit", kind="gap", text="Dit was op de Kastanjelaan 12.")
    expect(desk.locator(".inbox .notice")).to_be_visible()
    assert barriers(desk) == []
    for key, name in (
        ("o", "organisatie"),
        ("k", "kanaal"),
        ("h", "hiaat"),
        ("p", "pop"),
        ("v", "vraag"),
        ("?", "toetsen"),
    ):
        press(desk, key)
        opened(desk, name)
        assert barriers(desk) == [], name
        press(desk, "Escape")
        closed(desk)
    room.send(room.phone(), "submit", kind="gap", text="Niemand belt terug.")
    for button, name in (
        (desk.get_by_role("button", name="Stand van hiaat").first, "stand"),
        (desk.get_by_role("button", name="Voeg samen").first, "samen"),
        (desk.locator("#knop-meer"), "meer"),
    ):
        button.click()
        opened(desk, name)
        assert barriers(desk) == [], name
        if name != "meer":
            press(desk, "Escape")
            closed(desk)
    desk.locator("#knop-einde").click()
    opened(desk, "einde")
    assert barriers(desk) == []
    desk.get_by_role("button", name="Sluit af voor iedereen").click()
    desk.wait_for_url(f"**/zaal/{room.number}/na")
    assert barriers(desk) == []
    desk.goto("/zaal")
    assert barriers(desk) == []


def test_the_desk_is_one_window_and_only_its_columns_scroll(room: Room) -> None:
    desk = room.desk
    room.go_to_scene(3)
    assert desk.evaluate("document.documentElement.scrollHeight <= innerHeight")
    expect(desk.locator(".quick")).to_be_in_viewport(ratio=1)
    expect(desk.locator(".topbar")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", ["phone", "narrow"])
def test_the_desk_fits_a_small_screen(room: Room, size: str) -> None:
    width = {"phone": 390, "narrow": 320}[size]
    room.desk.set_viewport_size({"width": width, "height": 800})
    assert not room.desk.evaluate(SPILLS)
