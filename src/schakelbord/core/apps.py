"""What every page stands on."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Base templates, tokens, languages, display, error pages."""

    name = "schakelbord.core"
    label = "core"
