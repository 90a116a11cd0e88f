"""The outcome of a meeting's votes: three lists; groups only in a large one, and only when there are groups."""

from __future__ import annotations

import random

from meeting_world import World
from schakelbord.tables.models import Statement, Vote
from schakelbord.tables.pulse_page import pulse_page, words_of_groups

FACTIONS = 2


def voted(world: World, people: int, statements: int) -> list[Statement]:
    """Closed statements on which two factions of every layer vote differently."""
    chance = random.Random(7)
    rows = []
    for number in range(statements):
        world.run("make-statement", statement=f"s{number}", text=f"Stelling {number}")
        world.run("open-statement", statement=f"s{number}")
        rows.append(Statement.objects.get(key=f"s{number}"))
    Vote.objects.bulk_create(
        Vote(
            statement=row,
            token=f"t{person}",
            value=(1 if (person % FACTIONS) == (place % FACTIONS) else -1) * (1 if chance.random() < 0.9 else -1),
            layer=("official", "administrative")[person // FACTIONS % 2],
            at=row.opened_at,
        )
        for person in range(people)
        for place, row in enumerate(rows)
    )
    for number in range(statements):
        world.run("close-statement", statement=f"s{number}")
    return rows


def test_planted_groups_are_found_in_a_large_pulse_and_told_in_words(world: World) -> None:
    rows = voted(world, 240, 12)
    page = pulse_page(world.meeting, wants_groups=False)
    assert (page.voters, page.is_large, page.groups) == (240, True, ())
    words = words_of_groups(rows)
    assert len(words) >= FACTIONS
    assert "Stelling" in " ".join(word.nl for word in words)


def test_no_groups_in_a_small_pulse_whoever_asks(world: World) -> None:
    voted(world, 40, 12)
    page = pulse_page(world.meeting, wants_groups=True)
    assert (page.is_large, page.groups) == (False, ())
    assert len(page.shared) + len(page.divided) + len(page.unknown) == 12
