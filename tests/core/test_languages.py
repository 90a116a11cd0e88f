"""The switch of language and of display: keeps the page, and never leads elsewhere."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils import translation

from schakelbord.core.display import COOKIE, Display, read_display
from schakelbord.core.languages import said
from schakelbord.engine.text import Text
from schakelbord.errors import InputError

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://kwaad.example/",
    "//kwaad.example",
    "javascript:alert(1)",
    "http:///kwaad.example",
    "\\\\kwaad.example",
    "",
]
CHOICE = {"theme": "dark", "letters": "large", "motion": "none", "keys": "off", "spoken": "scenes"}


def test_switching_language_keeps_the_page_with_its_parameters(reader: Client) -> None:
    answer = reader.post("/taal", {"language": "en", "next": "/over?dag=3#privacy"})
    assert answer["Location"] == "/over?dag=3#privacy"
    assert '<html lang="en"' in reader.get("/over").text
    reader.post("/taal", {"language": "nl", "next": "/over"})
    assert '<html lang="nl"' in reader.get("/over").text


def test_an_unknown_language_changes_nothing(reader: Client) -> None:
    reader.post("/taal", {"language": "xx", "next": "/over"})
    assert '<html lang="nl"' in reader.get("/over").text


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize(
    ("path", "fields"), [("/taal", {"language": "en"}), ("/weergave", CHOICE), ("/rollen", {"role": "chair"})]
)
def test_no_form_leads_to_another_site(path: str, fields: dict[str, str], address: str, reader: Client) -> None:
    answer = reader.post(path, {**fields, "next": address})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("path", ["/weergave", "/rollen"])
def test_no_page_offers_a_way_back_to_another_site(path: str, address: str, reader: Client) -> None:
    text = reader.get(path, {"next": address}).text
    assert 'name="next" value="/"' in text
    assert "kwaad" not in text.split("<main")[1]
    assert "javascript:" not in text.split("<main")[1]


def test_display_is_kept_in_a_cookie_that_scripts_cannot_read(reader: Client) -> None:
    answer = reader.post("/weergave", {**CHOICE, "next": "/over"})
    assert answer["Location"] == "/over"
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("dark.large.none.off.scenes", True, "Lax")
    chosen = 'data-theme="dark" data-letters="large" data-motion="none" data-keys="off" data-spoken="scenes"'
    assert f'<html lang="nl" {chosen}>' in reader.get("/over").text


def test_without_a_choice_the_device_decides(reader: Client) -> None:
    assert '<html lang="nl">' in reader.get("/over").text


def test_a_choice_that_does_not_exist_is_shown_as_a_problem(reader: Client) -> None:
    answer = reader.post("/weergave", {**CHOICE, "theme": "paars"})
    assert answer.status_code == 200
    assert 'class="problem"' in answer.text
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize("cookie", ["", "x", "dark", "....", '"><script>.large.none', "dark.large.none.meer"])
def test_any_cookie_gives_a_valid_display(cookie: str) -> None:
    request = HttpRequest()
    request.COOKIES[COOKIE] = cookie
    display = read_display(request)
    assert display.theme in {"auto", "dark"}
    assert "<" not in display.attributes


def test_what_is_written_in_the_cookie_is_read_back() -> None:
    request = HttpRequest()
    chosen = Display("contrast", "large", "none", "off", "scenes")
    request.COOKIES[COOKIE] = chosen.as_cookie()
    assert read_display(request) == chosen


@pytest.mark.parametrize("both", [InputError("code", "a place", nl="Nee.", en="No."), Text(nl="Nee.", en="No.")])
@pytest.mark.parametrize(("language", "sentence"), [("nl", "Nee."), ("en", "No."), ("de", "Nee."), (None, "Nee.")])
def test_a_refusal_and_a_text_are_said_in_the_language_of_the_page_without_their_place(
    both: InputError | Text, language: str | None, sentence: str
) -> None:
    with translation.override(language):
        assert said(both) == sentence
