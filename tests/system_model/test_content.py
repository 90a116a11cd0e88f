"""The model as rows and as files: what goes out comes back the same, and a broken file changes nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from schakelbord.engine import load_catalogue
from schakelbord.errors import InputError
from schakelbord.system_model.columns import SECTIONS, Row, columns_of, read, shown, tidy, value_at, with_value
from schakelbord.system_model.content import as_text, check, content_of, from_text
from schakelbord.system_model.exchange import as_csv, as_xlsx, as_yaml, as_yaml_zip, read_file
from schakelbord.system_model.graphml import as_graphml

CONTENT = content_of(load_catalogue())


def test_the_shipped_model_is_the_same_catalogue_after_a_round_trip_through_rows() -> None:
    checked = check(from_text(as_text(CONTENT)))
    assert checked.errors == 0
    assert checked.catalogue is not None
    assert checked.catalogue.digest == load_catalogue().digest


@pytest.mark.parametrize("section", SECTIONS)
def test_every_cell_reads_back_to_its_value(section: str) -> None:
    for row in CONTENT[section]:
        for column in columns_of(section):
            value = value_at(row, column)
            assert read(shown(value, column), column) in (value, None if value == [] else value)


def test_a_workbook_reads_back_to_the_same_model() -> None:
    found = read_file("stelsel.xlsx", as_xlsx(CONTENT))
    assert found.wrong == ()
    assert found.content == CONTENT


def test_all_yaml_files_read_back_and_make_the_same_zip() -> None:
    made = as_yaml_zip(CONTENT)
    assert read_file("stelsel.zip", made).content == CONTENT
    assert as_yaml_zip(read_file("stelsel.zip", made).content) == made


@pytest.mark.parametrize("section", SECTIONS)
def test_one_section_as_csv_or_yaml_reads_back(section: str) -> None:
    assert read_file(f"{section}.csv", as_csv(section, CONTENT[section]).encode()).content[section] == CONTENT[section]
    assert (
        read_file(f"{section}.yaml", as_yaml(section, CONTENT[section]).encode()).content[section] == CONTENT[section]
    )


def test_a_csv_that_excel_saved_with_windows_letters_and_commas_is_read() -> None:
    rows = [{"id": "a", "name": {"nl": "Café", "en": "Café"}, "kind": "fact"}]
    text = as_csv("signals", rows).lstrip("\ufeff").replace(";", ",")
    assert read_file("signals.csv", text.encode("cp1252")).content["signals"] == rows


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).map(str.strip).filter(bool)


@given(names=st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
@settings(max_examples=40)
def test_any_text_survives_every_kind_of_file(names: Sequence[tuple[str, str]]) -> None:
    rows: list[Row] = [
        {"id": f"s{number}", "name": {"nl": nl, "en": en}, "kind": "fact"} for number, (nl, en) in enumerate(names)
    ]
    whole = {section: [] for section in SECTIONS} | {"signals": rows}
    assert read_file("signals.csv", as_csv("signals", rows).encode()).content["signals"] == rows
    assert read_file("m.xlsx", as_xlsx(whole)).content["signals"] == rows
    assert read_file("signals.yaml", as_yaml("signals", rows).encode()).content["signals"] == rows


def test_no_cell_of_a_spreadsheet_begins_a_formula() -> None:
    rows = [{"id": "a", "name": {"nl": "=1+1", "en": "@cmd"}, "kind": "fact"}]
    text = as_csv("signals", rows)
    assert "'=1+1" in text
    assert "'@cmd" in text
    assert read_file("signals.csv", text.encode()).content["signals"] == rows


def test_graphml_names_every_organisation_and_channel() -> None:
    text = as_graphml(CONTENT, "nl").decode()
    assert text.count("<node ") == len(CONTENT["organisations"]) + len(CONTENT["bodies"])
    assert text.count("<edge ") >= len(CONTENT["channels"])


def workbook_with(cell: object) -> bytes:
    """A workbook with one channel whose delay is this."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "channels"
    sheet.append(["id", "from", "to", "carries", "scope", "delay.days"])
    sheet.append(["a", "school", "veilig_thuis", "*", "same_place", cell])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_wrong_cell_is_named_with_sheet_row_and_column() -> None:
    found = read_file("x.xlsx", workbook_with("vijf"))
    assert [(row.place, row.column) for row in found.wrong] == [("channels 2", "delay.days")]
    assert "heel getal" in found.wrong[0].nl


def test_a_formula_in_a_workbook_is_never_computed() -> None:
    found = read_file("x.xlsx", workbook_with("=1+1"))
    assert found.content["channels"][0].get("delay") in (None, {"days": 2}) or found.wrong


def zip_bomb() -> bytes:
    """Small when packed, far too much when not."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}/channels.yaml", b"0" * (80 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("stelsel.pdf", b"%PDF", "file_kind"),
        ("stelsel.xlsx", b"no zip at all", "file_broken"),
        ("stelsel.zip", b"PK\x03\x04broken", "file_broken"),
        ("iets.csv", b"id;name\n", "file_section"),
        ("channels.yaml", b"id: not a list", "file_broken"),
        ("signals.csv", b"\x00" * (21 * 1024 * 1024), "file_large"),
    ],
)
def test_a_file_of_the_wrong_kind_gets_one_clear_sentence(name: str, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_file(name, data)
    assert refusal.value.code == code
    assert refusal.value.nl


def test_a_zip_that_unpacks_to_far_too_much_is_not_unpacked() -> None:
    with pytest.raises(InputError, match="too large"):
        read_file("stelsel.zip", zip_bomb())


def test_what_is_wrong_in_a_row_is_said_at_that_row() -> None:
    column = next(column for column in columns_of("channels") if column.name == "to")
    broken = [tidy("channels", with_value(CONTENT["channels"][3], column, "nowhere"))]
    checked = check({**CONTENT, "channels": [*CONTENT["channels"][:3], *broken, *CONTENT["channels"][4:]]})
    assert checked.catalogue is None
    assert {row.row for row in checked.troubles if row.level == "error"} == {CONTENT["channels"][3]["id"]}
