"""`schakelbord check` and `schakelbord schemas`, as somebody types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from schakelbord.cli.main import main
from schakelbord.engine.shipped import CATALOGUE, DATA, STORIES
from story_text import SMALL

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHAKELBORD_LANG", "nl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue with stories below it."""
    shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    shutil.copytree(STORIES, tmp_path / "stories")
    return tmp_path


def test_what_is_shipped_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "6 bestanden van het stelsel" in said
    assert "4 verhalen" in said
    assert "\n0 fouten" in said or "Alles klopt" in said


def test_a_folder_with_a_catalogue_and_stories_is_checked_as_a_whole(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signals = folder / "catalogue" / "signals.yaml"
    text = signals.read_text(encoding="utf-8")
    signals.write_text(text.replace("{id: verloving_gemeld,", "{id: verloving_verteld,"), encoding="utf-8")
    assert main(["check", str(folder)]) == 2
    said = capsys.readouterr().out.splitlines()
    story = (folder / "stories" / "wilg.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, row in enumerate(story, start=1) if "verloving_gemeld" in row)
    column = story[line - 1].index("verloving_gemeld") + 1
    assert (
        f"{folder}/stories/wilg.yaml:{line}:{column}: fout: het signaal `verloving_gemeld` bestaat niet."
        in "\n".join(said)
    )
    assert any(row.startswith(f"{folder}/catalogue/patterns.yaml:") and "Bedoelde u" in row for row in said)
    assert said[-2].startswith("Nagekeken: 6 bestanden van het stelsel (")


def test_problems_come_as_json_for_other_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "els.yaml"
    story.write_text(SMALL.replace("age: 11", "age: -1"), encoding="utf-8")
    assert main(["check", str(story), "--format", "json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == [{"file": str(story), "kind": "story", "rows": 3}]
    assert (said["errors"], said["warnings"]) == (1, 0)
    assert said["problems"][0]["line"] == 10
    assert said["problems"][0]["code"] == "not_born"
    assert set(said["problems"][0]["says"]) == {"nl", "en"}


def test_english_is_spoken_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "els.yaml"
    story.write_text(SMALL.replace("signal: verzuim", "signal: verzuin"), encoding="utf-8")
    assert main(["check", str(story), "--lang", "en"]) == 2
    said = capsys.readouterr().out
    assert "error: the signal `verzuin` does not exist. Did you mean `verzuim`?" in said
    assert "Checked: 1 story (3 beats)." in said


def test_a_story_can_be_checked_against_another_catalogue(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "els.yaml"
    own.write_text(SMALL.replace("pattern: zorgwekkend_verzuim", "pattern: eigen_patroon"), encoding="utf-8")
    patterns = folder / "catalogue" / "patterns.yaml"
    patterns.write_text(
        patterns.read_text(encoding="utf-8").replace("id: zorgwekkend_verzuim", "id: eigen_patroon"), encoding="utf-8"
    )
    assert main(["check", str(own)]) == 2
    assert main(["check", str(own), "--catalogue", str(folder / "catalogue")]) == 0


def test_two_stories_with_one_id_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 2
    assert f"{tmp_path}/b.yaml:1:5: fout: het verhaal `els` staat ook in {tmp_path}/a.yaml" in capsys.readouterr().out


def test_a_name_that_does_not_exist_and_an_empty_folder_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "nowhere.yaml")]) == 2
    assert "bestaat niet" in capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 2
    assert "geen YAML-bestand" in capsys.readouterr().out


def test_an_unknown_format_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "xml"]) == 2
    assert capsys.readouterr().err == "schakelbord: --format: “xml” kan niet; kies text of json.\n"


def test_schemas_are_written_for_an_editor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemas", str(tmp_path / "schemas")]) == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "schemas").iterdir()}
    assert written == {path.name: path.read_text(encoding="utf-8") for path in (DATA / "schemas").iterdir()}
    assert "7 schema's" in capsys.readouterr().out


def test_schemas_that_cannot_be_written_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert main(["schemas", str(tmp_path / "taken")]) == 2
    assert "kies een andere map" in capsys.readouterr().err
