"""A document for a word processor (DOCX): real headings and tables, in its language, without anybody's name in it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from schakelbord.reports.blocks import Block, Document, Facts, Grid, Heading, Para
from schakelbord.reports.clean import for_xml

LOCALES: Final = {"nl": "nl-NL", "en": "en-GB"}
PROGRAM: Final = "Schakelbord"
WIDE: Final = 9638
"""Twentieths of a point between the margins."""


def docx_of(document: Document, *, made_at: dt.datetime) -> bytes:
    """The document as a file; the same document gives the same bytes.

    Args:
        document: what it says.
        made_at: the moment that its properties name.
    """
    file = docx.Document()
    _look(file, document)
    _properties(file, document, made_at=made_at)
    file.add_paragraph(for_xml(document.kicker), style="Subtitle")
    file.add_paragraph(for_xml(document.title), style="Title")
    _say(file, document.notice, bold=True)
    for block in document.blocks:
        _write(file, block)
    kept = io.BytesIO()
    file.save(kept)
    return _same_bytes(kept.getvalue())


def _write(file: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        file.add_heading(for_xml(block.text), level=block.level)
    elif isinstance(block, Para):
        _say(file, block.text, bold=False)
    elif isinstance(block, Facts):
        for name, value in block.rows:
            line = file.add_paragraph()
            line.paragraph_format.space_after = Pt(2)
            line.add_run(for_xml(f"{name}: ")).bold = True
            line.add_run(for_xml(value))
    else:
        _grid(file, block)


def _say(file: WordDocument, text: str, *, bold: bool) -> None:
    file.add_paragraph().add_run(for_xml(text)).bold = bold


def _grid(file: WordDocument, grid: Grid) -> None:
    """A table whose first row comes back on each page; written as XML at once, for there may be thousands of rows."""
    caption = file.add_paragraph(for_xml(grid.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    widths = [WIDE * share // sum(grid.shares) for share in grid.shares]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(grid.heads, widths, is_head=True)
    rows = "".join(_row(row, widths, is_head=False) for row in grid.rows)
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" '
        'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(for_xml(grid.caption))}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
    )
    caption._p.addnext(parse_xml(xml))  # noqa: SLF001 - the library has no other way to put a table in at once
    file.add_paragraph().paragraph_format.space_after = Pt(2)


def _row(cells: Iterable[str], widths: Iterable[int], *, is_head: bool) -> str:
    marks = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else "<w:trPr><w:cantSplit/></w:trPr>"
    letters = "<w:rPr><w:b/></w:rPr>" if is_head else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:after="40"/></w:pPr>'
        f'<w:r>{letters}<w:t xml:space="preserve">{escape(for_xml(cell))}</w:t></w:r></w:p></w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{marks}{inside}</w:tr>"


def _look(file: WordDocument, document: Document) -> None:
    """Black letters that every office has, A4, and the language for the spelling checker and the screen reader."""
    styles = file.styles
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        font = styles[name].font
        font.name, font.color.rgb, font.italic = "Arial", RGBColor(0, 0, 0), False
        marks = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            marks.attrib.pop(qn(f"w:{theme}"), None)
    for name, size in (("Normal", 10), ("Title", 22), ("Subtitle", 10), ("Heading 1", 16), ("Heading 2", 12.5)):
        styles[name].font.size = Pt(size)
    styles["Caption"].font.size = Pt(9.5)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LOCALES[document.language])
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    foot.add_run(for_xml(f"{document.footer} · ")).font.size = Pt(8)
    number = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    foot._p.append(parse_xml(number))  # noqa: SLF001 - the library knows no page numbers


def _properties(file: WordDocument, document: Document, *, made_at: dt.datetime) -> None:
    """What the file says of itself: the program made it, nobody else is named."""
    about = file.core_properties
    about.title, about.subject = for_xml(document.title)[:255], for_xml(document.description)[:255]
    about.author = about.last_modified_by = PROGRAM
    about.comments = about.keywords = about.category = ""
    about.language = LOCALES[document.language]
    about.created = about.modified = made_at.astimezone(dt.UTC).replace(tzinfo=None)
    about.revision = 1


def _same_bytes(content: bytes) -> bytes:
    """The same file without the moment at which it was packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(kept, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return kept.getvalue()
