"""Letters: each goes out once, whatever happens; who answered is not reminded; calendars accept what they bring."""

from __future__ import annotations

import datetime as dt
import threading

import icalendar
import pytest
from django.core import mail
from django.db.models import QuerySet
from django.test import Client

from meeting_world import NOW, World, make_world
from schakelbord.meetings import posting, services
from schakelbord.meetings.acts import Act
from schakelbord.meetings.letters import send_again, send_waiting
from schakelbord.meetings.links import attendance_of_secret, secret_of
from schakelbord.meetings.models import Attendance, Letter

SITE = "https://schakelbord.example"


@pytest.fixture
def convened(commands_inline: None, db: None) -> World:
    """A meeting to which everybody is invited."""
    world = make_world(opened=False)
    for body in world.bodies:
        services.agree(world.secretary, world.fresh(), body, key=f"akkoord-{body.pk}")
    Attendance.objects.update(reply="none")
    services.convene(world.secretary, world.fresh(), key="schrijf-uit-1")
    world.fresh()
    return world


def later(minutes: int = 1) -> dt.datetime:
    """A moment after what was put in the post."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)


def test_everybody_gets_one_invitation_with_the_meeting_for_the_calendar(convened: World) -> None:
    assert send_waiting(site=SITE, now=later()).sent == 8
    assert send_waiting(site=SITE, now=later(5)).sent == 0
    assert len(mail.outbox) == 8
    first = mail.outbox[0]
    one = Attendance.objects.get(person__email=first.to[0])
    assert f"{SITE}/antwoord/{secret_of(one)}" in first.body
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 8
    name, content, kind = first.attachments[0]
    assert (name, kind.split(";")[0]) == ("bijeenkomst.ics", "text/calendar")
    calendar = icalendar.Calendar.from_ical(content)
    event = calendar.events[0]
    assert calendar["METHOD"] == "REQUEST"
    assert event.start.astimezone(dt.UTC) == NOW
    assert str(event["UID"]).startswith("bijeenkomst-")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]


def test_convening_twice_and_inviting_again_sends_nothing_twice(convened: World) -> None:
    def deed(act: Act) -> dict[str, int]:
        return {"count": services.invite(act)}

    assert convened.prepare(deed)["count"] == 0
    assert Letter.objects.count() == 8


def test_two_post_offices_at_once_send_each_letter_once(convened: World, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    lock = threading.Lock()
    claim = posting.claim

    def slow(rows: QuerySet[Letter], key: int, *, now: dt.datetime) -> Letter | None:
        found = claim(rows, key, now=now)
        with lock:
            taken.extend([] if found is None else [key])
        # The other one comes in between: it finds the letter taken.
        assert claim(rows, key, now=now) is None
        return found

    monkeypatch.setattr(posting, "claim", slow)
    assert send_waiting(site=SITE, now=later()).sent == 8
    assert len(taken) == len(set(taken)) == 8


def test_a_server_that_does_not_answer_is_tried_again_and_then_a_person_decides(
    convened: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise OSError("geen verbinding")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", broken)
    for number in range(posting.MOST_TRIES):
        assert send_waiting(site=SITE, now=later(number * 180 + 1)).failed == 8
    assert set(Letter.objects.values_list("state", flat=True)) == {"failed"}
    monkeypatch.undo()
    send_again(Letter.objects.order_by("pk")[0])
    assert send_waiting(site=SITE, now=later()).sent == 1


def test_a_letter_that_was_perhaps_sent_is_never_sent_by_itself(convened: World) -> None:
    Letter.objects.update(state="sending", due_at=later(-60))
    assert send_waiting(site=SITE, now=later()).sent == 0
    assert set(Letter.objects.values_list("state", flat=True)) == {"unsure"}
    assert not mail.outbox


def test_who_answered_is_not_reminded(convened: World) -> None:
    send_waiting(site=SITE, now=later())
    Attendance.objects.filter(pk=convened.people[0].pk).update(reply="yes")
    Attendance.objects.filter(pk=convened.people[1].pk).update(reply="no")

    def deed(act: Act) -> dict[str, int]:
        return {"count": sum(services.post(act, one, "reminder") for one in act.meeting.attendances.all())}

    convened.prepare(deed)
    done = send_waiting(site=SITE, now=later())
    assert (done.sent, done.needless) == (6, 2)


def test_one_answers_without_an_account_and_nobody_answers_for_another(convened: World) -> None:
    one = convened.people[2]
    client = Client()
    address = f"/antwoord/{secret_of(one)}"
    assert "Vogel 0-2" in client.get(address).content.decode()
    answer = {"reply": "no", "note": "Ik ben op reis", "theme": [convened.themes[0].pk]}
    assert client.post(address, answer).status_code == 302
    fresh = Attendance.objects.get(pk=one.pk)
    assert (fresh.reply, fresh.reply_note, fresh.seats.count()) == ("no", "Ik ben op reis", 0)
    assert client.post(address, {"reply": "misschien"}).status_code == 400
    assert client.get(f"/antwoord/{one.key}.geraden").status_code == 404
    assert attendance_of_secret(secret_of(one)[:-1] + "x") is None


def test_reminders_wait_for_their_day_and_come_once(convened: World) -> None:
    assert Letter.objects.filter(kind="reminder").count() == 0
    convened.meeting.starts_at = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    convened.meeting.ends_at = convened.meeting.starts_at + dt.timedelta(hours=3)
    convened.meeting.save(update_fields=["starts_at", "ends_at"])
    Letter.objects.update(state="sent", sent_at=NOW)

    def invite(act: Act) -> dict[str, int]:
        return {"count": services.invite(act)}

    def remind(act: Act) -> dict[str, int]:
        return {"count": services.remind_now(act)}

    convened.prepare(invite)
    assert Letter.objects.filter(kind="reminder").count() == 16
    assert send_waiting(site=SITE, now=later()).sent == 0
    assert convened.prepare(remind)["count"] == 8
    assert convened.prepare(remind)["count"] == 0
    assert send_waiting(site=SITE, now=later()).sent == 8
    week_before = convened.meeting.starts_at - dt.timedelta(days=7, minutes=-5)
    assert send_waiting(site=SITE, now=week_before).sent == 0
    Attendance.objects.update(reply="yes")
    three_days_late = convened.meeting.starts_at - dt.timedelta(hours=2)
    assert send_waiting(site=SITE, now=three_days_late).sent == 8
    assert send_waiting(site=SITE, now=three_days_late).sent == 0
