"""What came of a reading vote, as pages show it; what may be said at all is for `schakelbord.pulse` to decide (I15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count as CountRows

from schakelbord.meetings.codes import Layer
from schakelbord.pulse.agreement import FEWEST_VOTERS, Count, judge
from schakelbord.tables.models import Statement

SHARED, DIVIDED, UNKNOWN = "shared", "divided", "unknown"
COMPARED = (Layer.OFFICIAL, Layer.ADMINISTRATIVE)
NOBODY = Count(0, 0, 0)


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a closed statement shows.

    `layers` is empty when one of them had fewer than five voters. `left_out` people are of a group too small to show;
    `total` is then without them, so that nobody can work out what they voted. `total` is None under five voters.
    """

    total: Tally | None
    layers: tuple[Tally, ...]
    agreement: Fraction | None
    kind: str
    voted: int
    left_out: int = 0


def outcome_of(statement: Statement) -> Outcome:
    """The outcome of a statement; one query."""
    rows = (
        statement.votes.filter(replaced=False).values_list("layer", "value").annotate(count=CountRows("pk")).order_by()
    )
    return outcome_from([(layer, value, count) for layer, value, count in rows])


def outcome_from(rows: Sequence[tuple[str, int, int]]) -> Outcome:
    """The outcome of votes counted by layer and value.

    Args:
        rows: layer, value (1, 0, -1) and how many. The official and the administrative layer are compared. Who belongs
            to both, or takes part with own experience, counts in the sum; when they are fewer than five, not at all.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for layer, value, count in rows:
        counts[layer, value] += count
    layers = [Count(counts[layer, 1], counts[layer, -1], counts[layer, 0]) for layer in COMPARED]
    voted = sum(counts.values())
    rest = Count(*(sum(counts[layer, value] for layer in Layer if layer not in COMPARED) for value in (1, -1, 0)))
    left_out = rest.voted if 0 < rest.voted < FEWEST_VOTERS and all(one.voted >= FEWEST_VOTERS for one in layers) else 0
    found = judge(0, layers, NOBODY if left_out else rest)
    return Outcome(
        total=_tally("", "", found.total) if found.total else None,
        layers=tuple(
            _tally(layer, str(layer.label), count) for layer, count in zip(COMPARED, found.layers or (), strict=False)
        ),
        agreement=found.score,
        kind=found.verdict,
        voted=voted,
        left_out=left_out,
    )


def _tally(layer: str, label: str, count: Count) -> Tally:
    return Tally(layer, label, count.agree, count.disagree, count.passed)
