"""Stories nobody wrote, of up to 150 actors and with odd names, on paper and as files."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.utils import translation

from drawing.test_any_story import Invention
from reports.papers import SITE, TODAY, opened
from schakelbord.engine.text import Text
from schakelbord.reports.clean import breakable, printable
from schakelbord.reports.collect import story_paper
from schakelbord.reports.flat_stage import flat_svg
from schakelbord.reports.graphml import graphml
from schakelbord.reports.network import network_of
from schakelbord.reports.tables import actors_csv, channels_csv
from schakelbord.reports.typeset import story_pdf
from schakelbord.stories.address import Address
from schakelbord.stories.selectors import Moment
from schakelbord.stories.stage import stage_of
from schakelbord.stories.timeline import steps_of


def moment_of(invention: Invention) -> Moment:
    """The beginning of an invented story."""
    first = steps_of(invention.story)[0]
    address = Address(invention.story.id, first, first.day)
    return Moment(invention.story, invention.catalogue, invention.reading, invention.reading, address, "nl")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_any_story_can_be_put_on_paper_and_taken_along(seed: int) -> None:
    with translation.override("nl"):
        moment = moment_of(Invention(seed))
        ElementTree.fromstring(flat_svg(stage_of(moment).drawing))  # noqa: S314 - our own output
        network = network_of(moment)
        ElementTree.fromstring(graphml(network))  # noqa: S314
        assert actors_csv(network).count("\r\n") == len(network.nodes) + 1
        assert channels_csv(network).count("\r\n") == len(network.links) + 1
        pdf = opened(story_pdf(story_paper(moment, site=SITE, made_on=TODAY), made_on=TODAY))
    assert len(pdf.pages) > 2 * len(moment.story.scenes)


def test_what_letters_lack_is_shown_as_a_box_and_what_cannot_be_seen_is_left_out() -> None:
    assert printable("Jozef Świątek · été · 5 €") == "Jozef Świątek · été · 5 €"
    assert printable("漢🧩") == "□□"
    assert printable("a\u0000b\u202ec\u200dd\ud800") == "abcd"
    assert printable("e\u0301") == "é"


def test_a_word_longer_than_a_column_can_be_broken() -> None:
    broken = breakable("kort " + "x" * 100)
    assert max(len(part) for part in broken.replace("\u200b", " ").split()) <= 28
    assert broken.replace("\u200b", "") == "kort " + "x" * 100
    assert breakable("gewone zin met gewone woorden") == "gewone zin met gewone woorden"
    assert Text("", "").nl == breakable("")
