"""What a crooked form sends while a meeting goes on: a sentence, never a broken page, and nothing typed is lost."""

from __future__ import annotations

import secrets

import pytest
from django.test import Client

from meeting_world import World, make_world
from schakelbord.errors import InputError
from schakelbord.live.devices import COOKIE, SALT
from schakelbord.meetings import services
from schakelbord.showing.guessing import FREE_AN_ADDRESS
from schakelbord.tables.models import DesiredResult, Harvest

HOST, GUEST = 0, 2


def with_device(world: World, person: int) -> Client:
    """The browser of somebody at a table."""
    from django.core.signing import get_cookie_signer  # noqa: PLC0415 - needs settings

    client = Client()
    device = world.devices[world.people[person].pk]
    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE + SALT).sign(device)
    return client


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1e999999", "1" * 500, "100000000000"])
def test_a_number_that_does_not_fit_is_refused_and_the_table_stays_readable(world: World, number: str) -> None:
    table = world.tables[0].pk
    with pytest.raises(InputError) as refusal:
        world.by(HOST, "save-result", table=table, result="r1", text="Minder wachten", baseline=number)
    assert refusal.value.where == "baseline"
    assert not DesiredResult.objects.exists()
    page = with_device(world, HOST).get(f"/bijeenkomsten/{world.meeting.pk}/tafel/1")
    assert page.status_code == 200


def test_numbers_that_fit_are_kept_to_three_decimals(world: World) -> None:
    table = world.tables[0].pk
    world.by(HOST, "save-result", table=table, result="r1", text="Minder wachten", baseline="12.34567", target="-1e3")
    found = DesiredResult.objects.get(harvest=Harvest.objects.get(table=table))
    assert (str(found.baseline), str(found.target)) == ("12.346", "-1000.000")


@pytest.mark.parametrize("number", ["--5", "-", "", "9" * 5000, "\u0663", "1e5", "\x00"])
def test_a_plain_form_with_a_crooked_table_says_so_and_shows_what_was_typed(world: World, number: str) -> None:
    client = with_device(world, GUEST)
    fields = {"table": number, "text": "Niemand neemt op.", "kind": "experience"}
    answer = client.post(f"/bijeenkomsten/{world.meeting.pk}/doe/say", fields)
    assert answer.status_code == 400
    assert "Niemand neemt op." in answer.content.decode()


def test_a_refused_result_shows_all_that_was_typed(world: World) -> None:
    fields = {
        "table": world.tables[0].pk,
        "result": "r1",
        "text": "Elke school krijgt antwoord",
        "by_when": "2026-02-30",
        "for_whom": "mentoren van groep acht",
        "seen_by": "aan de telefoonlijst",
        "unit": "uren per week",
        "baseline": "12",
    }
    answer = with_device(world, HOST).post(f"/bijeenkomsten/{world.meeting.pk}/doe/save-result", fields)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert all(str(fields[name]) in page for name in ("text", "for_whom", "seen_by", "unit"))


def test_digits_of_another_script_are_no_pin(world: World) -> None:
    client = Client()
    client.get(f"/mee/{world.fresh().join_code}")
    fields = {"claims": world.people[HOST].key, "pin": "\u0661\u0662\u0663\u00e9"}
    answer = client.post(f"/bijeenkomsten/{world.meeting.pk}/mee", fields)
    assert answer.status_code == 400
    assert "Vul de vier cijfers" in answer.content.decode()


def test_codes_are_not_guessed_by_opening_addresses(world: World) -> None:
    code = world.fresh().join_code
    wrong = "111111" if code != "111111" else "222222"
    guesser = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(FREE_AN_ADDRESS + 1):
        guesser.get(f"/mee/{wrong}")
    assert guesser.get(f"/mee/{code}").status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.9").get(f"/mee/{code}").status_code == 302


