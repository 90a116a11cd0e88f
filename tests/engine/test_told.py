"""What a room told in a story: read, refused where it makes no sense, and never computed with."""

from __future__ import annotations

import pytest

from schakelbord.engine import load_catalogue, load_story, read_story, story_path
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.story_text import story_yaml

WILG = story_path("wilg").read_text()
FIRST = "      - day: 3\n"
TEAM = "{id: team, name: {nl: Team, en: Team}, ring: uitvoering, place: a, from_room: 2026-11-20}"


def told(more: str) -> bytes:
    """Wilg with something told in its first step."""
    assert FIRST in WILG
    return WILG.replace(FIRST, f"{FIRST}        {more}\n", 1).encode()


def test_a_story_with_what_a_room_told_has_the_same_findings_and_bytes_that_read_back() -> None:
    catalogue = load_catalogue()
    plain = read_story(load_story(story_path("wilg"), catalogue), catalogue)
    lines = (
        f"told_organisations: [{TEAM}]\n"
        "        told_channels: [{id: k1, from: school@a, to: team, works: false}]\n"
        "        told_gaps: [{id: g1, says: {nl: Weg, en: Gone}, from: wilg, causes: [druk], recognised: {beleid: 2}}]"
    )
    story = load_story(told(lines), catalogue)
    reading = read_story(story, catalogue)
    assert plain.findings
    assert (reading.findings, reading.timeline, reading.needs) == (plain.findings, plain.timeline, plain.needs)
    text = story_yaml(story)
    again = load_story(text.encode(), catalogue)
    assert (again, story_yaml(again)) == (story, text)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (f"told_organisations: [{TEAM}, {TEAM}]", "repeated"),
        ("told_organisations: [{id: wilg, name: {nl: T, en: T}, ring: beleid}]", "repeated"),
        ("told_organisations: [{id: t, name: {nl: T, en: T}, ring: beleid, place: q}]", "unknown_place"),
        ("told_channels: [{id: k, from: school@a, to: nobody_here}]", "not_on_stage"),
        ("told_channels: [{id: k, from: school@a, to: school@q}]", "not_on_stage"),
        ("told_channels: [{id: k, from: school@a, to: school@a}]", "same_ends"),
        ("told_gaps: [{id: g, says: {nl: Weg, en: Gone}, recognised: {beleid: -1}}]", "below_zero"),
        ("told_gaps: [{id: g, says: {nl: Weg, en: Gone}, from_room: gisteren}]", "not_a_date"),
        ("told_gaps: [{id: g, says: {nl: Weg, en: Gone}, kind: sad}]", "unknown_choice"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(more: str, code: str) -> None:
    with pytest.raises(ProblemsError) as refused:
        load_story(told(more), load_catalogue())
    assert code in {problem.code for problem in refused.value.problems if problem.level == "error"}
