"""Commands over HTTP: JSON in, JSON out, and every refusal is a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from schakelbord.core.errors import STATUS_OF
from schakelbord.core.languages import said
from schakelbord.errors import InputError, SchakelbordError
from schakelbord.live.devices import device_of
from schakelbord.live.journal import Payload
from schakelbord.live.writer import LONGEST_KEY

MOST_BYTES: Final = 256 * 1024
KEY: Final = re.compile(rf"[A-Za-z0-9_-]{{8,{LONGEST_KEY}}}")
UNAVAILABLE: Final = {"not_kept": HTTPStatus.SERVICE_UNAVAILABLE, "too_often": HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser sent: the body as bytes of JSON, the key of the command, and the device."""

    body: bytes
    key: str
    device: str

    def fields(self) -> Mapping[str, Any]:
        """The body as an object.

        Raises:
            InputError: it is none.
        """
        try:
            found = json.loads(self.body or b"{}")
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise _unreadable()
        return found


CommandView = Callable[..., Payload]


def command_view(view: CommandView) -> Callable[..., HttpResponse]:
    """Turn `view(request, asked, ...)`, which gives the answer of a command, into a view that speaks JSON."""

    @never_cache
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        try:
            return JsonResponse(view(request, _asked(request), *args, **more))
        except SchakelbordError as refusal:
            return problem(refusal)

    return answer


def problem(refusal: SchakelbordError) -> JsonResponse:
    """A refusal as problem details, in the language of the page."""
    status = UNAVAILABLE.get(refusal.code) or STATUS_OF.get(type(refusal), HTTPStatus.BAD_REQUEST)
    sentence = said(refusal)
    content = {"code": refusal.code, "sentence": sentence, "where": refusal.where, "status": int(status)}
    return JsonResponse(content, status=status, content_type="application/problem+json")


def _asked(request: HttpRequest) -> Asked:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise InputError(
            "no_key",
            "Idempotency-Key",
            nl="Dit bericht heeft geen bruikbare sleutel; open de pagina opnieuw en probeer het weer.",
            en="This message has no usable key; open the page anew and try again.",
        )
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise InputError(
            "too_large",
            nl="Dit is te lang. Maak het korter; er kan hooguit een bladzijde in.",
            en="This is too long. Make it shorter; a page at most.",
        )
    return Asked(request.body, key, device_of(request))


def _unreadable() -> InputError:
    return InputError(
        "unreadable",
        nl="Dit bericht is niet te lezen. Open de pagina opnieuw en probeer het weer.",
        en="This message cannot be read. Open the page anew and try again.",
    )
