"""Projection, k-means and groups: beside plain implementations, with planted groups, and where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse_worlds import Cast, planted, profiles, small_pulses, table
from schakelbord.engine.text import Text
from schakelbord.pulse import projection
from schakelbord.pulse.ballots import NO_VOTE, Ballots, ballots
from schakelbord.pulse.group_words import groups_in_words
from schakelbord.pulse.groups import Groups, find_groups
from schakelbord.pulse.kmeans import alike, k_means, outermost, silhouettes
from schakelbord.pulse.projection import Floats, project


def grouped(found: Ballots) -> Groups:
    return find_groups(found, project(found))


def plain_projection(found: Ballots) -> Floats:
    """The same by filling in the means and one full singular value decomposition."""
    votes = found.votes.astype(float)
    votes[votes == NO_VOTE] = np.nan
    votes = votes[~np.isnan(votes).all(axis=1)]
    votes[:, ~found.kept()] = 0
    outward = np.sqrt(votes.shape[1] / (~np.isnan(votes)).sum(axis=1))
    means = np.nanmean(votes, axis=0)
    centred = np.where(np.isnan(votes), 0, votes - means)
    directions = np.linalg.svd(centred, full_matrices=False)[2][:2]
    directions *= np.sign(directions[[0, 1], np.abs(directions).argmax(axis=1)])[:, None]
    return np.asarray(centred @ directions.T * outward[:, None])


def plain_silhouette(points: Floats, labels: list[int]) -> float:
    """Rousseeuw's definition, point by point."""
    values = []
    for at, point in enumerate(points):
        away = {
            group: [
                float(np.hypot(*(point - other))) for i, other in enumerate(points) if labels[i] == group and i != at
            ]
            for group in set(labels)
        }
        own = away.pop(labels[at])
        if not own:
            values.append(0.0)
            continue
        inside, outside = np.mean(own), min(np.mean(group) for group in away.values())
        values.append(float((outside - inside) / max(inside, outside)) if max(inside, outside) else 0.0)
    return float(np.mean(values))


@pytest.mark.parametrize("seed", range(4))
def test_the_projection_is_that_of_a_full_decomposition(seed: int) -> None:
    rows, _ = planted(120, 30, profiles(3, 30, seed, 1.0), seed)
    found = table(rows, 130, moderated_out=(3, 4))
    here = project(found)
    assert np.allclose(here.places, plain_projection(found), atol=1e-9)
    assert 0 < here.explained[1] < here.explained[0] < 1


def test_many_statements_are_projected_by_iteration_to_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, _ = planted(300, 80, profiles(3, 80, 5), 5)
    found = table(rows, 300)
    monkeypatch.setattr(projection, "MOST_FOR_EIGENVECTORS", 10)
    assert np.allclose(project(found).places, plain_projection(found), atol=1e-4)


@given(small_pulses())
def test_any_small_pulse_has_places_and_an_answer_about_groups(pulse: tuple[Cast, dict[int, str | None]]) -> None:
    found = ballots(*pulse)
    here = project(found)
    groups = find_groups(found, here)
    assert here.places.shape == (len(here.people), 2)
    assert np.isfinite(here.places).all()
    assert not groups.shown
    assert groups_in_words(found, groups) == ()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=4, max_size=25), st.data())
def test_silhouettes_are_those_of_the_definition(places: list[tuple[int, int]], data: st.DataObject) -> None:
    points = np.array(places, dtype=float)
    labels = data.draw(st.lists(st.integers(0, 2), min_size=len(points), max_size=len(points)))
    if 2 <= len(set(labels)) < len(points):
        assert silhouettes(points, [np.array(labels)])[0] == pytest.approx(plain_silhouette(points, labels))
    else:
        assert silhouettes(points, [np.array(labels)]) == [-1.0]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=6, max_size=30), st.integers(2, 5))
def test_k_means_gives_every_point_its_nearest_centre(places: list[tuple[int, int]], count: int) -> None:
    points = np.array(places, dtype=float)
    start = outermost(points, count)
    labels, spread = k_means(points, start)
    centres = np.stack([points[labels == group].mean(axis=0) for group in np.unique(labels)])
    away = np.square(points[:, None] - centres).sum(axis=2)
    assert len(start) == min(count, len(set(places)))
    assert spread >= away.min(axis=1).sum() - 1e-9
    assert np.sqrt(away[np.arange(len(points)), np.searchsorted(np.unique(labels), labels)]).max() <= np.sqrt(72) + 1e-9


def test_likeness_is_the_adjusted_rand_index() -> None:
    one, other = np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])
    assert alike(one, 1 - one) == 1.0
    assert alike(one, other) == pytest.approx(0.5714285714)
    assert alike(one, np.array([0, 1, 0, 1])) == pytest.approx(-0.5)


