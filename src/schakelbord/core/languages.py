"""Which language a page speaks."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from schakelbord.errors import Language


def chosen_language(request: HttpRequest) -> Language:
    """The language in the cookie, else Dutch."""
    return "en" if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == "en" else "nl"


def current_language() -> Language:
    """The language in which the page at hand is being made: for engine sentences, which hold both."""
    return "en" if translation.get_language() == "en" else "nl"
