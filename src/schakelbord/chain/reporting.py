"""During the year: how it goes with an action, and whether its desired results came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Membership
from schakelbord.chain.actions import a_figure
from schakelbord.chain.acts import Act, a_line, a_text, actor_key, carry_out, day_of, require
from schakelbord.chain.codes import UNDER_WAY, ActionState, ReportState, ReportStatus, VerdictKind
from schakelbord.chain.models import Action, ActionResult, ProgressReport, Verdict
from schakelbord.chain.rights import may_judge, may_report
from schakelbord.dossiers.models import Dossier, Source
from schakelbord.dossiers.numbers import next_code
from schakelbord.dossiers.sources import keep_file, web_address
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.live.journal import JsonValue, Payload
from schakelbord.showing.real_people import refuse_real_people

REPORTABLE = frozenset({*UNDER_WAY, ActionState.REPORTED_DONE})
"""An action that is reported done can still get a correction."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that a report is right and is no source yet: an address, or a file by its name and content."""

    title: str
    url: str = ""
    file: tuple[str, bytes] | None = None


def report(
    actor: Actor | None,
    action: Action,
    *,
    seat: Membership | None,
    status: str,
    text: str,
    result: ActionResult | None = None,
    value: str = "",
    evidence: Source | None = None,
    proof: Proof | None = None,
    corrects: ProgressReport | None = None,
    key: str,
) -> Payload:
    """Hand in how it goes; done means that somebody else may judge the results.

    Args:
        actor: who logged in; None when it came by the link that was mailed to the owner.
        action: adopted, and not finished.
        seat: the seat of who writes; with a link it must be that of the owner.
        status: goes as planned, slower, stuck, or done.
        text: in words.
        result: to which a figure belongs.
        value: that figure.
        evidence: a source of the dossier.
        proof: what becomes such a source with this report, for the bodies to read; before `evidence`.
        corrects: an earlier report that this one corrects.
        key: idempotency key.

    Raises:
        RightError: this actor may not report on this action.
        InputError: no text, no status, or a figure that is none.
        StateError: the action is not adopted, or is finished.
    """

    def deed(act: Act) -> Payload:
        row = Action.objects.select_for_update(of=("self",)).select_related("owner__person", "body").get(pk=action.pk)
        if actor is not None:
            require(
                may_report(actor, row, act.today),
                actor,
                nl="Een bericht schrijft de actiehouder, of de secretaris van het gremium waar de actie ligt.",
                en="A report is written by the owner, or by the secretary of the body where the action lies.",
            )
        elif seat is None or row.owner_id != seat.pk:
            raise RightError(
                "other_owner",
                nl="Deze actie heeft intussen een andere actiehouder. U hoeft niets te doen.",
                en="This action has another owner meanwhile. You need not do anything.",
            )
        if row.state not in REPORTABLE:
            raise StateError(
                "not_reportable",
                nl=f"{row.code} is {'nog niet vastgesteld' if row.state == ActionState.PROPOSED else 'al klaar'}.",
                en=f"{row.code} is {'not adopted yet' if row.state == ActionState.PROPOSED else 'finished'}.",
            )
        if status not in ReportStatus.values:
            raise InputError("status", "status", nl="Kies hoe het gaat.", en="Choose how it goes.")
        words = a_text(text, field="text", longest=1000)
        refuse_real_people(words)
        figure = a_figure(value, field="value")
        if figure is not None and result is None:
            raise InputError(
                "whose_figure", "result", nl="Kies bij welk resultaat dit getal hoort.", en="Choose whose figure it is."
            )
        shown = _kept(proof, row, dossier, act) if proof is not None else evidence
        made = ProgressReport.objects.create(
            code=next_code("V"),
            action=row,
            period=act.today.replace(day=1),
            status=status,
            text=words,
            result=result if figure is not None else None,
            value=figure,
            evidence=shown,
            author=seat,
            corrects=corrects,
            state=ReportState.SUBMITTED,
            made_at=act.now,
        )
        if status == ReportStatus.DONE:
            row.state, row.done_at = ActionState.REPORTED_DONE, row.done_at or act.now
        elif row.state != ActionState.REPORTED_DONE:
            row.state = ActionState.IN_PROGRESS
        row.save(update_fields=["state", "done_at"])
        return act.tell("report.submitted", node=made.code, action=row.code, status=status)

    dossier = action.decision.proposal.dossier
    who = actor_key(actor) if actor is not None else f"seat-{seat.pk if seat else 0}"
    asked: dict[str, JsonValue] = {"verb": "report", "action": action.code, "status": status, "text": text}
    asked |= {
        "value": value,
        "result": result.pk if result else None,
        "evidence": evidence.pk if evidence else None,
        "corrects": corrects.code if corrects else None,
    }
    if proof is not None:
        file = sha256(proof.file[1]).hexdigest() if proof.file is not None else ""
        asked["proof"] = [proof.title, proof.url, file]
    return carry_out(dossier, deed, who=who, key=key, asked=asked)


