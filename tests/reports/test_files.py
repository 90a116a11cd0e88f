"""The files of a story, fetched as a visitor does and read as their programs do."""

from __future__ import annotations

import csv
import io
import re
import threading
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from PIL import Image

from reports.papers import SITE, STORIES, opened, paper_of
from schakelbord.engine import load_story
from schakelbord.engine.story_text import story_json
from schakelbord.errors import StateError
from schakelbord.reports import serving, views
from schakelbord.reports.press import Press
from schakelbord.reports.tables import table_csv
from schakelbord.stories.library import reading_of, shipped
from stories.markup import page_at

pytestmark = pytest.mark.django_db
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
SVG = "{http://www.w3.org/2000/svg}"
NAMES = {
    "verhaal.pdf": ("wilg-verhaal.pdf", "wilg-story.pdf"),
    "scene.pdf?scene=3": ("wilg-scene-3.pdf", "wilg-scene-3.pdf"),
    "toneel.svg?scene=3": ("wilg-scene-3.svg", "wilg-scene-3.svg"),
    "toneel.png?scene=3": ("wilg-scene-3-1920.png", "wilg-scene-3-1920.png"),
    "betrokkenen.csv": ("wilg-betrokkenen.csv", "wilg-actors.csv"),
    "kanalen.csv": ("wilg-kanalen.csv", "wilg-channels.csv"),
    "hiaten.csv": ("wilg-hiaten.csv", "wilg-gaps.csv"),
    "netwerk.graphml": ("wilg-netwerk.graphml", "wilg-network.graphml"),
    "verhaal.json": ("wilg.json", "wilg.json"),
}


def table(reader: Client, address: str) -> list[dict[str, str]]:
    """A table as a spreadsheet reads it."""
    text = reader.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("file", NAMES)
def test_a_file_has_a_name_in_the_language_of_the_page(reader: Client, english_reader: Client, file: str) -> None:
    for client, name in zip((reader, english_reader), NAMES[file], strict=True):
        answer = client.get(f"/verhalen/wilg/{file}")
        assert answer.status_code == 200
        assert f'filename="{name}"' in answer.headers["Content-Disposition"]


def test_every_file_is_linked_from_the_story_and_from_its_paper(reader: Client) -> None:
    for where in ("/verhalen/wilg?scene=3", "/verhalen/wilg/afdruk?scene=3"):
        page = page_at(reader, where)
        links = {link.attributes["href"] for link in page.one(cls="take-along").all("a")}
        paths = {urlsplit(link).path.rpartition("/")[2] for link in links}
        assert {file.partition("?")[0] for file in NAMES} <= paths
        for link in links:
            assert reader.get(link).status_code == 200, link


def test_a_story_that_does_not_exist_gives_the_page_that_says_so(reader: Client) -> None:
    for file in NAMES:
        assert "Bedoelde u" in page_at(reader, f"/verhalen/wlig/{file}", status=404).text


@pytest.mark.parametrize("width", [1920, 3840])
def test_the_image_is_as_wide_as_asked(reader: Client, width: int) -> None:
    content = reader.get(f"/verhalen/wilg/toneel.png?scene=3&breed={width}").content
    assert Image.open(io.BytesIO(content)).width == width


def test_a_strange_width_gives_the_usual_one(reader: Client) -> None:
    for width in ("1", "99999999", "x", "-1"):
        answer = reader.get(f"/verhalen/wilg/toneel.png?breed={width}")
        assert Image.open(io.BytesIO(answer.content)).width == 1920


@pytest.mark.parametrize("story", STORIES)
def test_the_drawing_needs_nothing_else_and_runs_nothing(reader: Client, story: str) -> None:
    text = reader.get(f"/verhalen/{story}/toneel.svg?dag={shipped()[story].horizon}").content.decode()
    root = ElementTree.fromstring(text)  # noqa: S314 - our own output
    tags = {element.tag for element in root.iter()}
    assert not tags & {f"{SVG}{name}" for name in ("script", "style", "image", "foreignObject", "a")}
    assert not re.findall(r'(?:href|src)="(?!#)', text)
    assert "var(" not in text
    assert not re.findall(r"\son\w+=", text)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    pointed = set(re.findall(r'(?:href="|url\()#([^")]+)', text))
    assert pointed <= set(ids), pointed - set(ids)


@pytest.mark.parametrize("story", STORIES)
def test_list_drawing_tables_and_network_name_the_same_actors(reader: Client, story: str) -> None:
    day = shipped()[story].horizon
    page = page_at(reader, f"/verhalen/{story}?dag={day}")
    listed = {row.attributes["data-id"] for row in page.one(data_part="list").all("a", cls="actor")}
    root = ElementTree.fromstring(reader.get(f"/verhalen/{story}/netwerk.graphml").content)  # noqa: S314
    nodes = {node.get("id", "") for node in root.iter(f"{GRAPHML}node")}
    rows = {row["code"] for row in table(reader, f"/verhalen/{story}/betrokkenen.csv")}
    assert rows == nodes
    assert {thing for thing in listed if not thing.startswith("nobody:")} <= nodes
    drawing = reader.get(f"/verhalen/{story}/toneel.svg?dag={day}").content.decode()
    drawn = set(re.findall(r'data-id="([^"]+)"', drawing))
    gaps = {finding.key for finding in reading_of(shipped()[story]).findings}
    assert {thing for thing in drawn - gaps if not thing.startswith(("fold:", "nobody:"))} <= nodes


