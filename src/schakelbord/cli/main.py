"""The command `schakelbord`. `commands.py` lists its commands; each is a module, imported only when it runs."""

from __future__ import annotations

import importlib
import io
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer
from typer.exceptions import TyperException

from schakelbord import __version__
from schakelbord.cli.commands import COMMANDS
from schakelbord.cli.language import LangOption, choose_from, chosen, say
from schakelbord.errors import SchakelbordError

EXIT_INTERRUPTED = 130
EXIT_USAGE = 2
_DUTCH = (
    (r"No such command '(.*?)'\.?(?: Did you mean '(.*)'\?)?", "de opdracht “{0}” bestaat niet."),
    (r"No such option:? '?(-[\w-]*)", "de optie {0} bestaat niet."),
    (r"Missing argument '(.*)'", "er ontbreekt iets op de regel: {0}."),
    (r"Missing option '(.*)'", "de optie {0} ontbreekt."),
    (r"Option '(.*)' requires an argument", "achter {0} hoort nog iets."),
    (r"Invalid value for '(.*?)'", "wat bij {0} staat, kan niet."),
    (r"Got unexpected extra argument.*? \((.*)\)$", "dit is te veel op de regel: {0}."),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors become one or two lines on standard error, never a traceback.

    Args:
        arguments: words after `schakelbord`; those of the process when None.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    _write_what_can_be_written()
    try:
        choose_from(words)
        code = _run(words or ["--help"])
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except SchakelbordError as error:
        print(f"schakelbord: {error.sentence(chosen())}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(say(nl="schakelbord: u stopte het werk.", en="schakelbord: you stopped the work."), file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Nobody reads on (`schakelbord reach .. | head`).
        return _stop_writing()
    except OSError as trouble:
        print(f"schakelbord: {_system_said(trouble)}", file=sys.stderr)
        return _stop_writing()
    except MemoryError:
        print(
            say(
                nl="schakelbord: dit past niet in het geheugen van deze computer; maak het kleiner.",
                en="schakelbord: this does not fit in the memory of this computer; make it smaller.",
            ),
            file=sys.stderr,
        )
        return 1


def _write_what_can_be_written() -> None:
    """Where a terminal does not know a sign, show a question mark rather than nothing at all."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _stop_writing() -> int:
    """Exit code 1, and no second attempt of the interpreter to write what could not be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _system_said(trouble: OSError) -> str:
    """What the system refused, shorter than a line."""
    place = f"{str(trouble.filename)[:60]}: " if trouble.filename else ""
    reason = trouble.strerror or type(trouble).__name__
    return place + say(
        nl=f"het systeem weigert dit ({reason}); kijk naar de naam, de rechten en de ruimte.",
        en=f"the system refuses this ({reason}); look at the name, the rights and the room.",
    )


def _show_version(value: bool) -> None:
    if value:
        print(f"schakelbord {__version__}")
        raise typer.Exit


def _run(words: list[str]) -> int:
    app = _application(_asked(words))
    command = typer.main.get_command(app)
    try:
        outcome = command.main(args=words, prog_name="schakelbord", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except TyperException as usage:
        return _usage_error(usage)
    if outcome == EXIT_INTERRUPTED:
        raise KeyboardInterrupt
    return outcome if isinstance(outcome, int) else 0


def _asked(words: list[str]) -> str | None:
    """The command on the line, if there is one."""
    return next((word for word in words if word in COMMANDS), None)


def _application(asked: str | None) -> typer.Typer:
    """An application in which the command asked for is real and the others have their name and help only."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=say(
            nl="Schakelbord laat zien waar de systeemwereld een gezin in de steek laat.",
            en="Schakelbord shows where the system world fails a family.",
        ),
    )
    app.callback()(_root)
    for name, (module, text) in COMMANDS.items():
        run = importlib.import_module(module).run if name == asked else _not_loaded
        app.command(name, help=text.get(chosen()))(run)
    return app


def _root(
    *,
    lang: LangOption = "nl",
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True)] = False,
) -> None:
    """What stands before the name of the command."""


def _not_loaded() -> None:
    """Stands in for a command that was not asked for."""


def _usage_error(usage: TyperException) -> int:
    """Say in one line that the command line itself is wrong."""
    message = usage.format_message()
    dutch = next(
        (template.format(*found.groups()) for pattern, template in _DUTCH if (found := re.match(pattern, message))),
        message,
    )
    print(
        say(
            nl=f"schakelbord: {dutch} Kijk bij: schakelbord --help",
            en=f"schakelbord: {message} See: schakelbord --help",
        ),
        file=sys.stderr,
    )
    return EXIT_USAGE


if __name__ == "__main__":
    sys.exit(main())
