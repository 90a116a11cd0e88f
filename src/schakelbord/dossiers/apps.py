"""Dossiers, themes, issues, sources, as Django sees them."""

from __future__ import annotations

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Dossiers, themes, issues, sources."""

    name = "schakelbord.dossiers"
    label = "dossiers"
