"""A reminder that somebody asks for: once a day for each person and node, however often one presses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Person
from schakelbord.chain.acts import Act, actor_key, carry_out, require_secretary
from schakelbord.chain.models import Notice
from schakelbord.chain.rights import may_lead_chain
from schakelbord.chain.threads.turns import Turn
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import StateError
from schakelbord.live.journal import Payload


def remind(
    actor: Actor, dossier: Dossier, turn: Turn, people: Sequence[tuple[Person, int]], *, today: dt.date, key: str
) -> Payload:
    """Put a mail in the post for who is on turn; gives `count`, the number of new mails.

    Args:
        actor: secretary or chair.
        dossier: of the thread.
        turn: what they are reminded of.
        people: who get it, each with the key of the row it is about; each has an address.
        today: on which day; a second reminder on one day is not sent.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        StateError: nobody on turn has an address.
    """
    require_secretary(may_lead_chain(actor), actor)
    if not turn.kind or not people:
        raise StateError(
            "nobody_to_remind",
            nl="Wie aan zet is, heeft geen e-mailadres bij ons. Bel, of vul het adres in bij het gremium.",
            en="Who is on turn has no mail address with us. Call, or fill in the address at the body.",
        )

    def deed(act: Act) -> Payload:
        made = 0
        for person, row in people:
            _notice, is_new = Notice.objects.get_or_create(
                key=f"asked:{turn.kind}:{turn.node}:{row}:{person.pk}:{today.isoformat()}",
                defaults={
                    "kind": turn.kind,
                    "person": person,
                    "node": turn.node,
                    "row": row,
                    "due_at": act.now,
                    "made_at": act.now,
                },
            )
            made += is_new
        if not made:
            return {"node": turn.node, "count": 0}
        return {**act.tell("reminder.asked", node=turn.node, kind=turn.kind, count=made), "count": made}

    asked: Payload = {"verb": "remind", "node": turn.node, "kind": turn.kind}
    return carry_out(dossier, deed, who=actor_key(actor), key=key, asked=asked)
