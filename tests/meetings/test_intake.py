"""Lists of participants as people have them: each row's trouble is named, and all or nobody is taken over."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from openpyxl import Workbook

from meeting_world import World, make_world
from schakelbord.bodies.codes import BodyLayer
from schakelbord.bodies.models import Membership, Organisation, Person
from schakelbord.bodies.names import key_of
from schakelbord.bodies.services import organisation_named
from schakelbord.errors import InputError
from schakelbord.meetings.acts import Act
from schakelbord.meetings.intake import LAYER_OF_BODY, preview_of, take_members, take_over
from schakelbord.meetings.models import Attendance
from schakelbord.meetings.reading_lists import MOST_ROWS, Rows, neutral, rows_of_file, rows_of_text

HEADER = ["Naam", "E-mail", "Organisatie", "Functie", "Laag"]


@pytest.fixture
def drafted(commands_inline: None, db: None) -> World:
    """A meeting that is being prepared."""
    return make_world(opened=False)


def xlsx(rows: Rows) -> bytes:
    """A real workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    place = io.BytesIO()
    book.save(place)
    return place.getvalue()


def taken(world: World, rows: Rows, **choices: int) -> int:
    """Take a list over; how many."""

    def deed(act: Act) -> dict[str, int]:
        return {"count": take_over(act, preview_of(act.meeting, rows, choices=choices))}

    return int(str(world.prepare(deed)["count"]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gem. Ede", "gemeente Ede"),
        ("Ministerie van VWS", "Min. VWS"),
        ("Gemeente ’s-Hertogenbosch", "gemeente s Hertogenbosch"),
        ("RvdK", "Raad voor de Kinderbescherming"),
        ("Stichting De Linde", "de linde"),
        ("Café Één", "cafe een"),
    ],
)
def test_two_ways_of_writing_are_one_organisation(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) != ""


def test_a_workbook_a_csv_of_windows_and_a_mail_give_the_same_people() -> None:
    book = rows_of_file("lijst.xlsx", xlsx([["naam", "e-mail"], ["Anna Lijster", "a.lijster@vws.example"]]))
    plain = rows_of_file("lijst.csv", "naam;e-mail\r\nAnna Lijster;a.lijster@vws.example\r\n".encode("cp1252"))
    pasted = rows_of_text("Aan: Anna Lijster <a.lijster@vws.example>; b.specht@om.example")
    assert book == plain
    assert pasted[1] == book[1]
    assert pasted[2] == ["B Specht", "b.specht@om.example"]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        (
            "Sofie Merel <s.merel@noord.example>, gemeente Noord, beleid",
            ["Sofie Merel", "s.merel@noord.example", "gemeente Noord", "beleid"],
        ),
        (
            "Ria Koekoek; r.koekoek@vt.example; Veilig Thuis; hulpverlener",
            ["Ria Koekoek", "r.koekoek@vt.example", "Veilig Thuis", "hulpverlener"],
        ),
        ('"Mees, Kees" <k.mees@oost.example>', ["Kees Mees", "k.mees@oost.example"]),
        ("Bos, Anna <a.bos@oost.example>", ["Anna Bos", "a.bos@oost.example"]),
        ("1. Noor Zwaluw, school Oost", ["Noor Zwaluw", "", "school Oost"]),
        ("- Hans Uil", ["Hans Uil"]),
        ("r.gaai@rvdk.example", ["R Gaai", "r.gaai@rvdk.example"]),
    ],
)
def test_a_pasted_line_is_one_person_with_organisation_and_function(line: str, person: list[str]) -> None:
    assert rows_of_text(f"Onderwerp: aanmeldingen\n{line}")[1:] == [person]


def test_a_line_of_receivers_is_as_many_people() -> None:
    named = ["Anna Bos", "a.bos@oost.example"]
    assert rows_of_text("Aan: Bos, Anna <a.bos@oost.example>; b.specht@om.example")[1] == named
    assert len(rows_of_text("To: Anna Bos <a.bos@oost.example>, b.specht@om.example, c@om.example")) == 4
    assert rows_of_text("Cc: Anna Bos; Bas Ekster")[1:] == [["Anna Bos"], ["Bas Ekster"]]


