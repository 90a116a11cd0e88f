"""`schakelbord gaps`: where a story gets stuck, between whom, since when, why, and what would mend it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.engine import load_catalogue, load_story, read_story, story_path
from schakelbord.errors import InputError

FORMATS = ("text", "json", "html", "svg")


def run(
    story: Annotated[
        str,
        typer.Argument(
            metavar="VERHAAL",
            help=say(nl="Een bestand, of de naam van een verhaal: wilg.", en="A file, or the name of a story: wilg."),
        ),
    ],
    catalogue: Annotated[
        Path | None,
        typer.Option("--catalogue", help=say(nl="Map met een ander stelsel.", en="Folder with another catalogue.")),
    ] = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="|".join(FORMATS), help=say(nl="Hoe u het wilt zien.", en="How to show it.")),
    ] = "text",
    repair: Annotated[
        list[str] | None,
        typer.Option(
            "--repair",
            metavar="SLEUTEL",
            help=say(nl="Zet een reparatie aan. Mag vaker.", en="Switch a repair on. May be repeated."),
        ),
    ] = None,
    lang: LangOption = "nl",
) -> None:
    """Read a story and say where it gets stuck.

    Raises:
        InputError: the story, catalogue, format or repair cannot be used.
    """
    del lang
    if form not in FORMATS:
        raise InputError(
            "unknown_format",
            "--format",
            nl=f"“{form}” kan niet; kies {', '.join(FORMATS[:-1])} of {FORMATS[-1]}.",
            en=f"“{form}” is not possible; choose {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.",
        )
    if catalogue is not None and not catalogue.is_dir():
        raise InputError(
            "no_such_folder",
            "--catalogue",
            nl=f"de map “{catalogue}” bestaat niet; kijk de naam na.",
            en=f"the folder “{catalogue}” does not exist; check its name.",
        )
    types = load_catalogue(catalogue)
    told = load_story(_path_of(story), types)
    reading = read_story(told, types, tuple(repair or ()))
    if form != "text" and isinstance(sys.stdout, io.TextIOWrapper):
        # These are files, and a file is UTF-8 whatever the terminal speaks.
        sys.stdout.reconfigure(encoding="utf-8")
    if form == "json":
        from schakelbord.engine.reading_json import reading_json  # noqa: PLC0415  only what is asked for is loaded

        sys.stdout.write(json.dumps(reading_json(reading), ensure_ascii=False, indent=1) + "\n")
    elif form == "text":
        from schakelbord.cli.gaps_text import write_text  # noqa: PLC0415

        write_text(reading, types, chosen())
    else:
        from schakelbord.cli.stage_file import render  # noqa: PLC0415

        sys.stdout.write(render(reading, types, told, form, chosen()))


def _path_of(story: str) -> Path:
    """The file of a story: the path itself, or that of a shipped story of this name."""
    path = Path(story)
    return path if path.exists() or path.suffix else story_path(story)
