"""`schakelbord schemas`: JSON Schemas of the files of a catalogue and its stories, for an editor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schakelbord.cli.language import LangOption, say
from schakelbord.engine.schemas import schemas_of
from schakelbord.engine.shipped import load_catalogue
from schakelbord.errors import InputError


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="MAP", help=say(nl="Map om in te schrijven.", en="Folder to write into."))
    ],
    catalogue: Annotated[
        Path | None,
        typer.Option(
            "--catalogue", help=say(nl="Map met een eigen stelsel.", en="Folder with a catalogue of your own.")
        ),
    ] = None,
    lang: LangOption = "nl",
) -> None:
    """Write a schema for each kind of file; the ids of the catalogue become choices.

    Raises:
        InputError: the catalogue has errors, or the folder cannot be written.
    """
    made = schemas_of(load_catalogue(catalogue))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as trouble:
        raise _not_written(folder, trouble) from None
    print(say(nl=f"{len(made)} schema's geschreven in {folder}", en=f"{len(made)} schemas written in {folder}"))


def _not_written(folder: Path, trouble: OSError) -> InputError:
    reason = trouble.strerror or type(trouble).__name__
    return InputError(
        "not_written",
        str(folder),
        nl=f"hier kan niet worden geschreven ({reason}); kies een andere map.",
        en=f"this cannot be written to ({reason}); choose another folder.",
    )
