"""A thread as a row for a spreadsheet and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from schakelbord.chain.models import Action, ActionResult
from schakelbord.chain.threads.thread import Thread, text_of
from schakelbord.live.journal import JsonValue
from schakelbord.stories.files import harmless, table_csv


def head_of_row() -> list[str]:
    """What the columns are called."""
    return [
        _("Code"),
        pgettext("row", "Action"),
        _("Gap or dilemma"),
        _("Meeting and table"),
        pgettext("row", "Harvest"),
        pgettext("row", "Proposal"),
        pgettext("row", "Decision"),
        _("Decided on"),
        _("Action owner"),
        _("Lies with"),
        _("At the latest"),
        _("State"),
        _("Desired results"),
        _("Newest report"),
        _("Verdicts"),
    ]


def rows_of(thread: Thread, *, shows_names: bool) -> list[list[str]]:
    """A row for each action of a thread; one without an action when it has none yet."""
    actions: list[Action | None] = [*thread.actions] or [None]
    return [_row(thread, action, shows_names) for action in actions]


def row_text(thread: Thread, *, shows_names: bool) -> str:
    """The rows as one pastes them into a spreadsheet: cells apart by tabs, without their head; none is a formula."""
    cleaned = [[harmless(" ".join(cell.split())) for cell in row] for row in rows_of(thread, shows_names=shows_names)]
    return "\n".join("\t".join(row) for row in cleaned)


def csv_of(thread: Thread, *, shows_names: bool) -> str:
    """The rows with their head, as CSV."""
    return table_csv(head_of_row(), rows_of(thread, shows_names=shows_names))


def json_of(thread: Thread, *, shows_names: bool, shows_words: bool) -> dict[str, JsonValue]:
    """All that the page shows, in codes, words, days and figures."""
    return {
        "format": "schakelbord-thread-1",
        "here": thread.here,
        "dossier": thread.dossier.title,
        "whole": thread.is_whole,
        "direct_reason": thread.direct_reason,
        "issues": [
            {"code": row.code, "kind": row.kind, "state": row.state, "statement": row.statement, "story": row.story}
            for row in thread.issues
        ],
        "referrals": [
            {
                "issue": row.issue.code,
                "from": row.from_body.name,
                "to": row.to_body.name,
                "state": row.state,
                "question": row.question,
                "answer": row.answer,
            }
            for row in thread.referrals
        ],
        "tables": [
            {
                "meeting": row.meeting.code,
                "number": row.number,
                "theme": row.theme.title,
                "counts": _counts(thread, row.pk),
                "quotes": [quote.text for quote in thread.quotes.get(row.pk, [])] if shows_words else [],
            }
            for row in thread.tables
        ],
        "harvests": [{"code": row.code, "state": row.state, "assignment": row.assignment} for row in thread.harvests],
        "proposals": [{"code": row.code, "state": row.state, "text": text_of(row)} for row in thread.proposals],
        "decisions": [
            {
                "code": row.code,
                "proposal": row.proposal.code,
                "outcome": row.outcome,
                "text": row.final_text,
                "hash": row.hash,
                "decided": _moment(row.decided_at),
                "bodies": [
                    {"body": one.body.name, "stance": one.stance, "at": _moment(one.at)}
                    for one in thread.of_decision(row)
                ],
            }
            for row in thread.decisions
        ],
        "actions": [_action(thread, row, shows_names) for row in thread.actions],
        "accounts": [row.code for row in thread.accounts],
        "beside": [*(row.code for row in thread.beside_proposals), *(row.code for row in thread.beside_actions)],
    }


def _action(thread: Thread, row: Action, shows_names: bool) -> dict[str, JsonValue]:
    placements, reports, results = thread.of_action(row)
    return {
        "code": row.code,
        "decision": row.decision.code,
        "title": row.title,
        "state": row.state,
        "owner": _owner(row, shows_names),
        "body": row.body.name if row.body else None,
        "due": row.due.isoformat() if row.due else None,
        "placements": [{"body": one.body.name, "state": one.state, "reason": one.reason} for one in placements],
        "reports": [
            {
                "code": one.code,
                "at": _moment(one.made_at),
                "status": one.status,
                "text": one.text,
                "result": one.result.order if one.result else None,
                "value": _figure(one.value),
            }
            for one in reports
        ],
        "results": [_result(one) for one in results],
    }


def _result(row: ActionResult) -> dict[str, JsonValue]:
    verdict = getattr(row, "verdict", None)
    return {
        "order": row.order,
        "text": row.text,
        "by_when": row.by_when.isoformat() if row.by_when else None,
        "unit": row.unit,
        "baseline": _figure(row.baseline),
        "target": _figure(row.target),
        "verdict": verdict.kind if verdict else None,
        "verdict_reason": verdict.reason if verdict else None,
    }


def _row(thread: Thread, action: Action | None, shows_names: bool) -> list[str]:
    reports = [row for row in thread.reports if action is not None and row.action_id == action.pk]
    results = [row for row in thread.results if action is not None and row.action_id == action.pk]
    proposals = [row for row in thread.proposals if action is None or row.pk == action.decision.proposal_id]
    decisions = [row for row in thread.decisions if action is None or row.pk == action.decision_id]
    verdicts = [getattr(row, "verdict", None) for row in results]
    return [
        action.code if action else thread.here,
        action.title if action else "",
        _joined(f"{row.code} {row.statement}" for row in thread.issues),
        _joined(f"{row.meeting.code}, {row.number}" for row in thread.tables),
        _joined(f"{row.code} {row.assignment}" for row in thread.harvests),
        _joined(row.code for row in proposals),
        _joined(row.code for row in decisions),
        _joined(row.decided_at.date().isoformat() for row in decisions if row.decided_at),
        _owner(action, shows_names) if action else "",
        action.body.name if action and action.body else "",
        action.due.isoformat() if action and action.due else "",
        str(action.get_state_display()) if action else "",
        _joined(row.text for row in results),
        reports[-1].text if reports else "",
        _joined(str(one.get_kind_display()) if one else _("no verdict yet") for one in verdicts),
    ]


def _owner(action: Action, shows_names: bool) -> str:
    if action.owner is None:
        return ""
    return action.owner.person.name if shows_names else action.owner.function


def _counts(thread: Thread, table_id: int) -> dict[str, JsonValue]:
    return {name: value for name, value in thread.counts.get(table_id, {}).items() if name != "table_id"}


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _moment(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds") if moment else None


def _figure(value: Decimal | None) -> str | None:
    return f"{value.normalize():f}" if value is not None else None