def test_notes_from_paper_with_a_crooked_table_keep_their_words(as_role: object, world: World) -> None:
    assert callable(as_role)
    fields = {"table": "--5", "item": "x", "text": "wens: één nummer", "key": secrets.token_hex(8)}
    answer = as_role("secretary").post(f"/bijeenkomsten/{world.meeting.pk}/briefjes", fields)
    assert answer.status_code == 400
    assert "wens: één nummer" in answer.content.decode()


def test_after_the_end_the_harvest_is_for_who_was_let_in_and_nobody_else(as_role: object, world: World) -> None:
    assert callable(as_role)
    let_in = Client()
    let_in.get(f"/mee/{world.fresh().join_code}")
    table, asked = world.tables[0].pk, "Regel één nummer voor alle scholen."
    said = world.by(GUEST, "say", table=table, text="Niemand neemt op.", kind="experience")
    world.by(HOST, "save-result", table=table, result="r1", text="Antwoord op één dag", by_when="2027-07-01")
    fields = {"assignment": asked, "addressees": [world.bodies[0].pk], "contributions": [said["contribution"]]}
    world.by(HOST, "save-harvest", table=table, version=1, **fields)
    world.by(HOST, "read-back", table=table)
    services.close_meeting(world.secretary, world.fresh(), key=secrets.token_hex(8))
    pages = [f"/bijeenkomsten/{world.meeting.pk}/{part}" for part in ("aan-tafel", "mee")]
    for page in pages:
        assert asked in let_in.get(page).content.decode()
        assert asked in as_role("auditor").get(page).content.decode()
        for stranger in (Client(), as_role("reader"), as_role("technical_admin")):
            answer = stranger.get(page)
            assert answer.status_code == 200
            assert asked not in answer.content.decode()
            assert world.meeting.title not in answer.content.decode()


def test_before_it_begins_a_meeting_says_so_and_not_that_a_text_is_kept(commands_inline: None, db: None) -> None:
    early = make_world(opened=False)
    answer = Client().get(f"/bijeenkomsten/{early.meeting.pk}/mee")
    assert answer.status_code == 409
    assert "nog niet begonnen" in answer.content.decode()
    assert "Uw tekst" not in answer.content.decode()


def test_a_form_that_was_sent_before_is_told_in_words_for_people(as_role: object, world: World) -> None:
    assert callable(as_role)
    client: Client = as_role("secretary")
    address, key = f"/bijeenkomsten/{world.meeting.pk}/agenda/nieuw", secrets.token_hex(8)
    assert client.post(address, {"kind": "pause", "title": "Soep", "minutes": "5", "key": key}).status_code == 302
    again = client.post(address, {"kind": "pause", "title": "Koffie met koek", "minutes": "5", "key": key})
    assert again.status_code == 400
    assert "sleutel" not in again.content.decode()
    assert "Koffie met koek" in again.content.decode()


def test_who_was_logged_out_meanwhile_gets_the_words_back_and_a_way_in(world: World) -> None:
    address = f"/bijeenkomsten/{world.meeting.pk}/agenda/nieuw"
    fields = {"kind": "pause", "title": "Koffie met koek", "minutes": "5", "password": "geheim woord"}
    answer = Client().post(address, fields, headers={"referer": f"http://testserver/bijeenkomsten/{world.meeting.pk}"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Koffie met koek" in page
    assert "geheim woord" not in page
    assert f"next=/bijeenkomsten/{world.meeting.pk}" in page


def test_a_form_without_its_token_gives_words_back_only_to_a_page_of_ours(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    address, fields = f"/bijeenkomsten/{world.meeting.pk}/agenda/nieuw", {"title": "Koffie met koek"}
    ours = client.post(address, fields, headers={"origin": "http://testserver"})
    other = client.post(address, fields, headers={"origin": "http://evil.example"})
    assert (ours.status_code, other.status_code) == (403, 403)
    assert "Koffie met koek" in ours.content.decode()
    assert "Koffie met koek" not in other.content.decode()
