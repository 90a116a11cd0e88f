"""The published JSON Schemas: equal to what the code makes, right in themselves, and strict about what people write."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml

from schakelbord.engine import load_catalogue, shipped_stories, story_path
from schakelbord.engine.catalogue_files import FILES
from schakelbord.engine.schemas import schemas_of
from schakelbord.engine.shipped import CATALOGUE, DATA
from story_text import SMALL

SCHEMAS = DATA / "schemas"


class _Words(yaml.SafeLoader):
    """Reads dates as text, like an editor and like Schakelbord itself."""


_Words.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def content_of(text: str) -> Any:
    """YAML as JSON values."""
    return yaml.load(text, Loader=_Words)  # noqa: S506 - a safe loader


def schema_for(name: str) -> jsonschema.Draft202012Validator:
    """The shipped schema of a kind of file."""
    return jsonschema.Draft202012Validator(schema_text(name))


def schema_text(name: str) -> Any:
    """The shipped schema of a kind of file, as JSON values."""
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_the_shipped_schemas_are_what_the_code_makes() -> None:
    made = schemas_of(load_catalogue())
    shipped = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.iterdir()}
    assert shipped == made, "run scripts/make-data.py"


@pytest.mark.parametrize("name", [*FILES, "story"])
def test_a_schema_is_a_right_schema_itself(name: str) -> None:
    validator = schema_for(name)
    jsonschema.Draft202012Validator.check_schema(validator.schema)
    assert schema_text(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", list(FILES))
def test_the_shipped_catalogue_fits_its_schema(name: str) -> None:
    content = content_of((CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in schema_for(name).iter_errors(content)] == []


@pytest.mark.parametrize("story", shipped_stories())
def test_the_shipped_stories_fit_the_schema(story: str) -> None:
    content = content_of(story_path(story).read_text(encoding="utf-8"))
    assert [error.message for error in schema_for("story").iter_errors(content)] == []


@pytest.mark.parametrize(
    "path", [*CATALOGUE.glob("*.yaml"), *map(story_path, shipped_stories())], ids=lambda path: path.name
)
def test_every_shipped_file_tells_an_editor_which_schema_it_has(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (path.parent / found[1]).resolve().parent == SCHEMAS.resolve()
    assert (path.parent / found[1]).is_file()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("signal: verzuim", "signal: verzuin"),
        ("organisation: school", "organisation: scool"),
        ("pattern: zorgwekkend_verzuim", "pattern: verzuim"),
        ("fictional: true", "fictional: false"),
        ("age: 11", "age: -1"),
        ("age: 11", "age: eleven"),
        ("pattern: dots", "pattern: stars"),
        ("horizon: 100", "horizon: 100\nend: 3"),
        ("day: 9", "date: 9"),
        ("id: begin", "id: Het begin"),
    ],
)
def test_an_editor_marks_the_mistakes_that_a_schema_can_know(old: str, new: str) -> None:
    assert list(schema_for("story").iter_errors(content_of(SMALL))) == []
    assert list(schema_for("story").iter_errors(content_of(SMALL.replace(old, new))))


def test_members_and_escalation_may_be_an_id_or_more() -> None:
    body = copy.deepcopy(content_of((CATALOGUE / "bodies.yaml").read_text(encoding="utf-8"))[0])
    body["members"] = ["school", {"organisation": "jgz", "works": "paper"}]
    body["escalates_to"] = ["college", {"body": "college", "delay": {"days": 3}}]
    assert list(schema_for("bodies").iter_errors([body])) == []
    body["members"] = ["scool"]
    assert list(schema_for("bodies").iter_errors([body]))


def test_every_field_says_what_it_means_in_both_languages() -> None:
    for name in [*FILES, "story"]:
        for struct in schema_text(name)["$defs"].values():
            for field in struct.get("properties", {}).values():
                dutch, _, english = field["description"].partition(" / ")
                assert dutch.endswith(".")
                assert english.endswith(".")


def test_a_catalogue_of_ones_own_offers_its_own_ids() -> None:
    mine = msgspec.structs.replace(load_catalogue(), patterns=load_catalogue().patterns[:1])
    story = json.loads(schemas_of(mine)["story.schema.json"])
    assert story["$defs"]["pattern_id"]["enum"] == [mine.patterns[0].id]
