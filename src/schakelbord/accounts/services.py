"""Changes to who is who."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.models import User
from schakelbord.accounts.rights import may_choose_demo_role
from schakelbord.errors import RightError

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def take_demo_role(actor: Actor, role: Role, *, request: HttpRequest) -> User:
    """Log in as the person of the demo who has `role`; the session gets a new key, and nothing of another person stays in it.

    Raises:
        RightError: this is not a demo.
    """
    if not may_choose_demo_role(actor, demo_roles=settings.SCHAKELBORD_DEMO_ROLES):
        raise RightError(
            "no_demo_roles",
            nl="U kunt hier geen rol kiezen. Log in met uw eigen account.",
            en="You cannot choose a role here. Log in with your own account.",
        )
    user = demo_user(role)
    login(request, user, backend=BACKEND)
    return user
