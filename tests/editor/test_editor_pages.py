"""Pages of the editor: who may see them, what they say, and what bad input does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from threading import Lock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schakelbord.accounts.models import User
from schakelbord.editor import views
from schakelbord.editor.models import Draft
from schakelbord.editor.services import export_story
from schakelbord.editor.turns import Turns
from schakelbord.engine.story_text import story_yaml
from schakelbord.live.models import Event
from schakelbord.stories.library import shipped
from schakelbord.stories.models import StoryVersion

pytestmark = pytest.mark.django_db
ClientInRole = Callable[[str], Client]


def begun(client: Client, story: str = "wilg") -> Draft:
    answer = client.post(f"/bewerken/verhaal/{story}/kopieer")
    return Draft.objects.get(pk=int(answer.headers["Location"].rpartition("/")[2]))


def fields(page: str) -> dict[str, str]:
    """The hidden values on which the fields of a page are based."""
    found = re.findall(r'name="o:([^"]+)" value="([^"]*)"', page)
    return {path: value.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&") for path, value in found}


@pytest.mark.parametrize("role", ["chair", "participant", "reader", "technical_admin", "auditor"])
def test_who_does_not_write_stories_gets_no_draft(as_role: ClientInRole, role: str) -> None:
    draft = begun(as_role("secretary"))
    client = as_role(role)
    for path in ("", "/verhaal.yaml", "/versie", "/start/2", "/herstel"):
        assert client.get(f"/bewerken/{draft.pk}{path}").status_code == 403, path
    assert client.get("/bewerken/nieuw").status_code == 403
    assert client.get(f"/verhalen/concept-{draft.pk}").status_code == 403
    assert client.post(f"/bewerken/{draft.pk}", {"do": "voeg|dolls"}).status_code == 403
    assert client.post(f"/bewerken/{draft.pk}/hier").status_code == 403
    key = {"Idempotency-Key": "abcdefgh1234"}
    answer = client.post(f"/bewerken/{draft.pk}/doe/wijzig", "{}", content_type="application/json", headers=key)
    assert answer.status_code == 403
    assert client.get("/bewerken").status_code == (200 if role == "chair" else 403)
    assert not Event.objects.filter(room=draft.room_id).exists()


def test_every_part_of_a_draft_has_a_form(as_role: ClientInRole) -> None:
    client = as_role("presenter")
    draft = begun(client, "iep")
    page = client.get(f"/bewerken/{draft.pk}").content.decode()
    links = set(re.findall(r'href="(/bewerken/\d+\?bij=[^"]+)"', page))
    assert len(links) > 12
    for link in links | {f"/bewerken/{draft.pk}?bij=scenes/weg/beats/weg", f"/bewerken/{draft.pk}?bij=../../x"}:
        answer = client.get(link)
        assert answer.status_code == 200, link
        part = client.get(link, headers={"X-Schakelbord-Part": "editor"}).content.decode()
        assert part.count("data-part=") == 3, link
        assert "<html" not in part


def test_an_overtaken_question_gets_nothing_and_what_a_button_did_is_always_shown(
    as_role: ClientInRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_role("secretary")
    draft = begun(client)
    turns = Turns()
    monkeypatch.setattr(views, "TURNS", turns)
    who = (draft.pk, f"{User.objects.get(pk=client.session['_auth_user_id']).pk}:tab")
    turns._newest[who], turns._busy[who], turns._waiting[who] = 7, Lock(), 1
    ask = {"X-Schakelbord-Part": "editor"}
    statuses = [
        client.get(f"/bewerken/{draft.pk}", headers=ask | more).status_code
        for more in ({"X-Schakelbord-Turn": "tab.6"}, {"X-Schakelbord-Turn": "tab.7"}, {})
    ]
    assert statuses == [204, 200, 200]


def test_a_form_without_scripts_changes_only_what_somebody_changed(as_role: ClientInRole) -> None:
    client = as_role("secretary")
    draft = begun(client)
    page = client.get(f"/bewerken/{draft.pk}").content.decode()
    old = fields(page)
    posted = {f"o:{path}": value for path, value in old.items()}
    posted |= {f"v:{path}": "" if json.loads(value) is None else str(json.loads(value)) for path, value in old.items()}
    assert client.post(f"/bewerken/{draft.pk}", posted).status_code == 302
    assert not Event.objects.filter(room=draft.room_id).exists()
    posted["v:title/nl"] = "Anders"
    assert client.post(f"/bewerken/{draft.pk}", posted).status_code == 302
    assert Draft.objects.get(pk=draft.pk).title == "Anders"
    assert Event.objects.filter(room=draft.room_id).count() == 1


def test_pressing_a_button_twice_does_it_once(as_role: ClientInRole) -> None:
    client = as_role("secretary")
    draft = begun(client)
    for _ in range(2):
        client.post(f"/bewerken/{draft.pk}", {"do": "voeg|dolls", "sleutel": "abc123"})
    assert Event.objects.filter(room=draft.room_id).count() == 1


def test_what_could_not_be_kept_stands_on_the_page_with_who_was_first(as_role: ClientInRole) -> None:
    merel, spreeuw = as_role("secretary"), as_role("presenter")
    draft = begun(merel)
    beat = re.search(r"bij=(scenes/k\d+)", merel.get(f"/bewerken/{draft.pk}").content.decode())
    assert beat is not None
    inside = merel.get(f"/bewerken/{draft.pk}?bij={beat[1]}").content.decode()
    step = re.search(r"bij=(scenes/k\d+/beats/k\d+)", inside)
    assert step is not None
    field = f"{step[1]}/say/nl"
    old = fields(merel.get(f"/bewerken/{draft.pk}?bij={step[1]}").content.decode())[field]
    assert spreeuw.post(f"/bewerken/{draft.pk}", {"do": f"haal|{step[1]}", "gezien": "0"}).status_code == 302
    answer = merel.post(
        f"/bewerken/{draft.pk}?bij={step[1]}", {f"o:{field}": old, f"v:{field}": "Mijn <b>nieuwe</b> zin"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "S. Spreeuw haalde een stap van scène 1 weg" in page
    assert "Mijn &lt;b&gt;nieuwe&lt;/b&gt; zin" in page


def test_a_doll_that_is_still_in_the_story_is_not_removed(as_role: ClientInRole) -> None:
    client = as_role("secretary")
    draft = begun(client)
    doll = re.search(r"bij=(dolls/k\d+)", client.get(f"/bewerken/{draft.pk}").content.decode())
    assert doll is not None
    answer = client.post(f"/bewerken/{draft.pk}", {"do": f"haal|{doll[1]}"})
    assert answer.status_code == 409
    assert "Wilg komt nog" in answer.content.decode()


@pytest.mark.parametrize(
    "posted",
    [
        {"do": "voeg|facts"},
        {"do": "haal|"},
        {"do": "neem|remarks/weg"},
        {"do": "dans"},
        {"do": "op|scenes/weg"},
        {"o:title/nl": "{", "v:title/nl": "x"},
        {"o:title/nl": '{"a": 1}', "v:title/nl": "x"},
        {"o:__class__": '"x"', "v:__class__": "y"},
        {"o:title/nl": '"x"', "v:title/nl": "x" * 10_000},
    ],
)
def test_a_form_that_is_not_ours_changes_nothing(as_role: ClientInRole, posted: dict[str, str]) -> None:
    client = as_role("secretary")
    draft = begun(client)
    assert client.post(f"/bewerken/{draft.pk}", posted).status_code == 409
    assert Draft.objects.get(pk=draft.pk).content == draft.content


@pytest.mark.parametrize("body", ["[]", "{", '{"operations": 3}', '{"operations": [{"type": "insert"}]}', "null"])
def test_a_message_that_is_not_ours_is_refused_with_a_sentence(as_role: ClientInRole, body: str) -> None:
    client = as_role("secretary")
    draft = begun(client)
    answer = client.post(
        f"/bewerken/{draft.pk}/doe/wijzig",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": "abcdefgh1234"},
    )
    assert answer.status_code == 400
    assert answer.json()["sentence"].endswith(".")


def test_taking_in_a_file_of_the_wrong_kind_keeps_the_text(as_role: ClientInRole) -> None:
    client = as_role("secretary")
    for content in (b"\x89PNG\r\n\x1a\n\x00\x00", b"<?xml-stylesheet href='x'?><svg/>", b"id: iep\ntitle: [\n", b""):
        file = SimpleUploadedFile("plaatje.yaml", content)
        answer = client.post("/bewerken/importeer", {"bestand": file})
        assert answer.status_code == 400, content
        assert "plaatje.yaml" in answer.content.decode()
    broken = story_yaml(shipped()["iep"]).replace("fictional: true", "fictional: ja, echt <b>")
    answer = client.post("/bewerken/importeer", {"tekst": broken})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert re.search(r"verhaal\.yaml:\d+:\d+", page)
    assert "fictional: ja, echt &lt;b&gt;" in page
    assert not Draft.objects.exists()


def test_a_file_goes_in_and_out_the_same(as_role: ClientInRole) -> None:
    client = as_role("secretary")
    text = story_yaml(shipped()["beuk"])
    answer = client.post("/bewerken/importeer", {"bestand": SimpleUploadedFile("beuk.yaml", text.encode())})
    draft = Draft.objects.get()
    assert answer.headers["Location"] == f"/bewerken/{draft.pk}"
    assert client.get(f"/bewerken/{draft.pk}/verhaal.yaml").content.decode() == text
    assert export_story(draft) == text


def test_colleagues_see_who_is_at_work_where(as_role: ClientInRole) -> None:
    merel, spreeuw = as_role("secretary"), as_role("presenter")
    draft = begun(merel)
    scene = re.search(r"bij=(scenes/k\d+)", merel.get(f"/bewerken/{draft.pk}").content.decode())
    assert scene is not None
    spreeuw.get(f"/bewerken/{draft.pk}?bij={scene[1]}")
    answer = merel.post(f"/bewerken/{draft.pk}/hier", json.dumps({"part": ""}), content_type="application/json")
    assert answer.json() == {"people": ["S. Spreeuw werkt aan scène 1"]}
    assert "S. Spreeuw werkt aan scène 1" in merel.get(f"/bewerken/{draft.pk}").content.decode()


@pytest.mark.parametrize("beginning", ["verhuizing", "achttien", "iedereen"])
def test_every_beginning_leads_to_a_gap_step_by_step(as_role: ClientInRole, beginning: str) -> None:
    client = as_role("secretary")
    answer = client.post("/bewerken/nieuw", {"begin": beginning, "name": "Lariks", "age": ""})
    place = answer.headers["Location"]
    assert place.endswith("/start/2")
    draft = Draft.objects.get()
    assert "Esdoorn" not in draft.content
    for step in range(1, 6):
        page = client.get(f"/bewerken/{draft.pk}/start/{step}").content.decode()
        assert "data-gap=" in page, step
    assert client.get(f"/bewerken/{draft.pk}/start/6").status_code == 404
    assert client.get(f"/verhalen/concept-{draft.pk}").status_code == 200


def test_the_guided_start_asks_again_for_what_it_cannot_use(as_role: ClientInRole) -> None:
    client = as_role("secretary")
    for posted in (
        {"begin": "anders", "name": "Iep", "age": ""},
        {"begin": "verhuizing", "name": "Jan de Vries", "age": ""},
        {"begin": "verhuizing", "name": "Iep", "age": "veertien"},
        {"begin": "verhuizing", "name": "Iep", "age": "999"},
    ):
        assert client.post("/bewerken/nieuw", posted).status_code == 400
    assert not Draft.objects.exists()


def test_another_name_goes_into_all_texts(as_role: ClientInRole) -> None:
    client = as_role("secretary")
    client.post("/bewerken/nieuw", {"begin": "achttien", "name": "Lariks", "age": "17"})
    draft = Draft.objects.get()
    old = fields(client.get(f"/bewerken/{draft.pk}/start/1").content.decode())
    path = next(path for path in old if path.endswith("/name"))
    answer = client.post(f"/bewerken/{draft.pk}/start/1", {f"o:{path}": old[path], f"v:{path}": "Spar", "do": "verder"})
    assert answer.headers["Location"].endswith("/start/2")
    now = Draft.objects.get(pk=draft.pk)
    assert now.title == "Spar wordt achttien en staat alleen"
    assert "Lariks" not in now.content


def test_a_version_shows_what_changed_in_words(as_role: ClientInRole) -> None:
    client, chair = as_role("secretary"), as_role("chair")
    draft = begun(client)
    client.post(f"/bewerken/{draft.pk}/versie", {"name": "Eerste", "do": "bewaar"})
    client.post(f"/bewerken/{draft.pk}", {"o:title/nl": json.dumps(draft.title), "v:title/nl": "Wilg raakt uit zicht"})
    client.post(f"/bewerken/{draft.pk}/versie", {"name": "Tweede", "do": "vraag"})
    version = StoryVersion.objects.get(number=2)
    page = chair.get(f"/bewerken/versie/{version.pk}").content.decode()
    assert "Wat er veranderde sinds versie 1, Eerste" in page
    assert re.search(r"<ins>.*zicht</ins>", page)
    refused = client.post(f"/bewerken/versie/{version.pk}/keur-goed")
    assert refused.status_code == 409
    assert "vier ogen" in refused.content.decode()
    assert chair.post(f"/bewerken/versie/{version.pk}/geef-terug", {"reason": ""}).status_code == 409
    assert chair.post(f"/bewerken/versie/{version.pk}/keur-goed").status_code == 302
    assert client.post(f"/bewerken/versie/{version.pk}/publiceer").status_code == 302
    assert client.get(f"/bewerken/versie/{version.pk}/verhaal.yaml").content.decode() == version.content
    assert client.post(f"/bewerken/versie/{version.pk}/dans").status_code == 404


def test_a_page_of_the_editor_asks_the_database_a_fixed_number_of_times(
    as_role: ClientInRole, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = as_role("secretary")
    draft = begun(client)
    client.get(f"/bewerken/{draft.pk}")
    with django_assert_max_num_queries(18):  # type: ignore[attr-defined]
        client.get(f"/bewerken/{draft.pk}")
