"""k-means in the plane, how well its groups are apart, and how alike two divisions are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from schakelbord.pulse.ballots import Ints
from schakelbord.pulse.projection import Floats

_MOST_ROUNDS = 300
_TOLERANCE = 1e-4
_MOST_FOR_SILHOUETTE = 10_000
_CHUNK_CELLS = 400_000


def outermost(points: Floats, groups: int) -> Floats:
    """The beginning that Polis and red-dwarf take: the first distinct points from the left. groups x 2.

    Fewer points come back when there are not so many distinct ones.
    """
    order = np.lexsort((points[:, 1], points[:, 0]))
    ahead = points[order]
    fresh = np.ones(len(ahead), dtype=np.bool_)
    fresh[1:] = (ahead[1:] != ahead[:-1]).any(axis=1)
    return ahead[np.flatnonzero(fresh)[:groups]]


def spread_out(points: Floats, groups: int, random: np.random.Generator) -> Floats:
    """A beginning of points far apart, drawn as k-means++ does (Arthur and Vassilvitskii, 2007). groups x 2."""
    chosen = [points[int(random.integers(len(points)))]]
    nearest = np.square(points - chosen[0]).sum(axis=1)
    while len(chosen) < groups:
        edges = np.cumsum(nearest)
        at = min(int(np.searchsorted(edges, random.random() * edges[-1], side="right")), len(points) - 1)
        chosen.append(points[at])
        nearest = np.minimum(nearest, np.square(points - points[at]).sum(axis=1))
    return np.stack(chosen)


def k_means(points: Floats, start: Floats) -> tuple[Ints, float]:
    """Lloyd's k-means from given centres: the group of each point, and the sum of squared distances to the centres.

    It stops as scikit-learn does: when nothing changes, or when the centres hardly move.
    """
    centres = start.copy()
    enough = _TOLERANCE * float(points.var(axis=0).mean())
    before = np.full(len(points), -1)
    labels = before
    for _ in range(_MOST_ROUNDS):
        labels = _nearest(points, centres)
        moved = _centres(points, labels, centres)
        shift = float(np.square(moved - centres).sum())
        centres = moved
        if np.array_equal(labels, before):
            break
        if shift <= enough:
            labels = _nearest(points, centres)
            break
        before = labels
    else:
        labels = _nearest(points, centres)
    return labels, float(np.square(points - centres[labels]).sum())


def silhouettes(points: Floats, divisions: Sequence[Ints], *, seed: int = 1) -> list[float]:
    """Mean silhouette of each division of the same points (Rousseeuw, 1987): from -1 to 1, larger is further apart.

    All are computed in one pass over the distances. Of more than 10,000 points a fixed draw of 10,000 is used. A
    division with one group, or with a group for each point, has none: -1.
    """
    if len(points) > _MOST_FOR_SILHOUETTE:
        drawn = np.sort(np.random.default_rng(seed).choice(len(points), _MOST_FOR_SILHOUETTE, replace=False))
        points, divisions = points[drawn], [labels[drawn] for labels in divisions]
    marks = [_marks(labels) for labels in divisions]
    sums = _sums_of_distances(points, np.concatenate(marks, axis=1)) if marks else np.zeros((0, 0))
    edges = np.cumsum([0, *(mark.shape[1] for mark in marks)])
    return [_silhouette(sums[:, edges[at] : edges[at + 1]], mark) for at, mark in enumerate(marks)]


def alike(one: Ints, other: Ints) -> float:
    """Adjusted Rand index of two divisions of the same things: 1 when they are the same, about 0 by chance."""
    table = np.zeros((int(one.max(initial=0)) + 1, int(other.max(initial=0)) + 1))
    np.add.at(table, (one, other), 1)
    both, rows, columns = (float(_pairs(part).sum()) for part in (table, table.sum(axis=1), table.sum(axis=0)))
    expected = rows * columns / max(1.0, float(_pairs(np.array(float(len(one))))))
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _nearest(points: Floats, centres: Floats) -> Ints:
    distances = np.square(centres).sum(axis=1)[:, None] - 2 * (centres @ points.T)
    return np.asarray(np.argmin(distances, axis=0), dtype=np.int64)


def _centres(points: Floats, labels: Ints, old: Floats) -> Floats:
    groups = len(old)
    sizes = np.bincount(labels, minlength=groups).astype(np.float64)
    sums = np.stack([np.bincount(labels, points[:, axis], groups) for axis in (0, 1)], axis=1)
    if empty := np.flatnonzero(sizes == 0).tolist():
        # An empty group begins anew at the point that is furthest from its own centre.
        far = np.argsort(-np.square(points - old[labels]).sum(axis=1), kind="stable")
        for group, point in zip(empty, far.tolist(), strict=False):
            sums[labels[point]] -= points[point]
            sizes[labels[point]] -= 1
            sums[group], sizes[group] = points[point], 1
    return np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], old)


def _marks(labels: Ints) -> Floats:
    known, numbers = np.unique(labels, return_inverse=True)
    return np.eye(len(known))[numbers]


def _sums_of_distances(points: Floats, marks: Floats) -> Floats:
    """For each point the sum of its distances to the points that carry each mark."""
    x, y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    sums = np.empty((len(points), marks.shape[1]))
    rows = max(1, _CHUNK_CELLS // max(1, len(points)))
    for start in range(0, len(points), rows):
        some = slice(start, start + rows)
        across, along = x[some, None] - x, y[some, None] - y
        across *= across
        along *= along
        across += along
        np.sqrt(across, out=across)
        np.matmul(across, marks, out=sums[some])
    return sums


def _silhouette(sums: Floats, marks: Floats) -> float:
    sizes = marks.sum(axis=0)
    if not 2 <= len(sizes) <= len(marks) - 1:
        return -1.0
    own = marks.astype(np.bool_)
    mates = marks @ sizes - 1
    inside = sums[own] / np.maximum(1, mates)
    outside = np.where(own, np.inf, sums / sizes).min(axis=1)
    larger = np.maximum(inside, outside)
    found = np.where((mates > 0) & (larger > 0), (outside - inside) / np.where(larger > 0, larger, 1), 0.0)
    return float(found.mean())


def _pairs(sizes: Floats) -> Floats:
    return sizes * (sizes - 1) / 2
