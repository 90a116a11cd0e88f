"""Minutes, read back from every file: the same in each, whole, and silent about who said what without a name."""

from __future__ import annotations

import io
import re
import secrets
from collections import Counter

import docx
import msgspec
import pikepdf
import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table as WordTable

from meeting_world import NOW, World
from reports.minuted import FACT, FORMULA, FOURTH, HELD, HIDDEN, NAMED, SECRET, ClientInRole, Minuted, hold, unpacked
from reports.papers import flat, opened, texts_of
from reports.test_story_pdf import structure
from schakelbord.bodies.models import Person
from schakelbord.bodies.services import erase_person
from schakelbord.errors import ConflictError, Language, RightError, StateError
from schakelbord.live.models import Event
from schakelbord.meetings.models import Meeting
from schakelbord.reports.adopting import adopt_minutes, minutes_now
from schakelbord.reports.blocks import Document, Facts, Grid, Heading
from schakelbord.reports.minutes import Minutes, digest_of
from schakelbord.reports.minutes_files import Record, document_of, minutes_docx, minutes_pdf
from schakelbord.reports.minutes_names import names_of, with_names
from schakelbord.reports.models import MinutesVersion
from schakelbord.tables.models import Contribution

BOTH: tuple[Language, ...] = ("nl", "en")


@pytest.fixture
def minuted(world: World) -> Minuted:
    """A meeting that closed."""
    return hold(world)


@pytest.fixture
def record(minuted: Minuted) -> Record:
    """Its minutes."""
    return minutes_now(minuted.meeting)


def word_of(record: Record, language: Language = "nl") -> WordDocument:
    """The DOCX, opened."""
    return docx.Document(io.BytesIO(minutes_docx(record, language)))


def rows_of(table: WordTable) -> list[tuple[str, ...]]:
    """The texts of a table."""
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def adopted(minuted: Minuted) -> str:
    """Adopt the minutes; their fingerprint."""
    draft = minutes_now(minuted.meeting).digest
    key = secrets.token_hex(8)
    return str(adopt_minutes(minuted.world.secretary, minuted.meeting, seen=draft, key=key)["digest"])


def test_the_minutes_hold_what_the_database_holds(minuted: Minuted, record: Record) -> None:
    minutes = record.minutes
    said = [row for table in minutes.tables for row in table.contributions]
    assert Counter(row.fate for row in said) == {
        "used": 2, "noted": 2, "merged": 1, "set_aside": 1, "hidden": 1, "held": 1,
    }  # fmt: skip
    assert len(said) == Contribution.objects.count()
    by_fate = {row.fate: row for row in said}
    into = next(row for row in said if row.text == SECRET)
    assert (by_fate["merged"].into, into.fate) == (into.number, "used")
    assert by_fate["set_aside"].reason == "komt de volgende keer"
    assert (by_fate["hidden"].text, by_fate["hidden"].name) == ("", "")
    assert by_fate["hidden"].reason == "gaat over een collega"
    assert {row.name for row in said if row.text == NAMED} == {"Vogel 0-2"}
    assert [row.text for row in said if row.name] == [NAMED]
    part = minutes.attendance
    assert (len(part.present), len(part.absent), part.nameless, part.missing) == (6, 1, 1, 1)
    assert sum(row.present for row in part.counts) == 7
    harvest = minutes.tables[0].harvest
    assert harvest is not None
    assert (harvest.code, harvest.state, harvest.confirmed_by) == ("O-01", "confirmed", ("host", "pitcher"))
    assert harvest.addressees == ("Strategisch Beraad",)
    assert len(harvest.rests_on) == 2
    assert minutes.tables[1].harvest is None
    assert [table.issues[0].code for table in minutes.tables] == ["D-01", "D-02"]


def test_a_vote_shows_no_layer_in_which_too_few_voted(record: Record) -> None:
    (statement,) = record.minutes.statements
    assert statement.outcome is not None
    assert statement.outcome.layers == ()
    assert (statement.outcome.total.agree, statement.outcome.total.disagree) == (5, 1)


def test_the_same_minutes_give_the_same_bytes(minuted: Minuted, record: Record) -> None:
    assert minutes_now(minuted.meeting).content == record.content
    assert with_names(msgspec.json.decode(record.content, type=Minutes), names_of(minuted.meeting)) == record.minutes
    assert minutes_docx(record, "nl") == minutes_docx(record, "nl")
    assert minutes_pdf(record, "nl") == minutes_pdf(record, "nl")


@pytest.mark.parametrize("language", BOTH)
def test_the_word_file_has_the_headings_and_tables_of_the_document(record: Record, language: Language) -> None:
    document, word = document_of(record, language), word_of(record, language)
    heads = [(part.style.name, part.text) for part in word.paragraphs if part.style.name.startswith("Heading")]
    assert heads == [(f"Heading {block.level}", block.text) for block in document.blocks if isinstance(block, Heading)]
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert [rows_of(table) for table in word.tables] == [[grid.heads, *grid.rows] for grid in grids]
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert word.core_properties.title == document.title
    assert word.core_properties.language == {"nl": "nl-NL", "en": "en-GB"}[language]
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {word.core_properties.language}


