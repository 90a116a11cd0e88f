"""What waits for a body, and for who leads: each with its age, the oldest first.

Every flag, contest, decline and offer without an answer is in one of these queues until somebody does something.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schakelbord.accounts.actors import Actor, Role
from schakelbord.bodies.codes import MemberRole
from schakelbord.bodies.models import Body
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ActionState, Outcome, PlacementState, ReferralState, Stance
from schakelbord.chain.models import Action, DecidingBody, Endorsement, Placement, Referral
from schakelbord.chain.referrals import OPEN
from schakelbord.chain.reporting import next_report_by
from schakelbord.chain.rights import WIDE, may_lead_chain, seats_of
from schakelbord.dossiers.codes import IssueState
from schakelbord.dossiers.models import Issue
from schakelbord.tables.codes import ContributionState, HarvestState
from schakelbord.tables.models import Contribution, Harvest

KINDS: Final[dict[str, tuple[str, Promise]]] = {
    "referral": ("verwijs", _("A question for this body")),
    "taken": ("verwijs", _("A question that was taken up")),
    "offer": ("actie", _("An action is offered")),
    "endorse": ("instemming", _("Consent is asked")),
    "report": ("verslag", _("A report is late")),
    "verdict": ("resultaat", _("Reported done: did the results come?")),
    "returned": ("terug", _("An issue came back")),
    "brought": ("vraag", _("Brought in, not taken up yet")),
    "onward": ("verwijs", _("Answered: it must go on")),
    "declined": ("terug", _("A body did not take it up")),
    "offer_declined": ("terug", _("A body declined the action")),
    "offer_unanswered": ("klok", _("An offer came back without an answer")),
    "objection": ("weeg", _("A body objects")),
    "contested": ("gesprek", _("Somebody does not recognise the harvest")),
    "held": ("let-op", _("Contributions that look like a name")),
}
ADOPTED_ACTIONS: Final = (ActionState.ADOPTED, ActionState.PLACED, ActionState.IN_PROGRESS)
PLACELESS: Final = (ActionState.PROPOSED, ActionState.ADOPTED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a body, or for who leads (`body` is None then).

    Args:
        kind: one of `KINDS`.
        code: of what it is about; "" when it has none.
        title: in words.
        address: where one does something about it.
        since: from when it waits.
        due: by when it should be done, when somebody set a day.
        body: for which it waits.
        note: such as the reason of a decline.
        table: number of a table, for what waits there.
        count: how many, when it is more than one.
    """

    kind: str
    code: str
    title: str
    address: str
    since: dt.date
    due: dt.date | None = None
    body: Body | None = None
    note: str = ""
    table: int = 0
    count: int = 0

    @property
    def icon(self) -> str:
        """Its picture."""
        return KINDS[self.kind][0]

    @property
    def label(self) -> Promise:
        """What is asked, in words."""
        return KINDS[self.kind][1]


@dataclass(frozen=True, slots=True)
class Aged:
    """Something that waits, with its age today in days and how late it is."""

    what: Waiting
    age: int
    late: int


def bodies_of(actor: Actor, day: dt.date) -> list[Body]:
    """The bodies for which somebody answers: where they are chair or secretary."""
    roles = (MemberRole.CHAIR, MemberRole.SECRETARY)
    seated = seats_of(actor, day).filter(role__in=roles).values("body_id")
    if actor.user_id is None:
        return []
    return list(Body.objects.filter(Q(pk__in=seated) | Q(secretary__user_id=actor.user_id)).order_by("name"))


def queue_of_bodies(actor: Actor, bodies: Collection[Body] | None, *, today: dt.date) -> list[Waiting]:
    """What waits for these bodies, or for any body when it is None; one query a sort."""
    found: list[Waiting] = []
    for read in (_referrals, _returned, _offers, _consents, _reports, _verdicts):
        found.extend(read(actor, bodies, today))
    return _oldest_first(found)


def queue_of_owner(actor: Actor, *, today: dt.date) -> list[Waiting]:
    """The reports that somebody owes on their own actions, each where they can write it."""
    if actor.user_id is None:
        return []
    rows = Action.objects.filter(state__in=ADOPTED_ACTIONS, owner__person__user_id=actor.user_id)
    return _oldest_first(_late_reports(rows, today, where="/acties/"))


