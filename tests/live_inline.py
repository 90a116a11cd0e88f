"""Commands carried out in the caller's thread and connection, so that tests may use the database of a transaction."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future

import pytest

from schakelbord.live import gateway
from schakelbord.live.journal import Payload
from schakelbord.live.writer import Command, Waiting, Writer


class InlineWriter(Writer):
    """Takes one command at a time, by the same code as the thread does."""

    def perform(self, command: Command) -> Payload:
        """Carry a command out here and now."""
        waiting = Waiting(command, Future())
        self._carry_out([waiting])
        return waiting.answer.result(timeout=0)


@pytest.fixture
def commands_inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """All commands of this test are carried out inline; nobody follows."""
    writer = InlineWriter(after_commit=lambda events: None, now=lambda: dt.datetime.now(dt.UTC))
    monkeypatch.setattr(gateway, "WRITER", writer)
