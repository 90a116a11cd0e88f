"""The shelf of readings: each reading is computed once, and only the last ones are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from schakelbord.engine.reading import Reading
from schakelbord.stories.library import reading_of, shipped
from schakelbord.stories.readings import ReadingShelf, digest_of


def a_reading() -> Reading:
    """Some reading; which one does not matter here."""
    return reading_of(shipped()["wilg"])


def test_eight_visitors_who_come_at_once_share_one_computation() -> None:
    shelf, reading = ReadingShelf(), a_reading()
    computed: list[int] = []
    together = Barrier(8)

    def compute() -> Reading:
        computed.append(1)
        return reading

    def visit(_: int) -> Reading:
        together.wait(timeout=30)
        return shelf.get(("story", "catalogue", ()), compute)

    with ThreadPoolExecutor(8) as pool:
        assert all(found is reading for found in pool.map(visit, range(8)))
    assert len(computed) == 1


def test_the_reading_not_used_for_longest_goes_first() -> None:
    shelf, reading = ReadingShelf(kept=2), a_reading()
    computed: list[str] = []

    def get(name: str) -> None:
        def compute() -> Reading:
            computed.append(name)
            return reading

        shelf.get((name, "", ()), compute)

    for name in ("a", "b", "a", "c", "a", "b"):
        get(name)
    assert computed == ["a", "b", "c", "b"]
    assert len(shelf) == 2


def test_a_computation_that_fails_is_tried_again_by_the_next_visitor() -> None:
    shelf, reading = ReadingShelf(), a_reading()

    def fail() -> Reading:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shelf.get(("a", "", ()), fail)
    assert shelf.get(("a", "", ()), lambda: reading) is reading


def test_stories_with_the_same_content_share_a_name_and_others_do_not() -> None:
    names = [digest_of(story) for story in shipped().values()]
    assert names == [digest_of(story) for story in shipped().values()]
    assert len(set(names)) == len(names)


def test_repairs_in_another_order_are_the_same_reading() -> None:
    story = shipped()["wilg"]
    keys = sorted({item.key for row in a_reading().findings for repair in row.repairs for item in repair.items})[:2]
    assert len(keys) == 2
    assert reading_of(story, tuple(keys)) is reading_of(story, tuple(reversed(keys)))
