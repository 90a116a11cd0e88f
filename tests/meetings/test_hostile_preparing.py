"""What a crooked form or file brings while a meeting is prepared: one sentence, filled in, and nothing half done."""

from __future__ import annotations

import io
import re
import secrets
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from meeting_world import World, make_world
from schakelbord.bodies.models import Body, Membership, Organisation, Person
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import InputError
from schakelbord.meetings.models import Letter, Meeting, Table
from schakelbord.meetings.reading_lists import MOST_UNPACKED, rows_of_file, rows_of_text

DECEIVING = "\u202eomgekeerd\x00\u200b naam"
HIDDEN = "\u200b\u2060"
MANY = "9" * 5000


@pytest.fixture
def draft(commands_inline: None, db: None) -> World:
    """A meeting that nobody was told of yet."""
    return make_world(opened=False)


def secretary_of(as_role: object) -> Client:
    assert callable(as_role)
    client = as_role("secretary")
    assert isinstance(client, Client)
    return client


@pytest.mark.parametrize(
    ("part", "fields", "kept"),
    [
        ("agenda/nieuw", {"kind": "break", "title": "Pauze met soep", "minutes": ""}, "Pauze met soep"),
        ("agenda/nieuw", {"kind": "x", "title": "Pauze met soep", "minutes": "5"}, "Pauze met soep"),
        ("agenda/nieuw", {"kind": "story", "title": "Wilg", "minutes": "5", "story": "is-er-niet"}, "Wilg"),
        ("deelnemers/nieuw", {"name": "", "function": "zaalwacht", "layer": "official"}, "zaalwacht"),
        ("deelnemers/nieuw", {"name": HIDDEN, "function": "zaalwacht", "layer": "official"}, "zaalwacht"),
        ("deelnemers/nieuw", {"name": "J. Mees", "email": "geen adres", "layer": "official"}, "J. Mees"),
        ("deelnemers/nieuw", {"name": "J. Mees", "email": f"{'a' * 300}@b.example", "layer": "official"}, "J. Mees"),
        ("tafels/nieuw", {"theme": "THEME", "issues": "ISSUE", "capacity": "-5", "place": "zolder"}, "zolder"),
        ("tafels/nieuw", {"theme": "THEME", "issues": "ISSUE", "capacity": "acht", "place": "zolder"}, "zolder"),
        ("tafels/nieuw", {"theme": "THEME", "issues": "ISSUE", "capacity": MANY, "place": "zolder"}, "zolder"),
        ("tafels/nieuw", {"theme": "THEME", "capacity": "8", "place": "zolder"}, "zolder"),
        ("tafels/rollen", {"table": "TABLE", "pitch_title": "", "pitch_text": "Tien weken"}, "Tien weken"),
        ("tafels/rollen", {"table": "TABLE", "pitch_title": "Lang", "pitch_text": "tien " * 900}, "tien tien tien"),
    ],
)
def test_a_refused_form_comes_back_filled_in(
    as_role: object, draft: World, part: str, fields: dict[str, str], kept: str
) -> None:
    keys = {"THEME": draft.themes[0].pk, "ISSUE": draft.issues[0].pk, "TABLE": draft.tables[0].pk}
    posted = {name: keys.get(value, value) for name, value in fields.items()}
    before = (Table.objects.count(), draft.meeting.agenda.count(), draft.meeting.attendances.count())
    answer = secretary_of(as_role).post(f"/bijeenkomsten/{draft.meeting.pk}/{part}", posted)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert kept in page
    assert page.count('role="alert"') == 1
    assert "autofocus" in page
    assert (Table.objects.count(), draft.meeting.agenda.count(), draft.meeting.attendances.count()) == before


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/gremia/nieuw", {"name": "Beraad", "kind": "platform", "layer": "official", "presence": MANY}),
        ("/gremia/nieuw", {"name": "Beraad", "kind": "platform", "layer": "official", "presence": "-4"}),
        ("/gremia/nieuw", {"name": HIDDEN, "kind": "platform", "layer": "official"}),
        ("/dossiers/nieuw", {"title": HIDDEN}),
        ("/bijeenkomsten/nieuw", {"dossier": MANY}),
        ("/bijeenkomsten/nieuw", {"bodies": MANY}),
        ("/bijeenkomsten/nieuw", {"day": "0001-01-01"}),
        ("/bijeenkomsten/nieuw", {"day": "9999-12-31"}),
    ],
)
def test_numbers_days_and_names_that_cannot_be_are_refused_in_a_sentence(
    as_role: object, draft: World, address: str, fields: dict[str, str]
) -> None:
    whole = {"title": "Najaar", "dossier": draft.dossier.pk, "bodies": draft.bodies[0].pk, "plan": "joint"}
    whole |= {"day": "2027-03-01", "begins": "00.00", "ends": "03.00"}
    answer = secretary_of(as_role).post(address, {**(whole if "bijeenkomsten" in address else {}), **fields})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert (Meeting.objects.count(), Dossier.objects.count(), Body.objects.count()) == (1, 1, 2)


