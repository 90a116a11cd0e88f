"""A story written as YAML is the same story when it is read again, and the same bytes when it is written again."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakelbord.engine import load_catalogue, load_story, shipped_stories, story_path
from schakelbord.engine.load import read_story_document
from schakelbord.engine.story import Beat, Scene, Story
from schakelbord.engine.story_text import story_json, story_yaml
from schakelbord.engine.text import Text
from small_worlds import stories

AWKWARD = (
    "no",
    "null",
    "~",
    "012",
    "2026-10-05",
    "- x",
    "a: b",
    "# c",
    "{d}",
    '"e"',
    "f\ng",
    " h ",
    "*i",
    "&j",
    "!k",
    "🧩",
)


@pytest.mark.parametrize("name", shipped_stories())
def test_a_shipped_story_comes_back_equal(name: str) -> None:
    story = load_story(story_path(name), load_catalogue())
    written = story_yaml(story)
    again = load_story(written, load_catalogue())
    assert again == story
    assert story_yaml(again) == written


@given(story=stories())
@settings(max_examples=60)
def test_any_story_comes_back_equal_even_one_with_mistakes(story: Story) -> None:
    again, document = read_story_document(story_yaml(story))
    assert again == story, document.problems


@given(
    words=st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1))
)
def test_any_words_come_back_as_they_were(words: str) -> None:
    story = load_story(story_path("wilg"))
    said = Text(nl=f"x {words} y", en=f"{words}.")
    changed = msgspec.structs.replace(
        story, title=said, scenes=(Scene("one", said, (Beat(day=1, say=said),)), *story.scenes[1:])
    )
    assert load_story(story_yaml(changed)) == changed


def test_it_reads_like_a_story_that_somebody_wrote() -> None:
    written = story_yaml(load_story(story_path("wilg")))
    assert "- {id: els, name: Els, age: 11, place: a, pattern: dots, hue: indigo}\n" in written
    assert '  nl: "Wilg verhuist en raakt uit beeld"\n' in written
    assert "null" not in written
    assert "&id" not in written


@given(story=stories())
@settings(max_examples=60)
def test_any_story_comes_back_equal_from_json(story: Story) -> None:
    written = story_json(story)
    again, document = read_story_document(written)
    assert again == story, document.problems
    assert story_json(again) == written


@given(
    words=st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)),
    escaped=st.booleans(),
)
def test_any_words_come_back_from_json_however_a_program_escapes_them(words: str, escaped: bool) -> None:
    story = load_story(story_path("wilg"))
    said = Text(nl=f"x {words} y", en=f"\\ud83d {words}.")
    changed = msgspec.structs.replace(story, title=said)
    written = story_json(changed)
    if escaped:
        written = json.dumps(json.loads(written))
    assert load_story(written) == changed
