"""The live layer as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Rooms and their journals."""

    name = "schakelbord.live"
    label = "live"
