"""`schakelbord pulse`: what the layers of a pulse share, what divides them, and who votes alike."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.pulse.agreement import Agreement, StatementAgreement, agreement
from schakelbord.pulse.ballots import Ballots
from schakelbord.pulse.group_words import groups_in_words
from schakelbord.pulse.groups import find_groups
from schakelbord.pulse.projection import project
from schakelbord.pulse.read_folder import read_folder
from schakelbord.pulse.report import pulse_report


def run(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="MAP",
            help=say(
                nl="Map met input.json, votes.csv(.gz) en participants.csv(.gz).",
                en="Folder with input.json, votes.csv(.gz) and participants.csv(.gz).",
            ),
        ),
    ],
    *,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help=say(
                nl="Alles als JSON, ook plaats en groep van personen: alleen voor wie de stemmen beheert.",
                en="Everything as JSON, with place and group of persons: only for who keeps the votes.",
            ),
        ),
    ] = False,
    lang: LangOption = "nl",
) -> None:
    """Read a pulse and say what is in it.

    Raises:
        InputError: the folder cannot be read, or holds something that cannot be.
    """
    del lang
    read = read_folder(folder)
    if as_json:
        sys.stdout.write(json.dumps(pulse_report(read.ballots, read.groups)) + "\n")
        return
    sys.stdout.write("\n".join([read.name, *_lists(agreement(read.ballots)), *_groups(read.ballots)]) + "\n")


def _lists(agreed: Agreement) -> list[str]:
    heads = (
        (say(nl="Gedeeld", en="Shared"), agreed.shared),
        (say(nl="Verdeeld tussen lagen", en="Divided between layers"), agreed.divided),
        (say(nl="Onbekend", en="Unknown"), agreed.unknown),
    )
    lines = []
    for head, items in heads:
        lines += ["", f"{head} ({len(items)})", *(f"  {_line(item, agreed.layers)}" for item in items)]
    return lines


def _line(item: StatementAgreement, layers: tuple[str, ...]) -> str:
    about = say(nl=f"stelling {item.statement}", en=f"statement {item.statement}")
    if item.layers is None:
        return f"{about}: {item.why.get(chosen()) if item.why else ''}"
    counts = [
        say(
            nl=f"{layer} {count.agree} eens, {count.disagree} oneens, {count.passed} geen mening",
            en=f"{layer} {count.agree} agree, {count.disagree} disagree, {count.passed} pass",
        )
        for layer, count in zip(layers, item.layers, strict=True)
    ]
    return f"{about}: {'; '.join(counts)}"


def _groups(ballots: Ballots) -> list[str]:
    groups = find_groups(ballots, project(ballots))
    sentences = [text for group in groups_in_words(ballots, groups) for text in group.says]
    return ["", groups.why.get(chosen()), *(f"  {text.get(chosen())}" for text in sentences)]
