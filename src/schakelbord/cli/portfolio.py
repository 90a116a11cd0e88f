"""`schakelbord portfolio`: which few agreements close most gaps over several stories together."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.engine import load_catalogue, load_story, read_story, shipped_stories, story_path
from schakelbord.engine.portfolio import MOST, Agreement, Portfolio, Portfolios, portfolios
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.wording.needs import decider_words
from schakelbord.errors import InputError

WIDTH = 80


def run(
    stories: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VERHAAL]...",
            help=say(
                nl="Bestanden, of namen van verhalen; anders alle die erbij horen.",
                en="Files, or names of stories; else all that come with it.",
            ),
        ),
    ] = None,
    *,
    most: Annotated[
        int,
        typer.Option("--most", help=say(nl=f"Hoeveel afspraken, 1 tot {MOST}.", en=f"Agreements, 1 to {MOST}.")),
    ] = 5,
    catalogue: Annotated[
        Path | None,
        typer.Option("--catalogue", help=say(nl="Map met een ander stelsel.", en="Folder with another catalogue.")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say(nl="Alles als JSON.", en="Everything as JSON."))] = False,
    lang: LangOption = "nl",
) -> None:
    """Work out the best one, two, three agreements and so on, and say what each closes and costs.

    Raises:
        InputError: a story or the catalogue cannot be used, or that many agreements are too many.
    """
    del lang
    if not 1 <= most <= MOST:
        raise InputError(
            "most",
            "--most",
            nl=f"{most} afspraken kan niet; kies een getal van 1 tot en met {MOST}.",
            en=f"{most} agreements is not possible; choose a number from 1 up to and including {MOST}.",
        )
    if catalogue is not None and not catalogue.is_dir():
        raise InputError(
            "no_such_folder",
            "--catalogue",
            nl=f"de map “{catalogue}” bestaat niet; kijk de naam na.",
            en=f"the folder “{catalogue}” does not exist; check its name.",
        )
    types = load_catalogue(catalogue)
    names = dict.fromkeys(stories or sorted(shipped_stories()))
    told = [load_story(_path_of(name), types) for name in names]
    found = portfolios(told, types, most=most)
    if as_json:
        sys.stdout.write(json.dumps(_json(found), ensure_ascii=False, indent=1) + "\n")
        return
    readings = [read_story(story, types, with_repairs=False) for story in told]
    sentences = {(one.story.id, row.key): row.sentence for one in readings for row in one.findings}
    for line in _lines(found, told, sentences):
        print(line)


def _lines(found: Portfolios, told: Sequence[Story], sentences: dict[tuple[str, str], Text]) -> Iterator[str]:
    names = ", ".join(story.title.get(chosen()) for story in told)
    yield from _wrapped(
        say(
            nl=f"{len(told)} verzonnen verhalen, {found.gaps} hiaten: {names}. Het model besluit niets.",
            en=f"{len(told)} invented stories, {found.gaps} gaps: {names}. The model decides nothing.",
        )
    )
    yield from _wrapped(
        say(
            nl=f"Met hooguit drie afspraken per hiaat kunnen er {found.closable} dicht.",
            en=f"With at most three agreements a gap, {found.closable} can be closed.",
        )
    )
    if not found.is_proven:
        yield from _wrapped(
            say(
                nl="Er waren te veel combinaties om alle te bekijken; iets beters is niet uitgesloten.",
                en="There were too many combinations to look at all; something better has not been ruled out.",
            )
        )
    for row in found.rows:
        yield ""
        count = len(row.agreements)
        yield say(
            nl=f"{count} {'afspraak' if count == 1 else 'afspraken'}: {row.closed} van {found.gaps} hiaten dicht, "
            f"kosten {row.cost}",
            en=f"{count} {'agreement' if count == 1 else 'agreements'}: {row.closed} of {found.gaps} gaps close, "
            f"cost {row.cost}",
        )
        for agreement in row.agreements:
            yield from _wrapped(_says(agreement), first="  - ", rest="    ")
        if row is found.rows[-1]:
            yield from _by_story(row, told, sentences)


def _says(row: Agreement) -> str:
    item, who = row.item, decider_words(row.item.decider).get(chosen())
    where = say(nl=f" (alleen in {row.story})", en=f" (only in {row.story})") if row.story else ""
    return say(
        nl=f"{item.says.nl}{where} Zonder deze gaan er {row.adds} niet dicht. Kosten {item.cost}; {who}. [{item.key}]",
        en=f"{item.says.en}{where} Without it {row.adds} do not close. Cost {item.cost}; {who}. [{item.key}]",
    )


def _by_story(row: Portfolio, told: Sequence[Story], sentences: dict[tuple[str, str], Text]) -> Iterator[str]:
    titles = {story.id: story.title.get(chosen()) for story in told}
    for one in row.stories:
        yield ""
        all_gaps = len(one.closed) + len(one.left)
        yield from _wrapped(
            say(
                nl=f"{titles[one.story]}: {len(one.closed)} van {all_gaps} dicht",
                en=f"{titles[one.story]}: {len(one.closed)} of {all_gaps} close",
            )
        )
        for mark, keys in ((say(nl="dicht", en="closes"), one.closed), (say(nl="open", en="open"), one.left)):
            for key in keys:
                yield from _wrapped(f"{mark}: {sentences[one.story, key].get(chosen())}", first="  ", rest="    ")
        for key in one.opened:
            yield from _wrapped(f"{say(nl='nieuw', en='new')}: [{key}]", first="  ", rest="    ")


def _json(found: Portfolios) -> dict[str, object]:
    return {
        "gaps": found.gaps,
        "closable": found.closable,
        "proven": found.is_proven,
        "portfolios": [
            {
                "agreements": [
                    {
                        "key": one.item.key,
                        "story": one.story,
                        "cost": one.item.cost,
                        "decider": one.item.decider,
                        "adds": one.adds,
                        "says": {"nl": one.item.says.nl, "en": one.item.says.en},
                    }
                    for one in row.agreements
                ],
                "cost": row.cost,
                "closed": row.closed,
                "stories": [
                    {"story": one.story, "closed": one.closed, "opened": one.opened, "left": one.left}
                    for one in row.stories
                ],
            }
            for row in found.rows
        ],
    }


def _wrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    page = textwrap.TextWrapper(WIDTH, initial_indent=first, subsequent_indent=rest)
    page.break_long_words = page.break_on_hyphens = False
    return page.wrap(text)


def _path_of(story: str) -> Path:
    """The file of a story: the path itself, or that of a shipped story of this name."""
    path = Path(story)
    return path if path.exists() or path.suffix else story_path(story)
