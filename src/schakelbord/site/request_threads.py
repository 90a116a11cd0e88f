"""Django's requests in a fixed number of threads, each of which keeps its connection to the database.

Django's own handler makes a new thread for every request, with a new connection, and crosses three times between loop
and threads: half of what a short command costs. It also lets connections grow with the number of requests, for which
PostgreSQL has no room. All our views are plain functions, so that a whole request can run in one thread.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final, cast

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

THREADS: Final = 20
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class RequestThreads(ASGIHandler):
    """Django behind ASGI; at most `threads` requests are answered at a time, the others wait their turn."""

    def __init__(self, threads: int = THREADS) -> None:
        # Not that of `ASGIHandler`, which makes middleware that crosses between loop and threads.
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the request, answer it in a thread, and send the answer."""
        if scope["type"] != "http":
            raise ValueError(scope["type"])
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        # A context of its own: nothing of an earlier request in this thread is seen.
        context = contextvars.copy_context()
        answer = asyncio.get_running_loop().run_in_executor(self._threads, context.run, self._answer, scope, body)
        await self.send_response(await answer, send)

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        """The whole answer. It is closed here, where its connection to the database is; what it holds stays."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, refusal = self.create_request(scope, body)
            response: Any = refusal if request is None else self.get_response(request)
            # Named in the signal that its end gives, upon which a connection that is broken or too old is closed.
            response._handler_class = self.__class__  # noqa: SLF001 - as Django's own handlers do
            response.close()
        return cast("HttpResponseBase", response)
