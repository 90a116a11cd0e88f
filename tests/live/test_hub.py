"""Everybody gets what is theirs, in order and once, or is told to fetch the state anew; nobody slow harms another."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loops import in_a_loop

from schakelbord.live.hub import MOST_BYTES, MOST_CHUNKS, RESYNC, RING, TICK_SECONDS, Frame, Hub, Reader

ROOM = 7
AUDIENCES = ("meeting", "moderation", "table:1", "table:2")
EVERYTHING = frozenset(AUDIENCES)


def frame(seq: int, audience: str = "meeting") -> Frame:
    """A frame that names itself."""
    return Frame(seq, audience, f"{seq}:{audience};".encode())


def come_in(
    hub: Hub, streams: frozenset[str], *, last_seq: int, since: int, missed: list[Frame] | None = None, device: str = ""
) -> Reader:
    """A reader that arrives and joins at once."""
    hub.arrive(ROOM)
    return hub.join(ROOM, streams, last_seq=last_seq, since=since, missed=missed, device=device)


async def drain(reader: Reader) -> bytes:
    """All that this reader gets until nothing comes any more."""
    got = b""
    while True:
        try:
            got += await asyncio.wait_for(reader.next_chunk(), TICK_SECONDS * 3)
        except TimeoutError:
            return got


def test_a_frame_sits_only_in_the_streams_of_its_audience() -> None:
    async def scene() -> None:
        hub = Hub()
        readers = {name: come_in(hub, frozenset({name}), last_seq=0, since=0) for name in AUDIENCES}
        hub.publish(ROOM, [frame(seq, AUDIENCES[seq % 4]) for seq in range(1, 41)])
        for name, reader in readers.items():
            expected = b"".join(frame(seq, name).data for seq in range(1, 41) if AUDIENCES[seq % 4] == name)
            assert await drain(reader) == expected

    in_a_loop(scene)


def test_who_reads_nothing_gets_one_resync_and_harms_nobody() -> None:
    async def scene() -> None:
        hub = Hub()
        asleep = come_in(hub, EVERYTHING, last_seq=0, since=0)
        awake = come_in(hub, EVERYTHING, last_seq=0, since=0)
        got = b""
        for seq in range(1, 2 * MOST_CHUNKS):
            hub.publish(ROOM, [frame(seq)])
            got += await awake.next_chunk()
        assert got == b"".join(frame(seq).data for seq in range(1, 2 * MOST_CHUNKS))
        late = await drain(asleep)
        assert late.count(RESYNC) == 1
        assert late.startswith(RESYNC)

    in_a_loop(scene)


def test_a_sleeper_never_holds_more_than_its_bound() -> None:
    async def scene() -> None:
        hub = Hub()
        asleep = come_in(hub, EVERYTHING, last_seq=0, since=0)
        for seq in range(1, 60):
            hub.publish(ROOM, [Frame(seq, "meeting", b"x" * 8192)])
            await asyncio.sleep(TICK_SECONDS * 1.5)
        assert len(await asleep.next_chunk()) <= MOST_BYTES

    in_a_loop(scene)


@pytest.mark.parametrize(
    ("since", "told_anew"),
    [(RING + 100, False), (150, False), (101, False), (100, True), (99, True), (RING + 101, True)],
)
def test_who_comes_back_catches_up_from_the_ring_or_fetches_the_state(since: int, told_anew: bool) -> None:
    async def scene() -> None:
        hub = Hub()
        come_in(hub, EVERYTHING, last_seq=0, since=0)
        hub.publish(ROOM, [frame(seq) for seq in range(1, RING + 101)])
        back = come_in(hub, EVERYTHING, last_seq=RING + 100, since=since)
        hub.publish(ROOM, [frame(RING + 101)])
        got = await drain(back)
        missed = b"".join(frame(seq).data for seq in range(since + 1, RING + 102))
        assert got == (RESYNC + frame(RING + 101).data if told_anew else missed)

    in_a_loop(scene)


def test_the_first_reader_after_a_restart_fetches_what_it_missed() -> None:
    async def scene() -> None:
        hub = Hub()
        assert await drain(come_in(hub, EVERYTHING, last_seq=12, since=9)) == RESYNC
        assert await drain(come_in(hub, EVERYTHING, last_seq=12, since=12)) == b""

    in_a_loop(scene)


def test_a_room_without_readers_is_forgotten() -> None:
    async def scene() -> None:
        hub = Hub()
        reader = come_in(hub, EVERYTHING, last_seq=0, since=0)
        assert hub.readers(ROOM) == 1
        hub.publish(ROOM, [frame(1)])
        hub.leave(ROOM, reader)
        hub.leave(ROOM, reader)
        assert hub.readers(ROOM) == 0
        assert await drain(come_in(hub, EVERYTHING, last_seq=1, since=0)) == RESYNC

    in_a_loop(scene)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.integers(1, 5), st.sampled_from(AUDIENCES)),
        st.tuples(st.just("join"), st.integers(0, 3), st.sampled_from(AUDIENCES)),
        st.tuples(st.just("leave"), st.integers(0, 9), st.just("")),
        st.tuples(st.just("rest"), st.just(0), st.just("")),
    ),
    max_size=30,
)


@given(steps=STEPS)
@settings(max_examples=40)
def test_nothing_is_lost_doubled_or_out_of_order_whatever_happens(steps: list[tuple[str, int, str]]) -> None:
    async def scene() -> None:
        hub, seq = Hub(), 0
        come_in(hub, frozenset({"public"}), last_seq=0, since=0)
        sent: list[Frame] = []
        here: list[tuple[Reader, int]] = []
        for what, number, audience in steps:
            if what == "publish":
                new = [frame(seq + n, audience) for n in range(1, number + 1)]
                seq += number
                sent += new
                hub.publish(ROOM, new)
                hub.publish(ROOM, new)
            elif what == "join":
                since = max(0, seq - number)
                here.append((come_in(hub, frozenset({audience, "meeting"}), last_seq=seq, since=since), since))
            elif what == "leave" and here:
                hub.leave(ROOM, here.pop(number % len(here))[0])
            elif what == "rest":
                await asyncio.sleep(0)
        got = await asyncio.gather(*(drain(reader) for reader, _ in here))
        for (reader, since), received in zip(here, got, strict=True):
            assert received == b"".join(row.data for row in sent if row.seq > since and row.stream in reader.streams)

    in_a_loop(scene)


def test_what_the_journal_has_and_the_room_was_not_told_yet_comes_once() -> None:
    async def scene() -> None:
        hub = Hub()
        come_in(hub, EVERYTHING, last_seq=3, since=3)
        read = [frame(seq) for seq in range(2, 6)]
        back = come_in(hub, EVERYTHING, last_seq=5, since=1, missed=read)
        hub.publish(ROOM, [frame(4), frame(5), frame(6)])
        assert await drain(back) == b"".join(frame(seq).data for seq in range(2, 7))

    in_a_loop(scene)


def test_who_missed_only_what_is_for_others_need_not_fetch_anything() -> None:
    async def scene() -> None:
        hub = Hub()
        come_in(hub, EVERYTHING, last_seq=40, since=40)
        assert await drain(come_in(hub, EVERYTHING, last_seq=40, since=30, missed=[])) == b""

    in_a_loop(scene)


def test_what_comes_while_the_first_reader_is_at_the_door_is_not_lost() -> None:
    async def scene() -> None:
        hub = Hub()
        hub.arrive(ROOM)
        # The door read that 4 is the newest; then 5 and 6 came, and are told before the reader is in.
        hub.publish(ROOM, [frame(5), frame(6)])
        reader = hub.join(ROOM, EVERYTHING, last_seq=4, since=4)
        hub.publish(ROOM, [frame(7)])
        assert await drain(reader) == b"".join(frame(seq).data for seq in (5, 6, 7))

    in_a_loop(scene)


def test_who_is_turned_away_leaves_nothing_behind() -> None:
    async def scene() -> None:
        hub = Hub()
        hub.arrive(ROOM)
        assert hub.follows(ROOM)
        hub.turn_away(ROOM)
        assert not hub.follows(ROOM)

    in_a_loop(scene)


def test_an_event_that_never_came_makes_everybody_fetch_the_state() -> None:
    async def scene() -> None:
        hub = Hub()
        here = come_in(hub, EVERYTHING, last_seq=4, since=4)
        hub.publish(ROOM, [frame(5)])
        hub.publish(ROOM, [frame(7)])
        assert await drain(here) == RESYNC + frame(7).data
        assert await drain(come_in(hub, EVERYTHING, last_seq=7, since=5)) == RESYNC
        assert await drain(come_in(hub, EVERYTHING, last_seq=7, since=6)) == frame(7).data

    in_a_loop(scene)


def test_after_the_end_of_a_connection_nothing_more_is_written_to_it() -> None:
    async def scene() -> None:
        hub = Hub()
        reader = come_in(hub, EVERYTHING, last_seq=0, since=0)
        other = come_in(hub, frozenset({"meeting"}), last_seq=0, since=0)
        hub.publish(ROOM, [frame(1)])
        assert await drain(reader) == frame(1).data
        hub.close(ROOM, streams=frozenset({"moderation"}))
        hub.publish(ROOM, [frame(2)])
        assert reader.ended
        assert await drain(other) == frame(1).data + frame(2).data
        assert not reader.waits

    in_a_loop(scene)


def test_a_browser_that_streams_twice_and_polls_is_one_person() -> None:
    async def scene() -> None:
        hub = Hub()
        for _ in range(2):
            come_in(hub, EVERYTHING, last_seq=0, since=0, device="phone")
        come_in(hub, EVERYTHING, last_seq=0, since=0)
        hub.here(ROOM, "phone")
        hub.here(ROOM, "other phone")
        assert hub.present(ROOM) == 3
        hub.elsewhere(ROOM, "worker", 4)
        hub.elsewhere(ROOM, "worker", 5)
        assert hub.present(ROOM) == 8
        assert hub.present_here() == {ROOM: 3}

    in_a_loop(scene)


def test_when_all_is_over_who_still_comes_is_sent_home_at_once() -> None:
    async def scene() -> None:
        hub = Hub()
        reader = come_in(hub, EVERYTHING, last_seq=0, since=0)
        hub.end()
        assert reader.ended
        assert come_in(hub, EVERYTHING, last_seq=0, since=0).ended

    in_a_loop(scene)
