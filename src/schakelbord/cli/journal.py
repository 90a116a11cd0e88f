"""`schakelbord journal verify`: see whether every journal is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from schakelbord.cli.language import LangOption, say
from schakelbord.errors import InputError, StateError
from schakelbord.site.start import set_up_django

if TYPE_CHECKING:
    from schakelbord.live.rooms import Checked


def run(
    action: Annotated[
        Literal["verify"],
        typer.Argument(help=say(nl="verify: lees elk logboek na.", en="verify: read every journal.")),
    ],
    room: Annotated[
        int | None, typer.Option("--room", help=say(nl="Alleen deze bijeenkomst.", en="Only this room."))
    ] = None,
    lang: LangOption = "nl",
) -> None:
    """Read every event and say where a journal is not what it was.

    Raises:
        InputError: there is no such room.
        StateError: a journal is broken.
    """
    set_up_django()
    from schakelbord.live.rooms import check_rooms  # noqa: PLC0415 - needs the apps to be loaded

    found = list(check_rooms(only=room))
    if room is not None and not found:
        raise InputError(
            "unknown_room",
            str(room),
            nl="Deze bijeenkomst is er niet; laat --room weg om alles na te lezen.",
            en="There is no such room; leave --room out to read everything.",
        )
    for checked in found:
        print(_sentence(checked))
    broken = sum(checked.trouble is not None for checked in found)
    if broken:
        raise StateError(
            "journal_broken",
            nl=f"Niet heel: {broken} van {len(found)} logboeken. Zet een back-up terug en bewaar deze gegevens apart.",
            en=f"Broken: {broken} of {len(found)} journals. Restore a backup and keep these data apart.",
        )
    if not found:
        print(say(nl="Er is nog geen logboek.", en="There is no journal yet."))


def _sentence(checked: Checked) -> str:
    name, count = f"{checked.room.pk} {checked.room.name}", checked.room.last_seq
    if checked.trouble is None:
        return say(nl=f"{name}: heel, {count} gebeurtenissen", en=f"{name}: whole, {count} events")
    seq = checked.trouble.seq
    if checked.trouble.what == "missing":
        return say(nl=f"{name}: gebeurtenis {seq} ontbreekt", en=f"{name}: event {seq} is missing")
    return say(nl=f"{name}: gebeurtenis {seq} is veranderd", en=f"{name}: event {seq} was changed")
