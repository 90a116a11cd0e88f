"""Documents and files as Django sees them."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Documents and files."""

    name = "schakelbord.reports"
    label = "reports"
