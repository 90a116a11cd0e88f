"""After the meeting: notes from paper, and what became of one's table."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from meeting_world import NOW, World
from schakelbord.errors import InputError, RightError
from schakelbord.meetings.links import secret_of
from schakelbord.meetings.services import close_meeting
from schakelbord.tables.afterwards import read_notes, type_notes
from schakelbord.tables.demo import make_demo_meeting
from schakelbord.tables.models import Contribution, Harvest

TEXT = "wens: één nummer\n- niemand neemt op\n\nfeit: melden mag zonder toestemming (bron: Wmo 2015, artikel 5.2.6)"


def test_a_line_is_a_note_with_its_kind_and_its_source() -> None:
    assert read_notes(TEXT) == [
        ("wish", "één nummer", ""),
        ("experience", "niemand neemt op", ""),
        ("fact", "melden mag zonder toestemming", "Wmo 2015, artikel 5.2.6"),
    ]
    with pytest.raises(InputError):
        read_notes(" \n ")


def test_notes_are_typed_after_the_meeting_once_and_all_or_none(world: World) -> None:
    close_meeting(world.secretary, world.fresh(), key="sluit-nu-1")
    item = world.rounds[0].__class__.objects.get(pk=world.rounds[0].pk)
    for _ in range(2):
        assert type_notes(world.secretary, world.fresh(), world.tables[0], item, TEXT, key="briefjes-1") == 3
    assert set(Contribution.objects.values_list("from_paper", "author", "layer")) == {(True, None, "")}
    assert Contribution.objects.count() == 3
    with pytest.raises(InputError) as refusal:
        type_notes(world.secretary, world.fresh(), world.tables[0], item, "goed\nfeit: zonder bron", key="briefjes-2")
    assert refusal.value.where == "2"
    assert Contribution.objects.count() == 3


def test_nobody_else_types_notes(world: World) -> None:
    with pytest.raises(RightError):
        type_notes(world.secretary.__class__(), world.fresh(), world.tables[0], world.rounds[0], TEXT, key="briefjes-1")


def test_everybody_sees_what_became_of_their_own_table_and_never_who_said_it(world: World) -> None:
    said = world.by(2, "say", table=world.tables[0].pk, text="Niemand neemt op.", kind="experience", mode="named")
    world.by(0, "save-result", table=world.tables[0].pk, result="r1", text="Iedereen krijgt antwoord.")
    more = {"addressees": [world.bodies[0].pk], "contributions": [said["contribution"]]}
    version = Harvest.objects.get().version
    world.by(0, "save-harvest", table=world.tables[0].pk, version=version, assignment="Regel een nummer.", **more)
    world.by(0, "read-back", table=world.tables[0].pk)
    mine, theirs = (
        f"/bijeenkomsten/{world.meeting.pk}/mijn-tafel/{secret_of(world.people[number])}" for number in (3, 6)
    )
    assert Client().get(mine).status_code == 302
    close_meeting(world.secretary, world.fresh(), key="sluit-nu-1")
    page = Client().get(mine).content.decode()
    assert "Regel een nummer." in page
    assert "Niemand neemt op." in page
    assert str(world.people[2].called) not in page
    assert "Regel een nummer." not in Client().get(theirs).content.decode()
    assert Client().get(mine[:-2] + "xx").status_code == 404


def test_the_tour_leads_to_a_screen_of_each_role_and_exists_only_in_a_demo(
    commands_inline: None, db: None, settings: object
) -> None:
    make_demo_meeting(now=NOW)
    client = Client()
    page = client.get("/rondgang").content.decode()
    stops = re.findall(r'name="role" value="(\w+)"><input type="hidden" name="next" value="([^"]+)"', page)
    assert len(stops) == 7
    for role, address in stops:
        assert client.post("/rollen", {"role": role, "next": address}).headers["Location"] == address
        screen = client.get(address)
        assert screen.status_code == 200, address
        is_last = (role, address) == stops[-1]
        assert ('href="/rondgang"' if is_last else "/rondgang#halte-") in screen.content.decode()
    settings.SCHAKELBORD_DEMO_ROLES = False  # type: ignore[attr-defined]
    assert client.get("/rondgang").status_code == 404
