"""What phones do: recognise a gap, send something in, vote. Nothing of it shows before the desk shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from schakelbord.accounts.actors import READER
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.live import gateway
from schakelbord.live.journal import Journal, Payload
from schakelbord.live.writer import Command
from schakelbord.showing import bodies
from schakelbord.showing.codes import GapState, ItemKind, ItemState
from schakelbord.showing.joining import count_roles, ended
from schakelbord.showing.models import LONGEST_SENTENCE, BranchVote, InboxItem, Participant, Recognition, Session
from schakelbord.showing.real_people import flags_in
from schakelbord.showing.rights import may_recognise, may_send, may_vote
from schakelbord.showing.room_gaps import gap_of, new_key, not_there, require_gap, require_on_stage
from schakelbord.showing.tales import warm_up

MOST_OPEN = 200
REPLACEABLE: Final = frozenset({ItemState.NEW, ItemState.PARKED, ItemState.REFUSED, ItemState.ASKED})
GAPS_APART = dt.timedelta(minutes=1)
Voice = Callable[["Session", Participant, Journal, Any], Payload]


def perform(session: Session, participant: Participant, *, verb: str, asked: bodies.Body, key: str) -> Payload:
    """Carry out what a phone asks.

    Raises:
        InputError: what it is about is not there, or it does not fit.
        RightError: the presenter does not let the room do this now.
        StateError: the session has ended, or too much comes in.
    """
    deed = VOICES[verb][1]

    if isinstance(asked, bodies.Submit):
        flags_in(asked.text)
    warm_up(session)

    def work(journal: Journal) -> Payload:
        found = Session.objects.select_related("room").get(pk=session.pk)
        who = found.participants.filter(pk=participant.pk).exclude(device="").first()
        if who is None or not may_vote(READER, found, joined=True):
            raise ended()
        return deed(found, who, journal, asked)

    content: Payload = {"verb": verb, "body": repr(asked)}
    command = Command(session.room_id, f"p-{participant.key}", f"p-{participant.key}", key, content, work)
    return gateway.perform(command)


def recognise(session: Session, who: Participant, journal: Journal, body: bodies.Recognise) -> Payload:
    """I know this from my own work. Once a device, however often it is sent."""
    if not may_recognise(READER, session, joined=True):
        raise _not_now()
    gap = gap_of(session, body.gap, now=journal.now)
    Recognition.objects.update_or_create(
        gap=gap, participant=who, defaults={"withdrawn": False}, create_defaults={"at": journal.now}
    )
    if gap.state in {GapState.SUBMITTED, GapState.VISIBLE}:
        gap.state = GapState.RECOGNISED
        gap.save(update_fields=["state"])
    return _counted(session, journal, gap.shown_key, count_roles(gap.pk))


def withdraw(session: Session, who: Participant, journal: Journal, body: bodies.Recognise) -> Payload:
    """Take back that I recognise it."""
    gap = gap_of(session, body.gap, now=journal.now)
    Recognition.objects.filter(gap=gap, participant=who).update(withdrawn=True)
    counts = count_roles(gap.pk)
    if not counts and gap.state == GapState.RECOGNISED:
        gap.state = GapState.VISIBLE
        gap.save(update_fields=["state"])
    return _counted(session, journal, gap.shown_key, counts)


def submit(session: Session, who: Participant, journal: Journal, body: bodies.Submit) -> Payload:
    """Send something to the inbox of the desk."""
    if not may_send(READER, session, joined=True):
        raise _not_now()
    _check_text(body)
    require_on_stage(session, body.between_from, body.between_to)
    if body.kind in {"addition", "cause"}:
        _require_open_gap(session, body.about)
    instead_of = _reworded(who, body)
    _check_flood(session, who, body, instead_of=instead_of, now=journal.now)
    item = InboxItem.objects.create(
        session=session,
        key=new_key("i"),
        participant=who,
        kind=body.kind,
        text=body.text,
        instead_of=instead_of,
        about=body.about,
        told_kind=body.told_kind,
        between_from=body.between_from,
        between_to=body.between_to,
        knowledge=body.knowledge,
        source=body.source,
        scene=body.scene,
        beat=body.beat,
        flags=flags_in(body.text),
        made_at=journal.now,
    )
    news: Payload = {"kind": item.kind, "instead_of": instead_of.key if instead_of else ""}
    seq = journal.append("inbox.received", audience="moderation", node=item.key, payload=news)
    return {"seq": seq, "item": item.key, "flags": item.flags}


def vote(session: Session, who: Participant, journal: Journal, body: bodies.VoteBranch) -> Payload:
    """Which way I want to go; the last choice counts."""
    branch = session.branches.filter(key=body.branch, is_open=True, removed=False).first()
    if branch is None:
        raise StateError(
            "branch_closed",
            nl="Deze keuze is al gesloten. Kijk op het grote scherm welke weg de zaal gaat.",
            en="This choice is closed. See on the big screen which way the room goes.",
        )
    BranchVote.objects.update_or_create(branch=branch, participant=who, defaults={"option": body.option})
    votes = [branch.votes.filter(option=option).count() for option in (0, 1)]
    seq = journal.append("branch.voted", audience="meeting", node=branch.key, payload={"votes": votes})
    return {"seq": seq, "votes": votes}


def _counted(session: Session, journal: Journal, gap: str, counts: dict[str, int]) -> Payload:
    total = sum(counts.values())
    payload: Payload = {"count": total, "roles": counts}
    return {"seq": journal.append("gap.counted", audience="meeting", node=gap, payload=payload), "count": total}


def _require_open_gap(session: Session, key: str) -> None:
    """An addition and a felt cause belong to a gap that is there."""
    if not key:
        raise not_there()
    require_gap(session, key)


def _reworded(who: Participant, body: bodies.Submit) -> InboxItem | None:
    """The message of one's own that this one replaces, asked for or not.

    What the desk is done with stays: then this is a message of its own, so that nobody types for nothing.
    """
    if not body.instead_of:
        return None
    found = who.items.filter(key=body.instead_of, kind=body.kind).first()
    if found is None:
        raise not_there()
    if found.state not in REPLACEABLE:
        return None
    found.state = ItemState.REWORDED
    found.save(update_fields=["state"])
    return found


def _check_text(body: bodies.Submit) -> None:
    if body.kind == "gap" and len(body.text) > LONGEST_SENTENCE:
        raise InputError(
            "too_long",
            "text",
            nl=f"Een hiaat is één zin van hooguit {LONGEST_SENTENCE} tekens. Uw tekst staat er nog; maak hem korter.",
            en=f"A gap is one sentence of {LONGEST_SENTENCE} characters at most. Your text is still there; shorten it.",
        )


def _check_flood(
    session: Session, who: Participant, body: bodies.Submit, *, instead_of: InboxItem | None, now: dt.datetime
) -> None:
    """At most 200 open messages, and one new gap a phone a minute."""
    if session.inbox.filter(state__in=[ItemState.NEW, ItemState.PARKED]).count() >= MOST_OPEN:
        raise StateError(
            "inbox_full",
            nl="De verteller heeft nu heel veel berichten. Uw tekst blijft staan; probeer het over een paar minuten.",
            en="The presenter has very many messages now. Your text stays here; try again in a few minutes.",
        )
    recent = who.items.filter(kind=ItemKind.GAP, made_at__gt=now - GAPS_APART)
    if body.kind == "gap" and instead_of is None and recent.exists():
        raise StateError(
            "too_often",
            nl="U kunt één nieuw hiaat per minuut insturen. Uw tekst staat er nog; probeer het zo weer.",
            en="You can send in one new gap a minute. Your text is still there; try again in a moment.",
        )


def _not_now() -> RightError:
    return RightError(
        "not_now",
        nl="De verteller heeft dit nu uitgezet. Uw tekst blijft op dit apparaat staan.",
        en="The presenter has switched this off for now. Your text stays on this device.",
    )


VOICES: Final[dict[str, tuple[type[bodies.Body], Voice]]] = {
    "recognise": (bodies.Recognise, recognise),
    "withdraw-recognition": (bodies.Recognise, withdraw),
    "submit": (bodies.Submit, submit),
    "vote-branch": (bodies.VoteBranch, vote),
}
