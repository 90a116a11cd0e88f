"""A session: from code to end, what the room may see, and that nothing of a device stays."""

from __future__ import annotations

import secrets

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.editor.content import decode
from schakelbord.editor.models import Draft
from schakelbord.editor.services import whole_story
from schakelbord.errors import ConflictError, InputError, RightError, SchakelbordError, StateError
from schakelbord.live.models import Event
from schakelbord.live.rooms import check_rooms
from schakelbord.showing.codes import GapState, ItemState, SessionState
from schakelbord.showing.demo import make_demo_session
from schakelbord.showing.joining import end_session, make_session, open_session
from schakelbord.showing.keeping import keep_in_story
from schakelbord.showing.models import InboxItem, Participant, Recognition, RoomGap, Session
from schakelbord.showing.selectors import inbox_of, session_view
from schakelbord.stories.library import reading_of, shipped
from showing_session import Do, JoinPhone, fresh, say


def computed_key(session: Session) -> str:
    """The key of a gap that the reading finds."""
    from schakelbord.showing.tales import reading_in  # noqa: PLC0415 - short

    return reading_in(session).findings[0].key


def test_a_step_moves_the_room_and_is_written_down(session: Session, do: Do) -> None:
    do("go-to", scene=2, beat=1)
    now = fresh(session)
    assert (now.scene, now.beat, now.day) == (2, 1, 29)
    event = Event.objects.filter(room=session.room).latest("seq")
    assert (event.verb, event.audience) == ("session.stepped", "meeting")
    assert all(row.trouble is None for row in check_rooms(only=session.room_id))


def test_only_the_desk_may_command(session: Session, do: Do) -> None:
    with pytest.raises(RightError):
        do("go-to", actor=Actor(user_id=1), scene=1, beat=0)
    client = Client()
    answer = client.post(
        f"/zaal/{session.pk}/doe/go-to", "{}", content_type="application/json", headers={"Idempotency-Key": "12345678"}
    )
    assert answer.status_code == 403
    assert answer.json()["code"] == "not_at_the_desk"


