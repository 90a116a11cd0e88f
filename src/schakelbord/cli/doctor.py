"""`schakelbord doctor`: see whether this installation is in order."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from schakelbord import __version__
from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.engine.text import Text
from schakelbord.errors import StateError
from schakelbord.site.environment import Environment, read_environment
from schakelbord.site.environment_checks import problems_of
from schakelbord.site.start import set_up_django

FEWEST_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that was looked at: in order or not, and what was seen."""

    is_good: bool
    seen: Text


def run(lang: LangOption = "nl") -> None:
    """Look at settings, data folder and database; changes nothing.

    Raises:
        StateError: something is not in order.
    """
    environment = read_environment()
    symptoms = list(_symptoms(environment))
    print(f"Schakelbord {__version__}, Python {platform.python_version()}, {environment.mode}")
    for symptom in symptoms:
        verdict = say(nl="goed", en="good") if symptom.is_good else say(nl="FOUT", en="BAD")
        print(f"  {verdict}  {symptom.seen.get(chosen())}")
    wrong = sum(not symptom.is_good for symptom in symptoms)
    if wrong:
        raise StateError(
            "not_in_order",
            nl=f"Niet in orde: {wrong} van {len(symptoms)}.",
            en=f"Not in order: {wrong} of {len(symptoms)}.",
        )


def _symptoms(environment: Environment) -> Iterator[Symptom]:
    problems = problems_of(environment)
    for problem in problems:
        yield Symptom(False, Text(nl=problem.sentence("nl"), en=problem.sentence("en")))
    if not problems:
        yield Symptom(True, Text(nl="De instellingen zijn veilig.", en="The settings are safe."))
        yield _data(environment)
        yield from _database(environment)


def _data(environment: Environment) -> Symptom:
    folder = environment.data
    if not folder.is_dir():
        text = Text(nl=f"{folder} is er nog niet; start één keer.", en=f"{folder} is not there yet; start once.")
        return Symptom(False, text)
    free = shutil.disk_usage(folder).free
    text = Text(nl=f"{folder}: {free // 1_000_000} MB vrij.", en=f"{folder}: {free // 1_000_000} MB free.")
    return Symptom(os.access(folder, os.W_OK) and free > FEWEST_FREE_BYTES, text)


def _database(environment: Environment) -> Iterator[Symptom]:
    if not environment.database_url and not environment.database_file.is_file():
        yield Symptom(False, Text(nl="De database is er nog niet.", en="The database is not there yet."))
        return
    set_up_django()
    from django.db import connection  # noqa: PLC0415 - needs settings
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield Symptom(
        not waiting,
        Text(
            nl=f"Database ({connection.vendor}), {waiting} wijzigingen te gaan.",
            en=f"Database ({connection.vendor}), {waiting} changes to go.",
        ),
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (answer,) = cursor.execute("PRAGMA quick_check(1)").fetchone()
        yield Symptom(answer == "ok", Text(nl=f"SQLite over zichzelf: {answer}", en=f"SQLite about itself: {answer}"))
