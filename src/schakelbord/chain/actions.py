"""Actions of a decision: one owner, a date a person chose, at least one desired result, and a whole thread."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body, Membership
from schakelbord.chain.acts import Act, a_day, a_line, a_reason, a_text, actor_key, carry_out, require_secretary
from schakelbord.chain.codes import ActionState, Outcome, PlacementState, ProgrammeState
from schakelbord.chain.models import Action, ActionProgramme, ActionResult, Decision
from schakelbord.chain.rights import may_lead_chain
from schakelbord.dossiers.numbers import next_code
from schakelbord.errors import InputError, StateError
from schakelbord.live.journal import Payload
from schakelbord.showing.real_people import refuse_real_people
from schakelbord.tables.models import DesiredResult

CONSIDERED = (PlacementState.DECLINED, PlacementState.UNSUITABLE, PlacementState.UNANSWERED)
FIGURE: Final = re.compile(r"[-+]?(?:[0-9]{1,11}(?:[.,][0-9]{1,3})?|[.,][0-9]{1,3})")
GROUPED: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,3}|(?:\.[0-9]{3}){1,3},[0-9]{1,3})")
UNSURE: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""`1.500` is a thousand and a half in Dutch and one and a half in English; who wrote it has to say."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A desired result as somebody fills it in; figures may be left out."""

    text: str
    for_whom: str = ""
    seen_by: str = ""
    by_when: dt.date | None = None
    unit: str = ""
    baseline: str = ""
    target: str = ""
    source: str = ""

    def as_asked(self) -> list[str]:
        """All of it, to see whether the same was asked before."""
        by_when = str(self.by_when or "")
        return [self.text, self.for_whom, self.seen_by, by_when, self.unit, self.baseline, self.target, self.source]


@dataclass(frozen=True, slots=True)
class Lack:
    """What an action lacks to be adopted: the number of the invariant, in words of both languages."""

    code: str
    nl: str
    en: str


