"""Nothing on the stage covers anything else, for every shipped story, beat, language and screen."""

from __future__ import annotations

from collections import defaultdict

import pytest

from drawing.shipped import BIG, SMALL, STORIES, WALL, beats, drawing_at, state_at, story
from schakelbord.drawing.parts import Drawing
from schakelbord.drawing.place import place_stage
from schakelbord.drawing.shapes import Box
from schakelbord.drawing.tokens import NAME, NOTE
from schakelbord.errors import Language

SCREENS = {"1920x1080": BIG, "1280x800": SMALL, "wall": WALL}


def overlaps(drawing: Drawing) -> list[tuple[str, str]]:
    """All pairs of boxes that cover each other, and what sticks out of the drawing."""
    boxes, whole = list(drawing.boxes()), Box(0, 0, drawing.width, drawing.height)
    found = [
        (one, other) for at, (one, box) in enumerate(boxes) for other, second in boxes[at + 1 :] if box.overlaps(second)
    ]
    return found + [(name, "outside") for name, box in boxes if not box.inside(whole)]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", STORIES)
def test_nothing_covers_anything(name: str, screen: str, language: Language) -> None:
    for scene, beat in beats(name):
        assert overlaps(drawing_at(name, scene, beat, SCREENS[screen], language)) == [], (scene, beat)


@pytest.mark.parametrize("name", STORIES)
def test_nothing_covers_anything_with_a_gap_or_an_actor_chosen(name: str) -> None:
    last = len(story(name).scenes) - 1
    state = state_at(name, last, 0)
    for chosen in (*(gap.key for gap in state.gaps), state.actors[0].id):
        drawing = place_stage(state_at(name, last, 0, selected=chosen))
        assert overlaps(drawing) == []
        assert any(mark.selected for mark in (*drawing.gaps, *drawing.tokens))


@pytest.mark.parametrize("name", STORIES)
def test_large_letters_drop_who_plays_no_part_and_cover_nothing(name: str) -> None:
    for scene, beat in beats(name):
        drawing = place_stage(state_at(name, scene, beat), large=True)
        assert overlaps(drawing) == []
        assert not [row for row in drawing.tokens if row.quiet and row.shape in {"card", "body"}]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", STORIES)
def test_texts_stay_inside_their_tokens(name: str, language: Language) -> None:
    for scene, beat in beats(name):
        for token in drawing_at(name, scene, beat, BIG, language).tokens:
            inside = [*(label.box for label in (*token.names, *token.notes)), *(piece.box for piece in token.pieces)]
            for box in inside:
                assert box.inside(token.box.grown(0.6)), (token.id, token.names)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", STORIES)
def test_no_name_on_a_shipped_stage_is_cut(name: str, language: Language) -> None:
    for scene, beat in beats(name):
        for token in drawing_at(name, scene, beat, BIG, language).tokens:
            assert not [label.text for label in (*token.names, *token.notes) if "…" in label.text], token.id


@pytest.mark.parametrize("name", STORIES)
def test_a_token_moves_only_when_the_story_moves_it(name: str) -> None:
    seen: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for scene, beat in beats(name):
        for token in drawing_at(name, scene, beat).tokens:
            if token.shape not in {"doll", "fold"}:
                seen[token.id].add((round(token.box.centre[0]), round(token.box.centre[1])))
    # Their text may change; the middle of a box may then shift by a rounding.
    moved = {who: spots for who, spots in seen.items() if len(spots) > 1}
    assert not moved


@pytest.mark.parametrize("name", STORIES)
def test_dolls_stand_still_until_they_move(name: str) -> None:
    places: dict[tuple[str, str], set[float]] = defaultdict(set)
    for scene, beat in beats(name):
        state, drawing = state_at(name, scene, beat), drawing_at(name, scene, beat)
        homes = {doll.id: doll.place for doll in state.dolls}
        for token in drawing.tokens:
            if token.shape == "doll" and token.picture:
                places[token.id, homes[token.id]].add(round(token.picture.centre[0], 1))
    assert places
    assert all(len(spots) == 1 for spots in places.values())


def points_of(path: str) -> list[tuple[float, float]]:
    """The points of a path of straight stretches."""
    return [(float(x), float(y)) for x, y in (spot.split() for spot in path.removeprefix("M").split("L"))]


@pytest.mark.parametrize("name", STORIES)
def test_no_line_and_no_gap_goes_behind_a_token(name: str) -> None:
    checked = 0
    for scene, beat in beats(name):
        drawing = drawing_at(name, scene, beat)
        ways = [(line.path, line.from_, line.to) for line in drawing.lines]
        ways += [(half.path, gap.from_, gap.to) for gap in drawing.gaps for half in gap.halves]
        for way, *ends in ways:
            checked += 1
            others = [token for token in drawing.tokens if token.id not in ends]
            assert not [token.id for token in others for spot in points_of(way) if token.box.holds(spot)], (scene, beat)
    assert checked


def test_letters_are_as_large_on_the_wall_as_the_design_asks() -> None:
    drawing = drawing_at("wilg", 0, 0, WALL)
    scale = WALL[1] / drawing.height
    assert min(NAME, NOTE) * scale >= 15.5
    assert min(NAME, NOTE) * BIG[1] / drawing_at("wilg", 0, 0, BIG).height >= 15.5


@pytest.mark.parametrize("name", STORIES)
def test_every_gap_of_the_moment_has_a_mark(name: str) -> None:
    for scene, beat in beats(name):
        state, drawing = state_at(name, scene, beat), drawing_at(name, scene, beat)
        marked = [key for mark in drawing.gaps for key in mark.keys]
        assert sorted(marked) == sorted(gap.key for gap in state.gaps)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", STORIES)
def test_no_label_number_or_disc_covers_a_bar(name: str, screen: str, language: Language) -> None:
    labels = 0
    for scene, beat in beats(name):
        drawing = drawing_at(name, scene, beat, SCREENS[screen], language)
        for mark in drawing.gaps:
            labels += mark.label is not None
            own = [spot for half in mark.halves for spot in points_of(half.path)]
            others = [
                spot for gap in drawing.gaps if gap is not mark for half in gap.halves for spot in points_of(half.path)
            ]
            assert not [spot for spot in others if mark.disc_box.grown(5).holds(spot)], (scene, beat, mark.key)
            if mark.label:
                assert not [spot for spot in (*own, *others) if mark.label.grown(6).holds(spot)], (
                    scene,
                    beat,
                    mark.key,
                )
    assert labels
