"""Dates, times, numbers, icons; files for machines; what is vendored."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client
from django.utils import formats, translation

from schakelbord.core.security_txt import EXPIRES

ROOT = Path(__file__).parents[2]
VENDORED = json.loads((ROOT / "scripts" / "vendored.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("language", "day", "hour", "number"),
    [("nl", "5 oktober 2026", "14.00 uur", "1.234,5"), ("en", "5 October 2026", "14:00", "1,234.5")],
)
def test_dates_times_and_numbers_are_written_as_people_do(language: str, day: str, hour: str, number: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2026, 10, 5)) == day
        assert formats.time_format(time(14, 0)) == hour
        template = Template("{% load core %}{{ day|date }}, {{ hour|time }}, {{ number|number }}")
        said = template.render(Context({"day": date(2026, 10, 5), "hour": time(14, 0), "number": 1234.5}))
    assert said == f"{day}, {hour}, {number}"


def test_a_number_with_a_fixed_count_of_decimals() -> None:
    with translation.override("nl"):
        said = Template("{% load core %}{{ a|number:2 }} {{ b|number:0 }} {{ c|number }}").render(
            Context({"a": 1234567.891, "b": 12.5, "c": 7})
        )
    assert said == "1.234.567,89 12 7"


def test_every_icon_that_a_template_names_exists() -> None:
    drawn = set(re.findall(r'symbol id="([^"]+)"', Path(finders.find("core/icons.svg") or "").read_text()))
    templates = (ROOT / "src" / "schakelbord").glob("*/templates/**/*.html")
    named = {name for file in templates for name in re.findall(r'{% icon "([^"]+)"', file.read_text(encoding="utf-8"))}
    assert named
    assert named <= drawn


def test_an_icon_is_silent_for_screen_readers() -> None:
    said = Template('{% load core %}{% icon "school" "l" %}').render(Context())
    assert said == (
        '<svg class="icon l" aria-hidden="true" focusable="false"><use href="/static/core/icons.svg#school"/></svg>'
    )


@pytest.mark.django_db
def test_security_txt_says_whom_to_tell_and_is_not_about_to_expire(reader: Client) -> None:
    answer = reader.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer["Content-Type"].startswith("text/plain")
    assert fields["Contact"].startswith(("mailto:", "https://"))
    assert datetime.fromisoformat(fields["Expires"]) == EXPIRES
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    ahead = EXPIRES - datetime.now(tz=UTC)
    assert timedelta(days=30) < ahead <= timedelta(days=366), "renew EXPIRES in core/security_txt.py"


@pytest.mark.parametrize(
    "file", [file for entry in VENDORED for file in entry["files"]], ids=lambda file: Path(file["to"]).name
)
def test_a_vendored_file_is_what_its_maker_published(file: dict[str, str]) -> None:
    assert hashlib.sha256((ROOT / file["to"]).read_bytes()).hexdigest() == file["sha256"]


def test_the_notice_names_every_vendored_package_with_its_version() -> None:
    notice = (ROOT / "NOTICE.md").read_text(encoding="utf-8")
    for entry in VENDORED:
        assert re.search(
            rf"{re.escape(entry['package'].removesuffix('.org'))}.*\| {re.escape(entry['version'])} \|", notice
        )
