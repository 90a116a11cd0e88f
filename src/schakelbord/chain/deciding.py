"""Deciding together: what each body says, what is still missing and from whom, and the moment it is fixed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body, Membership
from schakelbord.chain.acts import (
    Act,
    a_line,
    a_reason,
    a_text,
    actor_key,
    carry_out,
    check_version,
    day_of,
    require_secretary,
)
from schakelbord.chain.codes import Outcome, ProposalState, Stance
from schakelbord.chain.models import DecidingBody, Decision, Endorsement
from schakelbord.chain.rights import held_on, may_endorse_for, may_lead_chain
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.live.journal import JsonValue, Payload, canonical
from schakelbord.showing.real_people import refuse_real_people

MOST_PRESENT = 500


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that stands between a proposal and its adoption.

    Args:
        what: `answer`, `objection`, `abstains`, `presence`, `nobody_may`.
        body: of whom it is asked.
        needed, present: members that must take part, and that did.
        reason: of an objection.
        who: members who may give consent today.
    """

    what: str
    body: Body
    needed: int = 0
    present: int = 0
    reason: str = ""
    who: tuple[Membership, ...] = ()


def endorse(
    seat: Membership,
    decision: Decision,
    *,
    version: int,
    stance: str,
    present: int | str,
    reason: str = "",
    basis: str = "",
    who: str,
    key: str,
) -> Payload:
    """A body says what it thinks of this version, through a member who may decide today.

    Args:
        seat: the seat of who speaks; its body is the one that is heard.
        decision: not fallen yet.
        version: of the text that they read.
        stance: consent, objection or abstain.
        present: how many members took part.
        reason: needed with an objection.
        basis: what their mandate rests on, such as "besluit van 3 maart".
        who: opaque id of who acts, for the journal.
        key: idempotency key.

    Raises:
        RightError: this member may not decide today, or the body is not asked.
        InputError: no stance, no number of members, or an objection without a reason.
        ConflictError: there is a newer version.
        StateError: the decision fell already.
    """

    def deed(act: Act) -> Payload:
        row = Decision.objects.select_for_update().select_related("proposal").get(pk=decision.pk)
        _check_pending(row)
        deciding = row.deciding.filter(body_id=seat.body_id).select_related("body").first()
        if deciding is None or not may_endorse_for(seat, act.today):
            raise RightError(
                "may_not_decide",
                nl="U kunt voor dit gremium niet instemmen: daarvoor moet u er vandaag beslisbevoegd lid van zijn.",
                en="You cannot consent for this body: you must be a member of it who may decide today.",
            )
        check_version(version, row.proposal.version)
        if stance not in Stance.values:
            raise InputError("stance", "stance", nl="Kies wat uw gremium zegt.", en="Choose what your body says.")
        words = a_text(reason, field="reason", longest=600) if reason.strip() else ""
        if stance == Stance.OBJECTION and not words:
            raise InputError("reason", "reason", nl="Zeg wat het bezwaar is.", en="Say what the objection is.")
        refuse_real_people(words)
        took_part = _members(present, most=max(deciding.members, 1))
        row.endorsements.filter(body_id=seat.body_id, replaced=False).update(replaced=True)
        Endorsement.objects.create(
            decision=row,
            body_id=seat.body_id,
            version=row.proposal.version,
            stance=stance,
            reason=words,
            given_by=seat,
            basis=a_line(basis, field="basis", longest=200),
            present=took_part,
            at=act.now,
        )
        return act.tell("decision.endorsed", node=row.code, body=seat.body_id, stance=stance)

    asked: Payload = {
        "verb": "endorse",
        "decision": decision.code,
        "body": seat.body_id,
        "version": version,
        "stance": stance,
        "present": str(present),
        "reason": reason,
        "basis": basis,
    }
    return carry_out(decision.proposal.dossier, deed, who=who, key=key, asked=asked)


def missing_of(decision: Decision, *, today: dt.date) -> tuple[Missing, ...]:
    """What is still missing and from whom; empty when the decision can be adopted."""
    said = {row.body_id: row for row in decision.endorsements.filter(replaced=False)}
    found: list[Missing] = []
    for deciding in decision.deciding.select_related("body").order_by("order"):
        known = said.get(deciding.body_id)
        if known is None:
            who = who_may_consent(deciding.body, today)
            found.append(Missing("answer" if who else "nobody_may", deciding.body, deciding.needed, who=who))
        elif known.stance == Stance.OBJECTION:
            found.append(Missing("objection", deciding.body, reason=known.reason))
        elif known.stance == Stance.ABSTAIN:
            found.append(Missing("abstains", deciding.body))
        elif known.present < deciding.needed:
            found.append(Missing("presence", deciding.body, deciding.needed, known.present))
    return tuple(found)


