"""How somebody wants the pages: colours, letters, motion, keys, speech. Kept in a cookie, never in an account."""

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
KEYS = ("on", "off")
SPOKEN = ("all", "scenes", "none")


@dataclass(frozen=True, slots=True)
class Display:
    """A choice of display; the defaults leave everything to the device.

    Args:
        theme: `auto` follows the device; else `light`, `dark` or `contrast`.
        letters: `normal` or `large`.
        motion: `device` follows the device, `none` never moves anything.
        keys: `off` when single letters do nothing on the stage (WCAG 2.1.4).
        spoken: what a screen reader is told of a step: `all`, only new `scenes`, or `none`.
    """

    theme: str = "auto"
    letters: str = "normal"
    motion: str = "device"
    keys: str = "on"
    spoken: str = "all"

    @property
    def attributes(self) -> SafeString:
        """Attributes for <html>, with a space before each; only what differs from the default."""
        chosen = (
            ("theme", self.theme, "auto"),
            ("letters", self.letters, "normal"),
            ("motion", self.motion, "device"),
            ("keys", self.keys, "on"),
            ("spoken", self.spoken, "all"),
        )
        return format_html_join("", ' data-{}="{}"', ((name, value) for name, value, usual in chosen if value != usual))

    def as_cookie(self) -> str:
        """The text that `read_display` reads back."""
        return ".".join((self.theme, self.letters, self.motion, self.keys, self.spoken))


def read_display(request: HttpRequest) -> Display:
    """The choice in the cookie; the default for each part that is missing or unknown."""
    parts = [*request.COOKIES.get(COOKIE, "").split("."), "", "", "", "", ""]
    return Display(
        theme=parts[0] if parts[0] in THEMES else "auto",
        letters=parts[1] if parts[1] in LETTERS else "normal",
        motion=parts[2] if parts[2] in MOTIONS else "device",
        keys=parts[3] if parts[3] in KEYS else "on",
        spoken=parts[4] if parts[4] in SPOKEN else "all",
    )
