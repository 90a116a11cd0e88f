"""What an outsider may read of a dossier: what was seen and agreed, what came of it, who takes part, and the sources.

Never who said something, who owns an action, or what lies on a table: bodies and functions stand for people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from schakelbord.bodies.models import Body
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ActionState
from schakelbord.chain.content import number_of
from schakelbord.chain.models import Action, ActionResult, Decision
from schakelbord.chain.outside import AGREED, SEEN, SHOWN
from schakelbord.chain.rights import bodies_of
from schakelbord.chain.threads.turns import days_late
from schakelbord.dossiers.codes import Confidentiality, IssueState
from schakelbord.dossiers.models import Dossier, Issue, Source
from schakelbord.live.journal import JsonValue
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting

HELD = (MeetingState.CLOSED, MeetingState.ADOPTED, MeetingState.ARCHIVED)


@dataclass(frozen=True, slots=True)
class PublicIssue:
    """A gap or dilemma: `mended`, `late` by so many days, `going`, or `open`."""

    row: Issue
    tone: str
    late: int = 0


@dataclass(frozen=True, slots=True)
class PublicAction:
    """An action with its newest report and what was judged; `function` of its owner, never the name."""

    row: Action
    function: str
    late: int
    report: Any
    results: tuple[tuple[ActionResult, Any], ...]

    @property
    def is_reached(self) -> bool:
        """Whether each desired result came."""
        return bool(self.results) and all(verdict and verdict.kind == "reached" for _row, verdict in self.results)


@dataclass(frozen=True, slots=True)
class PublicDossier:
    """The public page of a dossier on a day. `changed`: when something of it last changed."""

    dossier: Dossier
    changed: dt.datetime
    meetings: tuple[tuple[Meeting, int], ...]
    issues: tuple[PublicIssue, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[PublicAction, ...]
    bodies: tuple[Body, ...]
    sources: tuple[Source, ...]


def public_dossier(dossier: Dossier, *, today: dt.date) -> PublicDossier:
    """What is public of a dossier; a fixed number of queries."""
    decisions = Decision.objects.filter(proposal__dossier=dossier, outcome__in=AGREED)
    adopted = sorted(decisions.prefetch_related("deciding__body"), key=lambda row: number_of(row.code))
    rows = Action.objects.filter(decision__in=adopted, state__in=SHOWN).select_related("owner", "body", "decision")
    rows = rows.prefetch_related(
        "reports__result",
        "results__verdict__given_by__body",
        "decision__proposal__harvests__table__table_issues",
        "decision__proposal__issues",
    )
    actions = [_action(row, today) for row in sorted(rows, key=lambda row: number_of(row.code))]
    by_issue = _by_issue(actions)
    issues = Issue.objects.filter(dossier=dossier, state__in=SEEN)
    seen = [_issue(row, by_issue.get(row.pk, [])) for row in sorted(issues, key=lambda row: number_of(row.code))]
    held = Meeting.objects.filter(dossier=dossier, state__in=HELD).order_by("starts_at")
    present = held.annotate(present=Count("attendances", filter=Q(attendances__present_at__isnull=False)))
    meetings = tuple((row, row.present) for row in present)
    sources = Source.objects.filter(dossier=dossier, confidentiality=Confidentiality.PUBLIC).order_by("title")
    bodies = bodies_of(dossier.pk).order_by("pk")
    moments = [
        dossier.made_at,
        *(row.decided_at for row in adopted),
        *(one.report.made_at for one in actions if one.report),
    ]
    verdicts = [verdict.at for one in actions for _row, verdict in one.results if verdict]
    changed = max(moment for moment in [*moments, *verdicts] if moment)
    return PublicDossier(
        dossier, changed, meetings, tuple(seen), tuple(adopted), tuple(actions), tuple(bodies), tuple(sources)
    )


def public_json(page: PublicDossier) -> dict[str, JsonValue]:
    """The same as data that anybody may use again."""
    return {
        "format": "schakelbord-dossier-1",
        "title": page.dossier.title,
        "changed": page.changed.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "issues": [
            {"code": one.row.code, "kind": one.row.kind, "statement": one.row.statement, "standing": one.tone}
            for one in page.issues
        ],
        "decisions": [
            {
                "code": row.code,
                "text": row.final_text,
                "day": day_of(row.decided_at).isoformat() if row.decided_at else None,
                "bodies": [one.body.name for one in row.deciding.all()],
                "hash": row.hash,
            }
            for row in page.decisions
        ],
        "actions": [
            {
                "code": one.row.code,
                "decision": one.row.decision.code,
                "title": one.row.title,
                "function": one.function,
                "body": one.row.body.name if one.row.body else None,
                "due": one.row.due.isoformat() if one.row.due else None,
                "state": one.row.state,
                "report": one.report.text if one.report else None,
                "results": [
                    {"text": row.text, "verdict": verdict.kind if verdict else None} for row, verdict in one.results
                ],
            }
            for one in page.actions
        ],
        "sources": [{"title": row.title, "publisher": row.publisher, "url": row.url} for row in page.sources],
    }


def public_rows(page: PublicDossier) -> list[list[str]]:
    """The actions as rows: code, title, decision, function, body, day, state, report, results, verdicts."""
    return [
        [
            one.row.code,
            one.row.title,
            one.row.decision.code,
            one.function,
            one.row.body.name if one.row.body else "",
            one.row.due.isoformat() if one.row.due else "",
            str(one.row.get_state_display()),
            one.report.text if one.report else "",
            "; ".join(row.text for row, _verdict in one.results),
            "; ".join(str(verdict.get_kind_display()) if verdict else "-" for _row, verdict in one.results),
        ]
        for one in page.actions
    ]


def _action(row: Action, today: dt.date) -> PublicAction:
    reports = sorted(row.reports.all(), key=lambda one: one.made_at)
    under_way = row.state in {ActionState.ADOPTED, ActionState.PLACED, ActionState.IN_PROGRESS}
    return PublicAction(
        row=row,
        function=row.owner.function if row.owner else "",
        late=days_late(row.due, today) if under_way else 0,
        report=reports[-1] if reports else None,
        results=tuple((one, getattr(one, "verdict", None)) for one in row.results.all()),
    )


def _by_issue(actions: Iterable[PublicAction]) -> dict[int, list[PublicAction]]:
    found: dict[int, list[PublicAction]] = {}
    for action in actions:
        proposal = action.row.decision.proposal
        laid = [one.issue_id for row in proposal.harvests.all() for one in row.table.table_issues.all()]
        for key in {*laid, *(row.pk for row in proposal.issues.all())}:
            found.setdefault(key, []).append(action)
    return found


def _issue(row: Issue, actions: list[PublicAction]) -> PublicIssue:
    going = [one for one in actions if one.row.state not in {ActionState.STOPPED, ActionState.ACCEPTED}]
    if row.state == IssueState.RESOLVED or (actions and not going and any(one.is_reached for one in actions)):
        return PublicIssue(row, "mended")
    late = max((one.late for one in going), default=0)
    if late:
        return PublicIssue(row, "late", late)
    return PublicIssue(row, "going" if going else "open")
