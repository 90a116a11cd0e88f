"""What happens around every page: headers, language, and a page with a sentence for a problem we know."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from schakelbord.core.errors import problem_page, wrong_method
from schakelbord.core.languages import chosen_language
from schakelbord.errors import SchakelbordError

GetResponse = Callable[[HttpRequest], HttpResponse]

# Pictures may be data: because the drawing of the second factor is one; nothing inline runs or styles.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
UNUSED_DEVICES = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "usb"),
)
USED_DEVICES = ("fullscreen", "screen-wake-lock")
PERMISSIONS_POLICY = ", ".join(
    [*(f"{device}=()" for device in UNUSED_DEVICES), *(f"{device}=(self)" for device in USED_DEVICES)]
)


class SecurityHeaders:
    """Adds the headers that Django does not add itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response with a content security policy, a permissions policy and the like."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


class ChosenLanguage:
    """Dutch, unless somebody chose otherwise. The language of the browser says little about a Dutch official."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the cookie."""
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class NoNulls:
    """Takes the sign without a meaning (U+0000) out of what somebody sends: PostgreSQL refuses to look at it.

    Nobody types it, so that a form goes on without it. In an address it is something that nobody knows.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, given: dict[str, object]) -> None:
        """Clean the form and what stands behind the question mark; after the form was read to see where it is from."""
        if any("\0" in str(value) for value in given.values()):
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = without_nulls(request.GET, instead="\ufffd")
        if request.method == "POST" and any("\0" in text for _name, row in request.POST.lists() for text in row):
            request.POST = without_nulls(request.POST, instead="")


def without_nulls(given: QueryDict, *, instead: str) -> Any:
    """The same values without U+0000; as fixed as those that came."""
    return QueryDict(given.urlencode().replace("%00", quote(instead)), encoding=given.encoding)


class KnownProblems:
    """Turns an error of our own family into a page with its sentence."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an address that is only for forms says so, instead of an empty page after a reload."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and "text/html" in request.headers.get("Accept", ""):
            page = wrong_method(request)
            page.headers["Allow"] = response.headers.get("Allow", "")
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for our own errors; others go on to the page for what we did not foresee."""
        return problem_page(request, exception) if isinstance(exception, SchakelbordError) else None
