"""Agreement per declared layer: three lists, exact scores, and what may be shown (I15).

What is shown can never be taken apart into a layer of one to four voters. Counts per layer are given for a statement
only when every layer has at least five voters on it and those without a layer are none or at least five: otherwise the
sum minus the layers that are shown would tell what the others voted. The place in the lists, the order and the score
follow the same rule: without counts a statement is unknown, and unknown statements stand in the order of their ids. A
sum of fewer than five voters is not given either, because it may be one layer.

These rules hold for one picture. Two pictures a vote apart tell that vote, so show counts when voting on a statement
is closed, not while it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Literal

import numpy as np
import numpy.typing as npt

from schakelbord.engine.text import Text
from schakelbord.pulse.ballots import AGREE, DISAGREE, PASS, Ballots, Parts, Votes

FEWEST_VOTERS = 5
"""In every part, or nothing is said per part (I15)."""
MOST_OF_THEM = Fraction(3, 5)
"""A layer carries a statement (or turns it down) when its estimate is at least this: four of five, six of eight.."""
FEW_OF_THEM = Fraction(2, 5)
"""..and does not carry it when its estimate is at most this."""

Direction = Literal["agree", "disagree"]
ListName = Literal["shared", "divided", "unknown"]
_Value = Callable[[Sequence["Count"]], Fraction]

TOO_FEW = Text(
    nl="Te weinig stemmen: per laag tellen we pas als in elke laag minstens vijf mensen stemden.",
    en="Too few votes: we count per layer only when at least five people voted in every layer.",
)
NO_LAYERS = Text(
    nl="Niemand gaf een laag op, dus is er niets te vergelijken.",
    en="Nobody declared a layer, so there is nothing to compare.",
)
NO_CLEAR_PICTURE = Text(
    nl="Geen duidelijk beeld: de lagen zijn het niet samen eens of oneens, en ook niet duidelijk verdeeld.",
    en="No clear picture: the layers neither agree nor disagree together, and are not clearly divided either.",
)


@dataclass(frozen=True, slots=True)
class Count:
    """Votes on one statement, of a part or of everybody."""

    agree: int
    disagree: int
    passed: int

    @property
    def voted(self) -> int:
        """How many people voted, passes included."""
        return self.agree + self.disagree + self.passed

    def estimate(self, direction: Direction = "agree") -> Fraction:
        """The share in one direction as it is estimated with few votes: (count + 1) / (voted + 2)."""
        return Fraction((self.agree if direction == "agree" else self.disagree) + 1, self.voted + 2)


@dataclass(frozen=True, slots=True)
class StatementAgreement:
    """What may be said of one statement.

    Args:
        statement: its id.
        verdict: the list on which it stands.
        direction: shared: whether the layers agree or disagree with it together; divided: in which of the two they
            differ most; unknown: None.
        score: (agree + 1) / (voted + 2), multiplied over the layers; None when counts per layer are not shown.
        gap: largest minus smallest estimate over the layers, in `direction` (agree when that is None).
        total: of everybody; None when fewer than five people voted.
        layers: in the order of `Agreement.layers`; None when they are not shown.
        why: why it is unknown.
    """

    statement: int
    verdict: ListName
    direction: Direction | None
    score: Fraction | None
    gap: Fraction | None
    total: Count | None
    layers: tuple[Count, ...] | None
    why: Text | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Three lists: shared from the strongest, divided from the widest gap, unknown by id."""

    layers: tuple[str, ...]
    shared: tuple[StatementAgreement, ...]
    divided: tuple[StatementAgreement, ...]
    unknown: tuple[StatementAgreement, ...]


def agreement(ballots: Ballots) -> Agreement:
    """The three lists of a pulse, without statements that were moderated out.

    *Shared*: in every layer the estimate for the same direction is at least 3/5. *Divided between layers*: in one
    layer it is at least 3/5, in another at most 2/5. *Unknown*: everything else, with the reason.
    """
    counts = count_votes(ballots.votes, ballots.layers)
    rest = count_votes(ballots.votes, _without_layer(ballots.layers))[0]
    found = [
        judge(int(ballots.statements[at]), [_count(part[at]) for part in counts], _count(rest[at]))
        for at in np.flatnonzero(ballots.kept()).tolist()
    ]
    shared = [item for item in found if item.verdict == "shared"]
    divided = [item for item in found if item.verdict == "divided"]
    return Agreement(
        layers=ballots.layers.names,
        shared=tuple(sorted(shared, key=lambda item: (-_strength(item), item.statement))),
        divided=tuple(sorted(divided, key=lambda item: (-(item.gap or 0), item.statement))),
        unknown=tuple(item for item in found if item.verdict == "unknown"),
    )


