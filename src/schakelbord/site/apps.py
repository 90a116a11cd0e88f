"""The site: where the apps come together."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Holds addresses, settings and the demo."""

    name = "schakelbord.site"
    label = "schakelbord_site"
