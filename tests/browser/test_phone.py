"""A phone in the room: it follows, says something, loses its network, and loses nothing of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from browser_room import OpenPage, Room, start_room

Barriers = Callable[[Page], list[str]]
KEPT = re.compile("^bewaard")
"""Kept; soon after, the same place says what became of it."""
STREAMS = """() => performance.getEntriesByType("resource").filter((entry) => entry.name.includes("/stroom")).length"""
LISTS = """() => [...document.querySelectorAll("[data-part=life] li, [data-part=rings] li")].map(
  (row) => row.textContent.trim())"""
END = """async (url) => {
  const token = document.querySelector("[data-csrf]").dataset.csrf;
  const headers = { "Content-Type": "application/json", "Idempotency-Key": "end-of-story", "X-CSRFToken": token };
  return (await fetch(url, { method: "POST", body: "{}", headers })).status;
}"""


@pytest.fixture
def room(open_page: OpenPage) -> Room:
    """A session of Wilg that was just opened, at a scene with gaps."""
    started = start_room(open_page)
    started.go_to_scene(3)
    return started


def write_gap(phone: Page, text: str) -> None:
    """Tell a gap in the form."""
    phone.get_by_role("link", name="Ik zie een ander hiaat").click()
    phone.get_by_label("Wat gaat er mis").fill(text)
    phone.get_by_role("button", name="Stuur naar de verteller").click()


def own(phone: Page) -> Locator:
    """What this phone sent."""
    return phone.locator("#own")


def inbox(room: Room) -> Locator:
    """The messages at the desk."""
    return room.desk.locator("[data-part=inbox] .told")


def test_a_phone_follows_the_presenter_and_keeps_its_place(room: Room) -> None:
    phone = room.phone()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Opeens verhuisd")
    phone.get_by_role("link", name="Ik zie een ander hiaat").click()
    phone.get_by_label("Wat gaat er mis").fill("Nog niet klaar")
    room.go_to_scene(4)
    expect(phone.locator("[data-part=scene] h1")).to_have_text("Een nieuwe school begint opnieuw")
    expect(phone.get_by_label("Wat gaat er mis")).to_have_value("Nog niet klaar")
    expect(phone.get_by_label("Wat gaat er mis")).to_be_focused()


def test_recognising_is_once_a_device_and_can_be_withdrawn(room: Room) -> None:
    phone = room.phone()
    phone.get_by_role("button", name="Herken ik").first.click()
    expect(phone.get_by_text("1 × herkend").first).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("button", name="Herkend").first).to_have_attribute("aria-pressed", "true")
    phone.get_by_role("button", name="Herkend").first.click()
    expect(phone.get_by_text("1 × herkend")).to_have_count(0)


def test_what_was_typed_without_network_is_kept_through_a_reload_and_sent_once(room: Room) -> None:
    phone = room.phone()
    phone.context.set_offline(True)
    write_gap(phone, "Niemand belt terug")
    expect(own(phone).get_by_text("nog niet verstuurd")).to_be_visible()
    room.go_to_scene(4)
    phone.context.set_offline(False)
    expect(own(phone).get_by_text(KEPT)).to_be_visible()
    expect(phone.locator("[data-part=scene] h1")).to_have_text("Een nieuwe school begint opnieuw")
    expect(inbox(room).filter(has_text="Niemand belt terug")).to_have_count(1)
    phone.reload()
    expect(own(phone).get_by_text("Niemand belt terug")).to_be_visible()
    expect(inbox(room).filter(has_text="Niemand belt terug")).to_have_count(1)


def test_what_was_typed_survives_a_closed_tab(room: Room) -> None:
    phone = room.phone()
    phone.context.route("**/zeg/**", lambda route: route.abort())
    write_gap(phone, "Wij horen nooit iets")
    expect(own(phone).get_by_text("nog niet verstuurd")).to_be_visible()
    address, context = phone.url, phone.context
    phone.close(run_before_unload=False)
    context.unroute("**/zeg/**")
    again = context.new_page()
    again.goto(address)
    expect(own(again).get_by_text(KEPT)).to_be_visible()
    expect(inbox(room).filter(has_text="Wij horen nooit iets")).to_have_count(1)


def test_leaving_with_something_unsent_asks_first(room: Room) -> None:
    phone = room.phone()
    phone.context.route("**/zeg/**", lambda route: route.abort())
    write_gap(phone, "Dit is nog niet weg")
    expect(own(phone).get_by_text("nog niet verstuurd")).to_be_visible()
    asked = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    phone.goto("/over")
    assert asked == ["beforeunload"]


def test_a_text_that_is_too_long_is_not_sent_and_stays(room: Room) -> None:
    phone = room.phone()
    write_gap(phone, "x" * 120)
    expect(phone.locator(".say-dialog .problem")).to_be_visible()
    expect(phone.get_by_label("Wat gaat er mis")).to_have_value("x" * 120)
    expect(own(phone)).to_be_hidden()


def test_a_black_screen_is_told_in_words_and_the_list_stays(room: Room) -> None:
    phone = room.phone()
    room.at_desk("set-black", on=True)
    expect(phone.locator("[data-part=black]").get_by_text("De zaal is even zwart.")).to_be_visible()
    expect(phone.locator("#announce")).to_contain_text("De zaal is even zwart.")
    expect(phone.get_by_role("button", name="Herken ik").first).to_be_visible()
    room.at_desk("set-black", on=False)
    expect(phone.locator("[data-part=black]").get_by_text("De zaal is even zwart.")).to_have_count(0)


def test_life_world_and_rings_follow_each_step_without_a_fetch(room: Room) -> None:
    phone = room.phone()
    pages: list[str] = []
    phone.on("request", lambda request: pages.append(request.url) if request.url == phone.url else None)
    for scene, title in ((1, None), (4, "Een nieuwe school begint opnieuw")):
        room.go_to_scene(scene)
        if title:
            expect(phone.locator("[data-part=scene] h1")).to_have_text(title)
    assert pages == []
    shown = phone.evaluate(LISTS)
    phone.reload()
    assert shown == phone.evaluate(LISTS)
    assert len(shown) > 3


def test_a_correction_that_was_cancelled_keeps_what_was_typed(room: Room) -> None:
    phone = room.phone()
    write_gap(phone, "Dit was het meisje van de Kastanjelaan 12")
    own(phone).get_by_role("button", name="Verbeter").click()
    phone.get_by_label("Wat gaat er mis").fill("Zij verhuisde")
    phone.get_by_role("button", name="Annuleer").click()
    expect(own(phone).get_by_text("Dit was het meisje")).to_be_visible()
    phone.reload()
    own(phone).get_by_role("button", name="Verbeter").click()
    expect(phone.get_by_label("Wat gaat er mis")).to_have_value("Zij verhuisde")
    phone.get_by_role("button", name="Stuur naar de verteller").click()
    expect(inbox(room)).to_have_text(["“Zij verhuisde”"])
    expect(own(phone).locator("li")).to_have_count(1)


def test_asked_for_other_words_a_phone_gets_its_earlier_text_and_the_desk_sees_both(room: Room) -> None:
    phone, other = room.phone(), room.phone()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    write_gap(phone, "Dit was het meisje van de Kastanjelaan 12")
    room.desk.get_by_role("button", name="Vraag om andere woorden").click()
    expect(own(phone)).to_contain_text("de verteller vraagt om andere woorden")
    own(phone).get_by_role("button", name="Verbeter").click()
    expect(phone.locator(".say-dialog")).to_contain_text("De verteller vraagt om andere woorden.")
    expect(phone.get_by_label("Wat gaat er mis")).to_have_value("Dit was het meisje van de Kastanjelaan 12")
    phone.get_by_label("Wat gaat er mis").fill("Zij verhuisde en niemand wist het")
    phone.get_by_role("button", name="Stuur naar de verteller").click()
    expect(inbox(room)).to_have_text(["“Zij verhuisde en niemand wist het”"])
    expect(room.desk.locator("[data-part=inbox]")).to_contain_text(
        "In andere woorden; eerst stond er: “Dit was het meisje van de Kastanjelaan 12”"
    )
    expect(own(phone).locator("li")).to_have_count(1)
    assert [url for url in asked if "/zaal/" in url] == []


def test_without_scripts_other_words_go_in_a_form_with_the_earlier_text(room: Room) -> None:
    phone = room.open_page(f"/mee/{room.code}", size="phone", scripts=False)
    phone.get_by_role("button", name="Doe mee").click()
    phone.get_by_role("link", name="Ik zie een ander hiaat").click()
    phone.get_by_label("Wat gaat er mis").fill("Dit was het meisje van de Kastanjelaan 12")
    phone.get_by_role("button", name="Stuur naar de verteller").click()
    room.desk.get_by_role("button", name="Vraag om andere woorden").click()
    expect(room.desk.get_by_role("button", name="Maak ongedaan: om andere woorden gevraagd")).to_be_visible()
    phone.reload()
    phone.get_by_role("link", name="Zeg het in andere woorden").click()
    expect(phone.get_by_label("Wat gaat er mis")).to_have_value("Dit was het meisje van de Kastanjelaan 12")
    phone.get_by_label("Wat gaat er mis").fill("Zij verhuisde")
    phone.get_by_role("button", name="Stuur naar de verteller").click()
    expect(inbox(room)).to_have_text(["“Zij verhuisde”"])


def test_what_looks_like_a_real_person_is_told_to_who_wrote_it(room: Room) -> None:
    phone = room.phone()
    write_gap(phone, "Dit was het meisje van de Kastanjelaan 12")
    expect(own(phone).get_by_text("adres")).to_be_visible()
    expect(own(phone).get_by_role("button", name="Verbeter")).to_be_visible()


def test_who_looks_around_is_offered_the_new_scene_and_comes_back(room: Room) -> None:
    phone = room.phone()
    phone.get_by_label("Zelf bladeren", exact=True).select_option("1")
    phone.get_by_role("button", name="Toon", exact=True).click()
    expect(phone.locator("#follow-state")).to_contain_text("u bladert zelf")
    room.go_to_scene(5)
    expect(phone.get_by_text("Scène 5 is begonnen.")).to_be_visible()
    expect(phone.locator("[data-part=scene] h1")).not_to_have_text("De bruiloft")
    phone.get_by_role("link", name="Ga mee").click()
    expect(phone.locator("[data-part=scene] h1")).to_have_text("De bruiloft")


def test_eight_tabs_share_one_stream_and_still_send(room: Room) -> None:
    first = room.phone()
    tabs = [first, *(first.context.new_page() for _ in range(7))]
    for tab in tabs[1:]:
        tab.goto(first.url)
    room.go_to_scene(4)
    for tab in tabs:
        expect(tab.locator("[data-part=scene] h1")).to_have_text("Een nieuwe school begint opnieuw")
    assert sum(tab.evaluate(STREAMS) for tab in tabs) == 0
    tabs[5].get_by_role("button", name="Herken ik").first.click()
    expect(tabs[2].get_by_text("1 × herkend").first).to_be_visible()
    first.close()
    room.go_to_scene(5)
    for tab in tabs[1:]:
        expect(tab.locator("[data-part=scene] h1")).to_have_text("De bruiloft", timeout=10_000)


def test_a_proxy_that_keeps_streams_to_itself_makes_the_phone_ask_instead(room: Room) -> None:
    phone = room.open_page(f"/mee/{room.code}", size="phone")
    phone.context.route("**/stroom*", lambda route: route.abort())
    phone.locator("main form button[type=submit]").first.click()
    expect(phone.locator("#follow-state")).to_contain_text("trage verbinding", timeout=15_000)
    room.go_to_scene(4)
    expect(phone.locator("[data-part=scene] h1")).to_have_text("Een nieuwe school begint opnieuw", timeout=10_000)


def test_without_scripts_a_phone_joins_recognises_and_says_something(room: Room) -> None:
    phone = room.open_page(f"/mee/{room.code}", size="phone", scripts=False)
    phone.get_by_role("button", name="Doe mee").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Opeens verhuisd")
    phone.get_by_role("link", name="Ik zie een ander hiaat").click()
    phone.get_by_label("Wat gaat er mis").fill("Zonder scripts gaat het ook")
    phone.get_by_role("button", name="Stuur naar de verteller").click()
    expect(inbox(room).filter(has_text="Zonder scripts gaat het ook")).to_have_count(1)
    phone.locator("a[data-recognise]").first.click()
    phone.get_by_role("button", name="Herken ik").click()
    expect(phone.get_by_text("1 × herkend").first).to_be_visible()


def test_after_the_end_the_phone_says_so_and_knows_no_device(room: Room) -> None:
    phone = room.phone()
    assert room.desk.evaluate(END, f"/zaal/{room.number}/doe/end") == 200
    expect(phone.get_by_role("heading", level=1)).to_have_text("Deze voorstelling is afgelopen")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_join_and_phone_have_no_barriers_and_spill_nowhere(room: Room, barriers: Barriers, theme: str) -> None:
    for language in ("nl", "en"):
        phone = room.open_page(f"/mee/{room.code}", size="narrow", theme=theme, language=language)
        assert barriers(phone) == []
        phone.locator("main form button[type=submit]").first.click()
        phone.wait_for_url(f"**/zaal/{room.number}")
        assert barriers(phone) == []
        assert phone.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
