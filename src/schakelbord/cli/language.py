"""Which language the command line speaks: `--lang`, else SCHAKELBORD_LANG, else Dutch."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from schakelbord.errors import InputError, Language

VARIABLE = "SCHAKELBORD_LANG"
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def chosen() -> Language:
    """The language of this process, from the environment; Dutch when nothing or something unknown is asked."""
    return "en" if os.environ.get(VARIABLE, "").lower().startswith("en") else "nl"


def say(*, nl: str, en: str) -> str:
    """The text in the language of this process: for the help of options, for messages on standard error."""
    return nl if chosen() == "nl" else en


def choose_from(arguments: Sequence[str]) -> None:
    """Fix the language of this process from `--lang X` or `--lang=X`, wherever it stands on the line.

    Raises:
        InputError: the language asked for is not nl or en.
    """
    for place, argument in enumerate(arguments):
        if argument == "--":
            return
        if argument == "--lang" and place + 1 < len(arguments):
            use(arguments[place + 1])
        elif argument.startswith("--lang="):
            use(argument.removeprefix("--lang="))


def use(language: str) -> None:
    """Make `language` (nl or en) the language of this process.

    Raises:
        InputError: it is another language.
    """
    if language not in LANGUAGES:
        raise InputError(
            "unknown_language",
            "--lang",
            nl=f"“{language}” kan niet; kies nl of en.",
            en=f"“{language}” is not possible; choose nl or en.",
        )
    os.environ[VARIABLE] = language


LangOption = Annotated[
    str,
    typer.Option(
        "--lang",
        envvar=VARIABLE,
        metavar="nl|en",
        show_envvar=False,
        help="Taal van wat u leest / language of what you read.",
    ),
]
"""The option every command takes: `lang: LangOption = "nl"`. `chosen()` says the same, without the option."""
