"""Two workers on one PostgreSQL: both tell everything to everybody, whoever wrote it, and one may die."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpless
import psycopg
import pytest
from loops import all_in, all_out, in_a_loop, until
from plain_reader import PlainReader
from serving import Server, serving

from postgresql_server import postgresql
from schakelbord.live.asgi import DOORS
from schakelbord.site.request_threads import THREADS

pytestmark = pytest.mark.slow
Pair = tuple[Server, Server]
# Writer, publisher and follower of a worker each have one; so may what started the server.
OTHERS = 4


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two server processes with the same data; the second one never notifies."""
    data = tmp_path_factory.mktemp("workers") / "data"
    with postgresql() as address:
        variables = {"SCHAKELBORD_DATABASE_URL": address}
        with (
            serving(data, variables=variables) as first,
            serving(data, variables=variables | {"PROVING_SILENT": "1"}) as second,
        ):
            yield first, second


def test_sixteen_writers_at_two_workers_and_nobody_misses_anything(workers: Pair) -> None:
    async def scene() -> None:
        first, second = workers
        room = first.new_room()
        readers = await all_in(first.port, room, 10) + await all_in(second.port, room, 10)

        async def write(name: str, port: int) -> None:
            for number in range(12):
                key = f"{name}-{number:04}"
                await httpless.note_for_sure(port, room, key, name=name, key=key)

        await asyncio.gather(*(write(f"writer{n}", workers[n % 2].port) for n in range(16)))
        await asyncio.gather(*(reader.reaches(192) for reader in readers))
        assert all(reader.notes == list(range(1, 193)) and not reader.doubled for reader in readers)
        await all_out(readers)

    in_a_loop(scene)


def test_a_notification_that_is_lost_costs_two_seconds(workers: Pair) -> None:
    async def scene() -> None:
        first, silent = workers
        room = first.new_room()
        reader = (await all_in(first.port, room, 1))[0]
        await httpless.note_soon(silent.port, room, "nobody is told")
        begin = time.monotonic()
        await reader.reaches(1)
        assert time.monotonic() - begin < 15
        await reader.end()
        there = (await all_in(silent.port, room, 1))[0]
        begin = time.monotonic()
        await httpless.note_soon(first.port, room, "everybody is told")
        await there.reaches(2)
        assert time.monotonic() - begin < 1.9  # no more than a look that waits for nothing
        await there.end()

    in_a_loop(scene)


def test_the_same_key_at_two_workers_at_once_is_one_event(workers: Pair) -> None:
    async def scene() -> None:
        room = workers[0].new_room()
        same = [httpless.note_soon(workers[number % 2].port, room, "hello", key="the-same-key") for number in range(10)]
        answers = await asyncio.gather(*same)
        assert {(answer.status, answer.body) for answer in answers} == {(200, b'{"seq": 1}')}

    in_a_loop(scene)


def test_a_role_that_changes_at_one_worker_closes_at_the_other(workers: Pair) -> None:
    async def scene() -> None:
        first, second = workers
        room = first.new_room()
        reader = PlainReader(second.port, room, "reader-who-moves", pause=0.01).begin()
        await reader.is_up.wait()
        content = {"name": "reader-who-moves", "audiences": ["public"]}
        await httpless.ask_soon(first.port, "POST", f"/proef/{room}/rol", content=content)
        await until(lambda: reader.connected == 2)
        await asyncio.to_thread(httpless.note, first.port, room, "not for you")
        await asyncio.to_thread(httpless.note, first.port, room, "for everybody", audience="public")
        await reader.reaches(2)
        assert reader.notes == [2]
        await reader.end()

    in_a_loop(scene)


def test_who_is_there_is_counted_over_the_workers(workers: Pair) -> None:
    async def scene() -> None:
        room = workers[0].new_room()
        there = await all_in(workers[0].port, room, 3)
        here = await all_in(workers[1].port, room, 2)
        await until(lambda: here[0].present == 5, within=20)
        await all_out([*here, *there])

    in_a_loop(scene)


def test_one_worker_dies_and_the_other_goes_on(workers: Pair) -> None:
    async def scene() -> None:
        first, second = workers
        room = first.new_room()
        readers = await all_in(first.port, room, 5)
        writing = [
            httpless.note_for_sure(second.port, room, f"note {n}", name="writer", key=f"at-second-{n:04}")
            for n in range(20)
        ]
        begun = [asyncio.ensure_future(one) for one in writing]
        await asyncio.sleep(0.1)
        second.kill()
        for reader in readers[:2]:
            reader.cut()
        await asyncio.to_thread(httpless.note, first.port, room, "the first goes on")
        await asyncio.to_thread(second.start)
        places = await asyncio.gather(*begun)
        assert sorted({*places}) == sorted(places)
        await asyncio.gather(*(reader.reaches(21) for reader in readers))
        assert all(reader.notes == list(range(1, 22)) and not reader.doubled for reader in readers)
        await all_out(readers)

    in_a_loop(scene)


def test_a_hundred_requests_at_once_take_no_more_connections_than_there_are_threads(workers: Pair) -> None:
    async def scene() -> None:
        first, second = workers
        room = first.new_room()
        own = await psycopg.AsyncConnection.connect(first.variables["SCHAKELBORD_DATABASE_URL"], autocommit=True)
        most, over = 0, asyncio.Event()

        async def count() -> None:
            nonlocal most
            while not over.is_set():
                cursor = await own.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                )
                most = max(most, (await cursor.fetchone() or (0,))[0] - 1)
                await asyncio.sleep(0.005)

        counting = asyncio.ensure_future(count())
        for number in range(3):
            asked = [
                httpless.ask_soon(first.port, "GET", f"/proef/{room}/stand", name=f"reader{n}") for n in range(100)
            ]
            written = [httpless.note_soon(second.port, room, f"{number} {n}") for n in range(20)]
            answers = await asyncio.gather(*asked, *written)
            assert {answer.status for answer in answers} == {200}
        over.set()
        await counting
        await own.close()
        assert THREADS // 2 < most <= len(workers) * (THREADS + DOORS + OTHERS)

    in_a_loop(scene)
