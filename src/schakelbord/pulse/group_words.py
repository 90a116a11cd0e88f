"""The groups in words: what each group agrees and disagrees with far more often than the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from string import ascii_uppercase

import numpy as np

from schakelbord.engine.text import Text
from schakelbord.pulse.agreement import Count, Direction, count_votes, may_show
from schakelbord.pulse.ballots import Ballots, Ints, Parts
from schakelbord.pulse.groups import Groups

MOST_STATEMENTS = 3
"""In each direction of each group."""
DISTINCT = 1.2816
"""Smallest difference that is named, in standard errors: one in ten by chance, as Polis takes it."""


@dataclass(frozen=True, slots=True)
class Distinction:
    """A statement on which a group differs from the others.

    Args:
        statement: its id.
        direction: what the group does more often.
        here: votes of the group, at least five.
        elsewhere: votes of all other groups together, at least five.
        strength: the difference of the two shares in standard errors.
    """

    statement: int
    direction: Direction
    here: Count
    elsewhere: Count
    strength: float


@dataclass(frozen=True, slots=True)
class GroupInWords:
    """A group: its letter (A is the largest), how many people, what sets it apart, and all that as sentences."""

    letter: str
    people: int
    agrees: tuple[Distinction, ...]
    disagrees: tuple[Distinction, ...]
    says: tuple[Text, ...]


def groups_in_words(
    ballots: Ballots, groups: Groups, texts: Mapping[int, Text] | None = None
) -> tuple[GroupInWords, ...]:
    """The groups that may be shown, in words; none when they may not.

    Args:
        ballots: the votes.
        groups: found in them.
        texts: of statements; one without a text is called by its id.
    """
    if not groups.shown:
        return ()
    of = np.full(len(ballots.people), groups.count)
    of[groups.people] = groups.labels
    everybody = count_votes(ballots.votes, Parts((*ascii_uppercase[: groups.count], "rest"), of))
    # The sentences of all groups together must not tell the votes of a group of one to four.
    statements = [at for at in np.flatnonzero(ballots.kept()).tolist() if _may_show(everybody[:, at])]
    return tuple(
        _group(ballots, groups, at, counts=everybody[:-1], statements=statements, texts=texts or {})
        for at in range(groups.count)
    )


def _may_show(counts: Ints) -> bool:
    *parts, rest = (Count(*row) for row in counts.tolist())
    return may_show(parts, rest)


def _group(
    ballots: Ballots, groups: Groups, group: int, *, counts: Ints, statements: list[int], texts: Mapping[int, Text]
) -> GroupInWords:
    here, elsewhere = counts[group], counts.sum(axis=0) - counts[group]
    found = [
        _distinction(int(ballots.statements[at]), way, Count(*here[at].tolist()), Count(*elsewhere[at].tolist()))
        for at in statements
        for way in _WAYS
    ]
    agrees, disagrees = (_strongest(found, way) for way in _WAYS)
    people = int(np.count_nonzero(groups.labels == group))
    letter = ascii_uppercase[group]
    sentences = [_opening(letter, people, named=bool(agrees or disagrees))]
    sentences += [_sentence(item, texts) for item in (*agrees, *disagrees)]
    return GroupInWords(letter, people, agrees, disagrees, tuple(sentences))


_WAYS: tuple[Direction, Direction] = ("agree", "disagree")


def _strongest(found: list[Distinction], way: Direction) -> tuple[Distinction, ...]:
    fit = [item for item in found if item.direction == way and item.strength >= DISTINCT]
    # What most of a group does not do, does not describe it.
    fit = [item for item in fit if 2 * _votes(item.here, way) > item.here.voted]
    return tuple(sorted(fit, key=lambda item: (-item.strength, item.statement))[:MOST_STATEMENTS])


def _distinction(statement: int, way: Direction, here: Count, elsewhere: Count) -> Distinction:
    """A statement with its test of two shares, each with one vote more on either side, as Polis does it."""
    one, other = _votes(here, way) + 1, _votes(elsewhere, way) + 1
    here_all, elsewhere_all = here.voted + 1, elsewhere.voted + 1
    together = (one + other) / (here_all + elsewhere_all)
    error = sqrt(max(0.0, together * (1 - together)) * (1 / here_all + 1 / elsewhere_all))
    strength = (one / here_all - other / elsewhere_all) / error if error else 0.0
    return Distinction(statement, way, here, elsewhere, strength)


def _votes(count: Count, way: Direction) -> int:
    return count.agree if way == "agree" else count.disagree


def _opening(letter: str, people: int, *, named: bool) -> Text:
    if named:
        return Text(nl=f"Groep {letter}: {people} mensen.", en=f"Group {letter}: {people} people.")
    return Text(
        nl=f"Groep {letter}: {people} mensen. Over geen stelling denkt deze groep duidelijk anders dan de andere.",
        en=f"Group {letter}: {people} people. There is no statement on which this group clearly differs.",
    )


def _sentence(item: Distinction, texts: Mapping[int, Text]) -> Text:
    text = texts.get(item.statement)
    here, there = _votes(item.here, item.direction), _votes(item.elsewhere, item.direction)
    agrees = item.direction == "agree"
    return Text(
        nl=f"{'Eens' if agrees else 'Oneens'} met "
        + (f"“{text.nl}”" if text else f"stelling {item.statement}")
        + f": {here} van de {item.here.voted}, in de andere groepen {there} van de {item.elsewhere.voted}.",
        en=f"{'Agrees' if agrees else 'Disagrees'} with "
        + (f"“{text.en}”" if text else f"statement {item.statement}")
        + f": {here} of {item.here.voted}, in the other groups {there} of {item.elsewhere.voted}.",
    )
