"""Make a session, open it to the room with a code, let people in, and end it without a trace of devices."""

from __future__ import annotations

import base64
import datetime as dt
import re
import secrets

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from schakelbord.accounts.actors import Actor
from schakelbord.engine.story import Story
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.live import gateway
from schakelbord.live.journal import Journal, Payload
from schakelbord.live.rooms import close_room, open_room
from schakelbord.live.writer import Command
from schakelbord.showing.codes import SessionState
from schakelbord.showing.earlier_rooms import bring_along
from schakelbord.showing.guessing import count_wrong, refuse_guessing
from schakelbord.showing.models import Participant, Recognition, Session
from schakelbord.showing.rights import may_run_sessions
from schakelbord.showing.tales import content_of, first_step
from schakelbord.stories.library import model_of

CODE_HOURS = 12
LINK = re.compile(r"([1-9][0-9]{0,17})\.([0-9A-Za-z_-]{20})")


def make_session(actor: Actor, story: Story, *, title: str, minutes: int, now: dt.datetime) -> Session:
    """A session of a story, ready to be opened.

    Raises:
        RightError: this actor may not.
        InputError: the title is empty or too long.
    """
    user_id = require_desk(actor)
    title = " ".join(title.split())
    if not 1 <= len(title) <= 200:
        raise InputError(
            "title",
            "title",
            nl="Geef de voorstelling een naam van hooguit 200 tekens.",
            en="Give the meeting a name of at most 200 characters.",
        )
    step = first_step(story)
    with transaction.atomic():
        session = Session(
            room=open_room(title, now=now),
            title=title,
            story=story.id,
            story_content=content_of(story),
            made_by_id=user_id,
            made_at=now,
            planned_minutes=minutes,
            scene=step.scene,
            beat=step.beat,
            day=step.day,
        )
        session.catalogue = model_of(story).digest
        session.save()
        bring_along(session, story)
    return session


def open_session(actor: Actor, session: Session, *, key: str) -> Payload:
    """Give a session its code and let people in.

    Raises:
        RightError: this actor may not.
        StateError: it has ended.
    """
    require_desk(actor)

    def work(journal: Journal) -> Payload:
        found = Session.objects.get(pk=session.pk)
        if found.state == SessionState.ENDED:
            raise ended()
        if found.state == SessionState.PREPARED:
            found.state = SessionState.OPEN
            found.started_at = journal.now
            found.code_until = journal.now + dt.timedelta(hours=CODE_HOURS)
            _give_code(found)
        return {"seq": journal.append("session.opened", audience="meeting", payload={}), "code": found.join_code}

    return gateway.perform(Command(session.room_id, actor_key(actor), actor_key(actor), key, {"verb": "open"}, work))


def end_session(actor: Actor, session: Session, *, key: str, now: dt.datetime) -> None:
    """End a session: nobody can add anything, and what tells devices apart is thrown away. Role and text stay.

    Raises:
        RightError: this actor may not.
    """
    require_desk(actor)

    def work(journal: Journal) -> Payload:
        found = Session.objects.get(pk=session.pk)
        if found.state == SessionState.ENDED:
            return {"seq": journal.seq}
        _count_for_good(found)
        found.participants.update(device="")
        found.state, found.join_code, found.code_until = SessionState.ENDED, "", None
        found.ended_at = journal.now
        found.save(update_fields=["state", "join_code", "code_until", "ended_at"])
        return {"seq": journal.append("session.ended", audience="meeting", payload={})}

    try:
        command = Command(session.room_id, actor_key(actor), actor_key(actor), key, {"verb": "end"}, work)
        gateway.perform(command)
    except StateError as refusal:
        if refusal.code != "room_closed":
            raise
    finish_ending(session, now=now)
    gateway.close_readers(session.room_id)


def finish_ending(session: Session, *, now: dt.datetime) -> None:
    """Close the room of a session that has ended. Also what is left of an end that was broken off halfway."""
    try:
        close_room(session.room, now=now)
    except StateError as refusal:
        if refusal.code != "room_closed_before":
            raise


def finish_endings(*, now: dt.datetime) -> int:
    """Finish every end that was broken off, for instance because the server stopped. Gives how many."""
    halfway = Session.objects.filter(state=SessionState.ENDED, room__closed_at=None).select_related("room")
    for session in halfway:
        finish_ending(session, now=now)
    return len(halfway)


def link_of(session: Session) -> str:
    """What the QR code holds instead of the code: too long to be guessed, and over when the code is."""
    if not session.join_code:
        return ""
    return f"{session.pk}.{_seal(session)}"


