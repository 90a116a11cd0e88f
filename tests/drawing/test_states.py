"""The state of the stage: a pure function of the moment, that shows who matters and hides nobody who does."""

from __future__ import annotations

import msgspec
import pytest

from drawing.shipped import STORIES, beats, catalogue, reading, state_at, story
from schakelbord.drawing.cast import MOST_TOKENS
from schakelbord.drawing.scene import scene_state
from schakelbord.drawing.states import SceneState

EVERY_BEAT = [(name, scene, beat) for name in STORIES for scene, beat in beats(name)]


def everybody(state: SceneState) -> set[str]:
    """Ids of all actors, drawn or folded."""
    return {row.id for row in state.actors} | {row.id for fold in state.folds for row in fold.actors}


@pytest.mark.parametrize("name", STORIES)
def test_a_state_is_the_same_whichever_way_one_comes_there(name: str) -> None:
    forward = [state_at(name, scene, beat) for scene, beat in beats(name)]
    backward = [state_at(name, scene, beat) for scene, beat in reversed(list(beats(name)))]
    assert forward == backward[::-1]


@pytest.mark.parametrize(("name", "scene", "beat"), EVERY_BEAT)
def test_every_instance_is_on_the_stage_or_in_one_fold(name: str, scene: int, beat: int) -> None:
    state = state_at(name, scene, beat)
    drawn = [row.id for row in state.actors]
    folded = [row.id for fold in state.folds for row in fold.actors]
    assert len(drawn) == len(set(drawn))
    assert not set(drawn) & set(folded)
    assert set(reading(name).instances) <= everybody(state)
    assert len(drawn) + len(state.dolls) <= MOST_TOKENS


@pytest.mark.parametrize(("name", "scene", "beat"), EVERY_BEAT)
def test_both_ends_of_every_gap_of_this_scene_are_drawn(name: str, scene: int, beat: int) -> None:
    state = state_at(name, scene, beat)
    there = {row.id for row in state.actors} | {doll.id for doll in state.dolls}
    for gap in state.gaps:
        if gap.current:
            assert set(gap.between) <= there, gap.title.nl


@pytest.mark.parametrize("name", STORIES)
def test_gaps_gape_from_their_day_on(name: str) -> None:
    findings = reading(name).findings
    for finding in findings:
        last = len(story(name).scenes) - 1
        on_the_day = state_at(name, last, 0, day=finding.day)
        before = state_at(name, last, 0, day=finding.day - 1)
        assert finding.key in {gap.key for gap in on_the_day.gaps}
        assert finding.key not in {gap.key for gap in before.gaps}


@pytest.mark.parametrize("name", STORIES)
def test_pieces_are_those_of_the_timeline(name: str) -> None:
    state = state_at(name, len(story(name).scenes) - 1, 0, day=story(name).horizon)
    arrived = {(row.organisation, row.signal, row.about) for row in reading(name).timeline}
    shown = {(actor.id, piece.signal, piece.about) for actor in state.actors for piece in actor.pieces}
    drawn = {actor.id for actor in state.actors}
    assert shown == {row for row in arrived if row[0] in drawn}
    assert shown


def test_wilg_lives_in_a_then_in_b_then_outside_the_country() -> None:
    homes = [
        next(d for d in state_at("wilg", 0, 0, day=day).dolls if d.id == "wilg").place for day in (27, 28, 149, 150)
    ]
    assert homes == ["a", "b", "b", "x"]


def test_a_move_shows_where_somebody_came_from_only_in_its_scene() -> None:
    moved = [
        (scene, beat)
        for scene, beat in beats("wilg")
        if any(doll.id == "els" and doll.came_from == "a" for doll in state_at("wilg", scene, beat).dolls)
    ]
    assert moved == [(2, 0), (2, 1), (2, 2), (2, 3)]
    assert [doll.moved for doll in state_at("wilg", 2, 0).dolls] == [True, True, True]
    assert [doll.moved for doll in state_at("wilg", 2, 1).dolls] == [False, False, False]


def test_a_piece_on_its_way_lies_between_sender_and_receiver() -> None:
    slow = [row for row in reading("wilg").timeline if row.from_ and row.sent is not None and row.day - row.sent > 1]
    assert slow
    row = slow[0]
    trips = state_at("wilg", 0, 0, day=row.day - 1).journeys
    assert any(
        (trip.from_, trip.to, trip.signal, trip.under_way) == (row.from_, row.organisation, row.signal, True)
        for trip in trips
    )


def test_a_mended_gap_stays_on_the_stage_as_mended() -> None:
    before = reading("wilg")
    closed = before.findings[0]
    after = msgspec.structs.replace(before, findings=before.findings[1:])
    last = len(story("wilg").scenes) - 1
    state = scene_state(story("wilg"), catalogue(), after, scene=last, beat=0, before=before)
    assert {gap.key for gap in state.gaps if gap.mended} == {closed.key}
    assert all(closed.key not in actor.findings for actor in state.actors)


def test_the_outline_counts_only_pieces_of_the_pattern() -> None:
    state = state_at("wilg", 0, 3)
    leerplicht = next(actor for actor in state.actors if actor.id == "leerplicht@a")
    need = next(row for row in reading("wilg").needs if "leerplicht@a" in row.mandate and row.by == 27)
    outline = leerplicht.outlines[0]
    assert (outline.pattern, outline.at_least, outline.by) == (need.pattern, need.at_least, need.by)
    signals = set(catalogue().pattern[need.pattern].signals)
    assert outline.held == len({piece.signal for piece in leerplicht.pieces} & signals) > 0
