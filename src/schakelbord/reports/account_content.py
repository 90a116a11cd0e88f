"""The account of a year as it is read: the frozen content when it is fixed, else what it would hold now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from schakelbord.chain.codes import AccountState
from schakelbord.chain.content import account_content, actions_of
from schakelbord.chain.models import Account, ActionProgramme
from schakelbord.chain.seats import names_of_seats, read_content, seats_in
from schakelbord.errors import StateError
from schakelbord.live.journal import canonical


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account as people read it.

    Args:
        code: such as `J-2027`.
        state: of the account.
        content: as JSON has it; `text` is that content byte for byte, `digest` its SHA-256.
        names: of who holds a seat that the content names by its number, as they are today.
        moment: when it was fixed, else now.
    """

    code: str
    state: str
    content: Mapping[str, Any]
    text: str
    digest: str
    names: Mapping[int, str]
    moment: dt.datetime

    @property
    def is_fixed(self) -> bool:
        """Whether this is what was fixed, and not a preview."""
        return self.state != AccountState.DRAFT

    def name(self, seat: int | None) -> str:
        """Who holds a seat; "" for nobody."""
        return self.names.get(seat, "") if seat is not None else ""

    @property
    def results(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """Each desired result with its action."""
        return ((action, row) for action in self.content["actions"] for row in action["results"])


def record_of(programme: ActionProgramme, *, code: str, now: dt.datetime) -> AccountRecord:
    """The account of a programme: what was fixed, else a preview of today.

    Raises:
        StateError: what is kept is not what was fixed.
    """
    account = Account.objects.filter(programme=programme).first()
    if account is None or account.state == AccountState.DRAFT:
        learned, today = account.learned if account else "", now.date()
        text = canonical(account_content(programme, actions=actions_of(programme), learned=learned, today=today))
        return _record(account.code if account else code, AccountState.DRAFT, text, now)
    if sha256(account.content.encode()).hexdigest() != account.hash:
        raise StateError(
            "account_changed",
            account.code,
            nl="Wat hier bewaard is, is niet meer wat is vastgesteld. Meld dit bij de beheerder.",
            en="What is kept here is not what was fixed any more. Tell the administrator.",
        )
    return _record(account.code, account.state, account.content, account.frozen_at or now)


def result_id(action: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    """What a desired result is called in all files: the code of its action and its number from 1."""
    return f"{action['code']}/{result['order'] + 1}"


def _record(code: str, state: str, text: str, moment: dt.datetime) -> AccountRecord:
    content = read_content(text)
    digest = sha256(text.encode()).hexdigest()
    return AccountRecord(code, state, content, text, digest, names_of_seats(seats_in(content)), moment)
