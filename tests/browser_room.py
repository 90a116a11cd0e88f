"""A session in a real browser: its desk, its big screen and a phone, as people open them."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, Route, expect

OpenPage = Callable[..., Page]
SEND = """async ([url, key, body]) => {
  const token = document.querySelector("[data-csrf]").dataset.csrf;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token, "Idempotency-Key": key };
  const answer = await fetch(url, { method: "POST", headers, body });
  return answer.status;
}"""


@dataclass(frozen=True, slots=True)
class Room:
    """One session with its desk open.

    Args:
        desk: the presenter's page.
        number: key of the session.
        open_page: opens a page of somebody else.
    """

    desk: Page
    number: int
    open_page: OpenPage

    @property
    def code(self) -> str:
        """The code to join."""
        return self.desk.locator("#meer dd.num").inner_text() if self._menu_is_open else self._code_in_page()

    @property
    def _menu_is_open(self) -> bool:
        return self.desk.locator("#meer[open]").count() > 0

    def _code_in_page(self) -> str:
        return str(self.desk.locator("#meer dd.num").text_content())

    def wall(self, *, width: int = 1920, height: int = 1080, **more: str) -> Page:
        """The big screen, in a browser that has only the code."""
        page = self.open_page(f"/zaal/{self.number}/scherm?code={self.code}", **more)
        page.set_viewport_size({"width": width, "height": height})
        return page

    def phone(self) -> Page:
        """A phone that joined."""
        page = self.open_page(f"/mee/{self.code}", size="phone")
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(f"**/zaal/{self.number}")
        return page

    def send(self, phone: Page, verb: str, **fields: Any) -> int:
        """What a phone sends, and the status of the answer."""
        url = f"/zaal/{self.number}/zeg/{verb}"
        status: int = phone.evaluate(SEND, [url, str(uuid.uuid4()), json.dumps(fields)])
        return status

    def at_desk(self, verb: str, **fields: Any) -> None:
        """A command of the desk, as its page sends it."""
        url = f"/zaal/{self.number}/doe/{verb}"
        status = self.desk.evaluate(SEND, [url, str(uuid.uuid4()), json.dumps(fields)])
        assert status == 200, f"{verb}: {status}"

    def from_a_lost_future(self, page: Page) -> None:
        """Load a page anew as if it had seen events that are not in the journal: that was put back from a copy."""

        def answer(route: Route) -> None:
            if "x-schakelbord-part" in route.request.headers:
                route.continue_()
                return
            found = route.fetch()
            route.fulfill(response=found, body=re.sub(r'data-seq="\d+"', 'data-seq="99999"', found.text()))

        address = page.url
        page.route(lambda url: url == address, answer)
        page.reload()

    def go_to_scene(self, number: int) -> None:
        """Choose a scene from the list of scenes."""
        if not self.desk.locator("#scenes[open]").count():
            self.desk.locator("#scenes > summary").click()
        self.desk.locator(f"#naar-scene-{number}").click()
        expect(self.desk.locator(f"#naar-scene-{number}[aria-current=step]")).to_be_visible()


PRESENTERS: dict[str, Any] = {}
"""Cookies of a presenter, by the address of a server: choosing the role takes a second in each test."""


def _presenter(open_page: OpenPage, **more: str) -> Page:
    """The list of sessions, as a presenter sees it."""
    known = PRESENTERS.get("cookies")
    if known:
        page = open_page("/over", **more)
        page.context.add_cookies(known)
        page.goto("/zaal")
        if page.locator("input[name=story]").count():
            return page
    page = open_page("/rollen", **more)
    page.locator("button[value=presenter]").click()
    PRESENTERS["cookies"] = [one for one in page.context.cookies() if "session" in one["name"]]
    page.goto("/zaal")
    return page


def start_room(open_page: OpenPage, *, story: str = "wilg", **more: str) -> Room:
    """A presenter who just opened a session of a story."""
    page = _presenter(open_page, **more)
    page.locator(f"input[name=story][value={story}]").check()
    page.locator("#naam").fill("Samen schakelen")
    page.locator("button[name=then][value=open]").click()
    page.wait_for_url("**/verteller")
    expect(page.locator("html[data-script=yes]")).to_have_count(1)
    found = re.search(r"/zaal/(\d+)/", page.url)
    assert found is not None
    return Room(page, int(found.group(1)), open_page)
