"""A table says what the engine computes with: also where a row leaves out what is default."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from django.test import Client

from schakelbord.engine import load_catalogue
from schakelbord.errors import InputError
from schakelbord.system_model.columns import SECTIONS, column_of, columns_of, in_form, read, shown, value_at
from schakelbord.system_model.content import check, content_of
from schakelbord.system_model.models import Edit
from schakelbord.system_model.pages import Asked, table_of
from schakelbord.system_model.selectors import content_now
from schakelbord.system_model.services import Change, edit
from system_model.people import CHANNEL, NOW, secretary

CATALOGUE = load_catalogue()
CONTENT = content_of(CATALOGUE)


def _engine_value(row: object, path: tuple[str, ...]) -> object:
    """What the struct of the engine holds at a path, as plain values."""
    for name in path:
        row = getattr(row, "from_" if name == "from" else name) if row is not None else None
    return msgspec.json.decode(msgspec.json.encode(row)) if not isinstance(row, dt.date) else row.isoformat()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_single_cell_is_what_the_engine_holds(section: str) -> None:
    wrong = []
    for row, struct in zip(CONTENT[section], getattr(CATALOGUE, section), strict=True):
        for column in columns_of(section):
            if column.kind == "rows":
                continue
            told, held = value_at(row, column), _engine_value(struct, column.path)
            if told != held and not (told == [] and held is None):
                wrong.append((row["id"], column.name, told, held))
    assert wrong == []


@pytest.mark.parametrize(
    ("section", "name", "code"),
    [
        ("channels", "works", "paper"),
        ("channels", "works", "practice"),
        ("channels", "kind", "feedback"),
        ("channels", "kind", "report"),
        ("channels", "ground.status", "bill"),
        ("channels", "ground.duty", "must"),
        ("signals", "sensitive", "criminal"),
        ("bodies", "works", "paper"),
    ],
)
def test_a_filter_finds_exactly_the_rows_of_which_it_is_true(section: str, name: str, code: str) -> None:
    table = table_of(CONTENT, check(CONTENT), section, Asked(filters=((name, code),)), "nl")
    true = [row for row in getattr(CATALOGUE, section) if _engine_value(row, tuple(name.split("."))) == code]
    assert table.found == len(true)


def test_a_channel_without_a_ground_says_nothing_about_a_duty() -> None:
    without = next(row for row in CATALOGUE.channels if row.ground is None)
    table = table_of(CONTENT, check(CONTENT), "channels", Asked(words=without.id), "nl")
    cells = dict(next(row for row in table.rows if row.id == without.id).cells)
    assert (cells["grondslag: plicht"], cells["grondslag: nagekeken"]) == ("", "")


def test_a_channel_that_is_done_is_not_called_paper(reader: Client, db: None) -> None:
    page = reader.get(f"/stelsel/channels?zoek={CHANNEL}").content.decode()
    assert "in de praktijk" in page.partition("<tbody")[2]
    assert "alleen op papier" not in page.partition("<tbody")[2]


def test_writing_what_is_default_anyway_changes_nothing(db: None) -> None:
    assert edit(secretary(), "channels", [Change(CHANNEL, "works", "practice", None)], now=NOW) == 0
    assert not Edit.objects.exists()


def test_a_form_that_was_saved_without_a_change_writes_nothing(as_role: Callable[[str], Client]) -> None:
    client = as_role("secretary")
    for section, row in (("channels", CHANNEL), ("bodies", "zorgadviesteam"), ("organisations", "school")):
        before = content_now()[section]
        found = next(one for one in before if one["id"] == row)
        groups = client.get(f"/stelsel/{section}/regel/{row}").context["groups"]
        page = [field for group in groups for _label, field in group.fields]
        sent = {field.column.name: field.value for field in page}
        sent |= {f"was.{name}": value for name, value in sent.items()}
        assert client.post(f"/stelsel/{section}/regel/{row}", sent).status_code == 302
        assert next(one for one in content_now()[section] if one["id"] == row) == found
    assert not Edit.objects.exists()


@pytest.mark.parametrize("section", SECTIONS)
def test_what_a_form_or_a_cell_shows_is_read_as_the_same_value(section: str) -> None:
    for row in content_of(load_catalogue())[section]:
        for column in columns_of(section):
            value = value_at(row, column)
            for show in (in_form, shown):
                assert (read(show(value, column), column) or column.default) == (value or column.default)


def test_a_member_is_a_line_of_the_form() -> None:
    members = column_of("bodies", "members")
    found = read('school\n\n{"organisation": "jgz", "works": "paper"}', members)
    assert found == [{"organisation": "school"}, {"organisation": "jgz", "works": "paper"}]
    assert in_form(found, members) == 'school\n{"organisation": "jgz", "works": "paper"}'
    for wrong in ("Een school", '{"organisation"', '"school"'):
        with pytest.raises(InputError, match="line of its own"):
            read(wrong, members)


def test_emptying_a_list_that_must_be_there_leaves_an_empty_list(db: None) -> None:
    edit(secretary(), "channels", [Change(CHANNEL, "carries", None)], now=NOW)
    found = next(row for row in content_now()["channels"] if row["id"] == CHANNEL)
    assert found["carries"] == []
    assert check(content_now()).errors == 0