@pytest.mark.parametrize("story", STORIES)
def test_the_network_has_a_ground_and_a_day_on_every_edge_and_no_loose_end(reader: Client, story: str) -> None:
    root = ElementTree.fromstring(reader.get(f"/verhalen/{story}/netwerk.graphml").content)  # noqa: S314
    declared = {key.get("id") for key in root.iter(f"{GRAPHML}key")}
    nodes = [node.get("id") for node in root.iter(f"{GRAPHML}node")]
    assert len(nodes) == len(set(nodes))
    edges = list(root.iter(f"{GRAPHML}edge"))
    kinds: dict[str, int] = {}
    for edge in edges:
        data = {row.get("key"): row.text for row in edge}
        assert set(data) <= declared
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
        assert int(data["edge_day"] or "") >= 0
        kinds[data["edge_relation"] or ""] = kinds.get(data["edge_relation"] or "", 0) + 1
    findings = reading_of(shipped()[story]).findings
    assert kinds["gap"] == len(findings)
    assert kinds["channel"] == len(table(reader, f"/verhalen/{story}/kanalen.csv"))
    ids = [edge.get("id") for edge in edges]
    assert len(ids) == len(set(ids))


def test_channels_on_paper_say_so_in_the_table(reader: Client) -> None:
    rows = [row for story in STORIES for row in table(reader, f"/verhalen/{story}/kanalen.csv")]
    assert {row["werkt"] for row in rows} <= {"werkt", "alleen op papier"}
    assert all(row["grondslag"] and row["sinds dag"].isdigit() for row in rows)


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@x", "\tx", "\r=x"])
def test_no_cell_is_a_formula(risky: str) -> None:
    row = next(csv.reader(io.StringIO(table_csv([], [[risky]]).splitlines()[1] if "\r" not in risky else "'x")))
    assert row[0].startswith("'")


@pytest.mark.parametrize("story", STORIES)
def test_the_story_as_json_goes_in_again_and_comes_out_the_same(reader: Client, story: str) -> None:
    content = reader.get(f"/verhalen/{story}/verhaal.json").content
    again = load_story(content)
    assert again == shipped()[story]
    assert story_json(again).encode() == content


def test_paper_of_another_version_is_told_apart(reader: Client) -> None:
    code = "/verhalen/wilg?scene=2&stap=1&versie="
    assert "andere versie" in page_at(reader, f"{code}0123456789abcdef").text
    mine = paper_of("wilg").scenes[1].address.removeprefix(SITE)
    assert "versie=" in mine
    assert "andere versie" not in page_at(reader, mine).text


def test_a_document_that_takes_long_says_that_it_is_being_made_and_comes_later(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = threading.Event()
    press = Press(patience=0)
    monkeypatch.setattr(serving, "PRESS", press)
    original = views.orders.one_scene

    def slow(*args: object, **options: object) -> views.orders.Order:
        order = original(*args, **options)  # type: ignore[arg-type]
        return views.orders.Order(order.key, lambda: order.make() if may_go.wait(20) else b"")

    monkeypatch.setattr(views.orders, "one_scene", slow)
    page = page_at(reader, "/verhalen/wilg/scene.pdf?scene=2", status=202)
    assert page.one("h1").text == "Uw document wordt gemaakt"
    assert page.one("a", cls="button", href="/verhalen/wilg/scene.pdf?scene=2")
    may_go.set()
    press._patience = 20
    answer = reader.get("/verhalen/wilg/scene.pdf?scene=2")
    assert answer.status_code == 200
    assert len(opened(answer.content).pages) >= 2


def test_a_document_that_cannot_be_made_gives_a_sentence_and_is_tried_again(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PRESS", Press())

    def broken(*_: object, **__: object) -> bytes:
        raise StateError("paper_not_made", nl="Wij konden dit document niet maken.", en="We could not.")

    with monkeypatch.context() as patch:
        patch.setattr("schakelbord.reports.orders.story_pdf", broken)
        answer = reader.get("/verhalen/wilg/scene.pdf?scene=2")
        assert answer.status_code >= 400
        assert "Wij konden dit document niet maken." in answer.content.decode()
    assert reader.get("/verhalen/wilg/scene.pdf?scene=2").status_code == 200


def test_a_document_is_made_once_and_forgotten_when_others_came() -> None:
    press, made = Press(kept=2), []

    def make(name: str) -> bytes:
        made.append(name)
        return name.encode()

    for name in ("a", "a", "b", "a", "c", "b"):
        assert press.get(name, lambda name=name: make(name)) == name.encode()  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]
