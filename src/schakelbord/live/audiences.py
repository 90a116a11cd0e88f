"""Who may see an event. Each audience is a stream of its own, so that nothing private sits in a wrong buffer."""

from __future__ import annotations

import re

MEETING = "meeting"
BODIES = "bodies"
PUBLIC = "public"
MODERATION = "moderation"
TABLE = re.compile(r"table:[1-9][0-9]{0,5}")


def is_audience(name: str) -> bool:
    """Whether this is the name of an audience: *this meeting*, *the bodies*, *public*, the inbox, or one table."""
    return name in {MEETING, BODIES, PUBLIC, MODERATION} or TABLE.fullmatch(name) is not None
