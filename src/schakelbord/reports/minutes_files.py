"""The minutes as files, all made of one content."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.utils import translation

from schakelbord.errors import Language
from schakelbord.reports.blocks import Document
from schakelbord.reports.clean import printed
from schakelbord.reports.minutes import Minutes, content_of, digest_of
from schakelbord.reports.minutes_document import minutes_document
from schakelbord.reports.minutes_names import Names, with_names
from schakelbord.reports.typeset import pages_pdf
from schakelbord.reports.word_file import docx_of


@dataclass(frozen=True, slots=True)
class Record:
    """Minutes as people read them, their content as bytes (with references for names), and its fingerprint."""

    minutes: Minutes
    content: bytes
    digest: str

    @property
    def moment(self) -> dt.datetime:
        """The moment that files name as theirs: of adopting, else of closing."""
        return self.minutes.adopted_at or self.minutes.closed_at or self.minutes.ends_at


def record_of(minutes: Minutes, names: Names) -> Record:
    """Minutes with their fingerprint; the content has references, the minutes names."""
    content = content_of(minutes)
    return Record(with_names(minutes, names), content, digest_of(content))


def document_of(record: Record, language: Language) -> Document:
    """The minutes as a document in this language."""
    with translation.override(language):
        return minutes_document(record.minutes, digest=record.digest)


def minutes_docx(record: Record, language: Language) -> bytes:
    """The minutes for a word processor."""
    return docx_of(document_of(record, language), made_at=record.moment)


def minutes_pdf(record: Record, language: Language) -> bytes:
    """The minutes as PDF/UA-1 and PDF/A-2a.

    Raises:
        StateError: the pages cannot be made.
    """
    return pages_pdf("minutes.typ", printed(asdict(document_of(record, language))), made_on=record.moment.date())
