"""Links by which a member consents without an account: bound to one decision and one seat. Nothing of them is kept."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.bodies.models import Membership
from schakelbord.chain import links
from schakelbord.chain.models import DecidingBody, Decision

KIND = "consent"
SALT = links.SALT + KIND
PARTS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a link asks to speak for which body about which decision."""

    decision: Decision
    seat: Membership
    deciding: DecidingBody


def consent_secret(decision: Decision, seat: Membership) -> str:
    """The secret in the link of a member; the same each time."""
    return links.secret_of(KIND, decision.pk, seat.pk)


def consent_path(decision: Decision, seat: Membership) -> str:
    """The address of that link on this site."""
    return f"/instemmen/{consent_secret(decision, seat)}"


def asked_of(secret: str) -> Asked | None:
    """What a link asks; None when we did not make it, or when its member was erased."""
    ids = links.read_secret(KIND, secret)
    if ids is None or len(ids) != PARTS:
        return None
    decision_id, seat_id = ids
    decisions = Decision.objects.select_related("proposal__dossier", "proposal__meeting")
    decision = decisions.filter(pk=decision_id).first()
    seats = Membership.objects.select_related("person", "body").filter(person__erased_at=None)
    seat = seats.filter(pk=seat_id).first()
    if decision is None or seat is None:
        return None
    deciding = decision.deciding.filter(body_id=seat.body_id).first()
    return Asked(decision, seat, deciding) if deciding else None
