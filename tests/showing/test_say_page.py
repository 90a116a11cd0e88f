"""Plain forms of a session, for phone and desk: refused in words for people, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from schakelbord.errors import InputError
from schakelbord.showing.models import Session
from showing_session import Do


@pytest.mark.parametrize("kind", ["gap", "addition", "cause", "missing", "question"])
def test_it_has_one_heading_of_the_first_level_and_a_crooked_scene_breaks_nothing(session: Session, kind: str) -> None:
    client = Client()
    client.post("/mee", {"code": session.join_code})
    page = client.get(f"/zaal/{session.pk}/zeg?soort={kind}").content.decode()
    assert page.count("<h1") == 1
    for scene in ("9" * 5000, "-1", "\u0663", "x"):
        assert client.get(f"/zaal/{session.pk}", {"scene": scene}).status_code == 200


def test_a_choice_that_is_refused_says_why(session: Session) -> None:
    client = Client()
    client.post("/mee", {"code": session.join_code})
    answer = client.post(f"/zaal/{session.pk}/zeg", {"kind": "keuze", "about": "weg", "option": "1"})
    assert answer.status_code == 400
    assert "Deze keuze is al gesloten" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"story": "wilg", "title": "Middag in Ede", "minutes": "9" * 5000}, "Vul in hoeveel minuten"),
        ({"story": "wilg", "title": "Middag in Ede", "minutes": "-1"}, "Vul in hoeveel minuten"),
        ({"story": "is-er-niet", "title": "Middag in Ede"}, "Kies een verhaal"),
        ({"story": "wilg", "title": "Middag in Ede " * 100}, "Geef de voorstelling een naam"),
    ],
)
def test_a_session_that_cannot_be_made_comes_back_filled_in(
    as_role: Callable[[str], Client], fields: dict[str, str], sentence: str
) -> None:
    before = Session.objects.count()
    answer = as_role("presenter").post("/zaal/nieuw", fields)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Middag in Ede" in page
    assert sentence in page
    assert page.count('role="alert"') == 1
    assert Session.objects.count() == before


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("add-doll", {"name": "Jan de Vries", "age": 12}),
        ("add-doll", {"name": "06 12345678", "age": 12}),
        ("add-organisation", {"name": "Praktijk Jan de Vries"}),
    ],
)
def test_nobody_real_comes_on_the_stage_by_a_name_either(do: Do, verb: str, fields: dict[str, object]) -> None:
    with pytest.raises(InputError) as refusal:
        do(verb, **fields)
    assert refusal.value.where == "name"
