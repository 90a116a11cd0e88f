"""The state of a story's page in its address: what goes in comes out, and nonsense becomes the nearest good state."""

from __future__ import annotations

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from schakelbord.engine.story import Story
from schakelbord.stories.address import Address, Choices, read_address, settle
from schakelbord.stories.library import shipped
from schakelbord.stories.timeline import last_day_of, steps_of

STORIES = tuple(shipped().values())


@st.composite
def addresses(draw: st.DrawFn) -> tuple[Story, Address]:
    """Any good state of any shipped story."""
    story = draw(st.sampled_from(STORIES))
    steps = steps_of(story)
    step = draw(st.sampled_from(steps))
    day = draw(st.integers(step.day, last_day_of(steps, step, story.horizon)))
    words = st.text("abcdefghij:_@", min_size=1, max_size=12)
    repairs = draw(st.lists(words, max_size=4, unique=True))
    gap, card = draw(st.none() | words), draw(st.none() | words)
    return story, Address(story.id, step, day, gap, tuple(repairs), card, drawing=draw(st.booleans()))


@given(addresses())
def test_every_state_survives_the_way_through_its_address(case: tuple[Story, Address]) -> None:
    story, address = case
    assert read_address(QueryDict(address.query()), story) == (address, [])


@given(
    st.sampled_from(STORIES),
    st.dictionaries(
        st.sampled_from(["scene", "stap", "dag", "hiaat", "reparatie", "kaart", "beeld"]), st.text(max_size=30)
    ),
)
def test_whatever_is_typed_gives_a_state_that_exists(story: Story, typed: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(typed)
    address, _ = read_address(query, story)
    assert address.step in steps_of(story)
    assert 0 <= address.day <= story.horizon


def wilg() -> Story:
    """The story that the examples below are about."""
    return shipped()["wilg"]


def read(query: str) -> tuple[Address, list[str]]:
    """The state of a query on the story of Wilg."""
    return read_address(QueryDict(query), wilg())


def test_a_scene_may_be_named_by_number_or_by_id() -> None:
    assert read("scene=3")[0] == read("scene=verhuizing")[0]


def test_a_day_alone_finds_the_step_that_was_told_last() -> None:
    address, notes = read("dag=40")
    assert (address.step.scene, address.step.beat, address.day, notes) == (2, 2, 40, [])


def test_a_day_before_the_first_step_is_a_day_on_which_nothing_is_told() -> None:
    assert read("dag=0")[0].day == 0


def test_a_day_of_another_scene_wins_from_the_scene_and_says_so() -> None:
    address, notes = read("scene=1&dag=100")
    assert (address.step.scene, address.day) == (3, 100)
    assert len(notes) == 1
    assert "100" in notes[0]


def test_each_unusable_value_gets_one_sentence_that_repeats_it_shortened() -> None:
    _, notes = read("scene=99&stap=-4&dag=" + "9" * 300)
    assert len(notes) == 3
    assert all(len(note) < 200 for note in notes)
    assert "99" in notes[0]


def test_a_day_outside_the_story_becomes_its_nearest_end() -> None:
    assert read("dag=5000")[0].day == wilg().horizon
    assert read("dag=-3")[0].day == 0


def test_unknown_gaps_cards_and_repairs_are_left_out_with_a_sentence_each() -> None:
    address, _ = read("hiaat=x&kaart=y&reparatie=a&reparatie=b,c")
    settled, notes = settle(address, Choices(gaps={"k"}, repairs={"b"}, cards={"school@a"}))
    assert (settled.gap, settled.card, settled.repairs) == (None, None, ("b",))
    assert len(notes) == 4


def test_twenty_repairs_are_too_many_to_try_at_once() -> None:
    keys = [f"r{number}" for number in range(20)]
    address, _ = read("&".join(f"reparatie={key}" for key in keys))
    settled, notes = settle(address, Choices(gaps=(), repairs=set(keys), cards=()))
    assert len(settled.repairs) == 12
    assert len(notes) == 1
