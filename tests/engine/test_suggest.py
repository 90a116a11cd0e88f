"""What was probably meant by a mistyped word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schakelbord.engine.suggest import edit_distance, nearest

KNOWN = ["veilig_thuis", "school", "basisschool", "politie", "wijkteam", "wijkagent", "om", "gi", "jgz"]
WORDS = some.text(alphabet="abc_", max_size=7)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("veiligthuis", "veilig_thuis"),
        ("Veilig Thuis", "veilig_thuis"),
        ("veilig-thuis", "veilig_thuis"),
        ("thuis", "veilig_thuis"),
        ("poltiie", "politie"),
        ("scholo", "school"),
        ("wijktaem", "wijkteam"),
        ("mo", "om"),
        ("x", None),
        ("onbekend", None),
        ("", None),
        ("x" * 5_000, None),
    ],
)
def test_the_nearest_known_word_is_meant_or_none(written: str, meant: str | None) -> None:
    assert nearest(written, KNOWN) == meant


def plain_distance(left: str, right: str) -> int:
    """The same distance by its definition, slowly."""
    if not left or not right:
        return len(left) + len(right)
    choices = [
        plain_distance(left[1:], right) + 1,
        plain_distance(left, right[1:]) + 1,
        plain_distance(left[1:], right[1:]) + (left[0] != right[0]),
    ]
    if len(left) > 1 and len(right) > 1 and left[:2] == right[1::-1]:
        choices.append(plain_distance(left[2:], right[2:]) + 1)
    return min(choices)


@given(WORDS, WORDS)
def test_the_distance_is_that_of_its_definition(left: str, right: str) -> None:
    assert edit_distance(left, right, at_most=20) == plain_distance(left, right)


@given(WORDS, WORDS, some.integers(0, 5))
def test_a_limit_only_cuts_off_what_lies_above_it(left: str, right: str, most: int) -> None:
    assert edit_distance(left, right, at_most=most) == min(edit_distance(left, right, at_most=20), most + 1)
