"""A story's networks against the low level of the engine, which knows nothing of stories."""

from __future__ import annotations

import msgspec
import pytest

from schakelbord.engine import load_catalogue, load_story, shipped_stories, story_path
from schakelbord.engine.case import Case
from schakelbord.engine.compile import compile_story
from schakelbord.engine.counterfactuals import DollCounterfactuals
from schakelbord.engine.paths import Paths
from schakelbord.engine.reach import reach
from schakelbord.engine.story_case import case_of

SOME_SUBSETS = (0, 1, 2, 4, 8, 16, 32, 10, 21, 42, 63)


@pytest.fixture(scope="module")
def networks() -> dict[tuple[str, str], DollCounterfactuals]:
    catalogue = load_catalogue()
    return {
        (name, doll): DollCounterfactuals(network)
        for name in shipped_stories()
        for doll, network in compile_story(load_story(story_path(name), catalogue), catalogue).networks.items()
        if network.signals
    }


@pytest.mark.parametrize("dropped", SOME_SUBSETS)
def test_who_knows_what_when_is_what_the_low_level_says(
    networks: dict[tuple[str, str], DollCounterfactuals], dropped: int
) -> None:
    for facts in networks.values():
        held = dict(reach(case_of(facts.network, dropped)).held)
        found = {
            (instance, signal): day
            for signal in facts.network.signals
            for instance, day in facts.holders(signal, dropped).items()
        }
        assert found == held


@pytest.mark.parametrize("dropped", [0, 2, 16, 24, 63])
def test_every_way_can_be_replayed_hop_by_hop(
    networks: dict[tuple[str, str], DollCounterfactuals], dropped: int
) -> None:
    for facts in networks.values():
        case = case_of(facts.network, dropped)
        for signal in facts.network.signals:
            ways = facts.ways(signal, dropped)
            for instance, day in ways.held.items():
                assert follow(case, signal, [msgspec.to_builtins(hop) for hop in ways.hops(instance)]) == (
                    instance,
                    day,
                )


def follow(case: Case, signal: str, hops: list[dict[str, object]]) -> tuple[str, int]:
    """Where the piece ends and since when, straight from the definition."""
    first = hops[0]
    assert any(
        (row.signal, row.organisation, row.day) == (signal, first["to"], first["day"]) for row in case.observations
    )
    where, since = str(first["to"]), first["day"]
    assert isinstance(since, int)
    for hop in hops[1:]:
        day = hop["day"]
        assert isinstance(day, int)
        assert hop["from_"] == where
        assert since < day
        assert any(carries(case, signal, hop, since, day)), hop
        where, since = str(hop["to"]), day
    return where, since


def carries(case: Case, signal: str, hop: dict[str, object], since: int, day: int):  # type: ignore[no-untyped-def]
    """Whether some link of the case with this name takes the piece on exactly this day."""
    for channel in case.channels:
        sent = max(since, channel.from_day)
        yield (
            channel.id.partition("#")[0] == hop["by"]
            and (channel.sender, channel.receiver) == (hop["from_"], hop["to"])
            and signal in channel.types
            and sent <= channel.until_day
            and sent + channel.delay == day
        )
    for body in case.bodies:
        present = {row.organisation for row in body.members if row.from_day <= day <= row.until_day}
        yield (
            body.id == hop["by"] and signal in body.types and day in body.days and {hop["from_"], hop["to"]} <= present
        )


def test_ways_have_as_few_hops_as_the_paths_of_the_low_level(
    networks: dict[tuple[str, str], DollCounterfactuals],
) -> None:
    for facts in networks.values():
        case = case_of(facts.network)
        held = reach(case).held
        witnesses = Paths(case, held)
        for instance, signal in held:
            hops, witness = facts.ways(signal).hops(instance), witnesses.path(instance, signal)
            assert [(hop.from_, hop.to, hop.day) for hop in hops][-1][2] == witness[-1].day
            assert len(hops) == len(witness)
