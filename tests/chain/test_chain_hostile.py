"""Whatever somebody puts in an address or a form of the chain: an answer, and never an error of the server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from thread_world import make_thread

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ClientInRole = Callable[[str], Client]
CODES = (
    "A-01",
    "A-999999999999999999999999",
    "%00",
    "a" * 3000,
    "..%2f..",
    "🦉",
    "H-01'--",
    "B-2026-01",
    "P-01",
    "D-01",
)
NUMBERS = ("1", "0", "2026", "99999999999999999999")
ASKED = {
    "pagina": "٣", "zoek": '\x00"*', "stand": "'", "q": '\x00 " *', "beeld": "x", "dossier": "9" * 30,
    "vraagstuk": "\x00", "actie": "\x00",
}  # fmt: skip
SENT = {
    "value": "inf", "text": "x\x00y", "reason": "<script>" * 500, "due": "0000-00-00", "published": "9999-12-31",
    "url": "javascript:1", "proof_url": "file:///etc/passwd", "programme": "٣", "seat": "1e400", "owner": "-1",
    "decision": "nan", "kind": "zz", "status": "done", "to": "1", "title": "=cmd()", "harvests": ["1", "x"],
    "bodies": ["1", "x"], "themes": ["x", "٣"], "node": "A-01", "key": "a" * 16,
}  # fmt: skip
MOST_EACH = 20


def addresses(rows: list[Any], begin: str = "", app: str = "") -> Iterator[str]:
    """Every address of the chain, its reports left out that take seconds to make, with odd codes and numbers in it."""
    for row in rows:
        if hasattr(row, "url_patterns"):
            yield from addresses(row.url_patterns, begin + str(row.pattern), row.namespace or app)
        elif app == "chain":
            found = ["/" + begin + str(row.pattern)]
            for hole in re.findall(r"<[^>]+>", found[0]):
                fills = NUMBERS if hole.startswith("<int") else CODES
                found = [one.replace(hole, fill, 1) for one in found for fill in fills]
            yield from found[:MOST_EACH]


@pytest.mark.parametrize("role", [None, "secretary", "action_owner"])
def test_odd_addresses_and_forms_get_an_answer(
    as_role: ClientInRole, reader: Client, commands_inline: None, role: str | None
) -> None:
    make_thread()
    client = as_role(role) if role else reader
    client.raise_request_exception = False
    broken, seen = [], 0
    for address in addresses(get_resolver().url_patterns):
        for answer in (client.get(address, ASKED), client.post(address, SENT)):
            seen += 1
            if answer.status_code >= 500:
                broken.append((address[:80], answer.status_code))
    assert broken == []
    assert seen > 500
