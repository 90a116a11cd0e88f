"""The system model as files, both ways: XLSX, CSV, YAML. What is read is data, never instructions."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from schakelbord.engine.catalogue_files import FILES
from schakelbord.engine.decode import Document, Enough, decode_rows
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.yaml_source import Fatal, parse
from schakelbord.engine.yaml_source import Sequence as YamlSequence
from schakelbord.errors import InputError, SchakelbordError
from schakelbord.system_model.columns import (
    SECTIONS,
    Column,
    Row,
    columns_of,
    plain_of,
    read,
    shown,
    tidy,
    value_at,
    with_value,
)

MOST_ROWS: Final = 10_000
MOST_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED: Final = 100 * 1024 * 1024
MOST_ENTRIES: Final = 500
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
MOST_COLUMNS: Final = 200
NOT_TYPED: Final = frozenset({"f", "e"})
FORMULA: Final = {
    "nl": "hier staat een formule of een fout van Excel; zet de waarde zelf neer (kopieer, plak als waarden).",
    "en": "here is a formula or an error of Excel; put the value itself (copy, paste as values).",
}
Content = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be used: where it stands and why."""

    place: str
    column: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Import:
    """What a file says: the rows by section, and every cell that cannot be used."""

    content: dict[str, list[Row]]
    wrong: tuple[Wrong, ...]


def as_xlsx(content: Content) -> bytes:
    """A workbook with a sheet a section. Cells are texts or numbers, never formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for section in SECTIONS:
        sheet = book.create_sheet(section)
        columns = columns_of(section)
        sheet.append([column.name for column in columns])
        for row in content[section]:
            sheet.append([_cell(row, column) for column in columns])
        for cells in sheet.iter_rows(min_row=1, max_row=1):
            for cell in cells:
                cell.font = Font(bold=True)
        for number, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = 40 if column.kind in {"rows", "list"} else 22
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.alignment = Alignment(vertical="top")
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        sheet.freeze_panes = "B2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_csv(section: str, rows: Sequence[Row]) -> str:
    """One section as a table for a spreadsheet, with semicolons and a byte order mark, so that Excel reads it."""
    lines = io.StringIO()
    lines.write("\ufeff")
    table = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    columns = columns_of(section)
    table.writerow([column.name for column in columns])
    for row in rows:
        table.writerow([_neutral(shown(value_at(row, column), column)) for column in columns])
    return lines.getvalue()


def as_yaml(section: str, rows: Sequence[Row]) -> str:
    """One section as its file."""
    head = f"# {section}.yaml\n"
    return head + yaml.safe_dump(
        [tidy(section, row) for row in rows], allow_unicode=True, sort_keys=False, width=140, default_flow_style=None
    )


def as_yaml_zip(content: Content) -> bytes:
    """All six files together; the same bytes for the same content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for section in SECTIONS:
            entry = zipfile.ZipInfo(f"{section}.yaml", date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, as_yaml(section, content[section]))
    return stream.getvalue()


def read_file(name: str, data: bytes) -> Import:
    """The rows in a file: a workbook, a table of one section, one YAML file, or a zip of them.

    Raises:
        InputError: the file is of another kind, too large, or cannot be read at all.
    """
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    ending = name.rpartition(".")[2].lower()
    reader = {"xlsx": _read_xlsx, "csv": _read_csv, "yaml": _read_yaml, "yml": _read_yaml, "zip": _read_zip}.get(ending)
    if reader is None:
        raise InputError(
            "file_kind",
            name[:80],
            nl="Dit soort bestand kunnen wij niet lezen. Kies .xlsx, .csv, .yaml of .zip zoals de export die maakt.",
            en="We cannot read this kind of file. Choose a .xlsx, .csv, .yaml or .zip as the export makes it.",
        )
    found = reader(name, data)
    if any(len(rows) > MOST_ROWS for rows in found.content.values()):
        raise InputError(
            "file_long", name, nl="Een onderdeel heeft meer dan 10.000 regels.", en="A section has over 10,000 rows."
        )
    return found


def _cell(row: Row, column: Column) -> str | int:
    value = value_at(row, column)
    return value if column.kind == "number" and isinstance(value, int) else _neutral(shown(value, column))


