"""Showing a story to a room, as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class ShowingConfig(AppConfig):
    """Sessions and their three screens."""

    name = "schakelbord.showing"
    label = "showing"
