"""Where people stand: the two directions in which their votes differ most, as Polis and red-dwarf compute them.

Everybody with a vote counts. A statement that was moderated out is a pass of everybody. A missing vote is the mean of
the statement, so that it moves nobody; who voted little would end up in the middle, and is moved outward by
sqrt(statements / votes). Source: Small and others, *Polis: Scaling Deliberation by Mapping High Dimensional Opinion
Spaces* (2021), and the package red-dwarf 0.4.0 (`utils/reducer/base.py`, `sklearn/transformers.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schakelbord.pulse.ballots import NO_VOTE, Ballots, Ints, Votes

Floats = npt.NDArray[np.float64]

MOST_FOR_EIGENVECTORS = 1500
"""Statements up to which all eigenvectors are computed; beyond, only the leading ones, by iteration."""
_ROWS = 1024
_WIDTH = 8


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Coordinates of everybody who voted.

    Args:
        people: places in `Ballots.people` of who cast at least one vote.
        places: people x 2.
        explained: the share of all differences that each of the two directions explains.
    """

    people: Ints
    places: Floats
    explained: tuple[float, float]


def project(ballots: Ballots) -> Projection:
    """Place everybody who voted. With fewer than two people or no differences all stand at (0, 0)."""
    people = np.flatnonzero((ballots.votes != NO_VOTE).any(axis=1))
    votes = zeroed(ballots)[people]
    means = statement_means(votes)
    directions, shares = _leading_exact(votes, means)
    return Projection(people, _placed(votes, means, directions), (float(shares[0]), float(shares[1])))


def zeroed(ballots: Ballots) -> Votes:
    """The votes with a pass of everybody on each statement that was moderated out."""
    kept = ballots.kept()
    return ballots.votes if kept.all() else np.where(kept, ballots.votes, np.int8(0))


def project_rows(votes: Votes, random: np.random.Generator) -> Floats:
    """Places of some rows as if nobody else had voted, by iteration from a random beginning: rows x 2."""
    means = statement_means(votes)
    directions, _ = _leading(votes, means, random, rounds=12)
    return _placed(votes, means, directions)


def statement_means(votes: Votes) -> Floats:
    """The mean vote of each statement, 0 where nobody voted."""
    cast = votes != NO_VOTE
    sums = np.where(cast, votes, np.int8(0)).sum(axis=0, dtype=np.int64)
    return np.asarray(sums / np.maximum(1, np.count_nonzero(cast, axis=0)), dtype=np.float64)


def _leading_exact(votes: Votes, means: Floats) -> tuple[Floats, Floats]:
    width = votes.shape[1]
    if width > MOST_FOR_EIGENVECTORS:
        return _leading(votes, means, np.random.default_rng(1), rounds=200)
    gram = np.zeros((max(2, width), max(2, width)))
    for rows in _centred(votes, means):
        gram[:width, :width] += rows.T @ rows
    values, vectors = np.linalg.eigh(gram)
    return _towards_positive(vectors[:width, :-3:-1]), _shares(values[:-3:-1], float(np.trace(gram)))


def _leading(votes: Votes, means: Floats, random: np.random.Generator, *, rounds: int) -> tuple[Floats, Floats]:
    """Two leading directions by subspace iteration, which never makes a matrix of statements x statements."""
    width = votes.shape[1]
    basis, _ = np.linalg.qr(random.standard_normal((width, min(_WIDTH, width))))
    chunks = list(_centred(votes, means))
    values = np.zeros(basis.shape[1])
    for _ in range(rounds):
        image = np.zeros_like(basis)
        for rows in chunks:
            image += rows.T @ (rows @ basis)
        inner, turn = np.linalg.eigh(basis.T @ image)
        basis, _ = np.linalg.qr(image @ turn[:, ::-1])
        if np.allclose(inner[::-1][:2], values[:2], rtol=1e-10, atol=0):
            break
        values = inner[::-1]
    whole = sum(float(np.square(rows).sum()) for rows in chunks)
    directions = np.zeros((width, 2))
    directions[:, : min(2, basis.shape[1])] = basis[:, :2]
    return _towards_positive(directions), _shares(np.resize(values, 2), whole)


def _centred(votes: Votes, means: Floats) -> Iterator[Floats]:
    """The votes minus the mean of their statement, 0 where there is no vote; some rows at a time."""
    for start in range(0, len(votes), _ROWS):
        rows = votes[start : start + _ROWS]
        yield np.asarray((rows - means) * (rows != NO_VOTE), dtype=np.float64)


def _placed(votes: Votes, means: Floats, directions: Floats) -> Floats:
    places = [rows @ directions for rows in _centred(votes, means)]
    cast = np.count_nonzero(votes != NO_VOTE, axis=1)
    outward = np.sqrt(votes.shape[1] / np.maximum(1, cast))
    return np.asarray(np.concatenate([np.zeros((0, 2)), *places]) * outward[:, None], dtype=np.float64)


def _towards_positive(directions: Floats) -> Floats:
    """Each direction with its largest entry positive: which way is up is a choice, and this is that of red-dwarf."""
    if not len(directions):
        return directions
    largest = np.argmax(np.abs(directions), axis=0)
    signs = np.sign(directions[largest, np.arange(directions.shape[1])])
    return directions * np.where(signs == 0, 1.0, signs)


def _shares(values: Floats, whole: float) -> Floats:
    return np.maximum(values, 0) / whole if whole > 0 else np.zeros(2)
