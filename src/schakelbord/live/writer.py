"""One writer that takes what waits: all waiting commands in one transaction, a savepoint each, then the answers.

A command is answered only after its commit. The same key gives the same answer and writes nothing. Source: "One writer,
take what waits" in the design of the live layer.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from schakelbord.errors import ConflictError, SchakelbordError, StateError
from schakelbord.live.follow import notify
from schakelbord.live.journal import Journal, Payload, canonical
from schakelbord.live.models import Event, Reply, Room

MOST_AT_ONCE = 256
UPDATE = 'UPDATE "live_room" SET "last_seq" = %s, "last_hash" = %s WHERE "id" = %s'
LONGEST_KEY = 80
Work = Callable[[Journal], Payload]
Listener = Callable[[Sequence[Event]], None]
Place = tuple[int, str, str]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person asks for.

    Args:
        room_id: the room in whose journal it goes.
        actor: opaque id of who asks, as the journal keeps it.
        device: opaque id of the device; with `key` it makes the command one of a kind in its room.
        key: made by the device, kept with every new try.
        asked: what is asked, to see that a key is not used for something else.
        work: writes rows and appends to the journal, in the writer's thread and transaction; gives the answer. It
            must be quick: everybody in the room waits for it.
        moment: the time that is kept for it, when that must say less than the clock does.
    """

    room_id: int
    actor: str
    device: str
    key: str
    asked: Payload
    work: Work
    moment: dt.datetime | None = None

    @property
    def place(self) -> Place:
        """What makes this command one of a kind."""
        return (self.room_id, self.device, self.key)

    @property
    def mark(self) -> str:
        """A short name for what is asked."""
        return sha256(canonical(self.asked).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command and where its answer goes."""

    command: Command
    answer: Future[Payload]


class Writer:
    """The one that writes. Threads call `perform` and wait; `after_commit` hears what was kept, in order."""

    def __init__(self, *, after_commit: Listener, now: Callable[[], dt.datetime]) -> None:
        self._after_commit = after_commit
        self.now = now
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None

    def perform(self, command: Command) -> Payload:
        """Carry a command out; returns after it is kept, with its answer.

        Raises:
            StateError: the room is closed, or nothing can be kept now.
            ConflictError: this key was used for something else.
            SchakelbordError: what the command itself refuses.
        """
        waiting = Waiting(command, Future())
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="journal-writer", daemon=True)
                self._thread.start()
            self._queue.put(waiting)
        return waiting.answer.result()

    def stop(self) -> None:
        """Finish what waits and end the thread."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._queue.put(None)
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            while batch := self._next_batch():
                self._carry_out(batch)
        finally:
            connection.close()

    def _next_batch(self) -> list[Waiting]:
        """At least one command, and all that wait with it; nothing when it is time to stop."""
        batch: list[Waiting] = []
        while len(batch) < MOST_AT_ONCE:
            try:
                found = self._queue.get(block=not batch)
            except Empty:
                break
            if found is None:
                if batch:
                    self._queue.put(None)
                break
            batch.append(found)
        return batch

    def _carry_out(self, batch: list[Waiting]) -> None:
        try:
            with transaction.atomic():
                kept = _Batch(batch, now=self.now())
                kept.carry_out()
        except Exception as trouble:  # noqa: BLE001 - whatever it is, everybody who waits must hear that nothing is kept
            _refuse_all(batch, trouble)
            if not connection.in_atomic_block:
                # After a full disk or a server that went away: begin anew, with what the database has then.
                connection.close()
            return
        kept.answer_all()
        if kept.events:
            try:
                self._after_commit(kept.events)
            except Exception:
                log.exception("the room was not told")


class _Batch:
    """Commands that share a transaction. Nobody is answered before it has been committed."""

    def __init__(self, batch: list[Waiting], *, now: dt.datetime) -> None:
        self._batch = batch
        self._now = now
        self._results: list[Payload | Exception] = []
        self._replies: dict[Place, Reply] = {}
        self._new: list[Reply] = []
        self._rooms: dict[int, Room] = {}
        self.events: list[Event] = []

    def carry_out(self) -> None:
        """Everything up to the commit. Rooms are locked in one order, so that two workers never wait for each other."""
        wanted = sorted({waiting.command.room_id for waiting in self._batch})
        rooms = Room.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
        self._rooms = {room.pk: room for room in rooms}
        self._replies = _known_replies(self._batch)
        for waiting in self._batch:
            self._results.append(self._one(waiting.command))
        _insert(Event, self.events)
        _insert(Reply, self._new)
        changed = {event.room_id for event in self.events}
        _run_many(UPDATE, [(room.last_seq, room.last_hash, room.pk) for room in map(self._rooms.__getitem__, changed)])
        if self.events:
            notify()

    def answer_all(self) -> None:
        """Tell everybody who waits."""
        for waiting, result in zip(self._batch, self._results, strict=True):
            if isinstance(result, Exception):
                waiting.answer.set_exception(result)
            else:
                waiting.answer.set_result(result)

    def _one(self, command: Command) -> Payload | Exception:
        """One command in a savepoint of its own: its answer, or why it is refused."""
        try:
            known = self._replies.get(command.place)
            if known is not None:
                return _same_again(known, command)
            return self._new_one(command)
        except DatabaseError as trouble:
            if not connection.is_usable() or connection.needs_rollback:
                raise
            log.warning("a command failed: %s", trouble)
            return _not_kept()
        except SchakelbordError as refusal:
            return refusal
        except Exception as trouble:  # one broken command must not take the others along
            log.exception("a command failed")
            return trouble

    def _new_one(self, command: Command) -> Payload:
        room = _open_room(self._rooms, command.room_id)
        now = command.moment or self._now
        journal = Journal(room.pk, room.last_seq, room.last_hash, command.actor, command.key, now)
        with transaction.atomic():
            answer = command.work(journal)
            text = canonical(answer)
        room.last_seq, room.last_hash = journal.seq, journal.last_hash
        self.events += journal.events
        reply = Reply(room=room, device=command.device, key=command.key, asked=command.mark, answer=text, at=now)
        self._replies[command.place] = reply
        self._new.append(reply)
        return answer


def _insert(model: type[Model], rows: Sequence[Model]) -> None:
    """What `bulk_create` does, without composing the statement anew for every batch and without asking for keys."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - public in Django
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    _run_many(_insertion(model), values)


@cache
def _insertion(model: type[Model]) -> str:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - public in Django
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({", ".join(["%s"] * len(fields))})'  # noqa: S608, SLF001 - names of our own tables


def _run_many(statement: str, values: Sequence[Sequence[Any]]) -> None:
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _known_replies(batch: Iterable[Waiting]) -> dict[Place, Reply]:
    """Earlier answers to these keys."""
    places = {waiting.command.place for waiting in batch}
    found = Reply.objects.filter(room__in={place[0] for place in places}, key__in={place[2] for place in places})
    replies = {(reply.room_id, reply.device, reply.key): reply for reply in found}
    return {place: reply for place, reply in replies.items() if place in places}


def _same_again(known: Reply, command: Command) -> Payload:
    """The answer of the first time."""
    if known.asked != command.mark:
        raise ConflictError(
            "key_used",
            nl="Dit formulier is al eens verstuurd, met andere woorden. Verstuur het opnieuw als u dit ook wilt.",
            en="This form was sent before, with other words. Send it again if you want this as well.",
        )
    answer: Payload = json.loads(known.answer)
    return answer


def _open_room(rooms: dict[int, Room], room_id: int) -> Room:
    room = rooms.get(room_id)
    if room is None or room.closed_at is not None:
        raise StateError(
            "room_closed",
            nl="Deze bijeenkomst is afgelopen. Uw tekst staat nog op dit apparaat.",
            en="This meeting has ended. Your text is still on this device.",
        )
    return room


def _not_kept() -> StateError:
    return StateError(
        "not_kept",
        nl="Wij konden dit niet bewaren. Uw tekst staat nog op dit apparaat; probeer het straks opnieuw.",
        en="We could not keep this. Your text is still on this device; try again in a moment.",
    )


def _refuse_all(batch: Iterable[Waiting], trouble: Exception) -> None:
    """Nothing was kept: say so to everybody. The next batch reads the rooms anew, so writing goes on when it can."""
    log.error("nothing was kept: %s", trouble)
    for waiting in batch:
        refusal = _not_kept()
        refusal.__cause__ = trouble
        waiting.answer.set_exception(refusal)
