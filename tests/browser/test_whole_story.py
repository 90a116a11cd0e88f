"""A whole story in a room: a presenter, a big screen, three phones in a browser and seventeen that are plain clients.

Halfway the server is killed and started again. Nothing that was acknowledged is lost or doubled, everybody hears every
event once and in order, and all screens are right within seconds of its return.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import secrets
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_server import Server
from schakelbord.engine import load_story, story_path
from schakelbord.engine.story import Beat

PLAIN_PHONES = 17
# How soon screens are right again is measured by `make bench-live`; a test only waits for it.
RIGHT_AGAIN = 20_000
pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running server that ends with the test."""
    running = Server(tmp_path)
    running.start()
    yield running
    running.kill()


class PlainPhone(threading.Thread):
    """Joins, follows the stream by hand, and recognises a gap, with the same key until that is acknowledged."""

    def __init__(self, address: str, code: str) -> None:
        super().__init__(daemon=True)
        self.address = address
        self.seqs: list[int] = []
        self.acknowledged: set[str] = set()
        self.resyncs = 0
        self.over = threading.Event()
        self._browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
        )
        page = self._get("/mee").decode()
        self._token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]  # type: ignore[index]
        form = {"csrfmiddlewaretoken": self._token, "code": code, "layer": "uitvoering", "field": "care"}
        home = self._browser.open(f"{address}/mee", urlencode(form).encode(), timeout=20)
        self.place = home.geturl()
        self.room = re.search(r'data-room="(\d+)"', home.read().decode())[1]  # type: ignore[index]

    def run(self) -> None:
        """Follow until it is over; come back after every break where it left off."""
        while not self.over.is_set():
            try:
                self._follow()
            except (OSError, urllib.error.URLError, ValueError):
                time.sleep(0.1 + secrets.randbelow(200) / 1000)

    def say(self, verb: str, **fields: object) -> None:
        """Send something until the server says that it is kept."""
        key = secrets.token_hex(8)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, "X-CSRFToken": self._token}
        while not self.over.is_set():
            body = json.dumps(fields).encode()
            request = urllib.request.Request(f"{self.place}/zeg/{verb}", body, headers)  # noqa: S310  our own server
            try:
                with self._browser.open(request, timeout=10):
                    self.acknowledged.add(key)
                    return
            except OSError:
                time.sleep(0.2)

    def _get(self, path: str) -> bytes:
        with self._browser.open(self.address + path, timeout=20) as answer:
            found: bytes = answer.read()
            return found

    def _follow(self) -> None:
        since = f"?na={self.room}:{self.seqs[-1]}" if self.seqs else f"?na={self.room}:0"
        with closing(self._browser.open(f"{self.address}/live/{self.room}/stroom{since}", timeout=30)) as stream:
            for line in stream:
                if self.over.is_set():
                    return
                text = line.decode().rstrip()
                if text.startswith("event: resync"):
                    self.resyncs += 1
                if text.startswith('data: {"seq":') and '"verb"' in text:
                    self.seqs.append(json.loads(text[6:])["seq"])


def text_of(beat: Beat) -> str:
    """What is told or asked at a step, in Dutch."""
    text = beat.say or beat.ask
    assert text is not None
    return text.nl


def open_desk(browser: Browser, server: Server) -> Page:
    """The presenter, at the desk of a new session."""
    page = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 800}).new_page()
    page.goto("/rollen")
    page.locator("form", has=page.locator("[value=presenter]")).get_by_role("button").filter(
        has_text="Verteller"
    ).first.click()
    page.goto("/zaal")
    page.get_by_role("button", name=re.compile("Start|Begin|Open")).first.click()
    page.wait_for_url("**/verteller")
    return page


def open_phone(browser: Browser, server: Server, code: str) -> Page:
    """A phone that joined."""
    page = browser.new_context(base_url=server.address, viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"/mee/{code}")
    page.get_by_role("button", name="Doe mee").click()
    expect(page.locator("#follow-state")).to_contain_text("u volgt de zaal")
    return page


def test_a_whole_story_with_twenty_phones_and_a_server_that_dies_halfway(chromium: Browser, server: Server) -> None:
    story = load_story(story_path("wilg"))
    beats = [beat for scene in story.scenes for beat in scene.beats]
    desk = open_desk(chromium, server)
    session = desk.url.split("/")[-2]
    code = server.ask("SELECT join_code FROM showing_session WHERE id = ?", session)[0][0]
    wall = chromium.new_context(base_url=server.address, viewport={"width": 1920, "height": 1080}).new_page()
    wall.goto(f"/zaal/{session}/scherm?code={code}")
    phones = [open_phone(chromium, server, code) for _ in range(3)]
    plain = [PlainPhone(server.address, code) for _ in range(PLAIN_PHONES)]
    for phone in plain:
        phone.start()
    screens = (wall, *phones)
    dies_at = len(beats) // 2
    for place, beat in enumerate(beats[1:], start=1):
        if place == dies_at:
            server.kill()
            callers = [
                threading.Thread(target=phone.say, args=("recognise",), kwargs={"gap": gap_key(story)})
                for phone in plain
            ]
            for caller in callers:
                caller.start()
            phones[0].get_by_role("button", name="Herken ik").first.click()
            server.start()
        desk.keyboard.press("PageDown")
        for screen in screens:
            expect(screen.get_by_text(text_of(beat)).first).to_be_visible(
                timeout=RIGHT_AGAIN if place == dies_at else 10_000
            )
    for caller in callers:
        caller.join(timeout=20)
    expect(phones[0].get_by_role("button", name="Herkend").first).to_be_visible()
    verify(server, plain, session)
    for phone in plain:
        phone.over.set()


def gap_key(story: object) -> str:
    """The key of the first gap of Wilg."""
    from schakelbord.engine import load_catalogue, read_story  # noqa: PLC0415 - only here

    return read_story(story, load_catalogue(), with_repairs=False).findings[0].key  # type: ignore[arg-type]


def verify(server: Server, plain: list[PlainPhone], session: str) -> None:
    """What the database says is what everybody heard, once and in order; the journal is whole."""
    room = server.ask("SELECT room_id FROM showing_session WHERE id = ?", session)[0][0]
    told = [
        row[0]
        for row in server.ask(
            "SELECT seq FROM live_event WHERE room_id = ? AND audience = 'meeting' ORDER BY seq", room
        )
    ]
    end = time.monotonic() + 10
    while time.monotonic() < end and any(phone.seqs[-1:] != told[-1:] for phone in plain):
        time.sleep(0.05)
    for phone in plain:
        assert phone.resyncs == 0
        assert phone.seqs == told
    keys = [row[0] for row in server.ask("SELECT key FROM live_event WHERE room_id = ?", room)]
    assert len(keys) == len(set(keys))
    acknowledged = {key for phone in plain for key in phone.acknowledged}
    assert len(acknowledged) == PLAIN_PHONES
    assert acknowledged <= set(keys)
    recognised = server.ask(
        "SELECT count(*) FROM showing_recognition r JOIN showing_roomgap g ON g.id = r.gap_id "
        "WHERE NOT r.withdrawn AND g.session_id = ?",
        session,
    )[0][0]
    assert recognised == PLAIN_PHONES + 1
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKELBORD_", "DJANGO_"))}
    command = [sys.executable, "-m", "schakelbord.cli.main", "journal", "verify"]
    subprocess.run(command, env={**ours, "SCHAKELBORD_DATA": str(server.data)}, check=True, stdout=subprocess.DEVNULL)
