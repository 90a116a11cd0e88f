"""Loose ends of the chain: what waits longer than it should, and what is broken though the database should refuse it.

Late is for people to deal with. Broken is never right: it is what the nightly look at the invariants finds.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schakelbord.chain.actions import CONSIDERED
from schakelbord.chain.acts import ZONE, day_of
from schakelbord.chain.codes import (
    UNDER_WAY,
    ActionState,
    Outcome,
    PlacementState,
    ProposalState,
    ReferralState,
    Stance,
)
from schakelbord.chain.content import number_of
from schakelbord.chain.deciding import hash_of
from schakelbord.chain.models import Action, ActionResult, Decision, Endorsement, Placement, Referral, Verdict
from schakelbord.chain.referrals import OPEN
from schakelbord.chain.reporting import next_report_by
from schakelbord.dossiers.codes import IssueState
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.meetings.codes import MeetingState
from schakelbord.tables.codes import ContributionState, HarvestState
from schakelbord.tables.models import Contribution, Harvest

log = logging.getLogger(__name__)

HELD: Final = (MeetingState.CLOSED, MeetingState.ADOPTED, MeetingState.ARCHIVED)
ADOPTED: Final = (*UNDER_WAY, ActionState.REPORTED_DONE, ActionState.ACCEPTED)

LATE: Final[dict[str, Promise]] = {
    "action_late": _("action is late"),
    "report_late": _("report is late"),
    "offer_unanswered": _("offer without an answer"),
    "referral_late": _("question without an answer"),
    "proposal_late": _("proposal past its day"),
    "decision_waiting": _("decision waits"),
    "harvest_contested": _("harvest is contested"),
    "harvest_unconfirmed": _("harvest never confirmed"),
    "verdict_missing": _("result without a verdict"),
    "issue_waiting": _("issue that nobody took up"),
    "contribution_without_fate": _("contributions of which nothing became"),
}
BROKEN: Final[dict[str, Promise]] = {
    "I5": _("adopted action without an owner"),
    "I6": _("adopted action that lies nowhere"),
    "I8": _("adopted action without a result"),
    "I9": _("adopted action with a broken thread"),
    "I10": _("decision without consent"),
    "I11": _("decision that was changed"),
    "I13": _("result judged by the owner"),
    "I14": _("question that ended without an answer"),
}


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something in the chain that waits for somebody or is broken.

    Args:
        kind: what is loose: a key of `LATE` or of `BROKEN`.
        code: of the node.
        title: of the node.
        since: from when it is loose.
        owner: who is to do something, "" when that is the secretary.
        dossier: key of the dossier it belongs to.
    """

    kind: str
    code: str
    title: str
    since: dt.date
    owner: str
    dossier: int

    @property
    def is_broken(self) -> bool:
        """Whether this should not be possible at all."""
        return self.kind in BROKEN

    @property
    def says(self) -> Promise:
        """What is loose, in words."""
        return BROKEN.get(self.kind) or LATE[self.kind]

    def age(self, today: dt.date) -> int:
        """Days that it has been loose."""
        return max(0, (today - self.since).days)


