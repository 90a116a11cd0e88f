"""The chain from issue to account, as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save


class ChainConfig(AppConfig):
    """The chain from issue to account."""

    name = "schakelbord.chain"
    label = "chain"

    def ready(self) -> None:
        """Mails of the chain go with the post, which looks at it every night; search knows what changes."""
        from schakelbord.chain.post.notices import plan_round, send_round  # noqa: PLC0415 - apps are loaded now
        from schakelbord.chain.searching.search import INDEXED, PARTS, after_save  # noqa: PLC0415
        from schakelbord.chain.threads.loose_ends import Nightly  # noqa: PLC0415
        from schakelbord.meetings.post_office import ROUNDS  # noqa: PLC0415

        ROUNDS.extend([plan_round, send_round, Nightly()])
        for model in (*INDEXED, *PARTS):
            post_save.connect(after_save, sender=model, dispatch_uid=f"search-{model.__name__}")
