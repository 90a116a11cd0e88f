"""Bringing issues and saying what becomes of them: services of dossiers, told in the journal, done once a key."""

from __future__ import annotations

from collections.abc import Sequence

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body
from schakelbord.bodies.services import organisation_named
from schakelbord.chain.acts import Act, actor_key, carry_out
from schakelbord.chain.models import Referral
from schakelbord.chain.referrals import OPEN
from schakelbord.dossiers.models import Dossier, Issue, Theme
from schakelbord.dossiers.services import (
    bring_dilemma,
    issue_of_finding,
    issue_of_room_gap,
    set_issue_state,
    set_issue_themes,
)
from schakelbord.engine.reading import Finding
from schakelbord.errors import InputError, StateError
from schakelbord.live.journal import Payload
from schakelbord.showing.models import RoomGap

MOST_ORGANISATIONS = 20


def bring(
    actor: Actor,
    dossier: Dossier,
    *,
    words: dict[str, str],
    urgency: str,
    themes: Sequence[Theme] = (),
    organisations: Sequence[str] = (),
    submitted_by: Body | None = None,
    key: str,
) -> Payload:
    """Bring a dilemma; the same key again gives the same one.

    Args:
        actor: somebody in a body.
        dossier: where it belongs.
        words: `statement`, `happened`, `stuck`, `tried` and `would_help`.
        urgency: how soon something must happen.
        themes: of the dossier.
        organisations: names of organisations that have to do with it.
        submitted_by: the body for which it is brought.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        InputError: a field says nothing, is too long, or looks like a real person; says which.
    """

    def deed(act: Act) -> Payload:
        names = [name for name in organisations if name.strip()]
        if len(names) > MOST_ORGANISATIONS:
            raise InputError(
                "too_many",
                "organisations",
                nl=f"Noem hooguit {MOST_ORGANISATIONS} organisaties.",
                en=f"Name {MOST_ORGANISATIONS} organisations at most.",
            )
        made = bring_dilemma(
            actor,
            dossier,
            statement=words.get("statement", ""),
            happened=words.get("happened", ""),
            stuck=words.get("stuck", ""),
            tried=words.get("tried", ""),
            would_help=words.get("would_help", ""),
            themes=themes,
            organisations=[organisation_named(name, now=act.now) for name in names],
            urgency=urgency,
            submitted_by=submitted_by,
            now=act.now,
        )
        return act.tell("issue.brought", node=made.code)

    asked: Payload = {
        "verb": "bring",
        **words,
        "urgency": urgency,
        "themes": [theme.pk for theme in themes],
        "organisations": list(organisations),
        "submitted_by": submitted_by.pk if submitted_by else None,
    }
    return carry_out(dossier, deed, who=actor_key(actor), key=key, asked=asked)


def take_finding(
    actor: Actor,
    dossier: Dossier,
    *,
    story: str,
    finding: Finding,
    sentence: str,
    themes: Sequence[Theme] = (),
    key: str,
) -> Payload:
    """Make the issue of a gap that was computed; when it is there, that one is given.

    Raises:
        RightError: this actor may not.
    """

    def deed(act: Act) -> Payload:
        made = issue_of_finding(
            actor, dossier, story=story, finding=finding, sentence=sentence, themes=themes, now=act.now
        )
        return act.tell("issue.taken", node=made.code)

    asked: Payload = {"verb": "take-finding", "story": story, "finding": finding.key}
    return carry_out(dossier, deed, who=actor_key(actor), key=key, asked=asked)


def take_room_gap(actor: Actor, dossier: Dossier, gap: RoomGap, *, themes: Sequence[Theme] = (), key: str) -> Payload:
    """Make the issue of a gap that a room told; when it is there, that one is given.

    Raises:
        RightError: this actor may not.
        ConflictError: it was computed.
    """

    def deed(act: Act) -> Payload:
        made = issue_of_room_gap(actor, dossier, gap, themes=themes, now=act.now)
        return act.tell("issue.taken", node=made.code)

    asked: Payload = {"verb": "take-room-gap", "gap": gap.pk}
    return carry_out(dossier, deed, who=actor_key(actor), key=key, asked=asked)


def set_state(
    actor: Actor, issue: Issue, state: str, *, reason: str, begins_at: Body | None = None, key: str
) -> Payload:
    """Take an issue up, give it back or keep it for later.

    Args:
        actor: secretary or chair.
        issue: with no body and on no table.
        state: the state it gets.
        reason: needed for giving back and keeping.
        begins_at: with which body an issue begins its way that no body brought; from there it can be asked of others.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        InputError: giving back and keeping ask for a reason.
        StateError: it lies on a table or with a body, or is further on.
    """

    def deed(act: Act) -> Payload:
        row = Issue.objects.select_for_update().get(pk=issue.pk)
        if Referral.objects.filter(issue=row, state__in=OPEN).exists():
            raise StateError(
                "referral_open",
                nl=f"{row.code} ligt nog bij een gremium. Wacht op het antwoord, of vraag erom.",
                en=f"{row.code} still lies with a body. Wait for the answer, or ask for it.",
            )
        set_issue_state(actor, row, state, reason=reason, now=act.now)
        if begins_at is not None and row.submitted_by_id is None:
            row.submitted_by = begins_at
            row.save(update_fields=["submitted_by"])
        return act.tell(f"issue.{state}", node=row.code)

    asked: Payload = {
        "verb": "set-state",
        "issue": issue.code,
        "state": state,
        "reason": reason,
        **({"begins_at": begins_at.pk} if begins_at else {}),
    }
    return carry_out(issue.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def set_themes(actor: Actor, issue: Issue, themes: Sequence[Theme], *, key: str) -> Payload:
    """Under which themes of its dossier an issue is; these and no others.

    Raises:
        RightError: this actor may not.
    """

    def deed(act: Act) -> Payload:
        set_issue_themes(actor, issue, themes)
        return act.tell("issue.themed", node=issue.code)

    asked: Payload = {"verb": "set-themes", "issue": issue.code, "themes": [theme.pk for theme in themes]}
    return carry_out(issue.dossier, deed, who=actor_key(actor), key=key, asked=asked)