NIGHT: Final = 3
Finder = Callable[["Look"], Iterator[LooseEnd]]


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the chain on a day, in these dossiers."""

    today: dt.date
    dossiers: QuerySet[Dossier]


def loose_ends(dossiers: QuerySet[Dossier] | None = None, *, today: dt.date | None = None) -> list[LooseEnd]:
    """All loose ends, the oldest first; a fixed number of queries.

    Args:
        dossiers: only in these; None for all.
        today: as seen on this day.
    """
    look = Look(today or day_of(timezone.now()), Dossier.objects.all() if dossiers is None else dossiers)
    return oldest_first(end for finder in FINDERS for end in finder(look))


def oldest_first(ends: Iterable[LooseEnd]) -> list[LooseEnd]:
    """What is broken first, then the oldest; those of one day in the order of their codes."""
    return sorted(ends, key=lambda one: (not one.is_broken, one.since, number_of(one.code), one.kind))


def nightly_look(*, today: dt.date | None = None) -> int:
    """Look at the invariants of the chain and write what is broken in the log; gives how many."""
    broken = [end for end in loose_ends(today=today) if end.is_broken]
    for end in broken:
        log.error("broken: %s %s (%s)", end.code, end.kind, end.title)
    return len(broken)


class Nightly:
    """Looks once a day, from three o'clock at night, or when the server starts later than that."""

    def __init__(self) -> None:
        self._last: dt.date | None = None

    def __call__(self, site: str) -> bool:
        """A round of the post office; there is never more to do at once."""
        now = timezone.now().astimezone(ZONE)
        if now.hour >= NIGHT and self._last != now.date():
            self._last = now.date()
            nightly_look(today=self._last)
        return False


def _actions(look: Look) -> Iterator[LooseEnd]:
    rows = Action.objects.filter(decision__proposal__dossier__in=look.dossiers, state__in=UNDER_WAY)
    rows = rows.select_related("owner__person", "decision__proposal").annotate(last=Max("reports__made_at"))
    for row in rows:
        owner, dossier = row.owner.person.name if row.owner else "", row.decision.proposal.dossier_id
        last = row.last
        expected = next_report_by(row, last=day_of(last) if last else None)
        if row.due is not None and row.due < look.today:
            yield LooseEnd("action_late", row.code, row.title, row.due, owner, dossier)
        if expected is not None and expected < look.today:
            yield LooseEnd("report_late", row.code, row.title, expected, owner, dossier)


def _offers(look: Look) -> Iterator[LooseEnd]:
    rows = Placement.objects.filter(action__decision__proposal__dossier__in=look.dossiers, action__state__in=UNDER_WAY)
    waits = Q(state=PlacementState.OFFERED, answer_by__lt=look.today)
    # An offer that came back hangs loose as long as no other body has the action and none is asked.
    elsewhere = Placement.objects.filter(action=OuterRef("action"), state__in=["offered", "accepted"])
    back = Q(state=PlacementState.UNANSWERED) & ~Exists(elsewhere) & ~Q(action__no_body_reason__gt="")
    for row in rows.filter(waits | back).select_related("body__secretary", "action__decision__proposal"):
        since = row.answer_by or day_of(row.made_at)
        asked = row.state == PlacementState.OFFERED
        owner = (row.body.secretary.name if row.body.secretary else row.body.called) if asked else ""
        title = f"{row.action.title} · {row.body.called}"
        dossier = row.action.decision.proposal.dossier_id
        yield LooseEnd("offer_unanswered", row.action.code, title, since, owner, dossier)


def _referrals(look: Look) -> Iterator[LooseEnd]:
    rows = Referral.objects.filter(issue__dossier__in=look.dossiers, state__in=OPEN, due__lt=look.today)
    for row in rows.select_related("issue", "to_body"):
        yield LooseEnd("referral_late", row.issue.code, row.question, row.due, row.to_body.called, row.issue.dossier_id)


def _decisions(look: Look) -> Iterator[LooseEnd]:
    rows = Decision.objects.filter(
        outcome=Outcome.PENDING, proposal__state=ProposalState.TABLED, proposal__dossier__in=look.dossiers
    )
    rows = rows.select_related("proposal__meeting").prefetch_related("deciding__body", "endorsements")
    for row in rows.prefetch_related("proposal__versions"):
        proposal = row.proposal
        answered = {one.body_id for one in row.endorsements.all() if not one.replaced}
        owner = ", ".join(one.body.called for one in row.deciding.all() if one.body_id not in answered)
        day = proposal.deadline or (day_of(proposal.meeting.starts_at) if proposal.meeting else None)
        is_late = day is not None and day < look.today
        kind, since = ("proposal_late", day) if is_late and day else ("decision_waiting", day_of(row.made_at))
        versions = list(proposal.versions.all())
        text = versions[-1].text if versions else ""
        yield LooseEnd(kind, row.code, text[:160], since, owner, proposal.dossier_id)


