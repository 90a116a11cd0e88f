"""Who is on turn in a thread, since when, and what is asked of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.bodies.models import Person
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import (
    ActionState,
    NoticeKind,
    Outcome,
    PlacementState,
    ProposalState,
    ReferralState,
    Stance,
)
from schakelbord.chain.deciding import who_may_consent
from schakelbord.chain.models import Action, Decision, Placement, Proposal, Referral
from schakelbord.chain.referrals import OPEN
from schakelbord.chain.reporting import next_report_by
from schakelbord.chain.threads.thread import Thread, decision_of
from schakelbord.dossiers.codes import IssueState
from schakelbord.dossiers.models import Issue
from schakelbord.tables.codes import HarvestState
from schakelbord.tables.models import Harvest


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody is to do something.

    Args:
        node: code of what waits.
        who: in words, as it stands on the page.
        says: what is asked, in one sentence.
        late: days after the day it was due; 0 while it is in time.
        kind: of the mail that would remind them; "" when nobody can be reminded by mail.
        row: key of what that mail is about: of a question, an offer or an action.
        people: who would get that mail; for a body that decides these are looked up when it is asked for.
    """

    node: str
    who: str
    says: str
    late: int = 0
    kind: str = ""
    row: int | None = None
    people: tuple[Person, ...] = ()


def turns_of(thread: Thread, *, today: dt.date) -> list[Turn]:
    """Who is on turn below the code one asked for, the latest first; empty when all of it is done."""
    found: list[Turn] = []
    if thread.kind == "issue":
        found += _of_issue(thread, thread.issues[0], today)
    if thread.kind in {"issue", "harvest"}:
        for harvest in thread.harvests:
            found += _of_harvest(thread, harvest)
    if thread.kind not in {"action", "report"}:
        for proposal in thread.proposals:
            found += _of_proposal(thread, proposal, today)
    for action in thread.actions:
        found += _of_action(thread, action, today)
    return sorted(found, key=lambda turn: -turn.late)


def days_late(day: dt.date | None, today: dt.date) -> int:
    """How many days a day has passed; 0 when it has not."""
    return max(0, (today - day).days) if day else 0


def says_late(days: int) -> str:
    """How late something is, in words."""
    return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}


def _of_issue(thread: Thread, issue: Issue, today: dt.date) -> Iterator[Turn]:
    asked = next((row for row in thread.referrals if row.state in OPEN), None)
    if asked is not None:
        yield _of_referral(asked, today)
    elif issue.state in {IssueState.DRAFT, IssueState.SUBMITTED} and not thread.referrals:
        yield Turn(issue.code, _("the secretary"), _("Nobody has taken this up yet."))
    elif issue.state == IssueState.ACCEPTED and not thread.tables and not thread.proposals:
        yield Turn(issue.code, _("the secretary"), _("This does not lie on a table yet."))


def _of_referral(referral: Referral, today: dt.date) -> Turn:
    body = referral.to_body
    late = days_late(referral.due, today)
    words = {"body": body.called, "day": date_format(referral.due)}
    return Turn(
        referral.issue.code,
        body.called,
        _("%(body)s is asked to answer by %(day)s.") % words,
        late,
        # A question that nobody took up yet is asked again; one that was taken up is only late.
        NoticeKind.REFERRAL_DUE if late or referral.state == ReferralState.ACCEPTED else NoticeKind.REFERRAL,
        referral.pk,
        _reachable(body.secretary),
    )


def _of_harvest(thread: Thread, harvest: Harvest) -> Iterator[Turn]:
    table = harvest.table
    if harvest.state == HarvestState.CONFIRMED:
        if not thread.proposals:
            yield Turn(harvest.code, _("the secretary"), _("No proposal was made of this harvest yet."))
    elif harvest.state == HarvestState.CONTESTED:
        yield Turn(harvest.code, _("the secretary"), _("This harvest is contested and must be settled."))
    else:
        hosts = [one.called for one in (table.host, table.pitcher) if one is not None]
        who = _(" and ").join(hosts) or _("the secretary")
        yield Turn(harvest.code, who, _("This harvest was not confirmed yet."))


def _of_proposal(thread: Thread, proposal: Proposal, today: dt.date) -> Iterator[Turn]:
    decision = decision_of(proposal)
    if proposal.state == ProposalState.DRAFT:
        yield Turn(proposal.code, _("the secretary"), _("This proposal was not laid before the bodies yet."))
    elif decision is not None and decision.outcome == Outcome.PENDING and proposal.state == ProposalState.TABLED:
        yield from _of_decision(thread, decision, proposal, today)
    elif decision is not None and decision.is_adopted and not _has_actions(thread, decision):
        yield Turn(decision.code, _("the secretary"), _("No action was made of this decision yet."))


def _has_actions(thread: Thread, decision: Decision) -> bool:
    return any(action.decision_id == decision.pk for action in thread.actions)