def queue_of_lead(actor: Actor) -> list[Waiting]:
    """What waits for secretary and chair of the whole: nobody else can make it go on."""
    if not may_lead_chain(actor):
        return []
    found = [*_not_taken_up(), *_going_nowhere(), *_unplaced(), *_objections(), *_contested(), *_held()]
    return _oldest_first(found)


def aged(rows: Iterable[Waiting], today: dt.date) -> list[Aged]:
    """The same with their ages."""
    return [
        Aged(row, max(0, (today - row.since).days), max(0, (today - row.due).days) if row.due else 0) for row in rows
    ]


def _referrals(actor: Actor, bodies: Collection[Body] | None, _today: dt.date) -> Iterable[Waiting]:
    rows = Referral.objects.filter(_of("to_body", bodies), _readable(actor, "issue__dossier"), state__in=OPEN)
    for row in rows.select_related("issue", "to_body"):
        kind = "referral" if row.state == ReferralState.OFFERED else "taken"
        yield Waiting(
            kind,
            row.issue.code,
            row.question,
            issue_address(row.issue.code),
            day_of(row.made_at),
            row.due,
            row.to_body,
        )


def _returned(actor: Actor, bodies: Collection[Body] | None, _today: dt.date) -> Iterable[Waiting]:
    rows = Issue.objects.filter(_of("submitted_by", bodies), _readable(actor, "dossier"), state=IssueState.RETURNED)
    for row in rows.exclude(submitted_by=None).select_related("submitted_by"):
        yield Waiting(
            "returned",
            row.code,
            row.statement,
            issue_address(row.code),
            day_of(row.changed_at),
            body=row.submitted_by,
            note=row.reason,
        )


def _offers(actor: Actor, bodies: Collection[Body] | None, _today: dt.date) -> Iterable[Waiting]:
    readable = _readable(actor, "action__decision__proposal__dossier")
    rows = Placement.objects.filter(_of("body", bodies), readable, state=PlacementState.OFFERED)
    for row in rows.select_related("action", "body"):
        since = day_of(row.offered_at or row.made_at)
        address = "/aanbod"
        yield Waiting("offer", row.action.code, row.action.title, address, since, row.answer_by, row.body)


def _consents(actor: Actor, bodies: Collection[Body] | None, _today: dt.date) -> Iterable[Waiting]:
    said = Endorsement.objects.filter(decision=OuterRef("decision"), body=OuterRef("body"), replaced=False)
    rows = DecidingBody.objects.filter(
        _of("body", bodies), _readable(actor, "decision__proposal__dossier"), decision__outcome=Outcome.PENDING
    ).exclude(decision__proposal__state="withdrawn")
    rows = rows.filter(~Exists(said)).select_related("decision__proposal", "body")
    for row in rows.prefetch_related("decision__proposal__versions"):
        proposal = row.decision.proposal
        text = next((one.text for one in proposal.versions.all() if one.number == proposal.version), "")
        yield Waiting(
            "endorse",
            row.decision.code,
            text,
            f"/besluiten/{row.decision.code}",
            day_of(row.asked_at),
            proposal.deadline,
            row.body,
        )


def _reports(actor: Actor, bodies: Collection[Body] | None, today: dt.date) -> Iterable[Waiting]:
    rows = Action.objects.filter(
        _of("body", bodies), _readable(actor, "decision__proposal__dossier"), state__in=ADOPTED_ACTIONS
    )
    return _late_reports(rows.exclude(body=None), today, where="/draad/")


def _late_reports(rows: QuerySet[Action], today: dt.date, *, where: str) -> Iterable[Waiting]:
    for row in rows.annotate(last_report=Max("reports__made_at")).select_related("body"):
        last = row.last_report
        wanted = next_report_by(row, last=day_of(last) if last else None)
        if wanted is not None and wanted < today:
            yield Waiting("report", row.code, row.title, f"{where}{row.code}", wanted, wanted, row.body)


def _verdicts(actor: Actor, bodies: Collection[Body] | None, _today: dt.date) -> Iterable[Waiting]:
    """An action that is reported done waits for each body that decided about it."""
    rows = DecidingBody.objects.filter(
        _of("body", bodies),
        _readable(actor, "decision__proposal__dossier"),
        decision__actions__state=ActionState.REPORTED_DONE,
    ).select_related("body", "decision")
    for row in rows.distinct().prefetch_related("decision__actions"):
        for action in row.decision.actions.all():
            if action.state == ActionState.REPORTED_DONE and action.done_at is not None:
                address = thread_address(action.code)
                yield Waiting("verdict", action.code, action.title, address, day_of(action.done_at), body=row.body)