def _harvests(look: Look) -> Iterator[LooseEnd]:
    rows = Harvest.objects.filter(table__meeting__dossier__in=look.dossiers)
    open_ones = Q(state__in=[HarvestState.DRAFT, HarvestState.READ_BACK], table__meeting__state__in=HELD)
    rows = rows.filter(Q(state=HarvestState.CONTESTED) | open_ones)
    for row in rows.select_related("table__meeting", "table__theme", "table__host__person"):
        meeting, host = row.table.meeting, row.table.host
        contested = row.state == HarvestState.CONTESTED
        moment = row.contested_at if contested else meeting.closed_at
        yield LooseEnd(
            "harvest_contested" if contested else "harvest_unconfirmed",
            row.code,
            row.assignment or row.table.theme.title,
            day_of(moment or row.made_at),
            "" if contested or host is None else host.called,
            meeting.dossier_id,
        )


def _verdicts(look: Look) -> Iterator[LooseEnd]:
    rows = ActionResult.objects.filter(
        action__state=ActionState.REPORTED_DONE, verdict=None, action__decision__proposal__dossier__in=look.dossiers
    ).select_related("action__decision__proposal")
    for row in rows.prefetch_related("action__decision__deciding__body"):
        action = row.action
        owner = ", ".join(one.body.called for one in action.decision.deciding.all())
        since = day_of(action.done_at or action.made_at)
        yield LooseEnd("verdict_missing", action.code, row.text, since, owner, action.decision.proposal.dossier_id)


def _issues(look: Look) -> Iterator[LooseEnd]:
    rows = Issue.objects.filter(dossier__in=look.dossiers, state__in=[IssueState.DRAFT, IssueState.SUBMITTED])
    for row in rows.filter(referrals=None):
        yield LooseEnd("issue_waiting", row.code, row.statement, day_of(row.made_at), "", row.dossier_id)


def _contributions(look: Look) -> Iterator[LooseEnd]:
    """One a table: that many contributions got no fate before the minutes were adopted."""
    rows = Contribution.objects.filter(
        state=ContributionState.NOTED,
        table__meeting__state__in=[MeetingState.ADOPTED, MeetingState.ARCHIVED],
        table__meeting__dossier__in=look.dossiers,
    )
    meeting = "table__meeting"
    counted = rows.values(
        f"{meeting}__code",
        f"{meeting}__adopted_at",
        f"{meeting}__dossier",
        "table__number",
        "table__host__person__name",
    ).annotate(count=Count("pk"))
    for row in counted:
        words = {"count": row["count"], "table": row["table__number"]}
        title = ngettext(
            "%(count)s contribution at table %(table)s", "%(count)s contributions at table %(table)s", row["count"]
        )
        yield LooseEnd(
            "contribution_without_fate",
            row[f"{meeting}__code"],
            title % words,
            day_of(row[f"{meeting}__adopted_at"]),
            row["table__host__person__name"] or "",
            row[f"{meeting}__dossier"],
        )