def test_a_copy_of_a_meeting_that_is_not_there_is_a_meeting_of_its_own(as_role: object, draft: World) -> None:
    fields = {"title": "Najaar", "dossier": draft.dossier.pk, "bodies": draft.bodies[0].pk, "copy": MANY}
    fields |= {"day": "2027-03-01", "begins": "13.00", "ends": "16.00"}
    assert secretary_of(as_role).post("/bijeenkomsten/nieuw", fields).status_code == 302


def test_a_new_member_without_a_whole_address_comes_back_filled_in(as_role: object, draft: World) -> None:
    address = f"/gremia/{draft.bodies[0].pk}/leden"
    answer = secretary_of(as_role).post(address, {"name": "J. Mees", "email": "geen adres", "function": "zaalwacht"})
    assert answer.status_code == 400
    assert all(text in answer.content.decode() for text in ("J. Mees", "geen adres", "zaalwacht", "volledig e-mail"))
    assert not Membership.objects.exists()


def test_signs_that_cannot_be_seen_are_taken_out_of_names_everywhere(as_role: object, draft: World) -> None:
    client = secretary_of(as_role)
    person = {"name": DECEIVING, "organisation": DECEIVING, "layer": "official"}
    client.post(f"/bijeenkomsten/{draft.meeting.pk}/deelnemers/nieuw", person)
    client.post("/gremia/nieuw", {"name": DECEIVING, "kind": "platform", "layer": "official"})
    client.post("/dossiers/nieuw", {"title": DECEIVING})
    names = [
        Person.objects.latest("pk").name,
        Organisation.objects.latest("pk").name,
        Body.objects.latest("pk").name,
        Dossier.objects.latest("pk").title,
    ]
    assert names == ["omgekeerd naam"] * 4
    assert rows_of_text(f"naam;e-mail\n{DECEIVING};a@b.example")[1] == ["omgekeerd naam", "a@b.example"]


