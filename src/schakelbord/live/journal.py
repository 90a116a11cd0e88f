"""The journal of a room: events in a dense order, each holding the hash of the one before it.

Source: "Journal" in the design of the live layer. The writer is the only one that makes events; here stands what an
event is, how its hash is made, and how a chain is checked.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from schakelbord.errors import InputError
from schakelbord.live.audiences import is_audience
from schakelbord.live.models import FIRST_HASH, Event, Room

JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
Payload = Mapping[str, JsonValue]
MOST_BYTES = 64 * 1024
AT_A_TIME = 1000


@dataclass(slots=True)
class Journal:
    """The open end of a room's journal during one command; what is appended is kept only when the command succeeds.

    Args:
        room_id: key of the room.
        seq, last_hash: those of the newest event.
        actor: opaque id of who acts.
        key: idempotency key of the command.
        now: when the command is carried out.
    """

    room_id: int
    seq: int
    last_hash: str
    actor: str
    key: str
    now: dt.datetime
    events: list[Event] = field(default_factory=list)

    def append(self, verb: str, *, audience: str, payload: Payload, node: str = "") -> int:
        """Add an event; gives its place in the room, from 1.

        Raises:
            InputError: the audience is none of ours, or the payload is too large for a stream.
        """
        if not is_audience(audience):
            raise InputError(
                "unknown_audience",
                audience,
                nl="Dit is geen groep lezers; kies meeting, bodies, public, moderation of table:nummer.",
                en="This is no audience; choose meeting, bodies, public, moderation or table:number.",
            )
        text = canonical(payload)
        if len(text.encode()) > MOST_BYTES:
            raise InputError(
                "payload_too_large",
                nl="Dit bericht is te groot om naar iedereen te sturen; maak het korter.",
                en="This message is too large to send to everybody; make it shorter.",
            )
        event = Event(
            room_id=self.room_id,
            seq=self.seq + 1,
            audience=audience,
            verb=verb,
            node=node,
            payload=text,
            actor=self.actor,
            key=self.key,
            at=self.now,
            previous=self.last_hash,
        )
        event.hash = hash_of(event)
        self.events.append(event)
        self.seq, self.last_hash = event.seq, event.hash
        return event.seq


def canonical(value: JsonValue) -> str:
    """JSON that is the same for the same content."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(event: Event) -> str:
    """The hash of an event: SHA-256 over all its fields and the hash before it, in hexadecimal."""
    parts: list[JsonValue] = [
        event.room_id,
        event.seq,
        event.audience,
        event.verb,
        event.node,
        event.payload,
        event.actor,
        event.key,
        event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        event.previous,
    ]
    return sha256(canonical(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a journal is not what it was: an event is gone, doubled or changed."""

    room_id: int
    seq: int
    what: str


def verify(room: Room) -> Break | None:
    """The first break in the journal of a room, or None when it is whole. Reads every event once."""
    expected, previous = 1, FIRST_HASH
    for event in _in_order(room):
        what = _trouble(event, expected, previous)
        if what:
            return Break(room.pk, expected, what)
        expected, previous = expected + 1, event.hash
    if (expected - 1, previous) != (room.last_seq, room.last_hash):
        return Break(room.pk, expected, "missing")
    return None


def _trouble(event: Event, expected: int, previous: str) -> str:
    if event.seq != expected:
        return "missing"
    if event.previous != previous or event.hash != hash_of(event):
        return "changed"
    return ""


def _in_order(room: Room) -> Iterator[Event]:
    return room.events.order_by("seq").iterator(chunk_size=AT_A_TIME)
