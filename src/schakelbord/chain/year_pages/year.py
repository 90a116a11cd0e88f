"""The actions of a year as people look at them: how far each is, in words, and what asks attention."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ActionState, PlacementState, ReportStatus, VerdictKind
from schakelbord.chain.content import in_order, number_of, with_all
from schakelbord.chain.models import Action, ActionProgramme, Placement, ProgressReport
from schakelbord.chain.reporting import next_report_by
from schakelbord.dossiers.codes import IssueKind, IssueState
from schakelbord.dossiers.models import Issue, Theme

QUIET_DAYS: Final = 7
"""Days that a body may think about an offer before its silence asks attention."""
ATTENTION, RUNNING, DONE, STOPPED = "attention", "running", "done", "stopped"
GROUPS: Final = (ATTENTION, RUNNING, DONE, STOPPED)
ENDED: Final = frozenset({ActionState.REPORTED_DONE, ActionState.ACCEPTED, ActionState.STOPPED})
STEPS: Final = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """How an action stands on a day.

    Args:
        group: `attention`, `running`, `done` or `stopped`.
        look: class of the pill, such as `late`.
        icon: its picture.
        words: what it says.
        days: how long it has asked attention; 0 when it does not.
        why: what asks attention: `owner`, `due`, `answer`, `report` or `stuck`.
    """

    group: str
    look: str
    icon: str
    words: str
    days: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bead:
    """A step of the short thread: its name, and a class that says how far it is."""

    name: str
    look: str


@dataclass(frozen=True, slots=True)
class Row:
    """An action in a list."""

    action: Action
    standing: Standing
    beads: tuple[Bead, ...]
    until: str
    owner: str
    lies: str
    body_ids: frozenset[int]
    themes: tuple[Theme, ...]
    issues: tuple[Issue, ...]

    @property
    def code(self) -> str:
        """The code of the action."""
        return self.action.code


@dataclass(frozen=True, slots=True)
class Tally:
    """What a year amounts to, in counts that one can check by hand."""

    actions: int
    attention: int
    running: int
    done: int
    stopped: int
    gaps: int
    closed: int
    results: int
    reached: int
    partly: int
    failed: int
    unjudged: int


def rows_of(programmes: Sequence[ActionProgramme], *, today: dt.date) -> dict[int, list[Row]]:
    """The rows of each of these programmes, by its key, in the order of codes; nine queries for all of them."""
    found: dict[int, list[Row]] = {programme.pk: [] for programme in programmes}
    actions = with_all(Action.objects.filter(programme__in=programmes).exclude(state=ActionState.PROPOSED))
    for action in sorted(actions, key=lambda row: number_of(row.code)):
        found[action.programme_id or 0].append(row_of(action, today=today))
    return found


def row_of(action: Action, *, today: dt.date) -> Row:
    """One action, loaded by `with_all`, as a row."""
    standing = standing_of(action, today=today)
    beads = beads_of(action, standing)
    reached = [bead.name for bead in beads if bead.look != "todo"]
    taken = accepted_placement(action)
    offered = open_offers(action)
    bodies = {taken.body_id} if taken else {row.body_id for row in offered} or {action.body_id or 0}
    return Row(
        action=action,
        standing=standing,
        beads=beads,
        until=_("Thread: up to and including %(step)s") % {"step": reached[-1]},
        owner=owner_of(action),
        lies=_lies(action, taken, offered),
        body_ids=frozenset(bodies - {0}),
        themes=_themes(action),
        issues=issues_of(action),
    )


def standing_of(action: Action, *, today: dt.date) -> Standing:
    """How an action stands: what is late comes first, with for how many days."""
    if action.state == ActionState.ACCEPTED:
        return _judged(action)
    if action.state == ActionState.REPORTED_DONE:
        return Standing(DONE, "talk", "gesprek", str(ActionState.REPORTED_DONE.label))
    if action.state == ActionState.STOPPED:
        return Standing(STOPPED, "soft", "sluit", str(ActionState.STOPPED.label))
    return _asks_attention(action, today) or _running(action)


def _asks_attention(action: Action, today: dt.date) -> Standing | None:
    if action.owner is None or action.owner.person.erased_at is not None:
        return Standing(ATTENTION, "late", "eigenaar", _("has no owner"), 1, "owner")
    if action.due is not None and action.due < today:
        days = (today - action.due).days
        words = ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
        return Standing(ATTENTION, "late", "klok", words, days, "due")
    last = last_report(action)
    wanted = next_report_by(action, last=day_of(last.made_at) if last else None)
    silent = [row for row in open_offers(action) if row.offered_at is not None]
    if silent and accepted_placement(action) is None:
        days = max((today - day_of(row.offered_at)).days for row in silent if row.offered_at)
        if days >= QUIET_DAYS:
            words = ngettext("%(count)s day no answer", "%(count)s days no answer", days) % {"count": days}
            return Standing(ATTENTION, "waiting", "wacht", words, days, "answer")
    if wanted is not None and wanted < today:
        days = (today - wanted).days
        words = ngettext("report %(count)s day late", "report %(count)s days late", days) % {"count": days}
        return Standing(ATTENTION, "late", "klok", words, days, "report")
    if last is not None and last.status == ReportStatus.STUCK:
        days = (today - day_of(last.made_at)).days
        return Standing(ATTENTION, "late", "let-op", str(ReportStatus.STUCK.label), max(days, 1), "stuck")
    return None


def _running(action: Action) -> Standing:
    last = last_report(action)
    if last is not None and last.status == ReportStatus.BEHIND:
        return Standing(RUNNING, "waiting", "klok", str(ReportStatus.BEHIND.label))
    if action.state == ActionState.IN_PROGRESS:
        return Standing(RUNNING, "agreed", "speel", str(ActionState.IN_PROGRESS.label))
    if open_offers(action) and accepted_placement(action) is None:
        return Standing(RUNNING, "waiting", "wacht", pgettext("placement", "offered"))
    return Standing(RUNNING, "agreed", "vink", str(ActionState(action.state).label))


def _judged(action: Action) -> Standing:
    """An accepted action says so, and also when not everything came."""
    kinds = {one.verdict.kind for one in action.results.all() if hasattr(one, "verdict")}
    if kinds <= {VerdictKind.REACHED}:
        return Standing(DONE, "done", "vink", str(ActionState.ACCEPTED.label))
    worst = VerdictKind.NOT if VerdictKind.NOT in kinds else VerdictKind.PARTLY
    return Standing(DONE, "talk", "weeg", str(worst.label))


def beads_of(action: Action, standing: Standing) -> tuple[Bead, ...]:
    """The seven steps, filled as far as they are."""
    proposal = action.decision.proposal
    harvests = list(proposal.harvests.all())
    reports = list(action.reports.all())
    late = standing.group == ATTENTION
    steps = [
        (_("gap"), "gap" if issues_of(action) else "todo"),
        (_("table"), "" if harvests else "todo"),
        (_("harvest"), "" if harvests else "todo"),
        (_("decision"), ""),
    ]
    here = "wait" if late else "here"
    if action.state == ActionState.ACCEPTED:
        last = ("", "", "")
    elif action.state == ActionState.REPORTED_DONE:
        last = ("", "", "wait")
    elif reports or standing.why == "report":
        last = ("", here, "todo")
    else:
        last = (here, "todo", "todo")
    names = (_("action"), pgettext("thread", "report"), _("result"))
    return tuple(Bead(name, look) for name, look in [*steps, *zip(names, last, strict=True)])


def issues_of(action: Action) -> tuple[Issue, ...]:
    """The gaps and dilemmas that an action goes back to, in the order of their codes."""
    proposal = action.decision.proposal
    found = {one.issue.code: one.issue for row in proposal.harvests.all() for one in row.table.table_issues.all()}
    found |= {row.code: row for row in proposal.issues.all()}
    return tuple(found[code] for code in in_order(found))


def accepted_placement(action: Action) -> Placement | None:
    """The body that took an action on."""
    return next((row for row in action.placements.all() if row.state == PlacementState.ACCEPTED), None)


def open_offers(action: Action) -> list[Placement]:
    """Bodies that were asked and did not answer yet, or whose time to answer passed."""
    waits = {PlacementState.OFFERED, PlacementState.UNANSWERED}
    return [row for row in action.placements.all() if row.state in waits]


def last_report(action: Action) -> ProgressReport | None:
    """The newest report of an action."""
    return max(action.reports.all(), key=lambda row: (row.made_at, row.pk), default=None)


def owner_of(action: Action) -> str:
    """Who answers for an action; a person who was erased shows as such."""
    return action.owner.person.name if action.owner else _("nobody yet")


def tally_of(rows: Sequence[Row]) -> Tally:
    """The counts of a year. A gap is closed when each action that came of it was accepted with all results reached."""
    groups = Counter(row.standing.group for row in rows)
    verdicts: Counter[str] = Counter()
    for row in rows:
        if row.action.state != ActionState.STOPPED:
            verdicts.update(one.verdict.kind if hasattr(one, "verdict") else "" for one in row.action.results.all())
    gaps = {issue.pk: issue for row in rows for issue in row.issues}
    return Tally(
        actions=len(rows),
        attention=groups[ATTENTION],
        running=groups[RUNNING],
        done=groups[DONE],
        stopped=groups[STOPPED],
        gaps=len(gaps),
        closed=len(closed_issues(rows)),
        results=verdicts.total(),
        reached=verdicts[VerdictKind.REACHED],
        partly=verdicts[VerdictKind.PARTLY],
        failed=verdicts[VerdictKind.NOT],
        unjudged=verdicts[""],
    )


def closed_issues(rows: Iterable[Row]) -> frozenset[int]:
    """Keys of the gaps and dilemmas that are closed in practice, by what was judged of their actions."""
    left: dict[int, bool] = {}
    for row in rows:
        if row.action.state == ActionState.STOPPED:
            continue
        is_reached = row.action.state == ActionState.ACCEPTED and row.standing.look == "done"
        for issue in row.issues:
            left[issue.pk] = left.get(issue.pk, True) and is_reached
    resolved = {
        issue.pk
        for row in rows
        for issue in row.issues
        if issue.kind == IssueKind.DILEMMA and issue.state == IssueState.RESOLVED
    }
    return frozenset({key for key, is_closed in left.items() if is_closed} | resolved)


def _lies(action: Action, taken: Placement | None, offered: list[Placement]) -> str:
    if taken is not None:
        return taken.body.called
    if offered:
        count = len(offered)
        return ngettext("offered to %(count)s body", "offered to %(count)s bodies", count) % {"count": count}
    if action.body is not None:
        return action.body.called
    if action.state == ActionState.PROPOSED and not action.no_body_reason:
        return _("with no body yet")
    return _("with no existing body")


def _themes(action: Action) -> tuple[Theme, ...]:
    proposal = action.decision.proposal
    found = {row.table.theme_id: row.table.theme for row in proposal.harvests.all()}
    found |= {theme.pk: theme for issue in proposal.issues.all() for theme in issue.themes.all()}
    return tuple(sorted(found.values(), key=lambda theme: (theme.order, theme.pk)))
