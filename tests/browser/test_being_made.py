"""A document that takes long: the page waits by itself, and without scripts a link does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from schakelbord.reports import serving
from schakelbord.reports.press import Press

OpenPage = Callable[..., Page]
Barriers = Callable[[Page], list[str]]
ADDRESS = "/verhalen/wilg/scene.pdf?scene=2"


@pytest.fixture
def waiting_page(reader: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> str:
    """The page as it is when the press is busy."""
    monkeypatch.setattr(serving, "PRESS", Press(patience=0))
    answer = reader.get(ADDRESS)
    assert answer.status_code == 202
    return answer.content.decode()


def busy(page: Page, html: str, *, looks: int) -> None:
    """Answer as a press that is busy until somebody looked this often; then the real site answers."""
    seen: list[str] = []

    def answer(route: Route) -> None:
        seen.append(route.request.method)
        if len(seen) <= looks:
            body = html if route.request.method == "GET" else ""
            route.fulfill(status=202, content_type="text/html; charset=utf-8", body=body)
        else:
            route.continue_()

    page.route("**/scene.pdf?*", answer)


def test_the_page_fetches_the_document_when_it_is_ready(
    open_page: OpenPage, barriers: Barriers, waiting_page: str
) -> None:
    page = open_page("/verhalen/wilg?scene=2")
    busy(page, waiting_page, looks=2)
    page.goto(ADDRESS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw document wordt gemaakt")
    expect(page.get_by_role("status")).to_contain_text("Dat duurt een paar seconden")
    assert barriers(page) == []
    with page.expect_response(lambda row: row.url.endswith(ADDRESS) and row.status == 200 and row.ok):
        pass


def test_without_scripts_the_link_looks_again(open_page: OpenPage, waiting_page: str) -> None:
    page = open_page("/verhalen/wilg?scene=2", scripts=False, size="phone")
    busy(page, waiting_page, looks=2)
    page.goto(ADDRESS)
    again = page.get_by_role("link", name="Kijk of het klaar is")
    again.click()
    expect(again).to_be_visible()


def test_files_are_at_hand_on_every_screen(open_page: OpenPage, barriers: Barriers) -> None:
    for size in ("wide", "phone", "narrow"):
        page = open_page("/verhalen/wilg?scene=3", size=size)
        files = page.get_by_role("navigation", name="Meenemen")
        files.get_by_text("Meer bestanden").click()
        expect(files.get_by_role("link", name="Netwerk (GraphML)")).to_be_visible()
        with page.expect_download() as download:
            files.get_by_role("link", name="Alle betrokkenen (CSV)").click()
        assert download.value.suggested_filename == "wilg-betrokkenen.csv"
        spills = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(spills)
        assert barriers(page) == []
