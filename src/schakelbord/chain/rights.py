"""Who may do what in the chain, in words of the table of rights.

What somebody may for a body rests on their seat in it today, not on a role alone.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.context import CHAIN_READERS
from schakelbord.bodies.codes import MemberRole
from schakelbord.bodies.models import Body, Membership
from schakelbord.chain.codes import PlacementState
from schakelbord.chain.models import Action, DecidingBody, Proposal
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.models import Dossier
from schakelbord.dossiers.rights import may_read_dossier
from schakelbord.meetings.models import Convening

WIDE = (Confidentiality.BODIES, Confidentiality.PUBLIC)


def seats_of(actor: Actor, day: dt.date) -> QuerySet[Membership]:
    """The seats that somebody holds on a day."""
    rows = Membership.objects.filter(person__user_id=actor.user_id) if actor.user_id else Membership.objects.none()
    return rows.filter(held_on(day))


def held_on(day: dt.date) -> Q:
    """A seat that is held on this day."""
    return Q(from_day__lte=day) & (Q(to_day__isnull=True) | Q(to_day__gte=day))


def may_read_chain(actor: Actor) -> bool:
    """Whoever prepares, decides, owns, takes on or checks. The technical administrator never does."""
    return actor.has(*CHAIN_READERS)


def may_read_in_chain(actor: Actor, dossier: Dossier) -> bool:
    """What lies in this dossier: all readers of the chain, unless it is for one table or one meeting."""
    if not may_read_chain(actor):
        return False
    return dossier.confidentiality in WIDE or may_read_dossier(actor, dossier)


def readable_in_chain(actor: Actor) -> Q:
    """The same for rows with a `dossier`, as a condition; what `may_read_in_chain` says of each."""
    if not may_read_chain(actor):
        return Q(pk__in=())
    if actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR):
        return Q()
    return Q(dossier__confidentiality__in=WIDE)


def sees_queue(actor: Actor, body: Body, day: dt.date) -> bool:
    """What waits for a body: who leads or checks, and whoever sits in it."""
    if not may_read_chain(actor):
        return False
    if actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR):
        return True
    return serves(actor, body, day) or seats_of(actor, day).filter(body=body).exists()


def may_read_thread(actor: Actor, dossier: Dossier, *, sits: bool, has_part: bool) -> bool:
    """Whoever reads the dossier, sits in one of its bodies when it is for them, or owns or takes on part of it."""
    if may_read_dossier(actor, dossier):
        return True
    return may_read_chain(actor) and (has_part or (sits and dossier.confidentiality == Confidentiality.BODIES))


def own_actions(actor: Actor) -> Q:
    """The actions that somebody owns, or that lie with or were offered to a body they serve, as a condition."""
    if actor.user_id is None:
        return Q(pk__in=())
    offered = Q(placements__body__secretary__user_id=actor.user_id) & ~Q(placements__state=PlacementState.SUGGESTED)
    return Q(owner__person__user_id=actor.user_id) | Q(body__secretary__user_id=actor.user_id) | offered


def readable_proposals(actor: Actor, day: dt.date) -> Q:
    """The proposals that somebody reads on a day, each with its decision and actions, as a condition.

    What `may_read_in_chain` allows, and besides what a body in which they sit decides on, or holds their own action.
    """
    if not may_read_chain(actor):
        return Q(pk__in=())
    if actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR):
        return Q()
    decide = DecidingBody.objects.filter(body__in=seats_of(actor, day).values("body_id"))
    mine = Action.objects.filter(own_actions(actor))
    return (
        readable_in_chain(actor)
        | Q(pk__in=decide.values("decision__proposal_id"))
        | Q(pk__in=mine.values("decision__proposal_id"))
    )


def reads_proposal(actor: Actor, proposal: Proposal, day: dt.date) -> bool:
    """What `readable_proposals` says of one of them; most often without a question to the database."""
    if may_read_in_chain(actor, proposal.dossier):
        return True
    return Proposal.objects.filter(readable_proposals(actor, day), pk=proposal.pk).exists()


def source_levels(actor: Actor | None) -> tuple[str, ...]:
    """Of which confidentiality somebody may read the sources of a dossier that they may read.

    None is who holds a link that was mailed to a member of a body.
    """
    if actor is None:
        return WIDE
    if actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR):
        return tuple(Confidentiality)
    return WIDE if may_read_chain(actor) else (Confidentiality.PUBLIC,)


def readable_sources(actor: Actor | None) -> Q:
    """The sources of those levels, as a condition."""
    return Q(confidentiality__in=source_levels(actor))


def bodies_of(dossier_id: int) -> QuerySet[Body]:
    """The bodies of a dossier: those that convene its meetings, and those that decide in it."""
    convene = Convening.objects.filter(meeting__dossier=dossier_id).values("body_id")
    decide = DecidingBody.objects.filter(decision__proposal__dossier=dossier_id).values("body_id")
    return Body.objects.filter(Q(pk__in=convene) | Q(pk__in=decide))


def sits_in_dossier(actor: Actor, dossier: Dossier, day: dt.date) -> bool:
    """Whether somebody sits in a body of a dossier on a day, or serves one."""
    if actor.user_id is None or not may_read_chain(actor):
        return False
    seats = seats_of(actor, day).filter(body__in=bodies_of(dossier.pk))
    return seats.exists() or bodies_of(dossier.pk).filter(secretary__user_id=actor.user_id).exists()


def dossiers_to_read(actor: Actor, day: dt.date) -> QuerySet[Dossier]:
    """The dossiers whose threads somebody reads on a day: the same that `may_read_thread` answers yes to."""
    if actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR):
        return Dossier.objects.all()
    public = Q(confidentiality=Confidentiality.PUBLIC)
    if actor.user_id is None or not may_read_chain(actor):
        return Dossier.objects.filter(public)
    seats = seats_of(actor, day).values("body_id")
    mine = list(Body.objects.filter(Q(pk__in=seats) | Q(secretary__user_id=actor.user_id)).values_list("pk", flat=True))
    convene = Convening.objects.filter(body__in=mine).values("meeting__dossier_id")
    decide = DecidingBody.objects.filter(body__in=mine).values("decision__proposal__dossier_id")
    sits = Q(confidentiality=Confidentiality.BODIES) & (Q(pk__in=convene) | Q(pk__in=decide))
    return Dossier.objects.filter(public | sits)


def may_lead_chain(actor: Actor) -> bool:
    """Secretary and chair: refer, write and table proposals, offer placements, make the programme."""
    return actor.has(Role.SECRETARY, Role.CHAIR)


def may_answer_for(actor: Actor, body: Body, day: dt.date) -> bool:
    """Whoever leads, chair or secretary of that body, or somebody who sits there as such."""
    if actor.has(Role.SECRETARY):
        return True
    return serves(actor, body, day) or (
        actor.has(Role.CHAIR) and seats_of(actor, day).filter(body=body, role=MemberRole.CHAIR).exists()
    )


def serves(actor: Actor, body: Body, day: dt.date) -> bool:
    """Whether somebody is the secretary of a body."""
    if actor.user_id is None:
        return False
    if body.secretary is not None and body.secretary.user_id == actor.user_id:
        return True
    return seats_of(actor, day).filter(body=body, role=MemberRole.SECRETARY).exists()


def may_endorse_for(seat: Membership, day: dt.date) -> bool:
    """A member who may decide on that day."""
    return seat.may_decide and seat.from_day <= day and (seat.to_day is None or seat.to_day >= day)


def may_take_on(actor: Actor, body: Body, day: dt.date) -> bool:
    """Accept or decline an offer: only the secretary of that body."""
    return serves(actor, body, day)


def may_report(actor: Actor, action: Action, day: dt.date) -> bool:
    """The owner of the action, and the secretary of the body where it lies."""
    if actor.user_id is None:
        return False
    if action.owner is not None and action.owner.person.user_id == actor.user_id:
        return True
    return action.body is not None and serves(actor, action.body, day)


def may_judge(seat: Membership, action: Action, day: dt.date) -> bool:
    """A member who may decide, of a body that decided about the action, and never its owner."""
    if action.owner is not None and action.owner.person_id == seat.person_id:
        return False
    decided = action.decision.deciding.filter(body_id=seat.body_id).exists()
    return decided and may_endorse_for(seat, day)


def may_sign(actor: Actor) -> bool:
    """The second signature under a programme or an account: the chair."""
    return actor.has(Role.CHAIR)


def may_publish(actor: Actor) -> bool:
    """Publishing a programme and fixing an account begins with the secretary."""
    return actor.has(Role.SECRETARY)
