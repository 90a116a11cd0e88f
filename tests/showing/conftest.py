"""A session of Wilg with its desk, and phones that join it."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from live_inline import commands_inline
from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.showing import desk
from schakelbord.showing.joining import make_session, open_session
from schakelbord.showing.models import Session
from schakelbord.stories.library import shipped
from showing_session import Do, JoinPhone

__all__ = ["commands_inline"]


@pytest.fixture(autouse=True)
def _inline(commands_inline: None) -> None:
    """Commands of these tests are carried out in the connection of the test."""


def actor_in(role: Role) -> Actor:
    """Somebody of the demo at work."""
    user = demo_user(role)
    return Actor(user_id=user.pk, name=user.name, roles=frozenset({role, Role.READER}))


@pytest.fixture
def presenter(db: None) -> Actor:
    """The presenter of the demo."""
    return actor_in(Role.PRESENTER)


@pytest.fixture
def secretary(db: None) -> Actor:
    """The secretary of the demo, a second pair of hands at the desk."""
    return actor_in(Role.SECRETARY)


@pytest.fixture
def session(presenter: Actor) -> Session:
    """An open session of Wilg."""
    now = timezone.now()
    made = make_session(presenter, shipped()["wilg"], title="Wilg in de zaal", minutes=50, now=now)
    open_session(presenter, made, key=secrets.token_hex(8))
    return Session.objects.get(pk=made.pk)


@pytest.fixture
def do(session: Session, presenter: Actor) -> Do:
    """A function `do(verb, actor=presenter, key=new, **fields)`: a command of the desk."""

    def carry_out(verb: str, actor: Actor = presenter, key: str = "", **fields: Any) -> Any:
        body = json.dumps(fields, default=dt.date.isoformat).encode()
        return desk.perform(actor, session, verb=verb, body=body, key=key or secrets.token_hex(8))

    return carry_out


@pytest.fixture
def join_phone(session: Session) -> JoinPhone:
    """A function that gives a client which joined with the code."""

    def join(layer: str = "", field: str = "") -> Client:
        client = Client()
        answer = client.post("/mee", {"code": session.join_code, "layer": layer, "field": field})
        assert answer.status_code == 302
        assert answer["Location"] == f"/zaal/{session.pk}"
        return client

    return join
