"""The shipped texts and grounds keep the promises of their README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest

from schakelbord.engine import load_catalogue, load_story, read_story, shipped_stories, story_path
from schakelbord.engine.catalogue import Ground
from schakelbord.engine.reading import FindingKind
from schakelbord.engine.shipped import DATA
from schakelbord.engine.text import Text

LONGEST_SENTENCE = 15


def grounds() -> Iterator[tuple[str, Ground]]:
    """Every ground of the catalogue with where it stands."""
    found = load_catalogue()
    for row in (*found.bodies, *found.channels, *found.patterns):
        if row.ground is not None:
            yield row.id, row.ground
    for organisation in found.organisations:
        for task in organisation.tasks:
            if task.ground is not None:
                yield task.id, task.ground


def story_texts() -> Iterator[tuple[str, Text]]:
    """Every text of the stories with where it stands."""
    for name in shipped_stories():
        story = load_story(story_path(name))
        yield name, story.title
        for scene in story.scenes:
            yield f"{name} {scene.id}", scene.title
            for beat in scene.beats:
                yield from ((f"{name} day {beat.day}", text) for text in (beat.say, beat.ask) if text is not None)


def test_together_the_stories_show_every_kind_of_gap_and_needs_that_are_met() -> None:
    found = load_catalogue()
    readings = [read_story(load_story(story_path(name), found), found) for name in shipped_stories()]
    kinds = {finding.kind for reading in readings for finding in reading.findings}
    # `not_enough_pieces` is about a story, not about the system.
    assert kinds >= set(get_args(FindingKind)) - {"not_enough_pieces"}
    assert sum(need.in_time for reading in readings for need in reading.needs) >= 4


def test_stories_are_told_in_short_sentences() -> None:
    for place, text in story_texts():
        for sentence in re.split(r"(?<=[.?!])\s", text.nl):
            assert len(sentence.split()) <= LONGEST_SENTENCE, f"{place}: {sentence}"


def test_a_verified_ground_says_where_and_when_it_was_read() -> None:
    for place, ground in grounds():
        if ground.verified:
            assert ground.source, place
            assert ground.as_of, place
            assert str(ground.as_of) in ground.source, place


def test_only_articles_that_the_readme_lists_as_read_are_verified() -> None:
    page = re.sub(r"\s+", " ", (DATA / "README.md").read_text(encoding="utf-8"))
    read = page[page.index("Read: ") : page.index("These versions")]
    listed = {re.sub(r"\D+$", "", number) for number in re.findall(r"\d[\d.:a]*", read)} | set(
        re.findall(r"\d+a", read)
    )
    for place, ground in grounds():
        if ground.verified and ground.law != "WGS":
            number = ground.article.split()[0]
            assert number in listed, f"{place}: {ground.law} {number}"


def test_a_guess_is_never_verified() -> None:
    assert not [place for place, ground in grounds() if ground.verified and "aanname" in ground.law]


def test_what_is_not_fictitious_about_delays_and_rhythms_has_a_source() -> None:
    found = load_catalogue()
    for channel in found.channels:
        assert channel.delay.fictitious or channel.delay.source, channel.id
    for body in found.bodies:
        assert body.rhythm.fictitious or body.rhythm.source, body.id


def test_the_readme_counts_right() -> None:
    page = (DATA / "README.md").read_text(encoding="utf-8")
    found = load_catalogue()
    for name, rows in (
        ("organisations", found.organisations),
        ("bodies", found.bodies),
        ("channels", found.channels),
        ("signals", found.signals),
        ("patterns", found.patterns),
        ("themes", found.themes),
    ):
        assert f"| `catalogue/{name}.yaml` | {len(rows)} " in page


@pytest.mark.parametrize("story", shipped_stories())
def test_every_story_says_it_is_invented_and_where_it_stands_still_to_ask(story: str) -> None:
    found = load_story(story_path(story))
    assert found.fictional
    asking = [scene.id for scene in found.scenes if any(beat.ask for beat in scene.beats)]
    assert len(asking) >= len(found.scenes) - 2