def session_of_code(code: str, *, address: str, device: str, now: dt.datetime) -> Session:
    """The open session with this code, or with this link of its QR code, for which nobody waits.

    Raises:
        InputError: there is none (any more), or it is no code.
        StateError: wrong codes came too often from here.
    """
    if link := LINK.fullmatch(code.strip()):
        return _session_of_link(int(link[1]), link[2], now=now)
    digits = "".join(character for character in code if character.isdigit())
    if len(digits) != 6 or len(code) > 40:
        raise InputError(
            "no_code",
            "code",
            nl="Een code heeft zes cijfers. Kijk op het grote scherm.",
            en="A code has six digits. Look at the big screen.",
        )
    refuse_guessing(address, device, now=now)
    found = Session.objects.filter(join_code=digits, state=SessionState.OPEN, code_until__gt=now).first()
    if found is None:
        count_wrong(address, device, now=now)
        raise _unknown()
    return found


def is_code_of_session(digits: str, *, now: dt.datetime) -> bool:
    """Whether these six digits let somebody into a session now."""
    return Session.objects.filter(join_code=digits, state=SessionState.OPEN, code_until__gt=now).exists()


def _session_of_link(session_id: int, seal: str, *, now: dt.datetime) -> Session:
    found = Session.objects.filter(pk=session_id, state=SessionState.OPEN, code_until__gt=now).first()
    if found is None or not constant_time_compare(seal, _seal(found)):
        raise _unknown()
    return found


def _seal(session: Session) -> str:
    """120 bits that only this server can make, for this session with this code."""
    made = salted_hmac("schakelbord.join", f"{session.pk}:{session.join_code}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made[:15]).decode()


def _unknown() -> InputError:
    return InputError(
        "wrong_code",
        "code",
        nl="Deze code kennen wij niet (meer). Kijk nog eens op het grote scherm.",
        en="We do not know this code (any more). Look at the big screen once more.",
    )


def join(session: Session, *, device: str, layer: str, field: str, now: dt.datetime) -> Participant:
    """Let a device in, or change from where its holder looks.

    Raises:
        StateError: the session is not open.
    """
    if session.state != SessionState.OPEN:
        raise ended()
    try:
        with transaction.atomic():
            found, _ = Participant.objects.update_or_create(
                session=session,
                device=device,
                defaults={"layer": layer, "field": field},
                create_defaults={
                    "layer": layer,
                    "field": field,
                    "key": secrets.token_hex(8),
                    "joined_at": now.replace(second=0, microsecond=0),
                },
            )
    except IntegrityError:
        return Participant.objects.get(session=session, device=device)
    return found


def participant_of(session: Session, device: str) -> Participant | None:
    """Who joined this session with this device."""
    return session.participants.filter(device=device).first() if device else None


def require_desk(actor: Actor) -> int:
    """The key of the user at the desk; stops here when somebody may not run sessions."""
    if actor.user_id is None or not may_run_sessions(actor):
        raise RightError(
            "not_at_the_desk",
            nl="Alleen de verteller en de secretaris bedienen een verhaal in de zaal.",
            en="Only the presenter and the secretary run a story in the room.",
        )
    return actor.user_id


def actor_key(actor: Actor) -> str:
    """The opaque id of somebody who logged in, for the journal."""
    return f"user-{actor.user_id}"


def ended() -> StateError:
    """What somebody hears who comes too late."""
    return StateError(
        "session_ended",
        nl="Deze voorstelling is afgelopen of nog niet begonnen. Uw tekst staat nog op dit apparaat.",
        en="This session has ended or has not begun. Your text is still on this device.",
    )


def _give_code(session: Session) -> None:
    """A code that no other session has now."""
    for _ in range(20):
        session.join_code = f"{secrets.randbelow(900_000) + 100_000}"
        try:
            with transaction.atomic():
                session.save()
        except IntegrityError:
            continue
        return
    raise StateError(
        "no_code_free", nl="Er is nu geen code vrij. Probeer het opnieuw.", en="No code is free now. Try again."
    )


def _count_for_good(session: Session) -> None:
    """Keep how many recognised a gap, by role, when the devices go."""
    for gap in session.gaps.all():
        gap.counted = count_roles(gap.pk)
        gap.save(update_fields=["counted"])


def count_roles(gap_id: int) -> dict[str, int]:
    """How many recognise a gap, by the layer from which they look; "" for who did not say."""
    rows = Recognition.objects.filter(gap_id=gap_id, withdrawn=False).values_list(F("participant__layer"), flat=True)
    counts: dict[str, int] = {}
    for layer in rows:
        counts[layer] = counts.get(layer, 0) + 1
    return counts
