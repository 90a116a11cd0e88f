"""Out and in again: the same model, to the letter; whatever stands in a file is data, never an instruction."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from schakelbord.engine import load_catalogue
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.catalogue_files import load_catalogue_from, with_digest
from schakelbord.engine.shipped import CATALOGUE
from schakelbord.engine.text import Text
from schakelbord.errors import InputError
from schakelbord.system_model import exchange, graphml
from schakelbord.system_model.columns import SECTIONS
from schakelbord.system_model.content import as_text, check, content_of, from_text

SHIPPED = load_catalogue()
WORDS = st.text(
    st.one_of(st.sampled_from("=+-@'\";,|[]{}#:&*!? \n\t<>_x0"), st.characters(exclude_categories=("C",))),
    min_size=1,
    max_size=30,
).filter(lambda text: text == text.strip() and text != "")


def _through_csv(content: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    found = {}
    for section in SECTIONS:
        read = exchange.read_file(f"{section}.csv", exchange.as_csv(section, content[section]).encode())
        assert read.wrong == ()
        found |= read.content
    return found


def _through_yaml(content: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    found = {}
    for section in SECTIONS:
        found |= exchange.read_file(f"{section}.yaml", exchange.as_yaml(section, content[section]).encode()).content
    return found


def _through_zip(content: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    return exchange.read_file("stelsel.zip", exchange.as_yaml_zip(content)).content


def _through_xlsx(content: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    read = exchange.read_file("stelsel.xlsx", exchange.as_xlsx(content))
    assert read.wrong == ()
    return read.content


WAYS = {"csv": _through_csv, "yaml": _through_yaml, "zip": _through_zip, "xlsx": _through_xlsx}


def _same(one: Catalogue | None, other: Catalogue) -> bool:
    assert one is not None
    return all(getattr(one, section) == getattr(other, section) for section in SECTIONS) and one.digest == other.digest


@pytest.mark.parametrize("way", WAYS)
def test_the_shipped_model_comes_back_to_the_letter(way: str) -> None:
    content = content_of(SHIPPED)
    back = WAYS[way](content)
    assert as_text(back) == as_text(content)
    assert _same(check(back).catalogue, SHIPPED)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=40)
@given(name=WORDS, law=WORDS, source=WORDS, article=WORDS)
def test_any_text_comes_back_to_the_letter(way: str, name: str, law: str, source: str, article: str) -> None:
    channel = SHIPPED.channels[0]
    assert channel.ground is not None
    ground = msgspec.structs.replace(channel.ground, law=law, article=article, source=source)
    signal = msgspec.structs.replace(SHIPPED.signals[0], name=Text(nl=name, en=name))
    changed = msgspec.structs.replace(
        SHIPPED,
        channels=(msgspec.structs.replace(channel, ground=ground), *SHIPPED.channels[1:3]),
        signals=(signal, *SHIPPED.signals[1:]),
        bodies=SHIPPED.bodies[:2],
    )
    content = content_of(with_digest(changed))
    assert as_text(WAYS[way](content)) == as_text(content)


def test_the_files_in_the_package_are_read_as_what_they_say() -> None:
    content: dict[str, list[dict[str, object]]] = {}
    for section in SECTIONS:
        file = CATALOGUE / f"{section}.yaml"
        content |= exchange.read_file(file.name, file.read_bytes()).content
    assert as_text(content) == as_text(content_of(SHIPPED))
    graphml.as_graphml(content, "nl")


def test_the_yaml_is_read_by_the_engine_as_well(tmp_path) -> None:  # type: ignore[no-untyped-def]
    archive = zipfile.ZipFile(io.BytesIO(exchange.as_yaml_zip(content_of(SHIPPED))))
    archive.extractall(tmp_path)
    assert load_catalogue_from(tmp_path).digest == SHIPPED.digest


def test_no_cell_of_a_workbook_or_table_is_a_formula() -> None:
    signal = msgspec.structs.replace(SHIPPED.signals[0], name=Text(nl="=1+1", en="@SUM(A1)"))
    content = content_of(msgspec.structs.replace(SHIPPED, signals=(signal,)))
    sheet = load_workbook(io.BytesIO(exchange.as_xlsx(content)))["signals"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert not any(str(cell.value or "").startswith(("=", "+", "-", "@")) for row in sheet.iter_rows() for cell in row)
    cells = exchange.as_csv("signals", content["signals"]).splitlines()[1].split(";")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_is_read_as_excel_may_have_written_it(coding: str, delimiter: str) -> None:
    head = delimiter.join(["id", "name.nl", "name.en", "kind"])
    line = delimiter.join(["moe_cafe", "Is moe na café", "Tired", "fact"])
    read = exchange.read_file("signals.csv", f"{head}\r\n{line}\r\n".encode(coding))
    assert read.wrong == ()
    assert read.content["signals"][0]["name"] == {"nl": "Is moe na café", "en": "Tired"}


def test_trouble_is_told_with_sheet_row_and_column() -> None:
    book = load_workbook(io.BytesIO(exchange.as_xlsx(content_of(SHIPPED))))
    sheet = book["channels"]
    column = [cell.value for cell in sheet[1]].index("delay.days") + 1
    sheet.cell(4, column).value = "vijf"
    stream = io.BytesIO()
    book.save(stream)
    (wrong,) = exchange.read_file("stelsel.xlsx", stream.getvalue()).wrong
    assert ("channels" in wrong.place, "4" in wrong.place, wrong.column) == (True, True, "delay.days")
    assert "vijf" in wrong.nl


def test_a_formula_in_a_workbook_is_refused_where_it_stands_and_never_computed() -> None:
    book = load_workbook(io.BytesIO(exchange.as_xlsx(content_of(SHIPPED))))
    book["signals"]["B3"] = '=HYPERLINK("https://example.org","klik")'
    stream = io.BytesIO()
    book.save(stream)
    read = exchange.read_file("stelsel.xlsx", stream.getvalue())
    assert any("signals" in wrong.place and "3" in wrong.place for wrong in read.wrong)


def _told(name: str, data: bytes) -> list[str]:
    """What somebody hears about a file: one sentence about it as a whole, or one for each wrong cell."""
    try:
        return [wrong.nl for wrong in exchange.read_file(name, data).wrong]
    except InputError as refusal:
        return [refusal.nl]


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 10_000_000)
    return stream.getvalue()


def _laughs() -> bytes:
    stream = io.BytesIO(exchange.as_xlsx(content_of(SHIPPED)))
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + data
            new.writestr(entry.filename, data)
    return made.getvalue()


def _empty_book() -> bytes:
    stream = io.BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("stelsel.xlsx", _bomb),
        ("stelsel.zip", _bomb),
        ("stelsel.xlsx", _laughs),
        ("stelsel.xlsx", _empty_book),
        ("stelsel.xlsx", lambda: b"PK\x03\x04 no"),
        ("stelsel.xlsx", lambda: b"%PDF-1.7"),
        ("foto.png", lambda: b"\x89PNG\r\n\x1a\n"),
        ("channels.yaml", lambda: b"&a [*a]"),
        ("channels.yaml", lambda: b"!!python/object:os.system [id]"),
        ("channels.yaml", lambda: b"\xff\xfe\x00"),
        ("channels.csv", lambda: b""),
        ("iets.csv", lambda: b"id;name\n"),
        ("stelsel.xls", lambda: b"\xd0\xcf\x11\xe0"),
    ],
)
def test_a_file_of_the_wrong_kind_gets_one_clear_sentence(name: str, make: Callable[[], bytes]) -> None:
    told = _told(name, make())
    assert told
    assert all(len(sentence) < 400 and "Traceback" not in sentence for sentence in told)


@given(data=st.binary(max_size=400))
@pytest.mark.parametrize("name", ["stelsel.xlsx", "stelsel.zip", "signals.csv", "signals.yaml"])
def test_any_bytes_are_an_answer_and_never_a_fault(name: str, data: bytes) -> None:
    assert all(_told(name, data))


def test_a_version_is_kept_as_text_that_reads_back() -> None:
    content = content_of(SHIPPED)
    assert from_text(as_text(content)) == content


def test_a_formula_is_named_with_its_column() -> None:
    book = load_workbook(io.BytesIO(exchange.as_xlsx(content_of(SHIPPED))))
    book["signals"]["B3"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    (wrong,) = [row for row in exchange.read_file("stelsel.xlsx", stream.getvalue()).wrong if "formule" in row.nl]
    assert (wrong.place, wrong.column) == ("signals 3", "name.nl")


def test_a_wrong_value_in_yaml_is_told_with_line_and_column() -> None:
    (wrong,) = exchange.read_file("signals.yaml", b"- {id: moe, name: {nl: Moe, en: Tired}, kind: feit}\n").wrong
    assert wrong.place.startswith("signals.yaml 1:")
    assert "feit" in wrong.nl
