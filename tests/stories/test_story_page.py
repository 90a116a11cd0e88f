"""The page of a story: stage and list of one state, steps, gaps, what if, files."""

from __future__ import annotations

import csv
import inspect
import io
import json
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from schakelbord.engine import load_story
from schakelbord.engine.reading import Finding
from schakelbord.engine.story import Story
from schakelbord.stories import views
from schakelbord.stories.library import reading_of, shipped
from schakelbord.stories.timeline import Step, steps_of
from stories.markup import Element, page_at

pytestmark = pytest.mark.django_db
STORIES = tuple(shipped())
EVERY_STEP = [(story.id, step) for story in shipped().values() for step in steps_of(story)]


def address(story: str, step: Step, more: str = "") -> str:
    """The address of a step."""
    return f"/verhalen/{story}?scene={step.scene + 1}&stap={step.beat + 1}{more}"


def last_day(story: Story) -> str:
    """The address of the last day of a story."""
    return f"/verhalen/{story.id}?dag={story.horizon}"


def ids(part: Element) -> set[str]:
    """The ids that a part of the page shows."""
    return {element.attributes["data-id"] for element in part.all() if "data-id" in element.attributes}


def test_list_and_drawing_show_the_same_at_every_step_of_every_story(reader: Client) -> None:
    for story, step in EVERY_STEP:
        page = page_at(reader, address(story, step))
        drawn = ids(page.one(cls="stage-box"))
        listed = ids(page.one(data_part="list")) | ids(page.one(data_part="gaps"))
        assert drawn, f"{story} {step}: an empty stage"
        assert drawn <= listed, f"{story} {step}: only drawn: {drawn - listed}"


