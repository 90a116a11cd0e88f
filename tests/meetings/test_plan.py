"""The table plan: a proposal is worked out, taken over as it was shown, and impossible wishes are explained."""

from __future__ import annotations

import pytest
from django.test import Client

from meeting_world import World, make_world
from schakelbord.accounts.actors import READER
from schakelbord.errors import RightError, StateError
from schakelbord.meetings import proposing, services
from schakelbord.meetings.acts import Act
from schakelbord.meetings.models import Attendance, Seat, SeatingProposal, Wish
from schakelbord.meetings.proposing import propose, take_over_plan
from schakelbord.meetings.seating_plan import lay_out, words_of_move
from schakelbord.seating.check import check

HOSTS = (0, 1, 4, 5)


class Now:
    """A thread that does its work at once, in the connection of the test."""

    def __init__(self, *, target: object, args: tuple[object, ...], name: str, daemon: bool) -> None:
        assert callable(target)
        self.work = lambda: target(*args)

    def start(self) -> None:
        """Do it."""
        self.work()


@pytest.fixture
def planned(commands_inline: None, db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A meeting that is being prepared; plans are worked out at once."""
    monkeypatch.setattr(proposing, "Thread", Now)
    monkeypatch.setattr(proposing.connection, "close", lambda: None)
    monkeypatch.setattr(proposing.warm, "prepare_in_background", lambda: None)
    return make_world(opened=False)


def made(world: World, *, again: bool = False) -> SeatingProposal:
    """A proposal that is worked out."""
    kept = propose(world.secretary, world.fresh(), again=again, now=world.meeting.made_at)
    return SeatingProposal.objects.get(pk=kept.pk)


def test_a_proposal_seats_everybody_by_the_rules_and_is_taken_over_as_shown(planned: World) -> None:
    kept = made(planned)
    assert kept.state == "ready"
    take_over_plan(planned.secretary, kept, key="neem-over-1")
    laid = lay_out(planned.fresh())
    assert laid.is_whole
    assert check(laid.problem, laid.plan) == []
    assert [dict(seats) for seats in laid.plan] == kept.plan
    with pytest.raises(StateError):
        take_over_plan(planned.secretary, kept, key="neem-over-2")


def test_impossible_wishes_are_explained_with_names(planned: World) -> None:
    first, second = planned.people[0], planned.people[4]
    Wish.objects.create(meeting=planned.meeting, kind="together", one=first, other=second)
    kept = made(planned)
    assert kept.state == "impossible"
    sentence = kept.words["nl"][0]
    assert "Vogel 0-0" in sentence
    assert "Vogel 1-0" in sentence
    assert first.key not in sentence


def test_a_newcomer_is_seated_and_nobody_else_moves(planned: World) -> None:
    take_over_plan(planned.secretary, made(planned), key="neem-over-1")
    before = dict(Seat.objects.filter(item=planned.rounds[0]).values_list("attendance_id", "table_id"))

    def deed(act: Act) -> dict[str, str]:
        return {"key": services.add_participant(act, pseudonym="deelnemer", layer="official", reply="yes").key}

    planned.prepare(deed)
    kept = made(planned, again=True)
    assert kept.state == "ready"
    take_over_plan(planned.secretary, kept, key="neem-over-2")
    after = dict(Seat.objects.filter(item=planned.rounds[0]).values_list("attendance_id", "table_id"))
    assert {person: table for person, table in after.items() if person in before} == before
    assert len(after) == len(before) + 1


def test_people_at_a_fixed_table_stay(planned: World) -> None:
    planned.tables[0].is_fixed = True
    planned.tables[0].save()
    before = set(planned.tables[0].seats.values_list("attendance_id", flat=True))
    take_over_plan(planned.secretary, made(planned), key="neem-over-1")
    assert set(planned.tables[0].seats.filter(item=planned.rounds[0]).values_list("attendance_id", flat=True)) == before


def test_what_a_change_costs_is_known_before_it_is_made(planned: World) -> None:
    laid = lay_out(planned.meeting)
    move = words_of_move(laid, 0, planned.people[2].key, table="t2")
    assert move.counts["org"] == 1
    assert not move.broken
    assert words_of_move(laid, 0, planned.people[0].key, table="t2").broken


def test_who_may_not_prepares_nothing(planned: World) -> None:
    with pytest.raises(RightError):
        propose(READER, planned.meeting, now=planned.meeting.made_at)
    assert Client().get(f"/bijeenkomsten/{planned.meeting.pk}/tafels").status_code == 403


def test_nobody_who_does_not_come_has_a_seat(planned: World) -> None:
    Attendance.objects.filter(pk=planned.people[3].pk).update(reply="no")
    kept = made(planned)
    assert all(planned.people[3].key not in seats for seats in kept.plan)
