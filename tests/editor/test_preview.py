"""What a draft shows now, and how the words of differences and troubles read."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakelbord.editor.beginnings import BEGINNINGS, story_of
from schakelbord.editor.checking import check
from schakelbord.editor.content import Content, decode, encode
from schakelbord.editor.difference import differences
from schakelbord.editor.from_story import draft_of
from schakelbord.editor.preview import preview_of, usable_of
from schakelbord.editor.turns import Turns, turn_of
from schakelbord.engine import read_story
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.load import load_story
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.story import Story
from schakelbord.engine.story_text import story_yaml
from schakelbord.engine.text import Text
from schakelbord.stories.library import shipped, the_catalogue
from small_worlds import catalogues, stories

DAMAGES = ["day", "doll", "place", "scene", "beats", "sight", "horizon", "region", "age"]


def wilg() -> Content:
    return draft_of(shipped()["wilg"])


def look(now: Content, before: Content | None = None, part: str = "") -> dict[str, list[str]]:
    found = preview_of(now, before or now, part, catalogue=the_catalogue(), language="nl")
    kinds: dict[str, list[str]] = {"new": [], "gone": [], "stays": []}
    for row in (*found.gaps, *found.rest):
        kinds[row.kind].append(row.key)
    return kinds


def test_every_beginning_is_a_whole_story_with_a_gap_and_at_least_three_organisations() -> None:
    for row in BEGINNINGS:
        story = story_of(row.id)
        assert read_story(story, the_catalogue(), with_repairs=False).findings
        assert len({sight.organisation for scene in story.scenes for beat in scene.beats for sight in beat.sees}) >= 3


def test_a_change_that_closes_a_gap_shows_it_as_gone_and_the_way_back_as_new() -> None:
    before, now = wilg(), wilg()
    now.deadlines = now.deadlines[:1]
    forth, back = look(now, before), look(before, now)
    assert forth["gone"]
    assert forth["gone"] == back["new"]
    assert sorted(forth["stays"]) == sorted(back["stays"])
    assert not look(before)["gone"]


def test_what_is_unfinished_is_left_out_and_the_rest_is_computed() -> None:
    content = wilg()
    content.scenes[0].beats[0].day = "later"
    content.deadlines[0].pattern = ""
    content.dolls[0].consent, content.dolls[0].consent_from = "from", None
    content.title.nl = content.title.en = ""
    content.scenes[2].beats[0].move.to = ""
    found = usable_of(content, the_catalogue())
    assert found is not None
    assert found.left_out == 4
    assert check(found.content, the_catalogue()).whole == found.story
    assert read_story(found.story, the_catalogue(), with_repairs=False).findings


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_somebody_types_or_removes_the_preview_stands(data: st.DataObject) -> None:
    content = wilg()
    for _ in range(data.draw(st.integers(1, 5))):
        scene = data.draw(st.sampled_from(content.scenes)) if content.scenes else None
        what = data.draw(
            st.sampled_from(["day", "doll", "place", "scene", "beats", "sight", "horizon", "region", "age"])
        )
        if what == "day" and scene and scene.beats:
            data.draw(st.sampled_from(scene.beats)).day = data.draw(st.sampled_from([None, "x", -1, 9999, 0]))
        elif what == "doll" and content.dolls:
            content.dolls.pop(data.draw(st.integers(0, len(content.dolls) - 1)))
        elif what == "place" and content.places:
            content.places.pop(data.draw(st.integers(0, len(content.places) - 1)))
        elif what == "scene" and scene:
            content.scenes.remove(scene)
        elif what == "beats" and scene:
            scene.beats = []
        elif what == "sight" and scene and scene.beats and scene.beats[0].sees:
            scene.beats[0].sees[0].organisation = data.draw(st.sampled_from(["", "weg", "kinderrechter"]))
        elif what == "horizon":
            content.horizon = data.draw(st.sampled_from([None, 0, 20, "lang"]))
        elif what == "region" and content.places:
            content.places[0].region = data.draw(st.sampled_from(["", "nl", "a", "R 1"]))
        elif what == "age" and content.dolls:
            content.dolls[0].age = data.draw(st.sampled_from([None, -3, "oud", 500]))
    found = preview_of(content, wilg(), "", catalogue=the_catalogue(), language="nl")
    assert found.drawing is not None or usable_of(content, the_catalogue()) is None


@settings(max_examples=100)
@given(catalogue=catalogues(), story=stories())
def test_any_story_becomes_a_draft_and_comes_back_with_the_same_bytes(catalogue: Catalogue, story: Story) -> None:
    whole = msgspec.structs.replace(story, fictional=True)
    found = check(decode(encode(draft_of(whole))), catalogue)
    once = story_yaml(whole)
    assert (found.whole is None) == _is_refused(once, catalogue)
    if found.whole is not None:
        again = story_yaml(found.whole)
        imported = load_story(again, catalogue)
        assert imported == load_story(once, catalogue)
        assert story_yaml(check(draft_of(imported), catalogue).whole or whole) == again


def _is_refused(text: str, catalogue: Catalogue) -> bool:
    try:
        load_story(text, catalogue)
    except ProblemsError:
        return True
    return False


def test_differences_say_where_and_what() -> None:
    old = shipped()["wilg"]
    beat = msgspec.structs.replace(
        old.scenes[0].beats[0], say=Text("Wilg is 16 jaar. Wilg mist elke week lessen.", "x")
    )
    scene = msgspec.structs.replace(old.scenes[0], beats=(beat, *old.scenes[0].beats[2:]))
    new = msgspec.structs.replace(
        old,
        scenes=(scene, *old.scenes[2:]),
        horizon=200,
        dolls=(msgspec.structs.replace(old.dolls[0], age=17), *old.dolls[1:2]),
        deadlines=old.deadlines[:3],
    )
    found = [
        (row.where, row.what, "".join(f"[{kind}:{words}]" for kind, words in row.words))
        for row in differences(old, new, catalogue=the_catalogue(), language="nl")
    ]
    places = {where for where, _, _ in found}
    assert {"Het verhaal", "Wilg", "Poppen", "Scènes", "Wie had het moeten weten?"} <= places
    assert ("Poppen", "Linde is weg.", "") in found
    assert ("Wilg", "", "[in:leeftijd: 17]") in found
    assert any("[in:elke week lessen." in words for _, _, words in found)
    assert any(what == "Deze stap is weg." for _, what, _ in found)
    assert differences(old, old, catalogue=the_catalogue(), language="nl") == []


@pytest.mark.parametrize(("first_number", "second_number", "kept"), [(2, 3, "second"), (3, 2, "first")])
def test_who_waits_and_is_overtaken_gives_up(first_number: int, second_number: int, kept: str) -> None:
    turns, begun, may_end = Turns(), threading.Event(), threading.Event()
    done: list[str] = []

    def slow() -> None:
        with turns.take((1, "a"), 1):
            begun.set()
            may_end.wait(timeout=10)
            done.append("slow")

    def later(name: str, number: int) -> None:
        with turns.take((1, "a"), number) as is_last:
            if is_last():
                done.append(name)

    with ThreadPoolExecutor(4) as pool:
        pool.submit(slow)
        assert begun.wait(timeout=10)
        first = pool.submit(later, "first", first_number)
        while turns._waiting[(1, "a")] < 2:
            pass
        second = pool.submit(later, "second", second_number)
        while turns._waiting[(1, "a")] < 3:
            pass
        may_end.set()
        first.result(timeout=10)
        second.result(timeout=10)
    assert done == ["slow", kept]
    assert not turns._busy


@pytest.mark.parametrize(
    ("header", "turn"),
    [("abc.12", ("abc", 12)), ("abc", ("abc", 0)), ("", ("", 0)), ("abc.x", ("abc", 0)), ("a.²", ("a", 0))],
)
def test_a_turn_is_read_and_what_has_no_number_overtakes_nothing(header: str, turn: tuple[str, int]) -> None:
    assert turn_of(header) == turn


@pytest.mark.parametrize("part", ["", "absent", "scenes/k17", "dolls/k4", "weg/weg"])
def test_the_stage_stands_at_the_step_at_hand(part: str) -> None:
    found = preview_of(wilg(), wilg(), part, catalogue=the_catalogue(), language="en")
    assert found.drawing is not None
    assert found.day == (22 if part == "scenes/k17" else 200)
