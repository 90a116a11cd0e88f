"""Guessing codes: a thousand wrong ones, from one place or many, and who is in the room still gets in."""

from __future__ import annotations

import datetime as dt
import secrets

import pytest
from django.test import Client
from django.utils import timezone

from schakelbord.accounts.actors import Actor
from schakelbord.errors import InputError, StateError
from schakelbord.live.rooms import close_room
from schakelbord.showing import joining
from schakelbord.showing.codes import SessionState
from schakelbord.showing.guessing import FREE_A_DEVICE, FREE_AN_ADDRESS, SHORTEST_WAIT
from schakelbord.showing.joining import end_session, finish_endings, link_of, session_of_code
from schakelbord.showing.models import Session, WrongCodes
from showing_session import fresh

GUESSER, OTHER = "198.51.100.7", "203.0.113.9"


def wrong_code(session: Session) -> str:
    """A code that is not the one of this session."""
    return "111111" if session.join_code != "111111" else "222222"


def try_code(code: str, address: str) -> int:
    """A browser without a past tries a code; the status of the answer."""
    return Client(REMOTE_ADDR=address).post("/mee", {"code": code}).status_code


def test_a_thousand_guesses_stop_and_a_rightful_person_gets_in_meanwhile(session: Session) -> None:
    wrong, statuses = wrong_code(session), []
    for number in range(1000):
        statuses.append(try_code(wrong, GUESSER))
        if number in {100, 500, 999}:
            assert try_code(session.join_code, OTHER) == 302
            assert try_code(link_of(session), GUESSER) == 302
    assert statuses[:FREE_AN_ADDRESS] == [400] * FREE_AN_ADDRESS
    assert statuses.count(400) < FREE_AN_ADDRESS + 5
    assert statuses[-1] == 429
    assert try_code(session.join_code, GUESSER) == 429


def test_a_thousand_guesses_from_a_hundred_addresses_slow_them_down_and_nobody_else(session: Session) -> None:
    now, wrong = timezone.now(), wrong_code(session)
    for number in range(1000):
        with pytest.raises(InputError):
            session_of_code(wrong, address=f"198.51.100.{number % 100}", device="", now=now)
    assert session_of_code(session.join_code, address=OTHER, device="", now=now) == session
    statuses = [try_code(wrong, "198.51.100.1") for _ in range(FREE_AN_ADDRESS)]
    assert statuses.count(400) < FREE_AN_ADDRESS / 4
    assert statuses[-1] == 429
    assert try_code(session.join_code, OTHER) == 302


def test_one_device_waits_ever_longer_and_the_hall_behind_its_address_does_not(session: Session) -> None:
    now, wrong = timezone.now(), wrong_code(session)

    def guess(code: str, moment: dt.datetime, device: str = "guesser") -> Session:
        return session_of_code(code, address=GUESSER, device=device, now=moment)

    for _ in range(FREE_A_DEVICE):
        with pytest.raises(InputError):
            guess(wrong, now)
    for factor in (1, 2, 4):
        with pytest.raises(StateError, match="Too many wrong codes"):
            guess(session.join_code, now + dt.timedelta(seconds=SHORTEST_WAIT * factor - 1))
        assert guess(session.join_code, now, device="somebody in the hall") == session
        now += dt.timedelta(seconds=SHORTEST_WAIT * factor)
        with pytest.raises(InputError):
            guess(wrong, now)
    assert guess(session.join_code, now + dt.timedelta(hours=1)) == session


def test_a_network_of_one_subscriber_counts_as_one_and_no_address_is_kept(session: Session) -> None:
    now = timezone.now()
    for number in range(FREE_AN_ADDRESS):
        with pytest.raises(InputError):
            session_of_code(wrong_code(session), address=f"2001:db8:1:2::{number:x}", device="", now=now)
    with pytest.raises(StateError):
        session_of_code(session.join_code, address="2001:db8:1:2:ffff::1", device="", now=now)
    assert "2001" not in str(list(WrongCodes.objects.values_list("place", flat=True)))
    with pytest.raises(InputError):
        session_of_code(wrong_code(session), address=OTHER, device="", now=now + dt.timedelta(hours=2))
    assert WrongCodes.objects.count() == 2


def test_the_address_of_the_big_screen_is_no_way_round(session: Session) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    statuses = [
        client.get(f"/zaal/{session.pk}/scherm?code={wrong_code(session)}").status_code
        for _ in range(FREE_AN_ADDRESS + 1)
    ]
    assert statuses[0] == 403
    assert client.get(f"/zaal/{session.pk}/scherm?code={session.join_code}").status_code != 200
    assert Client().get(f"/zaal/{session.pk}/scherm?code={session.join_code}").status_code == 200


@pytest.mark.parametrize("change", ["seal", "session", "code"])
def test_a_link_fits_one_session_with_one_code(session: Session, change: str) -> None:
    link = link_of(session)
    if change == "code":
        Session.objects.filter(pk=session.pk).update(join_code=wrong_code(session))
    other = {"seal": link[:-1] + ("A" if link[-1] != "A" else "B"), "session": f"9{link}", "code": link}[change]
    with pytest.raises(InputError):
        session_of_code(other, address=OTHER, device="", now=timezone.now())


def test_the_link_of_the_camera_asks_for_no_code(session: Session) -> None:
    client = Client()
    page = client.get(f"/mee/{link_of(session)}").content.decode()
    assert 'type="hidden" name="code"' in page
    assert 'id="code"' not in page
    assert client.post("/mee", {"code": link_of(session)})["Location"] == f"/zaal/{session.pk}"


@pytest.mark.parametrize("by", ["start", "page"])
def test_an_end_that_was_broken_off_is_finished(
    session: Session, presenter: Actor, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(joining, "close_room", die)
    with pytest.raises(KeyboardInterrupt):
        end_session(presenter, session, key=secrets.token_hex(8), now=timezone.now())
    halfway = fresh(session)
    assert (halfway.state, halfway.room.closed_at) == (SessionState.ENDED, None)
    assert halfway.room.replies.exists()
    monkeypatch.setattr(joining, "close_room", close_room)
    if by == "start":
        assert finish_endings(now=timezone.now()) == 1
        assert finish_endings(now=timezone.now()) == 0
    else:
        assert Client().get(f"/zaal/{session.pk}").status_code == 200
    assert fresh(session).room.closed_at is not None
    assert not session.room.replies.exists()
