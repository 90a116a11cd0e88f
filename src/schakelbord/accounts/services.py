"""Changes to who is who."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.models import RoleGrant, User
from schakelbord.accounts.rights import may_choose_demo_role
from schakelbord.errors import InputError, RightError

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def take_demo_role(actor: Actor, role: Role, *, request: HttpRequest) -> User:
    """Log in as the person of the demo who has `role`, in a session with a new key and nothing of anybody else.

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


def add_user(email: str, *, name: str, roles: Sequence[str]) -> User:
    """Make an account without a password; its owner chooses one with the page for a forgotten password.

    Called by who can run commands on the server; there is no page for it yet.

    Raises:
        InputError: the address is no address or is taken, the name is empty, or a role does not exist.
    """
    address = _checked_address(email)
    known = [_checked_role(role) for role in roles]
    if not name.strip():
        raise InputError("name_missing", "--name", nl="Geef een naam.", en="Give a name.")
    with transaction.atomic():
        user = User.objects.create_user(address, name=name.strip())
        RoleGrant.objects.bulk_create([RoleGrant(user=user, role=role) for role in dict.fromkeys(known)])
    return user


def _checked_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise InputError(
            "not_an_address",
            email,
            nl="Dit is geen volledig e-mailadres; het ziet eruit als naam@organisatie.nl.",
            en="This is not a complete e-mail address; it looks like name@organisation.nl.",
        ) from None
    if User.objects.filter(email=address).exists():
        raise InputError("address_taken", address, nl="Dit account is er al.", en="This account is there already.")
    return address


def _checked_role(role: str) -> Role:
    if role in Role.values:
        return Role(role)
    near = get_close_matches(role, Role.values, 1)
    choices = ", ".join(Role.values)
    raise InputError(
        "unknown_role",
        "--role",
        nl=f"“{role}” is geen rol; {f'bedoelde u {near[0]}?' if near else f'kies uit {choices}.'}",
        en=f"“{role}” is no role; {f'did you mean {near[0]}?' if near else f'choose from {choices}.'}",
    )
