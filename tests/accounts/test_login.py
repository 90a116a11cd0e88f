"""Logging in with e-mail address and password, asking for a new one, and the second step."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from django.test import Client

from schakelbord.accounts.models import User

pytestmark = pytest.mark.django_db

EMAIL, PASSWORD, NEW = "merel@voorbeeld.nl", "drie kleine natte merels", "vier grote droge kraaien"


@pytest.fixture
def merel() -> User:
    """Somebody with an account."""
    return User.objects.create_user(EMAIL, name="M. Merel", password=PASSWORD)


@pytest.fixture
def logged_in(reader: Client, merel: User) -> Client:
    """The client of somebody who logged in."""
    assert _log_in(reader).status_code == 302
    return reader


@pytest.fixture
def trusted(logged_in: Client) -> Client:
    """The client of somebody who gave their password once more, as it is asked before something that matters."""
    assert logged_in.get("/account/tweede-stap/aan")["Location"].startswith("/account/bevestig?")
    assert "Dit is niet uw wachtwoord." in logged_in.post("/account/bevestig", {"password": "fout"}).text
    logged_in.post("/account/bevestig", {"password": PASSWORD})
    return logged_in


def _log_in(client: Client, password: str = PASSWORD, **more: str) -> object:
    return client.post("/inloggen", {"login": EMAIL, "password": password, **more})


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("address", [EMAIL, "Merel@Voorbeeld.NL", " merel@voorbeeld.nl "])
def test_somebody_logs_in_and_goes_on_where_they_were(address: str, reader: Client, merel: User) -> None:
    answer = reader.post("/inloggen", {"login": address, "password": PASSWORD, "next": "/over"})
    assert answer["Location"] == "/over"
    assert reader.session["_auth_user_id"] == str(merel.pk)


def test_a_wrong_password_gets_our_own_sentence(reader: Client, merel: User) -> None:
    answer = _log_in(reader, "fout")
    assert "Dit e-mailadres en dit wachtwoord horen niet bij elkaar." in answer.text
    assert "_auth_user_id" not in reader.session


def test_somebody_unknown_gets_the_same_answer_as_somebody_known(reader: Client, merel: User) -> None:
    known = _log_in(reader, "fout").text
    unknown = reader.post("/inloggen", {"login": "niemand@voorbeeld.nl", "password": "fout"}).text
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", known) == strip.sub("", unknown)


def test_empty_fields_say_what_to_fill_in(reader: Client) -> None:
    text = reader.post("/inloggen", {"login": "geen adres", "password": ""}).text
    assert "Dit is geen volledig e-mailadres." in text
    assert "Vul uw wachtwoord in." in text
    assert "Vul uw e-mailadres in." in reader.post("/inloggen", {}).text


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(reader: Client, merel: User) -> None:
    for _ in range(5):
        _log_in(reader, "fout")
    answer = _log_in(reader)
    assert "U hebt het vaak geprobeerd." in answer.text
    assert "_auth_user_id" not in reader.session


@pytest.mark.parametrize("elsewhere", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)"])
def test_logging_in_never_leads_to_another_site(elsewhere: str, reader: Client, merel: User) -> None:
    assert _log_in(reader, next=elsewhere)["Location"] == "/"


def test_logging_in_gives_a_new_session_key(reader: Client, merel: User) -> None:
    reader.cookies[settings.SESSION_COOKIE_NAME] = "b" * 32
    _log_in(reader)
    assert reader.cookies[settings.SESSION_COOKIE_NAME].value != "b" * 32


def test_the_session_cookie_is_out_of_reach_of_scripts(logged_in: Client) -> None:
    cookie = logged_in.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_logging_out_needs_a_form(logged_in: Client) -> None:
    assert "U gaat uitloggen" in logged_in.get("/uitloggen").text
    logged_in.post("/uitloggen")
    assert "_auth_user_id" not in logged_in.session


def test_nobody_makes_an_account_for_themselves(reader: Client) -> None:
    answer = reader.post("/account/aanmelden", {"email": "nieuw@voorbeeld.nl", "password1": PASSWORD})
    assert "U kunt niet zelf een account maken" in answer.text
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "path",
    ["/account", "/account/wachtwoord", "/account/tweede-stap", "/account/tweede-stap/aan", "/account/reservecodes"],
)
def test_pages_of_an_account_ask_a_reader_to_log_in(path: str, reader: Client) -> None:
    assert unquote(reader.get(path)["Location"]) == f"/inloggen?next={path}"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/account", "M. Merel"),
        ("/account/wachtwoord", "Kies een nieuw wachtwoord"),
        ("/account/tweede-stap", "U logt in met alleen uw wachtwoord"),
        ("/account/tweede-stap/aan", "Koppel een app op uw telefoon"),
        ("/account/bevestig", "Geef uw wachtwoord nog een keer"),
        ("/uitloggen", "U gaat uitloggen"),
    ],
)
def test_every_page_of_an_account_looks_like_ours(path: str, title: str, trusted: Client) -> None:
    answer = trusted.get(path)
    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in answer.text
    assert "core/components.css" in answer.text
    assert "style=" not in answer.text


def test_a_forgotten_password_is_renewed_by_mail(reader: Client, merel: User) -> None:
    assert reader.post("/wachtwoord-vergeten", {"email": EMAIL})["Location"] == "/wachtwoord-vergeten/verstuurd"
    (letter,) = mail.outbox
    assert letter.subject == "Schakelbord: Kies een nieuw wachtwoord"
    link = re.search(r"http://testserver(/nieuw-wachtwoord/\S+)", letter.body)
    assert link is not None
    page = reader.get(link.group(1), follow=True)
    assert "Kies een nieuw wachtwoord" in page.text
    reader.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert _log_in(reader, NEW).status_code == 302
    assert "al gebruikt, of te oud" in Client().get(link.group(1), follow=True).text


def test_asking_too_often_gets_a_page_with_a_sentence(reader: Client, merel: User) -> None:
    answers = [reader.post("/wachtwoord-vergeten", {"email": EMAIL}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "U probeerde dit vaak in korte tijd." in answers[-1].text
    assert len(mail.outbox) == 5


def test_asking_for_somebody_unknown_looks_the_same_and_sends_nothing(reader: Client) -> None:
    answer = reader.post("/wachtwoord-vergeten", {"email": "niemand@voorbeeld.nl"})
    assert answer["Location"] == "/wachtwoord-vergeten/verstuurd"
    assert mail.outbox == []


def test_a_weak_password_is_refused(logged_in: Client, merel: User) -> None:
    logged_in.post("/account/wachtwoord", {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"})
    merel.refresh_from_db()
    assert merel.check_password(PASSWORD)
    logged_in.post("/account/wachtwoord", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    merel.refresh_from_db()
    assert merel.check_password(NEW)


def test_passwords_are_kept_with_argon2(merel: User) -> None:
    assert merel.password.startswith("argon2$argon2id$")


def test_the_second_step_is_asked_after_it_was_switched_on(trusted: Client, merel: User) -> None:
    page = trusted.get("/account/tweede-stap/aan")
    secret = page.context["form"].secret
    assert "Deze code klopt niet" in trusted.post("/account/tweede-stap/aan", {"code": "000000"}).text
    trusted.post("/account/tweede-stap/aan", {"code": _code(secret)})
    assert "U logt in met een tweede stap" in trusted.get("/account/tweede-stap").text
    assert "Uw reservecodes" in trusted.get("/account/reservecodes").text
    for path in ("/account/tweede-stap/uit", "/account/reservecodes/nieuw"):
        assert "components.css" in trusted.get(path).text
    spare = Authenticator.objects.get(user=merel, type="recovery_codes").wrap().get_unused_codes()[0]
    later = Client()
    assert _log_in(later)["Location"] == "/inloggen/code"
    assert "Nu de code uit uw app" in later.get("/inloggen/code").text
    assert "_auth_user_id" not in later.session
    assert "Deze code klopt niet" in later.post("/inloggen/code", {"code": "000000"}).text
    later.post("/inloggen/code", {"code": spare})
    assert later.session["_auth_user_id"] == str(merel.pk)
