"""Pages for what goes wrong: what is the matter, and a way out. None of them needs the database."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, UnreadablePostError
from django.shortcuts import render, resolve_url
from django.template import loader
from django.utils import translation

from schakelbord.core.addresses import nearest_address
from schakelbord.core.display import read_display
from schakelbord.core.languages import chosen_language, said
from schakelbord.errors import ConflictError, InputError, RightError, SchakelbordError, StateError

STATUS_OF: dict[type[SchakelbordError], HTTPStatus] = {
    InputError: HTTPStatus.BAD_REQUEST,
    RightError: HTTPStatus.FORBIDDEN,
    StateError: HTTPStatus.CONFLICT,
    ConflictError: HTTPStatus.CONFLICT,
}
SECRET: Final = re.compile(r"(?i)password|token|secret|^(?:key|code|pin|login)$")
MOST_TEXTS: Final = 20
TOO_MUCH: Final = InputError(
    "too_much",
    nl="Dit is te veel om in één keer te versturen. Ga terug, en doe het in delen, of als bestand.",
    en="This is too much to send at once. Go back, and do it in parts, or as a file.",
)
LAST_RESORT = (
    '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Schakelbord</title>'
    "<h1>Schakelbord kan deze pagina nu niet laten zien.</h1>"
    "<p>Wat u bewaarde, is er nog. Probeer het over een minuut weer.</p>"
    '<p lang="en">Schakelbord cannot show this page now. What you saved is still there. Try again in a minute.</p>'
    "</html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form cannot be read, or there is too much in it."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return problem_page(request, TOO_MUCH)
    return _page(request, "bad_request", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this is not for you."""
    return _page(request, "forbidden", HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the thread ends here; with the address that looks most like it."""
    return _page(request, "not_found", HTTPStatus.NOT_FOUND, suggestion=nearest_address(request.path))


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: the same thing was tried too many times in a short while."""
    return _page(request, "too_often", HTTPStatus.TOO_MANY_REQUESTS)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old, or came from elsewhere."""
    # A page of another site may not put words on ours.
    is_ours = urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    return _page(request, "form_expired", HTTPStatus.FORBIDDEN, typed=typed_texts(request) if is_ours else [])


def server_error(request: HttpRequest) -> HttpResponse:
    """500: something we did not foresee. Uses no database, no session, and no template when even that fails."""
    try:
        with translation.override(chosen_language(request)):
            page = loader.get_template("core/errors/server_error.html")
            context = {"display": read_display(request), "is_bare": True, "is_demo": settings.SCHAKELBORD_DEMO}
            return HttpResponseServerError(page.render(context))
    except Exception:  # noqa: BLE001 - the last page must always come
        return HttpResponseServerError(LAST_RESORT)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """405: an address that only takes forms was opened, by a reload or from a history; with the way back."""
    before = urlsplit(request.headers.get("Referer", ""))
    is_ours = before.netloc == request.get_host() and before.path != request.path
    back = before.path if is_ours else request.path.rpartition("/")[0]
    return _page(request, "wrong_method", HTTPStatus.METHOD_NOT_ALLOWED, back="/" + back.lstrip("/"))


def problem_page(request: HttpRequest, problem: SchakelbordError) -> HttpResponse:
    """The page for an error of our own family, with its sentence in the language of the page."""
    status = STATUS_OF.get(type(problem), HTTPStatus.BAD_REQUEST)
    more: dict[str, object] = {"sentence": said(problem), "typed": typed_texts(request)}
    user = getattr(request, "user", None)
    if isinstance(problem, RightError) and user is not None and not user.is_authenticated:
        way = resolve_url("accounts:roles" if settings.SCHAKELBORD_DEMO_ROLES else settings.LOGIN_URL)
        more["way_in"] = f"{way}?next={quote(_page_before(request))}"
    return _page(request, "problem", status, **more)


def typed_texts(request: HttpRequest) -> list[str]:
    """What somebody wrote in a form that was not carried out: they get their words back. Never a password or a key."""
    if request.method != "POST":
        return []
    try:
        posted = list(request.POST.lists())
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, UnreadablePostError):
        return []
    texts = [text for name, values in posted if not SECRET.search(name) for text in values if " " in text.strip()]
    return texts[:MOST_TEXTS]


def _page_before(request: HttpRequest) -> str:
    """The page that was read, or on which the form stood."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path or "/"


def _page(request: HttpRequest, name: str, status: HTTPStatus, **more: object) -> HttpResponse:
    with translation.override(chosen_language(request)):
        return render(request, f"core/errors/{name}.html", {"is_error": True, **more}, status=status)
