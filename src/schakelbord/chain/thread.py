"""The thread of one code: upstream why it is there, downstream what came of it. A fixed number of queries.

Every key of the chain goes one way, so that the way up and the way down are the same joins, read from the middle.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db.models import Count, Q, QuerySet

from schakelbord.chain.content import number_of
from schakelbord.chain.models import (
    Account,
    Action,
    ActionResult,
    Decision,
    Endorsement,
    Placement,
    ProgressReport,
    Proposal,
    Referral,
)
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.meetings.models import Table
from schakelbord.tables.models import Contribution, Harvest

Row = TypeVar("Row", Issue, Harvest, Proposal, Decision, Action, ProgressReport)
MOST_QUOTES: Final = 3


@dataclass(slots=True)
class Thread:
    """All that hangs on one code, each kind in the order of its codes.

    `here` is the code one asked for; `dossier` decides who may read it. Tables have no code of their own and are shown
    with that of their meeting.
    """

    here: str
    kind: str
    dossier: Dossier
    issues: list[Issue] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    quotes: dict[int, list[Contribution]] = field(default_factory=dict)
    counts: dict[int, dict[str, Any]] = field(default_factory=dict)
    harvests: list[Harvest] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    endorsements: list[Endorsement] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    results: list[ActionResult] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    reports: list[ProgressReport] = field(default_factory=list)
    account: Account | None = None

    @property
    def is_whole(self) -> bool:
        """Whether one can walk from an action to an issue, or a direct proposal says why there is none."""
        return bool(self.issues) or any(row.direct_reason for row in self.proposals)


def thread_of(code: str) -> Thread | None:
    """The thread of a code in any way of writing it; None when nothing has this code."""
    shown = code.strip().upper()
    letter = shown.partition("-")[0]
    finders = {
        "H": _from_issue,
        "D": _from_issue,
        "O": _from_harvest,
        "P": _from_proposal,
        "B": _from_decision,
        "A": _from_action,
        "V": _from_report,
    }
    finder = finders.get(letter)
    found = finder(shown) if finder else None
    if found is None:
        return None
    _fill(found)
    return found


def _from_issue(code: str) -> Thread | None:
    row = Issue.objects.select_related("dossier").filter(code=code).first()
    if row is None:
        return None
    thread = Thread(code, "issue", row.dossier, issues=[row])
    tables = Table.objects.filter(table_issues__issue=row).values_list("pk", flat=True)
    thread.harvests = list(_harvests().filter(table_id__in=tables))
    thread.proposals = list(_proposals().filter(Q(harvests__in=thread.harvests) | Q(issues=row)).distinct())
    _down_from_proposals(thread)
    return thread


def _from_harvest(code: str) -> Thread | None:
    row = _harvests().select_related("table__meeting__dossier").filter(code=code).first()
    if row is None:
        return None
    thread = Thread(code, "harvest", row.table.meeting.dossier, harvests=[row])
    thread.proposals = list(_proposals().filter(harvests=row))
    _down_from_proposals(thread)
    return thread


def _from_proposal(code: str) -> Thread | None:
    row = _proposals().select_related("dossier").filter(code=code).first()
    return _around_proposal(code, "proposal", row)


def _from_decision(code: str) -> Thread | None:
    row = _proposals().select_related("dossier").filter(decision__code=code).first()
    return _around_proposal(code, "decision", row)


def _from_action(code: str) -> Thread | None:
    row = _actions().filter(code=code).first()
    return _around_action(code, "action", row)


def _from_report(code: str) -> Thread | None:
    row = _actions().filter(reports__code=code).first()
    return _around_action(code, "report", row)


def _around_action(code: str, kind: str, row: Action | None) -> Thread | None:
    if row is None:
        return None
    proposal = _proposals().select_related("dossier").get(decision=row.decision_id)
    thread = Thread(code, kind, proposal.dossier, proposals=[proposal], actions=[row])
    thread.decisions = list(_decisions().filter(pk=row.decision_id))
    thread.harvests = list(_harvests().filter(proposals=proposal))
    return thread


def _around_proposal(code: str, kind: str, row: Proposal | None) -> Thread | None:
    if row is None:
        return None
    thread = Thread(code, kind, row.dossier, proposals=[row])
    thread.harvests = list(_harvests().filter(proposals=row))
    _down_from_proposals(thread)
    return thread


def _down_from_proposals(thread: Thread) -> None:
    thread.decisions = list(_decisions().filter(proposal__in=thread.proposals))
    thread.actions = list(_actions().filter(decision__in=thread.decisions))


def _fill(thread: Thread) -> None:
    """Tables and issues above, and what came of the actions below."""
    table_ids = [row.table_id for row in thread.harvests]
    if thread.kind == "issue":
        table_ids.extend(Table.objects.filter(table_issues__issue__in=thread.issues).values_list("pk", flat=True))
    else:
        above = Q(table_issues__table_id__in=table_ids) | Q(proposals__in=thread.proposals)
        thread.issues = list(Issue.objects.filter(above).distinct())
    thread.tables = list(
        Table.objects.filter(pk__in=table_ids)
        .select_related("meeting", "theme", "host__person", "pitcher__person")
        .order_by("meeting__starts_at", "number")
    )
    _say(thread, table_ids)
    thread.referrals = list(
        Referral.objects.filter(issue__in=thread.issues)
        .select_related("from_body", "to_body")
        .order_by("issue_id", "order")
    )
    thread.endorsements = list(
        Endorsement.objects.filter(decision__in=thread.decisions, replaced=False)
        .select_related("body", "given_by__person")
        .order_by("at")
    )
    actions = thread.actions
    thread.results = list(ActionResult.objects.filter(action__in=actions).select_related("verdict__given_by__person"))
    thread.placements = list(
        Placement.objects.filter(action__in=actions).exclude(state="suggested").select_related("body").order_by("pk")
    )
    thread.reports = list(ProgressReport.objects.filter(action__in=actions).select_related("author__person", "result"))
    years = {row.programme_id for row in actions if row.programme_id}
    thread.account = Account.objects.filter(programme_id__in=years).exclude(state="draft").first() if years else None
    thread.issues, thread.harvests = _in_order(thread.issues), _in_order(thread.harvests)
    thread.proposals, thread.decisions = _in_order(thread.proposals), _in_order(thread.decisions)
    thread.actions, thread.reports = _in_order(thread.actions), _in_order(thread.reports)


def _say(thread: Thread, table_ids: Sequence[int]) -> None:
    """Words that a harvest rests on, and how many of which kind were said."""
    used = Contribution.objects.filter(harvests__in=thread.harvests, state__in=["noted", "used"]).order_by("pk")
    for row in used:
        quotes = thread.quotes.setdefault(row.table_id, [])
        if len(quotes) < MOST_QUOTES:
            quotes.append(row)
    counted = (
        Contribution.objects.filter(table_id__in=table_ids)
        .values("table_id")
        .annotate(
            said=Count("pk"),
            used=Count("pk", filter=Q(state__in=["used", "merged"])),
            facts=Count("pk", filter=Q(kind="fact", state__in=["used", "merged"])),
            experiences=Count("pk", filter=Q(kind="experience", state__in=["used", "merged"])),
            assumptions=Count("pk", filter=Q(kind="assumption", state__in=["used", "merged"])),
        )
    )
    thread.counts = {row["table_id"]: dict(row) for row in counted}


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: number_of(row.code))


def _harvests() -> QuerySet[Harvest]:
    return Harvest.objects.prefetch_related("addressees", "results")


def _proposals() -> QuerySet[Proposal]:
    return Proposal.objects.prefetch_related("versions")


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("proposal").prefetch_related("deciding__body")


def _actions() -> QuerySet[Action]:
    return Action.objects.select_related("owner__person", "owner__organisation", "body", "programme", "decision")


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something in the chain that waits for somebody or is broken.

    Args:
        kind: what is loose, such as `offer_unanswered`.
        code: of the node.
        title: of the node.
        since: from when it is loose.
        owner: who is to do something, "" when nobody is known.
    """

    kind: str
    code: str
    title: str
    since: dt.date
    owner: str

    def age(self, today: dt.date) -> int:
        """Days that it has been loose."""
        return max(0, (today - self.since).days)


def oldest_first(ends: Iterable[LooseEnd]) -> list[LooseEnd]:
    """The oldest first; those of one day in the order of their codes."""
    return sorted(ends, key=lambda one: (one.since, number_of(one.code)))
