"""The editor of stories as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class EditorConfig(AppConfig):
    """Drafts, versions, approval."""

    name = "schakelbord.editor"
    label = "editor"
