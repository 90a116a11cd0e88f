"""Opening the page of a dossier to everybody, and closing it again."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor
from schakelbord.chain.acts import Act, actor_key, carry_out, require, require_secretary
from schakelbord.chain.rights import may_lead_chain, may_sign
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.models import Dossier
from schakelbord.live.journal import Payload


def open_to_all(actor: Actor, dossier: Dossier, *, key: str) -> Payload:
    """Let everybody read what is public of a dossier. The secretary prepares it, so that this is for the chair.

    Args:
        actor: the chair.
        dossier: which one.
        key: idempotency key.

    Raises:
        RightError: this actor is no chair.
    """
    require(may_sign(actor), actor, nl="Openbaar maken doet de voorzitter.", en="Making it public is for the chair.")
    return _set(actor, dossier, Confidentiality.PUBLIC, verb="dossier.opened", key=key)


def close_to_all(actor: Actor, dossier: Dossier, *, key: str) -> Payload:
    """Let only the bodies read a dossier again.

    Args:
        actor: secretary or chair: whoever sees that something should not be there closes it at once.
        dossier: which one.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
    """
    require_secretary(may_lead_chain(actor), actor)
    return _set(actor, dossier, Confidentiality.BODIES, verb="dossier.closed", key=key)


def _set(actor: Actor, dossier: Dossier, level: Confidentiality, *, verb: str, key: str) -> Payload:
    def deed(act: Act) -> Payload:
        row = Dossier.objects.select_for_update().get(pk=dossier.pk)
        row.confidentiality = level
        row.save(update_fields=["confidentiality"])
        return act.tell(verb, node="")

    return carry_out(dossier, deed, who=actor_key(actor), key=key, asked={"verb": verb, "dossier": dossier.pk})