def _neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _bare(cell: str) -> str:
    """A cell as it was before it was made harmless."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell


def _read_xlsx(name: str, data: bytes) -> Import:
    _refuse_bomb(name, data)
    try:
        # Formulas come as they are written and are refused: what Excel once made of them is nobody's word.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        tables = {sheet.title: _lines_of(sheet) for sheet in book.worksheets if sheet.title in SECTIONS}
    except Exception as trouble:  # the library raises whatever it meets in a broken file
        raise _unreadable(name, ".xlsx") from trouble
    content: dict[str, list[Row]] = {}
    wrong: list[Wrong] = []
    for section, (lines, formulas) in tables.items():
        content[section], bad = _table(section, iter(lines), section)
        wrong += [*formulas, *bad]
    if not content:
        raise _no_sections(name)
    return Import(content, tuple(wrong))


def _lines_of(sheet: Worksheet) -> tuple[list[list[str]], list[Wrong]]:
    """The cells of a sheet as texts, and where a formula or an error of Excel stands."""
    lines: list[list[str]] = []
    wrong: list[Wrong] = []
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS), start=1):
        lines.append(["" if cell.data_type in NOT_TYPED else _text_of(cell.value) for cell in row])
        for place, cell in enumerate(row):
            if cell.data_type in NOT_TYPED:
                head = lines[0][place] if number > 1 and place < len(lines[0]) else ""
                wrong.append(Wrong(f"{sheet.title} {number}", head, **FORMULA))
    return lines, wrong


def _read_csv(name: str, data: bytes) -> Import:
    section = _section_in(name)
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows, wrong = _table(section, csv.reader(io.StringIO(text), delimiter=delimiter), name)
    except csv.Error as trouble:
        raise _unreadable(name, ".csv") from trouble
    return Import({section: rows}, tuple(wrong))


def _read_yaml(name: str, data: bytes) -> Import:
    section = _section_in(name)
    try:
        root, problems = parse(data, name)
    except Fatal as fatal:
        raise ProblemsError(fatal.problems) from None
    if not isinstance(root, YamlSequence):
        raise _unreadable(name, ".yaml")
    document = Document(name, root, problems)
    rows: tuple[msgspec.Struct, ...] = ()
    with suppress(Enough):
        rows = decode_rows(document, FILES[section])
    wrong = tuple(
        Wrong(f"{name} {problem.spot.line}:{problem.spot.column}", "", problem.says.nl, problem.says.en)
        for problem in document.problems
        if problem.level == "error"
    )
    return Import({section: [plain_of(row) for row in rows]}, wrong)


def _read_zip(name: str, data: bytes) -> Import:
    _refuse_bomb(name, data)
    content: dict[str, list[Row]] = {}
    wrong: list[Wrong] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            inside = entry.filename.rpartition("/")[2]
            if inside.rpartition(".")[0] in SECTIONS and inside.endswith((".yaml", ".yml", ".csv")):
                found = read_file(inside, _unpacked(archive, entry, name))
                content |= found.content
                wrong += found.wrong
    if not content:
        raise _no_sections(name)
    return Import(content, tuple(wrong))


def _table(section: str, lines: Iterator[list[str]], place: str) -> tuple[list[Row], list[Wrong]]:
    """Rows of a table with a head; every cell that cannot be used with its place."""
    head = next(lines, [])
    columns = {column.name: column for column in columns_of(section)}
    names = [name.strip() for name in head]
    wrong = [
        Wrong(f"{place} 1", name, "deze kolom kennen wij niet.", "we do not know this column.")
        for name in names
        if name and name not in columns
    ]
    if "id" not in names:
        wrong.append(Wrong(f"{place} 1", "id", "de kolom id ontbreekt.", "the column id is missing."))
        return [], wrong
    rows = []
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        row: Row = {}
        for name, cell in zip(names, line, strict=False):
            if name not in columns:
                continue
            try:
                row = with_value(row, columns[name], read(_bare(cell), columns[name]))
            except SchakelbordError as refusal:
                wrong.append(Wrong(f"{place} {number}", name, refusal.nl, refusal.en))
        if "id" not in row:
            wrong.append(Wrong(f"{place} {number}", "id", "deze regel heeft geen id.", "this row has no id."))
        else:
            rows.append(tidy(section, _with_lists(section, row)))
    return rows, wrong


def _with_lists(section: str, row: Row) -> Row:
    """A required list that is empty in a table is an empty list, not nothing."""
    for column in columns_of(section):
        if column.required and column.kind in {"list", "rows"} and value_at(row, column) is None:
            row = dict(row) | {column.path[0]: []}
    return row


def _text_of(cell: Any) -> str:
    """A cell of a workbook as text: dates as dates, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _decoded(data: bytes) -> str:
    """Text as Excel may have written it: UTF-8 with or without a mark, "Unicode text", else Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _refuse_bomb(name: str, data: bytes) -> None:
    """Stop at a zip that unpacks to more than we would ever need, or whose XML brings definitions of its own."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as trouble:
        raise _unreadable(name, "." + name.rpartition(".")[2]) from trouble
    with archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise _too_large(name)
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")) and _defines(_unpacked(archive, entry, name)):
                raise _unreadable(name, "." + name.rpartition(".")[2])


def _defines(part: bytes) -> bool:
    """Whether XML has a document type, in which entities could be defined; in another coding we do not look further."""
    return b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """What is in a part of a zip. Never more than it says itself, which was added up before."""
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error) as trouble:
        raise _unreadable(name, "." + name.rpartition(".")[2]) from trouble


def _section_in(name: str) -> str:
    found = next((section for section in SECTIONS if section in name.lower()), None)
    if found is None:
        raise _no_sections(name)
    return found


def _no_sections(name: str) -> InputError:
    known = ", ".join(SECTIONS)
    return InputError(
        "file_section",
        name[:80],
        nl=f"Wij zien niet welk onderdeel dit is. Noem het bestand of het blad naar: {known}.",
        en=f"We cannot see which section this is. Name the file or the sheet after: {known}.",
    )


def _too_large(name: str) -> InputError:
    return InputError("file_large", name[:80], nl="Dit bestand is te groot.", en="This file is too large.")


def _unreadable(name: str, kind: str) -> InputError:
    return InputError(
        "file_broken",
        name[:80],
        nl=f"Dit is geen leesbaar {kind}-bestand. Maak het opnieuw met de export en probeer het weer.",
        en=f"This is no readable {kind} file. Make it anew with the export and try again.",
    )
