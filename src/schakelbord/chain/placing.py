"""Where an action lands: bodies that were looked at, offers to them, and what they answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body, Person
from schakelbord.chain.acts import Act, Deed, a_day, a_reason, actor_key, carry_out, require, require_secretary
from schakelbord.chain.codes import UNDER_WAY, ActionState, PlacementState, ProgrammeState
from schakelbord.chain.models import Action, ActionProgramme, Placement
from schakelbord.chain.rights import may_lead_chain, may_take_on
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import InputError, StateError
from schakelbord.live.journal import Payload
from schakelbord.showing.real_people import refuse_real_people

DAYS_TO_ANSWER: Final = 21
"""Days that a body gets when nobody says otherwise; then the offer comes back."""
Check = Callable[[Placement, dt.date], None]
PLACEABLE: Final = frozenset({ActionState.PROPOSED, ActionState.ADOPTED})


def consider(
    actor: Actor, action: Action, body: Body, *, rank: int | None = None, fit: Payload | None = None, key: str
) -> Payload:
    """Put a body on the list of those that are looked at for an action; harmless when it is there.

    Args:
        actor: secretary or chair.
        action: not placed yet.
        body: takes actions on.
        rank: its place in the order that was shown, from 1; None when somebody chose it.
        fit: score and reasons as they were shown, so that one can see later why.
        key: idempotency key.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        _check_placeable(action)
        _, made = Placement.objects.get_or_create(
            action=action, body=body, defaults={"rank": rank, "fit": dict(fit or {}), "made_at": act.now}
        )
        return act.tell("placement.considered", node=action.code, body=body.pk) if made else {"node": action.code}

    asked: Payload = {"verb": "consider", "action": action.code, "body": body.pk}
    return carry_out(_dossier(action), deed, who=actor_key(actor), key=key, asked=asked)


def offer(actor: Actor, placement: Placement, *, answer_by: dt.date | str | None = None, key: str) -> Payload:
    """Offer an action to a body; its secretary gets the question.

    Raises:
        RightError: this actor may not.
        InputError: the day has passed, or the body takes no actions on or has no secretary to ask.
        StateError: it was answered already, or lies with another body.
    """
    user_id = require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = _fresh(placement)
        _check_placeable(row.action)
        if row.state in {PlacementState.ACCEPTED, PlacementState.DECLINED, PlacementState.OFFERED}:
            raise _answered(row)
        if not row.body.accepts_actions or (row.body.active_to is not None and row.body.active_to < act.today):
            raise InputError(
                "takes_none",
                "body",
                nl=f"{row.body.called} neemt geen acties aan.",
                en=f"{row.body.called} takes no actions on.",
            )
        if row.body.secretary is None or row.body.secretary.erased_at is not None:
            raise InputError(
                "no_secretary",
                "body",
                nl=f"{row.body.called} heeft geen secretaris om het aan te vragen. Vul die eerst in bij het gremium.",
                en=f"{row.body.called} has no secretary to ask. Fill that in first at the body.",
            )
        until = a_day(answer_by, field="answer_by", today=act.today) if answer_by else None
        row.state, row.reason, row.offered_at, row.decided_by_id = PlacementState.OFFERED, "", act.now, user_id
        row.answer_by = until or act.today + dt.timedelta(days=DAYS_TO_ANSWER)
        row.tries += 1
        row.save(update_fields=["state", "reason", "offered_at", "decided_by", "answer_by", "tries"])
        return act.tell("placement.offered", node=row.action.code, body=row.body_id)

    asked: Payload = {"verb": "offer", "placement": placement.pk, "answer_by": str(answer_by or "")}
    return carry_out(_dossier(placement.action), deed, who=actor_key(actor), key=key, asked=asked)


def unsuitable(actor: Actor, placement: Placement, *, reason: str, key: str) -> Payload:
    """Say why a body does not fit; the reason stays in the thread.

    Raises:
        RightError: this actor may not.
        InputError: no reason.
        StateError: it was answered already.
    """
    user_id = require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = _fresh(placement)
        if row.state in {PlacementState.ACCEPTED, PlacementState.DECLINED}:
            raise _answered(row)
        row.reason = a_reason(reason)
        refuse_real_people(row.reason)
        row.state, row.decided_by_id, row.answered_at = PlacementState.UNSUITABLE, user_id, act.now
        row.save(update_fields=["state", "reason", "decided_by", "answered_at"])
        return act.tell("placement.unsuitable", node=row.action.code, body=row.body_id)

    asked: Payload = {"verb": "unsuitable", "placement": placement.pk, "reason": reason}
    return carry_out(_dossier(placement.action), deed, who=actor_key(actor), key=key, asked=asked)


def answer_offer(actor: Actor, placement: Placement, *, takes_on: bool, reason: str = "", key: str) -> Payload:
    """The secretary of a body, logged in, takes an action on or declines it.

    Raises:
        RightError: this actor is not the secretary of that body.
        InputError: declining without a reason, or words that are too long.
        StateError: it was answered, or came back, already.
    """

    def check(row: Placement, today: dt.date) -> None:
        require(
            may_take_on(actor, row.body, today),
            actor,
            nl=f"Dit doet de secretaris van {row.body.called}.",
            en=f"This is for the secretary of {row.body.called}.",
        )

    deed = _answer(placement, takes_on=takes_on, reason=reason, person=None, check=check)
    asked: Payload = {"verb": "answer-offer", "placement": placement.pk, "takes_on": takes_on, "reason": reason}
    return carry_out(_dossier(placement.action), deed, who=actor_key(actor), key=key, asked=asked)


