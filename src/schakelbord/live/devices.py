"""Devices: a browser is known by a random id in a signed cookie, and by nothing else."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "schakelbord_device"
SALT = "schakelbord.device"
AGE_SECONDS = 7 * 24 * 60 * 60


def device_of(request: HttpRequest) -> str:
    """The id of this browser, "" when it has none yet, or one that we did not sign."""
    found = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=AGE_SECONDS)
    return found or ""


def give_device(request: HttpRequest, response: HttpResponse) -> str:
    """The id of this browser; a new one is put in the response when it has none."""
    device = device_of(request) or new_device()
    response.set_signed_cookie(
        COOKIE,
        device,
        salt=SALT,
        max_age=AGE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return device


def new_device() -> str:
    """An id that says nothing."""
    return secrets.token_urlsafe(16)
