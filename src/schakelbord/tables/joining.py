"""Taking part with a code: claim one's name from the list, or stay "participant, official"; the layer is set here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare

from schakelbord.errors import ConflictError, InputError, RightError
from schakelbord.live import gateway
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act, carry_out
from schakelbord.meetings.codes import Layer, MeetingState, ReplyKind
from schakelbord.meetings.links import attendance_of_secret
from schakelbord.meetings.models import Attendance, Meeting
from schakelbord.tables.commands import not_open
from schakelbord.tables.console import place_somewhere


@dataclass(frozen=True, slots=True)
class Entrance:
    """How somebody comes in.

    Args:
        claims: key of the attendance they say is theirs, "" for none.
        layer: from which layer they take part, when they claim no name.
        pin: the four digits of a table, for its host and its pitcher.
        secret: from the link in their own invitation; it proves who they are.
    """

    claims: str = ""
    layer: str = ""
    pin: str = ""
    secret: str = ""


def meeting_of_code(digits: str) -> Meeting | None:
    """The open meeting with this code."""
    return Meeting.objects.filter(join_code=digits, state=MeetingState.OPEN).first() if digits else None


def join(meeting: Meeting, entrance: Entrance, *, device: str, key: str) -> Payload:
    """Let a device in; the same device again keeps its place, and may claim another name.

    Raises:
        StateError: the meeting is not open.
        InputError: no layer, or nobody on the list has this name.
        RightError: the name is a host's or a pitcher's, and the pin of the table is wrong.
        ConflictError: somebody else sits under this name already.
    """

    def deed(act: Act) -> Payload:
        if act.meeting.state != MeetingState.OPEN:
            raise not_open()
        known = act.meeting.attendances.filter(device=device).first()
        found = _of_secret(act.meeting, entrance.secret) or _claimed(act.meeting, entrance, device=device)
        if found is None:
            found = known or _newcomer(act, entrance)
        if known is not None and known.pk != found.pk:
            known.device = ""
            known.save(update_fields=["device"])
        if entrance.layer in Layer.values and found.person_id is None:
            found.layer = entrance.layer
        found.device = device
        found.present_at, found.left_at = found.present_at or act.now, None
        found.save(update_fields=["device", "layer", "present_at", "left_at"])
        if not found.seats.exists() and not found.hosts.exists():
            place_somewhere(act, found, None)
        act.note("presence", node=found.key, present=True)
        return {"seq": act.journal.seq, "attendance": found.key}

    asked: Payload = {"verb": "join", "claims": entrance.claims, "layer": entrance.layer}
    answer = carry_out(meeting, deed, who="somebody", device=f"door-{device}", key=key, asked=asked)
    gateway.close_readers(meeting.room_id)
    return answer


def _of_secret(meeting: Meeting, secret: str) -> Attendance | None:
    found = attendance_of_secret(secret)
    return found if found is not None and found.meeting_id == meeting.pk else None


def _claimed(meeting: Meeting, entrance: Entrance, *, device: str) -> Attendance | None:
    """The name somebody claims; that of a host or pitcher asks for the pin of the table."""
    if not entrance.claims:
        return None
    found = meeting.attendances.filter(key=entrance.claims).exclude(reply=ReplyKind.NO).first()
    if found is None:
        raise InputError(
            "claims",
            "claims",
            nl="Deze naam staat niet op de lijst. Doe mee zonder naam, of vraag de secretaris.",
            en="This name is not on the list. Take part without a name, or ask the secretary.",
        )
    if found.device == device:
        return found
    leading = list((meeting.tables.filter(host=found) | meeting.tables.filter(pitcher=found)).distinct())
    if leading and not any(constant_time_compare(table.host_pin, entrance.pin.strip()) for table in leading):
        raise RightError(
            "pin",
            "pin",
            nl="Deze naam leidt een tafel. Vul de vier cijfers van het tafelblad in.",
            en="This name leads a table. Fill in the four digits of the table sheet.",
        )
    if found.device and not leading:
        raise ConflictError(
            "claimed",
            "claims",
            nl="Onder deze naam doet al iemand mee. Is dat niet goed? Vraag de secretaris.",
            en="Somebody takes part under this name already. Is that wrong? Ask the secretary.",
        )
    return found


def _newcomer(act: Act, entrance: Entrance) -> Attendance:
    if entrance.layer not in Layer.values:
        raise InputError(
            "layer",
            "layer",
            nl="Kies vanuit welke laag u meedoet, of kies uw naam.",
            en="Choose from which layer you take part, or choose your name.",
        )
    return Attendance.objects.create(
        meeting=act.meeting,
        key=secrets.token_hex(8),
        pseudonym="deelnemer",
        layer=entrance.layer,
        reply=ReplyKind.YES,
        made_at=act.now,
    )
