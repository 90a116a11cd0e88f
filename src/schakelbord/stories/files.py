"""A reading as a file: CSV, JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import msgspec
from django.utils.translation import gettext as _

from schakelbord.stories.page import StoryPage

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "﻿"


def findings_csv(page: StoryPage) -> str:
    """All gaps of a story, one a row, for a spreadsheet."""
    head = [
        _("number"),
        _("gap"),
        _("sentence"),
        _("kind"),
        _("between"),
        _("about"),
        _("since day"),
        _("by day"),
        _("with these repairs"),
    ]
    rows: list[list[str | int]] = []
    names, closed = page.moment.names, page.whatif.closed
    for gap in page.gap_rows:
        mended = gap.then if gap.key in closed else _("stays open") if page.whatif.on else ""
        cells: list[str | int] = [
            gap.number,
            gap.title,
            gap.sentence,
            str(gap.kind),
            gap.between,
            names.doll(gap.about),
            gap.day,
            gap.by or "",
            mended,
        ]
        rows.append(cells)
    return table_csv(head, rows)


def table_csv(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """A table for a spreadsheet. With a byte order mark, so that Excel reads it as UTF-8; no cell is a formula."""
    lines = io.StringIO()
    lines.write(BYTE_ORDER_MARK)
    table = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    table.writerow(head)
    table.writerows([harmless(str(cell)) for cell in row] for row in rows)
    return lines.getvalue()


def reading_json(page: StoryPage) -> bytes:
    """The reading with the repairs that are on, as the engine has it."""
    return msgspec.json.format(msgspec.json.encode(page.moment.after), indent=1)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(RISKY_STARTS) else cell