def workbook(rows: list[list[str]]) -> dict[str, bytes]:
    """The parts of a workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_a_workbook_that_is_damaged_anywhere_is_refused_in_a_sentence() -> None:
    parts = workbook([["naam", "e-mail"], ["J. Mees", "a@b.example"]])
    refused = set()
    for name in parts:
        for content in (b"<kapot", b"", b"\x00" * 50):
            try:
                rows_of_file("lijst.xlsx", zipped({**parts, name: content}))
            except InputError as refusal:
                refused.add((name, refusal.code))
    assert {("xl/worksheets/sheet1.xml", "unreadable_file"), ("xl/styles.xml", "unreadable_file")} <= refused


def test_a_workbook_with_a_lock_or_rot_is_refused_in_a_sentence() -> None:
    whole = bytearray(zipped(workbook([["naam", "e-mail"], ["J. Mees", "a@b.example"]])))
    locked = bytearray(whole)
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = locked.find(sign)
        while at >= 0:
            locked[at + place] |= 1
            at = locked.find(sign, at + 4)
    rotten = bytearray(whole)
    middle = len(rotten) // 2
    rotten[middle - 200 : middle] = bytes(200)
    for content in (locked, rotten, whole[: len(whole) // 2]):
        with pytest.raises(InputError):
            rows_of_file("lijst.xlsx", bytes(content))


def test_a_workbook_that_unpacks_to_a_mountain_is_refused_before_it_is_unpacked() -> None:
    parts = workbook([["naam", "e-mail"], ["J. Mees", "a@b.example"]])
    bomb = zipped({**parts, "xl/sharedStrings.xml": b" " * (MOST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    with pytest.raises(InputError) as refusal:
        rows_of_file("lijst.xlsx", bomb)
    assert refusal.value.code == "unreadable_file"


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnaam;e-mail\nJ. Mees;a@b.example", b"\xd0\xcf\x11\xe0naam;x\ny;z"])
def test_another_kind_of_file_is_called_so(content: bytes) -> None:
    with pytest.raises(InputError) as refusal:
        rows_of_file("lijst.csv", content)
    assert refusal.value.code == "unreadable_file"


def test_a_pasted_cell_without_end_is_refused_in_a_sentence(as_role: object, draft: World) -> None:
    text = 'naam,e-mail\n"' + "x" * 200_000 + '",a@b.example'
    answer = secretary_of(as_role).post(f"/bijeenkomsten/{draft.meeting.pk}/deelnemers/lijst", {"text": text})
    assert answer.status_code == 400
    assert "Dit bestand kunnen wij niet lezen" in answer.content.decode()


def test_a_paste_that_is_too_much_says_that_and_not_that_the_address_is_wrong(as_role: object, draft: World) -> None:
    text = "naam;e-mail\n" + "J. Mees;a@b.example\n" * 80_000
    answer = secretary_of(as_role).post(f"/bijeenkomsten/{draft.meeting.pk}/deelnemers/lijst", {"text": text})
    assert answer.status_code == 400
    assert "te veel om in één keer te versturen" in answer.content.decode()


def brought_in(client: Client, draft: World, text: str) -> str:
    """The address of the preview of a list."""
    address = f"/bijeenkomsten/{draft.meeting.pk}/deelnemers/lijst"
    answer = client.post(address, {"file": SimpleUploadedFile("lijst.csv", text.encode())})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_the_trouble_of_a_line_is_told_in_the_language_of_the_page(
    as_role: object, english_reader: Client, draft: World
) -> None:
    client = secretary_of(as_role)
    address = brought_in(client, draft, "naam;e-mail\n;a@b.example\n")
    assert "Hier staat geen naam." in client.get(address).content.decode()
    client.cookies.update(english_reader.cookies)
    assert "There is no name here." in client.get(address).content.decode()


def test_who_checks_sees_no_addresses_of_a_list_and_changes_nothing(as_role: object, draft: World) -> None:
    assert callable(as_role)
    address = brought_in(secretary_of(as_role), draft, "naam;e-mail\nJ. Mees;mees@voorbeeld.example\n")
    auditor: Client = as_role("auditor")
    for answer in (auditor.get(address), auditor.post(address, {"then": "take-over"})):
        assert answer.status_code == 403
        assert "mees@voorbeeld.example" not in answer.content.decode()
    pk = draft.meeting.pk
    parts = ["stap/schrijf-uit", "stap/sluit", "agenda/nieuw", "deelnemers/nieuw", "tafels/nieuw", "voorstel/maak"]
    parts += ["uitnodiging/stuur", f"verhaal/{draft.rounds[0].pk}"]
    for part in parts:
        assert auditor.post(f"/bijeenkomsten/{pk}/{part}", {"key": secrets.token_hex(8)}).status_code == 403, part


def test_an_organisation_that_nobody_knows_is_not_chosen_by_a_crooked_form(as_role: object, draft: World) -> None:
    client = secretary_of(as_role)
    address = brought_in(client, draft, "naam;e-mail;organisatie\nJ. Mees;mees@voorbeeld.example;Waterschap Noord\n")
    answer = client.post(address, {"then": "take-over", "org:Waterschap Noord": "999999"})
    assert answer.status_code == 302
    assert Organisation.objects.filter(name="Waterschap Noord").exists()


def test_a_list_with_a_thousand_new_organisations_can_be_taken_over(as_role: object, draft: World) -> None:
    client = secretary_of(as_role)
    words = ("Aa", "Bos", "Cel", "Dijk", "Eik", "Fok", "Gat", "Hei", "Ijs", "Jol", "Kop", "Lis")
    names = [f"{a}{b.lower()}{c.lower()}" for a in words for b in words for c in words][:1200]
    text = "naam;organisatie\n" + "".join(f"Mens {number};{name}\n" for number, name in enumerate(names))
    address = brought_in(client, draft, text)
    page = client.get(address).content.decode()
    asked = dict.fromkeys(re.findall(r'name="(org:[^"]+)"', page), "0")
    before = draft.meeting.attendances.count()
    assert client.post(address, {**asked, "then": "take-over"}).status_code == 302
    assert draft.meeting.attendances.count() == before + len(names)


@pytest.mark.parametrize("kind", ["change", "outcome", "reminder"])
def test_no_letter_about_a_meeting_goes_out_before_its_time(as_role: object, draft: World, kind: str) -> None:
    secretary_of(as_role).post(f"/bijeenkomsten/{draft.meeting.pk}/uitnodiging/stuur", {"kind": kind})
    assert not Letter.objects.exists()
