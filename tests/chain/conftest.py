"""What tests of the chain share."""

from __future__ import annotations

from live_inline import commands_inline
from meeting_world import world

__all__ = ["commands_inline", "world"]
