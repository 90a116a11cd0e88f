"""What every template may use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from schakelbord.core.display import Display, read_display


def page(request: HttpRequest) -> dict[str, Display | bool | str | tuple[tuple[str, str], ...]]:
    """`display`, `is_demo`, `help_lines` and `here` (the address of this page, for forms that come back to it)."""
    is_reading = request.method in {"GET", "HEAD"}
    return {
        "display": read_display(request),
        "is_demo": settings.SCHAKELBORD_DEMO,
        "help_lines": settings.SCHAKELBORD_HELP,
        "here": request.get_full_path() if is_reading else request.path,
    }
