"""Every way to compute reach gives what the definition says, and what it gives behaves as knowledge does."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine_cases import cases
from replay import replay
from schakelbord.engine.arrays import arrays_of
from schakelbord.engine.case_parse import parse_case
from schakelbord.engine.paths import Paths
from schakelbord.engine.plan import plan_of
from schakelbord.engine.reach import reach
from schakelbord.engine.reach_arrays import days_by_kernel, days_by_numpy, held_in
from schakelbord.engine.reference import held_by_definition
from schakelbord.engine.repair import repairs

many = settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(cases())
def test_bit_sets_numpy_and_the_kernel_all_hold_what_the_definition_says(document: dict[str, Any]) -> None:
    case = parse_case(document)
    expected = held_by_definition(case)
    arrays = arrays_of(case)
    plan = plan_of(arrays)
    assert reach(case).held == expected
    assert held_in(arrays, days_by_numpy(plan)) == expected
    assert held_in(arrays, days_by_kernel(plan)) == expected


@few
@given(cases(most_signals=3), st.integers(62, 140))
def test_many_words_of_signals_are_the_same_case_many_times(document: dict[str, Any], copies: int) -> None:
    """A row of several words must not mix them: every copy of a signal travels as the original does."""
    document["signals"] += [{"id": f"k{n}", "type": document["signals"][0]["type"]} for n in range(copies)]
    document["observations"] += [
        {**seen, "signal": f"k{number}"}
        for number in range(copies)
        for seen in document["observations"]
        if seen["signal"] == document["signals"][0]["id"]
    ]
    case = parse_case(document)
    arrays = arrays_of(case)
    expected = held_by_definition(case)
    for block_words in (1, 8):
        assert held_in(arrays, days_by_kernel(plan_of(arrays), block_words)) == expected
    assert held_in(arrays, days_by_numpy(plan_of(arrays))) == expected


@some
@given(cases())
def test_every_path_can_be_replayed_hop_by_hop(document: dict[str, Any]) -> None:
    case = parse_case(document)
    answer = reach(case)
    paths = Paths(case, answer.held)
    for (organisation, signal), day in answer.held.items():
        hops = [hop.as_json() for hop in paths.path(organisation, signal)]
        assert replay(document, signal, hops) == (organisation, day)


@some
@given(cases(), st.data())
def test_one_channel_more_never_makes_anything_later(document: dict[str, Any], data: st.DataObject) -> None:
    before = reach(parse_case(document)).held
    extra = {
        "id": "extra",
        "from": data.draw(st.sampled_from(document["organisations"])),
        "to": data.draw(st.sampled_from(document["organisations"])),
        "delay": data.draw(st.integers(1, 5)),
    }
    after = reach(parse_case({**document, "channels": [*document["channels"], extra]})).held
    assert all(after[pair] <= day for pair, day in before.items())


@some
@given(cases(options=3), st.data())
def test_other_names_in_another_order_change_nothing(document: dict[str, Any], data: st.DataObject) -> None:
    """Any names: days and costs stay, and so do paths and ties when the order of the names stays as well."""
    ids = [f"{kind}{number}" for kind in "oscgnr" for number in range(8)]
    in_order = data.draw(st.booleans())
    new = [f"{n:03d}-é" for n in range(len(ids))]
    names = dict(zip(sorted(ids), new if in_order else data.draw(st.permutations(new)), strict=True))
    renamed = _renamed(document, names)
    shuffled = {k: data.draw(st.permutations(v)) if isinstance(v, list) else v for k, v in renamed.items()}
    before, after = parse_case(document), parse_case(shuffled)
    held = reach(before).held
    assert reach(after).held == {(names[o], names[s]): day for (o, s), day in held.items()}
    for one in repairs(before):
        other = next(item for item in repairs(after) if item.id == names[one.id])
        assert (one.repair is None) == (other.repair is None)
        if one.repair and other.repair:
            assert (one.repair.cost, one.repair.met_on) == (other.repair.cost, other.repair.met_on)
            assert not in_order or tuple(names[name] for name in one.repair.use) == other.repair.use
    if in_order:
        old_paths, new_paths = Paths(before, held), Paths(after, reach(after).held)
        for organisation, signal in held:
            old = [names.get(hop.by, hop.by) for hop in old_paths.path(organisation, signal)]
            assert [hop.by for hop in new_paths.path(names[organisation], names[signal])] == old


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value