def answer_by_link(placement: Placement, person: Person, *, takes_on: bool, reason: str = "", key: str) -> Payload:
    """The same, by who holds the link that was mailed to the secretary of the body; it works once.

    Raises:
        InputError: declining without a reason.
        StateError: it was answered, came back, or somebody else became the secretary.
    """

    def check(row: Placement, today: dt.date) -> None:
        if row.body.secretary_id != person.pk:
            raise StateError(
                "other_secretary",
                nl="Deze vraag ligt nu bij een andere secretaris. U hoeft niets te doen.",
                en="This question lies with another secretary now. You need not do anything.",
            )

    deed = _answer(placement, takes_on=takes_on, reason=reason, person=person, check=check)
    asked: Payload = {"verb": "answer-offer", "placement": placement.pk, "takes_on": takes_on, "reason": reason}
    return carry_out(_dossier(placement.action), deed, who=f"person-{person.pk}", key=key, asked=asked)


def take_back_unanswered(dossier: Dossier, *, today: dt.date, key: str) -> int:
    """Offers whose day has passed come back to who made them; gives how many."""
    rows = Placement.objects.filter(
        action__decision__proposal__dossier=dossier, state=PlacementState.OFFERED, answer_by__lt=today
    )
    if not rows.exists():
        return 0

    def deed(act: Act) -> Payload:
        found = list(rows.select_for_update().select_related("action").order_by("pk"))
        for row in found:
            row.state = PlacementState.UNANSWERED
            row.save(update_fields=["state"])
            act.tell("placement.unanswered", node=row.action.code, body=row.body_id)
        return {"count": len(found)}

    answer = carry_out(dossier, deed, who="system", key=key, asked={"verb": "take-back", "day": today.isoformat()})
    return int(str(answer["count"]))


def into_programme(actor: Actor, action: Action, programme: ActionProgramme, *, reason: str = "", key: str) -> Payload:
    """Put an action that is under way in the joint programme of a year; from one year to another with a reason.

    Raises:
        RightError: this actor may not.
        InputError: it moves and there is no reason.
        StateError: the action is not adopted or finished, or a programme is closed.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Action.objects.select_for_update(of=("self",)).select_related("programme").get(pk=action.pk)
        to, old = ActionProgramme.objects.select_for_update().get(pk=programme.pk), row.programme
        closed = [one for one in (to, old) if one is not None and one.state == ProgrammeState.CLOSED]
        if row.state not in UNDER_WAY or closed:
            raise StateError(
                "not_in_programme",
                nl="Dit kan alleen met een vastgestelde actie die nog loopt, en met programma’s die nog open zijn.",
                en="Only an adopted action that is under way can go there, and only while the programmes are open.",
            )
        was = old.year if old is not None and old.pk != to.pk else None
        why = a_reason(reason) if was is not None else ""
        refuse_real_people(why, where="reason")
        row.programme = to
        row.save(update_fields=["programme"])
        return act.tell("action.in_programme", node=row.code, year=to.year, was=was, reason=why)

    asked: Payload = {"verb": "into-programme", "action": action.code, "year": programme.year, "reason": reason}
    return carry_out(_dossier(action), deed, who=actor_key(actor), key=key, asked=asked)


def _answer(placement: Placement, *, takes_on: bool, reason: str, person: Person | None, check: Check) -> Deed:
    def deed(act: Act) -> Payload:
        row = _fresh(placement)
        check(row, act.today)
        if row.state != PlacementState.OFFERED:
            raise _answered(row)
        _check_placeable(row.action)
        row.reason = a_reason(reason) if reason.strip() or not takes_on else ""
        refuse_real_people(row.reason)
        row.state = PlacementState.ACCEPTED if takes_on else PlacementState.DECLINED
        row.answered_at, row.answered_for = act.now, person or row.body.secretary
        row.save(update_fields=["state", "reason", "answered_at", "answered_for"])
        if takes_on:
            action = row.action
            action.body = row.body
            if action.state == ActionState.ADOPTED:
                action.state, action.placed_at = ActionState.PLACED, act.now
            action.save(update_fields=["body", "state", "placed_at"])
            others = Placement.objects.filter(action=action, state=PlacementState.OFFERED).exclude(pk=row.pk)
            others.update(state=PlacementState.SUGGESTED)
        return act.tell(f"placement.{row.state}", node=row.action.code, body=row.body_id)

    return deed


def _fresh(placement: Placement) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",)).select_related("action__decision__proposal")
    return rows.select_related("action", "body__secretary").get(pk=placement.pk)


def _dossier(action: Action) -> Dossier:
    return action.decision.proposal.dossier


def _check_placeable(action: Action) -> None:
    if action.state not in PLACEABLE:
        raise StateError(
            "action_placed",
            nl=f"{action.code} ligt al bij een gremium, of is al verder.",
            en=f"{action.code} lies with a body already, or is further on.",
        )


def _answered(placement: Placement) -> StateError:
    return StateError(
        "placement_state",
        nl=f"{placement.body.called} heeft al geantwoord, of de vraag is niet meer open. Open de pagina opnieuw.",
        en=f"{placement.body.called} has answered, or the question is no longer open. Open the page anew.",
    )
