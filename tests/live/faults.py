"""A disk that fails as told: SQLite's own file functions of this process, with trouble before them.

The file `mode` in a folder says which: `full`, `read-only`, `sync-fails`, `slow` (4 ms a sync) or nothing. The file
`syncs` counts, as its length, how often something was synced.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

OK, FULL, READ_ONLY, SYNC_FAILED, WRITE_FAILED = 0, 13, 8, 1034, 778
SLOW_SECONDS = 0.004
POINTER = ctypes.c_void_p
OPEN = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, POINTER, POINTER, ctypes.c_int, POINTER)
WRITE = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, POINTER, ctypes.c_int, ctypes.c_int64)
SYNC = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, ctypes.c_int)
METHODS = 19
OPEN_PLACE, WRITE_PLACE, SYNC_PLACE = 5, 3, 5
KEPT: list[Any] = []


class Vfs(ctypes.Structure):
    """The beginning of `sqlite3_vfs`, up to the function that opens."""

    _fields_: ClassVar = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest", ctypes.c_int),
        ("next", POINTER),
        ("name", ctypes.c_char_p),
        ("data", POINTER),
        ("open", POINTER),
    ]


def install(folder: Path) -> None:
    """From now on every file that SQLite opens in this process listens to the folder."""
    library = ctypes.CDLL("libsqlite3.so.0")
    library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    vfs = library.sqlite3_vfs_find(None).contents
    usual = OPEN(vfs.open)
    made: dict[int, Any] = {}

    def open_file(vfs_: int, name: int, file: int, flags: int, out: int) -> int:
        code: int = usual(vfs_, name, file, flags, out)
        methods = POINTER.from_address(file)
        if code == OK and methods.value and methods.value not in made.values():
            if methods.value not in made:
                table = _with_trouble(folder, methods.value)
                KEPT.append(table)
                made[methods.value] = ctypes.addressof(table)
            methods.value = made[methods.value]
        return code

    trouble = OPEN(open_file)
    KEPT.extend((usual, trouble))
    vfs.open = ctypes.cast(trouble, POINTER)


def mode_of(folder: Path) -> str:
    """Which trouble there is now."""
    file = folder / "mode"
    return file.read_text().strip() if file.exists() else ""


def _with_trouble(folder: Path, methods: int) -> Any:
    """A copy of a table of functions in which writing and syncing may fail."""
    words = (POINTER * METHODS).from_address(methods)
    table = (POINTER * METHODS)(*words)
    usual_write, usual_sync = WRITE(words[WRITE_PLACE]), SYNC(words[SYNC_PLACE])

    def write(file: int, data: int, size: int, place: int) -> int:
        failed = {"full": FULL, "read-only": WRITE_FAILED}.get(mode_of(folder))
        code: int = usual_write(file, data, size, place) if failed is None else failed
        return code

    def sync(file: int, flags: int) -> int:
        mode = mode_of(folder)
        with (folder / "syncs").open("a") as counted:
            counted.write(".")
        if mode == "slow":
            time.sleep(SLOW_SECONDS)
        code: int = SYNC_FAILED if mode == "sync-fails" else usual_sync(file, flags)
        return code

    own: tuple[Callable[..., int], ...] = (WRITE(write), SYNC(sync))
    KEPT.extend((usual_write, usual_sync, *own))
    table[WRITE_PLACE], table[SYNC_PLACE] = (ctypes.cast(function, POINTER) for function in own)  # type: ignore[arg-type]
    return table
