"""A version that is taken into use never breaks what people read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from schakelbord.engine.shipped import CATALOGUE
from schakelbord.errors import StateError
from schakelbord.stories.library import all_stories, the_catalogue
from schakelbord.stories.models import InUse, ModelVersion
from schakelbord.system_model import exchange, services
from schakelbord.system_model.columns import SECTIONS
from schakelbord.system_model.selectors import content_now, shipped_version
from schakelbord.system_model.services import Change
from system_model.people import CHANNEL, NOW, secretary

pytestmark = pytest.mark.django_db


def _taken(version: ModelVersion) -> None:
    services.take_into_use(secretary(), version, now=NOW)
    all_stories()


@pytest.mark.parametrize("section", SECTIONS)
def test_the_shipped_file_can_be_imported_changed_and_used(section: str, reader: Client) -> None:
    file = CATALOGUE / f"{section}.yaml"
    services.replace_rows(secretary(), exchange.read_file(file.name, file.read_bytes()).content, now=NOW)
    services.edit(secretary(), "channels", [Change(CHANNEL, "delay.days", 50)], now=NOW)
    _taken(services.name_version(secretary(), name="Langzamer", note="", now=NOW))
    assert the_catalogue().channel[CHANNEL].delay.days == 50
    assert reader.get("/verhalen/wilg").status_code == 200


def test_an_article_that_is_only_a_number_stays_a_text(reader: Client) -> None:
    text = (CATALOGUE / "bodies.yaml").read_text(encoding="utf-8").replace("article: 18 lid 3", "article: 18", 1)
    services.replace_rows(secretary(), exchange.read_file("bodies.yaml", text.encode()).content, now=NOW)
    _taken(services.name_version(secretary(), name="Artikel 18", note="", now=NOW))
    assert {row.ground.article for row in the_catalogue().bodies if row.ground} >= {"18"}


def test_a_number_where_a_text_belongs_does_not_break_a_version(reader: Client) -> None:
    tasks = [{"id": "les", "name": {"nl": 5, "en": 5}, "ground": None}]
    services.edit(secretary(), "organisations", [Change("school", "tasks", tasks)], now=NOW)
    _taken(services.name_version(secretary(), name="Vijf", note="", now=NOW))
    assert the_catalogue().organisation["school"].tasks[0].name.nl == "5"


def test_a_version_on_which_a_story_cannot_be_read_is_refused_with_the_story_and_the_reason() -> None:
    version = shipped_version(secretary().user_id or 0, now=NOW)
    bad = ModelVersion.objects.create(
        number=9,
        name="Zonder verzuim",
        content=version.content.replace('"verzuim"', '"afwezig"'),
        digest="sha256:other",
        made_by=version.made_by,
        made_at=NOW,
    )
    with pytest.raises(StateError, match="verzuim") as refused:
        services.take_into_use(secretary(), bad, now=NOW)
    assert refused.value.code == "stories_break"
    assert "Wilg" in refused.value.nl
    assert not InUse.objects.exists()


def test_only_the_secretary_takes_a_version_into_use(as_role: Callable[[str], Client]) -> None:
    services.edit(secretary(), "channels", [Change(CHANNEL, "delay.days", 50)], now=NOW)
    version = services.name_version(secretary(), name="Langzamer", note="", now=NOW)
    assert as_role("presenter").post(f"/stelsel/versie/{version.number}/gebruik").status_code == 403
    assert not InUse.objects.exists()
    assert as_role("secretary").post(f"/stelsel/versie/{version.number}/gebruik").status_code == 302
    page = as_role("presenter").get("/stelsel").content.decode()
    assert "In gebruik genomen" in page
    assert f"versie {version.number}, door {InUse.objects.get().by.name}" in page


@pytest.mark.slow
def test_ten_thousand_rows_come_in_and_are_shown(as_role: Callable[[str], Client]) -> None:
    channels = content_now()["channels"]
    many = [*channels, *(dict(channels[0], id=f"kanaal_{number}") for number in range(10_000 - len(channels)))]
    read = exchange.read_file("stelsel.xlsx", exchange.as_xlsx(content_now() | {"channels": many}))
    assert len(read.content["channels"]) == 10_000
    services.replace_rows(secretary(), {"channels": read.content["channels"]}, now=NOW)
    assert as_role("secretary").get("/stelsel/channels?zoek=kanaal_7").status_code == 200


def test_pages_ask_the_database_the_same_few_things_with_a_thousand_channels(
    as_role: Callable[[str], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    channels = content_now()["channels"]
    many = [*channels, *(dict(channels[0], id=f"kanaal_{number}") for number in range(1_000))]
    services.replace_rows(secretary(), {"channels": many}, now=NOW)
    client = as_role("secretary")
    for address in ("/stelsel", "/stelsel/channels", f"/stelsel/channels/regel/{CHANNEL}", "/stelsel/concept"):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert client.get(address).status_code == 200


def test_many_rows_are_changed_together_with_a_few_questions(
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    ids = [str(row["id"]) for row in content_now()["channels"]]
    actor = secretary()
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        done = services.edit(actor, "channels", [Change(row, "delay.days", 77) for row in ids], now=NOW)
    assert done == len(ids)