def _of_decision(thread: Thread, decision: Decision, proposal: Proposal, today: dt.date) -> Iterator[Turn]:
    answered = {row.body_id for row in thread.of_decision(decision)}
    waiting = [row.body.called for row in decision.deciding.all() if row.body_id not in answered]
    day = proposal.deadline or (day_of(proposal.meeting.starts_at) if proposal.meeting else None)
    late = days_late(day, today)
    objects = [row.body.called for row in thread.of_decision(decision) if row.stance == Stance.OBJECTION]
    if objects:
        says = _("%(bodies)s objects. Change the proposal, or record what was decided.")
        yield Turn(decision.code, _("the secretary"), says % {"bodies": _(" and ").join(objects)}, late)
        return
    if not waiting:
        yield Turn(
            decision.code, _("the secretary"), _("All bodies have answered; the decision can be recorded."), late
        )
        return
    words = {"bodies": _(" and ").join(waiting), "day": date_format(day) if day else ""}
    says = _("Still needed: the answer of %(bodies)s, by %(day)s.") if day else _("Still needed: %(bodies)s.")
    yield Turn(decision.code, words["bodies"], says % words, late, NoticeKind.ENDORSE)


def _of_action(thread: Thread, action: Action, today: dt.date) -> Iterator[Turn]:
    placements, reports, _results = thread.of_action(action)
    state = action.state
    if state in {ActionState.ACCEPTED, ActionState.STOPPED}:
        return
    if state == ActionState.PROPOSED:
        yield Turn(action.code, _("the secretary"), _("This action was not adopted yet."))
    elif state == ActionState.REPORTED_DONE:
        decides = [row.body.called for row in action.decision.deciding.all()]
        says = _("The owner reports it done. Somebody else now says whether the results came.")
        yield Turn(action.code, _(" or ").join(decides), says, kind=NoticeKind.VERDICT, row=action.pk)
    else:
        offers = [row for row in placements if row.state == PlacementState.OFFERED]
        yield from (_of_offer(action, row, today) for row in offers)
        if not offers and action.body_id is None and not action.no_body_reason:
            yield Turn(action.code, _("the secretary"), _("No body has taken this on yet."))
        elif not offers:
            yield _of_owner(action, max((day_of(row.made_at) for row in reports), default=None), today)


def _of_offer(action: Action, placement: Placement, today: dt.date) -> Turn:
    body = placement.body
    words = {"body": body.called, "day": date_format(placement.answer_by) if placement.answer_by else ""}
    return Turn(
        action.code,
        body.secretary.name if body.secretary else body.called,
        _("%(body)s is asked to take this on, and to answer by %(day)s.") % words,
        days_late(placement.answer_by, today),
        NoticeKind.OFFER,
        placement.pk,
        _reachable(body.secretary),
    )


def _of_owner(action: Action, last: dt.date | None, today: dt.date) -> Turn:
    who = action.owner.person.name if action.owner else _("nobody")
    people = _reachable(action.owner.person if action.owner else None)
    report = next_report_by(action, last=last)
    late, behind = days_late(action.due, today), days_late(report, today)
    if action.due is not None and late:
        says = _("This should have been done by %(day)s.") % {"day": date_format(action.due)}
        return Turn(action.code, who, says, late, NoticeKind.LATE, action.pk, people)
    if report is not None and behind:
        says = _("The report of %(day)s is not there yet.") % {"day": date_format(report)}
        return Turn(action.code, who, says, behind, NoticeKind.PROGRESS, action.pk, people)
    says = _("The next report is expected by %(day)s.") % {"day": date_format(report)} if report else ""
    return Turn(action.code, who, says, 0, NoticeKind.PROGRESS, action.pk, people)


def to_remind(turn: Turn, *, today: dt.date) -> tuple[tuple[Person, int], ...]:
    """Who would get a mail about this now, each with the key of the row it is about.

    Members who may decide are looked up here; one who is asked to consent is asked for their seat.
    """
    if turn.kind not in {NoticeKind.ENDORSE, NoticeKind.VERDICT}:
        return tuple((person, turn.row or 0) for person in turn.people)
    is_verdict = turn.kind == NoticeKind.VERDICT
    decision = Decision.objects.get(actions__code=turn.node) if is_verdict else Decision.objects.get(code=turn.node)
    asked = decision.deciding.select_related("body")
    if not is_verdict:
        asked = asked.exclude(body__in=decision.endorsements.filter(replaced=False).values("body"))
    owner = Person.objects.filter(memberships__actions__code=turn.node).first() if is_verdict else None
    seats = {seat.person_id: seat for row in asked for seat in who_may_consent(row.body, today) if seat.person.email}
    return tuple(
        (seat.person, (turn.row or 0) if is_verdict else seat.pk) for seat in seats.values() if seat.person != owner
    )


def _reachable(person: Person | None) -> tuple[Person, ...]:
    return (person,) if person is not None and person.email else ()
