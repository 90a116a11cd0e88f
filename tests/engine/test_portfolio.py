"""The few agreements that close most: exact beside trying everything, and true when the stories are read with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schakelbord.engine import load_catalogue, load_story, read_story, shipped_stories, story_path
from schakelbord.engine.portfolio import Agreement, Portfolios, Wish, best_choice, portfolios
from schakelbord.engine.reading import Reading

OPTIONS = 7
WAYS = some.lists(some.integers(1, 2**OPTIONS - 1).filter(lambda way: way.bit_count() <= 3), max_size=5)
WISHES = some.lists(some.builds(Wish, some.integers(1, 5), WAYS.map(tuple)), max_size=6)


def worth(wishes: list[Wish], chosen: int) -> int:
    return sum(wish.weight for wish in wishes if any(way & ~chosen == 0 for way in wish.ways))


@given(WISHES, some.lists(some.integers(1, 8), min_size=OPTIONS, max_size=OPTIONS), some.integers(1, OPTIONS))
def test_nothing_better_exists(wishes: list[Wish], costs: list[int], most: int) -> None:
    """Every choice of so many options was tried here, one by one."""

    def rank(chosen: int) -> tuple[int, int]:
        return worth(wishes, chosen), -sum(costs[at] for at in range(OPTIONS) if chosen >> at & 1)

    every = [sum(1 << at for at in row) for count in range(most + 1) for row in combinations(range(OPTIONS), count)]
    found = best_choice(wishes, costs, most=most)
    assert found.bit_count() <= most
    assert rank(found) == max(rank(chosen) for chosen in every)


@cache
def read(story: str, keys: tuple[str, ...]) -> Reading:
    catalogue = load_catalogue()
    return read_story(load_story(story_path(story), catalogue), catalogue, keys, with_repairs=False)


def keys_for(agreements: Sequence[Agreement], story: str) -> tuple[str, ...]:
    return tuple(one.item.key for one in agreements if one.story in {"", story})


@pytest.fixture(scope="module")
def found() -> Portfolios:
    catalogue = load_catalogue()
    stories = [load_story(story_path(name), catalogue) for name in sorted(shipped_stories())]
    return portfolios(stories, catalogue, most=4)


@pytest.mark.slow
def test_the_shipped_stories_together(found: Portfolios) -> None:
    assert found.is_proven
    assert found.gaps >= found.closable > 0
    sizes = [len(row.agreements) for row in found.rows]
    assert sizes == sorted(set(sizes))
    closed = [row.closed for row in found.rows]
    assert closed == sorted(set(closed))  # one more agreement closes more
    for row in found.rows:
        for one in row.stories:
            before, after = read(one.story, ()), read(one.story, keys_for(row.agreements, one.story))
            open_before, open_after = ({gap.key for gap in reading.findings} for reading in (before, after))
            assert {*one.closed, *one.left} == open_before
            assert not set(one.closed) & open_after
            assert set(one.opened) <= open_after - open_before
            assert bool(one.left) == any(not need.in_time for need in after.needs)
        assert row.closed == sum(len(one.closed) for one in row.stories)


@pytest.mark.slow
def test_what_an_agreement_adds_is_what_is_lost_without_it(found: Portfolios) -> None:
    row = found.rows[-1]
    for left_out in row.agreements:
        rest = [one for one in row.agreements if one is not left_out]
        lost = 0
        for one in row.stories:
            with_it, without = (read(one.story, keys_for(every, one.story)) for every in (row.agreements, rest))
            missed = {
                (need.pattern, need.by)
                for need, other in zip(with_it.needs, without.needs, strict=True)
                if need.in_time and not other.in_time
            }
            lost += sum(1 for gap in read(one.story, ()).findings if (gap.pattern, gap.by) in missed)
        assert lost == left_out.adds > 0


@pytest.mark.slow
def test_one_story_alone_closes_as_its_own_cheapest_repair() -> None:
    catalogue = load_catalogue()
    story = load_story(story_path("wilg"), catalogue)
    (first, *_rest) = portfolios([story], catalogue, most=1).rows
    singles = {
        repair.items[0].key
        for gap in read_story(story, catalogue).findings
        for repair in gap.repairs
        if len(repair.items) == 1
    }
    assert first.agreements[0].item.key in singles
