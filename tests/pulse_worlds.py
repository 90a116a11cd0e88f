"""Invented pulses: with groups planted in them, on a line, or without anything to find."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from schakelbord.pulse.ballots import Ballots, ballots

Rows = npt.NDArray[np.int64]
Cast = list[tuple[int, int, int]]


def planted(
    people: int, statements: int, profiles: npt.NDArray[np.float64], seed: int, *, share: float = 0.6
) -> tuple[Rows, Rows]:
    """Votes of people who follow a profile each (log odds per statement), and the profile of each person."""
    random = np.random.default_rng(seed)
    of = random.integers(len(profiles), size=people)
    chance = 1 / (1 + np.exp(-profiles[of]))
    votes = np.where(random.random((people, statements)) < chance, 1, -1)
    votes[random.random((people, statements)) < 0.08] = 0
    # Some say much, some say little.
    cast = random.random((people, statements)) < np.clip(random.normal(share, 0.2, people), 0.05, 1)[:, None]
    who, what = np.nonzero(cast)
    return np.stack([who, what, votes[who, what]], axis=1), of


def profiles(groups: int, statements: int, seed: int, strength: float = 3.0) -> npt.NDArray[np.float64]:
    """Profiles that can be told apart in a plane: four are the corners of two questions."""
    random = np.random.default_rng(seed)
    corners = {
        2: [(1, 0), (-1, 0)],
        3: [(1, 0), (-0.5, 0.87), (-0.5, -0.87)],
        4: [(1, 1), (1, -1), (-1, 1), (-1, -1)],
    }[groups]
    return strength * np.array(corners) @ random.normal(0, 1, (2, statements))


def table(rows: npt.ArrayLike, people: int, *, moderated_out: tuple[int, ...] = ()) -> Ballots:
    """Votes of people without layers."""
    return ballots(rows, dict.fromkeys(range(people)), moderated_out=moderated_out)


def write_folder(folder: Path, rows: npt.ArrayLike, layer_of: dict[int, str], *, packed: bool = False) -> Path:
    """A folder as the command reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "input.json").write_text(json.dumps({"conversation": "invented", "moderated_out": []}))
    votes = "participant,statement,vote\n" + "".join(f"{a},{b},{c}\n" for a, b, c in np.asarray(rows).tolist())
    people = "participant,layer\n" + "".join(f"{number},{layer}\n" for number, layer in layer_of.items())
    for name, text in (("votes", votes), ("participants", people)):
        if packed:
            (folder / f"{name}.csv.gz").write_bytes(gzip.compress(text.encode()))
        else:
            (folder / f"{name}.csv").write_text(text)
    return folder


@st.composite
def small_pulses(draw: st.DrawFn) -> tuple[Cast, dict[int, str | None]]:
    """A few statements, some dozens of people in up to three layers or none, each vote at most once."""
    people = draw(st.integers(1, 40))
    statements = draw(st.integers(1, 5))
    layer_of = {
        person: draw(st.sampled_from(["official", "official", "administrative", "administrative", "mixed", None]))
        for person in range(people)
    }
    vote = st.sampled_from([-1, 0, 1, 1, None])
    given = draw(st.lists(vote, min_size=people * statements, max_size=people * statements))
    cast = [
        (person, 10 * statement, value)
        for (person, statement), value in zip(np.ndindex(people, statements), given, strict=True)
        if value is not None
    ]
    return cast, layer_of
