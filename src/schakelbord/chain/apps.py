"""The chain from issue to account, as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class ChainConfig(AppConfig):
    """The chain from issue to account."""

    name = "schakelbord.chain"
    label = "chain"

    def ready(self) -> None:
        """Mails about the chain go out with the post."""
        from schakelbord.chain.notices import plan_round, send_round  # noqa: PLC0415 - apps are loaded now
        from schakelbord.meetings.post_office import ROUNDS  # noqa: PLC0415

        ROUNDS.extend([plan_round, send_round])
