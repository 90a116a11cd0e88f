"""Who may do what in a meeting: a table that answers every cell. A predicate, a person or a state without one fails."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from schakelbord.meetings.codes import MeetingState
from schakelbord.tables import rights
from schakelbord.tables.codes import HarvestState
from schakelbord.tables.here import Here

STATES = ("draft", "convened", "open", "closed", "adopted", "archived")
# Everything is asked about table 1; a contribution is by attendance 10 or by nobody.
TABLE = SimpleNamespace(pk=1)
NAMED, UNNAMED = SimpleNamespace(author_id=10), SimpleNamespace(author_id=None)
DRAFT, READ_BACK = SimpleNamespace(state="draft"), SimpleNamespace(state="read_back")
CONFIRMED, CONTESTED = SimpleNamespace(state="confirmed"), SimpleNamespace(state="contested")

PEOPLE = {
    "stranger": Here(),
    "sits here": Here(attendance_id=10, tables=frozenset({1})),
    "sits here too": Here(attendance_id=11, tables=frozenset({1})),
    "sits elsewhere": Here(attendance_id=12, tables=frozenset({2})),
    "has no seat": Here(attendance_id=13),
    "hosts here": Here(attendance_id=14, hosts=1),
    "hosts elsewhere": Here(attendance_id=15, hosts=2),
    "hosts elsewhere, sits here": Here(attendance_id=16, hosts=2, tables=frozenset({1})),
    "pitches here": Here(attendance_id=17, pitches=frozenset({1})),
    "pitches elsewhere": Here(attendance_id=18, pitches=frozenset({2})),
    "pitches both": Here(attendance_id=19, pitches=frozenset({1, 2})),
    "runs": Here(runs=True),
    "runs, sits elsewhere": Here(attendance_id=20, tables=frozenset({2}), runs=True),
}
ALL = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
RUN = frozenset({"runs", "runs, sits elsewhere"})
SIT = frozenset({"sits here", "sits here too", "hosts elsewhere, sits here"})
PITCH = frozenset({"pitches here", "pitches both"})
AT = SIT | PITCH | {"hosts here"}
JOINED = ALL - {"stranger", "runs"}
LEAD = RUN | {"hosts here"}

# What a row is about, the predicate, how it is called with somebody and a meeting, who may, and in which states. In
# every other state nobody may.
Call = Callable[[Here, SimpleNamespace], bool]
ROWS: list[tuple[str, str, Call, frozenset[str], tuple[str, ...]]] = [
    ("a table", "may_see_table", lambda h, m: rights.may_see_table(h, TABLE), AT | RUN, STATES),
    ("a table", "may_contribute", lambda h, m: rights.may_contribute(h, m, TABLE), AT | RUN, ("open",)),
    (
        "paper, by who prepares",
        "may_note_from_paper",
        lambda h, m: rights.may_note_from_paper(h, m, prepares=True),
        ALL,
        ("open", "closed"),
    ),
    (
        "paper, by anybody else",
        "may_note_from_paper",
        lambda h, m: rights.may_note_from_paper(h, m, prepares=False),
        NOBODY,
        (),
    ),
    (
        "words with a name",
        "may_mend",
        lambda h, m: rights.may_mend(h, m, NAMED, owns=False),
        frozenset({"sits here"}),
        ("open",),
    ),
    ("words without a name", "may_mend", lambda h, m: rights.may_mend(h, m, UNNAMED, owns=False), NOBODY, ()),
    (
        "words whose secret one has",
        "may_mend",
        lambda h, m: rights.may_mend(h, m, UNNAMED, owns=True),
        ALL,
        ("open",),
    ),
    ("a table", "may_lead", lambda h, m: rights.may_lead(h, m, TABLE), LEAD, ("open",)),
    ("no harvest", "may_read_harvest", lambda h, m: rights.may_read_harvest(h, TABLE, None), AT | RUN, STATES),
    ("a draft", "may_read_harvest", lambda h, m: rights.may_read_harvest(h, TABLE, DRAFT), AT | RUN, STATES),
    *(
        (
            f"a harvest that is {harvest.state}",
            "may_read_harvest",
            lambda h, m, harvest=harvest: rights.may_read_harvest(h, TABLE, harvest),
            JOINED | RUN,
            STATES,
        )
        for harvest in (READ_BACK, CONFIRMED, CONTESTED)
    ),
    (
        "a harvest",
        "may_confirm_as_host",
        lambda h, m: rights.may_confirm_as_host(h, TABLE),
        frozenset({"hosts here"}),
        STATES,
    ),
    ("a harvest", "may_confirm_as_pitcher", lambda h, m: rights.may_confirm_as_pitcher(h, TABLE), PITCH, STATES),
    ("a harvest", "may_contest", lambda h, m: rights.may_contest(h, TABLE), AT, STATES),
    ("a harvest", "may_settle", lambda h, m: rights.may_settle(h), RUN, STATES),
    ("of a table", "may_make_statements", lambda h, m: rights.may_make_statements(h, m, TABLE), LEAD, ("open",)),
    ("of all", "may_make_statements", lambda h, m: rights.may_make_statements(h, m, None), RUN, ("open",)),
    ("a statement", "may_vote", rights.may_vote, JOINED, ("open",)),
]


def test_every_predicate_has_a_row_and_every_row_a_predicate() -> None:
    found = {
        name
        for name, function in inspect.getmembers(rights, inspect.isfunction)
        if name.startswith("may_") and function.__module__ == rights.__name__
    }
    assert {row[1] for row in ROWS} == found


def test_the_table_knows_every_state_of_a_meeting_and_of_a_harvest() -> None:
    assert set(MeetingState.values) == set(STATES)
    assert set(HarvestState.values) == {each.state for each in (DRAFT, READ_BACK, CONFIRMED, CONTESTED)}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("person", PEOPLE)
def test_every_cell_has_the_answer_of_the_table(person: str, state: str) -> None:
    meeting = SimpleNamespace(state=state)
    wrong = {
        (name, about): answer
        for about, name, ask, allowed, states in ROWS
        if (answer := ask(PEOPLE[person], meeting)) is not (person in allowed and state in states)
    }
    assert wrong == {}


def test_every_predicate_says_yes_to_somebody_and_no_to_somebody() -> None:
    for name in {row[1] for row in ROWS}:
        answers = {
            ask(here, SimpleNamespace(state=state))
            for _about, called, ask, _allowed, _states in ROWS
            if called == name
            for here in PEOPLE.values()
            for state in STATES
        }
        assert answers == {True, False}, name
