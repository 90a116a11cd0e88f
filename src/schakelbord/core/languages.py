"""Which language a page speaks."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from schakelbord.errors import Language


class InBoth(Protocol):
    """What says the same in both languages: a refusal, a text, a remark of the check of texts."""

    @property
    def nl(self) -> str:
        """In Dutch."""

    @property
    def en(self) -> str:
        """In English."""


def chosen_language(request: HttpRequest) -> Language:
    """The language in the cookie, else Dutch."""
    return "en" if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == "en" else "nl"


def current_language() -> Language:
    """The language in which the page at hand is being made: for engine sentences, which hold both."""
    return "en" if translation.get_language() == "en" else "nl"


def said(both: InBoth) -> str:
    """A refusal or a text in the language of the page at hand, without the place that a refusal names."""
    return both.nl if current_language() == "nl" else both.en
