"""Two texts with one origin become one when they changed other words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schakelbord.editor.merging import merged_set, merged_text

WORDS = st.lists(st.sampled_from(["de", "mentor", "belt", "Wilg", ",", "."]), max_size=8).map(" ".join)


def test_changes_of_other_words_become_one_text() -> None:
    base = "De mentor twijfelt en belt niemand."
    mine = "De mentor van Wilg twijfelt en belt niemand."
    theirs = "De mentor twijfelt en belt Leerplicht."
    assert merged_text(base, mine, theirs) == "De mentor van Wilg twijfelt en belt Leerplicht."


def test_changes_of_the_same_word_are_not_merged() -> None:
    assert merged_text("De mentor belt.", "De leraar belt.", "De arts belt.") is None


def test_two_words_at_the_same_spot_are_not_merged() -> None:
    assert merged_text("Wilg komt.", "Wilg komt laat.", "Wilg komt vroeg.") is None


def test_the_same_change_twice_is_one_change() -> None:
    assert merged_text("Wilg komt.", "Wilg komt laat.", "Wilg komt laat.") == "Wilg komt laat."


@given(base=WORDS, mine=WORDS)
def test_whoever_is_alone_gets_exactly_what_they_wrote(base: str, mine: str) -> None:
    assert merged_text(base, mine, base) == mine
    assert merged_text(base, base, mine) == mine


@given(left=WORDS, middle=WORDS.filter(bool), right=WORDS)
def test_a_change_in_front_and_one_behind_are_both_there(left: str, middle: str, right: str) -> None:
    base = f"begin {middle} einde"
    found = merged_text(base, f"voor{left} {middle} einde", f"begin {middle} achter{right}")
    assert found is None or found == f"voor{left} {middle} achter{right}"


def test_members_added_and_taken_out_by_two_people_are_all_counted() -> None:
    assert merged_set(["a", "b"], ["a", "b", "c"], ["b", "d"]) == ["b", "d", "c"]
