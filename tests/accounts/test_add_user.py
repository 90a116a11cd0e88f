"""An account made on the server, and its first password."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from schakelbord.accounts.actors import Role
from schakelbord.accounts.models import User
from schakelbord.accounts.selectors import actor_of
from schakelbord.accounts.services import add_user
from schakelbord.errors import InputError

pytestmark = pytest.mark.django_db

PASSWORD = "vijf kleine grijze lijsters"


def test_a_new_account_has_its_roles_and_chooses_its_first_password_by_mail(reader: Client) -> None:
    user = add_user(" Lijster@Voorbeeld.nl", name="L. Lijster", roles=["secretary", "chair", "secretary"])
    assert actor_of(user).roles == {Role.SECRETARY, Role.CHAIR, Role.READER}
    reader.post("/wachtwoord-vergeten", {"email": "lijster@voorbeeld.nl"})
    link = re.search(r"http://testserver(/nieuw-wachtwoord/\S+)", mail.outbox[0].body)
    assert link is not None
    page = reader.get(link.group(1), follow=True)
    reader.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert reader.post("/inloggen", {"login": "lijster@voorbeeld.nl", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("email", "name", "roles", "code"),
    [
        ("geen adres", "L. Lijster", [], "not_an_address"),
        ("BEZET@voorbeeld.nl", "L. Lijster", [], "address_taken"),
        ("lijster@voorbeeld.nl", "  ", [], "name_missing"),
        ("lijster@voorbeeld.nl", "L. Lijster", ["secretary", "koning"], "unknown_role"),
    ],
)
def test_what_cannot_be_an_account_is_refused_and_leaves_nothing(
    email: str, name: str, roles: list[str], code: str
) -> None:
    add_user("bezet@voorbeeld.nl", name="B. Bonte Kraai", roles=[])
    with pytest.raises(InputError) as refused:
        add_user(email, name=name, roles=roles)
    assert refused.value.code == code
    assert User.objects.count() == 1


def test_a_role_that_is_almost_right_gets_the_right_one() -> None:
    with pytest.raises(InputError, match="did you mean secretary"):
        add_user("lijster@voorbeeld.nl", name="L. Lijster", roles=["secretery"])
