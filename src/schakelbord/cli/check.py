"""`schakelbord check`: is everything in these folders and files right, and where is it not?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.engine.check_folder import CheckReport, check_paths
from schakelbord.engine.problems import Problem
from schakelbord.errors import InputError

FOUND_ERRORS = 2
_LEVELS = {"error": ("fout", "error"), "warning": ("let op", "warning")}
_FORMATS = ("text", "json")


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="MAP|BESTAND...",
            help=say(
                nl="Mappen of bestanden; zonder: wat is meegeleverd.", en="Folders or files; none: what is shipped."
            ),
        ),
    ] = None,
    catalogue: Annotated[
        Path | None,
        typer.Option(
            "--catalogue",
            help=say(
                nl="Map met het stelsel dat de verhalen gebruiken.", en="Folder of the catalogue the stories use."
            ),
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option("--format", metavar="text|json", help=say(nl="Vorm van de uitkomst.", en="Form of the outcome.")),
    ] = "text",
    lang: LangOption = "nl",
) -> None:
    """Print every problem with file, line and column, and how much was checked; exit code 2 when there are errors.

    Raises:
        InputError: the form asked for is not text or json.
    """
    if output not in _FORMATS:
        raise InputError(
            "unknown_format",
            "--format",
            nl=f"“{output[:40]}” kan niet; kies text of json.",
            en=f"“{output[:40]}” is not possible; choose text or json.",
        )
    report = check_paths(paths or [], catalogue)
    print(_as_json(report) if output == "json" else _as_text(report))
    if report.errors:
        raise typer.Exit(FOUND_ERRORS)


def _as_json(report: CheckReport) -> str:
    content = {
        "files": report.files,
        "errors": report.errors,
        "warnings": report.warnings,
        "problems": [_problem(problem) for problem in report.problems],
    }
    return msgspec.json.format(msgspec.json.encode(content)).decode()


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "level": problem.level,
        "code": problem.code,
        "file": problem.spot.file,
        "line": problem.spot.line,
        "column": problem.spot.column,
        "says": problem.says,
    }


def _as_text(report: CheckReport) -> str:
    lines = [_line(problem) for problem in report.problems]
    return "\n".join([*lines, *([""] if lines else []), _checked(report), _verdict(report)])


def _line(problem: Problem) -> str:
    dutch, english = _LEVELS[problem.level]
    return f"{problem.spot}: {say(nl=dutch, en=english)}: {problem.says.get(chosen())}"


def _checked(report: CheckReport) -> str:
    stories = [file for file in report.files if file.kind == "story"]
    others = [file for file in report.files if file.kind != "story"]
    rows, beats = sum(file.rows for file in others), sum(file.rows for file in stories)
    dutch = (
        [_many(len(others), "bestand", "bestanden") + f" van het stelsel ({_many(rows, 'rij', 'rijen')})"]
        if others
        else []
    )
    english = (
        [_many(len(others), "file", "files") + f" of the catalogue ({_many(rows, 'row', 'rows')})"] if others else []
    )
    if stories:
        dutch.append(_many(len(stories), "verhaal", "verhalen") + f" ({_many(beats, 'stap', 'stappen')})")
        english.append(_many(len(stories), "story", "stories") + f" ({_many(beats, 'beat', 'beats')})")
    return say(
        nl="Nagekeken: " + (" en ".join(dutch) or "niets") + ".",
        en="Checked: " + (" and ".join(english) or "nothing") + ".",
    )


def _verdict(report: CheckReport) -> str:
    if not report.problems:
        return say(nl="Alles klopt.", en="All is well.")
    return say(
        nl=f"{_many(report.errors, 'fout', 'fouten')}, {_many(report.warnings, 'aandachtspunt', 'aandachtspunten')}.",
        en=f"{_many(report.errors, 'error', 'errors')}, {_many(report.warnings, 'warning', 'warnings')}.",
    )


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
