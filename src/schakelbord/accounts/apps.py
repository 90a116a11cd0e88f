"""People who log in."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles, rights, log in."""

    name = "schakelbord.accounts"
    label = "accounts"
