"""What a published programme and a fixed account hold: codes, words, dates and figures, and no names of people.

Somebody is in it by the number of their seat. The name stands beside it, in the table of people, so that erasing a
person takes the name away and leaves content and hash as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median

from django.db.models import Count, Prefetch, Q, QuerySet

from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ActionState, PlacementState
from schakelbord.chain.models import Action, ActionProgramme, ActionResult, Placement, ProgressReport
from schakelbord.live.journal import JsonValue
from schakelbord.meetings.models import TableIssue
from schakelbord.tables.codes import ContributionState
from schakelbord.tables.models import Contribution, Harvest

FORMAT = 1
FATES = (
    ContributionState.USED,
    ContributionState.MERGED,
    ContributionState.SET_ASIDE,
    ContributionState.HIDDEN,
)


def actions_of(programme: ActionProgramme) -> list[Action]:
    """The actions of a programme in the order of their codes, with all that is shown of them in a few queries."""
    return sorted(with_all(programme.actions.all()), key=lambda row: number_of(row.code))


def with_all(rows: QuerySet[Action]) -> QuerySet[Action]:
    """Actions with all that is shown of them: nine queries, however many actions there are."""
    return rows.select_related(
        "decision__proposal", "owner__person", "owner__organisation", "owner__body", "body__secretary"
    ).prefetch_related(
        Prefetch("results", ActionResult.objects.select_related("verdict__given_by__person")),
        Prefetch("reports", ProgressReport.objects.select_related("result", "author__person", "evidence", "corrects")),
        Prefetch("placements", Placement.objects.select_related("body__secretary")),
        Prefetch("decision__proposal__harvests", Harvest.objects.select_related("table__theme", "table__meeting")),
        Prefetch(
            "decision__proposal__harvests__table__table_issues", TableIssue.objects.select_related("issue__dossier")
        ),
        "decision__proposal__issues__themes",
    )


def number_of(code: str) -> tuple[str, int]:
    """A code in the order in which people count: A-9 before A-10."""
    series, _, last = code.rpartition("-")
    return series, int(last) if last.isdecimal() else 0


def in_order(codes: Iterable[str]) -> list[str]:
    """Codes in the order in which people count."""
    return sorted(codes, key=number_of)


def programme_content(programme: ActionProgramme, *, actions: Sequence[Action]) -> dict[str, JsonValue]:
    """What a version of a programme holds."""
    return {
        "format": FORMAT,
        "year": programme.year,
        "dossier": programme.dossier.title,
        "bodies": [body.name for body in programme.bodies.order_by("pk")],
        "actions": [action_content(row) for row in actions],
    }


def account_content(
    programme: ActionProgramme, *, actions: Sequence[Action], learned: str, today: dt.date
) -> dict[str, JsonValue]:
    """What an account holds: the year as it was, with four numbers."""
    return {
        **programme_content(programme, actions=actions),
        "day": today.isoformat(),
        "learned": learned,
        "numbers": {name: _plain(value) for name, value in four_numbers(programme, actions=actions).items()},
        "counted": {name: [part, whole] for name, (part, whole) in counted(actions).items()},
    }


def action_content(action: Action) -> dict[str, JsonValue]:
    """One action with its results, reports, placements and where it comes from."""
    proposal = action.decision.proposal
    harvests = list(proposal.harvests.all())
    issues = {one.issue.code for row in harvests for one in row.table.table_issues.all()}
    issues.update(row.code for row in proposal.issues.all())
    return {
        "code": action.code,
        "title": action.title,
        "told": action.told,
        "state": action.state,
        "due": _day(action.due),
        "owner": {
            "seat": action.owner_id,
            "function": action.owner.function if action.owner else "",
            "organisation": action.owner.organisation.name if action.owner and action.owner.organisation else "",
        },
        "body": action.body.name if action.body else "",
        "no_body_reason": action.no_body_reason,
        "decision": action.decision.code,
        "proposal": proposal.code,
        "direct_reason": proposal.direct_reason,
        "harvests": in_order(row.code for row in harvests),
        "issues": in_order(issues),
        "adopted": _moment(action.adopted_at),
        "placed": _moment(action.placed_at),
        "done": _moment(action.done_at),
        "accepted": _moment(action.accepted_at),
        "results": [_result(row) for row in action.results.all()],
        "placements": [_placement(row) for row in sorted(action.placements.all(), key=lambda row: row.pk)],
        "reports": [_report(row) for row in sorted(action.reports.all(), key=lambda row: number_of(row.code))],
    }


def four_numbers(programme: ActionProgramme, *, actions: Sequence[Action]) -> dict[str, float | None]:
    """The four numbers of an account; None where there is nothing to count.

    `thread`: share of adopted actions from which one can walk to an issue. `fate`: share of the contributions of the
    meetings under these actions of which is known what became of them. `days`: median days from decision to acceptance
    by a body. `verdict`: share of desired results with a verdict.
    """
    shares: dict[str, float | None] = {name: _share(part, whole) for name, (part, whole) in counted(actions).items()}
    return {**shares, "days": median(days) if (days := list(_days_to_land(_adopted(actions)))) else None}


def counted(actions: Sequence[Action]) -> dict[str, tuple[int, int]]:
    """What the four numbers are made of: how many of how many. For `days` both are the actions that landed."""
    adopted = _adopted(actions)
    meetings = {harvest.table.meeting_id for row in actions for harvest in row.decision.proposal.harvests.all()}
    said = Contribution.objects.filter(table__meeting_id__in=meetings).aggregate(
        all=Count("pk"), known=Count("pk", filter=Q(state__in=FATES))
    )
    results = [one for row in adopted for one in row.results.all()]
    landed = len(list(_days_to_land(adopted)))
    return {
        "thread": (sum(1 for row in adopted if _is_whole(row)), len(adopted)),
        "fate": (said["known"], said["all"]),
        "days": (landed, landed),
        "verdict": (sum(1 for one in results if hasattr(one, "verdict")), len(results)),
    }


def _adopted(actions: Iterable[Action]) -> list[Action]:
    return [row for row in actions if row.state != ActionState.PROPOSED]


def _is_whole(action: Action) -> bool:
    proposal = action.decision.proposal
    return bool(proposal.direct_reason) or any(row.table.table_issues.all() for row in proposal.harvests.all())


def _days_to_land(actions: Iterable[Action]) -> Iterable[int]:
    for row in actions:
        decided = row.decision.decided_at
        for one in row.placements.all():
            if one.state == PlacementState.ACCEPTED and one.answered_at and decided:
                yield (day_of(one.answered_at) - day_of(decided)).days


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _plain(value: float | None) -> JsonValue:
    return value


def _result(row: ActionResult) -> JsonValue:
    verdict = getattr(row, "verdict", None)
    return {
        "order": row.order,
        "text": row.text,
        "for_whom": row.for_whom,
        "seen_by": row.seen_by,
        "by_when": _day(row.by_when),
        "unit": row.unit,
        "baseline": _figure(row.baseline),
        "target": _figure(row.target),
        "source": row.source,
        "verdict": verdict.kind if verdict else "",
        "verdict_reason": verdict.reason if verdict else "",
        "verdict_value": _figure(verdict.value) if verdict else None,
        "verdict_seat": verdict.given_by_id if verdict else None,
        "verdict_at": _moment(verdict.at) if verdict else None,
    }


def _placement(row: Placement) -> JsonValue:
    return {
        "body": row.body.name,
        "state": row.state,
        "reason": row.reason,
        "offered": _moment(row.offered_at),
        "answered": _moment(row.answered_at),
    }


def _report(row: ProgressReport) -> JsonValue:
    return {
        "code": row.code,
        "period": _day(row.period),
        "status": row.status,
        "text": row.text,
        "result": row.result.order if row.result else None,
        "value": _figure(row.value),
        "seat": row.author_id,
        "at": _moment(row.made_at),
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds") if moment else None


def _figure(value: Decimal | None) -> str | None:
    return f"{value.normalize():f}" if value is not None else None
