"""`schakelbord add-user`: make an account for somebody."""

from __future__ import annotations

from typing import Annotated

import typer

from schakelbord.cli.language import LangOption, say
from schakelbord.site.environment import read_environment
from schakelbord.site.start import set_up_django


def run(
    email: Annotated[
        str, typer.Argument(help=say(nl="E-mailadres om mee in te loggen.", en="Address to log in with."))
    ],
    name: Annotated[str, typer.Option("--name", help=say(nl="Naam die anderen zien.", en="Name that others see."))],
    role: Annotated[
        list[str] | None, typer.Option("--role", help=say(nl="Rol, mag vaker.", en="Role, may be repeated."))
    ] = None,
    lang: LangOption = "nl",
) -> None:
    """Make the account; its owner chooses a password with the page for a forgotten one.

    Raises:
        InputError: the address, the name or a role cannot be used.
    """
    set_up_django()
    from schakelbord.accounts.services import add_user  # noqa: PLC0415 - needs the apps to be loaded

    user = add_user(email, name=name, roles=role or [])
    origin = next(iter(read_environment().origins), "http://localhost:8000")
    print(
        say(
            nl=f"{user.name} heeft een account. Een wachtwoord kiezen kan op {origin}/wachtwoord-vergeten",
            en=f"{user.name} has an account. A password can be chosen at {origin}/wachtwoord-vergeten",
        )
    )
