"""A meeting as it happens, as Django sees them."""

from __future__ import annotations

from django.apps import AppConfig


class TablesConfig(AppConfig):
    """A meeting as it happens."""

    name = "schakelbord.tables"
    label = "tables"
