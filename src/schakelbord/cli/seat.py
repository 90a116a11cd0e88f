"""`schakelbord seat`: who sits where, or why that cannot be."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.errors import StateError
from schakelbord.seating.parse import read_problem
from schakelbord.seating.problem import Grouping, Problem

SHORTEST, LONGEST = 0.1, 3600.0


def run(
    problem: Annotated[
        Path,
        typer.Argument(
            metavar="PROBLEM",
            help=say(
                nl="Bestand met een opgave (.json), of - voor invoer.",
                en="File with a problem (.json), or - for standard input.",
            ),
        ),
    ],
    *,
    seconds: Annotated[
        float,
        typer.Option(
            "--seconds",
            min=SHORTEST,
            max=LONGEST,
            help=say(nl="Hoe lang hoogstens te zoeken.", en="How long to search at most."),
        ),
    ] = 10.0,
    seed: Annotated[
        int,
        typer.Option(
            "--seed",
            min=0,
            max=2**31 - 1,
            help=say(nl="Zelfde getal, zelfde indeling.", en="Same number, same seating."),
        ),
    ] = 1,
    strict: Annotated[
        bool,
        typer.Option("--strict", help=say(nl="Weiger onbekende velden.", en="Refuse unknown fields.")),
    ] = False,
    lang: LangOption = "nl",
) -> None:
    """Write one prediction as JSON to standard output; what is proven and what is not goes to standard error."""
    del lang  # chosen before any command runs
    begin = time.monotonic()
    asked = read_problem(problem, strict=strict)
    found = _groups(asked, seconds, seed) if isinstance(asked, Grouping) else _seats(asked, seconds, seed)
    if "infeasible" not in found:
        found["seconds"] = round(time.monotonic() - begin, 2)
    sys.stdout.write(msgspec.json.encode(found).decode() + "\n")


def _seats(problem: Problem, seconds: float, seed: int) -> dict[str, object]:
    from schakelbord.seating.solve import solve  # noqa: PLC0415  bad input never waits for the solver

    answer = solve(problem, seconds, seed)
    if answer.plan is not None and answer.cost is not None:
        _remark(answer.cost.total, bound=answer.bound, proven=answer.proven, complete=answer.complete)
        return {"plan": answer.plan}
    if answer.conflict is None or answer.reason is None:
        raise StateError(
            "no_conflict_yet",
            nl="er is geen indeling mogelijk, maar in deze tijd is niet gevonden waarom; geef meer tijd.",
            en="no seating is possible, but why was not found in this time; give it more time.",
        )
    if not answer.conflict.smallest:
        print(
            say(
                nl="Niet bewezen dat het met minder afspraken ook al niet kan.",
                en="Not proven that no fewer rules conflict.",
            ),
            file=sys.stderr,
        )
    keys = [rule.key for rule in answer.conflict.rules]
    return {"infeasible": True, "conflict": keys, "reason": answer.reason.get(chosen())}


def _groups(grouping: Grouping, seconds: float, seed: int) -> dict[str, object]:
    from schakelbord.seating.groups import group  # noqa: PLC0415  bad input never waits for the solver

    found = group(grouping, seconds, seed)
    if not found.complete:
        _say_incomplete()
    return {"labels": found.labels}


def _remark(total: int, *, bound: int, proven: bool, complete: bool) -> None:
    if proven:
        print(say(nl=f"Kosten {total}; bewezen: beter kan niet.", en=f"Cost {total}; proven best."), file=sys.stderr)
    else:
        print(
            say(nl=f"Kosten {total}; minder dan {bound} kan niet.", en=f"Cost {total}; less than {bound} cannot be."),
            file=sys.stderr,
        )
    if not complete:
        _say_incomplete()


def _say_incomplete() -> None:
    print(
        say(
            nl="De tijd was om voor al het werk gedaan was; op een andere computer kan de indeling anders zijn. Is dit "
            "de eerste keer, laat dan eerst schakelbord warm het rekenwerk klaarzetten.",
            en="The time ended before all work was done; on another computer the seating may differ. If this is the "
            "first time, let schakelbord warm prepare the arithmetic.",
        ),
        file=sys.stderr,
    )
