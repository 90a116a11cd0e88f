"""The chain from issue to account, as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save


class ChainConfig(AppConfig):
    """The chain from issue to account."""

    name = "schakelbord.chain"
    label = "chain"

    def ready(self) -> None:
        """Keep the index of search with what it is made of."""
        from schakelbord.chain.search import INDEXED, PARTS, after_save  # noqa: PLC0415 - needs the models

        for model in (*INDEXED, *PARTS):
            post_save.connect(after_save, sender=model, dispatch_uid=f"search-{model.__name__}")