@pytest.mark.parametrize("groups", [2, 3, 4])
@pytest.mark.parametrize("seed", range(3))
def test_planted_groups_are_found_and_shown(groups: int, seed: int) -> None:
    rows, of = planted(400, 60, profiles(groups, 60, seed), seed)
    found = grouped(table(rows, 400))
    assert found.count == groups
    assert alike(found.labels, of[found.people]) >= 0.95
    assert found.shown
    assert found.stability is not None
    assert found.stability.likeness >= 0.9
    assert str(groups) in found.why.nl
    sizes = np.bincount(found.labels).tolist()
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("seed", range(3))
def test_votes_without_any_pattern_have_no_stable_groups(seed: int) -> None:
    rows, _ = planted(500, 60, np.random.default_rng(seed).normal(0, 1, (1, 60)), seed)
    found = grouped(table(rows, 500))
    assert not found.shown
    assert "Geen vaste groepen" in found.why.nl
    assert "No stable groups" in found.why.en


@pytest.mark.parametrize("seed", range(3))
def test_people_along_one_line_are_no_groups(seed: int) -> None:
    random = np.random.default_rng(seed)
    along = random.normal(size=(600, 1)) * random.normal(0, 1, (1, 60))
    rows, _ = planted(600, 60, along, seed)
    assert not grouped(table(rows, 600)).shown


def test_below_two_hundred_people_no_groups_are_shown_but_labels_are_there() -> None:
    rows, of = planted(199, 60, profiles(2, 60, 1), 1)
    found = grouped(table(rows, 199))
    assert not found.shown
    assert found.stability is None
    assert alike(found.labels, of[found.people]) >= 0.95
    assert "200" in found.why.nl


def test_when_everybody_votes_the_same_there_is_nothing_to_group() -> None:
    rows = [(person, statement, 1) for person in range(250) for statement in range(8)]
    found = grouped(table(rows, 250))
    assert (found.count, found.shown) == (0, False)
    assert "hetzelfde" in found.why.nl


def test_who_votes_less_than_seven_times_is_placed_but_in_no_group() -> None:
    rows, _ = planted(300, 40, profiles(2, 40, 2), 2)
    more = np.array([(300 + person, statement, 1) for person in range(5) for statement in range(6)])
    found = table(np.concatenate([rows, more]), 306)
    here = project(found)
    assert {300, 301, 302, 303, 304} <= set(here.people.tolist())
    assert 305 not in here.people
    assert not {300, 301, 302, 303, 304} & set(find_groups(found, here).people.tolist())


def test_the_order_of_votes_does_not_change_the_groups() -> None:
    rows, _ = planted(260, 40, profiles(3, 40, 3), 3)
    one, other = grouped(table(rows, 260)), grouped(table(np.random.default_rng(1).permutation(rows), 260))
    assert np.array_equal(one.labels, other.labels)
    assert one.stability == other.stability


def test_groups_in_words_say_what_sets_them_apart() -> None:
    pattern = np.array([[4.0] * 5 + [-4.0] * 5 + [0.0] * 10, [-4.0] * 5 + [4.0] * 5 + [0.0] * 10])
    rows, of = planted(300, 20, pattern, 4, share=0.8)
    found = table(rows, 300)
    groups = grouped(found)
    first, second = groups_in_words(found, groups, {0: Text(nl="Meer overleg", en="More talk")})
    ahead = int(np.bincount(of[groups.people][groups.labels == 0]).argmax())
    likes, hates = (range(5), range(5, 10)) if ahead == 0 else (range(5, 10), range(5))
    assert {item.statement for item in first.agrees} <= set(likes)
    assert {item.statement for item in first.disagrees} <= set(hates)
    # The means of planted statements hide one or another; each group has something on either side.
    assert all(group.agrees and group.disagrees for group in (first, second))
    assert (first.agrees[0].direction, first.disagrees[0].direction) == ("agree", "disagree")
    assert (first.letter, second.letter) == ("A", "B")
    assert first.people + second.people == len(groups.people)
    said = [text for group in (first, second) for text in group.says]
    assert all(text.nl.startswith(("Groep", "Eens met", "Oneens met")) for text in said)
    assert all(text.en.startswith(("Group", "Agrees with", "Disagrees with")) for text in said)


def test_no_sentence_tells_of_a_statement_with_few_votes_outside_the_groups() -> None:
    pattern = np.array([[4.0] * 5 + [-4.0] * 5 + [0.0] * 10, [-4.0] * 5 + [4.0] * 5 + [0.0] * 10])
    rows, _ = planted(300, 20, pattern, 4, share=0.8)
    rows = rows[~np.isin(rows[:, 0], np.flatnonzero(np.bincount(rows[:, 0], minlength=300) < 7))]
    before = table(rows, 301)
    told = {item.statement for group in groups_in_words(before, grouped(before)) for item in group.agrees}
    # One person, in no group, votes on what was told: beside the sum it would be theirs alone.
    after = table(np.concatenate([rows, [(300, statement, 1) for statement in sorted(told)[:3]]]), 301)
    still = {item.statement for group in groups_in_words(after, grouped(after)) for item in group.agrees}
    assert told
    assert not still & set(sorted(told)[:3])
