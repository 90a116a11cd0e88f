"""The chain from issue to account, as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class ChainConfig(AppConfig):
    """The chain from issue to account."""

    name = "schakelbord.chain"
    label = "chain"
