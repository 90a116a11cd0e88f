"""Paper for a meeting, read back: everybody and every table on it, and the digits of hosts on one sheet alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import asdict

import openpyxl
import pikepdf
import pytest
from django.test import Client
from django.utils import translation

from meeting_world import World
from reports.minuted import ClientInRole
from reports.papers import flat, opened, page_image, texts_of
from reports.test_story_pdf import HOSTILE, structure
from schakelbord.bodies.models import Organisation, Person
from schakelbord.meetings import services
from schakelbord.meetings.models import Meeting, Table
from schakelbord.reports import meeting_paper
from schakelbord.reports.clean import printed
from schakelbord.reports.typeset import pages_pdf

SLUGS = ("naamkaartjes", "tafelkaarten", "tafelbladen", "tafelheren", "aanwezigen")
MAKERS: dict[str, Callable[..., meeting_paper.MeetingPaper]] = {
    "badges": meeting_paper.badges,
    "cards": meeting_paper.table_cards,
    "sheets": meeting_paper.table_sheets,
    "hosts": meeting_paper.host_sheets,
    "attendance": meeting_paper.attendance_list,
}
SITE = "https://schakelbord.example"


def made(meeting: Meeting, what: str, language: str = "nl") -> bytes:
    """One of the documents."""
    with translation.override(language):
        paper = MAKERS[what](meeting, site=SITE)
    return pages_pdf(f"{what}.typ", printed(asdict(paper)), made_on=meeting_paper.day_of(meeting))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("what", MAKERS)
def test_each_document_is_tagged_and_has_title_language_and_own_letters(world: World, what: str, language: str) -> None:
    pdf = opened(made(world.meeting, what, language))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == language
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] == "2"
        assert metadata["dc:title"].endswith(world.meeting.title)
    fonts = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert all(str(one.get("/Alt", "")).strip() for one in structure(pdf) if str(one.S) == "/Figure")


def test_everybody_who_comes_has_a_badge_with_their_tables(world: World) -> None:
    world.meeting.attendances.filter(pk=world.people[-1].pk).update(reply="no")
    services.seat(_Act(world), world.rounds[1], world.tables[1], world.people[0])  # type: ignore[arg-type]
    content = made(world.meeting, "badges")
    text = "".join(texts_of(content))
    assert len(opened(content).pages) == 1
    for one in world.people[:-1]:
        assert text.count(flat(one.called)) == 1
    assert flat(world.people[-1].called) not in text
    with translation.override("nl"):
        first = meeting_paper.badges(world.meeting, site=SITE).badges[0]
    assert first.seats == (("Ronde 1", "1"), ("Ronde 2", "2"))
    assert flat("Ronde 2 Tafel 2") in text


class _Act:
    """As much of an act as `seat` needs."""

    def __init__(self, world: World) -> None:
        self.meeting = world.meeting

    def tell(self, verb: str, *, node: str) -> None:
        """Nobody listens."""


def test_ten_badges_go_on_a_sheet(world: World) -> None:
    for number in range(13):
        world.meeting.attendances.create(
            key=f"extra{number}", pseudonym=f"deelnemer {number}", layer="experience", made_at=world.meeting.made_at
        )
    assert len(opened(made(world.meeting, "badges")).pages) == 3


def test_a_card_says_each_thing_once_to_who_hears_it_and_shows_the_code(world: World) -> None:
    content = made(world.meeting, "cards")
    pdf = opened(content)
    assert len(pdf.pages) == len(world.tables)
    heads = [one for one in structure(pdf) if str(one.S) == "/H1"]
    assert len(heads) == len(world.tables)
    code = world.meeting.join_code
    pages = texts_of(content)
    for table, page in zip(world.tables, pages, strict=True):
        for word in (table.theme.title, table.asks, table.host.called, table.pitcher.called):  # type: ignore[union-attr]
            assert page.count(flat(word)) == 2, word
        assert page.count(code) == 2
        assert "schakelbord.example/mee" in page
    figures = [str(one.Alt) for one in structure(pdf) if str(one.S) == "/Figure"]
    assert figures == [f"QR: {SITE}/mee/{code}"] * len(world.tables)


def test_before_the_meeting_opens_a_card_leads_there_without_a_code(world: World) -> None:
    meeting = world.meeting
    meeting.join_code = ""
    page = texts_of(made(meeting, "cards"))[0]
    assert f"schakelbord.example/bijeenkomsten/{meeting.pk}/mee" in page
    assert flat("De code staat op het grote scherm") in page


def test_the_digits_of_hosts_stand_on_one_document_alone(world: World) -> None:
    pins = [table.host_pin for table in Table.objects.order_by("number")]
    assert all(pins)
    Table.objects.filter(number=1).update(host_pin="7391")
    Table.objects.filter(number=2).update(host_pin="8462")
    hosts = "".join(texts_of(made(world.meeting, "hosts")))
    assert "7391" in hosts
    assert "8462" in hosts
    for what in ("badges", "cards", "sheets", "attendance"):
        text = "".join(texts_of(made(world.meeting, what)))
        assert "7391" not in text
        assert "8462" not in text


def test_a_sheet_has_what_lies_on_the_table_and_room_for_each_kind_and_the_harvest(world: World) -> None:
    content = made(world.meeting, "sheets")
    pages = texts_of(content)
    assert len(pages) == 2 * len(world.tables)
    for number, issue in enumerate(world.issues):
        front, back = pages[2 * number], pages[2 * number + 1]
        for word in (issue.code, issue.statement, "Ervaring", "Feit", "Aanname", "Wens", world.themes[number].question):
            assert flat(word) in front, word
        for word in ("Opdracht", "Wat is er dan anders?", "Voor wie?", "Hoe ziet u dat?", world.bodies[1].name):
            assert flat(word) in back, word
    assert page_image(content, 1, width=600).getextrema()[0] < 60


def test_what_people_type_stays_text_and_on_the_page(world: World) -> None:
    Person.objects.update(name="Ł" * 3 + HOSTILE[:80])
    Organisation.objects.update(name="W" * 160)
    world.meeting.tables.update(question="W" * 300, pitch_title="P" * 160, pitch_text=HOSTILE * 60)
    for what in MAKERS:
        content = made(world.fresh(), what)
        assert flat("#panic") in "".join(texts_of(content))
    assert len(opened(made(world.fresh(), "cards")).pages) == len(world.tables)
    assert len(opened(made(world.fresh(), "badges")).pages) == 1


def test_no_cell_of_the_list_is_a_formula(world: World, as_role: ClientInRole) -> None:
    bad = ["=1+1", "+31", "-2", "@som", "\t=3", '=HYPERLINK("http://x.example")']
    for one, name in zip(world.people, bad, strict=False):
        Person.objects.filter(pk=one.person_id).update(name=name)
        world.meeting.attendances.filter(pk=one.pk).update(function=name)
    Organisation.objects.filter(pk=world.people[0].organisation_id).update(name="=cmd|'/c calc'!A1")
    answer = as_role("secretary").get(f"/bijeenkomsten/{world.meeting.pk}/papier/aanwezigen.xlsx")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Naam", "Organisatie", "Functie", "Gremium", "Laag", "Antwoord", "Aanwezig"]
    assert len(rows) == 1 + world.meeting.attendances.count()
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    names = {str(row[0]) for row in rows[1:]}
    assert {f"'{name}" for name in bad} <= names
    assert {str(cell) for row in rows for cell in row if str(cell).startswith(("=", "+", "-", "@", "\t"))} == set()
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("Schakelbord", "Schakelbord")


@pytest.mark.parametrize("slug", SLUGS)
def test_paper_is_for_who_prepares_the_meeting(world: World, as_role: ClientInRole, reader: Client, slug: str) -> None:
    address = f"/bijeenkomsten/{world.meeting.pk}/papier/{slug}.pdf"
    answer = as_role("secretary").get(f"{address}?taal=en")
    assert answer.status_code == 200
    assert str(opened(answer.content).Root.Lang) == "en"
    for client in (reader, as_role("auditor"), as_role("participant")):
        assert client.get(address).status_code == 403
        assert client.get(f"/bijeenkomsten/{world.meeting.pk}/papier").status_code == 403


def test_the_page_lists_every_document_in_both_languages(world: World, as_role: ClientInRole) -> None:
    client = as_role("chair")
    page = client.get(f"/bijeenkomsten/{world.meeting.pk}/papier").content.decode()
    for slug in SLUGS:
        for language in ("nl", "en"):
            assert f'href="/bijeenkomsten/{world.meeting.pk}/papier/{slug}.pdf?taal={language}"' in page
    assert "aanwezigen.xlsx?taal=nl" in page
    assert client.get(f"/bijeenkomsten/{world.meeting.pk}/papier/onbekend.pdf").status_code == 404
    assert client.get(f"/bijeenkomsten/{world.meeting.pk}/papier/tafelheren.xlsx").status_code == 404
