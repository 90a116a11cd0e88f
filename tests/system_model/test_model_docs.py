"""What docs/catalogus.md says about the pages of the model is what stands on them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from schakelbord.system_model import exchange, views_versions

ROOT = Path(__file__).parents[2]
PART = (ROOT / "docs" / "catalogus.md").read_text(encoding="utf-8").split("## Het stelsel in de browser")[1]
PART = " ".join(PART.split("\n## ")[0].split())
WORDS = ROOT / "src" / "schakelbord" / "system_model" / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def test_every_button_that_is_named_stands_on_a_page() -> None:
    with WORDS.open("rb") as file:
        known = {message.string for message in read_po(file, locale="nl") if isinstance(message.string, str)}
    named = re.findall("“([^”]+)”", PART)
    assert len(named) >= 10
    assert [words for words in named if words not in known] == []


@pytest.mark.django_db
def test_every_file_that_is_named_can_be_fetched(reader: Client) -> None:
    names = re.findall(r"`([a-z]+\.(?:xlsx|zip|csv|yaml|graphml))`", PART)
    assert len(names) == 5
    for name in names:
        assert reader.get(f"/stelsel/bestand/{name}").status_code == 200, name


def test_the_limits_are_those_of_the_product() -> None:
    assert f"{exchange.MOST_BYTES // 1024 // 1024} MB" in PART
    assert f"{exchange.MOST_ROWS:,} regels".replace(",", ".") in PART
    assert "half uur" in PART
    assert views_versions.KEPT_SECONDS == 30 * 60
