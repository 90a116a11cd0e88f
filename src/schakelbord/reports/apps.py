"""Documents and files as Django sees them."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Documents and files."""

    name = "schakelbord.reports"
    label = "reports"

    def ready(self) -> None:
        """Names in adopted minutes go when a person is erased."""
        from schakelbord.bodies.services import ERASERS  # noqa: PLC0415 - apps are loaded now
        from schakelbord.reports.minutes_names import erase_from_minutes  # noqa: PLC0415

        ERASERS.append(erase_from_minutes)
