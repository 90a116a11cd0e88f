"""The shipped catalogue and stories, as a program gets them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import yaml

from schakelbord.engine import load_catalogue, load_story, shipped_stories, story_path
from schakelbord.engine.catalogue import Catalogue, Delay, Escalation, Member
from schakelbord.engine.catalogue_files import load_catalogue_from
from schakelbord.engine.compact import compact_of, read_compact
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.shipped import CATALOGUE, COMPACT
from schakelbord.engine.story import Story
from schakelbord.errors import InputError

DESIGN = Path(__file__).parents[1] / "data" / "stories_expected" / "catalogue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue, to change."""
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a catalogue file."""
    file = folder / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_catalogue_is_at_least_as_rich_as_promised() -> None:
    found = load_catalogue()
    counts = [
        len(getattr(found, name)) for name in ("organisations", "bodies", "channels", "signals", "patterns", "themes")
    ]
    promised = [60, 41, 139, 68, 13, 10]
    assert all(count >= least for count, least in zip(counts, promised, strict=True))


def test_the_four_stories_are_shipped_and_load() -> None:
    assert {"berk", "beuk", "iep", "wilg"} <= set(shipped_stories())
    found = load_catalogue()
    assert [load_story(story_path(story), found).id for story in shipped_stories()] == list(shipped_stories())


def test_a_story_that_is_not_shipped_says_which_are() -> None:
    with pytest.raises(InputError) as caught:
        story_path("../../../etc/passwd")
    assert "wilg" in caught.value.nl


@pytest.mark.parametrize("story", ["berk", "beuk", "iep", "wilg"])
def test_a_story_says_the_same_as_a_plain_yaml_reader(story: str) -> None:
    plain = yaml.safe_load((DESIGN / "stories" / f"{story}.yaml").read_text(encoding="utf-8"))
    assert load_story(DESIGN / "stories" / f"{story}.yaml") == msgspec.convert(plain, Story)


def test_a_catalogue_says_the_same_as_a_plain_yaml_reader() -> None:
    read = load_catalogue(DESIGN)
    plain = yaml.safe_load((DESIGN / "channels.yaml").read_text(encoding="utf-8"))
    assert msgspec.to_builtins([row.id for row in read.channels]) == [row["id"] for row in plain]
    for row, written in zip(read.channels, plain, strict=True):
        assert row == msgspec.convert(written, type(row))


def test_plain_ids_become_members_and_escalations_on_paper(folder: Path) -> None:
    change(
        folder,
        "bodies",
        "escalates_to: [{body: thuiszitterstafel, works: paper, delay: {days: 28, fictitious: true}}]",
        "escalates_to: [thuiszitterstafel, {body: college}]",
    )
    body = load_catalogue(folder).body["verzuimoverleg_school"]
    assert body.members[0] == Member(organisation="school", works="practice")
    assert body.escalates_to == (
        Escalation(body="thuiszitterstafel", works="paper", delay=Delay(days=7)),
        Escalation(body="college", works="practice", delay=Delay(days=7)),
    )


def test_the_digest_changes_with_what_is_said_and_not_with_how(folder: Path) -> None:
    first = load_catalogue(folder).digest
    assert first.startswith("sha256:")
    assert len(first) == 71
    file = folder / "themes.yaml"
    rows = file.read_text(encoding="utf-8").split("- id: ")
    file.write_text("# other comment\r\n- id: " + "- id: ".join(reversed(rows[1:])), encoding="utf-8")
    assert load_catalogue(folder).digest == first
    change(folder, "themes", "Uitbuiting in huis", "Uitbuiting thuis")
    assert load_catalogue(folder).digest != first


def test_the_compact_catalogue_is_the_yaml_once_more() -> None:
    assert COMPACT.read_bytes() == compact_of(load_catalogue_from(CATALOGUE), CATALOGUE), "run scripts/make-data.py"
    assert read_compact(COMPACT, CATALOGUE) == load_catalogue_from(CATALOGUE)


def test_the_compact_catalogue_is_not_used_after_an_edit_of_the_yaml(folder: Path) -> None:
    assert read_compact(COMPACT, folder) == load_catalogue()
    change(folder, "signals", "Moved house", "Moved home")
    assert read_compact(COMPACT, folder) is None


@pytest.mark.parametrize("content", [b"", b"{}", b'{"made_from": 3}', b"\xff"])
def test_a_damaged_compact_catalogue_is_not_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "catalogue.json").write_bytes(content)
    assert read_compact(tmp_path / "catalogue.json", CATALOGUE) is None


def test_a_catalogue_without_themes_is_a_catalogue(folder: Path) -> None:
    (folder / "themes.yaml").unlink()
    assert load_catalogue(folder).themes == ()


def test_a_catalogue_without_channels_is_not(folder: Path) -> None:
    (folder / "channels.yaml").unlink()
    with pytest.raises(ProblemsError) as caught:
        load_catalogue(folder)
    assert [(found.code, found.spot.file) for found in caught.value.problems] == [("no_such_file", "channels.yaml")]


def test_rows_are_found_by_id() -> None:
    found: Catalogue = load_catalogue()
    assert found.organisation["veilig_thuis"].queue is not None
    assert found.channel["meldcode_school_vt"].to == "veilig_thuis"


def test_importing_the_engine_loads_neither_yaml_nor_numbers() -> None:
    script = (
        "import sys, schakelbord.engine as engine\n"
        "engine.load_catalogue()\n"
        "print([name for name in ('yaml', 'numpy', 'numba', 'django') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
