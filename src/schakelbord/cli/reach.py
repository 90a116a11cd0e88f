"""`schakelbord reach`: who holds which signal from which day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from schakelbord.cli.language import LangOption, say
from schakelbord.engine.case_io import read_case
from schakelbord.engine.reach import reach
from schakelbord.engine.reach_report import large_report, report

CaseArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CASE",
        help=say(
            nl="Bestand met een geval: .json, .npz, of - voor invoer.",
            en="File with a case: .json, .npz, or - for standard input.",
        ),
    ),
]
StrictOption = Annotated[
    bool,
    typer.Option(
        "--strict",
        help=say(
            nl="Weiger ook soorten die geen signaal heeft, en onbekende velden.",
            en="Also refuse types that no signal has, and unknown fields.",
        ),
    ),
]
PathsOption = Annotated[
    bool,
    typer.Option("--paths", help=say(nl="Voeg toe hoe iedereen het weet.", en="Add how everybody came to know.")),
]


def run(
    case: CaseArgument, *, paths: PathsOption = False, strict: StrictOption = False, lang: LangOption = "nl"
) -> None:
    """Write the answer as JSON to standard output."""
    del lang  # chosen before any command runs
    write = sys.stdout.buffer.write
    if case.suffix == ".npz" and not paths:
        from schakelbord.engine.npz import read_npz  # noqa: PLC0415  a small case never waits for numpy

        for piece in large_report(read_npz(case)):
            write(piece)
        return
    read = read_case(case, strict=strict)
    for piece in report(reach(read), read if paths else None):
        write(piece)
