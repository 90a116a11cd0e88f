"""`schakelbord demo-reset`: throw the demo's data away and make it anew."""

from __future__ import annotations

from pathlib import Path

from schakelbord.cli.language import LangOption, say
from schakelbord.errors import StateError
from schakelbord.site.environment import Environment, read_environment
from schakelbord.site.one_process import only_process
from schakelbord.site.start import make_data_folder, make_ready, set_up_django


def run(lang: LangOption = "nl") -> None:
    """Remove database and mail of a demo, keep its key, and make its people anew.

    Raises:
        StateError: this is not a demo, its database is elsewhere, or it is being served.
    """
    environment = read_environment()
    _refuse_what_is_real(environment)
    make_data_folder(environment)
    with only_process(environment.data, address="demo-reset"):
        for file in _files_of(environment):
            file.unlink(missing_ok=True)
        set_up_django()
        make_ready(environment)
    print(say(nl=f"De demo is weer nieuw: {environment.data}", en=f"The demo is new again: {environment.data}"))


def _refuse_what_is_real(environment: Environment) -> None:
    if not environment.is_demo or environment.database_url:
        raise StateError(
            "not_a_demo",
            "SCHAKELBORD_MODE",
            nl="Alleen de gegevens van een demo met SQLite kunnen zo weg; hier gebeurt niets.",
            en="Only the data of a demo with SQLite can be thrown away like this; nothing was done.",
        )


def _files_of(environment: Environment) -> list[Path]:
    database = environment.database_file
    beside = [database.with_name(database.name + suffix) for suffix in ("", "-wal", "-shm")]
    return [*beside, *(environment.data / "mail").glob("*.log")]
