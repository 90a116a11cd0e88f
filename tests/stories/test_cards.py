"""Cards: what an organisation, a body, a doll and a gap are, may and know on a day."""

from __future__ import annotations

import pytest
from django.test import Client

from schakelbord.stories.library import reading_of, shipped, the_catalogue
from stories.markup import Element, page_at

pytestmark = pytest.mark.django_db


def card(client: Client, thing: str, day: int = 100, story: str = "wilg") -> Element:
    """A card as it stands in the page."""
    return page_at(client, f"/verhalen/{story}?dag={day}&kaart={thing}").one("section", cls="card")


@pytest.mark.parametrize("story", sorted(shipped()))
def test_everybody_in_a_story_has_a_card_with_a_heading(reader: Client, story: str) -> None:
    reading = reading_of(shipped()[story])
    things = {doll.id for doll in reading.story.dolls} | set(reading.absent)
    things |= {row.organisation for row in reading.timeline[::9]} | set(reading.bodies[:2])
    for thing in sorted(things | {finding.key for finding in reading.findings}):
        found = card(reader, thing, reading.story.horizon, story)
        heading = found.one(id="kaart-titel")
        assert found.attributes["aria-labelledby"] == "kaart-titel"
        assert heading.text
        assert "@" not in found.text, f"{thing}: a code where a name should be"


def test_a_school_shows_its_tasks_channels_and_what_it_knows_since_when(reader: Client) -> None:
    school = card(reader, "school@a", 21)
    assert "Onderwijs geven en verzuim melden" in school.text
    assert "Leerplichtwet 1969, artikel 21a lid 1 en 2" in school.text
    assert "moet" in school.text
    assert "16 uur verzuim in 4 opeenvolgende lesweken" in school.text
    assert "tekst van 1 oktober 2013" in school.text
    assert "sinds dag 20" in school.text
    assert "sinds dag 29" not in school.text


def test_both_readings_of_a_contested_rule_are_shown_with_their_source(reader: Client) -> None:
    contested = the_catalogue().channel["melding_huwelijk_school_vt"].ground
    assert contested is not None
    text = card(reader, "school@a").text
    for view in contested.contested:
        assert view.view.nl in text
        assert view.source in text


def test_unsafe_paper_asked_and_fictitious_channels_say_so(reader: Client) -> None:
    text = card(reader, "school@a").text
    for word in ("onveilig", "alleen op papier", "op verzoek", "verzonnen", "kan iemand in gevaar brengen"):
        assert word in text, word


def test_a_piece_that_was_passed_on_shows_its_way_hop_by_hop(reader: Client) -> None:
    reading = reading_of(shipped()["wilg"])
    passed = next(row for row in reading.timeline if row.from_ is not None)
    hops = card(reader, passed.organisation, passed.day).all("ol", cls="hops")
    assert any(f"dag {passed.day}" in way.text and len(way.all("li")) > 1 for way in hops)


def test_a_body_shows_its_rhythm_and_who_sits_there(reader: Client) -> None:
    reading = reading_of(shipped()["wilg"])
    body = next(name for name in reading.bodies if name.startswith("verzuimoverleg_school@"))
    text = card(reader, body).text
    assert "elke 4 weken" in text
    assert "Leerplicht" in text
    assert "Leerplichtwet 1969, artikel 18 lid 3" in text


def test_a_body_with_members_fixed_by_law_says_so(reader: Client) -> None:
    fixed = {row.id for row in the_catalogue().bodies if row.members_fixed_by}
    named = [
        (story, body)
        for story in shipped()
        for body in reading_of(shipped()[story]).bodies
        if body.partition("@")[0] in fixed
    ]
    assert named
    story, body = named[0]
    assert "De wet bepaalt wie hier zit" in card(reader, body, 100, story).text


def test_a_doll_grows_older_and_moves(reader: Client) -> None:
    assert "16 jaar, woont in Gemeente A" in card(reader, "wilg", 10).text
    assert "17 jaar, woont in Gemeente B" in card(reader, "wilg", 100).text


def test_the_card_of_a_gap_shows_causes_assumptions_and_repairs(reader: Client) -> None:
    reading = reading_of(shipped()["wilg"])
    finding = next(row for row in reading.findings if row.repairs and row.causes and row.assumptions)
    found = card(reader, finding.key, reading.story.horizon)
    assert finding.sentence.nl in found.text
    assert finding.assumptions[0].what.nl in found.text
    assert len(found.all("input", type="checkbox")) == len(finding.repairs)
    assert finding.repairs[0].items[0].says.nl in found.text
    assert "kaart" not in {box.attributes["name"] for box in found.all("input", type="hidden")}
