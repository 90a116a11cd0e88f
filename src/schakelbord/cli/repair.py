"""`schakelbord repair`: the cheapest set of options for every need that is not met in time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from schakelbord.cli.language import LangOption, say
from schakelbord.cli.reach import CaseArgument, StrictOption
from schakelbord.engine.case import Case
from schakelbord.engine.case_io import read_case
from schakelbord.engine.repair import MOST_STEPS, Repaired, Tick, repairs


def run(case: CaseArgument, *, strict: StrictOption = False, lang: LangOption = "nl") -> None:
    """Write the repairs as JSON to standard output; progress and what was not searched go to standard error."""
    del lang  # chosen before any command runs
    found: list[Repaired] = []
    try:
        _search(read_case(case, strict=strict), found)
    finally:
        # Also after Ctrl-C: what is known is written, and the need at which the work stopped is not among it.
        sys.stdout.write(_report(found))
    for item in found:
        if not item.proven:
            print(_unproven(item), file=sys.stderr)


def _search(case: Case, found: list[Repaired]) -> None:
    with _progress(len(case.needs), found) as tick:
        for item in repairs(case, tick=tick):
            found.append(item)  # noqa: PERF402  one by one, so that Ctrl-C keeps those that are known


@contextmanager
def _progress(needs: int, found: list[Repaired]) -> Iterator[Tick | None]:
    """A line on a terminal that says how far the search is; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  only a terminal waits for it

    with Console(stderr=True).status("") as status:

        def tick(steps: int) -> None:
            status.update(
                say(
                    nl=f"{len(found)} van {needs} vragen beantwoord; {steps} sets van opties bekeken",
                    en=f"{len(found)} of {needs} needs answered; {steps} sets of options looked at",
                )
            )

        tick(0)
        yield tick


def _report(found: list[Repaired]) -> str:
    """The JSON of the design; a repair that is not proven to be the cheapest also says so."""
    needs = []
    for item in found:
        need = msgspec.to_builtins(item)
        if item.proven:
            del need["proven"]
        needs.append(need)
    return msgspec.json.encode({"needs": needs}).decode() + "\n"


def _unproven(item: Repaired) -> str:
    return say(
        nl=f"{item.id}: na {MOST_STEPS} stappen gestopt; een goedkopere oplossing is niet uitgesloten.",
        en=f"{item.id}: stopped after {MOST_STEPS} steps; a cheaper repair has not been ruled out.",
    )
