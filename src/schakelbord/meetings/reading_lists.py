"""A list of participants as people have it: a spreadsheet, a CSV file, or pasted from a mail. Gives rows of texts."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from email.utils import getaddresses
from typing import Final

from openpyxl import load_workbook

from schakelbord.errors import InputError
from schakelbord.showing.reading import one_line_of

MOST_ROWS: Final = 10_000
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_UNPACKED: Final = 64 * 1024 * 1024
"""A workbook of 10,000 people is some 10 MB when it is unpacked."""
MOST_COLUMNS: Final = 40
LONGEST_CELL: Final = 300
XLSX_BEGIN: Final = b"PK\x03\x04"
OTHER_KINDS: Final = (b"%PDF-", b"{\\rtf", b"<!DOCTYPE", b"<html", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
ADDRESS: Final = re.compile(r"[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,]+")
RECEIVERS: Final = re.compile(r"(?i)^\s*(?:aan|to|cc|bcc|van|from)\s*:\s*")
NO_PERSON: Final = re.compile(r"(?i)^\s*(?:onderwerp|subject|datum|date|verzonden|sent)\s*:")
BULLET: Final = re.compile(r"^\s*(?:[-*•]|\d{1,4}[.)])\s+")
PARTS: Final = re.compile(r'(?:[^,;\t"]|"[^"]*"?)+')
PASTED: Final = ("naam", "e-mail", "organisatie", "functie")
Rows = list[list[str]]


def rows_of_file(name: str, content: bytes) -> Rows:
    """The rows of a file, the header first.

    Args:
        name: of the file; only to say something about it.
        content: XLSX or CSV, in UTF-8 or the letters of Windows.

    Raises:
        InputError: it is neither, is empty, or is too large.
    """
    if len(content) > MOST_BYTES:
        raise InputError(
            "file_too_large",
            name[:80],
            nl="Dit bestand is groter dan 8 MB. Haal weg wat niet nodig is, of deel het in tweeën.",
            en="This file is larger than 8 MB. Take out what is not needed, or split it.",
        )
    rows = _of_xlsx(name, content) if content.startswith(XLSX_BEGIN) else _of_csv(name, content)
    return _checked(rows, name)


def rows_of_text(text: str) -> Rows:
    """The rows of what was pasted: a table with tabs or semicolons, or addresses as mail programs write them.

    Raises:
        InputError: nothing is in it.
    """
    if len(text.encode()) > MOST_BYTES:
        raise InputError("text_too_large", "text", nl="Dit is te veel om te plakken.", en="This is too much to paste.")
    lines = [line for line in text.splitlines() if line.strip()]
    of_mail = lines and (ADDRESS.search(lines[0]) or RECEIVERS.match(lines[0]) or NO_PERSON.match(lines[0]))
    if lines and not of_mail and any(sign in lines[0] for sign in ("\t", ";")):
        sign = "\t" if "\t" in lines[0] else ";"
        return _checked([_cells(line.split(sign)) for line in lines], "")
    if lines and _is_header(lines[0].split(",")):
        try:
            return _checked([_cells(row) for row in csv.reader(lines)], "")
        except csv.Error as trouble:
            raise _unreadable("") from trouble
    return _checked([list(PASTED), *_of_lines(lines)], "")


def neutral(cell: str) -> str:
    """A cell without signs that cannot be seen, and that no spreadsheet takes for a formula."""
    found = one_line_of(cell)
    while found.startswith(FORMULA):
        found = found[1:].lstrip()
    return found[:LONGEST_CELL]


def _of_xlsx(name: str, content: bytes) -> Rows:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise _unreadable(name)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        found = []
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            found.append(_cells("" if cell is None else str(cell) for cell in row))
            if len(found) > MOST_ROWS + 1:
                break
    except InputError:
        raise
    except Exception as trouble:
        # A damaged or encrypted workbook breaks the reader in any of a dozen ways; for people they are one.
        raise _unreadable(name) from trouble
    return found


def _of_csv(name: str, content: bytes) -> Rows:
    if b"\x00" in content[:4096] or content.startswith(OTHER_KINDS):
        raise _unreadable(name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    sign = max((";", "\t", ","), key=first.count)
    try:
        return [_cells(row[:MOST_COLUMNS]) for row in csv.reader(io.StringIO(text), delimiter=sign)]
    except csv.Error as trouble:
        raise _unreadable(name) from trouble


def _of_lines(lines: Sequence[str]) -> Iterable[list[str]]:
    """People from the line of receivers of a mail, or one on each line: name, address, organisation, function."""
    for line in lines:
        if NO_PERSON.match(line):
            continue
        rest, is_receivers = RECEIVERS.subn("", BULLET.sub("", line))
        addresses = len(ADDRESS.findall(rest))
        if addresses > 1 and ";" not in rest:
            yield from (_cells([name or _name_of(address), address]) for name, address in getaddresses([rest]))
        elif addresses > 1 or (is_receivers and not addresses):
            yield from (_person(part) for part in rest.split(";") if part.strip())
        else:
            yield _person(rest)


def _person(text: str) -> list[str]:
    """One person: the part with the address has their name, or the part before it; organisation and function follow."""
    parts = [part.strip() for part in PARTS.findall(text) if part.strip()]
    place = next((place for place, part in enumerate(parts) if ADDRESS.search(part)), None)
    if place is None:
        return _cells([parts[0] if parts else "", "", *parts[1:3]])
    found = ADDRESS.search(parts[place])
    address = found[0] if found else ""
    own = parts[place].replace(address, "").strip(' <>()[]"')
    before = " ".join(part.strip('"') for part in parts[:place])
    if "," in own:
        own = " ".join(word.strip() for word in reversed(own.split(",", 1)))
    return _cells([f"{own} {before}".strip() or _name_of(address), address, *parts[place + 1 : place + 3]])


def _name_of(address: str) -> str:
    """A name as an address suggests it."""
    return address.partition("@")[0].replace(".", " ").title()


def _cells(row: Iterable[str]) -> list[str]:
    found = [neutral(cell) for cell in row]
    while found and not found[-1]:
        found.pop()
    return found


def _is_header(cells: Sequence[str]) -> bool:
    return not any("@" in cell for cell in cells) and any(
        "naam" in cell.lower() or "name" in cell.lower() for cell in cells
    )


def _checked(rows: Rows, name: str) -> Rows:
    kept = [row for row in rows if any(row)]
    if len(kept) < 2:
        raise InputError(
            "empty_list",
            name[:80],
            nl="Hier staat niemand in. De eerste regel zegt wat elke kolom bevat; daarna komt één regel per mens.",
            en="Nobody is in this. The first line says what each column holds; after it comes a line a person.",
        )
    if len(kept) > MOST_ROWS + 1:
        raise InputError(
            "too_many_rows",
            name[:80],
            nl="Dit zijn meer dan 10.000 mensen. Deel de lijst in tweeën.",
            en="These are more than 10,000 people. Split the list.",
        )
    return kept


def _unreadable(name: str) -> InputError:
    return InputError(
        "unreadable_file",
        name[:80],
        nl="Dit bestand kunnen wij niet lezen. Bewaar het als Excel-werkmap (.xlsx) of als CSV en probeer het opnieuw.",
        en="We cannot read this file. Save it as an Excel workbook (.xlsx) or as CSV and try again.",
    )
