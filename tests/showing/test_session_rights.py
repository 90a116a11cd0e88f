"""Who sees and does what in a real session: every kind of visitor against its real pages, commands and stream."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from schakelbord.accounts.actors import Actor
from schakelbord.editor.models import Draft
from schakelbord.live.audiences import MEETING, MODERATION
from schakelbord.live.models import Event
from schakelbord.showing.admission import admit
from schakelbord.showing.joining import end_session, make_session, open_session
from schakelbord.showing.models import InboxItem, Participant, Session
from schakelbord.stories.library import shipped
from showing_session import Do, JoinPhone, fresh, say

SECRET = "De wijkagent wist het al"
DESK = ("presenter", "secretary")
VISITORS = (*DESK, "chair", "reader", "participant", "other room", "wall", "nobody")
VERBS: dict[str, dict[str, object]] = {
    "go-to": {"scene": 1, "beat": 0},
    "set-mode": {"mode": "pause"},
    "set-black": {"on": True},
    "add-doll": {"name": "Esdoorn", "age": 9},
    "add-gap": {"between_from": "school@a", "sentence": "Niemand belt"},
    "undo": {},
    "open": {},
    "end": {},
}


@dataclass(frozen=True, slots=True)
class Hall:
    """A session in which somebody sent something that nobody has shown yet, and every kind of visitor."""

    session: Session
    clients: dict[str, Client]
    item: str


@pytest.fixture
def hall(session: Session, presenter: Actor, join_phone: JoinPhone, as_role: Callable[[str], Client]) -> Hall:
    """The session with its visitors."""
    clients = {role: as_role(role) for role in ("presenter", "secretary", "chair", "reader")}
    clients |= {"nobody": Client(), "participant": join_phone("beleid", "care"), "wall": Client()}
    assert clients["wall"].get(f"/zaal/{session.pk}/scherm?code={session.join_code}").status_code == 200
    other = make_session(presenter, shipped()["iep"], title="Andere zaal", minutes=50, now=timezone.now())
    open_session(presenter, other, key=secrets.token_hex(8))
    clients["other room"] = Client()
    answer = clients["other room"].post("/mee", {"code": fresh(other).join_code, "layer": "", "field": ""})
    assert answer.status_code == 302
    item = say(join_phone(), session, "submit", kind="missing", text=SECRET).json()["item"]
    return Hall(session, clients, item)


def command(client: Client, session: Session, verb: str, fields: dict[str, object]) -> int:
    """The status of a command of the desk."""
    return client.post(
        f"/zaal/{session.pk}/doe/{verb}",
        fields,
        content_type="application/json",
        headers={"Idempotency-Key": secrets.token_hex(8)},
    ).status_code


@pytest.mark.parametrize("who", VISITORS)
def test_only_the_desk_sees_its_pages_and_what_was_sent_in(hall: Hall, who: str) -> None:
    base, client = f"/zaal/{hall.session.pk}", hall.clients[who]
    desk = client.get(f"{base}/verteller")
    assert (desk.status_code == 200) == (who in DESK)
    assert (SECRET in desk.content.decode()) == (who in DESK)
    assert (client.get("/zaal").status_code == 200) == (who in DESK)
    for page in ("", "/scherm", "/zeg", "/na"):
        assert SECRET not in client.get(f"{base}{page}").content.decode()


@pytest.mark.parametrize("who", VISITORS)
def test_the_room_is_for_who_joined_and_the_screen_for_who_has_the_code(hall: Hall, who: str) -> None:
    base, client = f"/zaal/{hall.session.pk}", hall.clients[who]
    assert (client.get(base).status_code == 200) == (who == "participant")
    assert (client.get(f"{base}/scherm").status_code == 200) == (who in {*DESK, "wall"})


@pytest.mark.parametrize("who", [who for who in VISITORS if who not in DESK])
@pytest.mark.parametrize("verb", VERBS)
def test_nobody_else_commands_the_desk(hall: Hall, who: str, verb: str) -> None:
    before = (Session.objects.filter(pk=hall.session.pk).values().get(), Event.objects.count())
    assert command(hall.clients[who], hall.session, verb, VERBS[verb]) == 403
    assert command(hall.clients[who], hall.session, "show-item", {"item": hall.item}) == 403
    assert (Session.objects.filter(pk=hall.session.pk).values().get(), Event.objects.count()) == before
    assert InboxItem.objects.get(key=hall.item).state == "new"


@pytest.mark.parametrize("who", DESK)
def test_both_of_the_desk_command_it(hall: Hall, who: str) -> None:
    for verb, fields in list(VERBS.items())[:5]:
        assert command(hall.clients[who], hall.session, verb, fields) == 200
    assert fresh(hall.session).is_black
    assert command(hall.clients[who], hall.session, "end", {}) == 200
    assert fresh(hall.session).state == "ended"


@pytest.mark.parametrize("who", VISITORS)
def test_only_who_joined_says_something(hall: Hall, who: str) -> None:
    count = InboxItem.objects.count()
    answer = say(hall.clients[who], hall.session, "submit", kind="question", text="Wie belt er?")
    assert (answer.status_code == 200) == (who == "participant")
    assert InboxItem.objects.count() == count + (who == "participant")


@pytest.mark.parametrize("who", VISITORS)
def test_only_the_desk_keeps_what_the_room_added(hall: Hall, do: Do, who: str) -> None:
    do("add-doll", name="Esdoorn", age=9)
    answer = hall.clients[who].post(f"/zaal/{hall.session.pk}/bewaar")
    assert (answer.status_code == 302) == (who in DESK)
    assert Draft.objects.count() == (who in DESK)


@pytest.mark.parametrize("who", VISITORS)
def test_the_stream_gives_each_what_is_theirs(hall: Hall, who: str) -> None:
    admission = admit(hall.clients[who].get("/over").wsgi_request, hall.session.room_id)
    if who in DESK:
        assert admission is not None
        assert admission.audiences == {MEETING, MODERATION}
    elif who in {"participant", "wall"}:
        assert admission is not None
        assert admission.audiences == {MEETING}
        assert admission.counts == (who == "participant")
    else:
        assert admission is None
    sent = Event.objects.filter(room=hall.session.room_id, verb="inbox.received")
    assert set(sent.values_list("audience", flat=True)) == {MODERATION}


@pytest.mark.parametrize("who", VISITORS)
def test_after_the_end_nobody_gets_in_and_only_the_desk_sees_what_remains(
    hall: Hall, presenter: Actor, who: str
) -> None:
    code = fresh(hall.session).join_code
    end_session(presenter, hall.session, key=secrets.token_hex(8), now=timezone.now())
    base, client = f"/zaal/{hall.session.pk}", hall.clients[who]
    people = Participant.objects.filter(session=hall.session).count()
    assert admit(client.get("/over").wsgi_request, hall.session.room_id) is None
    assert (client.get(f"{base}/na").status_code == 200) == (who in DESK)
    assert client.post("/mee", {"code": code, "layer": "", "field": ""}).status_code == 400
    assert say(client, hall.session, "submit", kind="question", text="Nog iets").status_code == 409
    assert command(client, hall.session, "go-to", VERBS["go-to"]) in ({409} if who in DESK else {403})
    assert Participant.objects.filter(session=hall.session).count() == people
    assert SECRET not in client.get(base).content.decode()
