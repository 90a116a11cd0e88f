"""Organisations, bodies, people, as Django sees them."""

from __future__ import annotations

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Organisations, bodies, people."""

    name = "schakelbord.bodies"
    label = "bodies"
