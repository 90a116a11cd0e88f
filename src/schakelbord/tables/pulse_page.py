"""The outcome of all closed votes of a meeting: three lists, and for large ones groups of people who vote alike.

Groups are an option, computed in the background, never shown below 200 voters or when they are not stable.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.db import connection

from schakelbord.engine.text import Text
from schakelbord.meetings.models import Meeting
from schakelbord.pulse.ballots import ballots
from schakelbord.pulse.group_words import groups_in_words
from schakelbord.pulse.groups import FEWEST_PEOPLE, find_groups
from schakelbord.pulse.projection import project
from schakelbord.tables.codes import StatementState
from schakelbord.tables.models import Statement, Vote
from schakelbord.tables.results import DIVIDED, SHARED, UNKNOWN, Outcome, outcome_of

MOST_KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A closed statement with what came of it."""

    statement: Statement
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PulsePage:
    """The three lists, shared ones from the strongest; how many voted; groups in words, None while they are made."""

    shared: tuple[Judged, ...]
    divided: tuple[Judged, ...]
    unknown: tuple[Judged, ...]
    voters: int
    groups: tuple[Text, ...] | None
    is_large: bool


def pulse_page(meeting: Meeting, *, wants_groups: bool) -> PulsePage:
    """The outcome of a meeting's votes.

    Args:
        meeting: the meeting.
        wants_groups: begin to look for groups when there are enough voters.
    """
    closed = list(meeting.statements.filter(state=StatementState.CLOSED).order_by("order", "pk"))
    found = [Judged(statement, outcome_of(statement)) for statement in closed]
    shared = [one for one in found if one.outcome.kind == SHARED]
    voters = Vote.objects.filter(statement__in=closed).values("token").distinct().count()
    is_large = voters >= FEWEST_PEOPLE
    return PulsePage(
        shared=tuple(sorted(shared, key=lambda one: -(one.outcome.agreement or 0))),
        divided=tuple(one for one in found if one.outcome.kind == DIVIDED),
        unknown=tuple(one for one in found if one.outcome.kind == UNKNOWN),
        voters=voters,
        groups=_BACKGROUND.get(closed) if wants_groups and is_large else (),
        is_large=is_large,
    )


def words_of_groups(statements: list[Statement]) -> tuple[Text, ...]:
    """The groups in words, or why there are none."""
    rows = Vote.objects.filter(statement__in=statements, replaced=False).values_list("token", "statement_id", "value")
    people: dict[str, int] = {}
    cast = [(people.setdefault(token, len(people)), statement, value) for token, statement, value in rows]
    table = ballots(cast, dict.fromkeys(range(len(people))))
    groups = find_groups(table, project(table))
    texts = {row.pk: Text(nl=row.text, en=row.text) for row in statements}
    found = groups_in_words(table, groups, texts)
    if not found:
        return (groups.why,)
    return tuple(sentence for group in found for sentence in group.says)


class _Background:
    """One worker; what it made stays for a while."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: dict[tuple[int, ...], Future[tuple[Text, ...]]] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pulse")

    def get(self, statements: list[Statement]) -> tuple[Text, ...] | None:
        """The groups of these statements; None while they are looked for."""
        key = tuple(row.pk for row in statements)
        with self._lock:
            work = self._made.get(key)
            if work is None or (work.done() and work.exception() is not None):
                for old in list(self._made)[: max(0, len(self._made) - MOST_KEPT + 1)]:
                    del self._made[old]
                work = self._made[key] = self._worker.submit(_made, statements)
        return work.result() if work.done() else None


def _made(statements: list[Statement]) -> tuple[Text, ...]:
    try:
        return words_of_groups(statements)
    finally:
        connection.close()


_BACKGROUND: Final = _Background()
