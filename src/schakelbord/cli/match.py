"""`schakelbord match`: which existing bodies fit an action, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.errors import InputError
from schakelbord.matching.index import SHOWN_WHEN_UNCLEAR, Index
from schakelbord.matching.model import Body, Jurisdiction, Layer, Matches, Wanted
from schakelbord.matching.read_files import read_actions, read_bodies, read_earlier
from schakelbord.matching.shipped_bodies import shipped_bodies

MOST_SHOWN = 100


def run(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEKST",
            show_default=False,
            help=say(nl="De actie, in een of meer zinnen.", en="The action, in one or more sentences."),
        ),
    ] = None,
    *,
    bodies: Annotated[
        Path | None,
        typer.Option(
            "--bodies",
            metavar="FILE",
            help=say(
                nl="Bestand met gremia (.json), of - ; anders de gremia van het meegeleverde stelsel.",
                en="File with bodies (.json), or - ; else the bodies of the shipped catalogue.",
            ),
        ),
    ] = None,
    actions: Annotated[
        Path | None,
        typer.Option(
            "--actions",
            metavar="FILE",
            help=say(
                nl="Bestand met acties (.json), in plaats van TEKST.",
                en="File with actions (.json), instead of a text.",
            ),
        ),
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option(
            "--earlier",
            metavar="FILE",
            help=say(
                nl="Bestand met wat gremia eerder aannamen of afwezen (.json).",
                en="File with what bodies accepted or declined before (.json).",
            ),
        ),
    ] = None,
    theme: Annotated[str, typer.Option("--theme", help=say(nl="Thema van de actie.", en="Theme of the action."))] = "",
    layer: Annotated[
        Literal["official", "administrative", "mixed"] | None,
        typer.Option("--layer", help=say(nl="Laag die gevraagd is.", en="Layer that is asked.")),
    ] = None,
    jurisdiction: Annotated[
        Literal["gemeente", "regio", "land"] | None,
        typer.Option("--jurisdiction", help=say(nl="Hoe ver het reikt.", en="How far it reaches.")),
    ] = None,
    top: Annotated[
        int,
        typer.Option("--top", min=1, max=MOST_SHOWN, help=say(nl="Hoeveel gremia.", en="How many bodies.")),
    ] = 5,
    as_json: Annotated[bool, typer.Option("--json", help=say(nl="Als JSON.", en="As JSON."))] = False,
    lang: LangOption = "nl",
) -> None:
    """Order bodies by how well they fit; the machine never decides that none does.

    Raises:
        InputError: no action or two kinds of them, or a file that cannot be read.
    """
    del lang  # chosen before any command runs
    if (text is None) == (actions is None):
        raise InputError(
            "one_kind_of_action",
            nl="geef een tekst, of een bestand met --actions, en niet allebei.",
            en="give a text, or a file with --actions, and not both.",
        )
    if text is not None and not text.strip():
        raise InputError("empty", nl="de tekst is leeg; schrijf de actie op.", en="the text is empty; write it down.")
    asked = {"": _wanted(text, theme, layer, jurisdiction)} if text is not None else {}
    if actions is not None:
        asked = read_actions(actions)
    known = shipped_bodies(chosen()) if bodies is None else read_bodies(bodies)
    index = Index(known, read_earlier(earlier) if earlier else ())
    found = {key: index.match(wanted, top) for key, wanted in asked.items()}
    if as_json:
        told = _predictions(found) if actions is not None else _told(found[""], known)
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        _show(found, asked, {body.id: body for body in known})


def _wanted(text: str, theme: str, layer: Layer | None, jurisdiction: Jurisdiction | None) -> Wanted:
    """The first sentence is the title, the rest what is to be reached."""
    title, stop, rest = text.strip().partition(". ")
    return Wanted(title + stop.strip(), rest, theme, layer, jurisdiction, chosen())


def _predictions(found: Mapping[str, Matches]) -> dict[str, object]:
    return {
        key: {"ranked": [fit.body_id for fit in matches.ranked], "none": matches.no_clear_match}
        for key, matches in found.items()
    }


def _told(matches: Matches, known: Sequence[Body]) -> dict[str, object]:
    names = {body.id: body.name for body in known}
    return {
        "no_clear_match": matches.no_clear_match,
        "says": matches.says.get(chosen()),
        "ranked": [
            {
                "body": fit.body_id,
                "name": names[fit.body_id],
                "score": fit.score,
                "reasons": [{"nl": reason.says.nl, "en": reason.says.en} for reason in fit.reasons],
            }
            for fit in matches.ranked
        ],
    }


def _show(found: Mapping[str, Matches], asked: Mapping[str, Wanted], known: Mapping[str, Body]) -> None:
    from rich.console import Console  # noqa: PLC0415  who asks for JSON never waits for it
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text as Line  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=False)
    for key, matches in found.items():
        if key:
            console.print(Line(f"{key}  {asked[key].title}", style="bold"))
        console.print(Line(matches.says.get(chosen())))
        shown = matches.ranked[:SHOWN_WHEN_UNCLEAR] if matches.no_clear_match else matches.ranked
        for number, fit in enumerate(shown, start=1):
            console.print(Line.assemble((f"{number}. ", "dim"), (known[fit.body_id].name, "bold")))
            why = "; ".join(reason.says.get(chosen()) for reason in fit.reasons)
            console.print(Padding(Line(why[:1].upper() + why[1:] + "."), (0, 0, 0, 3)))
        if key:
            console.print()