def _broken_actions(look: Look) -> Iterator[LooseEnd]:
    """I5, I6, I8 and I9 of actions that were adopted."""
    rests = Harvest.objects.filter(
        proposals=OuterRef("decision__proposal"),
        state=HarvestState.CONFIRMED,
        contributions__isnull=False,
        table__table_issues__isnull=False,
    )
    looked_at = Placement.objects.filter(action=OuterRef("pk"), state__in=CONSIDERED)
    is_whole = Q(Exists(rests) | ~Q(decision__proposal__direct_reason=""))
    is_adopted = Q(decision__outcome__in=[Outcome.ADOPTED, Outcome.AMENDED])
    ended = Q(owner__to_day__lt=look.today) | Q(owner__person__erased_at__isnull=False)
    # An accepted action is finished: that its owner left since is nobody's loose end.
    wrong = {
        "I5": Q(owner__isnull=True) | (ended & ~Q(state=ActionState.ACCEPTED)),
        "I6": Q(body__isnull=True) & Q(Q(no_body_reason="") | ~Exists(looked_at)),
        "I8": Q(~Exists(ActionResult.objects.filter(action=OuterRef("pk")))),
        "I9": ~Q(is_whole & is_adopted),
    }
    rows = Action.objects.filter(state__in=ADOPTED, decision__proposal__dossier__in=look.dossiers)
    for kind, condition in wrong.items():
        for row in rows.filter(condition).select_related("owner__person", "decision__proposal"):
            owner = row.owner.person.name if row.owner and kind != "I5" else ""
            since = day_of(row.adopted_at or row.made_at)
            yield LooseEnd(kind, row.code, row.title, since, owner, row.decision.proposal.dossier_id)


def _broken_decisions(look: Look) -> Iterator[LooseEnd]:
    """I10 and I11: each body consented, and the text is the one that was fixed."""
    rows = Decision.objects.filter(
        outcome__in=[Outcome.ADOPTED, Outcome.AMENDED], proposal__dossier__in=look.dossiers
    ).prefetch_related("deciding")
    consents = Endorsement.objects.filter(
        decision=OuterRef("pk"), body=OuterRef("deciding__body"), replaced=False, stance=Stance.CONSENT
    )
    lacking = set(rows.filter(~Exists(consents)).values_list("pk", flat=True))
    for row in rows.select_related("proposal"):
        since, dossier = day_of(row.decided_at or row.made_at), row.proposal.dossier_id
        if row.pk in lacking:
            yield LooseEnd("I10", row.code, row.final_text[:160], since, "", dossier)
        if row.hash != hash_of(row, row.deciding.all()):
            yield LooseEnd("I11", row.code, row.final_text[:160], since, "", dossier)


def _broken_verdicts(look: Look) -> Iterator[LooseEnd]:
    rows = Verdict.objects.filter(given_by__person=F("result__action__owner__person"))
    rows = rows.filter(result__action__decision__proposal__dossier__in=look.dossiers)
    for row in rows.select_related("result__action__decision__proposal"):
        action = row.result.action
        yield LooseEnd("I13", action.code, row.result.text, day_of(row.at), "", action.decision.proposal.dossier_id)


def _broken_referrals(look: Look) -> Iterator[LooseEnd]:
    """I14: at most one step is open, none of an issue that is resolved, and each that ended says how."""
    rows = Referral.objects.filter(issue__dossier__in=look.dossiers)
    ended = [ReferralState.ANSWERED, ReferralState.CLOSED]
    later = Referral.objects.filter(issue=OuterRef("issue"), state__in=OPEN, order__gt=OuterRef("order"))
    wrong = (
        Q(state__in=ended, answer="")
        | Q(state=ReferralState.DECLINED, reason="")
        | Q(state__in=OPEN, issue__state=IssueState.RESOLVED)
        | (Q(state__in=OPEN) & Exists(later))
    )
    for row in rows.filter(wrong).select_related("issue"):
        yield LooseEnd("I14", row.issue.code, row.question, day_of(row.made_at), "", row.issue.dossier_id)


FINDERS: Final[tuple[Finder, ...]] = (
    _actions,
    _offers,
    _referrals,
    _decisions,
    _harvests,
    _verdicts,
    _issues,
    _contributions,
    _broken_actions,
    _broken_decisions,
    _broken_verdicts,
    _broken_referrals,
)


def people_of(ends: Iterable[LooseEnd]) -> list[str]:
    """Everybody who is to do something, in the order of the alphabet."""
    return sorted({end.owner for end in ends if end.owner}, key=str.casefold)
