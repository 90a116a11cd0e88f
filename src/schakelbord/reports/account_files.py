"""The account of a year as files: PDF, DOCX, XLSX, CSV and JSON, all of one content, with the same codes and counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from django.utils import translation
from django.utils.translation import gettext as _

from schakelbord.chain.codes import PlacementState, VerdictKind
from schakelbord.errors import Language
from schakelbord.reports.account_content import AccountRecord, result_id
from schakelbord.reports.account_document import (
    account_document,
    number_words,
    state_words,
    status_words,
)
from schakelbord.reports.blocks import Document
from schakelbord.reports.books import Sheet, book_of
from schakelbord.reports.clean import printed
from schakelbord.reports.typeset import pages_pdf
from schakelbord.reports.word_file import docx_of
from schakelbord.stories.files import table_csv


def document_of(record: AccountRecord, language: Language) -> Document:
    """The account as a document in this language."""
    with translation.override(language):
        return account_document(record)


def account_pdf(record: AccountRecord, language: Language) -> bytes:
    """The account as PDF/UA-1 and PDF/A-2a.

    Raises:
        StateError: the pages cannot be made.
    """
    return pages_pdf("minutes.typ", printed(asdict(document_of(record, language))), made_on=record.moment.date())


def account_docx(record: AccountRecord, language: Language) -> bytes:
    """The account for a word processor."""
    return docx_of(document_of(record, language), made_at=record.moment)


def account_xlsx(record: AccountRecord, language: Language) -> bytes:
    """The account as a workbook: a sheet for the year and one for each kind of row."""
    with translation.override(language):
        document = account_document(record)
        content = record.content
        year = Sheet(
            _("year"),
            (_("what"), _("value")),
            (
                (_("code"), record.code),
                (_("dossier"), content["dossier"]),
                (_("year"), str(content["year"])),
                (_("bodies"), "\n".join(content["bodies"])),
                (_("as it was on"), content["day"]),
                *((f"{one.title}: {one.how}", f"{one.figure} ({one.of})") for one in number_words(record)),
                (_("what we learned"), content["learned"]),
                (_("fingerprint (SHA-256)"), record.digest),
            ),
        )
        sheets = [year, _actions(record), _results(record), _reports(record), _placements(record)]
        return book_of(sheets, title=document.title, language=language, made_at=record.moment)


def account_csv(record: AccountRecord, language: Language) -> bytes:
    """The account as one table: a row for each action, result, report and body that was looked at."""
    with translation.override(language):
        heads = (_("kind"), _("code"), _("action"), _("text"), _("state"), _("day"), _("who"), _("value"), _("reason"))
        return table_csv(heads, _lines(record)).encode()


def account_json(record: AccountRecord, language: Language) -> bytes:
    """The content itself, byte for byte what the fingerprint is of."""
    return record.text.encode()


def _lines(record: AccountRecord) -> Iterator[tuple[str, ...]]:
    for action in record.content["actions"]:
        code = action["code"]
        owner = record.name(action["owner"]["seat"])
        yield (
            _("action"),
            code,
            code,
            action["title"],
            state_words(action),
            action["due"] or "",
            owner,
            action["body"],
            action["no_body_reason"],
        )
        for row in action["results"]:
            judge = record.name(row["verdict_seat"])
            verdict = str(VerdictKind(row["verdict"]).label) if row["verdict"] else ""
            day = (row["verdict_at"] or "")[:10]
            value, why = row["verdict_value"] or "", row["verdict_reason"]
            yield _("result"), result_id(action, row), code, row["text"], verdict, day, judge, value, why
        for row in action["reports"]:
            day, who, value = row["at"][:10], record.name(row["seat"]), row["value"] or ""
            yield _("report"), row["code"], code, row["text"], status_words(row), day, who, value, ""
        for row in action["placements"]:
            state = str(PlacementState(row["state"]).label)
            yield _("body"), "", code, row["body"], state, (row["answered"] or "")[:10], "", "", row["reason"]


def _actions(record: AccountRecord) -> Sheet:
    return Sheet(
        _("actions"),
        (
            _("code"),
            _("action"),
            _("state"),
            _("owner"),
            _("function"),
            _("organisation"),
            _("lies with"),
            _("why no body"),
            _("at the latest"),
            _("decision"),
            _("proposal"),
            _("harvest"),
            _("gaps and dilemmas"),
            _("why directly"),
        ),
        tuple(
            (
                row["code"],
                row["title"],
                state_words(row),
                record.name(row["owner"]["seat"]),
                row["owner"]["function"],
                row["owner"]["organisation"],
                row["body"],
                row["no_body_reason"],
                row["due"] or "",
                row["decision"],
                row["proposal"],
                ", ".join(row["harvests"]),
                ", ".join(row["issues"]),
                row["direct_reason"],
            )
            for row in record.content["actions"]
        ),
    )


def _results(record: AccountRecord) -> Sheet:
    return Sheet(
        _("results"),
        (
            _("code"),
            _("action"),
            _("desired result"),
            _("unit"),
            _("baseline"),
            _("target"),
            _("verdict"),
            _("value"),
            _("who"),
            _("reason"),
        ),
        tuple(
            (
                result_id(action, row),
                action["code"],
                row["text"],
                row["unit"],
                row["baseline"] or "",
                row["target"] or "",
                str(VerdictKind(row["verdict"]).label) if row["verdict"] else "",
                row["verdict_value"] or "",
                record.name(row["verdict_seat"]),
                row["verdict_reason"],
            )
            for action, row in record.results
        ),
    )


def _reports(record: AccountRecord) -> Sheet:
    return Sheet(
        _("reports"),
        (_("code"), _("action"), _("day"), _("how it goes"), _("report"), _("value"), _("who")),
        tuple(
            (
                row["code"],
                action["code"],
                row["at"][:10],
                status_words(row),
                row["text"],
                row["value"] or "",
                record.name(row["seat"]),
            )
            for action in record.content["actions"]
            for row in action["reports"]
        ),
    )


def _placements(record: AccountRecord) -> Sheet:
    return Sheet(
        _("bodies"),
        (_("action"), _("body"), _("outcome"), _("reason"), _("offered on"), _("answered on")),
        tuple(
            (
                action["code"],
                row["body"],
                str(PlacementState(row["state"]).label),
                row["reason"],
                (row["offered"] or "")[:10],
                (row["answered"] or "")[:10],
            )
            for action in record.content["actions"]
            for row in action["placements"]
        ),
    )
