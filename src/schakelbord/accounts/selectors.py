"""Reads about people and their roles."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from schakelbord.accounts.actors import READER, Actor, Role
from schakelbord.accounts.models import User


def actor_of(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """The actor behind a request's user; one query for somebody who logged in, none for a reader."""
    if not isinstance(user, User) or not user.is_active:
        return READER
    grants = user.role_grants.values_list("role", flat=True)
    return Actor(user_id=user.pk, name=user.name, roles=frozenset(Role(role) for role in grants) | {Role.READER})
