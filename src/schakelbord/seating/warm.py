"""Compiled code made ready before somebody waits: at installation, at the start of a server, or in the background.

numba compiles the searches once for a computer and keeps the code in its cache folder. A stamp beside it, named after
the sources, the versions and the processor, says that it is there. `python -m schakelbord.seating.warm` compiles.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from schakelbord.engine.compiled_code import use_cache_folder

SOURCES = ("anneal.py", "anneal_groups.py")

_at_work: list[subprocess.Popen[bytes]] = []
"""The process that this one began to prepare in: many searches at once wait for one compiler."""


def is_ready() -> bool:
    """Whether the compiled code is in the cache, so that nobody waits for a compiler."""
    return _stamp().is_file()


def prepare() -> None:
    """Compile, or load what is in the cache, and leave the stamp; takes some ten seconds the first time."""
    import numpy as np  # noqa: PLC0415  with numba: only who prepares waits for these

    from schakelbord.seating.arrays import arrays_of  # noqa: PLC0415
    from schakelbord.seating.compiled import Annealing, run_groups  # noqa: PLC0415
    from schakelbord.seating.heat import stages_of  # noqa: PLC0415
    from schakelbord.seating.problem import Grouping, Person, Problem, Table, Weights  # noqa: PLC0415

    both = frozenset({0, 1})
    people = tuple(Person(id=str(number), org="o", layer="l", present=both) for number in range(4))
    tables = tuple(Table(id=str(number), theme="", least=2, most=2) for number in range(2))
    arrays = arrays_of(Problem(rounds=2, tables=tables, people=people))
    start = np.array([[0, 0, 1, 1], [0, 0, 1, 1]], np.int64)
    Annealing(arrays).run(start, steps=10, stages=stages_of(Weights()), seed=1, tick=lambda _share, _cost: False)
    grouping = Grouping(distances=((0, 1), (1, 0)), least=(1, 1), most=(1, 1))
    run_groups(grouping, np.arange(2), steps=10, seed=1, tick=lambda _share, _cost: False)
    stamp = _stamp()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()


def prepare_in_background() -> subprocess.Popen[bytes] | None:
    """Begin to prepare in a process of its own, or give the one that is at it; None when the code is ready."""
    if is_ready():
        return None
    if not _at_work or _at_work[-1].poll() is not None:
        command = [sys.executable, "-m", "schakelbord.seating.warm"]
        quiet = subprocess.DEVNULL
        _at_work[:] = [subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)]  # noqa: S603  our own command
    return _at_work[-1]


def _stamp() -> Path:
    folder, here = use_cache_folder(), Path(__file__).parent
    mark = sha256()
    for name in SOURCES:
        file = here / name
        mark.update(f"{file} {file.stat().st_mtime_ns}".encode())
        mark.update(file.read_bytes())
    processor = _processor()
    mark.update(f"{version('numba')} {version('llvmlite')} {sys.version} {platform.machine()} {processor}".encode())
    return folder / f"seating-{mark.hexdigest()[:16]}.ready"


def _processor() -> str:
    """The name by which the compiler knows this processor."""
    from llvmlite.binding import get_host_cpu_name  # noqa: PLC0415  a module of numba: only when asked

    return str(get_host_cpu_name())


if __name__ == "__main__":
    prepare()
