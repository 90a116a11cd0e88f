"""A disk that is full, cannot be written or does not sync: a clear refusal, reading goes on, writing comes back."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpless
import pytest
from loops import all_in, all_out, in_a_loop
from serving import Server, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("SCHAKELBORD_DATABASE_URL")), reason="about a file of SQLite"),
]
TROUBLES = ("full", "read-only", "sync-fails")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the trouble is told."""
    return tmp_path_factory.mktemp("trouble")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """A server on a disk that fails as told."""
    with serving(folder / "data", variables={"PROVING_FAULTS": str(folder)}) as server:
        yield server


@contextmanager
def trouble(folder: Path, mode: str) -> Iterator[None]:
    """The disk does this for a while."""
    (folder / "mode").write_text(mode)
    try:
        yield
    finally:
        (folder / "mode").unlink()


def verify(server: Server) -> str:
    """What `journal verify` says."""
    return command(server.data, "journal", "verify")[1]


def command(data: Path, *words: str) -> tuple[int, str]:
    """Exit code of a command, and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "schakelbord.cli.main", *words],
        env={**os.environ, "SCHAKELBORD_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("mode", TROUBLES)
def test_nothing_is_acknowledged_that_is_not_kept_and_writing_comes_back(
    server: Server, folder: Path, mode: str
) -> None:
    async def scene() -> None:
        room = server.new_room()
        readers = await all_in(server.port, room, 10)
        kept = [await httpless.note_soon(server.port, room, f"note {number}") for number in range(3)]
        assert [answer.status for answer in kept] == [200] * 3
        with trouble(folder, mode):
            for number in range(4):
                refused = await httpless.note_soon(server.port, room, f"lost {number}", key=f"number-{number}")
                assert refused.status == 503
                assert refused.json()["code"] == "not_kept"
                assert "Uw tekst staat nog op dit apparaat" in refused.json()["sentence"]
            # Reading goes on, for who is here and for who comes.
            assert httpless.ask(server.port, "GET", "/").status == 200
            polled = httpless.ask(server.port, "GET", f"/live/{room}/sinds/0", name="reader1").json()
            assert [frame["seq"] for frame in polled["frames"]] == [1, 2, 3]
            readers += await all_in(server.port, room, 2)
        again = [await httpless.note_soon(server.port, room, f"lost {n}", key=f"number-{n}") for n in range(4)]
        assert [answer.json() for answer in again] == [{"seq": 4}, {"seq": 5}, {"seq": 6}, {"seq": 7}]
        await asyncio.gather(*(reader.reaches(7) for reader in readers))
        assert all(reader.notes[-4:] == [4, 5, 6, 7] and not reader.doubled for reader in readers)
        assert all(reader.notes == [1, 2, 3, 4, 5, 6, 7] for reader in readers[:10])
        await all_out(readers)

    in_a_loop(scene)
    assert "heel" in verify(server)
    assert "Traceback" not in server.said()


def test_on_a_slow_disk_commands_share_a_sync(server: Server, folder: Path) -> None:
    async def scene() -> None:
        room = server.new_room()
        counted = folder / "syncs"
        with trouble(folder, "slow"):
            before = counted.stat().st_size
            answers = await asyncio.gather(
                *(httpless.note_soon(server.port, room, f"note {number}") for number in range(120))
            )
            syncs = counted.stat().st_size - before
        assert {answer.status for answer in answers} == {200}
        assert 0 < syncs < 80

    in_a_loop(scene)


def mounted(folder: Path, size: str) -> bool:
    """Whether a small disk could be mounted here."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    return os.geteuid() == 0 and subprocess.run(words, check=False, capture_output=True).returncode == 0


def test_a_real_disk_that_is_full_and_gets_room_again(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if not mounted(small, "12m"):
        pytest.skip("mounting a small disk needs an administrator")
    try:
        with serving(small / "data") as server:
            room = server.new_room()
            assert httpless.note(server.port, room, "before").status == 200
            ballast = small / "ballast"
            fill_up(ballast)
            # The journal beside the database has room of its own, 4 MB at most, which is used first.
            statuses = []
            while 503 not in statuses and len(statuses) < 300:
                statuses.append(httpless.note(server.port, room, f"{len(statuses)} {'x' * 30_000}").status)
            assert statuses[-1] == 503
            assert set(statuses) <= {200, 503}
            acknowledged = 1 + statuses.count(200)
            assert httpless.ask(server.port, "GET", "/").status == 200
            code, said = command(server.data, "doctor")
            assert code == 1
            assert "FOUT" in said
            assert "Traceback" not in said
            assert "Er kan daar nu niets worden bewaard" in said
            ballast.unlink()
            assert httpless.note(server.port, room, "after").json()["seq"] == acknowledged + 1
            assert "heel" in verify(server)
    finally:
        subprocess.run(["umount", str(small)], check=True)


def fill_up(file: Path) -> None:
    """Write until there is no room left."""
    with file.open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(b"x" * 4096)
        except OSError:
            pass
