"""Changes of a draft by two people: nothing that was acknowledged is lost, in whatever order they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakelbord.editor.content import Content, DraftBeat, DraftDoll, DraftScene, Item, Words, copy_of, encode
from schakelbord.editor.operations import (
    Clash,
    Insert,
    Leaf,
    Move,
    Operation,
    Remove,
    Set,
    apply,
    before,
    digest_of,
    find,
    inverse,
    item_at,
    list_at,
)
from schakelbord.errors import InputError

SAY = "scenes/s1/beats/b1/say/nl"


def draft() -> Content:
    beats = [DraftBeat(f"b{n}", day=n, say=Words("De mentor twijfelt en belt niemand.")) for n in (1, 2, 3)]
    return Content(id="iep", dolls=[DraftDoll("d1", "iep", "Iep")], scenes=[DraftScene("s1", "een", beats=beats)])


def do(content: Content, operation: Operation, by: str = "M. Merel") -> list[Operation]:
    return apply(content, operation, by=by, key="r1")


def value(content: Content, path: str) -> object:
    return find(content, path).value


def test_a_field_is_set_and_set_back_by_the_inverse() -> None:
    content = draft()
    begun = encode(content)
    (done,) = do(content, Set("dolls/d1/age", None, 16))
    assert value(content, "dolls/d1/age") == 16
    do(content, inverse(done))
    assert encode(content) == begun


def test_different_words_of_one_text_are_merged() -> None:
    content, old = draft(), "De mentor twijfelt en belt niemand."
    do(content, Set(SAY, old, "De mentor van Iep twijfelt en belt niemand."))
    do(content, Set(SAY, old, "De mentor twijfelt en belt de arts."))
    assert value(content, SAY) == "De mentor van Iep twijfelt en belt de arts."


def test_two_texts_that_do_not_merge_are_both_kept() -> None:
    content, old = draft(), "De mentor twijfelt en belt niemand."
    do(content, Set(SAY, old, "De leraar twijfelt en belt niemand."))
    (done,) = do(content, Set(SAY, old, "De arts twijfelt en belt niemand."), by="S. Spreeuw")
    assert value(content, SAY) == "De leraar twijfelt en belt niemand."
    (remark,) = content.remarks
    assert (remark.kind, remark.path, remark.text, remark.by) == (
        "beside",
        SAY,
        "De arts twijfelt en belt niemand.",
        "S. Spreeuw",
    )
    do(content, inverse(done))
    assert not content.remarks


def test_a_number_that_somebody_else_changed_is_not_overwritten() -> None:
    content = draft()
    do(content, Set("dolls/d1/age", None, 16))
    with pytest.raises(Clash):
        do(content, Set("dolls/d1/age", None, 17))
    assert value(content, "dolls/d1/age") == 16


def test_a_step_that_somebody_changed_is_not_removed_by_who_did_not_see_that() -> None:
    content = draft()
    seen = digest_of(item_at(content, "scenes/s1/beats/b2")[1])
    do(content, Set("scenes/s1/beats/b2/day", 2, 5))
    with pytest.raises(Clash):
        do(content, Remove("scenes/s1/beats/b2", seen))
    assert len(list_at(content, "scenes/s1/beats")) == 3


def test_a_removed_step_comes_back_at_its_place_with_all_that_was_in_it() -> None:
    content = draft()
    begun = encode(content)
    seen = digest_of(item_at(content, "scenes/s1/beats/b2")[1])
    (done,) = do(content, Remove("scenes/s1/beats/b2", seen))
    do(content, inverse(done))
    assert encode(content) == begun


def test_moving_and_moving_back() -> None:
    content = draft()
    begun = encode(content)
    (done,) = do(content, Move("scenes/s1/beats/b3", "", "b2"))
    assert [row.key for row in list_at(content, "scenes/s1/beats")] == ["b3", "b1", "b2"]
    do(content, inverse(done))
    assert encode(content) == begun


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("scenes", []),
        ("scenes/s1", "x"),
        ("id", "anders"),
        ("dolls/d1/key", "x"),
        ("dolls/d1/colour", "x"),
        ("title", "x"),
        ("", "x"),
        ("dolls/d1/name/nl", "x"),
        ("dolls/d1/name", 3),
        ("scenes/s1/beats/b1/move/dolls", "iep"),
        ("dolls/d1/consent", "maybe"),
        ("__struct_fields__", "x"),
        (SAY, "x" * 10_000),
    ],
)
def test_a_path_or_value_that_no_draft_has_is_refused(path: str, new: Leaf) -> None:
    content = draft()
    begun = encode(content)
    with pytest.raises(InputError):
        do(content, Set(path, "", new))
    assert encode(content) == begun


@dataclass
class Person:
    """Somebody with a copy of the draft that may be old."""

    name: str
    sees: Content
    done: list[Operation] = field(default_factory=list)


@settings(max_examples=300)
@given(data=st.data())
def test_no_order_of_changes_of_two_people_loses_an_acknowledged_one(data: st.DataObject) -> None:
    content, marks = draft(), (f"woord{n}" for n in count(1))
    people = [Person(name, copy_of(content)) for name in ("M. Merel", "S. Spreeuw")]
    alive: set[str] = set()
    for number in range(data.draw(st.integers(2, 14))):
        person = data.draw(st.sampled_from(people))
        if data.draw(st.booleans()):
            person.sees = copy_of(content)
        operation, mark = data.draw(changes(person, next(marks)))
        seen = encode(person.sees)
        trial = copy_of(content)
        try:
            done = apply(trial, operation, by=person.name, key=f"r{number}")
        except Clash:
            continue
        content = trial
        person.done += done
        text = encode(content)
        if mark:
            alive.add(mark)
        # A word may only go when who took it out had it before their eyes.
        for word in list(alive):
            if word not in text:
                assert word in seen, f"{word} was lost"
                alive.discard(word)
    assert all(word in encode(content) for word in alive)
    assert msgspec.json.decode(encode(content), type=Content) == content


@settings(max_examples=200)
@given(data=st.data())
def test_undoing_ones_own_changes_leaves_the_words_of_the_other(data: st.DataObject) -> None:
    content = draft()
    people = [Person(name, content) for name in ("M. Merel", "S. Spreeuw")]
    words: dict[str, set[str]] = {person.name: set() for person in people}
    for number in range(data.draw(st.integers(2, 10))):
        person = data.draw(st.sampled_from(people))
        beat = data.draw(st.sampled_from(["b1", "b2", "b3"]))
        path = f"scenes/s1/beats/{beat}/say/nl"
        now = str(value(content, path))
        word = f"woord{number}"
        person.done += do(content, Set(path, now, _with_word(data, now, word)), by=person.name)
        words[person.name].add(word)
    mine, other = people
    for operation in reversed(mine.done):
        try:
            apply(content, inverse(operation), by=mine.name, key=f"u{len(content.remarks)}")
        except Clash:
            continue
    assert all(word in encode(content) for word in words[other.name])


@st.composite
def changes(draw: st.DrawFn, person: Person, mark: str) -> tuple[Operation, str]:
    """A change that this person could make of what they see, and the word that it brings in."""
    rows = list_at(person.sees, "scenes/s1/beats")
    kind = draw(st.sampled_from(["text", "text", "text", "number", "insert", "remove", "move"])) if rows else "insert"
    if kind == "insert":
        item: dict[str, object] = {"key": mark, "say": {"nl": mark}}
        return Insert("scenes/s1/beats", item, draw(st.sampled_from(["", *(row.key for row in rows)]))), mark
    row: Item = draw(st.sampled_from(rows))
    path = f"scenes/s1/beats/{row.key}"
    if kind == "remove":
        return Remove(path, digest_of(row)), ""
    if kind == "move":
        return Move(path, draw(st.sampled_from(["", *(other.key for other in rows)])), before(rows, row)), ""
    if kind == "number":
        old = value(person.sees, f"{path}/day")
        assert old is None or isinstance(old, int | str)
        return Set(f"{path}/day", old, mark), mark
    now = str(value(person.sees, f"{path}/say/nl"))
    words = now.split(" ")
    place = draw(st.integers(0, len(words)))
    cut = draw(st.integers(0, min(2, len(words) - place)))
    return Set(f"{path}/say/nl", now, " ".join([*words[:place], mark, *words[place + cut :]])), mark


def _with_word(data: st.DataObject, text: str, word: str) -> str:
    words = text.split(" ")
    place = data.draw(st.integers(0, len(words)))
    return " ".join([*words[:place], word, *words[place:]])
