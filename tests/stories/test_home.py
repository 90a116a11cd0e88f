"""Home: what this is, four stories, three questions, one main button."""

from __future__ import annotations

import pytest
from django.test import Client

from schakelbord.stories.home import standing
from schakelbord.stories.library import reading_of, shipped
from stories.markup import page_at

pytestmark = pytest.mark.django_db


def test_one_main_button_leads_to_the_story_of_wilg(reader: Client) -> None:
    main, walk = page_at(reader, "/").all("a", cls="big")
    assert (main.text, main.attributes["href"]) == ("Bekijk het verhaal van Wilg", "/verhalen/wilg")
    assert (walk.text, walk.attributes["href"]) == ("Loop de middag door", "/rondgang")
    assert "quiet" not in str(main.attributes["class"])
    assert "quiet" in str(walk.attributes["class"])


def test_every_story_has_a_card_with_its_family_and_the_number_of_its_gaps(reader: Client) -> None:
    cards = page_at(reader, "/").all("li", cls="story-card")
    assert [card.one("h3").text for card in cards] == [story.title.nl for story in shipped().values()]
    for card, story in zip(cards, shipped().values(), strict=True):
        assert len(card.all("use")) >= len(story.dolls)
        assert f"{len(reading_of(story).findings)} hia" in card.text


def test_the_three_questions_of_a_visitor_are_answered(reader: Client, english_reader: Client) -> None:
    dutch, english = page_at(reader, "/").text, page_at(english_reader, "/").text
    for question in ("Wat is het?", "Voor wie is het?", "Laat het zien"):
        assert question in dutch
    for question in ("What is it?", "Who is it for?", "Show me"):
        assert question in english


def test_dolls_stand_inside_the_picture_the_small_ones_smaller() -> None:
    for story in shipped().values():
        dolls = standing(story.dolls[:6])
        assert all(doll.x >= 0 and doll.x + doll.width <= 320 and doll.y >= 0 for doll in dolls)
    wilg = {doll.hue: doll.height for doll in standing(shipped()["wilg"].dolls)}
    assert wilg["slate"] > wilg["teal"] > wilg["indigo"]
