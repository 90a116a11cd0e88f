"""One writer, a journal without gaps, the same answer for the same key, nothing acknowledged that is not kept."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from schakelbord.errors import ConflictError, InputError, SchakelbordError, StateError
from schakelbord.live.journal import Journal, Payload, verify
from schakelbord.live.models import Event, Reply, Room
from schakelbord.live.rooms import check_rooms, close_room, open_room
from schakelbord.live.writer import Command, Writer

pytestmark = pytest.mark.usefixtures("database")
NOW = dt.datetime(2026, 10, 5, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def told() -> list[tuple[int, int]]:
    """Room and seq of everything that was fanned out."""
    return []


@pytest.fixture
def writer(told: list[tuple[int, int]]) -> Iterator[Writer]:
    """A writer that is stopped afterwards."""

    def listen(events: Sequence[Event]) -> None:
        told.extend((event.room_id, event.seq) for event in events)

    writer = Writer(after_commit=listen, now=lambda: dt.datetime.now(dt.UTC))
    yield writer
    writer.stop()


def note(room: Room, key: str, *, text: str = "hello", device: str = "d1", times: int = 1) -> Command:
    """A command that appends `times` events and answers with the place of the last."""

    def work(journal: Journal) -> Payload:
        places = [journal.append("noted", audience="meeting", payload={"text": text}) for _ in range(times)]
        return {"seq": places[-1] if places else 0}

    return Command(room.pk, f"actor-{device}", device, key, {"text": text}, work)


def refusing(room: Room, key: str, trouble: Exception) -> Command:
    """A command that appends an event and then fails."""

    def work(journal: Journal) -> Payload:
        journal.append("noted", audience="meeting", payload={"text": "never kept"})
        raise trouble

    return Command(room.pk, "actor", "d1", key, {}, work)


def test_what_is_answered_is_in_the_journal_and_was_told(writer: Writer, told: list[tuple[int, int]]) -> None:
    room = open_room("Toneel", now=NOW)
    assert [writer.perform(note(room, f"k{n}")) for n in range(3)] == [{"seq": 1}, {"seq": 2}, {"seq": 3}]
    writer.stop()
    assert [event.seq for event in room.events.order_by("seq")] == [1, 2, 3]
    assert told == [(room.pk, 1), (room.pk, 2), (room.pk, 3)]
    assert [checked.trouble for checked in check_rooms(only=room.pk)] == [None]


def test_the_same_key_gives_the_same_answer_and_writes_nothing(writer: Writer) -> None:
    room = open_room("Toneel", now=NOW)
    first = writer.perform(note(room, "k"))
    writer.perform(note(room, "other"))
    assert writer.perform(note(room, "k")) == first
    assert room.events.count() == 2


def test_the_same_key_at_the_same_instant_is_one_event(writer: Writer) -> None:
    room = open_room("Toneel", now=NOW)
    with ThreadPoolExecutor(32) as callers:
        answers = list(callers.map(lambda _: writer.perform(note(room, "k")), range(200)))
    assert answers == [{"seq": 1}] * 200
    assert room.events.count() == 1


def test_two_devices_may_use_the_same_key(writer: Writer) -> None:
    room = open_room("Toneel", now=NOW)
    assert writer.perform(note(room, "k", device="d1")) == {"seq": 1}
    assert writer.perform(note(room, "k", device="d2")) == {"seq": 2}


def test_a_key_used_for_something_else_is_a_conflict(writer: Writer) -> None:
    room = open_room("Toneel", now=NOW)
    writer.perform(note(room, "k", text="one"))
    with pytest.raises(ConflictError):
        writer.perform(note(room, "k", text="two"))
    assert room.events.count() == 1


@pytest.mark.parametrize("trouble", [InputError("no", nl="Nee.", en="No."), ValueError("a mistake of ours")])
def test_a_refused_command_leaves_no_trace_and_harms_no_other(writer: Writer, trouble: Exception) -> None:
    room = open_room("Toneel", now=NOW)
    commands = [refusing(room, f"k{n}", trouble) if n % 3 == 0 else note(room, f"k{n}") for n in range(60)]

    def answer(command: Command) -> Payload | Exception:
        try:
            return writer.perform(command)
        except (SchakelbordError, ValueError) as refusal:
            return refusal

    with ThreadPoolExecutor(16) as callers:
        answers = list(callers.map(answer, commands))
    assert [isinstance(given, Exception) for given in answers] == [n % 3 == 0 for n in range(60)]
    assert room.events.count() == 40
    assert not room.events.filter(payload__contains="never kept").exists()
    assert not Reply.objects.filter(room=room, key="k0").exists()
    room.refresh_from_db()
    assert verify(room) is None


def test_a_database_error_in_one_command_harms_no_other(writer: Writer) -> None:
    room = open_room("Toneel", now=NOW)

    def twice(journal: Journal) -> Payload:
        Event.objects.create(
            room=room,
            seq=0,
            audience="meeting",
            verb="x",
            payload="{}",
            actor="a",
            key="k",
            at=NOW,
            previous="",
            hash="",
        )
        return {}

    with pytest.raises(StateError, match="could not keep"):
        writer.perform(Command(room.pk, "a", "d1", "bad", {}, twice))
    assert writer.perform(note(room, "good")) == {"seq": 1}


def test_a_closed_room_takes_nothing_and_forgets_devices(writer: Writer) -> None:
    room = open_room("Toneel", now=NOW)
    writer.perform(note(room, "k"))
    close_room(room, now=NOW)
    assert not Reply.objects.filter(room=room).exists()
    assert room.events.count() == 1
    with pytest.raises(StateError, match="has ended"):
        writer.perform(note(room, "late"))
    with pytest.raises(StateError, match="ended already"):
        close_room(room, now=NOW)


@pytest.mark.parametrize("audience", ["", "all", "table:", "table:0", "table:x", "Meeting", "table:1 "])
def test_an_unknown_audience_is_refused(writer: Writer, audience: str) -> None:
    room = open_room("Toneel", now=NOW)

    def work(journal: Journal) -> Payload:
        return {"seq": journal.append("noted", audience=audience, payload={})}

    with pytest.raises(InputError):
        writer.perform(Command(room.pk, "a", "d", "k", {}, work))
    assert room.events.count() == 0


def test_a_payload_too_large_for_a_stream_is_refused(writer: Writer) -> None:
    room = open_room("Toneel", now=NOW)
    with pytest.raises(InputError, match="too large"):
        writer.perform(note(room, "k", text="x" * 70_000))
    assert room.events.count() == 0


@pytest.mark.parametrize(
    "statement", ["UPDATE live_event SET payload = '{}' WHERE id = %s", "DELETE FROM live_event WHERE id = %s"]
)
def test_the_database_refuses_to_change_or_remove_an_event(writer: Writer, statement: str) -> None:
    room = open_room("Toneel", now=NOW)
    writer.perform(note(room, "k"))
    event = room.events.get()
    with pytest.raises(DatabaseError, match="cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [event.pk])
    assert room.events.get().payload == event.payload


FIELDS = ("audience", "verb", "node", "payload", "actor", "key", "at", "previous", "hash")


@pytest.mark.parametrize("field", [*FIELDS, "gone", "last gone"])
def test_verify_finds_every_change_behind_our_back(
    writer: Writer, field: str, without_triggers: Callable[[], None]
) -> None:
    room = open_room("Toneel", now=NOW)
    writer.perform(note(room, "k", times=3))
    without_triggers()
    if field == "gone":
        room.events.filter(seq=2).delete()
    elif field == "last gone":
        room.events.filter(seq=3).delete()
    else:
        changed = NOW + dt.timedelta(microseconds=1) if field == "at" else "changed"
        room.events.filter(seq=2).update(**{field: changed})
    room.refresh_from_db()
    trouble = verify(room)
    assert trouble is not None
    assert (trouble.seq, trouble.what) == {"gone": (2, "missing"), "last gone": (3, "missing")}.get(
        field, (2, "changed")
    )


@pytest.fixture
def without_triggers() -> Iterator[Callable[[], None]]:
    """A function that takes the guards of the table away, as somebody with the file in hands could; they come back."""
    from django.apps import apps  # noqa: PLC0415 - needs settings

    guards = __import__("schakelbord.live.migrations.0002_append_only", fromlist=["add_triggers"])

    def drop() -> None:
        with connection.schema_editor() as editor:
            guards.drop_triggers(apps, editor)

    yield drop
    with connection.schema_editor() as editor:
        guards.add_triggers(apps, editor)


ORDERS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(0, 3)), max_size=25)


@given(orders=ORDERS)
@settings(max_examples=25)
def test_any_order_of_commands_and_returns_keeps_the_chain_dense(orders: list[tuple[int, int, int]]) -> None:
    rooms = [open_room(f"Zaal {n}", now=NOW) for n in range(4)]
    writer = Writer(after_commit=lambda events: None, now=lambda: NOW)
    answers: dict[tuple[int, int], Payload] = {}
    expected = [0, 0, 0, 0]
    for place, key, times in orders:
        answer = writer.perform(note(rooms[place], f"k{key}", times=times))
        if (place, key) not in answers:
            expected[place] += times
        assert answers.setdefault((place, key), answer) == answer
    writer.stop()
    for room, count in zip(rooms, expected, strict=True):
        room.refresh_from_db()
        assert room.last_seq == room.events.count() == count
        assert verify(room) is None


@pytest.mark.skipif(bool(os.environ.get("SCHAKELBORD_DATABASE_URL")), reason="a file that can be made read-only")
def test_when_nothing_can_be_kept_it_says_so_and_later_goes_on(writer: Writer) -> None:
    room = open_room("Toneel", now=NOW)
    assert writer.perform(note(room, "k1")) == {"seq": 1}
    guard = "CREATE TRIGGER full BEFORE UPDATE ON live_room BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END"
    with connection.cursor() as cursor:
        cursor.execute(guard)
        try:
            with pytest.raises(StateError, match="could not keep"):
                writer.perform(note(room, "k2"))
        finally:
            cursor.execute("DROP TRIGGER full")
    assert writer.perform(note(room, "k2")) == {"seq": 2}
    room.refresh_from_db()
    assert verify(room) is None


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("SCHAKELBORD_DATABASE_URL")), reason="kills a process with a file of its own")
def test_killed_while_writing_nothing_acknowledged_is_lost_or_doubled(database: Path) -> None:
    room = open_room("Toneel", now=NOW)
    environment = {**os.environ, "SCHAKELBORD_DATA": str(database)}
    command = [sys.executable, str(Path(__file__).with_name("writing_process.py")), str(room.pk)]
    acknowledged: set[str] = set()
    for round_ in range(6):
        with subprocess.Popen([*command, str(round_)], env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.endswith("\n"):
                    acknowledged.add(line.strip())
                if len(acknowledged) >= (round_ + 1) * 150:
                    process.kill()
                    break
            acknowledged.update(line.strip() for line in process.stdout if line.endswith("\n"))
    assert len(acknowledged) >= 900
    kept = list(room.events.values_list("key", flat=True))
    assert len(kept) == len(set(kept))
    assert acknowledged <= set(kept)
    room.refresh_from_db()
    assert verify(room) is None
