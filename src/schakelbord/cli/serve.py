"""`schakelbord serve`: open Schakelbord in the browser."""

from __future__ import annotations

import asyncio
import gc
import resource
import socket
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

import typer
import uvicorn

from schakelbord.cli.language import LangOption, say
from schakelbord.site.environment import Environment, read_environment
from schakelbord.site.environment_checks import refuse_insecure
from schakelbord.site.one_process import free_socket, one_at_a_time, only_process
from schakelbord.site.start import (
    close_post,
    end_streams,
    make_data_folder,
    make_ready,
    open_post,
    read_ahead,
    set_up_django,
)

SECONDS_TO_FINISH = 5
SECONDS_TO_LISTEN = 0.3


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
    with _alone_or_among_others(environment, address), free_socket(host, port) as place:
        _make_room_for_readers()
        set_up_django()
        with one_at_a_time(environment.data):
            make_ready(environment)
        welcome = _welcome(environment, address)
        site = environment.origins[0] if environment.origins else address
        AnnouncedServer(_configuration(environment), welcome=welcome, site=site).run(sockets=[place])


class AnnouncedServer(uvicorn.Server):
    """A server that says what to open at the moment that it answers, and not before.

    `site` is the address that links in letters lead to.
    """

    def __init__(self, config: uvicorn.Config, *, welcome: str, site: str) -> None:
        super().__init__(config)
        self._welcome = welcome
        self._site = site

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            # What is loaded by now stays: looking through it again and again costs every request something.
            gc.freeze()
            print(self._welcome, flush=True)
            read_ahead()
            open_post(self._site)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first: they would never end by themselves, and browsers come back as soon as we do."""
        close_post()
        end_streams()
        asyncio.get_running_loop().call_later(SECONDS_TO_LISTEN, self._hang_up)
        await super().shutdown(sockets=sockets)

    def _hang_up(self) -> None:
        """Who does not listen keeps nobody waiting: a phone that sleeps on an open connection never reads the end."""
        for connection in list(self.server_state.connections):
            if connection.transport is not None and connection.transport.get_write_buffer_size():
                connection.transport.abort()


def _alone_or_among_others(environment: Environment, address: str) -> AbstractContextManager[None]:
    """With PostgreSQL several processes may serve the same data, each at its own port; with SQLite only one."""
    return nullcontext() if environment.database_url else only_process(environment.data, address=address)


def _make_room_for_readers() -> None:
    """Every phone keeps a connection open: as many as the system lets us."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


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
