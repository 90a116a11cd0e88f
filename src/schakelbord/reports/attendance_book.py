"""The attendance list for a spreadsheet (XLSX)."""

from __future__ import annotations

import datetime as dt

from schakelbord.reports.books import Sheet, book_of
from schakelbord.reports.meeting_paper import MeetingPaper


def attendance_xlsx(paper: MeetingPaper, *, made_at: dt.datetime) -> bytes:
    """The list as a workbook with one sheet.

    Args:
        paper: the attendance list.
        made_at: the moment that its properties name.
    """
    sheet = Sheet(paper.words["list"], tuple(paper.heads), tuple(tuple(person.cells) for person in paper.people))
    return book_of([sheet], title=paper.title, language=paper.language, made_at=made_at)
