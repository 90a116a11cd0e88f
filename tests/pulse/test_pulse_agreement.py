"""The three lists: exact, the same whatever the order, and never telling what a small layer voted."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from math import prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_worlds import Cast, small_pulses
from schakelbord.errors import InputError
from schakelbord.pulse.agreement import StatementAgreement, agreement, bridging, divisive
from schakelbord.pulse.ballots import Ballots, ballots
from schakelbord.pulse.report import agreement_json

Pulse = tuple[Cast, dict[int, str | None]]


def shown(pulse: Pulse) -> str:
    """All that a reader gets to see, as text."""
    return json.dumps(agreement_json(agreement(ballots(*pulse))))


def everything(table: Ballots) -> list[StatementAgreement]:
    found = agreement(table)
    return [*found.shared, *found.divided, *found.unknown]


def by_hand(pulse: Pulse, statement: int) -> dict[str | None, Counter[int]]:
    """Votes per layer, counted one by one."""
    cast, layer_of = pulse
    counts: dict[str | None, Counter[int]] = {layer: Counter() for layer in layer_of.values()}
    for person, what, vote in cast:
        if what == statement:
            counts[layer_of[person]][vote] += 1
    return counts


def votes_of(layers: dict[str, tuple[int, int, int]]) -> Pulse:
    """One statement: agree, disagree and pass per layer."""
    cast: Cast = []
    layer_of: dict[int, str | None] = {}
    for layer, counts in layers.items():
        for vote, count in zip((1, -1, 0), counts, strict=True):
            for _ in range(count):
                cast.append((len(layer_of), 1, vote))
                layer_of[len(layer_of)] = layer or None
    return cast, layer_of


@given(small_pulses())
def test_scores_are_the_exact_product_over_the_layers(pulse: Pulse) -> None:
    for item in everything(ballots(*pulse)):
        if item.layers is None:
            continue
        layers = [counts for layer, counts in by_hand(pulse, item.statement).items() if layer]
        assert item.score == prod(Fraction(c[1] + 1, c.total() + 2) for c in layers)
        direction = -1 if item.direction == "disagree" else 1
        shares = [Fraction(c[direction] + 1, c.total() + 2) for c in layers]
        assert item.gap == max(shares) - min(shares)
        assert item.total is not None
        assert item.total.voted == sum(c.total() for c in by_hand(pulse, item.statement).values())


@given(small_pulses())
def test_bridging_and_divisive_are_exact_and_ordered(pulse: Pulse) -> None:
    table = ballots(*pulse)
    names = {layer for layer in pulse[1].values() if layer}
    bridges, divides = {}, {}
    for statement in table.statements.tolist():
        layers = [counts for layer, counts in by_hand(pulse, statement).items() if layer]
        if names and all(counts.total() >= 5 for counts in layers):
            estimates = {way: [Fraction(counts[way] + 1, counts.total() + 2) for counts in layers] for way in (1, -1)}
            bridges[statement] = max(prod(estimates[1]), prod(estimates[-1]))
            divides[statement] = max(estimates[1]) - min(estimates[1])
    assert bridging(table, table.layers) == sorted(bridges.items(), key=lambda item: (-item[1], item[0]))
    assert divisive(table, table.layers) == sorted(divides.items(), key=lambda item: (-item[1], item[0]))


@given(small_pulses(), st.randoms(use_true_random=False))
def test_the_order_of_votes_and_people_does_not_matter(pulse: Pulse, random: Random) -> None:
    cast, layer_of = pulse
    people = random.sample(list(layer_of), len(layer_of))
    assert shown((random.sample(cast, len(cast)), {person: layer_of[person] for person in people})) == shown(pulse)


@given(small_pulses(), st.randoms(use_true_random=False))
def test_sending_votes_again_is_harmless_and_the_last_counts(pulse: Pulse, random: Random) -> None:
    cast, layer_of = pulse
    again = random.choices(cast, k=len(cast)) if cast else []
    assert shown(([*cast, *again], layer_of)) == shown(pulse)
    changed_their_minds = [(person, statement, random.choice((-1, 0, 1))) for person, statement, _ in cast]
    assert shown((changed_their_minds + cast, layer_of)) == shown(pulse)


@given(small_pulses())
def test_no_layer_of_one_to_four_voters_is_shown_or_left_over(pulse: Pulse) -> None:
    for item in everything(ballots(*pulse)):
        counted = by_hand(pulse, item.statement)
        everybody = sum(counts.total() for counts in counted.values())
        if item.layers is None:
            assert (item.score, item.gap, item.direction) == (None, None, None)
            assert (item.total is None) == (everybody < 5)
            continue
        assert item.total is not None
        assert all(count.voted >= 5 for count in item.layers)
        left = item.total.voted - sum(count.voted for count in item.layers)
        assert left == 0 or left >= 5
        assert left == counted.get(None, Counter()).total()


@given(small_pulses(), st.randoms(use_true_random=False))
def test_what_is_shown_is_the_same_whoever_is_in_a_small_layer(pulse: Pulse, random: Random) -> None:
    """Two pulses that differ only in who forms the small layer look the same, so nothing of it can be derived."""
    cast, layer_of = pulse
    people = list(layer_of)
    few = min(len(people), random.randint(1, 4))
    names = [random.choice(("official", None, "administrative")) for _ in people]
    told = [
        shown((cast, {who: "small" if who in members else name for who, name in zip(people, names, strict=True)}))
        for members in (set(random.sample(people, few)), set(random.sample(people, few)))
    ]
    # The others may lose or win a member, which nobody sees either: with a small layer all stays a sum.
    assert told[0] == told[1]


@given(small_pulses())
def test_people_without_a_layer_hide_the_layers_when_they_are_few(pulse: Pulse) -> None:
    cast, layer_of = pulse
    table = ballots(cast, layer_of)
    for item in everything(table):
        without = by_hand(pulse, item.statement).get(None, Counter()).total()
        if 0 < without < 5:
            assert item.layers is None


@pytest.mark.parametrize(
    ("layers", "verdict", "direction"),
    [
        ({"a": (4, 1, 0), "b": (6, 1, 1)}, "shared", "agree"),
        ({"a": (0, 4, 1), "b": (1, 6, 1)}, "shared", "disagree"),
        ({"a": (3, 1, 1), "b": (6, 1, 1)}, "unknown", None),
        ({"a": (8, 1, 1), "b": (1, 8, 1)}, "divided", "agree"),
        ({"a": (0, 0, 9), "b": (0, 9, 0)}, "divided", "disagree"),
        ({"a": (5, 5, 0), "b": (5, 5, 0)}, "unknown", None),
        ({"a": (9, 0, 0), "b": (4, 0, 0)}, "unknown", None),
        ({"a": (9, 0, 0), "": (9, 0, 0)}, "shared", "agree"),
        ({"": (9, 0, 0)}, "unknown", None),
    ],
)
def test_the_list_of_a_statement(layers: dict[str, tuple[int, int, int]], verdict: str, direction: str | None) -> None:
    (item,) = everything(ballots(*votes_of(layers)))
    assert (item.verdict, item.direction) == (verdict, direction)
    assert (item.why is None) == (verdict != "unknown")


def test_lists_run_from_the_strongest_and_from_the_widest_gap() -> None:
    layer_of: dict[int, str | None] = {person: "a" if person < 10 else "b" for person in range(20)}
    agreeing = {1: (7, 7), 2: (9, 9), 3: (9, 1), 4: (8, 2), 5: (9, 9)}
    cast = [
        (person, statement, 1 if person % 10 < counts[person // 10] else -1)
        for statement, counts in agreeing.items()
        for person in range(20)
    ]
    found = agreement(ballots(cast, layer_of))
    assert [item.statement for item in found.shared] == [2, 5, 1]
    assert [item.statement for item in found.divided] == [3, 4]
    assert found.unknown == ()


def test_a_statement_that_was_moderated_out_is_on_no_list() -> None:
    cast, layer_of = votes_of({"a": (9, 0, 0)})
    assert everything(ballots(cast, layer_of, moderated_out=[1])) == []
    assert bridging(ballots(cast, layer_of, moderated_out=[1]), ballots(cast, layer_of).layers) == []


@pytest.mark.parametrize(("cast", "code"), [([(1, 1, 2)], "bad_vote"), ([(7, 1, 1)], "unknown_participant")])
def test_votes_that_cannot_be_are_refused(cast: Cast, code: str) -> None:
    with pytest.raises(InputError) as refused:
        ballots(cast, {1: "a"})
    assert refused.value.code == code


def test_a_pulse_without_votes_has_empty_lists() -> None:
    assert shown(([], {1: "a"})) == '{"shared": [], "divided": [], "unknown": []}'