@pytest.mark.parametrize("cell", ["=1+1", "+31612345678", "-2", "@SUM(A1)", "\t=cmd", "==x", " = 1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert not neutral(cell).startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("kapot.xlsx", b"PK\x03\x04 geen werkmap"),
        ("leeg.csv", b""),
        ("kop.csv", b"naam;e-mail\r\n"),
    ],
)
def test_what_is_no_list_gets_one_clear_sentence(name: str, content: bytes) -> None:
    with pytest.raises(InputError) as refusal:
        rows_of_file(name, content)
    assert refusal.value.nl


def test_a_list_of_more_than_ten_thousand_is_refused() -> None:
    lines = "naam\n" + "Vogel\n" * (MOST_ROWS + 1)
    with pytest.raises(InputError) as refusal:
        rows_of_file("lijst.csv", lines.encode())
    assert refusal.value.code == "too_many_rows"


def test_every_row_names_its_trouble_and_nobody_is_taken_over(drafted: World) -> None:
    before = Attendance.objects.count()
    rows = [
        HEADER,
        ["Anna Lijster", "a.lijster@vws.example", "Min. VWS", "beleidsmedewerker", "ambtelijk"],
        ["", "b@om.example", "OM", "", ""],
        ["C. Kauw", "geen adres", "Corporatie", "", "koninklijk"],
        ["D. Ekster", "a.lijster@vws.example", "JenV", "", ""],
    ]
    preview = preview_of(drafted.meeting, rows)
    assert [(row.number, len(row.troubles)) for row in preview.wrong] == [(3, 1), (4, 2), (5, 1)]
    with pytest.raises(InputError) as refusal:
        taken(drafted, rows)
    assert refusal.value.where == "3"
    assert Attendance.objects.count() == before
    assert not Person.objects.filter(email="a.lijster@vws.example").exists()


def test_a_list_is_taken_over_and_the_same_list_again_changes_nobody(drafted: World) -> None:
    organisation_named("Gemeente Ede", now=drafted.meeting.made_at)
    rows = [
        [*HEADER, "Thema"],
        ["V. Goudvink", "v@ede.example", "Gem. Ede", "burgemeester", "", drafted.themes[0].title],
        ["A. Lijster", "a@ede.example", "gemeente Ede", "adviseur", "", ""],
    ]
    before = Attendance.objects.count()
    assert taken(drafted, rows) == 2
    assert taken(drafted, rows) == 2
    assert Attendance.objects.count() == before + 2
    mayor = Attendance.objects.get(person__email="v@ede.example")
    assert (mayor.layer, mayor.prefers) == ("administrative", [drafted.themes[0].pk])
    assert Organisation.objects.filter(key="gemeente ede").count() == 1
    assert {row.organisation for row in Attendance.objects.filter(person__email__endswith="ede.example")} == {
        mayor.organisation
    }


def test_a_name_that_looks_like_one_that_we_know_is_asked_about(drafted: World) -> None:
    known = organisation_named("Gemeente Berkenstad", now=drafted.meeting.made_at)
    rows = [HEADER, ["V. Goudvink", "v@b.example", "Gemeente Berkenstat", "", ""]]
    names = preview_of(drafted.meeting, rows).new_names
    assert [each.pk for each in names[0].near] == [known.pk]
    taken(drafted, rows, **{"gemeente berkenstat": known.pk})
    assert Attendance.objects.get(person__email="v@b.example").organisation == known


def test_ten_thousand_people_in_few_queries(drafted: World, django_assert_max_num_queries: object) -> None:
    rows = [HEADER] + [[f"Vogel {n}", f"v{n}@v.example", f"Gemeente {n % 300}", "", ""] for n in range(MOST_ROWS)]
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(12):
        preview = preview_of(drafted.meeting, rows)
    assert not preview.wrong
    assert taken(drafted, rows) == MOST_ROWS


def test_members_of_the_bodies_come_on_the_list_once(drafted: World) -> None:
    body = drafted.bodies[1]
    one = Person.objects.create(name="K. Smit", made_at=timezone.now())
    Membership.objects.create(
        person=one, body=body, function="bestuurder", from_day=timezone.localdate(), role="member"
    )
    before = drafted.meeting.attendances.count()
    drafted.prepare(lambda act: {"count": take_members(act)})
    added = drafted.meeting.attendances.get(person=one)
    assert (added.body, added.layer, added.function) == (body, LAYER_OF_BODY[BodyLayer(body.layer)], "bestuurder")
    first = drafted.meeting.attendances.count()
    drafted.prepare(lambda act: {"count": take_members(act)})
    assert drafted.meeting.attendances.count() == first > before
