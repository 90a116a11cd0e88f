"""The inbox: what the room sent comes on the screen in words that were checked, once, and its sender hears of it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from schakelbord.errors import InputError, StateError
from schakelbord.live.models import Event
from schakelbord.showing.codes import ItemState
from schakelbord.showing.models import InboxItem, Session
from schakelbord.showing.selectors import SessionView, inbox_of, session_view
from showing_session import Do, JoinPhone, fresh, say

REAL = "Mevrouw De Vries belde nooit terug"


def view_now(session: Session) -> SessionView:
    """What all screens show now."""
    return session_view(fresh(session), "nl", now=timezone.now())


def test_a_flagged_text_does_not_slip_onto_the_screen_with_another(
    session: Session, join_phone: JoinPhone, do: Do
) -> None:
    fine = say(join_phone(), session, "submit", kind="gap", text="Niemand belt terug").json()["item"]
    flagged = say(join_phone(), session, "submit", kind="gap", text=REAL).json()["item"]
    with pytest.raises(InputError, match="looks like a name"):
        do("merge-item", item=flagged, into=fine)
    do("show-item", item=fine)
    with pytest.raises(InputError, match="looks like a name"):
        do("merge-item", item=flagged, into=fine)
    with pytest.raises(InputError, match="looks like a name"):
        do("merge-item", item=flagged, into=session.gaps.get().key)
    assert "Vries" not in str(view_now(session))


def test_the_presenter_too_writes_nothing_about_real_people(session: Session, do: Do) -> None:
    for verb, fields in (
        ("add-gap", {"between_from": "school@a", "sentence": REAL}),
        ("add-question", {"text": REAL}),
        ("open-branch", {"question": REAL, "options": [{"label": "ja"}, {"label": "nee"}]}),
    ):
        with pytest.raises(InputError) as refusal:
            do(verb, **fields)
        assert refusal.value.code == "looks_real"


def test_a_message_is_shown_once(session: Session, join_phone: JoinPhone, do: Do) -> None:
    item = say(join_phone(), session, "submit", kind="gap", text="Niemand belt terug").json()["item"]
    do("show-item", item=item)
    for verb, fields in (("show-item", {}), ("park-item", {}), ("refuse-item", {"reason": "Dubbel"})):
        with pytest.raises(StateError, match="on the screen"):
            do(verb, item=item, **fields)
    assert session.gaps.count() == 1
    do("undo")
    assert view_now(session).told == ()
    do("show-item", item=item)
    assert [gap.title for gap in view_now(session).told] == ["Niemand belt terug"]


def test_other_words_on_the_screen_leave_the_own_words_as_they_were_sent(
    session: Session, join_phone: JoinPhone, do: Do
) -> None:
    item = say(join_phone(), session, "submit", kind="question", text="Mag dat van De Vries, 12 mei 2011?").json()[
        "item"
    ]
    do("show-item", item=item, text="Mag dat eigenlijk wel?")
    assert InboxItem.objects.get(key=item).text == "Mag dat van De Vries, 12 mei 2011?"
    assert view_now(session).asked == ("Mag dat eigenlijk wel?",)


def test_every_shown_text_stands_where_it_belongs_and_once(session: Session, join_phone: JoinPhone, do: Do) -> None:
    one = say(join_phone(), session, "submit", kind="gap", text="Niemand belt terug").json()["item"]
    two = say(join_phone(), session, "submit", kind="gap", text="Wij horen nooit iets").json()["item"]
    do("merge-item", item=two, into=one)
    do("show-item", item=one)
    key = session.gaps.get().key
    for kind, text in (("addition", "Ook op vrijdag"), ("cause", "Er is te weinig tijd")):
        item = say(join_phone(), session, "submit", kind=kind, text=text, about=key).json()["item"]
        do("show-item", item=item)
    asked = say(join_phone(), session, "submit", kind="question", text="Wie gaat erover?").json()["item"]
    do("merge-item", item=asked, into=key)
    gap = view_now(session).told[0]
    assert gap.remarks == ("Wij horen nooit iets", "Ook op vrijdag", "Wie gaat erover?")
    assert gap.felt_causes == ("Er is te weinig tijd",)


def test_asked_for_other_words_a_phone_sends_them_at_once_in_its_place(
    session: Session, join_phone: JoinPhone, do: Do
) -> None:
    phone = join_phone()
    item = say(phone, session, "submit", kind="gap", text=REAL).json()["item"]
    do("ask-other-words", item=item)
    other = join_phone()
    taken = say(other, session, "submit", kind="gap", text="Niemand belt terug", instead_of=item)
    assert (taken.status_code, taken.json()["code"]) == (400, "not_there")
    again = say(phone, session, "submit", kind="gap", text="De mentor werd niet teruggebeld", instead_of=item)
    assert again.status_code == 200
    assert InboxItem.objects.get(key=item).state == ItemState.REWORDED
    assert InboxItem.objects.get(key=again.json()["item"]).instead_of == InboxItem.objects.get(key=item)


def test_a_message_that_nobody_handled_yet_is_corrected_and_one_on_the_screen_stays(
    session: Session, join_phone: JoinPhone, do: Do
) -> None:
    phone = join_phone()
    first = say(phone, session, "submit", kind="question", text="Wie belt er?").json()["item"]
    second = say(phone, session, "submit", kind="question", text="Wie belt terug?", instead_of=first).json()["item"]
    assert [row.item.key for row in inbox_of(fresh(session), "nl")] == [second]
    assert inbox_of(fresh(session), "nl")[0].instead_of == "Wie belt er?"
    do("show-item", item=second)
    third = say(phone, session, "submit", kind="question", text="Wie belt hen terug?", instead_of=second).json()["item"]
    assert InboxItem.objects.get(key=second).state == ItemState.SHOWN
    assert InboxItem.objects.get(key=third).instead_of is None
    fates = phone.get(f"/zaal/{session.pk}/van-mij").json()["items"]
    assert [(fate["item"], fate["state"]) for fate in fates] == [(first, "reworded"), (second, "shown"), (third, "new")]


def test_what_is_done_with_a_message_never_travels_to_the_room(session: Session, join_phone: JoinPhone, do: Do) -> None:
    phone = join_phone()
    items = [
        say(phone, session, "submit", kind="question", text=f"Vraag {word}").json()["item"]
        for word in ("een", "twee", "drie")
    ]
    start = fresh(session).room.last_seq
    do("refuse-item", item=items[0], reason="Gaat over iets anders")
    do("park-item", item=items[1])
    do("ask-other-words", item=items[2])
    for _ in range(3):
        do("undo")
    do("redo")
    seen = Event.objects.filter(room=session.room, seq__gt=start, audience="meeting")
    assert {(event.verb, event.node, event.payload) for event in seen} == {("room.answered", "", "{}")}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "addition", "text": "Hier"}, "not_there"),
        ({"kind": "addition", "text": "Hier", "about": "geen.hiaat"}, "not_there"),
        ({"kind": "gap", "text": "Hier", "between_from": "school@zz"}, "not_there"),
        ({"kind": "roddel", "text": "Hier"}, "wrong_field"),
        ({"kind": "gap", "text": 7}, "wrong_field"),
        ({"kind": "gap"}, "wrong_field"),
        ({"kind": "gap", "text": "\u200b\u0000 \u202e"}, "empty"),
    ],
)
def test_a_message_that_does_not_fit_gets_a_sentence(
    session: Session, join_phone: JoinPhone, fields: dict[str, object], code: str
) -> None:
    answer = say(join_phone(), session, "submit", **fields)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert session.inbox.count() == 0


@pytest.mark.parametrize("raw", [b"[" * 50_000, b'{"kind": "gap", "text": "\\ud800"}', b"\xff\xfe", b'"text"', b"{"])
def test_bytes_that_are_no_message_get_a_sentence(session: Session, join_phone: JoinPhone, raw: bytes) -> None:
    answer = join_phone().post(
        f"/zaal/{session.pk}/zeg/submit", raw, content_type="application/json", headers={"Idempotency-Key": "12345678"}
    )
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_signs_that_nobody_sees_are_left_out_and_emoji_stay(session: Session, join_phone: JoinPhone) -> None:
    text = "Niemand\u0000 belt\u202e  terug\u200b 👩‍👧\r\n"
    say(join_phone(), session, "submit", kind="gap", text=text)
    assert session.inbox.get().text == "Niemand belt terug 👩‍👧"


def test_the_inbox_holds_two_hundred_and_then_says_so(session: Session, join_phone: JoinPhone) -> None:
    phone = join_phone()
    sender = session.participants.get()
    InboxItem.objects.bulk_create(
        InboxItem(
            session=session, key=f"i-{n}", participant=sender, kind="question", text="Hoe?", made_at=timezone.now()
        )
        for n in range(200)
    )
    answer = say(phone, session, "submit", kind="question", text="Nog een")
    assert (answer.status_code, answer.json()["code"]) == (409, "inbox_full")
    InboxItem.objects.filter(key="i-0").update(state=ItemState.REFUSED, reason="Dubbel")
    assert say(phone, session, "submit", kind="question", text="Nog een").status_code == 200
