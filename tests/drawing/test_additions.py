"""What a room adds comes on without moving anybody, told apart from what was computed, the same everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from drawing.shipped import BIG, SMALL, STORIES, beats, reading, state_at, story
from drawing.test_boxes import overlaps
from schakelbord.drawing.additions import AddedActor, AddedChannel, AddedDoll, AddedGap, Additions, Life
from schakelbord.drawing.parts import Drawing
from schakelbord.drawing.place import place_stage
from schakelbord.drawing.says import Speech
from schakelbord.drawing.states import SceneState
from schakelbord.engine.text import Text


def text(words: str) -> Text:
    return Text(nl=words, en=words)


def gap(key: str, one: str, other: str = "", **more: object) -> AddedGap:
    rest = {"number": 1, "kind": "unowned", "title": text("Niemand belt terug"), "sentence": text("")} | more
    return AddedGap(key=key, between=(one, other), **rest)  # type: ignore[arg-type]


CLUB = AddedActor("x-club", text("Voetbalclub"), "uitvoering", "b", "mensen")


def drawn(state: SceneState, **more: object) -> Drawing:
    return place_stage(state, **more)  # type: ignore[arg-type]


def spots(drawing: Drawing) -> dict[str, tuple[int, int]]:
    return {
        token.id: (round(token.box.centre[0]), round(token.box.centre[1]))
        for token in drawing.tokens
        if token.shape not in {"doll", "fold"}
    }


def moved(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> list[str]:
    """Who stands on both stages, on another place."""
    return [who for who in before if who in after and before[who] != after[who]]


def ids_of_list(state: SceneState) -> set[str]:
    people = {row.id for row in state.actors} | {row.id for fold in state.folds for row in fold.actors}
    return people | {doll.id for doll in state.dolls} | {row.key for row in state.gaps}


def ids_of_drawing(state: SceneState, drawing: Drawing) -> set[str]:
    tokens = {token.id for token in drawing.tokens if token.shape != "fold"}
    folded = {row.id for fold in state.folds for row in fold.actors}
    hidden = (
        {doll.id for doll in state.dolls} if any(row.id == "fold:leefwereld:all" for row in drawing.tokens) else set()
    )
    return tokens | folded | hidden | {key for mark in drawing.gaps for key in mark.keys}


def test_an_added_organisation_stands_in_its_municipality_and_says_where_it_comes_from() -> None:
    state = state_at("wilg", 2, 3, additions=Additions(actors=(CLUB,)))
    token = next(row for row in drawn(state).tokens if row.id == CLUB.id)
    assert token.added
    assert [label.text for label in token.notes] == ["uit de zaal"]
    assert token.says.startswith("Voetbalclub, uitvoering, gemeente B. Toegevoegd in de zaal.")
    other = next(range(first, last + 1) for sector, first, last in state.seating.spans if sector == "a")
    assert state.seating.seats[CLUB.id] not in other


def test_a_told_gap_brings_on_whom_it_names_and_an_empty_chair_for_nobody() -> None:
    name = next(
        row.id
        for fold in state_at("wilg", 0, 0).folds
        for row in fold.actors
        if row.ring == "uitvoering" and row.sector
    )
    state = state_at("wilg", 0, 0, additions=Additions(gaps=(gap("r1", name),)))
    shown = {row.id: row for row in state.actors}
    assert shown[name].active
    chair = shown["nobody:r1"]
    assert (chair.kind, chair.sector) == ("nobody", shown[name].sector)
    mark = next(row for row in drawn(state).gaps if row.key == "r1")
    assert mark.halves
    assert {mark.from_, mark.to} == {name, "nobody:r1"}


def test_told_and_computed_gaps_differ_in_word_and_shape_and_count_apart() -> None:
    computed = state_at("wilg", 2, 3).gaps[0]
    lives = {computed.key: Life(4, text("in gesprek"))}
    told = gap("r1", *computed.between, count=27, status=text("herkend"))
    state = state_at("wilg", 2, 3, additions=Additions(gaps=(told,), lives=lives), selected=computed.key)
    marks = {mark.key: mark for mark in drawn(state).gaps}
    assert marks["r1"].told
    assert not marks[computed.key].told
    assert marks["r1"].numbers == ("Z1",)
    assert marks[computed.key].heading
    assert "berekend" in marks[computed.key].heading.text
    assert "verteld" in marks["r1"].says
    assert "Status: in gesprek, berekend." in marks[computed.key].says


def test_the_number_of_people_who_recognise_a_gap_stands_on_its_label() -> None:
    state = state_at("wilg", 2, 3, additions=Additions(gaps=(gap("r1", "wilg", count=27),)), selected="r1")
    mark = next(row for row in drawn(state).gaps if row.key == "r1")
    assert mark.heading
    assert mark.heading.text == "Hiaat Z1 · verteld · 27×"
    assert "27 mensen herkennen dit." in mark.says


def test_a_told_gap_is_said_in_one_sentence_set() -> None:
    told = gap("r2", "wilg", number=2, title=text("Niemand in B kent Wilg"), count=27, status=text("nieuw"))
    state = state_at("wilg", 3, 0, additions=Additions(gaps=(told,)))
    assert Speech.of(state, "nl").gap(state.gaps[-1]) == (
        "Hiaat Z2, geen eigenaar, tussen Wilg en niemand in gemeente B. Niemand in B kent Wilg. "
        "27 mensen herkennen dit. Status: nieuw, verteld in de zaal."
    )


def test_channels_are_said_with_ground_and_whether_they_work() -> None:
    channel = AddedChannel("k1", CLUB.id, "leerplicht@b", "AVG, 6", works=False)
    state = state_at("wilg", 2, 3, additions=Additions(actors=(CLUB,), channels=(channel,)))
    said = Speech.of(state, "nl").actor(next(row for row in state.actors if row.id == CLUB.id))
    assert said == (
        "Voetbalclub, uitvoering, gemeente B. Toegevoegd in de zaal. Een kanaal: naar Leerplicht B, "
        "grondslag AVG, 6, staat alleen op papier, toegevoegd in de zaal. Geen hiaten."
    )
    line = next(row for row in drawn(state).lines if row.id == "k1")
    assert line.told
    assert line.paper


def test_a_told_channel_says_that_it_was_told() -> None:
    club = replace(CLUB, sector=story("beuk").places[0].id)
    who = next(row.id for row in state_at("beuk", 0, 0).actors if row.active and row.ring == "uitvoering")
    additions = Additions(actors=(club,), channels=(AddedChannel("k1", club.id, who, "AVG, 6"),))
    line = next(row for row in drawn(state_at("beuk", 0, 0, additions=additions)).lines if row.id == "k1")
    assert line.pill_text
    assert line.pill_text.text == "verteld § AVG, 6"


def test_the_spotlight_leaves_one_thing_with_its_ends_and_hushes_the_rest() -> None:
    computed = state_at("wilg", 2, 3).gaps[0]
    state = state_at("wilg", 2, 3, spotlight=computed.key)
    drawing = drawn(state)
    assert {row.id for row in drawing.tokens if row.lit} == set(computed.between)
    assert {row.id for row in drawing.tokens if not row.hushed} == set(computed.between)
    assert [row.key for row in drawing.gaps if row.lit] == [row.key for row in drawing.gaps if computed.key in row.keys]
    assert not any(row.hushed for row in drawn(state_at("wilg", 2, 3, spotlight="gone")).tokens)


def test_an_added_doll_has_looks_of_its_own_and_a_home() -> None:
    state = state_at("beuk", 0, 0, additions=Additions(dolls=(AddedDoll("d-1", "Hazelaar", 12),)))
    doll = state.dolls[-1]
    assert doll.place == state.dolls[0].place
    assert (doll.hue, doll.pattern) not in {(row.hue, row.pattern) for row in state.dolls[:-1]}
    token = next(row for row in drawn(state).tokens if row.id == "d-1")
    assert token.added
    assert "Toegevoegd in de zaal." in token.says


@pytest.mark.parametrize("name", STORIES)
def test_adding_moves_nobody_in_any_scene(name: str) -> None:
    who = reading(name).instances[::9]
    additions = Additions(
        actors=(replace(CLUB, sector=story(name).places[0].id), AddedActor("x-2", text("Regiobureau"), "beleid")),
        gaps=tuple(gap(f"r{at}", one, number=at) for at, one in enumerate(who[:4])),
    )
    for scene, beat in beats(name):
        before = spots(drawn(state_at(name, scene, beat)))
        after = spots(drawn(state_at(name, scene, beat, additions=additions)))
        assert moved(before, after) == []


def test_a_later_addition_takes_no_seat_of_an_earlier_one() -> None:
    first = Additions(gaps=(gap("r1", "huisarts@b"),), order=("r1",))
    second = replace(
        first, actors=(CLUB, AddedActor("x-2", text("Buurthuis"), "uitvoering", "b")), order=("r1", "x-club", "x-2")
    )
    before = spots(drawn(state_at("wilg", 0, 0, additions=first)))
    after = spots(drawn(state_at("wilg", 0, 0, additions=second)))
    assert moved(before, after) == []
    assert {"huisarts@b", "nobody:r1"} <= set(after)


NAMES = st.text("abcdefgh ijklé漢🙂<&\"'", min_size=1, max_size=40)


@st.composite
def many_additions(draw: st.DrawFn, name: str) -> Additions:
    """Anything a room may add, sensible or not."""
    known = [*reading(name).instances, *reading(name).bodies, *(doll.id for doll in story(name).dolls)]
    places = [row.id for row in story(name).places]
    actors = tuple(
        AddedActor(f"x{at}", text(draw(NAMES)), draw(st.sampled_from(["uitvoering", "beleid", "bestuur"])),
                   draw(st.sampled_from([*places, "", "gone"])), draw(st.sampled_from(["", "school", "no-such"])))
        for at in range(draw(st.integers(0, 16)))
    )  # fmt: skip
    dolls = tuple(
        AddedDoll(f"d{at}", draw(NAMES), draw(st.integers(0, 99)), draw(st.sampled_from([*places, "gone"])))
        for at in range(draw(st.integers(0, 12)))
    )
    ends = st.sampled_from([*known, *(row.id for row in actors), *(row.id for row in dolls), "", "gone"])
    kinds = st.sampled_from(["unowned", "no_feedback", "", "odd"])
    gaps = tuple(
        gap(f"r{at}", draw(ends), draw(ends), number=at, kind=draw(kinds), title=text(draw(NAMES)),
            count=draw(st.integers(0, 200)), new=draw(st.booleans()), mended=draw(st.booleans()))
        for at in range(draw(st.integers(0, 20)))
    )  # fmt: skip
    channels = tuple(
        AddedChannel(f"k{at}", draw(ends), draw(ends), draw(NAMES), draw(st.booleans()))
        for at in range(draw(st.integers(0, 6)))
    )
    order = draw(
        st.permutations([*(row.id for row in actors), *(row.key for row in gaps), *(row.id for row in channels)])
    )
    return Additions(actors, channels, gaps, dolls, tuple(order))


@pytest.mark.slow
@settings(max_examples=20, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
def test_list_and_drawing_hold_the_same_ids_whatever_a_room_adds(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(STORIES))
    scene, beat = data.draw(st.sampled_from(list(beats(name))))
    additions = data.draw(many_additions(name))
    light = data.draw(st.sampled_from([None, "r0", "x0", "d0", "gone"]))
    bare = spots(drawn(state_at(name, scene, beat)))
    state = state_at(name, scene, beat, additions=additions, spotlight=light)
    for size in (BIG, SMALL):
        drawing = drawn(state, width=size[0], height=size[1], language=data.draw(st.sampled_from(["nl", "en"])))
        assert ids_of_drawing(state, drawing) == ids_of_list(state)
        assert overlaps(drawing) == []
        speech = Speech.of(state, drawing.language)
        assert all(token.says == speech.thing(token.id) for token in drawing.tokens if token.shape != "fold")
    after = spots(drawn(state))
    assert moved(bare, after) == []
    told = {row.key for row in additions.gaps}
    assert told <= {row.key for row in state.gaps}
    assert {row.id for row in additions.actors} <= ids_of_list(state)


@pytest.mark.parametrize("name", STORIES)
def test_list_and_drawing_of_every_shipped_scene_hold_the_same_ids(name: str) -> None:
    for scene, beat in beats(name):
        state = state_at(name, scene, beat)
        assert ids_of_drawing(state, drawn(state)) == ids_of_list(state)
