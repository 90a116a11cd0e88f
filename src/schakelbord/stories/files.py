"""A moment or a reading as a file: SVG, CSV, JSON."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from pathlib import Path

import msgspec
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from schakelbord.stories.page import StoryPage

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")
STYLES = ("core/static/core/tokens.css", "core/static/core/pages.css", "stories/static/stories/stage.css")
BYTE_ORDER_MARK = "﻿"


def stage_svg(page: StoryPage) -> str:
    """The drawing as one file that needs nothing else: colours and pictures are inside."""
    drawn = render_to_string("stories/stage.svg", {"drawing": page.stage.drawing, "quiet": True}).strip()
    head, rest = drawn.split(">", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>\n<style>{drawing_style()}</style>{rest}\n'


@cache
def drawing_style() -> str:
    """The style sheets of the drawing, without fonts: those stay with the site."""
    package = Path(__file__).parents[1]
    sheets = (package.joinpath(name).read_text(encoding="utf-8") for name in STYLES)
    return re.sub(r"@font-face\s*\{[^}]*\}", "", "\n".join(sheets)).replace("&", "&amp;").replace("<", "&lt;")


def findings_csv(page: StoryPage) -> str:
    """All gaps of a story, one a row, for a spreadsheet. With a byte order mark, so that Excel reads it as UTF-8."""
    lines = io.StringIO()
    lines.write(BYTE_ORDER_MARK)
    table = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    table.writerow(
        [
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
    )
    names, closed = page.moment.names, page.whatif.closed
    for gap in page.gap_rows:
        mended = gap.then if gap.key in closed else _("stays open") if page.whatif.on else ""
        row = [
            gap.number,
            gap.title,
            gap.sentence,
            gap.kind,
            gap.between,
            names.doll(gap.about),
            gap.day,
            gap.by or "",
            mended,
        ]
        table.writerow([_safe(str(cell)) for cell in row])
    return lines.getvalue()


def reading_json(page: StoryPage) -> bytes:
    """The reading with the repairs that are on, as the engine has it."""
    return msgspec.json.format(msgspec.json.encode(page.moment.after), indent=1)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(RISKY_STARTS) else cell
