"""A reading for a preview: everything but the search for repairs."""

from __future__ import annotations

import msgspec
import pytest

from schakelbord.engine import load_catalogue, load_story, read_story
from schakelbord.engine.reading import Finding
from schakelbord.engine.remedy_search import RepairSearch
from schakelbord.engine.shipped import shipped_stories, story_path


def bare(finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, repairs=(), repair_note=None)


@pytest.mark.parametrize("name", shipped_stories())
def test_all_but_the_repairs_is_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    story, catalogue = load_story(story_path(name)), load_catalogue()
    whole = read_story(story, catalogue)
    monkeypatch.delattr(RepairSearch, "best")  # whoever searches now fails
    quick = read_story(story, catalogue, with_repairs=False)
    assert any(finding.repairs for finding in whole.findings)
    wanted = msgspec.structs.replace(whole, findings=tuple(bare(row) for row in whole.findings))
    assert quick == wanted
