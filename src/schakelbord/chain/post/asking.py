"""Asking the members of a body who may decide, by mail: a notice a member a day, made once however often one asks."""

from __future__ import annotations

import datetime as dt

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body, Membership
from schakelbord.chain.acts import Act, actor_key, carry_out, day_of, require_secretary
from schakelbord.chain.codes import NoticeKind, Outcome, ProposalState
from schakelbord.chain.models import Decision, Notice
from schakelbord.chain.rights import held_on, may_lead_chain
from schakelbord.errors import InputError, StateError
from schakelbord.live.journal import Payload


def ask_again(actor: Actor, decision: Decision, body: Body, *, key: str) -> Payload:
    """Ask the members of a body who may decide what it says; gives `count`, the mails that go out.

    Args:
        actor: secretary or chair.
        decision: not fallen yet.
        body: one that decides about it.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        InputError: the body does not decide, or nobody of it who may decide has an address.
        StateError: the decision fell, or everybody was asked today already.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Decision.objects.select_related("proposal").get(pk=decision.pk)
        if row.outcome != Outcome.PENDING or row.proposal.state != ProposalState.TABLED:
            raise StateError(
                "decided_before",
                nl=f"{row.code} ligt niet meer voor; er valt niets te vragen.",
                en=f"{row.code} no longer lies before the bodies; there is nothing to ask.",
            )
        if not row.deciding.filter(body=body).exists():
            raise InputError(
                "no_body",
                "body",
                nl=f"{body.called} beslist hier niet over.",
                en=f"{body.called} does not decide about this.",
            )
        seats = seats_to_ask(body, act.today)
        if not seats:
            raise InputError(
                "nobody_to_ask",
                "body",
                nl=f"Bij {body.called} heeft niemand die mag beslissen een mailadres. Vul dat in bij het gremium.",
                en=f"Nobody of {body.called} who may decide has a mail address. Fill that in at the body.",
            )
        count = post_questions(row, seats, now=act.now)
        if not count:
            raise StateError(
                "asked_today",
                nl=f"{body.called} is vandaag al gevraagd. Morgen kunt u het nog eens vragen.",
                en=f"{body.called} was asked today already. You can ask again tomorrow.",
            )
        return {**act.tell("decision.asked", node=row.code, body=body.pk, count=count), "count": count}

    asked: Payload = {"verb": "ask", "decision": decision.code, "body": body.pk}
    return carry_out(decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def seats_to_ask(body: Body, day: dt.date) -> list[Membership]:
    """The seats of members who may decide on a day and have an address."""
    rows = body.memberships.filter(held_on(day), may_decide=True, person__erased_at=None).exclude(person__email="")
    return list(rows.select_related("person").order_by("pk"))


def post_questions(decision: Decision, seats: list[Membership], *, now: dt.datetime) -> int:
    """Make the notices of today that are not there yet; gives how many. `row` of a notice is the seat."""
    day = day_of(now).isoformat()
    made = 0
    for seat in seats:
        _, is_new = Notice.objects.get_or_create(
            key=f"endorse:{decision.code}:{seat.pk}:{day}",
            defaults={
                "kind": NoticeKind.ENDORSE,
                "person_id": seat.person_id,
                "body_id": seat.body_id,
                "node": decision.code,
                "row": seat.pk,
                "due_at": now,
                "made_at": now,
            },
        )
        made += is_new
    return made