def _kept(proof: Proof, action: Action, dossier: Dossier, act: Act) -> Source:
    title = a_line(proof.title, field="proof_title", longest=200) or f"Bij een bericht over {action.code}"
    refuse_real_people(title, where="proof_title")
    if proof.file is not None:
        return keep_file(dossier, title=title, name=proof.file[0], content=proof.file[1], now=act.now)
    url = web_address(proof.url, field="proof_url")
    return Source.objects.create(dossier=dossier, title=title, url=url, made_at=act.now)


def judge(
    actor: Actor, seat: Membership, result: ActionResult, *, kind: str, reason: str, value: str = "", key: str
) -> Payload:
    """Say whether a desired result came; with the last one the action is accepted.

    Args:
        actor: who logged in.
        seat: of theirs, in a body that decided about the action.
        result: of an action that is reported done.
        kind: reached, partly or not.
        reason: why.
        value: the figure that was seen.
        key: idempotency key.

    Raises:
        RightError: it is the owner, or no member who may decide.
        InputError: no verdict, no reason, or a figure that is none.
        StateError: it was judged already, or the action is not reported done.
    """

    def deed(act: Act) -> Payload:
        rows = Action.objects.select_for_update(of=("self",)).select_related("owner__person", "decision")
        action = rows.get(pk=result.action_id)
        if not may_judge(seat, action, act.today) or seat.person.user_id != actor.user_id:
            raise RightError(
                "may_not_judge",
                nl="Over een resultaat oordeelt een lid dat namens een besluitend gremium mag beslissen, "
                "en nooit de actiehouder zelf.",
                en="A result is judged by a member who may decide for a body that decided, and never by the owner.",
            )
        if action.state != ActionState.REPORTED_DONE or Verdict.objects.filter(result=result).exists():
            raise StateError(
                "judged_before",
                nl="Over dit resultaat is al geoordeeld, of de actie is nog niet gereedgemeld.",
                en="This result was judged already, or the action is not reported done yet.",
            )
        if kind not in VerdictKind.values:
            raise InputError("kind", "kind", nl="Kies uw oordeel.", en="Choose your verdict.")
        words = a_text(reason, field="reason", longest=600)
        refuse_real_people(words)
        Verdict.objects.create(
            result=result,
            kind=kind,
            reason=words,
            value=a_figure(value, field="value"),
            given_by=seat,
            at=act.now,
        )
        act.tell("result.judged", node=action.code, result=result.order, verdict=kind)
        if not action.results.filter(verdict=None).exists():
            action.state, action.accepted_at = ActionState.ACCEPTED, act.now
            action.save(update_fields=["state", "accepted_at"])
            act.tell("action.accepted", node=action.code)
        return {"node": action.code, "state": action.state}

    asked: Payload = {"verb": "judge", "result": result.pk, "kind": kind, "reason": reason, "value": value}
    return carry_out(result.action.decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def next_report_by(action: Action, *, last: dt.date | None) -> dt.date | None:
    """The day by which the next report is expected; None when none is."""
    if action.adopted_at is None or action.state in {
        ActionState.REPORTED_DONE,
        ActionState.ACCEPTED,
        ActionState.STOPPED,
    }:
        return None
    return (last or day_of(action.adopted_at)) + dt.timedelta(days=action.report_every_days)
