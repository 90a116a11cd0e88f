"""The account of a year: its page, and five files of one content that say the same."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from chain_world import Chain, key
from meeting_world import NOW
from schakelbord.bodies.services import ERASED, erase_person
from schakelbord.chain import programmes, reporting
from schakelbord.chain.models import Account, ActionProgramme
from schakelbord.errors import StateError
from schakelbord.meetings.models import Meeting
from schakelbord.meetings.services import close_meeting
from schakelbord.reports.account_content import record_of

ClientInRole = Callable[[str], Client]
KINDS = ("pdf", "docx", "xlsx", "csv", "json")
ACTION = re.compile(r"\bA-\d{2,}\b")
RESULT = re.compile(r"\bA-\d{2,}/\d+\b")
REPORT = re.compile(r"\bV-\d{2,}\b")
LESSON = "=Wij wilden te veel tegelijk."


def year_of(chain: Chain) -> ActionProgramme:
    """A published year with two actions: one done and judged, one with a body that was asked."""
    done, asked = chain.action(chain.decided(direct=True), title="=Een lijst"), chain.action(title="Melders horen het")
    programme = chain.programme(done, asked)
    programmes.publish(chain.secretary, programme, key=key())
    programmes.sign_programme(chain.chair, programme.versions.get(), key=key())
    result = done.results.get()
    for status, value in (("on_track", "40"), ("done", "88,5")):
        reporting.report(
            chain.owner_actor,
            chain.again(done),
            seat=chain.owner,
            status=status,
            text="=Het ging zo",
            result=result,
            value=value,
            key=key(),
        )
    reporting.judge(chain.chair, chain.board_chair, result, kind="reached", reason="Gezien", value="89", key=key())
    chain.placement(asked)
    return ActionProgramme.objects.get()


def fixed(chain: Chain) -> Account:
    """The account of that year, fixed."""
    programme = year_of(chain)
    programmes.prepare_account(chain.secretary, programme, learned=LESSON, key=key())
    programmes.freeze(chain.chair, Account.objects.select_related("programme__dossier").get(), key=key())
    return Account.objects.get()


def read_all(client: Client) -> dict[str, bytes]:
    """The five files."""
    found = {}
    for kind in KINDS:
        page = client.get(f"/verantwoording/2026/verantwoording.{kind}")
        assert page.status_code == 200, kind
        found[kind] = page.content
    return found


def text_of_pdf(content: bytes) -> str:
    """The words on all pages."""
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def cells_of_docx(content: bytes) -> Iterator[str]:
    """The words of every paragraph and cell."""
    file = docx.Document(io.BytesIO(content))
    yield from (paragraph.text for paragraph in file.paragraphs)
    for table in file.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def ids_in(text: str) -> dict[str, set[str]]:
    """The codes of actions, results and reports in a text."""
    results = set(RESULT.findall(text))
    return {"actions": set(ACTION.findall(text)), "results": results, "reports": set(REPORT.findall(text))}


def ids_of_content(content: dict[str, Any]) -> dict[str, set[str]]:
    """The codes that the content itself holds."""
    rows = content["actions"]
    return {
        "actions": {row["code"] for row in rows},
        "results": {f"{row['code']}/{one['order'] + 1}" for row in rows for one in row["results"]},
        "reports": {one["code"] for row in rows for one in row["reports"]},
    }


def test_five_files_say_the_same(chain: Chain, as_role: ClientInRole) -> None:
    account = fixed(chain)
    files = read_all(as_role("auditor"))
    assert sha256(files["json"]).hexdigest() == account.hash
    content = json.loads(files["json"])
    wanted = ids_of_content(content)
    assert {name: len(codes) for name, codes in wanted.items()} == {"actions": 2, "results": 2, "reports": 2}

    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    by_kind: dict[str, list[str]] = {}
    for row in rows[1:]:
        by_kind.setdefault(row[0], []).append(row[1])
    assert {kind: set(codes) for kind, codes in by_kind.items() if kind != "gremium"} == {
        "actie": wanted["actions"],
        "resultaat": wanted["results"],
        "bericht": wanted["reports"],
    }
    assert {kind: len(codes) for kind, codes in by_kind.items()} == {
        "actie": 2,
        "resultaat": 2,
        "bericht": 2,
        "gremium": 1,
    }

    book = load_workbook(io.BytesIO(files["xlsx"]))
    codes = {sheet.title: [str(row[0].value) for row in sheet.iter_rows(min_row=2)] for sheet in book.worksheets}
    assert list(codes) == ["jaar", "acties", "resultaten", "berichten", "gremia"]
    assert set(codes["acties"]) == wanted["actions"]
    assert set(codes["resultaten"]) == wanted["results"]
    assert set(codes["berichten"]) == wanted["reports"]
    assert [len(rows) for rows in codes.values()][1:] == [2, 2, 2, 1]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}  # no formula, whatever was typed
    values = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"'=Een lijst", f"'{LESSON}", "'=Het ging zo"} <= values

    word, pdf = "\n".join(cells_of_docx(files["docx"])), text_of_pdf(files["pdf"])
    assert ids_in(word) == ids_in(pdf) == wanted
    for text in (word, pdf.replace("\r\n", " ")):
        assert account.hash[:16] in text
        assert "Gezien" in text
        assert chain.owner.person.name in text
        assert chain.existing.name in " ".join(text.split())
    tables = docx.Document(io.BytesIO(files["docx"])).tables
    heads = [[cell.text for cell in table.rows[0].cells][:1] for table in tables]
    assert sum(len(t.rows) - 1 for t, head in zip(tables, heads, strict=True) if head == ["Nr."]) == 4


def test_the_pdf_can_be_read_aloud_and_kept(chain: Chain, as_role: ClientInRole) -> None:
    fixed(chain)
    content = as_role("secretary").get("/verantwoording/2026/verantwoording.pdf").content
    with pikepdf.open(io.BytesIO(content)) as file, file.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert str(file.Root.Lang) == "nl"


def test_the_same_account_gives_the_same_files(chain: Chain, as_role: ClientInRole) -> None:
    fixed(chain)
    client = as_role("secretary")
    once = read_all(client)
    # what happens afterwards is not in them
    asked = chain.offer(chain.programme().actions.get(title="Melders horen het")).action
    reporting.report(chain.owner_actor, chain.again(asked), seat=chain.owner, status="stuck", text="Later", key=key())
    again = read_all(client)
    assert {kind: once[kind] for kind in ("pdf", "docx", "csv", "json")} == {
        kind: again[kind] for kind in ("pdf", "docx", "csv", "json")
    }


def test_the_name_of_who_was_erased_is_in_no_file(chain: Chain, as_role: ClientInRole) -> None:
    account, name = fixed(chain), chain.owner.person.name
    erase_person(chain.secretary, chain.owner.person, now=NOW)
    client = as_role("secretary")
    files = read_all(client)
    page = client.get("/verantwoording/2026").content.decode()
    book = load_workbook(io.BytesIO(files["xlsx"]))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    texts = [page, cells, files["csv"].decode(), "\n".join(cells_of_docx(files["docx"])), text_of_pdf(files["pdf"])]
    for text in texts:
        assert name not in text
        assert ERASED in text
    assert name not in files["json"].decode()
    assert sha256(files["json"]).hexdigest() == account.hash


def test_the_way_of_an_account_on_its_page(chain: Chain, as_role: ClientInRole) -> None:
    year_of(chain)
    secretary, chair, address = as_role("secretary"), as_role("chair"), "/verantwoording/2026"
    assert Client().get(address).status_code == 403
    text = secretary.get(address).content.decode()
    assert "concept" in text
    assert "Wat leerden wij?" in text
    assert "2 van 2 acties" in text
    assert chair.post(f"{address}/vaststellen", {"key": key()}).status_code == 404
    long = secretary.post(f"{address}/klaarzetten", {"learned": "x" * 4001, "key": key()})
    assert long.status_code == 400
    assert "x" * 4001 in long.content.decode()
    assert chair.post(f"{address}/klaarzetten", {"learned": "Ja", "key": key()}).status_code == 403
    assert secretary.post(f"{address}/klaarzetten", {"learned": LESSON, "key": key()}).status_code == 302
    assert LESSON in chair.get(address).content.decode()
    assert "Stel deze verantwoording vast" not in secretary.get(address).content.decode()
    assert secretary.post(f"{address}/vaststellen", {"key": key()}).status_code == 403
    assert chair.post(f"{address}/vaststellen", {"key": key()}).status_code == 302
    account = Account.objects.get()
    text = chair.get(address).content.decode()
    assert account.hash in text
    assert "Wat leerden wij?" not in text
    meeting = Meeting.objects.get().pk
    close_meeting(chain.secretary, chain.world.fresh(), key=key())
    assert secretary.post(f"{address}/presenteren", {"meeting": "0", "key": key()}).status_code == 404
    assert secretary.post(f"{address}/presenteren", {"meeting": meeting, "key": key()}).status_code == 302
    again = secretary.post(f"{address}/presenteren", {"meeting": meeting, "key": key()})
    assert again.status_code == 409
    assert "is al verder" in again.content.decode()
    assert secretary.post(f"{address}/decharge", {"key": key()}).status_code == 403
    assert chair.post(f"{address}/decharge", {"key": key()}).status_code == 302
    assert Account.objects.get().state == "discharged"
    assert secretary.post(f"{address}/iets", {"key": key()}).status_code == 404
    assert secretary.get(f"{address}/verantwoording.exe").status_code == 404
    assert secretary.get("/verantwoording/2031").status_code == 404


def test_the_page_in_english(chain: Chain, as_role: ClientInRole) -> None:
    fixed(chain)
    client = as_role("secretary")
    page = client.get("/verantwoording/2026/verantwoording.docx?taal=en")
    word = "\n".join(cells_of_docx(page.content))
    assert "Account of 2026" in word
    assert "of the desired results were judged" in word


def test_what_was_changed_behind_our_back_is_not_shown(chain: Chain) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the names of triggers are asked in the way of SQLite")
    account = fixed(chain)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='chain_account'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")  # as somebody with the keys of the database could
        cursor.execute("UPDATE chain_account SET content = replace(content, 'Gezien', 'Nooit gezien')")
    with pytest.raises(StateError) as caught:
        record_of(account.programme, code="", now=NOW)
    assert caught.value.code == "account_changed"
