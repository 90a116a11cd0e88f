"""The attendance list for a spreadsheet (XLSX). No cell is a formula, whatever people call themselves."""

from __future__ import annotations

import datetime as dt
import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from schakelbord.reports.clean import for_xml
from schakelbord.reports.meeting_paper import MeetingPaper
from schakelbord.reports.word_file import PROGRAM
from schakelbord.stories.files import harmless

WIDTHS: Final = (28, 34, 28, 24, 18, 18, 12)
LONGEST_TITLE: Final = 31


def attendance_xlsx(paper: MeetingPaper, *, made_at: dt.datetime) -> bytes:
    """The list as a workbook with one sheet.

    Args:
        paper: the attendance list.
        made_at: the moment that its properties name.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = paper.words["list"][:LONGEST_TITLE]
    for at, row in enumerate((paper.heads, *(person.cells for person in paper.people)), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(at, column, harmless(for_xml(text)))
            cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=at == 1)
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    about = book.properties
    about.title, about.language = paper.title, paper.language
    about.creator = about.lastModifiedBy = PROGRAM
    about.created = about.modified = made_at.astimezone(dt.UTC).replace(tzinfo=None)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