def _not_taken_up() -> Iterable[Waiting]:
    for row in Issue.objects.filter(state=IssueState.SUBMITTED).exclude(referrals__state__in=OPEN):
        yield Waiting("brought", row.code, row.statement, issue_address(row.code), day_of(row.made_at))


def _going_nowhere() -> Iterable[Waiting]:
    """The last step of an issue was answered or declined, and no next one was made."""
    newer = Referral.objects.filter(issue=OuterRef("issue"), order__gt=OuterRef("order"))
    rows = Referral.objects.filter(~Exists(newer), state__in=[ReferralState.ANSWERED, ReferralState.DECLINED])
    finished = [IssueState.RESOLVED, IssueState.RETURNED, IssueState.PARKED]
    for row in rows.exclude(issue__state__in=finished).select_related("issue", "to_body"):
        is_answered = row.state == ReferralState.ANSWERED
        since = row.answered_at if is_answered else row.closed_at
        yield Waiting(
            "onward" if is_answered else "declined",
            row.issue.code,
            row.issue.statement,
            issue_address(row.issue.code),
            day_of(since or row.made_at),
            note=f"{row.to_body.called}: {row.answer if is_answered else row.reason}",
        )


def _unplaced() -> Iterable[Waiting]:
    """An action that came back and lies with nobody: it was declined, or nobody answered, and nothing is open."""
    is_open = Placement.objects.filter(
        action=OuterRef("action"), state__in=[PlacementState.OFFERED, PlacementState.ACCEPTED]
    )
    rows = Placement.objects.filter(
        ~Exists(is_open),
        state__in=[PlacementState.DECLINED, PlacementState.UNANSWERED],
        action__state__in=PLACELESS,
        action__no_body_reason="",
    )
    for row in rows.select_related("action", "body"):
        is_declined = row.state == PlacementState.DECLINED
        since = day_of(row.answered_at or row.made_at) if is_declined else row.answer_by or day_of(row.made_at)
        yield Waiting(
            "offer_declined" if is_declined else "offer_unanswered",
            row.action.code,
            row.action.title,
            f"/acties/{row.action.code}/belegging",
            since,
            note=f"{row.body.called}: {row.reason}" if row.reason else row.body.called,
        )


def _objections() -> Iterable[Waiting]:
    rows = Endorsement.objects.filter(replaced=False, stance=Stance.OBJECTION, decision__outcome=Outcome.PENDING)
    for row in rows.exclude(decision__proposal__state="withdrawn").select_related("decision", "body"):
        yield Waiting(
            "objection",
            row.decision.code,
            row.reason,
            f"/besluiten/{row.decision.code}",
            day_of(row.at),
            note=row.body.called,
        )


def _contested() -> Iterable[Waiting]:
    for row in Harvest.objects.filter(state=HarvestState.CONTESTED).select_related("table__meeting"):
        address = f"/bijeenkomsten/{row.table.meeting_id}/regie"
        since = day_of(row.contested_at or row.made_at)
        yield Waiting("contested", row.code, row.assignment, address, since, note=row.contested_because)


def _held() -> Iterable[Waiting]:
    """Counts only: what looks like a name is read by the host of the table, and by nobody here."""
    rows = (
        Contribution.objects.filter(is_held=True, state=ContributionState.NOTED)
        .values("table_id", "table__number", "table__meeting_id", "table__meeting__title")
        .annotate(count=Count("pk"), since=Min("made_at"))
    )
    for row in rows:
        yield Waiting(
            "held",
            "",
            row["table__meeting__title"],
            f"/bijeenkomsten/{row['table__meeting_id']}/tafel/{row['table__number']}",
            day_of(row["since"]),
            table=row["table__number"],
            count=row["count"],
        )


def issue_address(code: str) -> str:
    """Where an issue is shown."""
    return f"/vraagstukken/{code}"


def thread_address(code: str) -> str:
    """Where the thread of a code is shown, with what one can do about it."""
    return f"/draad/{code}"


def _of(field: str, bodies: Collection[Body] | None) -> Q:
    return Q() if bodies is None else Q(**{f"{field}__in": bodies})


def _readable(actor: Actor, dossier: str) -> Q:
    if actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR):
        return Q()
    return Q(**{f"{dossier}__confidentiality__in": WIDE})


def _oldest_first(rows: Iterable[Waiting]) -> list[Waiting]:
    return sorted(rows, key=lambda row: (row.since, row.code))
