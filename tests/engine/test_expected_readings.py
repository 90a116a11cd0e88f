"""The four stories on the catalogue of the design: every need as another, slow implementation found it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schakelbord.engine import load_catalogue, load_story
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.causes import causes_of_need, causes_of_signal
from schakelbord.engine.compile import compile_story
from schakelbord.engine.counterfactuals import Counterfactuals
from schakelbord.engine.findings import drafts_of, is_unseen, missing_signals, types_with_a_piece
from schakelbord.engine.need_days import StoryNeed
from schakelbord.engine.obstacles import names_of

DATA = Path(__file__).parents[1] / "data" / "stories_expected"
EXPECTED: list[dict[str, Any]] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
NEEDS = [(row["story"], number) for row in EXPECTED for number in range(len(row["needs"]))]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@pytest.fixture(scope="module")
def needs(catalogue: Catalogue) -> dict[tuple[str, int], StoryNeed]:
    found = {}
    for row in EXPECTED:
        story = load_story(DATA / "catalogue" / "stories" / f"{row['story']}.yaml", catalogue)
        facts = Counterfactuals(compile_story(story, catalogue))
        for number, deadline in enumerate(story.deadlines):
            found[row["story"], number] = StoryNeed(deadline, catalogue.pattern[deadline.pattern], facts)
    return found


def sets_of(masks: tuple[int, ...]) -> list[list[str]]:
    return sorted(list(names_of(mask)) for mask in masks)


def wanted(story: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in EXPECTED if row["story"] == story)["needs"][number]
    return found


@pytest.mark.parametrize(("story", "number"), NEEDS)
def test_a_need_has_the_mandate_day_and_causes_that_were_found_by_hand(
    needs: dict[tuple[str, int], StoryNeed], story: str, number: int
) -> None:
    need, want = needs[story, number], wanted(story, number)
    assert (need.pattern.id, need.deadline.about, need.deadline.by) == (want["pattern"], want["about"], want["by"])
    assert list(need.mandate()) == want["mandate"]
    assert need.met_on() == want["met_on"]
    assert need.met_in_time() == want["in_time"]
    if not want["in_time"]:
        assert sets_of(causes_of_need(need)) == sorted(want["causes"])
        assert need.holder() == want["holder"]
        assert types_with_a_piece(need) == want["types_with_a_piece"]
        assert sorted({draft.kind for draft in drafts_of(need)}) == want["kinds"]


@pytest.mark.parametrize(("story", "number"), [pair for pair in NEEDS if wanted(*pair).get("holder")])
def test_every_missing_signal_has_exactly_its_smallest_sets_of_causes(
    needs: dict[tuple[str, int], StoryNeed], story: str, number: int
) -> None:
    need, want = needs[story, number], wanted(story, number)
    holder = need.holder()
    assert holder is not None
    assert sorted(need.has(holder)) == sorted(want["has"])
    found = {
        signal: "unseen" if is_unseen(need, signal) else sets_of(causes_of_signal(need, holder, signal))
        for signal in missing_signals(need, holder)
    }
    assert found == {
        signal: causes if causes == "unseen" else sorted(causes) for signal, causes in want["missing"].items()
    }
