"""Every page of the foundation in both languages, and what surrounds them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = {
    "/rollen": ("Hoe doet u mee?", "How do you join?"),
    "/weergave": ("Hoe leest u het prettigst?", "How do you read best?"),
    "/over": ("Wat Schakelbord is, en wat niet", "What Schakelbord is, and what it is not"),
    "/toegankelijkheid": ("Schakelbord is er voor iedereen in de zaal", "Schakelbord is for everybody in the room"),
    "/inloggen": ("Log in", "Log in"),
    "/wachtwoord-vergeten": ("U bent uw wachtwoord vergeten", "You forgot your password"),
    "/wachtwoord-vergeten/verstuurd": ("Kijk in uw e-mail", "Look in your mail"),
    "/nieuw-wachtwoord": ("Uw nieuwe wachtwoord werkt", "Your new password works"),
    "/nieuw-wachtwoord/1-verlopen": ("Deze link is al gebruikt, of te oud", "This link has been used, or is too old"),
    "/account/aanmelden": ("U kunt niet zelf een account maken", "You cannot make an account yourself"),
    "/account/gesloten": ("Dit account is gesloten", "This account is closed"),
}
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
}  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_page_speaks_dutch_until_somebody_chooses_english(path: str, reader: Client, english_reader: Client) -> None:
    dutch, english = reader.get(path), english_reader.get(path)
    assert (dutch.status_code, english.status_code) == (200, 200)
    assert (dutch["Content-Language"], english["Content-Language"]) == ("nl", "en")
    for page, language, title in zip((dutch, english), ("nl", "en"), PAGES[path], strict=True):
        assert f'<html lang="{language}"' in page.text
        assert re.search(rf"<h1>\s*{re.escape(title)}\s*</h1>", page.text)


def test_the_language_of_the_browser_does_not_matter(reader: Client) -> None:
    assert '<html lang="nl"' in reader.get("/over", HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9").text


@pytest.mark.parametrize("path", PAGES)
def test_page_says_that_it_is_a_demo_and_that_families_are_invented(path: str, reader: Client) -> None:
    text = reader.get(path).text
    assert "Oefenomgeving: iedereen kan hier elke rol kiezen." in text
    assert "Alle gezinnen en personen in Schakelbord zijn verzonnen." in text


@pytest.mark.parametrize("path", [*PAGES, "/bestaat-niet", "/static/core/tokens.css", "/robots.txt"])
def test_every_answer_carries_the_security_headers(path: str, reader: Client) -> None:
    headers = reader.get(path).headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_page_needs_nothing_that_the_policy_forbids(path: str, reader: Client) -> None:
    text = reader.get(path).text
    assert not re.search(r"""\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|javascript:""", text)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text)


def test_pages_stay_out_of_shared_caches(reader: Client) -> None:
    assert reader.get("/over")["Cache-Control"] == "private, no-cache"


def test_pages_may_not_be_framed(reader: Client) -> None:
    assert reader.get("/over")["X-Frame-Options"] == "DENY"


def test_robots_stay_out_of_a_demo(reader: Client) -> None:
    assert reader.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("path", ["/over", "/toegankelijkheid", "/robots.txt", "/.well-known/security.txt"])
def test_a_page_to_read_answers_to_head_and_refuses_a_form(path: str, reader: Client) -> None:
    assert reader.head(path).status_code == 200
    assert reader.post(path).status_code == 405
