"""Meetings and how they are prepared, as Django sees them."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings and how they are prepared."""

    name = "schakelbord.meetings"
    label = "meetings"