def test_no_file_names_who_made_it(record: Record) -> None:
    about = word_of(record).core_properties
    assert {about.author, about.last_modified_by} == {"Schakelbord"}
    assert (about.comments, about.keywords, about.category) == ("", "", "")
    with opened(minutes_pdf(record, "nl")).open_metadata() as metadata:
        assert metadata["dc:creator"] == ["Schakelbord"]


@pytest.mark.parametrize("language", BOTH)
def test_the_pdf_is_accessible_and_to_be_kept_and_says_everything(record: Record, language: Language) -> None:
    document, content = document_of(record, language), minutes_pdf(record, language)
    pdf = opened(content)
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == language
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == document.title
    kinds = Counter(str(element.S) for element in structure(pdf))
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert kinds["/Table"] == len(grids)
    assert kinds["/TH"] == sum(len(grid.heads) for grid in grids)
    heads = [block for block in document.blocks if isinstance(block, Heading)]
    assert kinds["/H1"] + kinds["/H2"] == len(heads)
    for font in (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)):
        if font.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in font or "/FontFile3" in font
    text = "".join(page for page in texts_of(content))
    for word in words_of(document):
        assert flat(word) in text, word


def words_of(document: Document) -> list[str]:
    """Every text of a document but the cells that run over two pages, in order."""
    found = []
    for block in document.blocks:
        if isinstance(block, Grid):
            found += [block.caption, *(row[0] for row in block.rows)]
        elif isinstance(block, Facts):
            found += [value for row in block.rows for value in row]
        elif isinstance(block, Heading):
            found.append(block.text)
    return found


def test_page_word_file_and_pdf_have_the_same_order(minuted: Minuted, record: Record, as_role: ClientInRole) -> None:
    page = as_role("secretary").get(f"/bijeenkomsten/{minuted.meeting.pk}/notulen").content.decode()
    page = page[page.index("<h2") :]
    heads = [block.text for block in document_of(record, "nl").blocks if isinstance(block, Heading)]
    at = 0
    for head in heads:
        at = page.index(f">{head}</h", at)
    grids = [block for block in document_of(record, "nl").blocks if isinstance(block, Grid)]
    assert page.count("<caption>") == len(grids)
    cells = re.findall(r'<(?:td(?: data-label="[^"]+")?|th scope="row")>', page)
    assert len(cells) == sum(len(row) for grid in grids for row in grid.rows)


def test_what_was_said_without_a_name_stays_so_in_every_file(
    minuted: Minuted, record: Record, as_role: ClientInRole
) -> None:
    adopted(minuted)
    client, start = as_role("secretary"), f"/bijeenkomsten/{minuted.meeting.pk}/notulen"
    files = {kind: client.get(f"{start}{kind}").content for kind in ("", ".pdf", ".docx", ".json")}
    files["pages of the PDF"] = "\n".join(raw_texts(files[".pdf"])).encode()
    for kind, content in files.items():
        inside = unpacked(content)
        for word in minuted.silent:
            assert word.encode() not in inside, (kind, word)
    # Whoever spoke only without a name, or was hidden, is named once: as somebody who was there.
    name = minuted.world.people[FOURTH].person
    assert name is not None
    name.refresh_from_db()
    assert name.name.encode() not in unpacked(files[".json"])
    assert unpacked(files[".docx"]).count(name.name.encode()) == 1
    assert files["pages of the PDF"].count(name.name.encode()) == 1
    assert b"made_at" not in files[".json"]


