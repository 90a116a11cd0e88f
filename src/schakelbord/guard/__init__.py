"""The check of texts: nothing about real people, and no label of a group, comes through unseen."""

from __future__ import annotations

from schakelbord.guard.check import Flag, check

__all__ = ["Flag", "check"]
