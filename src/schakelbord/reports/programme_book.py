"""The programme of a year for a spreadsheet: one row an action, with the codes of its thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ReportStatus
from schakelbord.chain.content import in_order
from schakelbord.chain.models import ActionProgramme, ActionResult
from schakelbord.chain.year_pages.action import figure
from schakelbord.chain.year_pages.year import Row, last_report
from schakelbord.core.languages import current_language
from schakelbord.reports.books import Sheet, book_of
from schakelbord.stories.files import table_csv


def programme_xlsx(programme: ActionProgramme, rows: Sequence[Row], *, made_at: dt.datetime) -> bytes:
    """The programme as a workbook."""
    title = _("Programme %(year)s") % {"year": programme.year}
    sheet = Sheet(title, heads(), tuple(cells(row) for row in rows))
    return book_of([sheet], title=f"{title} · {programme.dossier.title}", language=current_language(), made_at=made_at)


def programme_csv(rows: Sequence[Row]) -> str:
    """The same rows as text with semicolons between."""
    return table_csv(heads(), [cells(row) for row in rows])


def heads() -> tuple[str, ...]:
    """The heads of the columns."""
    return (
        _("code"),
        _("action"),
        _("explanation"),
        _("how it stands"),
        _("state"),
        _("owner"),
        _("function"),
        _("organisation"),
        _("lies with"),
        _("at the latest"),
        _("why no body"),
        _("themes"),
        _("gaps and dilemmas"),
        _("meeting"),
        _("tables"),
        _("harvest"),
        _("proposal"),
        _("decision"),
        _("why directly"),
        _("adopted on"),
        _("placed on"),
        _("reported done on"),
        _("accepted on"),
        _("desired results"),
        _("unit"),
        _("baseline"),
        _("target"),
        _("newest value"),
        _("verdicts"),
        _("reports"),
        _("newest report on"),
        _("how it goes"),
        _("newest report"),
    )


def cells(row: Row) -> tuple[str, ...]:
    """An action as the cells of a row; texts of several things stand under each other."""
    action, owner = row.action, row.action.owner
    proposal = action.decision.proposal
    harvests = list(proposal.harvests.all())
    results = list(action.results.all())
    last = last_report(action)
    return (
        action.code,
        action.title,
        action.told,
        row.standing.words,
        str(action.get_state_display()),
        row.owner,
        owner.function if owner else "",
        owner.organisation.name if owner and owner.organisation else "",
        row.lies,
        _day(action.due),
        action.no_body_reason,
        _lines(theme.title for theme in row.themes),
        ", ".join(issue.code for issue in row.issues),
        ", ".join(dict.fromkeys(one.table.meeting.code for one in harvests)),
        ", ".join(str(one.table.number) for one in harvests),
        ", ".join(in_order(one.code for one in harvests)),
        proposal.code,
        action.decision.code,
        proposal.direct_reason,
        _moment(action.adopted_at),
        _moment(action.placed_at),
        _moment(action.done_at),
        _moment(action.accepted_at),
        _lines(one.text for one in results),
        _lines(one.unit for one in results),
        _lines(figure(one.baseline) for one in results),
        _lines(figure(one.target) for one in results),
        _lines(figure(newest_value(row, one)) for one in results),
        _lines(str(one.verdict.get_kind_display()) if hasattr(one, "verdict") else "" for one in results),
        ", ".join(in_order(one.code for one in action.reports.all())),
        _moment(last.made_at) if last else "",
        str(ReportStatus(last.status).label) if last else pgettext("report", "none yet"),
        last.text if last else "",
    )


def newest_value(row: Row, result: ActionResult) -> object:
    """The newest figure that was reported of a result; None when there is none."""
    found = [one for one in row.action.reports.all() if one.result_id == result.pk and one.value is not None]
    return max(found, key=lambda one: (one.made_at, one.pk)).value if found else None


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts).strip("\n")


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: dt.datetime | None) -> str:
    return day_of(moment).isoformat() if moment else ""
