"""`schakelbord check-thread`: what hangs loose in the chain, and what is broken."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.errors import StateError
from schakelbord.site.start import set_up_django


def run(
    as_json: Annotated[bool, typer.Option("--json", help=say(nl="Als JSON.", en="As JSON."))] = False,
    lang: LangOption = "nl",
) -> None:
    """List every loose end with its owner and its age.

    Raises:
        StateError: a thread is broken; what is only late is no error.
    """
    set_up_django()
    from django.utils import timezone, translation  # noqa: PLC0415 - need the settings

    from schakelbord.chain.threads.loose_ends import loose_ends  # noqa: PLC0415

    today = timezone.localdate()
    with translation.override(chosen()):
        found = loose_ends(today=today)
        rows = [
            {
                "kind": end.kind,
                "says": str(end.says),
                "broken": end.is_broken,
                "code": end.code,
                "title": end.title,
                "owner": end.owner,
                "since": end.since.isoformat(),
                "days": end.age(today),
            }
            for end in found
        ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    for row in () if as_json else rows:
        mark = "!" if row["broken"] else " "
        whose = row["owner"] or say(nl="de secretaris", en="the secretary")
        days = say(nl=f"{row['days']} dagen", en=f"{row['days']} days")
        print(f"{mark} {row['code']:<12} {row['says']}, {days}, {whose}: {row['title']}")
    broken = sum(end.is_broken for end in found)
    if broken:
        raise StateError(
            "thread_broken",
            nl=f"Gebroken: {broken}. Dit hoort niet te kunnen; bewaar deze gegevens en zoek uit hoe het kwam.",
            en=f"Broken: {broken}. This should not be possible; keep these data and find out how it came about.",
        )
    if not found and not as_json:
        print(say(nl="Er hangt niets los.", en="Nothing hangs loose."))
