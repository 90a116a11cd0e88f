"""A phone on a bad network: one stream for all its tabs, nothing lost or sent twice, and a clock that may be wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from browser_proxy import Proxy, proxy_before
from browser_room import OpenPage, Room, start_room

MOVED, BEGUN_AGAIN, WEDDING = "Opeens verhuisd", "Een nieuwe school begint opnieuw", "De bruiloft"
KEPT = "bewaard, de verteller heeft het"
SOON = 9_000


@pytest.fixture
def room(open_page: OpenPage) -> Room:
    """A session of Wilg that was just opened, at a scene with gaps."""
    started = start_room(open_page)
    started.go_to_scene(3)
    return started


@pytest.fixture
def proxy(address: str) -> Iterator[Proxy]:
    """A proxy between the phone and the server."""
    with proxy_before(address) as found:
        yield found


def join(room: Room, proxy: Proxy, *, clock: dt.datetime | None = None) -> Page:
    """A phone that joins through the proxy; with `clock` time can be wound on, and its own clock says this."""
    phone = room.open_page(f"{proxy.address}/mee/{room.code}", size="phone")
    if clock is not None:
        phone.clock.install(time=clock)
    phone.locator("main form button[type=submit]").first.click()
    phone.wait_for_url(f"**/zaal/{room.number}")
    return phone


def title(phone: Page) -> Locator:
    """The scene that a phone shows."""
    return phone.locator("[data-part=scene] h1")


def ask(phone: Page, text: str) -> None:
    """Send a question to the presenter."""
    phone.get_by_role("link", name="Vraag of zeg iets").click()
    phone.get_by_label("In uw eigen woorden").fill(text)
    phone.get_by_role("button", name="Stuur naar de verteller").click()


def own(phone: Page) -> Locator:
    """What this phone sent."""
    return phone.locator("#own li")


def inbox(room: Room) -> Locator:
    """The messages at the desk."""
    return room.desk.locator("[data-part=inbox] .told")


def test_eight_tabs_share_one_stream_and_another_takes_over(room: Room, proxy: Proxy) -> None:
    first = join(room, proxy)
    proxy.wait_until(lambda seen: seen.open_streams == 1)
    tabs = [first, *(first.context.new_page() for _ in range(7))]
    for tab in tabs[1:]:
        tab.goto(first.url)
    room.go_to_scene(4)
    for tab in tabs:
        expect(title(tab)).to_have_text(BEGUN_AGAIN)
    assert proxy.most_streams == 1
    tabs[5].get_by_role("button", name="Herken ik").first.click()
    expect(tabs[2].get_by_text("1 × herkend").first).to_be_visible()
    first.close()
    proxy.wait_until(lambda seen: seen.asked["stroom"] == 2 and seen.open_streams == 1)
    room.go_to_scene(5)
    for tab in tabs[1:]:
        expect(title(tab)).to_have_text(WEDDING)


def test_behind_a_proxy_that_keeps_streams_all_tabs_ask_until_it_lets_them_through(room: Room, proxy: Proxy) -> None:
    proxy.keeps_streams = True
    phone = join(room, proxy, clock=dt.datetime.now(dt.UTC))
    other = phone.context.new_page()
    other.goto(phone.url)
    proxy.wait_until(lambda seen: seen.open_streams == 1)
    phone.clock.fast_forward(21_000)
    for tab in (phone, other):
        expect(tab.locator("#follow-state")).to_contain_text("trage verbinding")
    room.go_to_scene(4)
    for tab in (phone, other):
        expect(title(tab)).to_have_text(BEGUN_AGAIN)
    proxy.keeps_streams = False
    phone.clock.fast_forward(40_000)
    expect(phone.locator("#follow-state")).to_have_text("u volgt de zaal")
    proxy.wait_until(lambda seen: seen.open_streams == 1)
    room.go_to_scene(5)
    for tab in (phone, other):
        expect(title(tab)).to_have_text(WEDDING)


def test_after_a_dead_network_all_is_right_within_three_seconds_and_sent_once(room: Room, proxy: Proxy) -> None:
    phone = join(room, proxy)
    room.go_to_scene(4)
    expect(title(phone)).to_have_text(BEGUN_AGAIN)
    phone.context.set_offline(True)
    expect(phone.locator("#follow-state")).to_contain_text("geen verbinding")
    ask(phone, "Wie belt er terug?")
    expect(own(phone).get_by_text("nog niet verstuurd")).to_be_visible()
    phone.get_by_role("button", name="Herken ik").first.click()
    for scene in (5, 4, 3, 5):
        room.go_to_scene(scene)
    phone.context.set_offline(False)
    expect(title(phone)).to_have_text(WEDDING, timeout=SOON)
    expect(own(phone).get_by_text(KEPT)).to_be_visible(timeout=SOON)
    expect(phone.locator("#follow-state")).to_have_text("u volgt de zaal")
    expect(inbox(room).filter(has_text="Wie belt er terug?")).to_have_count(1)
    room.go_to_scene(3)
    expect(title(phone)).to_have_text(MOVED)
    assert sorted(proxy.keys.values()) == [1, 1]


def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_comes_twice(room: Room, proxy: Proxy) -> None:
    phone = join(room, proxy)
    proxy.loses = 1
    ask(phone, "Kwam dit aan?")
    expect(own(phone).get_by_text(KEPT)).to_be_visible(timeout=15_000)
    assert list(proxy.keys.values()) == [2]
    expect(inbox(room)).to_have_count(1)


def test_a_clock_that_is_wrong_by_days_changes_nothing(room: Room, proxy: Proxy) -> None:
    wrong = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
    phone = join(room, proxy, clock=wrong)
    room.at_desk("add-question", text="Wie is aan zet?")
    room.at_desk("set-mode", mode="table", minutes=5)
    expect(phone.locator("[data-until]")).to_have_text(re.compile(r"^(5\.00|4\.\d\d)$"))
    phone.context.set_offline(True)
    ask(phone, "Eerst dit")
    phone.clock.set_system_time(wrong - dt.timedelta(days=9))
    ask(phone, "Daarna dat")
    expect(own(phone)).to_have_count(2)
    expect(phone.locator("[data-until]")).to_have_text(re.compile(r"^4\.\d\d$"))
    phone.context.set_offline(False)
    expect(own(phone).get_by_text(KEPT)).to_have_count(2)
    expect(inbox(room)).to_contain_text(["Eerst dit", "Daarna dat"])


def test_a_tab_that_catches_up_loses_nothing_that_others_heard_meanwhile(room: Room, proxy: Proxy) -> None:
    first = join(room, proxy)
    address = first.url
    before = first.context.request.get(address).text()
    room.go_to_scene(4)
    expect(title(first)).to_have_text(BEGUN_AGAIN)
    second = first.context.new_page()
    second.route(address, lambda route: route.fulfill(body=before, content_type="text/html; charset=utf-8"), times=1)
    asked = proxy.asked["sinds"]
    proxy.asks_freely.clear()
    second.goto(address)
    proxy.wait_until(lambda seen: seen.asked["sinds"] > asked)
    room.phone().get_by_role("button", name="Herken ik").first.click()
    expect(first.get_by_text("1 × herkend").first).to_be_visible()
    expect(title(second)).to_have_text(MOVED)
    proxy.asks_freely.set()
    expect(title(second)).to_have_text(BEGUN_AGAIN)


def test_a_phone_that_knows_more_than_the_journal_begins_anew(room: Room) -> None:
    phone = room.phone()
    room.from_a_lost_future(phone)
    room.go_to_scene(4)
    expect(title(phone)).to_have_text(BEGUN_AGAIN)
    room.go_to_scene(5)
    expect(title(phone)).to_have_text(WEDDING)


def test_a_refused_text_stays_through_cancelling_and_a_reload_until_it_is_corrected(room: Room) -> None:
    phone = room.phone()
    phone.get_by_role("link", name="Vraag of zeg iets").click()
    room.at_desk("set-audience", may_recognise=True, may_add=False)
    expect(phone.get_by_role("link", name="Vraag of zeg iets")).to_have_count(0)
    phone.get_by_label("In uw eigen woorden").fill("Mag dit nog?")
    phone.get_by_role("button", name="Stuur naar de verteller").click()
    expect(own(phone)).to_contain_text("niet aangenomen. De verteller heeft dit nu uitgezet")
    phone.get_by_role("button", name="Verbeter").click()
    expect(phone.get_by_label("In uw eigen woorden")).to_have_value("Mag dit nog?")
    phone.get_by_role("button", name="Annuleer").click()
    phone.reload()
    expect(own(phone)).to_contain_text("Mag dit nog?")
    room.at_desk("set-audience", may_recognise=True, may_add=True)
    phone.get_by_role("button", name="Verbeter").click()
    phone.get_by_label("In uw eigen woorden").fill("Mag dit nu wel?")
    phone.get_by_role("button", name="Stuur naar de verteller").click()
    expect(own(phone)).to_have_count(1)
    expect(own(phone)).to_contain_text(KEPT)
    expect(inbox(room)).to_have_text(re.compile("Mag dit nu wel"))
