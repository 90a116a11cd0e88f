"""Meetings and how they are prepared, as Django sees them."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings and how they are prepared."""

    name = "schakelbord.meetings"
    label = "meetings"

    def ready(self) -> None:
        """What of a person stands in a meeting goes when they are erased."""
        from schakelbord.bodies.services import ERASERS  # noqa: PLC0415 - apps are loaded now
        from schakelbord.meetings.erasing import erase_from_meetings  # noqa: PLC0415

        ERASERS.append(erase_from_meetings)
