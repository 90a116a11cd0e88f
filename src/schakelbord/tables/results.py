"""What came of a reading vote. Layers are told apart only when every layer has five voters; else only the sum.

Source: "Agreement across layers" and I15 in the design of the domain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from schakelbord.meetings.codes import Layer
from schakelbord.tables.models import Statement

LEAST_A_LAYER = 5
ALIKE = 2
SHARED, DIVIDED, UNKNOWN = "shared", "divided", "unknown"
WIDE = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes of a layer, or of all: agree, disagree, pass."""

    layer: str
    label: str
    agree: int
    disagree: int
    passed: int

    @property
    def voted(self) -> int:
        """How many voted."""
        return self.agree + self.disagree + self.passed

    @property
    def agree_wide(self) -> int:
        """Who agrees, in hundredths of who voted."""
        return round(100 * self.agree / self.voted) if self.voted else 0

    @property
    def passed_wide(self) -> int:
        """Who passed, in hundredths of who voted."""
        return round(100 * self.passed / self.voted) if self.voted else 0

    @property
    def share(self) -> Fraction:
        """(agree + 1) / (voted + 2): steady with few votes."""
        return Fraction(self.agree + 1, self.voted + 2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a closed statement shows.

    `layers` is empty when one of them had fewer than five voters. `left_out` people are of a group too small to show;
    `total` is then without them, so that nobody can work out what they voted.
    """

    total: Tally
    layers: tuple[Tally, ...]
    agreement: Fraction | None
    kind: str
    left_out: int = 0


def outcome_of(statement: Statement) -> Outcome:
    """The outcome of a statement; two queries at most."""
    rows = statement.votes.filter(replaced=False).values_list("layer", "value").annotate(count=Count("pk")).order_by()
    return outcome_from([(layer, value, count) for layer, value, count in rows])


def outcome_from(rows: Sequence[tuple[str, int, int]]) -> Outcome:
    """The outcome of votes counted by layer and value.

    Args:
        rows: layer, value (1, 0, -1) and how many. Who belongs to both layers, or takes part with own experience,
            counts in the sum only: two groups are compared, and every other group is too small to show.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for layer, value, count in rows:
        counts[layer, value] += count
    total = _tally("", "", [(value, count) for (_, value), count in counts.items()])
    compared = (Layer.OFFICIAL, Layer.ADMINISTRATIVE)
    tallies = tuple(
        _tally(layer, str(layer.label), [(value, counts[layer, value]) for value in (1, 0, -1)]) for layer in compared
    )
    if any(tally.voted < LEAST_A_LAYER for tally in tallies):
        return Outcome(total, (), None, UNKNOWN)
    others = total.voted - sum(tally.voted for tally in tallies)
    left_out = others if 0 < others < LEAST_A_LAYER else 0
    if left_out:
        total = _tally("", "", [(value, sum(counts[layer, value] for layer in compared)) for value in (1, 0, -1)])
    return Outcome(total, tallies, tallies[0].share * tallies[1].share, kind_of(tallies), left_out)


def kind_of(tallies: Sequence[Tally]) -> str:
    """Shared, divided between layers, or unknown.

    Shared: more than half of each layer agrees. Divided: one layer agrees for more than half and another for less, or
    they lie a quarter apart. Else unknown: passed by too many, or agreed nowhere.
    """
    shares = [Fraction(tally.agree, tally.voted) for tally in tallies if tally.voted]
    if len(shares) < ALIKE:
        return UNKNOWN
    half = Fraction(1, 2)
    if all(share > half for share in shares):
        return SHARED
    if any(share > half for share in shares) or max(shares) - min(shares) >= WIDE:
        return DIVIDED
    return UNKNOWN


def _tally(layer: str, label: str, counts: Sequence[tuple[int, int]]) -> Tally:
    by_value: Counter[int] = Counter()
    for value, count in counts:
        by_value[value] += count
    return Tally(layer, label, by_value[1], by_value[-1], by_value[0])
