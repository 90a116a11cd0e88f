"""Addresses of this site: which exist, which one was probably meant, and which are safe to go back to."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.http import url_has_allowed_host_and_scheme

LIKENESS = 0.7


def nearest_address(path: str) -> str | None:
    """The address of a page without parameters that looks most like `path`, or None."""
    found = get_close_matches(path.rstrip("/").lower(), sorted(set(_plain_addresses(get_resolver()))), 1, LIKENESS)
    return found[0] if found else None


def safe_return(request: HttpRequest, name: str = "next") -> str:
    """The address on this site to go back to, from the field or parameter `name`; else the home page."""
    address = request.POST.get(name) or request.GET.get(name, "")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else "/"


def _plain_addresses(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _plain_addresses(entry, address)
        elif isinstance(entry, URLPattern) and not any(sign in address for sign in "<(^\\"):
            yield address
