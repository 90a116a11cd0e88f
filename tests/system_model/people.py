"""Two secretaries and a reader, and short ways to work on the model."""

from __future__ import annotations

import datetime as dt

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.models import RoleGrant, User

NOW = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
CHANNEL = "meldcode_school_vt"


def secretary(name: str = "M. Merel") -> Actor:
    """A secretary with an account."""
    address = f"{name.replace(' ', '').replace('.', '').lower()}@example.org"
    user = User.objects.filter(email=address).first() or User.objects.create_user(address, name=name)
    RoleGrant.objects.get_or_create(user=user, role=Role.SECRETARY)
    return Actor(user_id=user.pk, name=name, roles=frozenset({Role.SECRETARY, Role.READER}))


def reader(name: str = "R. Roodborst") -> Actor:
    """Somebody with an account who only reads."""
    user = User.objects.filter(email="reader@example.org").first() or User.objects.create_user(
        "reader@example.org", name=name
    )
    return Actor(user_id=user.pk, name=name, roles=frozenset({Role.READER}))
