"""`schakelbord paper`: a story on paper, as an accessible PDF."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.engine import Catalogue, Story, load_catalogue, load_story, read_story, story_path
from schakelbord.errors import InputError
from schakelbord.site.start import set_up_django


def run(  # noqa: PLR0917 - Typer reads them as options
    story: Annotated[
        str,
        typer.Argument(
            metavar="VERHAAL",
            help=say(nl="Een bestand, of de naam van een verhaal: wilg.", en="A file, or the name of a story: wilg."),
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say(nl="Het bestand dat u krijgt.", en="The file that you get.")),
    ] = None,
    catalogue: Annotated[
        Path | None,
        typer.Option("--catalogue", help=say(nl="Map met een ander stelsel.", en="Folder with another catalogue.")),
    ] = None,
    repair: Annotated[
        list[str] | None,
        typer.Option(
            "--repair",
            metavar="SLEUTEL",
            help=say(nl="Zet een reparatie aan. Mag vaker.", en="Switch a repair on. May be repeated."),
        ),
    ] = None,
    site: Annotated[
        str,
        typer.Option(
            "--site",
            metavar="https://..",
            help=say(nl="Waar uw Schakelbord staat, voor de QR-codes.", en="Where your site stands, for the QR codes."),
        ),
    ] = "",
    lang: LangOption = "nl",
) -> None:
    """Write a story as PDF.

    Raises:
        InputError: the story, catalogue, repair or file cannot be used.
    """
    del lang
    types = load_catalogue(_folder(catalogue))
    told = load_story(_path_of(story), types)
    target = output or Path(f"{told.id}.pdf")
    content = _pdf(told, types, repairs=tuple(repair or ()), site=site.rstrip("/"))
    try:
        target.write_bytes(content)
    except OSError as trouble:
        raise InputError(
            "cannot_write",
            "--output",
            nl=f"in “{target}” kan niet worden geschreven ({trouble.strerror}); kies een andere plaats.",
            en=f"“{target}” cannot be written ({trouble.strerror}); choose another place.",
        ) from None
    print(say(nl=f"Geschreven: {target}", en=f"Written: {target}"))


def _pdf(story: Story, types: Catalogue, *, repairs: tuple[str, ...], site: str) -> bytes:
    """The pages, made with the same code as on the site."""
    # Nothing is kept or sent: settings of a demo with a key for this process alone need no data folder.
    os.environ |= {"SCHAKELBORD_MODE": "demo", "SCHAKELBORD_SECRET_KEY": secrets.token_urlsafe(64)}
    set_up_django()
    from django.utils import timezone, translation  # noqa: PLC0415 - needs settings

    from schakelbord.reports.collect import story_paper  # noqa: PLC0415
    from schakelbord.reports.typeset import story_pdf  # noqa: PLC0415
    from schakelbord.stories.address import Address  # noqa: PLC0415
    from schakelbord.stories.selectors import Moment  # noqa: PLC0415
    from schakelbord.stories.timeline import steps_of  # noqa: PLC0415

    before = read_story(story, types)
    after = read_story(story, types, repairs) if repairs else before
    first = steps_of(story)[0]
    language, today = chosen(), timezone.localdate()
    with translation.override(language):
        moment = Moment(story, types, before, after, Address(story.id, first, first.day, repairs=repairs), language)
        return story_pdf(story_paper(moment, site=site, made_on=today), made_on=today)


def _path_of(story: str) -> Path:
    """The file of a story: the path itself, or that of a shipped story of this name."""
    path = Path(story)
    return path if path.exists() or path.suffix else story_path(story)


def _folder(catalogue: Path | None) -> Path | None:
    """The folder of the catalogue, when one is named and it is there."""
    if catalogue is not None and not catalogue.is_dir():
        raise InputError(
            "no_such_folder",
            "--catalogue",
            nl=f"de map “{catalogue}” bestaat niet; kijk de naam na.",
            en=f"the folder “{catalogue}” does not exist; check its name.",
        )
    return catalogue
