"""`gaps --format svg` and `--format html`: one file, offline, without scripts, with everything in it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from drawing.shipped import STORIES, catalogue, reading, story
from schakelbord.cli.stage_file import render
from schakelbord.engine import read_story
from schakelbord.errors import Language

SVG = "{http://www.w3.org/2000/svg}"
BOTH: list[Language] = ["nl", "en"]


def rendered(name: str, form: str, language: Language = "nl") -> str:
    """The file of a shipped story."""
    return render(reading(name), catalogue(), story(name), form, language)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", STORIES)
def test_the_svg_is_whole_and_needs_nothing_else(name: str, language: Language) -> None:
    text = rendered(name, "svg", language)
    root = ElementTree.fromstring(text)  # noqa: S314 - our own output
    assert root.get("lang") == language
    assert root.find(f"{SVG}title") is not None
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    used = {element.get("href", "")[1:] for element in root.iter(f"{SVG}use")}
    assert used <= set(ids)
    assert not re.findall(r"(?:href|src)=\"(?!#)", text)
    assert not re.search(r"url\((?!data:|#|\"#)", text)
    assert root.findall(f".//{SVG}g[@class]")


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", STORIES)
def test_the_page_tells_the_whole_story_and_every_gap(name: str, language: Language) -> None:
    text = rendered(name, "html", language)
    assert len(text.encode()) < 600_000
    assert f'<html lang="{language}">' in text
    assert "<script" not in text
    assert not re.findall(r"(?:href|src)=\"(?!#)", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
    assert text.count("<figure>") == len(story(name).scenes)
    plain = text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    for finding in reading(name).findings:
        assert finding.sentence.get(language) in plain
        for repair in finding.repairs:
            assert repair.items[0].says.get(language) in plain
        for assumption in finding.assumptions:
            assert assumption.what.get(language) in plain


def test_the_svg_shows_the_scene_in_which_most_gaps_open() -> None:
    text = rendered("wilg", "svg")
    days = [scene.beats[-1].day for scene in story("wilg").scenes]
    opened = [
        sum(scene.beats[0].day <= row.day <= scene.beats[-1].day for row in reading("wilg").findings)
        for scene in story("wilg").scenes
    ]
    most = max(range(len(days)), key=lambda at: (opened[at], at))
    assert f'data-scene="{most}"' in text


def test_a_repair_shows_the_gap_it_closes_as_mended() -> None:
    before = reading("wilg")
    item = next(row.repairs[0].items[0] for row in before.findings if row.repairs)
    after = read_story(story("wilg"), catalogue(), (item.key,))
    closed = {row.key for row in before.findings} - {row.key for row in after.findings}
    assert closed
    text = render(after, catalogue(), story("wilg"), "html", "nl")
    assert item.key in text
    assert re.search(r'class="token gap[^"]*\bmended\b', text)
