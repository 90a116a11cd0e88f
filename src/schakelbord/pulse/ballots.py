"""The votes of one pulse as a table: a row a person, a column a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schakelbord.errors import InputError

Ints = npt.NDArray[np.int64]
Votes = npt.NDArray[np.int8]

DISAGREE, PASS, AGREE = -1, 0, 1
NO_VOTE = 2
"""What stands in the table where somebody did not vote."""

MOST_CELLS = 200_000_000
"""People times statements that fit: a byte each."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A division of the people: by the layer they declared, or by group.

    Args:
        names: of the parts, in order.
        of: for each person the number of the part, -1 for none.
    """

    names: tuple[str, ...]
    of: Ints

    @classmethod
    def from_names(cls, names: Iterable[str | None]) -> Parts:
        """The parts of people whose part is named, in the order of the people; "" and None mean none."""
        given = [name or "" for name in names]
        known = tuple(sorted(set(given) - {""}))
        place = {name: number for number, name in enumerate(known)} | {"": -1}
        return cls(known, np.fromiter((place[name] for name in given), np.int64, len(given)))


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """Who voted what, and who stands in which layer.

    Args:
        people: ids, ascending; also of people who cast no vote.
        statements: ids of all statements with a vote, ascending.
        votes: people x statements; -1 disagree, 0 pass, 1 agree, `NO_VOTE`.
        layers: the layers that people declared.
        moderated_out: statements that were taken out of the pulse; they may have votes.
    """

    people: Ints
    statements: Ints
    votes: Votes
    layers: Parts
    moderated_out: frozenset[int]

    def cast(self) -> int:
        """How many votes there are."""
        return int(np.count_nonzero(self.votes != NO_VOTE))

    def kept(self) -> npt.NDArray[np.bool_]:
        """Which statements were not moderated out."""
        return ~np.isin(self.statements, np.array(sorted(self.moderated_out), dtype=np.int64))


def ballots(cast: npt.ArrayLike, layer_of: Mapping[int, str | None], *, moderated_out: Iterable[int] = ()) -> Ballots:
    """Lay out votes in a table. A later vote of the same person on the same statement replaces the earlier (I16).

    Args:
        cast: rows of person, statement, vote (-1, 0 or 1), in the order in which they were cast.
        layer_of: everybody who takes part, with the layer they declared; None for no layer.
        moderated_out: statements that were taken out.

    Raises:
        InputError: a vote is not -1, 0 or 1, is of somebody unknown, or there is more than fits.
    """
    rows = np.asarray(cast, dtype=np.int64).reshape(-1, 3)
    people = np.array(sorted(layer_of), dtype=np.int64)
    wrong = np.flatnonzero(np.abs(rows[:, 2]) > 1)
    if len(wrong):
        raise InputError(
            "bad_vote",
            nl=f"een stem is 1 (eens), 0 (geen mening) of -1 (oneens), niet {rows[wrong[0], 2]}.",
            en=f"a vote is 1 (agree), 0 (pass) or -1 (disagree), not {rows[wrong[0], 2]}.",
        )
    who = positions(people, rows[:, 0])
    if len(missing := np.flatnonzero(who < 0)):
        stranger = rows[missing[0], 0]
        raise InputError(
            "unknown_participant",
            nl=f"deelnemer {stranger} stemde, maar staat niet in de lijst van deelnemers.",
            en=f"participant {stranger} voted, but is not in the list of participants.",
        )
    statements = _distinct(rows[:, 1])
    if len(people) * len(statements) > MOST_CELLS:
        raise InputError(
            "too_large",
            nl=f"{len(people)} deelnemers maal {len(statements)} stellingen is te veel; "
            f"samen mogen het er {MOST_CELLS} zijn.",
            en=f"{len(people)} participants times {len(statements)} statements is too much; "
            f"together they may be {MOST_CELLS}.",
        )
    votes = np.full((len(people), len(statements)), NO_VOTE, dtype=np.int8)
    # With places that repeat, the last value stays.
    votes[who, positions(statements, rows[:, 1])] = rows[:, 2]
    layers = Parts.from_names(layer_of[person] for person in people.tolist())
    return Ballots(people, statements, votes, layers, frozenset(moderated_out))


def positions(known: Ints, wanted: Ints) -> Ints:
    """Where each of `wanted` stands in `known` (ascending, no doubles); -1 where it does not."""
    if not len(known) or not len(wanted):
        return np.full(len(wanted), -1, dtype=np.int64)
    if _small(known, len(wanted)) and _small(wanted, len(wanted)):
        # Ids are small numbers as a rule: then a table is much faster than a search.
        table = np.full(int(max(known[-1], wanted.max())) + 1, -1, dtype=np.int64)
        table[known] = np.arange(len(known))
        return table[wanted]
    found = np.searchsorted(known, wanted)
    found[found == len(known)] = 0
    return np.where(known[found] == wanted, found, -1)


def _small(ids: Ints, rows: int) -> bool:
    return bool(ids.min() >= 0 and ids.max() < 4 * rows + 100_000)


def _distinct(ids: Ints) -> Ints:
    if len(ids) and _small(ids, len(ids)):
        seen = np.zeros(int(ids.max()) + 1, dtype=np.bool_)
        seen[ids] = True
        return np.flatnonzero(seen)
    return np.unique(ids)
