"""A draft is checked as a file is, and every trouble knows its field."""

from __future__ import annotations

import pytest

from schakelbord.editor.checking import check
from schakelbord.editor.content import Content, DraftDoll, DraftScene, Words, decode, encode
from schakelbord.editor.from_story import draft_of
from schakelbord.engine import load_catalogue, load_story, shipped_stories, story_path
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story_text import story_yaml


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize("name", shipped_stories())
def test_a_story_that_goes_in_comes_out_the_same(name: str, catalogue: Catalogue) -> None:
    story = load_story(story_path(name), catalogue)
    found = check(decode(encode(draft_of(story))), catalogue).whole
    assert found is not None
    assert story_yaml(found) == story_yaml(story)


def test_an_empty_draft_says_what_it_needs_and_where(catalogue: Catalogue) -> None:
    found = check(Content(), catalogue)
    assert found.whole is None
    assert {"title/nl", "places", "dolls", "scenes"} <= {trouble.path for trouble in found.errors}


def test_troubles_name_the_field_they_are_about(catalogue: Catalogue) -> None:
    content = draft_of(load_story(story_path("wilg"), catalogue))
    content.scenes[0].beats[1].sees[0].signal = "ceremonie"
    content.scenes[1].beats[0].day = "morgen"
    content.dolls[0].place = "nergens"
    content.deadlines[0].by = 9999
    content.dolls[1].consent, content.dolls[1].consent_from = "from", None
    beat = content.scenes[0].beats[1]
    seen = f"scenes/{content.scenes[0].key}/beats/{beat.key}/sees/{beat.sees[0].key}"
    found = {(trouble.code, trouble.path) for trouble in check(content, catalogue).troubles}
    assert found >= {
        (
            "not_observed",
            f"{seen}/signal",
        ),
        ("not_a_number", f"scenes/{content.scenes[1].key}/beats/{content.scenes[1].beats[0].key}/day"),
        ("unknown_place", f"dolls/{content.dolls[0].key}/place"),
        ("day_outside", f"deadlines/{content.deadlines[0].key}/by"),
        ("not_yes_no_or_day", f"dolls/{content.dolls[1].key}/consent_from"),
    }


def test_a_text_without_translation_counts_in_both_languages(catalogue: Catalogue) -> None:
    content = Content(id="x", title=Words("Iep wacht"), scenes=[DraftScene("s", "s", Words("Thuis"))])
    content.dolls.append(DraftDoll("d", "iep", "Iep", 4))
    story = check(content, catalogue).story
    assert story is not None
    assert story.title.en == "Iep wacht"
