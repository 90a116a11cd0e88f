"""Nothing private reaches a wrong reader: seen in every byte that the server sends, and also when rights change."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpless
import pytest
from loops import in_a_loop, until
from plain_reader import PlainReader
from serving import Server, serving

AUDIENCES = ("meeting", "bodies", "public", "moderation", "table:1", "table:2")
ROLES = {
    "presenter": ["meeting", "moderation"],
    "phone": ["meeting"],
    "table one": ["meeting", "table:1"],
    "table two": ["meeting", "table:2"],
    "body": ["bodies", "public"],
    "public": ["public"],
    "stranger": [],
}
CLOSE = {"Connection": "close"}
NAMES = {role: f"who-{number}" for number, role in enumerate(ROLES)}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server where each reader has one of the roles."""
    with serving(tmp_path_factory.mktemp("rights") / "data") as server:
        server.give_roles({NAMES[role]: audiences for role, audiences in ROLES.items()})
        yield server


def marker(audience: str, number: int) -> str:
    """A text that is found nowhere else."""
    return f"marker-{audience.replace(':', '-')}-{number}-"


def fill(server: Server, room: int, number: int) -> None:
    """A note for each audience."""
    for audience in AUDIENCES:
        answer = httpless.note(server.port, room, marker(audience, number), audience=audience)
        assert answer.status == 200


def seen(raw: bytes, number: int) -> list[str]:
    """The audiences whose note is somewhere in these bytes."""
    return [audience for audience in AUDIENCES if marker(audience, number).encode() in raw]


def expected(role: str) -> list[str]:
    """The audiences that a role may see, in order."""
    return [audience for audience in AUDIENCES if audience in ROLES[role]]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_its_own_streams_and_not_a_byte_of_another(server: Server, role: str) -> None:
    async def scene() -> None:
        room = server.new_room()
        await asyncio.to_thread(fill, server, room, 1)
        reader = PlainReader(server.port, room, NAMES[role])
        reader.keeps_bytes = True
        reader.begin()
        if role == "stranger":
            await until(lambda: b"\r\n\r\n" in reader.received)
        else:
            await reader.is_up.wait()
        await asyncio.to_thread(fill, server, room, 2)
        last = max((AUDIENCES.index(audience) for audience in ROLES[role]), default=-1) + 7
        if role == "stranger":
            await asyncio.sleep(0.3)
        else:
            await reader.reaches(last)
        await reader.end()
        assert seen(reader.received, 1) == seen(reader.received, 2) == expected(role)
        assert (b"HTTP/1.1 404" in reader.received) == (role == "stranger")
        for path in (f"/live/{room}/sinds/0", f"/proef/{room}/stand", f"/live/{room}/sinds/99", f"/live/{room}/hier"):
            answer = await httpless.ask_soon(server.port, "GET", path, name=NAMES[role])
            found = seen(answer.raw, 1)
            assert found == (expected(role) if path.endswith("sinds/0") else [])
            if role == "stranger":
                assert answer.status in {404, 405}
                assert b"seq" not in answer.body

    in_a_loop(scene)


def test_a_fragment_comes_in_the_language_of_its_reader_only(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        dutch = PlainReader(server.port, room, NAMES["phone"])
        english = PlainReader(server.port, room, f"{NAMES['phone']}; taal=en")
        for reader in (dutch, english):
            reader.keeps_bytes = True
            reader.begin()
            await reader.is_up.wait()
        await httpless.note_soon(server.port, room, "hello")
        for reader, own, other in ((dutch, b"lang=nl", b"lang=en"), (english, b"lang=en", b"lang=nl")):
            await reader.reaches(1)
            assert own in reader.received
            assert other not in reader.received
            await reader.end()

    in_a_loop(scene)


@pytest.mark.parametrize(
    ("before", "after"),
    [(["meeting", "moderation"], ["meeting"]), (["meeting", "table:1"], ["meeting", "table:2"]), (["meeting"], [])],
)
def test_who_gets_another_role_while_connected_sees_only_what_is_for_that(
    server: Server, before: list[str], after: list[str]
) -> None:
    async def scene() -> None:
        room = server.new_room()
        name = "-".join(before + after).replace(":", "")
        await change(room, name, before)
        reader = PlainReader(server.port, room, name, pause=0.01)
        reader.keeps_bytes = True
        reader.begin()
        await reader.is_up.wait()
        await asyncio.to_thread(fill, server, room, 1)
        await reader.reaches(max(AUDIENCES.index(audience) for audience in before) + 1)
        await change(room, name, after)
        await asyncio.to_thread(fill, server, room, 2)
        if after:
            await reader.reaches(max(AUDIENCES.index(audience) for audience in after) + 7)
        await asyncio.sleep(0.2)
        # Of the time before it may catch up what it may see now, and nothing else.
        assert set(before) <= set(seen(reader.received, 1)) <= {*before, *after}
        assert seen(reader.received, 2) == [name for name in AUDIENCES if name in after]
        await reader.end()

    async def change(room: int, name: str, audiences: list[str]) -> None:
        content = {"name": name, "audiences": audiences}
        assert (await httpless.ask_soon(server.port, "POST", f"/proef/{room}/rol", content=content)).status == 200

    in_a_loop(scene)


def test_a_name_that_is_not_ours_gets_nothing(server: Server) -> None:
    room = server.new_room()
    for path in ("stroom", "sinds/0"):
        request = httpless.head("GET", f"/live/{room}/{path}", cookies={"proef": NAMES["phone"]}, headers=CLOSE)
        answer = httpless.send(server.port, request.replace(b"Host: localhost", b"Host: other.example"))
        assert answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "stroom", 405),
        ("HEAD", "stroom", 405),
        ("DELETE", "sinds/0", 405),
        ("GET", "hier", 405),
        ("GET", "sinds/-1", 404),
        ("GET", "sinds/9999999999999999999999", 404),
        ("GET", "stroom/", 404),
    ],
)
def test_what_is_not_offered_is_refused(server: Server, method: str, path: str, status: int) -> None:
    room = server.new_room()
    answer = httpless.ask(server.port, method, f"/live/{room}/{path}", name=NAMES["phone"])
    assert answer.status == status


def test_a_room_that_is_not_there_is_answered_as_one_that_is_not_for_you(server: Server) -> None:
    room = server.new_room()
    answers = [
        httpless.ask(server.port, "GET", f"/live/{number}/sinds/0", name=name)
        for number, name in ((room, NAMES["stranger"]), (room + 1000, NAMES["phone"]))
    ]
    assert answers[0].status == answers[1].status == 404
    assert answers[0].body == answers[1].body
