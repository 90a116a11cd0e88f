"""What people see when something goes wrong: a sentence and a way out, never something technical."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from schakelbord.errors import ConflictError, InputError, RightError, SchakelbordError, StateError
from schakelbord.site import urls as site_urls

PROBLEMS: dict[str, tuple[type[SchakelbordError], int]] = {
    "input": (InputError, 400),
    "right": (RightError, 403),
    "state": (StateError, 409),
    "conflict": (ConflictError, 409),
}


def fail(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw."""
    raise ZeroDivisionError("geheim detail")


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    """A problem that we know."""
    raise PROBLEMS[kind][0]("proef", nl="Dit gaat nu niet.", en="This is not possible now.")


def refuse_field(request: HttpRequest) -> HttpResponse:
    """A problem with one field."""
    raise InputError("proef", "starts_at", nl="Dit gaat nu niet.", en="This is not possible now.")


urlpatterns = [
    path("probleem-bij-veld", refuse_field),
    path("fout", fail),
    path("probleem/<str:kind>", refuse),
    path("", include(site_urls)),
]
handler400, handler403 = site_urls.handler400, site_urls.handler403
handler404, handler500 = site_urls.handler404, site_urls.handler500

here = override_settings(ROOT_URLCONF=__name__)


@here
@pytest.mark.parametrize(
    ("language", "sentence"), [("nl", "Het ging bij ons mis"), ("en", "It went wrong on our side")]
)
def test_an_unforeseen_error_needs_no_database_and_tells_nothing_technical(language: str, sentence: str) -> None:
    # No mark django_db here: any query would fail this test.
    client = Client(raise_request_exception=False)
    client.cookies["schakelbord_language"] = language
    client.cookies["schakelbord_display"] = "dark.normal.device"
    answer = client.get("/fout")
    assert answer.status_code == 500
    assert f"<h1>{sentence}</h1>" in answer.text
    assert f'<html lang="{language}" data-theme="dark">' in answer.text
    assert 'href="/"' in answer.text
    assert 'class="demo-line"' in answer.text
    assert "geheim detail" not in answer.text
    assert "ZeroDivision" not in answer.text


@here
def test_even_without_templates_there_is_a_last_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakelbord.core.errors.loader.get_template", lambda name: 1 / 0)
    answer = Client(raise_request_exception=False).get("/fout")
    assert answer.status_code == 500
    assert "Schakelbord kan deze pagina nu niet laten zien." in answer.text


@here
@pytest.mark.django_db
@pytest.mark.parametrize("kind", PROBLEMS)
@pytest.mark.parametrize(("language", "sentence"), [("nl", "Dit gaat nu niet."), ("en", "This is not possible now.")])
def test_a_known_problem_is_one_sentence(kind: str, language: str, sentence: str) -> None:
    client = Client()
    client.cookies["schakelbord_language"] = language
    answer = client.get(f"/probleem/{kind}")
    assert answer.status_code == PROBLEMS[kind][1]
    assert sentence in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "meant"), [("/toegankelijkhied", "/toegankelijkheid"), ("/rollen/", "/rollen"), ("/Over", "/over")]
)
def test_a_page_that_does_not_exist_suggests_the_one_that_was_meant(wrong: str, meant: str, reader: Client) -> None:
    answer = reader.get(wrong)
    assert answer.status_code == 404
    assert "Hier loopt de draad dood" in answer.text
    assert re.search(rf'Bedoelde u dit\?\s*<a href="{meant}">', answer.text)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/zomaar-iets-heel-anders", "/%00", "/<script>", "/" + "a" * 5000, "/\u202eneto"])
def test_a_strange_address_gets_the_page_without_a_suggestion(path: str, reader: Client) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "Bedoelde u" not in answer.text
    assert "<script>" not in answer.text


@pytest.mark.django_db
def test_a_form_that_is_too_old_says_so_and_leads_back() -> None:
    answer = Client(enforce_csrf_checks=True).post("/rollen", {"role": "chair"})
    assert answer.status_code == 403
    assert "Dit formulier stond te lang open" in answer.text
    assert 'href="/rollen"' in answer.text


@pytest.mark.django_db
def test_a_name_of_a_site_that_is_not_ours_is_refused_with_a_page(reader: Client) -> None:
    answer = reader.get("/over", headers={"host": "kwaad.example"})
    assert answer.status_code == 400
    assert "Wij begrijpen dit adres niet" in answer.text


@here
def test_a_problem_with_a_field_is_told_without_the_name_that_a_program_gives_it() -> None:
    answer = Client().get("/probleem-bij-veld")
    assert answer.status_code == 400
    assert "Dit gaat nu niet." in answer.text
    assert "starts_at" not in answer.text


def test_an_address_that_only_takes_forms_says_so_when_it_is_reloaded(db: None) -> None:
    came_from = {"accept": "text/html", "referer": "http://testserver/bijeenkomsten"}
    answer = Client().get("/bijeenkomsten/1/agenda/nieuw", headers=came_from)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Hier valt niets te openen" in answer.text
    assert 'href="/bijeenkomsten"' in answer.text
    reloaded = Client().get("/gremia/nieuw", headers={"accept": "text/html"})
    assert 'href="/gremia"' in reloaded.text
    other = {"accept": "text/html", "referer": "http://evil.example/val"}
    assert "/val" not in Client().get("/gremia/nieuw", headers=other).text
