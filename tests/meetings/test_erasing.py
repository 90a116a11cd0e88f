"""Erasing a person: their name and address are nowhere any more, and no chain is broken."""

from __future__ import annotations

import pytest
from django.db import connection

from meeting_world import World
from schakelbord.accounts.actors import READER
from schakelbord.bodies.models import Person
from schakelbord.bodies.services import ERASED, erase_person
from schakelbord.errors import RightError
from schakelbord.live.journal import verify
from schakelbord.meetings.models import Attendance, Intake, Letter
from schakelbord.tables.models import Contribution


def everything() -> str:
    """All that is kept, as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - our own tables
            found.append(repr(cursor.fetchall()))
    return "".join(found)


def test_name_and_address_are_nowhere_and_the_journal_is_whole(world: World) -> None:
    one = world.people[2]
    assert one.person
    name, email = "Zeldzame Vogel", "zeldzaam@voorbeeld.example"
    Person.objects.filter(pk=one.person.pk).update(name=name, email=email)
    Attendance.objects.filter(pk=one.pk).update(reply_note="Ik, Zeldzame Vogel, kom later")
    world.by(2, "say", table=world.tables[0].pk, text="Niemand neemt op.", kind="experience", mode="named")
    rows = [["naam", "e-mail"], [name, email], ["Iemand anders", "anders@voorbeeld.example"]]
    Intake.objects.create(
        meeting=world.meeting, rows=rows, made_by_id=world.secretary.user_id, made_at=world.meeting.made_at
    )
    assert name in everything()
    person = Person.objects.get(pk=one.person.pk)
    with pytest.raises(RightError):
        erase_person(READER, person, now=world.meeting.made_at)
    erase_person(world.secretary, person, now=world.meeting.made_at)
    kept = everything()
    assert name not in kept
    assert email not in kept
    assert "anders@voorbeeld.example" in kept
    assert verify(world.fresh().room) is None
    said = Contribution.objects.get(mode="named")
    assert said.author
    assert (said.author.called, said.author.layer) == (ERASED, one.layer)
    assert set(Letter.objects.filter(attendance=one).values_list("state", flat=True)) <= {"needless", "sent"}
