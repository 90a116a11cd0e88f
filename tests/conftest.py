"""What all tests share."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, expect, sync_playwright

from made_once import forget_what_was_made

# Rows and stories come and go by the hundred thousand; looking for rings less often saves a tenth of the run.
gc.set_threshold(100_000, 50, 100)

hypothesis_settings.register_profile("full", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile(
    "quick", deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "full"))

# What a person sees is waited for as long as a busy machine may need; how fast it is, the benchmarks say.
expect.set_options(timeout=20_000)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


FIRST = {
    "test_whole_story",
    "test_postgresql",
    "test_editor",
    "test_wall",
    "test_presenter",
    "test_meeting_screens",
    "test_afternoon",
    "test_commands",
    "test_meeting_live",
    "test_chain",
}
"""Files that take half a minute or more: begun last, one worker would be at it while the other has nothing to do."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order is chance, a new one each run, but for the longest files."""
    items.sort(key=lambda item: item.path.stem not in FIRST)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The demo that was made for this run goes, once everybody is ready."""
    if not hasattr(session.config, "workerinput"):
        forget_what_was_made()


ClientInRole = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    """Forget how often somebody tried to log in: that is kept in the cache, which outlives a test."""
    from django.core.cache import cache  # noqa: PLC0415 - needs settings

    cache.clear()


@pytest.fixture(autouse=True)
def _own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the language that a command chose in this process: `--lang` stays for what the process starts."""
    monkeypatch.setenv("SCHAKELBORD_LANG", "nl")
    monkeypatch.delenv("SCHAKELBORD_LANG")


@pytest.fixture
def reader() -> Client:
    """Somebody who did not log in and reads Dutch."""
    return Client()


@pytest.fixture
def english_reader() -> Client:
    """Somebody who chose English."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def as_role(db: None) -> ClientInRole:
    """A function that gives a client which chose this role on the page of the demo."""

    def choose(role: str) -> Client:
        client = Client()
        assert client.post("/rollen", {"role": role, "next": "/over"}).status_code == 302
        return client

    return choose


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: the system's, or the one that Playwright brings."""
    # Playwright keeps an event loop running in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("SCHAKELBORD_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield browser
        browser.close()
