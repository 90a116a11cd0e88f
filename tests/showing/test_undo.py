"""Undo and redo of the desk: one's own changes, and never at the cost of somebody else's work."""

from __future__ import annotations

import pytest

from schakelbord.accounts.actors import Actor
from schakelbord.errors import ConflictError, InputError
from schakelbord.showing.models import Session
from schakelbord.showing.tales import reading_in
from showing_session import Do, JoinPhone, fresh, say


def computed_key(session: Session) -> str:
    """The key of a gap that the reading finds."""
    return reading_in(session).findings[0].key


def test_what_somebody_else_built_on_is_not_taken_away(session: Session, do: Do, secretary: Actor) -> None:
    do("add-gap", between_from="school@a", sentence="Niemand belt")
    do("set-gap-state", actor=secretary, gap=session.gaps.get().key, state="in_talk")
    with pytest.raises(ConflictError, match=r"M\. Merel \(secretary\) was first \(state of a gap\)"):
        do("undo")
    assert session.gaps.get().removed is False
    do("undo", actor=secretary)
    do("undo")
    assert session.gaps.get().removed is True


def test_an_organisation_with_a_channel_of_somebody_else_stays(session: Session, do: Do, secretary: Actor) -> None:
    do("add-organisation", name="Buurthuis")
    added = session.additions.get()
    do("spotlight", actor=secretary, id="")
    do("add-channel", actor=secretary, between_from="school@a", between_to=added.key)
    do("add-gap", actor=secretary, between_from=added.key, sentence="Niemand vraagt het buurthuis")
    with pytest.raises(ConflictError):
        do("undo")
    assert not session.additions.filter(removed=True).exists()


def test_what_the_room_recognised_meanwhile_is_no_conflict_and_no_loss(
    session: Session, join_phone: JoinPhone, do: Do
) -> None:
    key = computed_key(session)
    do("set-gap-state", gap=key, state="in_talk")
    phone = join_phone()
    say(phone, session, "recognise", gap=key)
    do("undo")
    assert session.gaps.get().state == "recognised"
    do("redo")
    assert session.gaps.get().state == "in_talk"
    say(phone, session, "withdraw-recognition", gap=key)
    do("undo")
    assert session.gaps.get().state == "visible"


def test_an_undo_that_the_screen_has_not_shown_counts_as_a_change(session: Session, do: Do, secretary: Actor) -> None:
    do("set-mode", mode="build")
    seen = fresh(session).room.last_seq
    do("undo")
    with pytest.raises(ConflictError):
        do("set-mode", actor=secretary, seen=seen, mode="pause")
    do("set-mode", actor=secretary, seen=fresh(session).room.last_seq, mode="pause")


def test_a_clicker_faster_than_the_answers_is_no_conflict_with_oneself(session: Session, do: Do) -> None:
    seen = fresh(session).room.last_seq
    for beat in (1, 2, 3):
        do("go-to", seen=seen, scene=0, beat=beat)
    assert fresh(session).beat == 3


def test_the_other_way_begins_where_the_first_one_did(session: Session, do: Do) -> None:
    repair = next(row for row in reading_in(session).findings if row.repairs).repairs[0].items[0].key
    do("go-to", scene=1, beat=0)
    do("set-repairs", repairs=[repair])
    do(
        "open-branch",
        question="Hoe verder?",
        options=[{"label": "naar de bruiloft", "scene": 4}, {"label": "zoals nu"}],
    )
    key = session.branches.get().key
    do("choose-branch", branch=key, option=0)
    assert (fresh(session).scene, fresh(session).repairs) == (4, [repair])
    do("go-to", scene=5, beat=0)
    do("choose-branch", branch=key, option=1)
    assert (fresh(session).scene, fresh(session).beat, fresh(session).repairs) == (1, 0, [repair])
    do("choose-branch", branch=key, option=0)
    assert fresh(session).scene == 4


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("spotlight", {"id": "nobody@knows"}),
        ("light-gap", {"id": "no.gap"}),
        ("add-channel", {"between_from": "school@a", "between_to": "nobody@knows"}),
        ("add-gap", {"between_from": "school@a", "sentence": "   "}),
        ("open-branch", {"question": "Hoe?", "options": [{"label": "a", "scene": 99}, {"label": "b"}]}),
        ("open-branch", {"question": "Hoe?", "options": [{"label": "a", "repairs": ["what:ever"]}, {"label": "b"}]}),
        ("remove", {"id": "t-none"}),
    ],
)
def test_what_is_not_there_is_refused_in_words(session: Session, do: Do, verb: str, fields: dict[str, object]) -> None:
    with pytest.raises(InputError) as refusal:
        do(verb, **fields)
    assert refusal.value.nl
    assert refusal.value.en


def test_a_day_between_two_steps_belongs_to_the_one_told_last(session: Session, do: Do) -> None:
    do("go-to", scene=0, beat=0, day=5)
    assert (fresh(session).scene, fresh(session).beat, fresh(session).day) == (0, 0, 5)
    do("go-to", scene=0, beat=0, day=29)
    assert (fresh(session).scene, fresh(session).beat, fresh(session).day) == (2, 1, 29)
    do("go-to", scene=0, beat=0, day=9999)
    assert fresh(session).day == 240


def test_notes_of_other_steps_are_no_conflict_and_of_the_same_step_are(
    session: Session, secretary: Actor, do: Do
) -> None:
    seen = fresh(session).room.last_seq
    do("save-notes", scene=1, beat=0, text="Vraag wie dit kent", seen=seen)
    do("save-notes", actor=secretary, scene=2, beat=0, text="Kaart laten staan", seen=seen)
    with pytest.raises(ConflictError, match="was first"):
        do("save-notes", actor=secretary, scene=1, beat=0, text="Iets anders", seen=seen)
    assert fresh(session).notes == {"1:0": "Vraag wie dit kent", "2:0": "Kaart laten staan"}
    do("save-notes", actor=secretary, scene=1, beat=0, text="Allebei", seen=fresh(session).room.last_seq)
    assert fresh(session).notes["1:0"] == "Allebei"
