"""A whole chain, to do things with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chain_world import Chain, make_chain
from live_inline import commands_inline
from meeting_world import NOW, world
from schakelbord.live.gateway import at

__all__ = ["chain", "commands_inline", "world"]


@pytest.fixture
def chain(commands_inline: None, db: None) -> Iterator[Chain]:
    """Two bodies, a meeting in its round and everybody who may do something; it is the day of the meeting."""
    with at(NOW):
        yield make_chain()
