"""The joint programme of a year, published in versions that stay; and the account of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from hashlib import sha256

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body
from schakelbord.chain.acts import Act, actor_key, carry_out, require, require_secretary
from schakelbord.chain.codes import AccountState, ProgrammeState
from schakelbord.chain.content import account_content, actions_of, programme_content
from schakelbord.chain.models import Account, ActionProgramme, ProgrammeVersion
from schakelbord.chain.rights import may_lead_chain, may_publish, may_sign
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import InputError, StateError
from schakelbord.live.journal import Payload, canonical
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Meeting
from schakelbord.showing.reading import clean
from schakelbord.showing.real_people import refuse_real_people

LONGEST_LESSON = 4000
SIGNS_NL = "Dit tekent de voorzitter, als tweede."
SIGNS_EN = "This is signed by the chair, as the second."
STARTS_NL = "Dit begint bij de secretaris."
STARTS_EN = "This begins with the secretary."


def make_programme(
    actor: Actor, dossier: Dossier, *, year: int, bodies: Sequence[Body], now: dt.datetime
) -> ActionProgramme:
    """The programme of a year; the same one when it is there.

    Raises:
        RightError: this actor may not.
        InputError: the year is none of this time.
    """
    require_secretary(may_lead_chain(actor), actor)
    if abs(year - now.year) > 10:
        raise InputError("year", "year", nl="Kies een jaar van deze tijd.", en="Choose a year of this time.")
    made, is_new = ActionProgramme.objects.get_or_create(dossier=dossier, year=year, defaults={"made_at": now})
    if is_new:
        made.bodies.set(bodies)
    return made


def publish(actor: Actor, programme: ActionProgramme, *, key: str) -> Payload:
    """A frozen version of the programme; the chair signs it as the second.

    Raises:
        RightError: this actor may not.
        StateError: there is nothing in it, it is closed, or nothing changed since the last version.
    """
    user_id = require(may_publish(actor), actor, nl=STARTS_NL, en=STARTS_EN)

    def deed(act: Act) -> Payload:
        row = ActionProgramme.objects.select_for_update().get(pk=programme.pk)
        actions = actions_of(row)
        if not actions or row.state == ProgrammeState.CLOSED:
            raise StateError(
                "nothing_to_publish",
                nl="Er staat nog geen actie in dit programma, of het jaar is afgesloten.",
                en="There is no action in this programme yet, or the year is closed.",
            )
        text = canonical(programme_content(row, actions=actions))
        print_ = sha256(text.encode()).hexdigest()
        last = row.versions.order_by("-number").first()
        if last is not None and last.hash == print_:
            raise StateError(
                "same_version",
                nl=f"Er is niets veranderd sinds versie {last.number}.",
                en=f"Nothing changed since version {last.number}.",
            )
        number = last.number + 1 if last else 1
        ProgrammeVersion.objects.create(
            programme=row, number=number, content=text, hash=print_, made_by_id=user_id, made_at=act.now
        )
        return act.tell("programme.version", node=str(row.year), number=number, hash=print_)

    asked: Payload = {"verb": "publish", "programme": programme.pk}
    return carry_out(programme.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def sign_programme(actor: Actor, version: ProgrammeVersion, *, key: str) -> Payload:
    """The second signature: from now on this version is the programme.

    Raises:
        RightError: this actor is not the chair, or made the version.
        StateError: it was signed already.
    """
    is_other = actor.user_id != version.made_by_id
    user_id = require(may_sign(actor) and is_other, actor, nl=SIGNS_NL, en=SIGNS_EN)

    def deed(act: Act) -> Payload:
        row = ProgrammeVersion.objects.select_for_update().get(pk=version.pk)
        if row.signed_by_id is not None:
            raise StateError("signed_before", nl="Deze versie is al getekend.", en="This version was signed already.")
        row.signed_by_id, row.signed_at = user_id, act.now
        row.save(update_fields=["signed_by", "signed_at"])
        ActionProgramme.objects.filter(pk=row.programme_id, state=ProgrammeState.DRAFT).update(
            state=ProgrammeState.PUBLISHED
        )
        return act.tell("programme.published", node=str(version.programme.year), number=row.number)

    asked: Payload = {"verb": "sign-programme", "version": version.pk}
    return carry_out(version.programme.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def prepare_account(actor: Actor, programme: ActionProgramme, *, learned: str, key: str) -> Payload:
    """What was learned this year, ready for the second signature; it can be written anew until then.

    Raises:
        RightError: this actor may not.
        InputError: the text is too long, or looks like a real person.
        StateError: the programme was never published, or the account is fixed.
    """
    user_id = require(may_publish(actor), actor, nl=STARTS_NL, en=STARTS_EN)

    def deed(act: Act) -> Payload:
        row = ActionProgramme.objects.select_for_update().get(pk=programme.pk)
        if row.state == ProgrammeState.DRAFT:
            raise StateError(
                "programme_not_published",
                nl="Publiceer eerst het programma; dan kan er verantwoording over komen.",
                en="Publish the programme first; then one can account for it.",
            )
        words = clean(learned)
        if len(words) > LONGEST_LESSON:
            raise InputError(
                "too_long",
                "learned",
                nl=f"Dit is te lang: hooguit {LONGEST_LESSON} tekens. Uw tekst staat er nog; maak hem korter.",
                en=f"This is too long: {LONGEST_LESSON} characters at most. Your text is still there.",
            )
        refuse_real_people(words)
        account, _ = Account.objects.get_or_create(
            programme=row, defaults={"code": account_code(row), "made_at": act.now}
        )
        _check_state(account, AccountState.DRAFT)
        account.learned, account.frozen_by_id = words, user_id
        account.save(update_fields=["learned", "frozen_by"])
        return act.tell("account.prepared", node=account.code)

    asked: Payload = {"verb": "prepare-account", "programme": programme.pk, "learned": learned}
    return carry_out(programme.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def account_code(programme: ActionProgramme) -> str:
    """The code of an account: one a year in a dossier."""
    first = f"J-{programme.year}"
    return first if not Account.objects.filter(code=first).exists() else f"{first}-{programme.dossier_id}"


def freeze(actor: Actor, account: Account, *, key: str) -> Payload:
    """The second signature fixes the account: content, hash, and the year is closed.

    Raises:
        RightError: this actor is not the chair, or prepared it.
        StateError: it was not prepared, or is fixed already.
    """
    is_other = actor.user_id != account.frozen_by_id
    user_id = require(may_sign(actor) and is_other, actor, nl=SIGNS_NL, en=SIGNS_EN)

    def deed(act: Act) -> Payload:
        row = Account.objects.select_for_update(of=("self",)).select_related("programme__dossier").get(pk=account.pk)
        _check_state(row, AccountState.DRAFT)
        if row.frozen_by_id is None:
            raise StateError(
                "account_not_prepared",
                nl="De secretaris heeft deze verantwoording nog niet klaargezet.",
                en="The secretary has not prepared this account yet.",
            )
        actions = actions_of(row.programme)
        row.content = canonical(account_content(row.programme, actions=actions, learned=row.learned, today=act.today))
        row.hash = sha256(row.content.encode()).hexdigest()
        row.signed_by_id, row.frozen_at, row.state = user_id, act.now, AccountState.FROZEN
        row.save(update_fields=["content", "hash", "signed_by", "frozen_at", "state"])
        ActionProgramme.objects.filter(pk=row.programme_id).update(state=ProgrammeState.CLOSED)
        return act.tell("account.frozen", node=row.code, hash=row.hash)

    asked: Payload = {"verb": "freeze", "account": account.code}
    return carry_out(account.programme.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def present(actor: Actor, account: Account, meeting: Meeting, *, key: str) -> Payload:
    """The account was presented in a meeting of the bodies.

    Raises:
        RightError: this actor may not.
        StateError: it is not fixed, or that meeting did not take place.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        row = Account.objects.select_for_update().get(pk=account.pk)
        _check_state(row, AccountState.FROZEN)
        if meeting.state in {MeetingState.DRAFT, MeetingState.CONVENED}:
            raise StateError(
                "meeting_not_held",
                nl="Kies een bijeenkomst die is begonnen.",
                en="Choose a meeting that has begun.",
            )
        row.presented_in, row.presented_at, row.state = meeting, act.now, AccountState.PRESENTED
        row.save(update_fields=["presented_in", "presented_at", "state"])
        return act.tell("account.presented", node=row.code, meeting=meeting.code)

    asked: Payload = {"verb": "present", "account": account.code, "meeting": meeting.code}
    return carry_out(account.programme.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def discharge(actor: Actor, account: Account, *, key: str) -> Payload:
    """The bodies are content with the account: the chair says so.

    Raises:
        RightError: this actor is not the chair.
        StateError: it was not presented.
    """
    require(may_sign(actor), actor, nl="Dit doet de voorzitter.", en="This is for the chair.")

    def deed(act: Act) -> Payload:
        row = Account.objects.select_for_update().get(pk=account.pk)
        _check_state(row, AccountState.PRESENTED)
        row.discharged_at, row.state = act.now, AccountState.DISCHARGED
        row.save(update_fields=["discharged_at", "state"])
        return act.tell("account.discharged", node=row.code)

    asked: Payload = {"verb": "discharge", "account": account.code}
    return carry_out(account.programme.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def _check_state(account: Account, wanted: str) -> None:
    if account.state != wanted:
        raise StateError(
            "account_state",
            nl=f"{account.code} is al verder, of nog niet zo ver. Open de pagina opnieuw.",
            en=f"{account.code} is further on, or not there yet. Open the page anew.",
        )