@pytest.mark.parametrize(
    ("verb", "fields", "code"),
    [
        ("fly", {}, "unknown_verb"),
        ("go-to", {"scene": "two", "beat": 0}, "wrong_field"),
        ("go-to", {"scene": 1, "beat": 0, "more": 1}, "wrong_field"),
        ("add-gap", {"between_from": "school@a", "sentence": "x" * 91}, "too_long"),
        ("add-gap", {"between_from": "school@a", "sentence": ""}, "empty"),
        ("set-repairs", {"repairs": ["what:ever"]}, "unknown_repair"),
        ("show-item", {"item": "i-none"}, "not_there"),
        ("set-gap-state", {"gap": "none", "state": "closed"}, "not_there"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    session: Session, do: Do, verb: str, fields: dict[str, object], code: str
) -> None:
    before = fresh(session).room.last_seq
    with pytest.raises(SchakelbordError) as refusal:
        do(verb, **fields)
    assert refusal.value.code == code
    assert refusal.value.nl
    assert refusal.value.en
    assert fresh(session).room.last_seq == before


def test_the_same_command_twice_is_carried_out_once(session: Session, do: Do) -> None:
    first = do("add-gap", key="same-key-1", between_from="school@a", sentence="Niemand belt terug")
    again = do("add-gap", key="same-key-1", between_from="school@a", sentence="Niemand belt terug")
    assert first == again
    assert session.gaps.count() == 1


def test_recognising_counts_a_device_once_by_role_and_can_be_withdrawn(session: Session, join_phone: JoinPhone) -> None:
    key = computed_key(session)
    one, other = join_phone("uitvoering", "education"), join_phone("bestuur")
    for _ in range(3):
        assert say(one, session, "recognise", gap=key).status_code == 200
    assert say(other, session, "recognise", gap=key).json()["count"] == 2
    gap = session.gaps.get(computed=key)
    assert gap.state == GapState.RECOGNISED
    view = session_view(fresh(session), "nl", now=timezone.now(), scene=99, beat=99)
    shown = next(row for row in view.gaps if row.key == key)
    assert shown.recognised.count == 2
    assert sum(dict(shown.recognised.by_layer).values()) == 2
    assert say(one, session, "withdraw-recognition", gap=key).json()["count"] == 1
    assert say(other, session, "withdraw-recognition", gap=key).json()["count"] == 0
    assert session.gaps.get(computed=key).state == GapState.VISIBLE


def test_nothing_from_the_room_shows_before_the_desk_shows_it(session: Session, join_phone: JoinPhone, do: Do) -> None:
    phone = join_phone("uitvoering", "care")
    text = "De huisarts wist het wel, maar niemand vroeg het"
    answer = say(phone, session, "submit", kind="gap", text=text, between_from="huisarts@a", told_kind="practice")
    assert answer.status_code == 200
    assert not any(text in event.payload for event in Event.objects.filter(room=session.room))
    assert [row.item.text for row in inbox_of(fresh(session), "nl")] == [text]
    assert session_view(fresh(session), "nl", now=timezone.now()).told == ()
    do("show-item", item=answer.json()["item"])
    told = session_view(fresh(session), "nl", now=timezone.now()).told
    assert [gap.title for gap in told] == [text]
    assert told[0].from_role == "zorg, uitvoering"
    assert inbox_of(fresh(session), "nl") == ()


def test_what_seems_a_real_person_is_flagged_and_cannot_be_shown(
    session: Session, join_phone: JoinPhone, do: Do
) -> None:
    answer = say(join_phone(), session, "submit", kind="gap", text="Dit was het meisje van de Kastanjelaan 12")
    assert [flag["kind"] for flag in answer.json()["flags"]] == ["address"]
    item = answer.json()["item"]
    with pytest.raises(InputError, match="looks like an address"):
        do("show-item", item=item)
    do("show-item", item=item, text="Een meisje uit de buurt kwam niet meer op school")
    assert session.gaps.get().sentence == "Een meisje uit de buurt kwam niet meer op school"


def test_merging_keeps_both_texts_and_can_be_undone(session: Session, join_phone: JoinPhone, do: Do) -> None:
    one = say(join_phone(), session, "submit", kind="gap", text="Niemand belt terug").json()["item"]
    other = say(join_phone(), session, "submit", kind="gap", text="Wij horen nooit iets").json()["item"]
    do("merge-item", item=other, into=one)
    row = inbox_of(fresh(session), "nl")[0]
    assert (row.item.key, row.voices, row.item.merged_texts) == (one, 2, ["Wij horen nooit iets"])
    do("undo")
    assert len(inbox_of(fresh(session), "nl")) == 2
    do("redo")
    assert InboxItem.objects.get(key=other).state == ItemState.MERGED


def test_undo_takes_back_only_ones_own_and_says_who_came_between(
    session: Session, do: Do, secretary: Actor, presenter: Actor
) -> None:
    do("set-mode", mode="build")
    do("add-gap", actor=secretary, between_from="school@a", sentence="Van de secretaris")
    do("undo")
    assert fresh(session).mode == "tell"
    assert session.gaps.get().removed is False
    do("set-mode", mode="pause")
    do("set-mode", actor=secretary, mode="table")
    with pytest.raises(ConflictError, match=r"M\. Merel"):
        do("undo")
    assert fresh(session).mode == "table"


def test_who_did_not_see_a_change_does_not_overwrite_it(session: Session, do: Do, secretary: Actor) -> None:
    do("add-gap", between_from="school@a", sentence="Niemand belt")
    key, seen = session.gaps.get().key, fresh(session).room.last_seq
    fields = {"gap": key, "between_from": "school@a"}
    do("change-gap", actor=secretary, seen=seen, sentence="Niemand belt terug", **fields)
    with pytest.raises(ConflictError, match=r"M\. Merel"):
        do("change-gap", seen=seen, sentence="Niemand luistert", **fields)
    assert session.gaps.get().sentence == "Niemand belt terug"


def test_the_life_of_a_gap_asks_what_belongs_to_it(session: Session, do: Do) -> None:
    key = computed_key(session)
    with pytest.raises(InputError, match="Say with which body"):
        do("set-gap-state", gap=key, state="assigned", body="Zorg- en Veiligheidshuis")
    with pytest.raises(InputError, match="Why does this gap stay"):
        do("set-gap-state", gap=key, state="accepted")
    placed = {"body": "Nieuw overleg", "action": "Werk de overdracht uit", "due": timezone.now().date()}
    with pytest.raises(InputError, match="no existing body"):
        do("set-gap-state", gap=key, state="assigned", is_new_body=True, **placed)
    do("set-gap-state", gap=key, state="assigned", is_new_body=True, reason="Geen gremium gaat hierover", **placed)
    assert session.gaps.get(computed=key).state == GapState.ASSIGNED


def test_repairs_close_gaps_for_the_whole_room(session: Session, do: Do) -> None:
    from schakelbord.showing.tales import reading_in  # noqa: PLC0415 - short

    finding = next(row for row in reading_in(session).findings if row.repairs)
    do("set-repairs", repairs=[item.key for item in finding.repairs[0].items])
    view = session_view(fresh(session), "nl", now=timezone.now(), scene=99, beat=99)
    assert next(row for row in view.gaps if row.key == finding.key).mended


def test_the_room_votes_and_the_way_not_taken_is_kept(session: Session, join_phone: JoinPhone, do: Do) -> None:
    ways = [{"label": "Verder zoals het ging"}, {"label": "Wat als B de kaart krijgt", "scene": 4}]
    do("open-branch", question="Hoe gaan wij verder?", options=ways)
    key = session.branches.get().key
    phone = join_phone()
    for option in (0, 1, 1):
        assert say(phone, session, "vote-branch", branch=key, option=option).status_code == 200
    choice = session_view(fresh(session), "nl", now=timezone.now()).choice
    assert choice is not None
    assert [way.votes for way in choice.ways] == [0, 1]
    do("choose-branch", branch=key, option=1)
    assert fresh(session).scene == 4
    assert say(phone, session, "vote-branch", branch=key, option=0).status_code == 409
    do("choose-branch", branch=key, option=0)
    do("undo")
    assert fresh(session).scene == 4


def test_a_phone_sends_one_new_gap_a_minute(session: Session, join_phone: JoinPhone) -> None:
    phone = join_phone()
    assert say(phone, session, "submit", kind="gap", text="Een").status_code == 200
    second = say(phone, session, "submit", kind="gap", text="Twee")
    assert (second.status_code, second.json()["code"]) == (429, "too_often")
    assert say(phone, session, "submit", kind="question", text="Mag dat wel?").status_code == 200


@pytest.mark.parametrize("text", ["x" * 10_000, "", "   "])
def test_a_text_that_does_not_fit_is_refused_in_words(session: Session, join_phone: JoinPhone, text: str) -> None:
    answer = say(join_phone(), session, "submit", kind="gap", text=text)
    assert answer.status_code == 400
    assert answer.json()["sentence"]
    assert session.inbox.count() == 0


def test_markup_and_emoji_are_text(session: Session, join_phone: JoinPhone, do: Do) -> None:
    text = "<script>alert(1)</script> 👩‍👧 & niemand belt"
    item = say(join_phone(), session, "submit", kind="gap", text=text).json()["item"]
    do("show-item", item=item)
    assert session.gaps.get().sentence == text


def test_ending_leaves_no_device_and_no_code_and_refuses_what_comes_late(
    session: Session, presenter: Actor, join_phone: JoinPhone, do: Do
) -> None:
    phone, key = join_phone("beleid"), computed_key(session)
    say(phone, session, "recognise", gap=key)
    end_session(presenter, session, key=secrets.token_hex(8), now=timezone.now())
    now = fresh(session)
    assert (now.state, now.join_code) == (SessionState.ENDED, "")
    assert set(Participant.objects.values_list("device", flat=True)) == {""}
    assert session.room.replies.count() == 0
    assert session.gaps.get(computed=key).counted == {"beleid": 1}
    late = say(phone, session, "submit", kind="gap", text="Nog iets")
    assert (late.status_code, late.json()["code"]) == (409, "session_ended")
    with pytest.raises(StateError):
        do("go-to", scene=1, beat=0)
    assert all(row.trouble is None for row in check_rooms(only=session.room_id))


TWICE = """INSERT INTO showing_recognition (gap_id, participant_id, withdrawn, at)
    SELECT gap_id, participant_id, withdrawn, at FROM showing_recognition"""
RAW = [
    ("UPDATE showing_session SET state = 'gone'", "state"),
    ("UPDATE showing_session SET state = 'ended'", "an ended session keeps no code"),
    ("UPDATE showing_roomgap SET state = 'assigned'", "placed without a body"),
    ("UPDATE showing_roomgap SET state = 'accepted'", "accepted without a reason"),
    (
        TWICE,
        "recognised twice",
    ),
]


@pytest.mark.parametrize(("statement", "why"), RAW, ids=[why for _, why in RAW])
def test_the_database_itself_refuses(session: Session, join_phone: JoinPhone, statement: str, why: str) -> None:
    say(join_phone(), session, "recognise", gap=computed_key(session))
    assert RoomGap.objects.exists()
    assert Recognition.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_the_room_added_becomes_a_part_of_a_draft_during_and_after_the_session(
    session: Session, presenter: Actor, do: Do, join_phone: JoinPhone
) -> None:
    do("add-organisation", name="Buurtteam", ring="uitvoering")
    team = session.additions.get()
    do("add-gap", between_from="school@a", between_to=team.key, sentence="Niemand belt terug")
    gap = session.gaps.get()
    phone = join_phone("uitvoering", "education")
    for text in ("de leerplicht", "De jongerenwerker"):
        do("show-item", item=say(phone, session, "submit", kind="missing", text=text).json()["item"])
    cause = say(phone, session, "submit", kind="cause", about=gap.key, text="Geen tijd").json()["item"]
    do("show-item", item=cause, text="Er is geen tijd")
    say(phone, session, "recognise", gap=gap.key)
    desk = Client()
    desk.force_login(demo_user(Role.PRESENTER))
    assert f"/zaal/{session.pk}/bewaar" in desk.get(f"/zaal/{session.pk}/verteller").content.decode()
    answer = desk.post(f"/zaal/{session.pk}/bewaar")
    made = Draft.objects.get()
    assert answer["Location"] == f"/bewerken/{made.pk}"
    beat = decode(made.content).scenes[0].beats[0]
    (told,) = beat.told_gaps
    assert (told.says.nl, told.to, told.causes) == (
        "Niemand belt terug",
        team.key.replace("-", "_"),
        ["Er is geen tijd"],
    )
    assert told.recognised.uitvoering == 1
    assert beat.told_organisations[0].name.nl == "Buurtteam"
    assert fresh(session).kept_in_id == made.pk
    assert session.gaps.get().in_story
    who = Participant.objects.get()
    assert all(secret not in made.content for secret in (who.key, who.device, "Geen tijd"))
    do("add-doll", name="Esdoorn", age=9)
    end_session(presenter, fresh(session), key=secrets.token_hex(8), now=timezone.now())
    assert keep_in_story(presenter, fresh(session), now=timezone.now()).pk == made.pk
    content = decode(Draft.objects.get().content)
    assert len(content.scenes[0].beats[0].told_gaps) == 1
    assert content.dolls[-1].name == "Esdoorn"
    assert [row.text for row in content.remarks if "jongeren" in row.text] == ["Wie er miste: De jongerenwerker"]


def test_a_room_recognises_what_an_earlier_room_told(
    session: Session, presenter: Actor, do: Do, join_phone: JoinPhone
) -> None:
    do("add-gap", between_from="school@a", sentence="Niemand belt terug")
    say(join_phone("beleid"), session, "recognise", gap=session.gaps.get().key)
    first = keep_in_story(presenter, fresh(session), now=timezone.now())
    again = make_session(presenter, whole_story(first), title="Nog eens", minutes=50, now=timezone.now())
    open_session(presenter, again, key=secrets.token_hex(8))
    (gap,) = again.gaps.all()
    assert (gap.sentence, gap.is_told, gap.in_story) == ("Niemand belt terug", True, True)
    with pytest.raises(InputError):
        keep_in_story(presenter, fresh(again), now=timezone.now())
    phone = Client()
    phone.post("/mee", {"code": fresh(again).join_code, "layer": "beleid", "field": ""})
    assert say(phone, again, "recognise", gap=gap.key).json()["count"] == 1
    second = keep_in_story(presenter, fresh(again), now=timezone.now())
    (told,) = decode(second.content).scenes[0].beats[0].told_gaps
    assert told.recognised.beleid == 2


def test_the_session_of_the_demo_is_made_once_and_is_whole(db: None) -> None:
    make_demo_session(now=timezone.now())
    make_demo_session(now=timezone.now())
    made = Session.objects.get()
    assert made.state == SessionState.OPEN
    assert len(inbox_of(made, "nl")) >= 4
    assert all(row.trouble is None for row in check_rooms(only=made.room_id))


COMMANDS = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["mode", "black", "go", "gap", "light", "undo", "redo"]), st.integers(0, 3)
    ),
    max_size=14,
)


