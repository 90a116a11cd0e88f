"""How a document reaches who asked for it: at once when it is ready, else with a page that says that it is made."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from schakelbord.reports.orders import Order
from schakelbord.reports.press import PRESS

PDF, PNG, CSV = "application/pdf", "image/png", "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Back:
    """The page that a document belongs to: what it is called, where it is, and the words of the link to it."""

    title: str
    url: str
    says: str


def made(request: HttpRequest, order: Order, *, kind: str, name: str, back: Back) -> HttpResponse:
    """The document, or the page that says that it is being made.

    Raises:
        SchakelbordError: it could not be made.
    """
    content = PRESS.get(order.key, order.make)
    if content is None:
        context = {"back": back, "address": request.get_full_path(), "name": name}
        return render(request, "reports/being_made.html", context, status=HTTPStatus.ACCEPTED)
    shown = "inline" if kind == PDF else "attachment"
    disposition = f"{shown}; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def site_of(request: HttpRequest) -> str:
    """Where this site stands, for the codes on paper."""
    return request.build_absolute_uri("/").rstrip("/")
