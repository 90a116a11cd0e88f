"""How somebody wants the pages to look: colours, letters, motion. Kept in a cookie, never in an account."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COOKIE = "schakelbord_display"
COOKIE_SECONDS = 365 * 24 * 60 * 60
THEMES = ("auto", "light", "dark", "contrast")
LETTERS = ("normal", "large")
MOTIONS = ("device", "none")


@dataclass(frozen=True, slots=True)
class Display:
    """A choice of display; the defaults leave everything to the device.

    Args:
        theme: `auto` follows the device; else `light`, `dark` or `contrast`.
        letters: `normal` or `large`.
        motion: `device` follows the device, `none` never moves anything.
    """

    theme: str = "auto"
    letters: str = "normal"
    motion: str = "device"

    @property
    def attributes(self) -> SafeString:
        """Attributes for <html>, with a space before each; only what differs from the default."""
        chosen = (("theme", self.theme, "auto"), ("letters", self.letters, "normal"), ("motion", self.motion, "device"))
        return format_html_join("", ' data-{}="{}"', ((name, value) for name, value, usual in chosen if value != usual))

    def as_cookie(self) -> str:
        """The text that `read_display` reads back."""
        return ".".join((self.theme, self.letters, self.motion))


def read_display(request: HttpRequest) -> Display:
    """The choice in the cookie; the default for each part that is missing or unknown."""
    parts = [*request.COOKIES.get(COOKIE, "").split("."), "", "", ""]
    return Display(
        theme=parts[0] if parts[0] in THEMES else "auto",
        letters=parts[1] if parts[1] in LETTERS else "normal",
        motion=parts[2] if parts[2] in MOTIONS else "device",
    )
