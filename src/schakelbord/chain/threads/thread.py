"""The thread of one code: upstream why it is there, downstream what came of it. A fixed number of queries.

Every key of the chain goes one way, so that the way up and the way down are the same joins, read from the middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from schakelbord.chain.codes import AccountState, PlacementState
from schakelbord.chain.content import number_of
from schakelbord.chain.models import (
    Account,
    Action,
    ActionResult,
    DecidingBody,
    Decision,
    Endorsement,
    Placement,
    ProgressReport,
    Proposal,
    Referral,
)
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.meetings.models import Table, TableIssue
from schakelbord.showing.models import RoomGap
from schakelbord.tables.codes import ContributionState, HarvestState
from schakelbord.tables.models import Contribution, Harvest

Row = TypeVar("Row", Issue, Harvest, Proposal, Decision, Action, ProgressReport)
MOST_QUOTES: Final = 3


@dataclass(slots=True)
class Thread:
    """All that hangs on one code, each kind in the order of its codes.

    `here` is the code one asked for; `dossier` decides who may read it. Tables have no code of their own and are shown
    with that of their meeting. `quotes` (by table: what its harvest rests on, three at most) and `counts` (by table)
    come of the talk. What comes beside it is not walked further: `beside_proposals` are other proposals of the same
    harvests, `beside_actions` other actions of the same decisions, `replaced_by` newer proposals.
    """

    here: str
    kind: str
    dossier: Dossier
    issues: list[Issue] = field(default_factory=list)
    recognised: dict[str, int] = field(default_factory=dict)
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
    accounts: list[Account] = field(default_factory=list)
    beside_proposals: list[Proposal] = field(default_factory=list)
    beside_actions: list[Action] = field(default_factory=list)
    replaced_by: list[Proposal] = field(default_factory=list)

    @property
    def direct_reason(self) -> str:
        """Why there is no harvest under it; "" when there is one, or nobody said why."""
        return next((row.direct_reason for row in self.proposals if row.direct_reason), "")

    @property
    def is_whole(self) -> bool:
        """Whether one can walk up to an issue: by a confirmed harvest that rests on something, or directly."""
        if self.kind == "issue" or self.direct_reason:
            return True
        said = any(row.state == HarvestState.CONFIRMED and self.quotes.get(row.table_id) for row in self.harvests)
        return bool(self.issues) and (said or self.kind == "harvest")

    def of_decision(self, decision: Decision) -> list[Endorsement]:
        """What the bodies say of a decision now."""
        return [row for row in self.endorsements if row.decision_id == decision.pk]

    def of_action(self, action: Action) -> tuple[list[Placement], list[ProgressReport], list[ActionResult]]:
        """Where an action was offered, how it goes, and what it is to bring."""
        return (
            [row for row in self.placements if row.action_id == action.pk],
            [row for row in self.reports if row.action_id == action.pk],
            [row for row in self.results if row.action_id == action.pk],
        )


def decision_of(proposal: Proposal) -> Decision | None:
    """The decision about a proposal; None while it was not laid before anybody."""
    return getattr(proposal, "decision", None)


def thread_of(code: str) -> Thread | None:
    """The thread of a code in any way of writing it; None when nothing has this code."""
    shown = code.strip().upper()
    finders = {
        "H": _from_issue,
        "D": _from_issue,
        "O": _from_harvest,
        "P": _from_proposal,
        "B": _from_decision,
        "A": _from_action,
        "V": _from_report,
    }
    finder = finders.get(shown.partition("-")[0])
    found = finder(shown) if finder else None
    if found is not None:
        _fill(found)
    return found


def _from_issue(code: str) -> Thread | None:
    row = _issues().filter(code=code).first()
    if row is None:
        return None
    thread = Thread(code, "issue", row.dossier, issues=[row])
    thread.tables = list(
        Table.objects.filter(table_issues__issue=row).select_related(
            "meeting", "theme", "host__person", "pitcher__person"
        )
    )
    thread.harvests = list(_harvests().filter(table__in=thread.tables))
    rests = Proposal.harvests.through.objects.filter(harvest__in=thread.harvests).values("proposal_id")
    direct = Proposal.issues.through.objects.filter(issue=row).values("proposal_id")
    thread.proposals = list(_proposals().filter(pk__in=rests.union(direct)))
    _walk_down(thread)
    return thread


def _from_harvest(code: str) -> Thread | None:
    row = _harvests().select_related("table__meeting__dossier").filter(code=code).first()
    if row is None:
        return None
    thread = Thread(code, "harvest", row.table.meeting.dossier, harvests=[row])
    thread.proposals = list(_proposals().filter(harvests=row))
    _walk_down(thread)
    return thread


def _from_proposal(code: str) -> Thread | None:
    return _around_proposal(code, "proposal", _proposals().filter(code=code).first())


def _from_decision(code: str) -> Thread | None:
    return _around_proposal(code, "decision", _proposals().filter(decision__code=code).first())


def _from_action(code: str) -> Thread | None:
    return _around_action(code, "action", _actions().filter(code=code).first())


def _from_report(code: str) -> Thread | None:
    return _around_action(code, "report", _actions().filter(reports__code=code).first())


def _around_action(code: str, kind: str, row: Action | None) -> Thread | None:
    if row is None:
        return None
    proposal = row.decision.proposal
    proposal.decision = row.decision
    prefetch_related_objects([proposal], "versions")
    thread = Thread(code, kind, proposal.dossier, proposals=[proposal], decisions=[row.decision], actions=[row])
    thread.harvests = list(_harvests().filter(proposals=proposal))
    beside = Action.objects.filter(decision=row.decision_id).exclude(pk=row.pk)
    thread.beside_actions = list(beside.select_related("owner__person", "body"))
    return thread


def _around_proposal(code: str, kind: str, row: Proposal | None) -> Thread | None:
    if row is None:
        return None
    thread = Thread(code, kind, row.dossier, proposals=[row])
    thread.harvests = list(_harvests().filter(proposals=row))
    _walk_down(thread)
    return thread


def _walk_down(thread: Thread) -> None:
    thread.decisions = [found for row in thread.proposals if (found := decision_of(row)) is not None]
    thread.actions = list(_actions().filter(decision__in=thread.decisions))


def _fill(thread: Thread) -> None:
    """Tables and issues above, and what came of the actions below."""
    _fill_upstream(thread)
    _say(thread)
    _fill_downstream(thread)
    thread.issues, thread.harvests = _in_order(thread.issues), _in_order(thread.harvests)
    thread.proposals, thread.decisions = _in_order(thread.proposals), _in_order(thread.decisions)
    thread.actions, thread.reports = _in_order(thread.actions), _in_order(thread.reports)
    thread.beside_actions = _in_order(thread.beside_actions)
    thread.beside_proposals = _in_order(thread.beside_proposals)


def _fill_upstream(thread: Thread) -> None:
    if thread.kind != "issue":
        thread.tables = [row.table for row in thread.harvests]
        laid = TableIssue.objects.filter(table__in=thread.tables).order_by().values("issue_id")
        named = Proposal.issues.through.objects.filter(proposal__in=thread.proposals).values("issue_id")
        # A harvest that is asked for stands above its proposals; what these name besides is no reason for it.
        above = laid if thread.kind == "harvest" else laid.union(named)
        thread.issues = list(_issues().filter(pk__in=above))
        rests = Proposal.harvests.through.objects.filter(harvest__in=thread.harvests).values("proposal_id")
        if thread.kind != "harvest":
            beside = Proposal.objects.filter(pk__in=rests).exclude(pk__in=[row.pk for row in thread.proposals])
            thread.beside_proposals = list(beside.select_related("decision").prefetch_related("versions"))
    thread.tables.sort(key=lambda row: (row.meeting.starts_at, row.number))
    found = {row.finding: row for row in thread.issues if row.finding}
    for computed, story, counted in RoomGap.objects.filter(computed__in=found).values_list(
        "computed", "session__story", "counted"
    ):
        issue = found[computed]
        if issue.story == story:
            thread.recognised[issue.code] = thread.recognised.get(issue.code, 0) + sum(counted.values())
    for issue in thread.issues:
        if issue.room_gap is not None:
            thread.recognised[issue.code] = sum(issue.room_gap.counted.values())
    thread.referrals = list(
        Referral.objects.filter(issue__in=thread.issues)
        .select_related("issue", "from_body", "to_body__secretary")
        .order_by("issue_id", "order")
    )


def _fill_downstream(thread: Thread) -> None:
    asked = DecidingBody.objects.select_related("body").order_by("order")
    prefetch_related_objects(thread.decisions, Prefetch("deciding", queryset=asked))
    thread.endorsements = list(
        Endorsement.objects.filter(decision__in=thread.decisions, replaced=False)
        .select_related("body", "given_by__person")
        .order_by("at")
    )
    thread.replaced_by = list(Proposal.objects.filter(supersedes__in=thread.proposals).select_related("decision"))
    actions = thread.actions
    results = ActionResult.objects.filter(action__in=actions).order_by("order")
    thread.results = list(results.select_related("verdict__given_by__person", "verdict__given_by__body"))
    thread.placements = list(
        Placement.objects.filter(action__in=actions)
        .exclude(state=PlacementState.SUGGESTED)
        .select_related("body__secretary")
        .order_by("pk")
    )
    reports = ProgressReport.objects.filter(action__in=actions)
    thread.reports = list(reports.select_related("author__person", "result", "evidence", "corrects"))
    years = {row.programme_id for row in actions if row.programme_id}
    accounts = Account.objects.filter(programme_id__in=years).exclude(state=AccountState.DRAFT)
    thread.accounts = list(accounts.select_related("programme").order_by("programme__year"))


def _say(thread: Thread) -> None:
    """Words that a harvest rests on, and how many of which kind were said."""
    shown = [ContributionState.NOTED, ContributionState.USED]
    rests = Contribution.objects.filter(harvests__in=thread.harvests, state__in=shown, is_held=False)
    for row in rests.select_related("author__person").order_by("pk"):
        quotes = thread.quotes.setdefault(row.table_id, [])
        if len(quotes) < MOST_QUOTES:
            quotes.append(row)
    taken = Q(state__in=[ContributionState.USED, ContributionState.MERGED])
    counted = (
        Contribution.objects.filter(table__in=thread.tables)
        .values("table_id")
        .annotate(
            said=Count("pk", filter=~Q(state=ContributionState.HIDDEN)),
            used=Count("pk", filter=taken),
            facts=Count("pk", filter=taken & Q(kind="fact")),
            experiences=Count("pk", filter=taken & Q(kind="experience")),
            assumptions=Count("pk", filter=taken & Q(kind="assumption")),
            wishes=Count("pk", filter=taken & Q(kind="wish")),
        )
    )
    thread.counts = {row["table_id"]: dict(row) for row in counted}


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: number_of(row.code))


def text_of(proposal: Proposal) -> str:
    """The newest words of a proposal; its versions are there already."""
    versions: Sequence[Any] = list(proposal.versions.all())
    return str(versions[-1].text) if versions else ""


def _issues() -> QuerySet[Issue]:
    return Issue.objects.select_related("dossier", "submitted_by", "room_gap")


def _harvests() -> QuerySet[Harvest]:
    rows = Harvest.objects.select_related("table__meeting", "table__theme", "table__host__person")
    rows = rows.select_related("table__pitcher__person", "host_confirmed_by__person", "pitcher_confirmed_by__person")
    return rows.prefetch_related("addressees", "results")


def _proposals() -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("dossier", "meeting", "supersedes", "decision__supersedes")
    return rows.prefetch_related("versions")


def _actions() -> QuerySet[Action]:
    rows = Action.objects.select_related("owner__person", "owner__organisation", "body__secretary", "programme")
    return rows.select_related(
        "decision__supersedes", "decision__proposal__dossier", "decision__proposal__meeting", "stopped_by"
    )
