"""Every way to compute reach gives what the definition says, and what it gives behaves as knowledge does."""

from __future__ import annotations

from typing import Any

from engine_cases import cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakelbord.engine.arrays import arrays_of
from schakelbord.engine.case_parse import parse_case
from schakelbord.engine.plan import plan_of
from schakelbord.engine.reach import reach
from schakelbord.engine.reach_arrays import days_by_kernel, days_by_numpy, held_in
from schakelbord.engine.reference import held_by_definition

many = settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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


@some
@given(cases(most_signals=3), st.integers(65, 200))
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
    for block_words in (1, 2, 8):
        assert held_in(arrays, days_by_kernel(plan_of(arrays), block_words)) == expected
    assert held_in(arrays, days_by_numpy(plan_of(arrays))) == expected
