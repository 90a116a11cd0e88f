"""What tests of sessions share: a phone that sends something, and the types of their fixtures."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

from django.test import Client

from schakelbord.showing.models import Session

Do = Callable[..., Any]
JoinPhone = Callable[..., Client]


def say(client: Client, session: Session, verb: str, *, key: str = "", **fields: Any) -> Any:
    """What a phone sends; the answer of the server."""
    return client.post(
        f"/zaal/{session.pk}/zeg/{verb}",
        json.dumps(fields),
        content_type="application/json",
        headers={"Idempotency-Key": key or secrets.token_hex(8)},
    )


def fresh(session: Session) -> Session:
    """The session as it is now."""
    return Session.objects.select_related("room").get(pk=session.pk)