def propose_action(
    actor: Actor,
    decision: Decision,
    *,
    title: str,
    told: str = "",
    owner: Membership | None = None,
    body: Body | None = None,
    due: dt.date | str | None = None,
    programme: ActionProgramme | None = None,
    results: Sequence[DesiredResult] = (),
    wanted: Sequence[Wanted] = (),
    key: str,
) -> Payload:
    """An action under a decision; what is not known yet may follow before it is adopted.

    Args:
        actor: secretary or chair.
        decision: under which it falls; it may still be undecided.
        title: what is going to be done.
        told: more about it.
        owner: the seat of the one person who answers for it.
        body: which body is accountable until a body takes it on.
        due: a day that somebody chose; there is no default.
        programme: in which it will stand; that of the year of `due` when nobody says so.
        results: desired results of the harvests under the proposal.
        wanted: desired results that are written here.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        InputError: a field is missing or wrong; says which.
        StateError: the decision was rejected or put off.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        if decision.outcome in {Outcome.REJECTED, Outcome.DEFERRED}:
            raise StateError(
                "no_decision",
                nl=f"{decision.code} is niet vastgesteld; er komt geen actie uit.",
                en=f"{decision.code} was not adopted; no action comes of it.",
            )
        shown = " ".join(a_text(title, field="title", longest=200).split())
        for text in (shown, told):
            refuse_real_people(text)
        made = Action.objects.create(
            code=next_code("A"),
            decision=decision,
            title=shown,
            told=a_text(told, field="told", longest=1000) if told.strip() else "",
            owner=owner,
            body=body,
            due=a_day(due, field="due", today=act.today) if due else None,
            programme=programme,
            made_at=act.now,
        )
        copies = [
            Wanted(one.text, one.for_whom, one.seen_by, one.by_when, one.unit, source=one.source) for one in results
        ]
        origins: list[DesiredResult | None] = [*results, *(None for _ in wanted)]
        for order, (one, origin) in enumerate(zip([*copies, *wanted], origins, strict=True)):
            _keep_result(made, order, one, origin)
        return act.tell("action.proposed", node=made.code, decision=decision.code)

    asked: Payload = {
        "verb": "propose-action",
        "decision": decision.code,
        "title": title,
        "told": told,
        "owner": owner.pk if owner else None,
        "body": body.pk if body else None,
        "due": str(due or ""),
        "programme": programme.pk if programme else None,
        "results": [row.pk for row in results],
        "wanted": [one.as_asked() for one in wanted],
    }
    return carry_out(decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def complete(
    actor: Actor,
    action: Action,
    *,
    owner: Membership | None,
    body: Body | None,
    due: dt.date | str | None,
    no_body_reason: str = "",
    wanted: Sequence[Wanted] = (),
    key: str,
) -> Payload:
    """Fill in what an action lacks while it is proposed.

    Raises:
        RightError: this actor may not.
        InputError: a field is wrong; says which.
        StateError: the action was adopted already.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Action.objects.select_for_update().get(pk=action.pk)
        _check_proposed(row)
        row.owner, row.body = owner, body
        row.due = a_day(due, field="due", today=act.today) if due else None
        row.no_body_reason = a_reason(no_body_reason, field="no_body_reason") if no_body_reason.strip() else ""
        row.save(update_fields=["owner", "body", "due", "no_body_reason"])
        first = row.results.count()
        for order, one in enumerate(wanted, start=first):
            _keep_result(row, order, one, None)
        return act.tell("action.completed", node=row.code)

    asked: Payload = {
        "verb": "complete-action",
        "action": action.code,
        "owner": owner.pk if owner else None,
        "body": body.pk if body else None,
        "due": str(due or ""),
        "no_body_reason": no_body_reason,
        "wanted": [one.as_asked() for one in wanted],
    }
    return carry_out(action.decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def lacks_of(action: Action, *, today: dt.date, is_whole: bool | None = None) -> tuple[Lack, ...]:
    """What an action lacks to be adopted, in the order in which one would fill it in.

    Args:
        action: what is looked at; with its results and placements fetched before, nothing is asked for each action.
        today: the day on which it would be adopted.
        is_whole: whether its thread is whole, for who knows it already: the same for all actions of a decision.
    """
    found: list[Lack] = []
    decision = action.decision
    if not decision.is_adopted:
        found.append(
            Lack("decision", f"{decision.code} is nog niet vastgesteld.", f"{decision.code} was not adopted yet.")
        )
    owner = action.owner
    if owner is None or (owner.to_day is not None and owner.to_day < today) or owner.person.erased_at is not None:
        found.append(Lack("I5", "De actie heeft nog geen actiehouder.", "The action has no owner yet."))
    if action.due is None:
        found.append(Lack("I7", "Niemand heeft nog een datum gekozen.", "Nobody chose a date yet."))
    if not action.results.exists():
        found.append(Lack("I8", "Er is nog geen gewenst resultaat.", "There is no desired result yet."))
    if action.body_id is None:
        considered = any(row.state in CONSIDERED for row in action.placements.all())
        if not action.no_body_reason or not considered:
            found.append(
                Lack(
                    "I6",
                    "Kies welk gremium verantwoording aflegt. Past er geen? Bekijk er één, en zeg waarom niet.",
                    "Choose which body is accountable. Does none fit? Look at one, and say why not.",
                )
            )
    if not (has_whole_thread(action) if is_whole is None else is_whole):
        found.append(
            Lack(
                "I9",
                "De rode draad is gebroken: onder het besluit ligt geen bevestigde oogst met bijdragen.",
                "The thread is broken: no confirmed harvest with contributions lies under the decision.",
            )
        )
    return tuple(found)


def has_whole_thread(action: Action) -> bool:
    """Whether one can walk from this action to an issue, or a direct proposal says why not."""
    proposal = action.decision.proposal
    if proposal.direct_reason:
        return True
    rows = proposal.harvests.filter(state="confirmed", contributions__isnull=False, table__table_issues__isnull=False)
    return rows.exists()


def adopt_action(actor: Actor, action: Action, *, key: str) -> Payload:
    """Adopt an action; its words, date and results are fixed, and it stands in the programme of its year.

    Raises:
        RightError: this actor may not.
        StateError: it lacks something; says what first.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Action.objects.select_for_update().select_related("decision__proposal").get(pk=action.pk)
        _check_proposed(row)
        lacks = lacks_of(row, today=act.today)
        if lacks:
            raise StateError("action_lacks", row.code, nl=lacks[0].nl, en=lacks[0].en)
        row.state, row.adopted_at = ActionState.ADOPTED, act.now
        row.programme = row.programme or _programme_of(row, act)
        row.save(update_fields=["state", "adopted_at", "programme"])
        return act.tell("action.adopted", node=row.code)

    asked: Payload = {"verb": "adopt-action", "action": action.code}
    return carry_out(action.decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def _programme_of(action: Action, act: Act) -> ActionProgramme | None:
    """The joint programme of the year in which an action is to be done; None when that year is closed already."""
    if action.due is None:
        return None
    found, is_new = ActionProgramme.objects.get_or_create(
        dossier=act.dossier, year=action.due.year, defaults={"made_at": act.now}
    )
    if is_new:
        found.bodies.set([one.body_id for one in action.decision.deciding.all()])
    return found if found.state != ProgrammeState.CLOSED else None


def hand_over(actor: Actor, action: Action, *, owner: Membership, key: str) -> Payload:
    """Somebody else becomes the owner of an action.

    Raises:
        RightError: this actor may not.
        InputError: they left, were erased, or own it already.
        StateError: the action was accepted or stopped.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Action.objects.select_for_update().get(pk=action.pk)
        if row.state in {ActionState.ACCEPTED, ActionState.STOPPED}:
            raise StateError(
                "action_finished", nl=f"{row.code} is al klaar of gestopt.", en=f"{row.code} is finished or stopped."
            )
        has_left = owner.to_day is not None and owner.to_day < act.today
        if has_left or owner.person.erased_at is not None or row.owner_id == owner.pk:
            raise InputError(
                "owner",
                "owner",
                nl="Kies iemand anders, die nu in een gremium zit.",
                en="Choose somebody else, who sits in a body now.",
            )
        row.owner = owner
        row.save(update_fields=["owner"])
        return act.tell("action.handed_over", node=row.code, owner=owner.pk)

    asked: Payload = {"verb": "hand-over", "action": action.code, "owner": owner.pk}
    return carry_out(action.decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def stop(actor: Actor, action: Action, *, decision: Decision, key: str) -> Payload:
    """Stop an action; that takes a decision of the bodies.

    Raises:
        RightError: this actor may not.
        InputError: that decision was not adopted.
        StateError: the action was accepted or stopped already.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Action.objects.select_for_update().get(pk=action.pk)
        if not decision.is_adopted:
            raise InputError(
                "stop_needs_decision",
                "decision",
                nl="Een actie stoppen kan alleen met een vastgesteld besluit.",
                en="An action can only be stopped with an adopted decision.",
            )
        if row.state in {ActionState.ACCEPTED, ActionState.STOPPED}:
            raise StateError(
                "action_finished", nl=f"{row.code} is al klaar of gestopt.", en=f"{row.code} is finished or stopped."
            )
        row.state, row.stopped_by = ActionState.STOPPED, decision
        row.save(update_fields=["state", "stopped_by"])
        return act.tell("action.stopped", node=row.code, decision=decision.code)

    asked: Payload = {"verb": "stop-action", "action": action.code, "decision": decision.code}
    return carry_out(action.decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def a_figure(text: str | None, *, field: str) -> Decimal | None:
    """A figure as people write it, with a comma or a point; None when nothing was filled in.

    Raises:
        InputError: it is no figure, has too many digits, or can be read in two ways.
    """
    shown = (text or "").strip().replace("%", "").replace(" ", "")
    if not shown:
        return None
    if UNSURE.fullmatch(shown):
        raise InputError(
            "unsure_figure",
            field,
            nl=f"“{shown}” kan op twee manieren worden gelezen. Schrijf duizendtallen zonder punt of komma, en hooguit "
            "twee cijfers achter de komma: 1500 of 1,5.",
            en=f"“{shown}” can be read in two ways. Write thousands without a point or comma, and at most two digits "
            "behind the point: 1500 or 1.5.",
        )
    if GROUPED.fullmatch(shown):
        shown = shown.replace(".", "")
    if not FIGURE.fullmatch(shown):
        raise InputError(
            "figure",
            field,
            nl="Vul een getal in, bijvoorbeeld 90 of 12,5. Hooguit drie cijfers achter de komma.",
            en="Fill in a number, such as 90 or 12.5. At most three digits behind the point.",
        )
    return Decimal(shown.replace(",", "."))


def _keep_result(action: Action, order: int, one: Wanted, origin: DesiredResult | None) -> None:
    words = " ".join(a_text(one.text, field="result", longest=400).split())
    refuse_real_people(words)
    ActionResult.objects.create(
        action=action,
        origin=origin,
        order=order,
        text=words,
        for_whom=a_line(one.for_whom, field="for_whom", longest=160),
        seen_by=a_line(one.seen_by, field="seen_by", longest=300),
        by_when=one.by_when,
        unit=a_line(one.unit, field="unit", longest=60),
        baseline=origin.baseline if origin else a_figure(one.baseline, field="baseline"),
        target=origin.target if origin else a_figure(one.target, field="target"),
        source=a_line(one.source, field="source", longest=200),
    )


def _check_proposed(action: Action) -> None:
    if action.state != ActionState.PROPOSED:
        raise StateError(
            "action_adopted",
            nl=f"{action.code} is al vastgesteld; de woorden en de datum blijven staan.",
            en=f"{action.code} was adopted; its words and date stay.",
        )
