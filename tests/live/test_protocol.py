"""What a reader is told: where to begin, when to come back, what it missed; and a network that does strange things."""

from __future__ import annotations

import asyncio
import re

import httpless
import pytest
from loops import all_in, all_out, in_a_loop, until
from plain_reader import PlainReader
from proxies import Buffering, Cutting
from serving import Server


async def beginning(
    server: Server, room: int, *, last: str = "", query: str = "", pieces: bytes = b"event: presence"
) -> bytes:
    """Everything up to and with the moment that these bytes are there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    headers = {"Last-Event-ID": last} if last else {}
    cookies = {"proef": "reader1"}
    writer.write(httpless.head("GET", f"/live/{room}/stroom{query}", cookies=cookies, headers=headers))
    raw = b""
    async with asyncio.timeout(10):
        while pieces not in raw:
            raw += await reader.read(65536)
    # What belongs to the beginning comes at once.
    try:
        async with asyncio.timeout(0.15):
            while piece := await reader.read(65536):
                raw += piece
    except TimeoutError:
        pass
    writer.transport.abort()
    return raw


def filled(server: Server, count: int) -> int:
    """A room with so many notes."""
    room = server.new_room()
    for number in range(count):
        assert httpless.note(server.port, room, f"note {number}").status == 200
    return room


def test_the_stream_says_that_nobody_may_keep_or_change_it(server: Server) -> None:
    async def scene() -> None:
        raw = await beginning(server, server.new_room())
        head = raw.partition(b"\r\n\r\n")[0].lower().decode()
        assert head.startswith("http/1.1 200")
        for line in (
            "content-type: text/event-stream; charset=utf-8",
            "cache-control: no-cache, no-transform",
            "x-accel-buffering: no",
            "x-content-type-options: nosniff",
        ):
            assert line in head
        assert "content-encoding" not in head
        assert "server:" not in head

    in_a_loop(scene)


def test_when_to_come_back_differs_for_each(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        begun = await asyncio.gather(*(beginning(server, room) for _ in range(12)))
        waits = {int(found[1]) for raw in begun if (found := re.search(rb"retry: (\d+)\n", raw))}
        assert len(waits) > 6
        assert all(1000 <= wait <= 4000 for wait in waits)

    in_a_loop(scene)


@pytest.mark.parametrize("last", ["{next}:3", "{room}:x", "nonsense", "{room}:99", "{room}:-1", "1:2:3"])
def test_an_id_that_is_not_of_this_journal_makes_a_reader_fetch_the_state(server: Server, last: str) -> None:
    async def scene() -> None:
        room = await asyncio.to_thread(filled, server, 4)
        raw = await beginning(server, room, last=last.format(room=room, next=room + 1))
        assert raw.count(b"event: resync") == 1
        assert b"event: frame" not in raw

    in_a_loop(scene)


@pytest.mark.parametrize("asked", ["?na={room}:2", "?na={room}%3A2", "?x=1&na={room}:2"])
def test_the_address_may_say_where_to_begin(server: Server, asked: str) -> None:
    async def scene() -> None:
        room = await asyncio.to_thread(filled, server, 4)
        raw = await beginning(server, room, query=asked.format(room=room))
        assert re.findall(rb"id: \d+:(\d+)", raw) == [b"3", b"4"]
        assert b"resync" not in raw

    in_a_loop(scene)


def test_who_does_not_say_where_it_is_begins_now(server: Server) -> None:
    async def scene() -> None:
        room = await asyncio.to_thread(filled, server, 2)
        raw = await beginning(server, room)
        assert b'event: hello\ndata: {"seq":2,' in raw
        assert b"event: frame" not in raw
        assert b"resync" not in raw

    in_a_loop(scene)


@pytest.mark.slow
def test_after_a_restart_what_was_missed_comes_from_the_journal_and_too_much_is_a_resync(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        await asyncio.gather(*(httpless.note_soon(server.port, room, f"note {number}") for number in range(260)))
        await asyncio.gather(*(httpless.note_soon(server.port, room, f"more {number}") for number in range(260)))
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        raw = await beginning(server, room, last=f"{room}:20", pieces=b"id: %d:520" % room)
        assert [int(seq) for seq in re.findall(rb"id: \d+:(\d+)\n", raw)] == list(range(21, 521))
        assert b'"html"' not in raw
        raw = await beginning(server, room, last=f"{room}:19")
        assert raw.count(b"event: resync") == 1
        assert b"event: frame" not in raw
        assert httpless.ask(server.port, "GET", f"/live/{room}/sinds/19", name="reader1").json()["frames"] is None
        assert len(httpless.ask(server.port, "GET", f"/live/{room}/sinds/20", name="reader1").json()["frames"]) == 500

    in_a_loop(scene)


def test_polling_says_the_same_and_says_nothing_twice(server: Server) -> None:
    room = filled(server, 3)
    first = httpless.ask(server.port, "GET", f"/live/{room}/sinds/1", name="reader1")
    assert [frame["seq"] for frame in first.json()["frames"]] == [2, 3]
    assert first.json()["frames"][0]["data"]["text"] == "note 1"
    assert first.json()["seq"] == 3
    again = httpless.ask(
        server.port, "GET", f"/live/{room}/sinds/1", name="reader1", if_none_match=first.headers["etag"]
    )
    assert (again.status, again.body) == (304, b"")
    assert httpless.note(server.port, room, "news").status == 200
    newer = httpless.ask(
        server.port, "GET", f"/live/{room}/sinds/1", name="reader1", if_none_match=first.headers["etag"]
    )
    assert newer.status == 200
    assert [frame["seq"] for frame in newer.json()["frames"]] == [2, 3, 4]
    ahead = httpless.ask(server.port, "GET", f"/live/{room}/sinds/99", name="reader1").json()
    assert (ahead["seq"], ahead["frames"]) == (4, None)


def test_no_event_says_who_did_it(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        await asyncio.to_thread(httpless.note, server.port, room, "hello", name="reader-secret-device")
        raw = await beginning(server, room, last=f"{room}:0", pieces=b"id: %d:1" % room)
        polled = await httpless.ask_soon(server.port, "GET", f"/live/{room}/sinds/0", name="reader1")
        for said in (raw, polled.raw):
            assert b"hello" in said
            assert b"secret-device" not in said
            assert b"hash" not in said

    in_a_loop(scene)


def test_the_same_key_over_two_connections_at_once_is_one_note(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        same = [httpless.note_soon(server.port, room, "hello", key="the-same-key") for _ in range(12)]
        answers = await asyncio.gather(*same)
        assert {(answer.status, answer.body) for answer in answers} == {(200, b'{"seq": 1}')}
        other = await httpless.note_soon(server.port, room, "something else", key="the-same-key")
        assert other.status == 409
        assert other.json()["code"] == "key_used"
        assert "al eens verstuurd" in other.json()["sentence"]

    in_a_loop(scene)


def test_behind_a_proxy_that_keeps_everything_to_itself_polling_shows_the_right_state(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        async with Buffering(server.port) as proxy:
            reader = PlainReader(proxy.port, room, "reader1").begin()
            for number in range(5):
                assert (await httpless.note_soon(proxy.port, room, f"note {number}")).status == 200
            with pytest.raises(TimeoutError):
                await reader.reaches(1, within=0.5)
            polled = (await httpless.ask_soon(proxy.port, "GET", f"/live/{room}/sinds/0", name="reader1")).json()
            assert [frame["seq"] for frame in polled["frames"]] == [1, 2, 3, 4, 5]
            await reader.end()

    in_a_loop(scene)


def test_behind_a_proxy_that_cuts_connections_nothing_is_lost(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        async with Cutting(server.port, after=0.3) as proxy:
            readers = await all_in(proxy.port, room, 8)
            for number in range(20):
                await httpless.note_for_sure(
                    proxy.port, room, f"note {number}", name="writer", key=f"number-{number:03}"
                )
                await asyncio.sleep(0.05)
            await asyncio.gather(*(reader.reaches(20) for reader in readers))
            assert all(reader.notes == list(range(1, 21)) and not reader.doubled for reader in readers)
            assert min(reader.connected for reader in readers) > 2
            await all_out(readers)

    in_a_loop(scene)


def test_eight_tabs_on_one_phone_are_one_person_and_its_notes_get_through(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        tabs = [PlainReader(server.port, room, "reader1").begin() for _ in range(8)]
        await asyncio.gather(*(tab.is_up.wait() for tab in tabs))
        assert (await httpless.note_soon(server.port, room, "hello", name="reader1")).status == 200
        await asyncio.gather(*(tab.reaches(1) for tab in tabs))
        await all_out(tabs)

    in_a_loop(scene)


def test_who_polls_is_counted(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        reader = await all_in(server.port, room, 1)
        device = httpless.ask(server.port, "GET", "/proef/toestel").headers["set-cookie"].partition(";")[0]
        for _ in range(2):
            answer = await httpless.ask_soon(server.port, "POST", f"/live/{room}/hier", name=f"reader2; {device}")
        assert answer.json()["count"] == 2
        await until(lambda: reader[0].present == 2)
        await all_out(reader)

    in_a_loop(scene)
