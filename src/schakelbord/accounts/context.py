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


@dataclass(frozen=True, slots=True)
class Who:
    """A link of the top bar: who is looking, or a part of the house."""

    label: str
    address: str


def actor(request: HttpRequest) -> dict[str, object]:
    """`actor` for rights, `who` and `desk` for the top bar; all are worked out only when a template asks."""
    # A request that is refused early never met the middleware that knows the user.
    user = getattr(request, "user", AnonymousUser())
    someone: Actor = SimpleLazyObject(lambda: actor_of(user))  # type: ignore[assignment]  # a proxy acts as one
    return {
        "actor": someone,
        "who": SimpleLazyObject(lambda: _who(someone)),
        "desk": SimpleLazyObject(lambda: _desk(someone)),
    }


def _desk(someone: Actor) -> list[Who]:
    """The parts of the house for those who prepare and show; empty for everybody else."""
    found = []
    if someone.has(Role.SECRETARY, Role.PRESENTER):
        found.append(Who(gettext("In the room"), "/zaal"))
    if someone.has(Role.SECRETARY, Role.PRESENTER, Role.CHAIR):
        found.append(Who(gettext("Write"), "/bewerken"))
    return found


def _who(someone: Actor) -> Who:
    if settings.SCHAKELBORD_DEMO_ROLES:
        played = next((role for role in Role if role in someone.roles - {Role.READER}), Role.READER)
        label = str(played.label) if someone.user_id else gettext("Choose a role")
        return Who(label, reverse("accounts:roles"))
    if someone.user_id:
        return Who(someone.name, reverse("accounts:account"))
    return Who(gettext("Log in"), reverse("account_login"))
