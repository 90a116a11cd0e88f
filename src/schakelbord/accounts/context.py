"""Who is looking, for every template."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.selectors import actor_of

SEARCHING = frozenset(Role) - {Role.READER, Role.PRESENTER, Role.TECHNICAL_ADMIN}
"""Roles that read the chain; the others find only what is public, and have no field for it in their bar."""


@dataclass(frozen=True, slots=True)
class Who:
    """The corner of the page that says who is looking, and leads to where that changes.

    `works_on_stories` for who may write and show them, `approves_stories` for who looks at versions of others,
    `prepares_meetings` for who makes and runs meetings, `searches` for who reads the chain.
    """

    label: str
    address: str
    works_on_stories: bool = False
    approves_stories: bool = False
    prepares_meetings: bool = False
    searches: bool = False


def actor(request: HttpRequest) -> dict[str, object]:
    """`actor` for rights in templates and `who` for the top bar; both are worked out only when a template asks."""
    # A request that is refused early never met the middleware that knows the user.
    user = getattr(request, "user", AnonymousUser())
    someone: Actor = SimpleLazyObject(lambda: actor_of(user))  # type: ignore[assignment]  # a proxy acts as one
    return {"actor": someone, "who": SimpleLazyObject(lambda: _who(someone))}


def _who(someone: Actor) -> Who:
    may = {
        "works_on_stories": someone.has(Role.SECRETARY, Role.PRESENTER),
        "approves_stories": someone.has(Role.CHAIR),
        "prepares_meetings": someone.has(Role.SECRETARY, Role.CHAIR),
        "searches": someone.has(*SEARCHING),
    }
    if settings.SCHAKELBORD_DEMO_ROLES:
        played = next((role for role in Role if role in someone.roles - {Role.READER}), Role.READER)
        label = str(played.label) if someone.user_id else gettext("Choose a role")
        return Who(label, reverse("accounts:roles"), **may)
    if someone.user_id:
        return Who(someone.name, reverse("accounts:account"), **may)
    return Who(gettext("Log in"), reverse("account_login"))
