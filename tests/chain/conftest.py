"""What tests of the chain share."""

from __future__ import annotations

import pytest

from live_inline import commands_inline
from offer_world import OfferWorld, make_offer_world

__all__ = ["commands_inline"]


@pytest.fixture
def offers(commands_inline: None, db: None) -> OfferWorld:
    """A decision, and bodies that could take an action of it on."""
    return make_offer_world()
