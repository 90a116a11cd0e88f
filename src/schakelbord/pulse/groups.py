"""Groups of people who vote alike, and whether one may speak of groups at all.

The groups are those of Polis and red-dwarf: k-means in the plane of `projection.py` for people with at least seven
votes, from the outermost points, with the number of groups (2 to 5) that is furthest apart by silhouette. k-means can
get stuck; other beginnings are tried too, and taken when they are clearly better (`CLEARLY`).

Groups are shown only when there are enough people and the groups are stable: they return when the pulse is redone
with other draws of the same people, projection included, and between any two there is a divide. The second is needed
because k-means also cuts one crowd in two, each time at the same place.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import numpy as np

from schakelbord.engine.text import Text
from schakelbord.pulse.ballots import NO_VOTE, Ballots, Ints
from schakelbord.pulse.kmeans import alike, k_means, outermost, silhouettes, spread_out
from schakelbord.pulse.projection import Floats, Projection, project_rows, zeroed

FEWEST_VOTES = 7
"""Who voted less often is in no group."""
FEWEST_PEOPLE = 200
"""Below this no groups are shown: thin groups change with every vote."""
MOST_GROUPS = 5
CLEARLY = 0.1
"""So much further apart (silhouette) another beginning must be before it replaces that of red-dwarf."""
ALIKE_ENOUGH = 0.8
"""Median likeness (adjusted Rand index) over the draws from which groups are called stable."""
DRAWS = 12
EMPTY_ENOUGH = 2 / 3
"""Halfway two groups there are at most so many people as around the centre of the smaller one."""
_STARTS = 4
_DRAWN_PEOPLE = 600
_HALF_WIDTH = 0.15
_SEED = 20


@dataclass(frozen=True, slots=True)
class Stability:
    """How far the groups can be trusted.

    Args:
        likeness: median adjusted Rand index between the groups and those of new draws of the people; 1 is the same.
        halfway: the largest, over pairs of groups, of the people halfway the two centres as a share of those around
            the centre of the smaller; 1 is a crowd without a divide.
    """

    likeness: float
    halfway: float

    @property
    def stable(self) -> bool:
        """Whether one may speak of groups."""
        return self.likeness >= ALIKE_ENOUGH and self.halfway <= EMPTY_ENOUGH


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The groups of a pulse.

    Args:
        people: places in `Ballots.people` of those with enough votes.
        labels: the group of each of them; 0 is the largest group.
        count: how many groups there are; 0 when there is nothing to group.
        silhouette: how far they are apart, from -1 to 1.
        stability: None when there are too few people to measure it.
        shown: whether groups may be shown.
        why: what to tell a reader: that there are groups, or why none are shown.
    """

    people: Ints
    labels: Ints
    count: int
    silhouette: float
    stability: Stability | None
    shown: bool
    why: Text


def find_groups(ballots: Ballots, projection: Projection) -> Groups:
    """Group the people who voted at least seven times, and say whether that means anything."""
    often = np.count_nonzero(ballots.votes != NO_VOTE, axis=1)[projection.people] >= FEWEST_VOTES
    people, points = projection.people[often], projection.places[often]
    labels, apart = _best(points)
    count = int(labels.max(initial=-1)) + 1
    stability = None
    if count and len(people) >= FEWEST_PEOPLE:
        stability = _stability(ballots, people, points, labels)
    shown = stability is not None and stability.stable
    return Groups(people, labels, count, apart, stability, shown, _why(len(people), count, stability))


def _best(points: Floats) -> tuple[Ints, float]:
    """The division that is furthest apart, numbered by size, and its silhouette; all -1 when there is none."""
    distinct = len(outermost(points, MOST_GROUPS))
    counts = range(2, min(MOST_GROUPS, distinct, len(points) - 1) + 1)
    if not counts:
        return np.full(len(points), -1), -1.0
    random = np.random.default_rng(_SEED)
    theirs = [k_means(points, outermost(points, count))[0] for count in counts]
    others = [_from_other_starts(points, count, random) for count in counts]
    apart = silhouettes(points, [*theirs, *others])
    first = int(np.argmax(apart[: len(theirs)]))
    best = int(np.argmax(apart))
    chosen = best if apart[best] > apart[first] + CLEARLY else first
    return _by_size([*theirs, *others][chosen]), apart[chosen]


def _from_other_starts(points: Floats, count: int, random: np.random.Generator) -> Ints:
    found = [k_means(points, spread_out(points, count, random)) for _ in range(_STARTS)]
    return min(found, key=lambda item: item[1])[0]


def _by_size(labels: Ints) -> Ints:
    """The same groups numbered from the largest; of equal ones first the one that has the first person."""
    known, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = sorted(range(len(known)), key=lambda at: (-sizes[at], first[at]))
    places = np.zeros(int(known.max()) + 1, dtype=np.int64)
    places[known[order]] = np.arange(len(known))
    return np.asarray(places[labels], dtype=np.int64)


def _stability(ballots: Ballots, people: Ints, points: Floats, labels: Ints) -> Stability:
    random = np.random.default_rng(_SEED)
    count = int(labels.max()) + 1
    votes = zeroed(ballots)
    likeness = []
    for _ in range(DRAWS):
        drawn = random.integers(len(people), size=min(len(people), _DRAWN_PEOPLE))
        again = _from_other_starts(project_rows(votes[people[drawn]], random), count, random)
        likeness.append(alike(labels[drawn], again))
    pairs = [(one, other) for other in range(count) for one in range(other)]
    return Stability(median(likeness), max(_halfway(points, labels, *pair) for pair in pairs))


def _halfway(points: Floats, labels: Ints, one: int, other: int) -> float:
    """People halfway two groups as a share of those around the centre of the smaller; inf when nobody is there."""
    start, end = points[labels == one].mean(axis=0), points[labels == other].mean(axis=0)
    way = end - start
    both = points[(labels == one) | (labels == other)]
    along = (both - start) @ way / (way @ way)
    here, middle, there = (np.count_nonzero(np.abs(along - at) < _HALF_WIDTH) for at in (0, 0.5, 1))
    return middle / min(here, there) if min(here, there) else float("inf")


def _why(people: int, count: int, stability: Stability | None) -> Text:
    if people < FEWEST_PEOPLE:
        return Text(
            nl=f"Geen groepen: {people} mensen stemden zeven keer of vaker. Pas vanaf {FEWEST_PEOPLE} mensen zijn "
            "groepen vast genoeg om te laten zien.",
            en=f"No groups: {people} people voted seven times or more. Only from {FEWEST_PEOPLE} people on are groups "
            "firm enough to show.",
        )
    if not count or stability is None:
        return Text(
            nl="Geen groepen: iedereen stemde hetzelfde.",
            en="No groups: everybody voted the same.",
        )
    if stability.stable:
        return Text(
            nl=f"Er zijn {count} groepen van mensen die ongeveer hetzelfde stemmen.",
            en=f"There are {count} groups of people who vote more or less alike.",
        )
    if stability.likeness < ALIKE_ENOUGH:
        return Text(
            nl="Geen vaste groepen: met andere mensen uit dezelfde peiling vallen de groepen anders uit.",
            en="No stable groups: with other people from the same pulse the groups turn out differently.",
        )
    return Text(
        nl="Geen vaste groepen: de mensen staan verspreid, zonder duidelijke scheiding.",
        en="No stable groups: people are spread out, without a clear divide.",
    )