def who_may_consent(body: Body, day: dt.date) -> tuple[Membership, ...]:
    """The members of a body who may decide on a day."""
    rows = body.memberships.filter(held_on(day), may_decide=True, person__erased_at=None)
    return tuple(rows.select_related("person").order_by("pk"))


def adopt(actor: Actor, decision: Decision, *, key: str) -> Payload:
    """Fix the decision: its text, number and hash. It can be superseded, never changed.

    Raises:
        RightError: this actor may not.
        StateError: something is missing, or it fell already.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Decision.objects.select_for_update().select_related("proposal").get(pk=decision.pk)
        _check_pending(row)
        missing = missing_of(row, today=act.today)
        if missing:
            names = ", ".join(dict.fromkeys(one.body.called for one in missing))
            raise StateError(
                "consent_missing",
                nl=f"Dit kan nog niet: er ontbreekt iets van {names}. Op de pagina staat wat.",
                en=f"Not yet: something is missing from {names}. The page says what.",
            )
        proposal = row.proposal
        row.final_text = proposal.versions.get(number=proposal.version).text
        row.outcome = Outcome.ADOPTED if proposal.version == 1 else Outcome.AMENDED
        row.decided_at = act.now
        row.hash = hash_of(row, row.deciding.order_by("order"))
        row.save(update_fields=["final_text", "outcome", "decided_at", "hash"])
        proposal.state = ProposalState.DECIDED
        proposal.save(update_fields=["state"])
        return act.tell("decision.adopted", node=row.code, hash=row.hash)

    asked: Payload = {"verb": "adopt", "decision": decision.code}
    return carry_out(decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def turn_down(actor: Actor, decision: Decision, *, outcome: str, reason: str, key: str) -> Payload:
    """Record that a proposal is rejected or put off, with the reason.

    Raises:
        RightError: this actor may not.
        InputError: no reason.
        StateError: the decision fell already.
    """
    require_secretary(may_lead_chain(actor), actor)
    if outcome not in {Outcome.REJECTED, Outcome.DEFERRED}:
        raise InputError("outcome", "outcome", nl="Kies wat er gebeurt.", en="Choose what happens.")

    def deed(act: Act) -> Payload:
        row = Decision.objects.select_for_update().select_related("proposal").get(pk=decision.pk)
        _check_pending(row)
        row.reason, row.outcome, row.decided_at = a_reason(reason), outcome, act.now
        row.save(update_fields=["reason", "outcome", "decided_at"])
        row.proposal.state = ProposalState.DECIDED
        row.proposal.save(update_fields=["state"])
        return act.tell("decision.turned_down", node=row.code, outcome=outcome)

    asked: Payload = {"verb": "turn-down", "decision": decision.code, "outcome": outcome, "reason": reason}
    return carry_out(decision.proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def hash_of(decision: Decision, deciding: Iterable[DecidingBody]) -> str:
    """SHA-256 over number, text, day and the bodies that decided, in hexadecimal; anybody can make it again."""
    day = day_of(decision.decided_at).isoformat() if decision.decided_at else ""
    parts: list[JsonValue] = [decision.code, decision.final_text, day, [one.body_id for one in deciding]]
    return sha256(canonical(parts).encode()).hexdigest()


def _check_pending(decision: Decision) -> None:
    if decision.outcome != Outcome.PENDING or decision.proposal.state != ProposalState.TABLED:
        raise StateError(
            "decided_before",
            nl=f"{decision.code} ligt al vast. Een besluit verandert niet; een nieuw besluit kan het vervangen.",
            en=f"{decision.code} is fixed. A decision does not change; a new one can replace it.",
        )


def _members(given: int | str, *, most: int) -> int:
    text = str(given).strip()
    found = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else -1
    if not 0 <= found <= min(most, MOST_PRESENT):
        raise InputError(
            "present",
            "present",
            nl=f"Vul in hoeveel leden erbij waren: een getal van 0 tot en met {most}.",
            en=f"Fill in how many members took part: a number from 0 up to and including {most}.",
        )
    return found
