"""The editor of the system model as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class SystemModelConfig(AppConfig):
    """Drafts and versions of the system model."""

    name = "schakelbord.system_model"
    label = "system_model"
