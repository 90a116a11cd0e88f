"""Taking part: only with the code or a personal link; a host's name asks for the digits of the table."""

from __future__ import annotations

import secrets

from django.test import Client

from meeting_world import World
from schakelbord.meetings.links import secret_of
from schakelbord.meetings.models import Attendance

ENTER = "/bijeenkomsten/{}/mee"


def with_code(world: World) -> Client:
    """Somebody who typed the code of the screen."""
    client = Client()
    answer = client.get(f"/mee/{world.fresh().join_code}")
    assert answer.headers["Location"] == ENTER.format(world.meeting.pk)
    return client


def test_nobody_comes_in_by_the_address_alone(world: World) -> None:
    client = Client()
    before = Attendance.objects.count()
    for _ in range(2):
        answer = client.post(ENTER.format(world.meeting.pk), {"layer": "official", "key": secrets.token_hex(8)})
        assert answer.headers["Location"] == "/mee"
    assert Attendance.objects.count() == before
    assert client.get(f"/bijeenkomsten/{world.meeting.pk}/aan-tafel").status_code == 302


def test_with_the_code_one_takes_part_without_a_name_and_gets_a_seat(world: World) -> None:
    client = with_code(world)
    client.post(ENTER.format(world.meeting.pk), {"layer": "administrative"})
    made = Attendance.objects.order_by("-pk")[0]
    assert (made.person, made.layer, made.seats.count()) == (None, "administrative", 1)
    assert client.get(f"/bijeenkomsten/{world.meeting.pk}/aan-tafel").status_code == 200
    client.post(ENTER.format(world.meeting.pk), {"layer": "official"})
    assert Attendance.objects.order_by("-pk")[0].pk == made.pk


def test_a_personal_link_needs_no_code(world: World) -> None:
    one = world.people[2]
    Attendance.objects.filter(pk=one.pk).update(device="")
    client = Client()
    address = f"{ENTER.format(world.meeting.pk)}?sleutel={secret_of(one)}"
    assert client.get(address).status_code == 200
    client.post(ENTER.format(world.meeting.pk), {"secret": secret_of(one)})
    assert Attendance.objects.get(pk=one.pk).device


def test_a_name_that_leads_a_table_asks_for_its_digits_and_guessing_ends(world: World) -> None:
    host, table = world.people[0], world.tables[0]
    wrong = "0000"
    client = with_code(world)
    client.post(ENTER.format(world.meeting.pk), {"layer": "official"})
    asked = {"claims": host.key, "pin": wrong}
    statuses = [client.post(ENTER.format(world.meeting.pk), asked).status_code for _ in range(12)]
    assert set(statuses) == {400}
    right = client.post(ENTER.format(world.meeting.pk), {"claims": host.key, "pin": table.host_pin})
    assert right.status_code == 400
    assert "acht" in right.content.decode()
    other = with_code(world)
    other.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert other.post(ENTER.format(world.meeting.pk), {"claims": host.key, "pin": table.host_pin}).status_code == 302
    assert other.get(f"/bijeenkomsten/{world.meeting.pk}/tafel/1").status_code == 200


def test_nobody_takes_the_name_of_somebody_who_is_there(world: World) -> None:
    client = with_code(world)
    answer = client.post(ENTER.format(world.meeting.pk), {"claims": world.people[3].key})
    assert answer.status_code == 400
    assert Attendance.objects.get(pk=world.people[3].pk).device == world.devices[world.people[3].pk]
