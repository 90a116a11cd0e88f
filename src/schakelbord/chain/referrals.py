"""An issue on its way: up to who can answer it, and back to who asked. One step is open at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.codes import BodyKind, BodyLayer, MemberRole
from schakelbord.bodies.models import Body
from schakelbord.bodies.services import make_body, organisation_named, person_named, seat_in_body
from schakelbord.chain.acts import Act, a_day, a_reason, a_text, actor_key, carry_out, require, require_secretary
from schakelbord.chain.codes import AnswerKind, Direction, ReferralState
from schakelbord.chain.models import Referral
from schakelbord.chain.rights import may_answer_for, may_lead_chain
from schakelbord.dossiers.codes import IssueState
from schakelbord.dossiers.models import Issue
from schakelbord.errors import InputError, StateError
from schakelbord.live.journal import Payload
from schakelbord.showing.real_people import refuse_real_people

ROUTE: Final = (BodyKind.PLATFORM, BodyKind.WORKING_GROUP, BodyKind.STRATEGIC_BOARD)
"""The way up; back down it is the same way."""
OPEN: Final = frozenset({ReferralState.OFFERED, ReferralState.ACCEPTED})


def holder_of(issue: Issue) -> Body | None:
    """Which body an issue lies with now: where the last step that was not declined went, or who brought it."""
    last = issue.referrals.exclude(state=ReferralState.DECLINED).order_by("-order").select_related("to_body").first()
    return last.to_body if last else issue.submitted_by


def refer(
    actor: Actor,
    issue: Issue,
    *,
    to: Body,
    question: str,
    due: dt.date | str,
    skip_reason: str = "",
    asked_by: Body | None = None,
    key: str,
) -> Payload:
    """Ask another body, or give the answer back to the body that asked.

    Args:
        actor: secretary or chair.
        issue: not finished.
        to: the body that is asked.
        question: in words.
        due: by when an answer is wanted.
        skip_reason: why a step of the way is left out; needed only then.
        asked_by: which body asks, for an issue that no body brought, such as a gap.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        InputError: no question, no day ahead, a step is skipped without a reason, or there is nowhere to go from.
        StateError: a step is open already, or the issue is finished.
    """
    user_id = require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        return _ask(act, issue, to, question, due, skip_reason=skip_reason, asked_by=asked_by, user_id=user_id)

    asked: Payload = {
        "verb": "refer",
        "issue": issue.code,
        "to": to.pk,
        "question": question,
        "due": str(due),
        "skip_reason": skip_reason,
        "asked_by": asked_by.pk if asked_by else None,
    }
    return carry_out(issue.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def refer_to_new_group(
    actor: Actor,
    issue: Issue,
    *,
    name: str,
    question: str,
    ends: str,
    members: str,
    asked_by: Body | None = None,
    key: str,
) -> Payload:
    """Make a working group and ask it in the same step; its last day is the day by which an answer is wanted.

    Raises:
        RightError: this actor may not.
        InputError: a field is missing or wrong, or nobody sits in it; says which.
        StateError: a step of the issue is open already, or it is finished.
    """
    user_id = require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        a_day(ends, field="active_to", today=act.today)
        if not any(line.strip(" *,") for line in members.splitlines()):
            raise InputError(
                "nobody", "members", nl="Zet minstens één lid in de werkgroep.", en="Put at least one member in it."
            )
        group = make_working_group(actor, name=name, question=question, ends=ends, members=members, now=act.now)
        told = _ask(act, issue, group, question, ends, asked_by=asked_by, user_id=user_id)
        return {**told, "body": group.pk}

    asked: Payload = {
        "verb": "refer-to-new",
        "issue": issue.code,
        "name": name,
        "question": question,
        "ends": ends,
        "members": members,
        "asked_by": asked_by.pk if asked_by else None,
    }
    return carry_out(issue.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def take_up(actor: Actor, referral: Referral, *, key: str) -> Payload:
    """A body takes a question up."""

    def change(act: Act, row: Referral) -> None:
        _check_state(row, ReferralState.OFFERED)
        row.state, row.taken_at = ReferralState.ACCEPTED, act.now
        row.save(update_fields=["state", "taken_at"])

    return _step(actor, referral, "referral.accepted", change, key=key, asked={"verb": "take-up"})


def decline(actor: Actor, referral: Referral, *, reason: str, key: str) -> Payload:
    """A body says why it does not take a question up; the issue stays where it was."""

    def change(act: Act, row: Referral) -> None:
        _check_state(row, *OPEN)
        row.reason = a_reason(reason)
        refuse_real_people(row.reason, where="reason")
        row.state, row.closed_at = ReferralState.DECLINED, act.now
        row.save(update_fields=["state", "reason", "closed_at"])

    return _step(actor, referral, "referral.declined", change, key=key, asked={"verb": "decline", "reason": reason})


def answer(actor: Actor, referral: Referral, *, kind: str, text: str, key: str) -> Payload:
    """A body answers. The answer then has to travel back: that is the next step.

    Raises:
        RightError: this actor may not speak for the body.
        InputError: no answer or no kind of answer.
        StateError: it was not taken up, or was answered already.
    """

    def change(act: Act, row: Referral) -> None:
        _check_state(row, *OPEN)
        if kind not in AnswerKind.values:
            raise InputError("answer_kind", "kind", nl="Kies wat voor antwoord dit is.", en="Choose a kind of answer.")
        words = a_text(text, field="answer", longest=1000)
        refuse_real_people(words, where="answer")
        row.state, row.answer, row.answer_kind = ReferralState.ANSWERED, words, kind
        row.taken_at, row.answered_at = row.taken_at or act.now, act.now
        row.save(update_fields=["state", "answer", "answer_kind", "taken_at", "answered_at"])

    asked: Payload = {"verb": "answer", "kind": kind, "text": text}
    return _step(actor, referral, "referral.answered", change, key=key, asked=asked)


def bring_home(actor: Actor, issue: Issue, *, text: str, key: str) -> Payload:
    """Tell who asked what the answer is; with that the issue is resolved and all its steps are finished.

    Raises:
        RightError: this actor may not.
        InputError: no text.
        StateError: a step is open, or nobody answered yet.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Issue.objects.select_for_update().get(pk=issue.pk)
        _check_open(row)
        steps = list(row.referrals.order_by("order"))
        if any(step.state in OPEN for step in steps):
            raise StateError(
                "referral_open",
                nl=f"{row.code} ligt nog bij een gremium. Wacht op het antwoord, of vraag erom.",
                en=f"{row.code} still lies with a body. Wait for the answer, or ask for it.",
            )
        if not any(step.answer for step in steps):
            raise StateError(
                "no_answer", nl="Er is nog geen antwoord om terug te geven.", en="There is no answer to give back yet."
            )
        words = a_text(text, field="answer", longest=600)
        refuse_real_people(words, where="answer")
        for step in steps:
            if step.state == ReferralState.ANSWERED:
                step.state, step.closed_at = ReferralState.CLOSED, act.now
                step.save(update_fields=["state", "closed_at"])
        row.state, row.reason, row.changed_at = IssueState.RESOLVED, words, act.now
        row.save(update_fields=["state", "reason", "changed_at"])
        for body in {step.to_body for step in steps if step.to_body.kind == BodyKind.WORKING_GROUP}:
            _end_working_group(act, body, issue=row)
        return act.tell("issue.resolved", node=row.code)

    asked: Payload = {"verb": "bring-home", "issue": issue.code, "text": text}
    return carry_out(issue.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def make_working_group(actor: Actor, *, name: str, question: str, ends: str, members: str, now: dt.datetime) -> Body:
    """A working group with its question, end date and members, in one go.

    Args:
        actor: secretary or chair.
        name: of the group.
        question: what it is asked.
        ends: the last day, as YYYY-MM-DD.
        members: one a line: name, organisation, mail address (the last two may be left out); a line that begins with
            `*` is somebody from outside.
        now: the time.

    Raises:
        RightError: this actor may not.
        InputError: a field is missing or wrong; says which.
    """
    body = make_body(
        actor,
        {
            "name": name,
            "kind": BodyKind.WORKING_GROUP,
            "layer": BodyLayer.MIXED,
            "question": question,
            "active_to": ends,
            "presence": "1",
        },
    )
    for number, line in enumerate(members.splitlines(), start=1):
        is_outside = line.lstrip().startswith("*")
        parts = [part.strip() for part in line.lstrip(" *").split(",")]
        if not parts[0]:
            continue
        email = next((part for part in parts[1:] if "@" in part), "")
        if email and not _is_address(email):
            raise InputError(
                "address",
                "members",
                nl=f"Regel {number}: “{email}” is geen goed mailadres. Schrijf het als naam@voorbeeld.nl.",
                en=f"Line {number}: “{email}” is no mail address. Write it as name@example.org.",
            )
        organisation = next((part for part in parts[1:] if part and "@" not in part), "")
        seat_in_body(
            person_named(parts[0], email=email, now=now),
            body,
            from_day=now.date(),
            organisation=organisation_named(organisation, now=now) if organisation else None,
            role=MemberRole.EXPERT if is_outside else MemberRole.MEMBER,
        )
    return body


def place_of(body: Body) -> int:
    """Where a body stands on the way up; an existing body stands with the working groups."""
    return ROUTE.index(BodyKind(body.kind)) if body.kind in ROUTE else 1


def _ask(
    act: Act,
    issue: Issue,
    to: Body,
    question: str,
    due: dt.date | str,
    *,
    skip_reason: str = "",
    asked_by: Body | None,
    user_id: int,
) -> Payload:
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    _check_open(row)
    if row.referrals.filter(state__in=OPEN).exists():
        raise StateError(
            "referral_open",
            nl=f"{row.code} ligt nog bij een gremium. Wacht op het antwoord, of vraag erom.",
            en=f"{row.code} still lies with a body. Wait for the answer, or ask for it.",
        )
    holder = holder_of(row) or asked_by
    if holder is None:
        raise InputError(
            "no_body",
            "asked_by",
            nl="Kies welk gremium dit vraagt.",
            en="Choose which body asks this.",
        )
    if holder == to:
        raise InputError(
            "same_body", "to", nl="Het vraagstuk ligt al bij dit gremium.", en="The issue lies there already."
        )
    words = a_text(question, field="question", longest=600)
    refuse_real_people(words, where="question")
    until = a_day(due, field="due", today=act.today)
    reason = a_reason(skip_reason, field="skip_reason") if skips(holder, to) else ""
    refuse_real_people(reason, where="skip_reason")
    goes_up = place_of(to) > place_of(holder)
    made = Referral.objects.create(
        issue=row,
        order=row.referrals.count(),
        direction=Direction.UP if goes_up else Direction.DOWN,
        from_body=holder,
        to_body=to,
        question=words,
        skip_reason=reason,
        due=until,
        made_by_id=user_id,
        made_at=act.now,
    )
    if row.submitted_by_id is None:
        row.submitted_by = holder
    # What is asked of a body was taken up, even when nobody pressed that button.
    if row.state in {IssueState.DRAFT, IssueState.SUBMITTED, IssueState.PARKED}:
        row.state = IssueState.ACCEPTED
    row.changed_at = act.now
    row.save(update_fields=["submitted_by", "state", "changed_at"])
    return act.tell("referral.offered", node=row.code, order=made.order, to=to.pk)


def skips(holder: Body, to: Body) -> bool:
    """Whether a step of the way between two bodies is left out, so that a reason is asked."""
    return abs(place_of(to) - place_of(holder)) > 1


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _end_working_group(act: Act, body: Body, *, issue: Issue) -> None:
    """Its answer closes a working group, unless it is still asked something else."""
    is_busy = Referral.objects.filter(to_body=body, state__in=OPEN).exclude(issue=issue).exists()
    if not is_busy and (body.active_to is None or body.active_to > act.today):
        body.active_to = max(act.today, body.active_from or act.today)
        body.save(update_fields=["active_to"])


def _check_open(issue: Issue) -> None:
    if issue.state in {IssueState.RESOLVED, IssueState.RETURNED}:
        raise StateError(
            "issue_finished",
            nl=f"{issue.code} is al klaar. Breng een nieuw vraagstuk in als er meer te vragen is.",
            en=f"{issue.code} is finished. Bring a new issue when there is more to ask.",
        )


def _check_state(referral: Referral, *wanted: str) -> None:
    if referral.state not in wanted:
        raise StateError(
            "referral_state",
            nl="Iemand anders heeft deze vraag al beantwoord of teruggegeven. Open de pagina opnieuw.",
            en="Somebody else has answered this question or given it back already. Open the page anew.",
        )


def _step(
    actor: Actor, referral: Referral, verb: str, change: Callable[[Act, Referral], None], *, key: str, asked: Payload
) -> Payload:
    def deed(act: Act) -> Payload:
        rows = Referral.objects.select_for_update(of=("self",)).select_related("issue", "to_body__secretary")
        row = rows.get(pk=referral.pk)
        require(
            may_answer_for(actor, row.to_body, act.today),
            actor,
            nl=f"Dit doet wie spreekt voor {row.to_body.called}: de voorzitter of de secretaris.",
            en=f"This is for who speaks for {row.to_body.called}: its chair or secretary.",
        )
        change(act, row)
        return act.tell(verb, node=row.issue.code, order=row.order)

    dossier = referral.issue.dossier
    return carry_out(dossier, deed, who=actor_key(actor), key=key, asked={**asked, "referral": referral.pk})
