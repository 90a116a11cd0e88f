"""`schakelbord make-case`: an invented case from a seed, to measure with or to try things out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from schakelbord.cli.language import LangOption, say
from schakelbord.engine.arrays import case_of
from schakelbord.engine.case_io import LargeCase, case_as_json, unreadable
from schakelbord.engine.make_case import make_case, needs_for
from schakelbord.engine.npz import write_npz
from schakelbord.errors import InputError

LARGEST_JSON_SEATS = 2_000_000

MunicipalitiesOption = Annotated[int, typer.Option(min=1, max=5000, help=say(nl="Gemeenten.", en="Municipalities."))]
YearsOption = Annotated[int, typer.Option(min=1, max=100, help=say(nl="Jaren.", en="Years."))]
CarryOption = Annotated[
    float,
    typer.Option(min=0.0, max=1.0, help=say(nl="Welk deel iets doorgeeft.", en="Which share passes anything on.")),
]
SeedOption = Annotated[int, typer.Option(min=0, help=say(nl="Begin van het toeval.", en="Seed of the random numbers."))]
SignalsOption = Annotated[int, typer.Option(min=1, max=65536, help=say(nl="Signalen.", en="Signals."))]
OrganisationsOption = Annotated[
    int, typer.Option(min=2, max=1000, help=say(nl="Organisaties per gemeente.", en="Organisations in a municipality."))
]
OutOption = Annotated[
    Path, typer.Option("-o", "--out", help=say(nl="Bestand: .npz of .json.", en="File: .npz or .json."))
]


def run(
    out: OutOption,
    *,
    municipalities: MunicipalitiesOption = 342,
    years: YearsOption = 5,
    carry: CarryOption = 1.0,
    seed: SeedOption = 1,
    signals: SignalsOption = 64,
    organisations: OrganisationsOption = 40,
    lang: LangOption = "nl",
) -> None:
    """Write the case, and say on standard error how large it is."""
    del lang  # chosen before any command runs
    arrays = make_case(
        municipalities=municipalities,
        years=years,
        carry=carry,
        seed=seed,
        signals=signals,
        organisations=organisations,
    )
    large = LargeCase(arrays=arrays, needs=needs_for(arrays, 5, seed))
    if out.suffix == ".npz":
        write_npz(out, large)
    elif out.suffix == ".json":
        _write_json(out, large)
    else:
        raise InputError(
            "unknown_format",
            str(out),
            nl="kies een bestand dat eindigt op .npz of .json.",
            en="choose a file that ends in .npz or .json.",
        )
    print(
        say(
            nl=f"{out}: {len(arrays.organisation_id)} organisaties, {len(arrays.day)} vergaderingen, "
            f"{arrays.attendances()} aanwezigen, {len(arrays.channel_id)} kanalen.",
            en=f"{out}: {len(arrays.organisation_id)} organisations, {len(arrays.day)} meetings, "
            f"{arrays.attendances()} attendances, {len(arrays.channel_id)} channels.",
        ),
        file=sys.stderr,
    )


def _write_json(out: Path, large: LargeCase) -> None:
    if large.arrays.attendances() > LARGEST_JSON_SEATS:
        raise InputError(
            "too_large",
            str(out),
            nl="dit geval is te groot voor JSON; kies een bestand dat eindigt op .npz.",
            en="this case is too large for JSON; choose a file that ends in .npz.",
        )
    case = msgspec.structs.replace(case_of(large.arrays), needs=large.needs)
    try:
        out.write_bytes(msgspec.json.encode(case_as_json(case)) + b"\n")
    except OSError as error:
        raise unreadable(out, error) from None