def raw_texts(content: bytes) -> list[str]:
    """What a PDF says of itself, and the texts of its pages."""
    pdf = opened(content)
    streams = (one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/XML")
    return [*(one.read_bytes().decode() for one in streams), str(dict(pdf.docinfo)), *page_texts(content)]


def page_texts(content: bytes) -> list[str]:
    """The texts of the pages with their blanks."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_texts_of_people_are_only_texts(record: Record) -> None:
    cells = [cell for table in word_of(record).tables for row in rows_of(table) for cell in row]
    assert FORMULA in cells
    assert any(cell.startswith(FACT) and "Jaarverslag 2025" in cell for cell in cells)
    assert not any(HIDDEN in cell or HELD in cell for cell in cells)


def test_adopted_minutes_are_kept_and_every_file_is_made_of_them(minuted: Minuted, as_role: ClientInRole) -> None:
    draft = minutes_now(minuted.meeting)
    digest = adopted(minuted)
    meeting = minuted.meeting
    assert (meeting.state, meeting.minutes_hash) == ("adopted", digest)
    kept = minutes_now(meeting)
    assert digest_of(kept.content) == digest != draft.digest
    assert kept.minutes.adopted_at == meeting.adopted_at
    assert msgspec.structs.replace(kept.minutes, adopted_at=None) == draft.minutes
    # What the database says elsewhere of people after this does not reach the minutes.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bodies_person SET name = 'Iemand anders'")
    client, start = as_role("secretary"), f"/bijeenkomsten/{meeting.pk}/notulen"
    assert client.get(f"{start}.json").content == kept.content
    assert b"Iemand anders" not in unpacked(client.get(f"{start}.docx").content)
    assert Event.objects.filter(verb="minutes.adopted").count() == 1


def test_somebody_who_is_erased_is_erased_in_adopted_minutes_too(minuted: Minuted, as_role: ClientInRole) -> None:
    digest = adopted(minuted)
    person = Person.objects.get(name="Vogel 0-2")
    erase_person(minuted.world.secretary, person, now=NOW)
    kept = minutes_now(minuted.meeting)
    assert kept.digest == digest
    assert digest_of(kept.content) == digest
    start = f"/bijeenkomsten/{minuted.meeting.pk}/notulen"
    client = as_role("secretary")
    for kind in (".json", ".docx", ""):
        content = unpacked(client.get(f"{start}{kind}").content)
        assert b"Vogel 0-2" not in content
        assert kind == ".json" or b"verwijderd" in content
    assert "Vogel 0-2" not in str(MinutesVersion.objects.values_list().get())


def test_a_name_that_was_changed_in_adopted_minutes_is_not_shown(minuted: Minuted) -> None:
    adopted(minuted)
    version = MinutesVersion.objects.get()
    version.names = {key: {**kept, "name": "Iemand anders"} for key, kept in version.names.items()}
    version.save()
    with pytest.raises(StateError, match="not what was adopted"):
        minutes_now(minuted.meeting)


def test_minutes_that_changed_since_they_were_read_are_not_adopted(minuted: Minuted) -> None:
    with pytest.raises(ConflictError):
        adopt_minutes(minuted.world.secretary, minuted.meeting, seen="0" * 64, key="vaststellen-1")
    assert minuted.meeting.state == "closed"
    assert not MinutesVersion.objects.exists()


def test_minutes_are_adopted_once(minuted: Minuted) -> None:
    adopted(minuted)
    with pytest.raises(RightError):
        adopted(minuted)


def refused(sql: str) -> None:
    """The database refuses this."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_to_change_what_was_adopted(minuted: Minuted) -> None:
    adopted(minuted)
    refused("UPDATE reports_minutesversion SET content = '{}'")
    refused("UPDATE reports_minutesversion SET digest = 'abc'")
    refused("DELETE FROM reports_minutesversion")


def test_no_minutes_are_kept_of_a_meeting_that_did_not_close(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.create(meeting=world.meeting, content="x", digest="y", made_at=NOW)


def test_minutes_that_are_not_what_was_adopted_are_not_shown(minuted: Minuted) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE meetings_meeting SET state = 'adopted', adopted_at = CURRENT_TIMESTAMP, minutes_hash = 'abc'"
        )
    with pytest.raises(StateError, match="not what was adopted"):
        minutes_now(minuted.meeting)


def test_an_open_meeting_has_no_minutes_yet(world: World, as_role: ClientInRole) -> None:
    for kind in ("", ".pdf", ".docx", ".json"):
        answer = as_role("secretary").get(f"/bijeenkomsten/{world.meeting.pk}/notulen{kind}")
        assert answer.status_code == 409
        assert "Sluit eerst de bijeenkomst" in answer.content.decode()


@pytest.mark.parametrize("kind", ["", ".pdf", ".docx", ".json"])
def test_minutes_are_for_those_who_may_read_the_meeting(
    minuted: Minuted, as_role: ClientInRole, reader: Client, kind: str
) -> None:
    address = f"/bijeenkomsten/{minuted.meeting.pk}/notulen{kind}"
    assert as_role("auditor").get(address).status_code == 200
    for client in (reader, as_role("presenter"), as_role("table_host")):
        assert client.get(address).status_code == 403


def test_the_secretary_adopts_on_the_page_and_the_auditor_cannot(minuted: Minuted, as_role: ClientInRole) -> None:
    start = f"/bijeenkomsten/{minuted.meeting.pk}/notulen"
    asked = {"seen": minutes_now(minuted.meeting).digest, "key": "vaststellen-2"}
    assert "Stel deze notulen vast" not in as_role("auditor").get(start).content.decode()
    assert as_role("auditor").post(f"{start}/vaststellen", asked).status_code == 403
    secretary = as_role("secretary")
    page = secretary.get(start).content.decode()
    assert "Stel deze notulen vast" in page
    assert asked["seen"] in page
    assert secretary.post(f"{start}/vaststellen", asked).status_code == 302
    page = secretary.get(start).content.decode()
    assert "vastgesteld op" in page
    assert "Stel deze notulen vast" not in page
    assert Meeting.objects.get().state == "adopted"
