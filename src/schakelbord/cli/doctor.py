"""`schakelbord doctor`: see whether this installation is in order."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from schakelbord import __version__
from schakelbord.cli.language import LangOption, chosen, say
from schakelbord.engine.text import Text
from schakelbord.errors import StateError
from schakelbord.site.environment import Environment, read_environment
from schakelbord.site.environment_checks import problems_of
from schakelbord.site.start import set_up_django

FEWEST_FREE_BYTES = 1_000_000_000
TRIAL, TRIAL_BYTES = ".doctor", 64 * 1024


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that was looked at: in order or not, and what was seen."""

    is_good: bool
    seen: Text


def run(lang: LangOption = "nl") -> None:
    """Look at settings, data folder and database; leaves everything as it was.

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
        if environment.data.is_dir():
            yield _keeping(environment)
        yield from _database(environment)


def _data(environment: Environment) -> Symptom:
    folder = environment.data
    if not folder.is_dir():
        text = Text(nl=f"{folder} is er nog niet; start één keer.", en=f"{folder} is not there yet; start once.")
        return Symptom(False, text)
    free = shutil.disk_usage(folder).free
    text = Text(nl=f"{folder}: {free // 1_000_000} MB vrij.", en=f"{folder}: {free // 1_000_000} MB free.")
    return Symptom(os.access(folder, os.W_OK) and free > FEWEST_FREE_BYTES, text)


def _keeping(environment: Environment) -> Symptom:
    """Whether something that is written there is kept, and how long a sync takes; the trial is thrown away."""
    trial = environment.data / TRIAL
    begin = time.perf_counter()
    try:
        with trial.open("wb") as file:
            file.write(b"x" * TRIAL_BYTES)
            file.flush()
            os.fsync(file.fileno())
        took = (time.perf_counter() - begin) * 1000
        return Symptom(
            True, Text(nl=f"Iets bewaren duurt daar {took:.0f} ms.", en=f"Keeping something there takes {took:.0f} ms.")
        )
    except OSError as trouble:
        return Symptom(
            False,
            Text(
                nl=f"Er kan daar nu niets worden bewaard ({trouble.strerror}); lezen gaat door.",
                en=f"Nothing can be kept there now ({trouble.strerror}); reading goes on.",
            ),
        )
    finally:
        with suppress(OSError):
            trial.unlink()


def _writing() -> Symptom:
    """Whether the database takes something, without giving it anything."""
    from django.db import DatabaseError, transaction  # noqa: PLC0415 - needs settings

    from schakelbord.live.models import Room  # noqa: PLC0415 - needs settings

    try:
        with transaction.atomic():
            Room.objects.filter(pk=0).update(name="")
    except DatabaseError as trouble:
        return Symptom(
            False,
            Text(
                nl=f"De database kan nu niets bewaren: {trouble}.",
                en=f"The database cannot keep anything now: {trouble}.",
            ),
        )
    return Symptom(True, Text(nl="De database kan bewaren.", en="The database can keep things."))


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
    if not waiting:
        yield _writing()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (answer,) = cursor.execute("PRAGMA quick_check(1)").fetchone()
        yield Symptom(answer == "ok", Text(nl=f"SQLite over zichzelf: {answer}", en=f"SQLite about itself: {answer}"))
