"""A session that is going on in the demo, so that everybody finds a room in which people already said something."""

from __future__ import annotations

import datetime as dt
import json

from schakelbord.accounts.actors import Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.live.devices import new_device
from schakelbord.showing import desk, voices
from schakelbord.showing.joining import join, make_session, open_session
from schakelbord.showing.models import InboxItem, Participant, Session
from schakelbord.showing.reading import read_body
from schakelbord.showing.tales import bare_reading
from schakelbord.stories.library import all_stories

TITLE = "Samen schakelen: oefenzaal"
PEOPLE = (
    *(("uitvoering", "education"), ("uitvoering", "care"), ("uitvoering", "municipality"), ("uitvoering", "police")),
    *(("beleid", "municipality"), ("beleid", "youth"), ("bestuur", "municipality"), ("", "")),
)
NOTES = {
    "2:0": "Vraag eerst: wie kent dit uit het eigen werk?\nLaat een stilte vallen na de lege stoel.",
    "2:3": "Noem nooit een groep. Het gaat over het stelsel.",
}
SAID: tuple[tuple[int, dict[str, str]], ...] = (
    (1, {"kind": "gap", "text": "De huisarts wist het wel, maar niemand vroeg het.", "told_kind": "practice"}),
    (2, {"kind": "addition", "text": "Bij ons lag de verhuizing drie weken op een stapel."}),
    (0, {"kind": "missing", "text": "De jongerenwerker uit de buurt: die kende het gezin al."}),
    (4, {"kind": "cause", "text": "Scholen denken dat de privacywet dit verbiedt."}),
    (5, {"kind": "question", "text": "Mag de school bellen zonder toestemming?"}),
    (3, {"kind": "gap", "text": "Na de melding hoorde de wijkagent nooit meer iets.", "told_kind": "no_feedback"}),
)


def make_demo_session(*, now: dt.datetime) -> None:
    """Make it, unless there is a session already."""
    if Session.objects.exists():
        return
    presenter = actor_of(demo_user(Role.PRESENTER))
    session = make_session(presenter, all_stories()["wilg"], title=TITLE, minutes=50, now=now)
    open_session(presenter, session, key="demo-open")
    session = Session.objects.get(pk=session.pk)

    def do(number: int, verb: str, **fields: object) -> None:
        desk.perform(presenter, session, verb=verb, body=json.dumps(fields).encode(), key=f"demo-desk-{number}")

    do(1, "go-to", scene=2, beat=3)
    for number, (place, text) in enumerate(NOTES.items(), start=2):
        scene, beat = place.split(":")
        do(number, "save-notes", scene=int(scene), beat=int(beat), text=text)
    room = [join(session, device=new_device(), layer=layer, field=field, now=now) for layer, field in PEOPLE]
    _say(session, room)
    shown = InboxItem.objects.filter(session=session, kind="gap").order_by("pk").last()
    if shown is not None:
        do(10, "show-item", item=shown.key)


def _say(session: Session, room: list[Participant]) -> None:
    """What the people of the demo recognise and send in."""
    gaps = [row.key for row in bare_reading(session).findings if row.day <= session.day or row.day <= 60]
    number = 0

    def say(who: Participant, verb: str, **fields: object) -> None:
        nonlocal number
        number += 1
        asked = read_body(verb, json.dumps(fields).encode(), voices.VOICES)
        voices.perform(session, who, verb=verb, asked=asked, key=f"demo-room-{number}")

    for place, gap in enumerate(gaps[:3]):
        for who in room[: 6 - 2 * place]:
            say(who, "recognise", gap=gap)
    for person, fields in SAID:
        about = {"about": gaps[0]} if fields["kind"] in {"addition", "cause"} and gaps else {}
        between = {"between_from": "school@a"} if fields["kind"] == "gap" else {}
        say(room[person], "submit", **fields, **about, **between, scene=2, beat=3)
