"""Pages of stories ask the database which stories were published."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here may look."""