def judge(statement: int, layers: Sequence[Count], rest: Count) -> StatementAgreement:
    """What may be said of one statement.

    Args:
        statement: its id.
        layers: votes of each layer, in the order in which they are shown.
        rest: votes of everybody who stands in none of these.
    """
    everybody = [*layers, rest]
    total = Count(
        sum(count.agree for count in everybody),
        sum(count.disagree for count in everybody),
        sum(count.passed for count in everybody),
    )
    if not layers or not may_show(layers, rest):
        seen = total if total.voted >= FEWEST_VOTERS else None
        why = TOO_FEW if layers else NO_LAYERS
        return StatementAgreement(statement, "unknown", None, None, None, seen, None, why)
    verdict, direction = _verdict(layers)
    return StatementAgreement(
        statement,
        verdict,
        direction,
        _product(layers, "agree"),
        _gap(layers, direction or "agree"),
        total,
        tuple(layers),
        NO_CLEAR_PICTURE if verdict == "unknown" else None,
    )


def count_votes(votes: Votes, parts: Parts) -> npt.NDArray[np.int64]:
    """Votes per part: parts x statements x (agree, disagree, pass)."""
    found = np.zeros((len(parts.names), votes.shape[1], 3), dtype=np.int64)
    for part in range(len(parts.names)):
        rows = votes[parts.of == part]
        for place, value in enumerate((AGREE, DISAGREE, PASS)):
            found[part, :, place] = np.count_nonzero(rows == value, axis=0)
    return found


def may_show(parts: Sequence[Count], rest: Count) -> bool:
    """Whether counts per part may be shown beside the sum: no part, and not what is left, has one to four voters.

    A part in which nobody voted counts as too small as well.
    """
    return all(part.voted >= FEWEST_VOTERS for part in parts) and not 0 < rest.voted < FEWEST_VOTERS


def bridging(ballots: Ballots, parts: Parts) -> list[tuple[int, Fraction]]:
    """Statements that all parts carry, or all turn down, strongest first; equal ones by id.

    The value is the larger, over both directions, of the product over the parts of (count + 1) / (votes + 2). Only
    statements with at least five voters in every part, and none that was moderated out.
    """
    return _ranked(ballots, parts, lambda counts: max(_product(counts, "agree"), _product(counts, "disagree")))


def divisive(ballots: Ballots, parts: Parts) -> list[tuple[int, Fraction]]:
    """Statements on which the parts differ, widest first; equal ones by id.

    The value is the largest minus the smallest (agree + 1) / (votes + 2) over the parts. Statements as in `bridging`.
    """
    return _ranked(ballots, parts, lambda counts: _gap(counts, "agree"))


def _ranked(ballots: Ballots, parts: Parts, value: _Value) -> list[tuple[int, Fraction]]:
    counts = count_votes(ballots.votes, parts)
    if not len(counts):
        return []
    enough = ballots.kept() & (counts.sum(axis=2) >= FEWEST_VOTERS).all(axis=0)
    found = [
        (int(ballots.statements[at]), value([_count(part[at]) for part in counts]))
        for at in np.flatnonzero(enough).tolist()
    ]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def _verdict(layers: Sequence[Count]) -> tuple[ListName, Direction | None]:
    directions: tuple[Direction, ...] = ("agree", "disagree")
    for direction in directions:
        if all(count.estimate(direction) >= MOST_OF_THEM for count in layers):
            return "shared", direction
    apart = [direction for direction in directions if _apart(layers, direction)]
    if not apart:
        return "unknown", None
    return "divided", max(apart, key=lambda direction: (_gap(layers, direction), direction == "agree"))


def _apart(layers: Sequence[Count], direction: Direction) -> bool:
    estimates = [count.estimate(direction) for count in layers]
    return max(estimates) >= MOST_OF_THEM and min(estimates) <= FEW_OF_THEM


def _strength(item: StatementAgreement) -> Fraction:
    return _product(item.layers or (), item.direction or "agree")


def _product(counts: Sequence[Count], direction: Direction) -> Fraction:
    return prod((count.estimate(direction) for count in counts), start=Fraction(1))


def _gap(counts: Sequence[Count], direction: Direction) -> Fraction:
    estimates = [count.estimate(direction) for count in counts]
    return max(estimates) - min(estimates)


def _without_layer(layers: Parts) -> Parts:
    return Parts(("",), np.where(layers.of < 0, 0, -1))


def _count(row: npt.NDArray[np.int64]) -> Count:
    return Count(*row.tolist())
