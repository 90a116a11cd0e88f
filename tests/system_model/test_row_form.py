"""The form of a row: what is wrong stands at its field, and nothing that somebody typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from schakelbord.system_model import services
from schakelbord.system_model.columns import column_of, value_at
from schakelbord.system_model.selectors import content_now
from schakelbord.system_model.services import Change
from system_model.people import CHANNEL, NOW, secretary

pytestmark = pytest.mark.django_db
ADDRESS = f"/stelsel/channels/regel/{CHANNEL}"


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    assert found is not None, name
    return unescape(found[1])


def _described(page: str, name: str) -> str:
    """What is said about a field, as a screen reader hears it."""
    tag = re.search(rf'<[^>]+id="v-{re.escape(name)}"[^>]*>', page)
    assert tag is not None, name
    ids = re.search(r'aria-describedby="([^"]*)"', tag[0])
    parts = (
        [re.search(rf'id="{re.escape(one)}">(.*?)</(?:div|p)>', page, re.DOTALL) for one in ids[1].split()]
        if ids
        else []
    )
    assert all(parts), ids
    return " ".join(part[1] for part in parts if part is not None)


def _now(name: str) -> object:
    row = next(one for one in content_now()["channels"] if one["id"] == CHANNEL)
    return value_at(row, column_of("channels", name))


def test_what_the_engine_says_of_a_field_stands_at_that_field(as_role: Callable[[str], Client]) -> None:
    services.edit(secretary(), "channels", [Change(CHANNEL, "to", "veilig_thui")], now=NOW)
    page = as_role("secretary").get(ADDRESS).content.decode()
    assert "veilig_thuis" in _described(page, "to")
    assert 'class="problem"' in page
    assert "problem" not in _described(page, "scope")
    assert 'href="#v-to"' in page


def test_what_does_not_fit_stays_as_it_was_typed_with_the_reason_at_it(as_role: Callable[[str], Client]) -> None:
    client = as_role("secretary")
    answer = client.post(ADDRESS, {"delay.days": "veel", "was.delay.days": "5", "delay.source": "Handboek"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert (_value(page, "delay.days"), _value(page, "was.delay.days")) == ("veel", "5")
    assert _value(page, "delay.source") == "Handboek"
    assert "heel getal" in _described(page, "delay.days")


def test_after_a_conflict_what_was_typed_is_kept_when_it_is_sent_again(as_role: Callable[[str], Client]) -> None:
    client = as_role("secretary")
    services.edit(secretary("S. Spreeuw"), "channels", [Change(CHANNEL, "delay.days", 3, 5)], now=NOW)
    typed = {"delay.days": "9", "was.delay.days": "5", "delay.source": "Handboek", "was.delay.source": ""}
    answer = client.post(ADDRESS, typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "S. Spreeuw" in _described(page, "delay.days")
    assert "Nu staat er: 3." in _described(page, "delay.days")
    assert (_value(page, "delay.days"), _value(page, "was.delay.days")) == ("9", "3")
    assert (_value(page, "delay.source"), _value(page, "was.delay.source")) == ("Handboek", "")
    names = ("delay.days", "was.delay.days", "delay.source", "was.delay.source")
    assert client.post(ADDRESS, {name: _value(page, name) for name in names}).status_code == 302
    assert (_now("delay.days"), _now("delay.source")) == (9, "Handboek")


def test_a_new_row_that_exists_already_says_so_at_its_id(as_role: Callable[[str], Client]) -> None:
    answer = as_role("secretary").post("/stelsel/signals/nieuw", {"id": "verzuim", "name.nl": "Weg", "name.en": "Away"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "bestaat al" in _described(page, "id")
    assert _value(page, "name.nl") == "Weg"
