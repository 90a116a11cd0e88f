"""The reading vote: one vote each, hidden until it closes, and never a layer under five."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from meeting_world import World
from schakelbord.errors import ConflictError, RightError, StateError
from schakelbord.meetings.services import close_meeting
from schakelbord.pulse.agreement import FEWEST_VOTERS
from schakelbord.tables.here import Here
from schakelbord.tables.models import Vote
from schakelbord.tables.results import DIVIDED, SHARED, UNKNOWN, outcome_from
from schakelbord.tables.selectors import statement_views

LAYERS = ("official", "administrative", "both", "experience")
counts = some.integers(min_value=0, max_value=9)


def opened(world: World) -> None:
    """A statement that is open."""
    world.run("make-statement", statement="s1", text="Een school belt eerst een deskundige.")
    world.run("open-statement", statement="s1")


def test_a_vote_that_is_sent_three_times_counts_once_and_the_last_one_counts(world: World) -> None:
    opened(world)
    for number in range(3):
        world.by(2, "vote", statement="s1", value=1, key=f"stem-sleutel-{number}")
    world.by(3, "vote", statement="s1", value=1, key="zelfde-stem-1")
    world.by(3, "vote", statement="s1", value=1, key="zelfde-stem-1")
    world.by(3, "vote", statement="s1", value=-1)
    assert sorted(Vote.objects.filter(replaced=False).values_list("value", flat=True)) == [-1, 1]
    assert Vote.objects.count() == 3


def test_the_outcome_is_hidden_until_the_vote_closes(world: World) -> None:
    opened(world)
    world.by(2, "vote", statement="s1", value=1)
    assert [(row.voted, row.outcome) for row in statement_views(world.meeting, Here())] == [(1, None)]
    world.run("close-statement", statement="s1")
    outcome = statement_views(world.meeting, Here())[0].outcome
    assert outcome is not None
    assert (outcome.voted, outcome.total, outcome.layers) == (1, None, ())
    with pytest.raises(StateError):
        world.by(3, "vote", statement="s1", value=1)
    with pytest.raises(StateError):
        world.run("open-statement", statement="s1")


def test_a_statement_keeps_its_words_from_when_it_opens(world: World) -> None:
    opened(world)
    with pytest.raises(ConflictError):
        world.run("make-statement", statement="s1", text="Iets anders.")


def test_who_runs_the_meeting_does_not_vote_and_a_guest_makes_no_statements(world: World) -> None:
    opened(world)
    with pytest.raises(RightError):
        world.run("vote", statement="s1", value=1)
    with pytest.raises(RightError):
        world.by(2, "make-statement", statement="s2", text="Van mij.", table=world.tables[0].pk)


def test_nobody_can_find_out_afterwards_who_voted_what(world: World) -> None:
    opened(world)
    world.by(2, "vote", statement="s1", value=1)
    close_meeting(world.secretary, world.fresh(), key="sluit-nu-1")
    assert world.fresh().vote_salt == ""
    vote = Vote.objects.get()
    assert vote.at == vote.statement.opened_at


@given(some.dictionaries(some.tuples(some.sampled_from(LAYERS), some.sampled_from([-1, 0, 1])), counts))
def test_no_layer_under_five_can_be_read_or_worked_out(votes: dict[tuple[str, int], int]) -> None:
    rows = [(layer, value, count) for (layer, value), count in votes.items()]
    outcome = outcome_from(rows)
    size = {layer: sum(count for name, _, count in rows if name == layer) for layer in LAYERS}
    for tally in outcome.layers:
        assert size[tally.layer] >= FEWEST_VOTERS
    if outcome.layers and outcome.total:
        rest = outcome.total.voted - sum(tally.voted for tally in outcome.layers)
        assert rest == 0 or rest >= FEWEST_VOTERS
        shares = [Fraction(tally.agree + 1, tally.voted + 2) for tally in outcome.layers]
        assert outcome.agreement == shares[0] * shares[1]
    else:
        assert outcome.kind == UNKNOWN


@pytest.mark.parametrize(
    ("official", "administrative", "kind"),
    [
        ((9, 1), (8, 2), SHARED),
        ((1, 9), (0, 10), SHARED),
        ((9, 1), (2, 8), DIVIDED),
        ((5, 5), (5, 5), UNKNOWN),
        ((4, 0), (9, 1), UNKNOWN),
    ],
)
def test_three_lists(official: tuple[int, int], administrative: tuple[int, int], kind: str) -> None:
    rows = [("official", 1, official[0]), ("official", -1, official[1])]
    rows += [("administrative", 1, administrative[0]), ("administrative", -1, administrative[1])]
    assert outcome_from(rows).kind == kind
