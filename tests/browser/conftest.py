"""A real server and a real browser. Nothing here waits for a time, only for what a person would see."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from made_once import put_demo

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SECONDS_TO_STOP = 20
LAST_WORD_OF_WELCOME = "Ctrl-C"
ALONE = {"test_phone", "test_phone_network"}
"""Files whose visitors do things to the network or the clock that cannot be taken back."""
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  (rule) => rule.id + ': ' + rule.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).join(' | '))"""
SIZES = {"wide": (1280, 800), "phone": (390, 844), "narrow": (320, 640)}

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a fresh demo, served by the real command in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKELBORD_", "DJANGO_"))}
    data = tmp_path_factory.mktemp("data")
    put_demo(data)
    environment = {**ours, "SCHAKELBORD_DATA": str(data)}
    command = [sys.executable, "-m", "schakelbord.cli.main", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert any(LAST_WORD_OF_WELCOME in line for line in server.stdout), "it stopped before its welcome"
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=SECONDS_TO_STOP)


def tell(*what: object) -> None:
    """A line that is shown with a test that fails."""
    sys.stdout.write(" ".join(map(str, what)) + "\n")


@pytest.fixture(scope="session")
def ready() -> dict[tuple[object, ...], list[BrowserContext]]:
    """Contexts of visitors who left, empty again: a new one costs more than most pages do."""
    return defaultdict(list)


@pytest.fixture
def open_page(
    chromium: Browser,
    address: str,
    ready: dict[tuple[object, ...], list[BrowserContext]],
    request: pytest.FixtureRequest,
) -> Iterator[OpenPage]:
    """A function `open_page(path, size=, theme=, language=, scripts=, **context)`: a page as a new visitor sees it."""
    used: list[tuple[tuple[object, ...], BrowserContext]] = []

    def open_it(
        path: str, *, size: str = "wide", theme: str = "auto", language: str = "nl", scripts: bool = True, **more: str
    ) -> Page:
        width, height = SIZES[size]
        kind = (scripts, *sorted(more.items()))
        context = ready[kind].pop() if ready[kind] else None
        if context is None:
            context = chromium.new_context(base_url=address, java_script_enabled=scripts, **more)
            # What was asked, in what order, and what went wrong.
            context.on("response", lambda found: tell(found.status, found.request.method, found.url))
            context.on("requestfailed", lambda asked: tell(asked.failure, asked.method, asked.url))
        used.append((kind, context))
        cookies = {"schakelbord_display": f"{theme}.normal.device", "schakelbord_language": language}
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path)
        return page

    yield open_it
    for kind, context in used:
        if request.node.path.stem in ALONE:
            context.close()
        else:
            forget(context, address)
            ready[kind].append(context)


def forget(context: BrowserContext, address: str) -> None:
    """Leave nothing of a visitor: no page, no cookie and nothing that a page kept."""
    context.set_offline(False)
    for page in context.pages[1:]:
        page.close()
    last = context.pages[0]
    last.goto("about:blank")
    kept = "local_storage,session_storage,indexeddb,cache_storage"
    context.new_cdp_session(last).send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": kept})
    last.close()
    context.clear_cookies()


@pytest.fixture
def barriers() -> Callable[[Page], list[str]]:
    """A function that lets axe-core look at a page and gives what it finds, one line a rule."""

    def look(page: Page) -> list[str]:
        page.evaluate(AXE)
        found: list[str] = page.evaluate(RUN_AXE)
        return found

    return look
