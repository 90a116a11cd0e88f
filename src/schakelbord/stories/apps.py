"""Stories: home, the page of a story, cards, what if."""

from __future__ import annotations

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Stories and their readings, as people see them."""

    name = "schakelbord.stories"
    label = "stories"
