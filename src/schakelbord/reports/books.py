"""Workbooks (XLSX). No cell is a formula, whatever people type; the same data give the same cells."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from schakelbord.reports.clean import for_xml
from schakelbord.reports.word_file import PROGRAM
from schakelbord.stories.files import harmless

LONGEST_TITLE: Final = 31
LONGEST_CELL: Final = 32_000
NARROWEST: Final = 10
WIDEST: Final = 48


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, the heads of its columns and the rows under them."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def book_of(sheets: Sequence[Sheet], *, title: str, language: str, made_at: dt.datetime) -> bytes:
    """A workbook.

    Args:
        sheets: at least one.
        title: of the workbook, in its properties.
        language: in which it is written.
        made_at: the moment that its properties name.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title[:LONGEST_TITLE]), sheet)
    about = book.properties
    about.title, about.language = title, language
    about.creator = about.lastModifiedBy = PROGRAM
    about.created = about.modified = made_at.astimezone(dt.UTC).replace(tzinfo=None)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for at, row in enumerate((sheet.heads, *sheet.rows), start=1):
        for column, text in enumerate(row, start=1):
            cell = page.cell(at, column, harmless(for_xml(text))[:LONGEST_CELL])
            cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=at == 1)
    for column, head in enumerate(sheet.heads, start=1):
        longest = max([len(head), *(len(row[column - 1]) for row in sheet.rows)])
        page.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, NARROWEST), WIDEST)
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
