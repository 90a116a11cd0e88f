"""What happens before the first page: folder, key, database, static files, people of the demo."""

from __future__ import annotations

import datetime as dt
import os
from threading import Thread

import django
from django.core.management import call_command

from schakelbord import __version__
from schakelbord.errors import InputError
from schakelbord.seating.warm import prepare_in_background
from schakelbord.site.environment import Environment, keep_secret

SETTINGS = "schakelbord.site.settings"
WRITE_TRIAL = ".trial"
STATIC_MARK = ".version"


def set_up_django() -> None:
    """Load settings and apps.

    Raises:
        InputError: a setting is wrong, or not secure enough for production.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def make_ready(environment: Environment) -> None:
    """Bring the data folder up to date: database, and in production the static files; in a demo its people.

    Args:
        environment: the same that the settings were made from; `set_up_django` must have run.
    """
    call_command("migrate", interactive=False, verbosity=0)
    _finish_endings()
    _fill_search()
    if environment.is_demo:
        _make_demo()
    else:
        _collect_static_files(environment)


def make_data_folder(environment: Environment) -> None:
    """Make the data folder, and for a demo its secret key; before `set_up_django`, which reads that key.

    Raises:
        InputError: nothing can be kept there.
    """
    try:
        environment.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if environment.is_demo:
            keep_secret(environment.data)
        (environment.data / WRITE_TRIAL).touch()
        (environment.data / WRITE_TRIAL).unlink()
    except OSError as trouble:
        raise InputError(
            "data_unusable",
            "SCHAKELBORD_DATA",
            nl=f"In {environment.data} kan niets worden bewaard; kies een map waarin u mag schrijven.",
            en=f"Nothing can be kept in {environment.data}; choose a folder in which you may write.",
        ) from trouble


def _finish_endings() -> None:
    """A server that was stopped halfway the end of a meeting left a room that is not closed."""
    from schakelbord.showing.joining import finish_endings  # noqa: PLC0415 - needs the apps to be loaded

    finish_endings(now=dt.datetime.now(dt.UTC))


def _fill_search() -> None:
    """A database that is older than its index of search gets it once; after that it follows what is saved."""
    from schakelbord.chain.searching.search import fill_when_empty  # noqa: PLC0415 - needs the apps to be loaded

    fill_when_empty()


def _make_demo() -> None:
    from schakelbord.accounts.demo import make_demo_people  # noqa: PLC0415 - needs the apps to be loaded
    from schakelbord.editor.demo import make_demo_drafts  # noqa: PLC0415
    from schakelbord.showing.demo import make_demo_session  # noqa: PLC0415
    from schakelbord.site.demo_year import make_demo_year  # noqa: PLC0415
    from schakelbord.tables.demo import make_demo_meeting  # noqa: PLC0415

    now = dt.datetime.now(dt.UTC)
    make_demo_people()
    make_demo_drafts(now=now)
    make_demo_session(now=now)
    make_demo_meeting(now=now)
    make_demo_year(now=now)


def _collect_static_files(environment: Environment) -> None:
    """Copy and compress static files, once a version: it takes seconds."""
    mark = environment.data / "static" / STATIC_MARK
    if not mark.is_file() or mark.read_text(encoding="utf-8") != __version__:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(__version__, encoding="utf-8")


def read_ahead() -> None:
    """Compute the readings that the home page asks for and compile the seating, so that nobody waits for them."""
    # Only here: stories need the settings that `set_up_django` loads.
    from schakelbord.stories.library import all_stories, reading_of  # noqa: PLC0415

    def compute() -> None:
        for story in all_stories().values():
            reading_of(story)
        if (work := prepare_in_background()) is not None:
            work.wait()

    Thread(target=compute, name="read-ahead", daemon=True).start()


def end_streams() -> None:
    """Close the streams of all rooms; in the event loop of the server."""
    # Only here: rooms need the settings that `set_up_django` loads.
    from schakelbord.live.gateway import PUBLISHER  # noqa: PLC0415

    PUBLISHER.hub.end()


def open_post(site: str) -> None:
    """Begin to send the letters that are due; links in them lead to `site`."""
    # Only here: letters need the settings that `set_up_django` loads.
    from schakelbord.meetings.post_office import POST_OFFICE  # noqa: PLC0415

    POST_OFFICE.open(site)


def close_post() -> None:
    """Finish the letter at hand."""
    from schakelbord.meetings.post_office import POST_OFFICE  # noqa: PLC0415 - needs settings

    POST_OFFICE.close()
