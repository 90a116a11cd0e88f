"""What waits for whom in the chain, read from the rows themselves.

Each finder gives what is so now. A mail is made of it when it begins to be so, and is sent only when it still is:
whoever did what they were asked is not reminded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Max, Q, QuerySet

from schakelbord.bodies.codes import MemberRole
from schakelbord.bodies.models import Body, Membership, Person
from schakelbord.chain.acts import ZONE, day_of
from schakelbord.chain.codes import UNDER_WAY, ActionState, NoticeKind, Outcome, PlacementState, ProposalState
from schakelbord.chain.consent_links import consent_path
from schakelbord.chain.links import secret_of
from schakelbord.chain.models import Action, Decision, Placement, Referral
from schakelbord.chain.placing import PLACEABLE
from schakelbord.chain.referrals import OPEN
from schakelbord.chain.reporting import next_report_by
from schakelbord.chain.rights import held_on

DAYS_BEFORE: Final = 3
"""Days before an answer is due that somebody is reminded of it, never on the day of the question itself."""
DAYS_BEFORE_REPORT: Final = 7
DAYS_OF_DECISIONS: Final = 14
"""After so many days a list of decisions is no news any more; the decisions themselves stay where they are."""
EIGHT: Final = dt.time(8)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody.

    Args:
        kind: what is asked.
        key: makes the mail about it one of a kind.
        person: of whom it is asked; has an address.
        since: from when; then the mail is due.
        node: code of what it is about, "" for a list.
        row: key of the row that it is about: of the seat when somebody is asked to consent, of the dossier for a list
            of decisions, of the person for a week.
        title: of what it is about.
        text: the question as it was asked, or the text that is laid before the bodies.
        body: for which body.
        until: the day by which it is to be done.
        path: where it is done, on this site.
        is_own: whether that address is for this person alone, without an account.
        is_mailed: whether a mail goes out by itself.
        items, decisions: what stands in a list.
    """

    kind: NoticeKind
    key: str
    person: Person
    since: dt.datetime
    node: str = ""
    row: int = 0
    title: str = ""
    text: str = ""
    body: Body | None = None
    until: dt.date | None = None
    path: str = ""
    is_own: bool = False
    is_mailed: bool = True
    items: tuple[Waiting, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(slots=True)
class Look:
    """One look at the chain.

    Args:
        now: when.
        row: only what is about this row, None for everything.
    """

    now: dt.datetime
    row: int | None = None
    _seats: dict[int, list[Membership]] | None = field(default=None)

    @property
    def today(self) -> dt.date:
        """The day on the calendar of the country."""
        return day_of(self.now)

    def seats(self, body_id: int) -> list[Membership]:
        """Who sits in a body today and can be written to."""
        if self._seats is None:
            rows = Membership.objects.filter(held_on(self.today), person__erased_at=None).exclude(person__email="")
            self._seats = {}
            for seat in rows.select_related("person").order_by("pk"):
                self._seats.setdefault(seat.body_id, []).append(seat)
        return self._seats.get(body_id, [])

    def speakers(self, body: Body) -> list[Person]:
        """Who is asked what a body says: its secretaries, and without one its chair."""
        seats = self.seats(body.pk)
        found = [body.secretary, *(seat.person for seat in seats if seat.role == MemberRole.SECRETARY)]
        chairs = [seat.person for seat in seats if seat.role == MemberRole.CHAIR]
        people = [one for one in found if can_be_written_to(one)] or chairs
        return list({one.pk: one for one in people if one is not None}.values())

    def deciders(self, body_id: int) -> list[Membership]:
        """The seats of who may decide for a body today."""
        return [seat for seat in self.seats(body_id) if seat.may_decide]


Finder = Callable[[Look], Iterator[Waiting]]


def referrals(look: Look) -> Iterator[Waiting]:
    """Questions that a body was asked and did not take up yet."""
    for row in _referrals(look, ["offered"]):
        for person in look.speakers(row.to_body):
            yield _of_referral(row, person, NoticeKind.REFERRAL, f"referral:{row.pk}:{person.pk}", row.made_at)


def referrals_due(look: Look) -> Iterator[Waiting]:
    """Questions that are to be answered in a few days, or are late."""
    for row in _referrals(look, list(OPEN)):
        soon = _reminder_day(row.due, asked=row.made_at)
        is_late = look.today > row.due
        day = row.due + dt.timedelta(days=1) if is_late or soon is None else soon
        for person in look.speakers(row.to_body):
            key = f"referral-{'late' if is_late else 'soon'}:{row.pk}:{row.due}:{person.pk}"
            yield _of_referral(row, person, NoticeKind.REFERRAL_DUE, key, at_eight(day))


def endorsements(look: Look) -> Iterator[Waiting]:
    """Proposals about which a body did not say yet what it thinks of the newest version."""
    rows = Decision.objects.filter(outcome=Outcome.PENDING, proposal__state=ProposalState.TABLED)
    if look.row is not None:
        rows = rows.filter(deciding__body__memberships=look.row)
    rows = rows.select_related("proposal__meeting").prefetch_related(
        "deciding__body", "endorsements", "proposal__versions"
    )
    for row in rows.order_by("pk"):
        proposal = row.proposal
        newest = max(proposal.versions.all(), key=lambda one: one.number)
        heard = {one.body_id for one in row.endorsements.all() if not one.replaced}
        until = day_of(proposal.meeting.starts_at) if proposal.meeting else proposal.deadline
        for deciding in row.deciding.all():
            for seat in look.deciders(deciding.body_id) if deciding.body_id not in heard else ():
                if look.row is not None and seat.pk != look.row:
                    continue
                yield Waiting(
                    NoticeKind.ENDORSE,
                    f"endorse:{row.code}:{seat.pk}:v{proposal.version}",
                    seat.person,
                    max(deciding.asked_at, newest.made_at),
                    node=row.code,
                    row=seat.pk,
                    text=newest.text,
                    body=deciding.body,
                    until=until,
                    path=consent_path(row, seat),
                    is_own=True,
                    is_mailed=proposal.meeting is None,
                )


def offers(look: Look) -> Iterator[Waiting]:
    """Offers that a body did not answer yet."""
    for row in _placements(look, PlacementState.OFFERED):
        person = row.body.secretary
        if person is not None and can_be_written_to(person) and row.offered_at:
            key = f"offer:{row.pk}:{row.tries}:{person.pk}"
            yield _of_placement(row, person, NoticeKind.OFFER, key, row.offered_at)


def offers_due(look: Look) -> Iterator[Waiting]:
    """Offers that are to be answered in a few days."""
    for row in _placements(look, PlacementState.OFFERED):
        person = row.body.secretary
        if person is None or not can_be_written_to(person) or row.answer_by is None or row.offered_at is None:
            continue
        day = _reminder_day(row.answer_by, asked=row.offered_at) or row.answer_by + dt.timedelta(days=1)
        key = f"offer-due:{row.pk}:{row.tries}:{person.pk}"
        yield _of_placement(row, person, NoticeKind.OFFER_DUE, key, at_eight(day))


def offers_back(look: Look) -> Iterator[Waiting]:
    """Offers that came back without an answer, for who made them."""
    rows = _placements(look, PlacementState.UNANSWERED).filter(action__state__in=PLACEABLE)
    found = [row for row in rows.select_related("decided_by__person") if row.decided_by and row.answer_by]
    users = {row.decided_by.email.lower() for row in found if row.decided_by}
    by_address = {one.email: one for one in Person.objects.filter(email__in=users)}
    for row in found:
        user = row.decided_by
        person = getattr(user, "person", None) or by_address.get(user.email.lower() if user else "")
        if person is not None and can_be_written_to(person) and row.answer_by:
            key = f"offer-back:{row.pk}:{row.tries}:{person.pk}"
            since = at_eight(row.answer_by + dt.timedelta(days=1))
            yield _of_placement(row, person, NoticeKind.OFFER_BACK, key, since)


def progress(look: Look) -> Iterator[Waiting]:
    """Actions about which a report is expected soon."""
    rows = _actions(look).filter(state__in=UNDER_WAY).annotate(last=Max("reports__made_at"))
    for row in rows:
        last = row.last
        expected = next_report_by(row, last=day_of(last) if last else None)
        owner = row.owner
        if expected is None or owner is None or not can_be_written_to(owner.person):
            continue
        before = min(DAYS_BEFORE_REPORT, row.report_every_days // 2)
        yield Waiting(
            NoticeKind.PROGRESS,
            f"progress:{row.pk}:{expected}:{owner.person_id}",
            owner.person,
            at_eight(expected - dt.timedelta(days=before)),
            node=row.code,
            row=row.pk,
            title=row.title,
            body=row.body,
            until=expected,
            path=f"/bericht/{secret_of('report', row.pk, owner.pk)}",
            is_own=True,
        )


def late(look: Look) -> Iterator[Waiting]:
    """Actions whose day has passed."""
    for row in _actions(look).filter(state__in=UNDER_WAY, due__lt=look.today):
        owner = row.owner
        if owner is not None and row.due is not None and can_be_written_to(owner.person):
            yield Waiting(
                NoticeKind.LATE,
                f"late:{row.pk}:{row.due}:{owner.person_id}",
                owner.person,
                at_eight(row.due + dt.timedelta(days=1)),
                node=row.code,
                row=row.pk,
                title=row.title,
                body=row.body,
                until=row.due,
                path=f"/bericht/{secret_of('report', row.pk, owner.pk)}",
                is_own=True,
            )


def verdicts(look: Look) -> Iterator[Waiting]:
    """Actions that are reported done, for members who may decide whether the results came; never for the owner."""
    rows = _actions(look).filter(state=ActionState.REPORTED_DONE, results__isnull=False, results__verdict=None)
    for row in rows.prefetch_related("decision__deciding__body").distinct():
        asked: dict[int, tuple[Person, Body]] = {}
        for deciding in row.decision.deciding.all():
            for seat in look.deciders(deciding.body_id):
                if row.owner is None or seat.person_id != row.owner.person_id:
                    asked.setdefault(seat.person_id, (seat.person, deciding.body))
        since = row.done_at or row.made_at
        for person, body in asked.values():
            yield Waiting(
                NoticeKind.VERDICT,
                f"verdict:{row.pk}:{day_of(since)}:{person.pk}",
                person,
                since,
                node=row.code,
                row=row.pk,
                title=row.title,
                body=body,
                path=f"/acties/{row.code}",
            )


TO_DO: Final[Mapping[NoticeKind, Finder]] = {
    NoticeKind.REFERRAL: referrals,
    NoticeKind.ENDORSE: endorsements,
    NoticeKind.OFFER: offers,
    NoticeKind.OFFER_BACK: offers_back,
    NoticeKind.PROGRESS: progress,
    NoticeKind.LATE: late,
    NoticeKind.VERDICT: verdicts,
}
"""What somebody is to do; a reminder of the same is no second thing to do."""


def to_do(look: Look) -> dict[int, list[Waiting]]:
    """By person, what is to be done now: what is due first, first."""
    found: dict[int, list[Waiting]] = {}
    for finder in TO_DO.values():
        for one in finder(look):
            if one.since <= look.now and one.is_mailed:
                found.setdefault(one.person.pk, []).append(one)
    # A question that was taken up still waits for its answer.
    for row in _referrals(look, ["accepted"]):
        for person in look.speakers(row.to_body):
            taken = _of_referral(row, person, NoticeKind.REFERRAL, f"taken:{row.pk}:{person.pk}", row.made_at)
            found.setdefault(person.pk, []).append(taken)
    for items in found.values():
        items.sort(key=lambda one: (one.until or dt.date.max, one.node))
    return found


def digests(look: Look) -> Iterator[Waiting]:
    """What waited for somebody when the week began, on Monday at eight. What came later they were told by itself."""
    monday = look.today - dt.timedelta(days=look.today.weekday())
    began = at_eight(monday)
    for person_id, items in to_do(Look(look.now)).items():
        if any(one.since < began for one in items) and look.row in {None, person_id}:
            yield Waiting(
                NoticeKind.DIGEST,
                f"digest:{monday}:{person_id}",
                items[0].person,
                began,
                row=person_id,
                path=f"/agenda/{secret_of('agenda', person_id)}.ics",
                is_own=True,
                items=tuple(items),
            )


def decision_lists(look: Look) -> Iterator[Waiting]:
    """Decisions that fell on a day, for the members of the bodies that took them, on the next morning."""
    first = at_eight(look.today - dt.timedelta(days=DAYS_OF_DECISIONS))
    rows = Decision.objects.exclude(outcome=Outcome.PENDING).filter(decided_at__gte=first)
    if look.row is not None:
        rows = rows.filter(proposal__dossier=look.row)
    days: dict[tuple[int, dt.date], list[Decision]] = {}
    for row in rows.select_related("proposal__dossier").prefetch_related("deciding").order_by("pk"):
        if row.decided_at is not None:
            days.setdefault((row.proposal.dossier_id, day_of(row.decided_at)), []).append(row)
    for (dossier_id, day), decisions in days.items():
        people: dict[int, Person] = {}
        for body_id in dict.fromkeys(one.body_id for row in decisions for one in row.deciding.all()):
            people.update((seat.person_id, seat.person) for seat in look.seats(body_id))
        for person in people.values():
            yield Waiting(
                NoticeKind.DECISIONS,
                f"decisions:{dossier_id}:{day}:{person.pk}",
                person,
                at_eight(day + dt.timedelta(days=1)),
                row=dossier_id,
                title=decisions[0].proposal.dossier.title,
                until=day,
                decisions=tuple(decisions),
            )


FINDERS: Final[Mapping[NoticeKind, Finder]] = {
    **TO_DO,
    NoticeKind.REFERRAL_DUE: referrals_due,
    NoticeKind.OFFER_DUE: offers_due,
    NoticeKind.DIGEST: digests,
    NoticeKind.DECISIONS: decision_lists,
}


def at_eight(day: dt.date) -> dt.datetime:
    """Eight in the morning of a day on the clock of the country: an hour that each day has once."""
    return dt.datetime.combine(day, EIGHT, ZONE)


def can_be_written_to(person: Person | None) -> bool:
    """Whether somebody has an address and was not erased."""
    return person is not None and bool(person.email) and person.erased_at is None


def _reminder_day(due: dt.date, *, asked: dt.datetime) -> dt.date | None:
    """When to remind somebody of a day; None when they were asked too shortly before it."""
    day = max(due - dt.timedelta(days=DAYS_BEFORE), day_of(asked) + dt.timedelta(days=1))
    return day if day <= due else None


def _referrals(look: Look, states: Iterable[str]) -> QuerySet[Referral]:
    rows = Referral.objects.filter(state__in=states).select_related("issue", "from_body", "to_body__secretary")
    return rows.filter(_only(look)).order_by("pk")


def _placements(look: Look, state: PlacementState) -> QuerySet[Placement]:
    rows = Placement.objects.filter(state=state).select_related("action", "body__secretary")
    return rows.filter(_only(look)).order_by("pk")


def _actions(look: Look) -> QuerySet[Action]:
    rows = Action.objects.select_related("owner__person", "body", "decision")
    return rows.filter(_only(look)).order_by("pk")


def _only(look: Look) -> Q:
    return Q() if look.row is None else Q(pk=look.row)


def _of_referral(row: Referral, person: Person, kind: NoticeKind, key: str, since: dt.datetime) -> Waiting:
    return Waiting(
        kind,
        key,
        person,
        since,
        node=row.issue.code,
        row=row.pk,
        title=row.issue.statement,
        text=row.question,
        body=row.to_body,
        until=row.due,
        path=f"/vraagstukken/{row.issue.code}",
    )


def _of_placement(row: Placement, person: Person, kind: NoticeKind, key: str, since: dt.datetime) -> Waiting:
    is_back = kind == NoticeKind.OFFER_BACK
    return Waiting(
        kind,
        key,
        person,
        since,
        node=row.action.code,
        row=row.pk,
        title=row.action.title,
        text=row.action.told,
        body=row.body,
        until=row.answer_by,
        path=f"/acties/{row.action.code}/belegging" if is_back else offer_path(row, person),
        is_own=not is_back,
    )


def offer_path(row: Placement, person: Person) -> str:
    """Where the secretary of a body answers an offer without an account."""
    return f"/aanbod/{secret_of('offer', row.pk, person.pk)}"
