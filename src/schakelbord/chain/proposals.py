"""Proposals: made of confirmed harvests, changed in versions that anybody can compare, laid before the bodies."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body
from schakelbord.chain.acts import (
    Act,
    a_day,
    a_line,
    a_reason,
    a_text,
    actor_key,
    carry_out,
    check_version,
    require_secretary,
)
from schakelbord.chain.codes import ProposalState
from schakelbord.chain.models import DecidingBody, Decision, Endorsement, Proposal, ProposalVersion
from schakelbord.chain.rights import held_on, may_lead_chain
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.dossiers.numbers import next_code
from schakelbord.errors import InputError, StateError
from schakelbord.live.journal import Payload
from schakelbord.meetings.models import Meeting
from schakelbord.showing.real_people import refuse_real_people
from schakelbord.tables.codes import HarvestState
from schakelbord.tables.models import Harvest

LONGEST = 2000


def make_proposal(
    actor: Actor,
    dossier: Dossier,
    *,
    text: str,
    harvests: Sequence[Harvest] = (),
    issues: Sequence[Issue] = (),
    direct_reason: str = "",
    meeting: Meeting | None = None,
    story: str = "",
    repair: str = "",
    supersedes: Proposal | None = None,
    key: str,
) -> Payload:
    """A proposal of one or more confirmed harvests, or a direct one with a reason.

    Raises:
        RightError: this actor may not.
        InputError: no text, a harvest that is not confirmed, or neither a harvest nor a reason.
    """
    user_id = require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        words = a_text(text, field="text", longest=LONGEST)
        refuse_real_people(words)
        if any(row.table.meeting.dossier_id != dossier.pk for row in harvests):
            raise InputError(
                "two_dossiers",
                "harvests",
                nl="Deze oogsten horen bij verschillende dossiers. Maak voor elk dossier een eigen voorstel.",
                en="These harvests belong to different dossiers. Make a proposal for each dossier.",
            )
        loose = [row.code for row in harvests if row.state != HarvestState.CONFIRMED]
        if loose:
            raise InputError(
                "harvest_not_confirmed",
                "harvests",
                nl=f"{', '.join(loose)} is nog niet bevestigd door tafelheer en inleider. Kies een bevestigde oogst.",
                en=f"{', '.join(loose)} was not confirmed by host and pitcher. Choose a confirmed harvest.",
            )
        reason = a_reason(direct_reason, field="direct_reason") if direct_reason.strip() else ""
        if not harvests and not reason:
            raise InputError(
                "no_harvest",
                "harvests",
                nl="Kies een bevestigde oogst, of zeg waarom dit voorstel er direct komt.",
                en="Choose a confirmed harvest, or say why this is a direct proposal.",
            )
        made = Proposal.objects.create(
            code=next_code("P"),
            dossier=dossier,
            meeting=meeting,
            direct_reason="" if harvests else reason,
            story=story,
            repair=repair[:300],
            supersedes=supersedes,
            made_by_id=user_id,
            made_at=act.now,
        )
        made.harvests.set(harvests)
        made.issues.set(issues)
        _keep(made, act, text=words, note="", user_id=user_id)
        return act.tell("proposal.made", node=made.code)

    asked: Payload = {
        "verb": "make-proposal",
        "text": text,
        "harvests": [row.code for row in harvests],
        "issues": [row.code for row in issues],
        "direct_reason": direct_reason,
        "meeting": meeting.pk if meeting else None,
        "repair": [story, repair],
        "supersedes": supersedes.code if supersedes else None,
    }
    return carry_out(dossier, deed, who=actor_key(actor), key=key, asked=asked)


def amend(actor: Actor, proposal: Proposal, *, text: str, note: str, version: int, key: str) -> Payload:
    """A new version of the text. What bodies said about an earlier version no longer counts.

    Args:
        actor: secretary or chair.
        proposal: not decided yet.
        text: as it is from now on.
        note: why, and who asked for it.
        version: the one that was changed; when there is a newer one nothing is overwritten.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        InputError: no text, or nothing changed.
        ConflictError: somebody else made a newer version.
        StateError: it was decided or withdrawn.
    """
    user_id = require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        _check_open(row)
        check_version(version, row.version)
        words = a_text(text, field="text", longest=LONGEST)
        refuse_real_people(words)
        if words == row.versions.get(number=row.version).text:
            raise InputError("same_text", "text", nl="Er is niets veranderd.", en="Nothing was changed.")
        row.version += 1
        row.save(update_fields=["version"])
        _keep(row, act, text=words, note=a_line(note, field="note", longest=300), user_id=user_id)
        lapsed = Endorsement.objects.filter(decision__proposal=row, replaced=False).update(replaced=True)
        return act.tell("proposal.amended", node=row.code, version=row.version, lapsed=lapsed)

    asked: Payload = {"verb": "amend", "proposal": proposal.code, "text": text, "note": note, "version": version}
    return carry_out(proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def table(
    actor: Actor,
    proposal: Proposal,
    *,
    meeting: Meeting | None = None,
    deadline: dt.date | str | None = None,
    bodies: Sequence[Body] = (),
    key: str,
) -> Payload:
    """Lay a proposal before the bodies: those that convene a meeting, or those asked by mail in a written round.

    Raises:
        RightError: this actor may not.
        InputError: no meeting and no day, or no body.
        StateError: it was tabled already, or rests on nothing.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if row.state != ProposalState.DRAFT:
            raise StateError(
                "tabled_before",
                nl=f"{row.code} ligt al voor, of is al besloten.",
                en=f"{row.code} lies before the bodies already, or was decided.",
            )
        if meeting is None:
            row.deadline = a_day(deadline, field="deadline", today=act.today)
            asked_bodies = list(dict.fromkeys(bodies))
        else:
            asked_bodies = [one.body for one in meeting.convenings.select_related("body").order_by("order")]
        if not asked_bodies:
            raise InputError(
                "no_body", "bodies", nl="Kies wie dit besluit neemt.", en="Choose who takes this decision."
            )
        row.meeting, row.state = meeting, ProposalState.TABLED
        row.save(update_fields=["meeting", "deadline", "state"])
        previous = getattr(row.supersedes, "decision", None) if row.supersedes else None
        decision = Decision.objects.create(
            code=next_code("B", year=act.today.year), proposal=row, supersedes=previous, made_at=act.now
        )
        for order, body in enumerate(asked_bodies):
            DecidingBody.objects.create(
                decision=decision,
                body=body,
                order=order,
                needed=body.presence,
                members=body.memberships.filter(held_on(act.today)).count(),
                asked_at=act.now,
            )
        return act.tell("proposal.tabled", node=row.code, decision=decision.code)

    asked: Payload = {
        "verb": "table",
        "proposal": proposal.code,
        "bodies": [body.pk for body in bodies],
        "meeting": meeting.pk if meeting else None,
        "deadline": str(deadline or ""),
    }
    return carry_out(proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def withdraw(actor: Actor, proposal: Proposal, *, reason: str, key: str) -> Payload:
    """Take a proposal back, with a reason. It stays to be read.

    Raises:
        RightError: this actor may not.
        InputError: no reason.
        StateError: it was decided.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        _check_open(row)
        row.reason, row.state = a_reason(reason), ProposalState.WITHDRAWN
        row.save(update_fields=["reason", "state"])
        return act.tell("proposal.withdrawn", node=row.code)

    asked: Payload = {"verb": "withdraw", "proposal": proposal.code, "reason": reason}
    return carry_out(proposal.dossier, deed, who=actor_key(actor), key=key, asked=asked)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words of two versions: `same`, `gone` or `new`."""

    kind: str
    text: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """What changed between two texts, word by word; joining what is not `new` gives `before` with single spaces."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", " ".join(old[a:b])))
        if d > c:
            pieces.append(Piece("new", " ".join(new[c:d])))
    return tuple(pieces)


def _keep(proposal: Proposal, act: Act, *, text: str, note: str, user_id: int) -> None:
    ProposalVersion.objects.create(
        proposal=proposal, number=proposal.version, text=text, note=note, made_by_id=user_id, made_at=act.now
    )


def _check_open(proposal: Proposal) -> None:
    if proposal.state not in {ProposalState.DRAFT, ProposalState.TABLED}:
        raise StateError(
            "proposal_closed",
            nl=f"{proposal.code} is al besloten of ingetrokken. Maak een nieuw voorstel dat het vervangt.",
            en=f"{proposal.code} was decided or withdrawn. Make a new proposal that replaces it.",
        )
