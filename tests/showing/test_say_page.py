"""The page on which a phone without scripts says something."""

from __future__ import annotations

import pytest
from django.test import Client

from schakelbord.showing.models import Session


@pytest.mark.parametrize("kind", ["gap", "addition", "cause", "missing", "question"])
def test_it_has_one_heading_of_the_first_level_and_a_crooked_scene_breaks_nothing(session: Session, kind: str) -> None:
    client = Client()
    client.post("/mee", {"code": session.join_code})
    page = client.get(f"/zaal/{session.pk}/zeg?soort={kind}").content.decode()
    assert page.count("<h1") == 1
    for scene in ("9" * 5000, "-1", "\u0663", "x"):
        assert client.get(f"/zaal/{session.pk}", {"scene": scene}).status_code == 200