@pytest.mark.parametrize("story", STORIES)
def test_the_page_reads_well_from_top_to_bottom(reader: Client, story: str) -> None:
    page = page_at(reader, last_day(shipped()[story]))
    levels = [int(element.tag[1]) for element in page.all() if element.tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    named = [element.attributes["id"] for element in page.all() if element.attributes.get("id")]
    assert len(named) == len(set(named)), "an id stands twice on the page"


def test_next_walks_through_the_whole_story_and_previous_walks_back(reader: Client) -> None:
    story = shipped()["wilg"]
    here, seen = "/verhalen/wilg", []
    while here:
        page = page_at(reader, here)
        seen.append(page.one("h1").text)
        following = page.all(data_step="after", rel="next")
        here = following[0].attributes["href"] if following else ""
    assert len(seen) == len(steps_of(story))
    back = page.one(data_step="before").attributes["href"]
    assert dict(parse_qsl(urlsplit(back).query)) == {"scene": "6", "stap": "2"}


def test_each_step_keeps_the_repairs_that_are_on(reader: Client) -> None:
    key = first_repair("wilg")[1]
    page = page_at(reader, f"/verhalen/wilg?scene=2&reparatie={key}")
    for name in ("before", "after"):
        assert ("reparatie", key) in parse_qsl(urlsplit(page.one(data_step=name).attributes["href"]).query)


@pytest.mark.parametrize(
    "query",
    [
        "scene=0",
        "scene=drie&stap=x",
        "stap=99",
        "dag=-1",
        "dag=1e9",
        "dag=٣",
        "hiaat=<script>",
        "kaart=niemand@nergens",
        "reparatie=alles",
        "scene=1&dag=240",
        "scene=%00&dag=%0a",
        "kaart=" + "x" * 5000,
    ],
)
def test_a_bad_parameter_gets_a_sentence_and_the_nearest_good_state(reader: Client, query: str) -> None:
    page = page_at(reader, f"/verhalen/wilg?{query}")
    assert page.one(data_part="notes").all("p")
    assert page.one("h1").text
    assert not page.all("script", src="")


def test_a_good_address_gets_no_sentence(reader: Client) -> None:
    assert not page_at(reader, "/verhalen/wilg?scene=3&stap=2&dag=30").one(data_part="notes").all("p")


def test_the_words_are_dutch_and_in_english_english(reader: Client, english_reader: Client) -> None:
    dutch, english = (page_at(client, "/verhalen/wilg?scene=3") for client in (reader, english_reader))
    assert dutch.one("h1").text.startswith("Scène 3 van 6: Opeens verhuisd")
    assert english.one("h1").text.startswith("Scene 3 of 6: Suddenly gone")
    assert "Hiaten tot nu toe" in dutch.text
    assert "Gaps so far" in english.text


def test_a_gap_shows_from_the_day_on_which_it_opens(reader: Client) -> None:
    finding = min(reading_of(shipped()["wilg"]).findings, key=lambda row: row.day)
    before, after = (page_at(reader, f"/verhalen/wilg?dag={day}") for day in (finding.day - 1, finding.day))
    assert finding.key not in ids(before.one(data_part="gaps"))
    assert finding.key in ids(after.one(data_part="gaps"))


def first_repair(story_id: str) -> tuple[Finding, str]:
    """A gap that can be repaired, and the value that repairs it."""
    findings = [row for row in reading_of(shipped()[story_id]).findings if row.repairs]
    assert findings, f"{story_id} has nothing to repair"
    return findings[0], ",".join(item.key for item in findings[0].repairs[0].items)


@pytest.mark.parametrize("story", STORIES)
def test_a_repair_that_is_on_mends_the_gap_and_says_on_which_day_it_is_in_time(reader: Client, story: str) -> None:
    finding, value = first_repair(story)
    page = page_at(reader, f"{last_day(shipped()[story])}&hiaat={finding.key}&reparatie={value}")
    row = page.one(data_part="gaps").one("a", data_id=finding.key)
    assert row.all(cls="mended")
    repair = finding.repairs[0]
    assert f"dag {repair.met_on}" in row.text
    assert [
        box
        for box in page.all("input", name="reparatie")
        if box.attributes["value"] == value and "checked" in box.attributes
    ]
    assert f"van {len(reading_of(shipped()[story]).findings)} hiaten" in page.one(data_part="gaps").text


def test_without_repairs_nothing_is_mended(reader: Client) -> None:
    assert not page_at(reader, last_day(shipped()["wilg"])).one(data_part="gaps").all(cls="mended")


def test_a_story_without_gaps_says_so(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = reading_of(shipped()["wilg"])
    calm = type(reading)(**{name: getattr(reading, name) for name in reading.__struct_fields__} | {"findings": ()})
    monkeypatch.setattr("schakelbord.stories.page.reading_of", lambda *_, **__: calm)
    page = page_at(reader, "/verhalen/wilg")
    assert "geen hiaten" in page.one(data_part="gaps").text
    assert not page.one(data_part="finding").all()


def test_a_page_asks_the_database_only_whether_a_story_or_a_model_is_new(
    reader: Client, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        page_at(reader, "/verhalen/wilg?scene=3")
    with django_assert_num_queries(2):
        page_at(reader, "/")


def test_nothing_runs_in_the_event_loop() -> None:
    for name in ("home", "story", "paper", "findings_file", "reading_file", "story_file"):
        assert not inspect.iscoroutinefunction(getattr(views, name)), name


def test_only_the_parts_come_when_the_player_asks(reader: Client) -> None:
    answer = reader.get("/verhalen/wilg", headers={"X-Schakelbord-Part": "story"})
    whole = reader.get("/verhalen/wilg")
    assert b"topbar" not in answer.content
    assert b"topbar" in whole.content
    assert "X-Schakelbord-Part" in whole.headers["Vary"]
    assert b'data-part="gaps"' in answer.content


def test_nothing_on_the_page_is_styled_or_scripted_inline(reader: Client) -> None:
    for where in ("/", "/verhalen/wilg?dag=100&kaart=wilg", "/verhalen/wilg/afdruk?dag=100"):
        page = page_at(reader, where)
        loose = [element.tag for element in page.all() if "style" in element.attributes]
        loose += [name for element in page.all() for name in element.attributes if name.startswith("on")]
        loose += [script.text for script in page.all("script") if "src" not in script.attributes]
        assert loose == [], where


def test_an_unknown_story_is_told_which_one_was_meant(reader: Client) -> None:
    page = page_at(reader, "/verhalen/wlig", status=404)
    assert "Bedoelde u “Wilg" in page.text
    assert "/verhalen/wilg" in {link.attributes.get("href") for link in page.all("a")}
    assert "Bedoelde u" not in page_at(reader, "/verhalen/zzzzzzzz", status=404).text


def test_the_table_of_gaps_can_be_read_by_a_spreadsheet(reader: Client) -> None:
    answer = reader.get("/verhalen/wilg/hiaten.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="wilg-hiaten.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    findings = reading_of(shipped()["wilg"]).findings
    assert [row[0] for row in rows[1:]] == [str(number) for number in sorted(finding.number for finding in findings)]
    assert {len(row) for row in rows} == {9}


@pytest.mark.parametrize("story", STORIES)
def test_the_story_as_a_file_is_the_story_that_is_told(story: str, reader: Client) -> None:
    link = page_at(reader, f"/verhalen/{story}").one("a", href=f"/verhalen/{story}/verhaal.yaml")
    answer = reader.get(link.attributes["href"])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{story}.yaml"'
    assert load_story(answer.content) == shipped()[story]


def test_the_reading_as_a_file_is_the_reading_with_its_repairs(reader: Client) -> None:
    finding, value = first_repair("wilg")
    plain = json.loads(reader.get("/verhalen/wilg/doorrekening.json").content)
    mended = json.loads(reader.get(f"/verhalen/wilg/doorrekening.json?reparatie={value}").content)
    assert finding.key in {row["key"] for row in plain["findings"]}
    assert finding.key not in {row["key"] for row in mended["findings"]}
    assert mended["repairs"] == value.split(",")


def test_the_paper_of_a_scene_holds_picture_gaps_question_and_the_line_that_all_is_invented(reader: Client) -> None:
    page = page_at(reader, "/verhalen/wilg/afdruk?scene=4&stap=4")
    assert page.one("svg", cls="stage")
    assert len(page.one("tbody").all("tr")) == sum(row.day <= 100 for row in reading_of(shipped()["wilg"]).findings)
    assert "Wie legt ze bij elkaar?" in page.one(cls="question").text
    assert "verzonnen" in page.text
