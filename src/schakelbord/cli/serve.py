"""`schakelbord serve`: open Schakelbord in the browser."""

from __future__ import annotations

import socket
from typing import Annotated

import typer
import uvicorn

from schakelbord.cli.language import LangOption, say
from schakelbord.site.environment import Environment, read_environment
from schakelbord.site.environment_checks import refuse_insecure
from schakelbord.site.one_process import free_socket, only_process
from schakelbord.site.start import end_streams, make_data_folder, make_ready, read_ahead, set_up_django

SECONDS_TO_FINISH = 5


def run(
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help=say(nl="Poort om op te luisteren.", en="Port to listen at."))
    ] = 8000,
    host: Annotated[
        str, typer.Option("--host", help=say(nl="Adres om op te luisteren.", en="Address to listen at."))
    ] = "127.0.0.1",
    lang: LangOption = "nl",
) -> None:
    """Bring the data up to date, say what to open, and serve until Ctrl-C.

    Raises:
        InputError: a setting is wrong, or not secure enough for production.
        StateError: the port is taken, or another process serves this data.
    """
    environment = read_environment()
    refuse_insecure(environment)
    make_data_folder(environment)
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    with only_process(environment.data, address=address), free_socket(host, port) as place:
        set_up_django()
        make_ready(environment)
        welcome = _welcome(environment, address)
        AnnouncedServer(_configuration(environment), welcome=welcome).run(sockets=[place])


class AnnouncedServer(uvicorn.Server):
    """A server that says what to open at the moment that it answers, and not before."""

    def __init__(self, config: uvicorn.Config, *, welcome: str) -> None:
        super().__init__(config)
        self._welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            print(self._welcome, flush=True)
            read_ahead()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first: they would never end by themselves, and browsers come back as soon as we do."""
        end_streams()
        await super().shutdown(sockets=sockets)


def _configuration(environment: Environment) -> uvicorn.Config:
    return uvicorn.Config(
        "schakelbord.site.asgi:application",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=environment.behind_proxy,
        forwarded_allow_ips="127.0.0.1",
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


def _welcome(environment: Environment, address: str) -> str:
    if not environment.is_demo:
        return _welcome_to_production(environment, address)
    return say(
        nl=f"""
Schakelbord, OEFENOMGEVING: iedereen die dit adres bereikt kan elke rol kiezen. Bewaar er niets echts in.

  Open       {address}
  Een rol    {address}/rollen
  Gegevens   {environment.data}  (opnieuw beginnen: schakelbord demo-reset)
  Stoppen    Ctrl-C
""",
        en=f"""
Schakelbord, PRACTICE ENVIRONMENT: whoever reaches this address can choose any role. Keep nothing real in it.

  Open       {address}
  A role     {address}/rollen
  Data       {environment.data}  (begin anew: schakelbord demo-reset)
  Stop       Ctrl-C
""",
    )


def _welcome_to_production(environment: Environment, address: str) -> str:
    listens = say(nl=f"Schakelbord luistert op {address}", en=f"Schakelbord listens at {address}")
    if environment.behind_proxy:
        return listens
    return listens + say(
        nl="\nZet er een server met HTTPS voor, en dan SCHAKELBORD_BEHIND_PROXY=1; zonder werkt geen enkele pagina.",
        en="\nPut a server with HTTPS before it, then set SCHAKELBORD_BEHIND_PROXY=1; without it no page works.",
    )
