"""Pages that belong to no subject: display, about, accessibility, and two files for machines."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from schakelbord import __version__
from schakelbord.core.addresses import safe_return
from schakelbord.core.display import COOKIE, COOKIE_SECONDS, read_display
from schakelbord.core.forms import DisplayForm
from schakelbord.core.security_txt import security_txt


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Choose colours, letters and motion; goes back to the page one came from."""
    form = DisplayForm(request.POST if request.method == "POST" else None, initial=asdict(read_display(request)))
    if form.is_valid():
        response = HttpResponseRedirect(safe_return(request))
        response.set_cookie(
            COOKIE,
            form.chosen().as_cookie(),
            max_age=COOKIE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    return render(request, "core/display.html", {"form": form, "back": safe_return(request)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Schakelbord is, where its knowledge comes from, what it keeps, and under which licence it comes."""
    return render(request, "core/about.html", {"version": __version__})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement on accessibility."""
    return render(request, "core/accessibility.html")


@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """security.txt, RFC 9116."""
    text = security_txt(request.build_absolute_uri(), contact=settings.SCHAKELBORD_SECURITY_CONTACT)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: a demo is not for search engines; a real site keeps its forms out."""
    closed = "/" if settings.SCHAKELBORD_DEMO else "/account"
    return HttpResponse(f"User-agent: *\nDisallow: {closed}\n", content_type="text/plain; charset=utf-8")