def state_of(session: Session) -> tuple[object, ...]:
    """What the room sees, as far as these commands change it."""
    now = fresh(session)
    gaps = tuple(session.gaps.filter(removed=False).order_by("pk").values_list("sentence", flat=True))
    return (now.mode, now.is_black, now.scene, now.beat, now.gap, gaps)


@given(steps=COMMANDS)
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_gives_back_what_was_and_redo_what_came_whatever_two_people_do(
    session: Session, do: Do, presenter: Actor, secretary: Actor, steps: list[tuple[int, str, int]]
) -> None:
    with transaction.atomic():
        people = (presenter, secretary)
        for who, what, number in steps:
            fields: dict[str, tuple[str, dict[str, object]]] = {
                "mode": ("set-mode", {"mode": ("tell", "build", "table", "pause")[number]}),
                "black": ("set-black", {"on": bool(number % 2)}),
                "go": ("go-to", {"scene": number, "beat": 0}),
                "gap": ("add-gap", {"between_from": "school@a", "sentence": f"Zin {number}"}),
                "light": ("light-gap", {"id": ""}),
                "undo": ("undo", {}),
                "redo": ("redo", {}),
            }
            verb, body = fields[what]
            before = state_of(session)
            try:
                do(verb, actor=people[who], **body)
            except (StateError, ConflictError):
                assert state_of(session) == before
                continue
            after = state_of(session)
            if what not in {"undo", "redo"} and after != before:
                do("undo", actor=people[who])
                assert state_of(session) == before
                do("redo", actor=people[who])
                assert state_of(session) == after
        assert all(row.trouble is None for row in check_rooms(only=session.room_id))
        transaction.set_rollback(True)


def test_every_gap_of_every_story_can_be_recognised_and_kept_on_every_database() -> None:
    keys = [row.key for story in shipped().values() for row in reading_of(story).findings]
    longest = max(map(len, keys))
    fields = [
        (RoomGap, "computed"),
        (Session, "gap"),
        (InboxItem, "about"),
        (InboxItem, "merged_into"),
        (Event, "node"),
    ]
    assert {name: model._meta.get_field(name).max_length >= longest for model, name in fields} == {
        name: True for _, name in fields
    }
