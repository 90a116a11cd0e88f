"""What holds for every story in every system world."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from schakelbord.engine.catalogue import Catalogue, OrganisationType
from schakelbord.engine.causes import causes_of_need, smallest
from schakelbord.engine.compile import compile_story
from schakelbord.engine.counterfactuals import Counterfactuals
from schakelbord.engine.need_days import StoryNeed
from schakelbord.engine.obstacles import LINK, WITHOUT_LINK
from schakelbord.engine.reach import reach
from schakelbord.engine.read import read_story
from schakelbord.engine.remedies import apply_items, item_of
from schakelbord.engine.remedy_search import MAX_ITEMS, RepairSearch
from schakelbord.engine.story import Story
from schakelbord.engine.story_case import case_of
from small_worlds import catalogues, channels, stories, text


def facts_of(story: Story, catalogue: Catalogue) -> Counterfactuals:
    return Counterfactuals(compile_story(story, catalogue))


def need_of(story: Story, catalogue: Catalogue) -> StoryNeed:
    return StoryNeed(story.deadlines[0], catalogue.patterns[0], facts_of(story, catalogue))


@settings(max_examples=150)
@given(stories(), catalogues(), st.integers(0, WITHOUT_LINK - 1))
def test_the_spread_of_a_story_is_the_reach_of_its_case(story: Story, catalogue: Catalogue, dropped: int) -> None:
    facts = facts_of(story, catalogue).about("els")
    found = {
        (instance, signal): day
        for signal in facts.network.signals
        for instance, day in facts.holders(signal, dropped).items()
    }
    assert found == dict(reach(case_of(facts.network, dropped)).held)


@settings(max_examples=150)
@given(stories(), catalogues(), st.integers(0, WITHOUT_LINK - 1), st.integers(0, WITHOUT_LINK - 1))
def test_dropping_more_obstacles_never_makes_anything_later(
    story: Story, catalogue: Catalogue, some: int, more: int
) -> None:
    facts = facts_of(story, catalogue).about("els")
    for signal in facts.network.signals:
        easier = facts.holders(signal, some | more)
        for instance, day in facts.holders(signal, some).items():
            assert easier[instance] <= day


@settings(max_examples=100)
@given(stories(), catalogues(), channels(99))
def test_adding_a_channel_never_makes_anything_later(story: Story, catalogue: Catalogue, extra: object) -> None:
    wider = replace(catalogue, channels=(*catalogue.channels, extra))
    before, after = facts_of(story, catalogue).about("els"), facts_of(story, wider).about("els")
    for signal in before.network.signals:
        now = after.holders(signal)
        for instance, day in before.holders(signal).items():
            assert now[instance] <= day


@settings(max_examples=150)
@given(stories(), catalogues())
def test_causes_are_all_the_smallest_sets_and_nothing_else(story: Story, catalogue: Catalogue) -> None:
    need = need_of(story, catalogue)
    if need.met_in_time():
        return
    enough = {mask for mask in range(WITHOUT_LINK) if need.met_in_time(mask)}
    brute = {mask for mask in enough if not any(other != mask and other & mask == other for other in enough)}
    found = set(causes_of_need(need))
    assert set(smallest(need.met_in_time)) == brute
    assert found == brute or (not brute and all(mask & LINK for mask in found))


@settings(max_examples=60)
@given(stories(), catalogues())
def test_no_smaller_or_better_repair_exists_than_the_ones_shown(story: Story, catalogue: Catalogue) -> None:
    need = need_of(story, catalogue)
    if need.met_in_time():
        return
    search = RepairSearch(need)
    keys = sorted({key for doll in search.dolls for gate in doll.gates for key in gate.keys} | mandate_keys(search))
    if len(keys) > 12:
        keys = keys[:12]
    shown = [(row.cost, row.met_on) for row in search.best()]
    for size in range(1, MAX_ITEMS + 1):
        for chosen in combinations(keys, size):
            changed, staged = apply_items(catalogue, story, chosen)
            day = StoryNeed(staged.deadlines[0], changed.patterns[0], facts_of(staged, changed)).met_on()
            if day is not None and day <= need.deadline.by:
                cost = sum(item_of(key, catalogue, story).cost for key in chosen)
                assert any(known <= cost and met <= day for known, met in shown), (chosen, cost, day, shown)


def mandate_keys(search: RepairSearch) -> set[str]:
    return {key for keys in search.mandate.values() for key in keys}


@settings(max_examples=80)
@given(stories(), catalogues())
def test_a_repair_keeps_its_promise(story: Story, catalogue: Catalogue) -> None:
    reading = read_story(story, catalogue)
    for finding in reading.findings[:1]:
        costs = [repair.cost for repair in finding.repairs]
        days = [repair.met_on for repair in finding.repairs]
        assert costs == sorted(set(costs))
        assert days == sorted(set(days), reverse=True)
        for repair in finding.repairs:
            after = read_story(story, catalogue, [item.key for item in repair.items])
            assert after.needs[0].in_time
            assert after.needs[0].met_on == repair.met_on
            assert not after.findings


@settings(max_examples=60)
@given(stories(), catalogues())
def test_a_finding_keeps_its_key_when_the_model_changes_elsewhere(story: Story, catalogue: Catalogue) -> None:
    other = OrganisationType(id="omega", name=text("Omega"), layer="uitvoering", jurisdiction="gemeente")
    wider = replace(catalogue, organisations=(other, *catalogue.organisations), channels=catalogue.channels[::-1])
    before, after = read_story(story, catalogue), read_story(story, wider)
    assert {row.key for row in before.findings} == {row.key for row in after.findings}
    assert len({row.key for row in before.findings}) == len(before.findings)


@settings(max_examples=60)
@given(stories(), catalogues())
def test_names_of_places_are_names_only(story: Story, catalogue: Catalogue) -> None:
    places = tuple(replace(place, name=text(f"Plaats {number}")) for number, place in enumerate(story.places))
    before, after = read_story(story, catalogue), read_story(replace(story, places=places), catalogue)
    assert before.timeline == after.timeline
    assert before.needs == after.needs
    assert [row.key for row in before.findings] == [row.key for row in after.findings]
