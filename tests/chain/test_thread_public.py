"""The public page of a dossier: only what is public, a preview, a feed and data."""

from __future__ import annotations

import csv
import io
import json
import struct
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meeting_world import World
from schakelbord.dossiers.models import Dossier, Source
from schakelbord.reports import share_picture, typeset
from thread_world import TEXT, Thread, close, make_thread, new_action

ClientInRole = Callable[[str], Client]
NAMES = ("S. Zwaluw", "H. Grutto", "L. Specht", "K. Kwartel", "Vogel", "M. Merel")


@pytest.fixture
def told(world: World) -> Thread:
    """A judged thread of a public dossier whose meeting was held."""
    thread = make_thread("verdict", world=world)
    close(world)
    for title, level in (("Een openbaar rapport", "public"), ("Een stuk voor de gremia", "bodies")):
        Source.objects.create(
            dossier=world.dossier, title=title, url="https://voorbeeld.example/stuk", publisher="Raad",
            confidentiality=level, made_at=world.meeting.starts_at,
        )  # fmt: skip
    Dossier.objects.update(confidentiality="public", public_text="Wat twee overleggen afspraken.")
    return thread


def test_an_outsider_reads_what_is_public(told: Thread, reader: Client) -> None:
    text = reader.get(f"/dossiers/{told.world.dossier.pk}/openbaar").content.decode()
    for words in (
        "Wat twee overleggen afspraken.",
        "keken 8 mensen samen naar een verzonnen gezin",
        TEXT,
        "Niemand is aan zet (0)",
        "beantwoord",
        "Elke school krijgt binnen een dag advies",
        "bereikt",
        "volgens Strategisch Beraad",
        "beleid onderwijs",
        "Een openbaar rapport",
    ):
        assert words in text, words
    for secret in (*NAMES, "Een stuk voor de gremia", "Ik wist niet dat ik", "gaat over verzuim"):
        assert secret not in text, secret


@pytest.mark.parametrize("ending", ["", ".json", ".csv", ".atom", ".jsonld", ".png"])
def test_what_is_not_public_is_shown_to_nobody_outside(told: Thread, reader: Client, ending: str) -> None:
    address = f"/dossiers/{told.world.dossier.pk}/openbaar{ending}"
    content = reader.get(address).content.decode(errors="replace")
    assert not [name for name in NAMES if name in content]
    Dossier.objects.update(confidentiality="bodies")
    assert reader.get(address).status_code == 403
    assert reader.get("/dossiers/999/openbaar").status_code == 404


@pytest.mark.parametrize("title", ["Uitbuiting", "Een lange titel over gezinnen " * 6, "🦉 ﷽ \u202e"])
def test_a_shared_link_has_a_picture_of_what_the_page_says(
    told: Thread, reader: Client, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    Dossier.objects.update(title=title[:160])
    address = f"/dossiers/{told.world.dossier.pk}/openbaar"
    assert (
        f'<meta property="og:image" content="http://testserver{address}.png">' in reader.get(address).content.decode()
    )
    drawn: list[dict[str, object]] = []

    def draw(data: dict[str, object]) -> bytes:
        drawn.append(data)
        return typeset.share_png(data)

    monkeypatch.setattr(share_picture, "share_png", draw)
    share_picture._made.cache_clear()
    answer = reader.get(f"{address}.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
    (data,) = drawn
    numbers = data["numbers"]
    assert isinstance(numbers, list)
    assert [number for number, _label in numbers] == ["2", "1", "1", "1"]
    assert not [name for name in NAMES if name in str(data)]
    again = reader.get(f"{address}.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_secretary_sees_it_before_it_is_public(told: Thread, as_role: ClientInRole) -> None:
    Dossier.objects.update(confidentiality="bodies")
    address = f"/dossiers/{told.world.dossier.pk}/openbaar"
    text = as_role("secretary").get(address).content.decode()
    assert "Zo ziet een buitenstaander dit." in text
    assert "S. Zwaluw" not in text
    assert as_role("participant").get(address).status_code == 403


def test_the_chair_makes_the_page_public_and_who_leads_closes_it(
    told: Thread, reader: Client, as_role: ClientInRole
) -> None:
    Dossier.objects.update(confidentiality="bodies")
    address = f"/dossiers/{told.world.dossier.pk}/openbaar"
    secretary, chair = as_role("secretary"), as_role("chair")
    assert "De voorzitter maakt de pagina openbaar." in secretary.get(address).content.decode()
    assert secretary.post(f"{address}/maak", {"key": "k1"}).status_code == 403
    assert reader.post(f"{address}/maak", {"key": "k2"}).status_code == 403
    assert f'action="{address}/maak"' in chair.get(address).content.decode()
    assert reader.get(address).status_code == 403
    done = chair.post(f"{address}/maak", {"key": "k3"}, follow=True)
    assert "De pagina is openbaar." in done.content.decode()
    assert reader.get(address).status_code == 200
    assert reader.get(f"{address}.atom").status_code == 200
    assert f"{address}/sluit" not in reader.get(address).content.decode()
    assert reader.post(f"{address}/sluit", {"key": "k4"}).status_code == 403
    assert secretary.post(f"{address}/sluit", {"key": "k5"}).status_code == 302
    assert reader.get(address).status_code == 403


def test_the_data_can_be_used_again(told: Thread, reader: Client) -> None:
    address = f"/dossiers/{told.world.dossier.pk}/openbaar"
    data = json.loads(reader.get(f"{address}.json").content)
    assert [row["results"][0]["verdict"] for row in data["actions"]] == ["reached"]
    assert [row["title"] for row in data["sources"]] == ["Een openbaar rapport"]
    rows = list(csv.reader(io.StringIO(reader.get(f"{address}.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Code", "A-01"]
    feed = ElementTree.fromstring(reader.get(f"{address}.atom").content)  # noqa: S314 - our own
    titles = [row.text or "" for row in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert any(title.startswith(told.decision.code) for title in titles)
    answer = reader.get(f"{address}.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    assert len(json.loads(answer.content)["dcat:distribution"]) == 3


def test_the_page_takes_a_fixed_number_of_queries(told: Thread, reader: Client) -> None:
    address = f"/dossiers/{told.world.dossier.pk}/openbaar"
    with CaptureQueriesContext(connection) as few:
        reader.get(address)
    for number in range(5):
        new_action(told, f"Actie {number}")
    with CaptureQueriesContext(connection) as many:
        assert reader.get(address).status_code == 200
    assert len(many) == len(few) <= 25
