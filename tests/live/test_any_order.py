"""Any order of commands, crashes and reconnects: what a client knows is the state of the room at its `seq`.

The real server in a process of its own with its journal on a file, killed while commands are under way; clients on real
sockets that come back, and phones that send again with the same key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpless
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from loops import all_out, in_a_loop, until
from plain_reader import PlainReader
from serving import Server, serving

pytestmark = pytest.mark.slow
ROLES = {
    "reader-of-meeting": ["meeting"],
    "reader-at-desk": ["meeting", "moderation"],
    "reader-at-table": ["meeting", "table:1", "public"],
}
AUDIENCES = ("meeting", "meeting", "moderation", "table:1", "table:2", "public")
Step = tuple[str, int, str]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(1, 12), st.sampled_from(AUDIENCES)),
        st.tuples(st.just("write twice"), st.integers(1, 4), st.sampled_from(AUDIENCES)),
        st.tuples(st.just("come"), st.integers(1, 3), st.sampled_from(sorted(ROLES))),
        st.tuples(st.just("cut"), st.integers(0, 20), st.just("")),
        st.tuples(st.just("cut all"), st.just(0), st.just("")),
        st.tuples(st.just("kill"), st.integers(0, 3), st.just("")),
        st.tuples(st.just("rest"), st.integers(1, 5), st.just("")),
    ),
    min_size=4,
    max_size=16,
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: these roles stand before the first reader comes."""
    with serving(tmp_path_factory.mktemp("any-order") / "data") as server:
        server.give_roles(ROLES)
        yield server


class Scene:
    """One room, its readers, and what was sent to it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.room = server.new_room()
        self.readers = [PlainReader(server.port, self.room, name).begin() for name in ROLES]
        self.sent: dict[str, list[asyncio.Future[int]]] = {}
        self.seen: list[tuple[PlainReader, int, list[int]]] = []

    def write(self, audience: str, times: int) -> None:
        """Send a note, `times` at the same instant with the same key; nobody waits for the answer."""
        key = f"key-{len(self.sent):06}"
        self.sent[key] = [
            asyncio.ensure_future(
                httpless.note_for_sure(self.server.port, self.room, key, name="writer", key=key, audience=audience)
            )
            for _ in range(times)
        ]

    async def do(self, what: str, number: int, whom: str) -> None:
        """One step."""
        if what.startswith("write"):
            for _ in range(number):
                self.write(whom, 2 if what == "write twice" else 1)
        elif what == "come":
            self.readers += [PlainReader(self.server.port, self.room, whom).begin() for _ in range(number)]
        elif what == "cut":
            self.readers[number % len(self.readers)].cut()
        elif what == "cut all":
            for reader in self.readers:
                reader.cut()
        elif what == "kill":
            await asyncio.sleep(number / 100)
            self.server.kill()
            await asyncio.to_thread(self.server.start)
        else:
            await asyncio.sleep(number / 50)
        self.look()

    def look(self) -> None:
        """Note what every client knows now."""
        self.seen += [(reader, reader.seq, list(reader.notes)) for reader in self.readers]

    def state(self, name: str) -> list[int]:
        """The snapshot as this reader may see it: the places of its notes."""
        notes: list[int] = httpless.ask(self.server.port, "GET", f"/proef/{self.room}/stand", name=name).json()["notes"]
        return notes


@given(steps=STEPS)
@settings(max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_whatever_happens_a_client_knows_the_state_at_its_seq(server: Server, steps: list[Step]) -> None:
    async def play() -> None:
        scene = Scene(server)
        for step in steps:
            await scene.do(*step)
        places = {key: set(await asyncio.gather(*answers)) for key, answers in scene.sent.items()}
        # One key, one place; as many events as keys, so that nothing is lost and nothing stands there twice.
        assert sorted(place for found in places.values() for place in found) == list(range(1, len(places) + 1))
        states = {name: await asyncio.to_thread(scene.state, name) for name in ROLES}
        await until(lambda: all(reader.notes == states[reader.name] for reader in scene.readers), within=15)
        scene.look()
        for reader, seq, notes in scene.seen:
            assert notes == [place for place in states[reader.name] if place <= seq]
        assert not any(reader.doubled for reader in scene.readers)
        await all_out(scene.readers)

    in_a_loop(play)
