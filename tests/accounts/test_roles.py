"""The page of roles: one click, in a demo only, with a fresh session."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from schakelbord.accounts.actors import READER, Role
from schakelbord.accounts.demo import PEOPLE, make_demo_people
from schakelbord.accounts.models import RoleGrant, User
from schakelbord.accounts.selectors import actor_of

pytestmark = pytest.mark.django_db


def test_everybody_of_the_table_of_rights_can_be_chosen(reader: Client) -> None:
    offered = re.findall(r'name="role" value="(\w+)"', reader.get("/rollen").text)
    assert sorted(offered) == sorted(Role.values)
    assert [person.role for person in PEOPLE] == [Role(role) for role in offered]


@pytest.mark.parametrize("role", Role)
def test_one_click_makes_somebody_that_role(role: Role, as_role: Callable[[str], Client]) -> None:
    client = as_role(role.value)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert actor_of(user).roles == {role, Role.READER}
    assert f"U bent nu {user.name}" in client.get("/rollen").text


def test_choosing_goes_to_the_page_that_asked_for_it(reader: Client) -> None:
    assert 'name="next" value="/verhalen/wilg?scene=3"' in reader.get("/rollen?next=/verhalen/wilg%3Fscene=3").text
    answer = reader.post("/rollen", {"role": "chair", "next": "/verhalen/wilg?scene=3"})
    assert answer["Location"] == "/verhalen/wilg?scene=3"


def test_a_role_that_does_not_exist_changes_nothing(reader: Client) -> None:
    assert reader.post("/rollen", {"role": "burgemeester"}).status_code == 404
    assert reader.post("/rollen", {}).status_code == 404
    assert "_auth_user_id" not in reader.session


def test_a_mere_link_never_chooses_a_role_nor_leaves_one(as_role: Callable[[str], Client]) -> None:
    client = as_role("chair")
    client.get("/rollen?role=secretary")
    assert client.get("/rollen/uit")["Location"] == "/rollen"
    assert client.get("/uitloggen").status_code == 200
    assert "Voorzitter" in client.get("/over").text


def test_leaving_a_role_makes_a_reader(as_role: Callable[[str], Client]) -> None:
    client = as_role("auditor")
    client.post("/rollen/uit", {"next": "/over"})
    assert "_auth_user_id" not in client.session
    assert "Kies een rol" in client.get("/over").text


def test_choosing_again_gives_a_new_session_and_forgets_the_old_one(as_role: Callable[[str], Client]) -> None:
    client = as_role("chair")
    first = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/rollen", {"role": "auditor"})
    second = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert first != second
    assert not Session.objects.filter(session_key=first).exists()


def test_a_session_from_elsewhere_is_never_taken_over(reader: Client) -> None:
    reader.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    reader.post("/rollen", {"role": "secretary"})
    assert reader.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32
    assert not Session.objects.filter(session_key="a" * 32).exists()


def test_the_form_is_refused_without_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/rollen", {"role": "secretary"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/rollen").text)
    assert token is not None
    fields = {"role": "secretary", "csrfmiddlewaretoken": token.group(1)}
    assert client.post("/rollen", fields).status_code == 302


@override_settings(SCHAKELBORD_DEMO_ROLES=False)
def test_without_demo_roles_the_page_does_not_exist(reader: Client) -> None:
    make_demo_people()
    assert reader.get("/rollen").status_code == 404
    assert reader.post("/rollen", {"role": "secretary"}).status_code == 404
    assert "_auth_user_id" not in reader.session
    assert 'href="/inloggen"' in reader.get("/over").text


def test_making_the_people_of_the_demo_twice_changes_nothing() -> None:
    make_demo_people()
    make_demo_people()
    assert User.objects.count() == RoleGrant.objects.count() == len(Role)
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_person_of_the_demo_has_a_role_and_no_account_to_look_after(as_role: Callable[[str], Client]) -> None:
    assert as_role("chair").get("/account")["Location"] == "/rollen"


def test_somebody_whose_account_was_closed_is_a_reader(as_role: Callable[[str], Client]) -> None:
    client = as_role("secretary")
    user = User.objects.get()
    user.is_active = False
    user.save()
    assert actor_of(user) == READER
    assert "Kies een rol" in client.get("/over").text


def test_a_page_asks_the_database_for_roles_once(
    as_role: Callable[[str], Client], django_assert_num_queries: Callable[[int], object]
) -> None:
    client = as_role("secretary")
    with django_assert_num_queries(4):  # session, user, and roles for the bar and for the page
        client.get("/rollen")
    with django_assert_num_queries(0):
        Client().get("/over")


@pytest.mark.parametrize(
    "fields", [{"email": "Merel@voorbeeld.nl", "name": "M. Merel"}, {"email": "a@b.nl", "name": ""}]
)
def test_the_database_refuses_capitals_in_an_address_and_an_empty_name(fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(**fields)])


def test_the_database_refuses_a_role_that_does_not_exist() -> None:
    user = User.objects.create_user("a@b.nl", name="A. Appelvink")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=user, role="king")
