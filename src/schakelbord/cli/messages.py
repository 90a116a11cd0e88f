"""`schakelbord messages`: gather the texts of the screens and compile their translations."""

from __future__ import annotations

from pathlib import Path

import schakelbord
from schakelbord.cli.language import LangOption, say
from schakelbord.errors import InputError
from schakelbord.site.start import set_up_django


def run(lang: LangOption = "nl") -> None:
    """Bring django.po and django.mo of every app up to date, and list what still needs Dutch.

    Raises:
        InputError: Babel is not installed, or a text has no translation yet.
    """
    set_up_django()
    missing = [f"{app}: {text}" for app, texts in _update_all().items() for text in texts]
    if missing:
        raise InputError(
            "texts_untranslated",
            nl="\n  ".join(["deze teksten hebben nog geen vertaling:", *missing]),
            en="\n  ".join(["these texts have no translation yet:", *missing]),
        )
    print(say(nl="Alle teksten zijn vertaald.", en="All texts are translated."))


def _update_all() -> dict[str, list[str]]:
    try:
        from schakelbord.core import translations  # noqa: PLC0415 - needs Babel, which an installation does not have
    except ModuleNotFoundError as missing:
        raise InputError(
            "babel_missing",
            nl="Babel ontbreekt; installeer het testgereedschap met: make install-test",
            en="Babel is missing; install the test tools with: make install-test",
        ) from missing
    package = Path(schakelbord.__file__).parent
    return {app.folder.name: translations.update(app) for app in translations.apps_in(package)}
