"""Gaps of a session by their key: those that somebody told, and the life of computed ones."""

from __future__ import annotations

import datetime as dt
import secrets

from schakelbord.errors import InputError
from schakelbord.showing.models import RoomGap, Session
from schakelbord.showing.tales import bare_reading, reading_in


def told_gap(session: Session, key: str) -> RoomGap:
    """A gap that was told in this session.

    Raises:
        InputError: there is none with this key.
    """
    found = session.gaps.filter(key=key, removed=False, computed="").first()
    if found is None:
        raise not_there()
    return found


def gap_of(session: Session, key: str, *, now: dt.datetime) -> RoomGap:
    """The life of a gap, told or computed; that of a computed one begins when somebody first does something with it.

    Raises:
        InputError: neither the reading nor the room knows it.
    """
    found = session.gaps.filter(key=key, removed=False).first() or session.gaps.filter(computed=key).first()
    if found is not None:
        return found
    if key not in {finding.key for finding in (*bare_reading(session).findings, *reading_in(session).findings)}:
        raise not_there()
    return RoomGap.objects.create(session=session, key=new_key("c"), computed=key, made_at=now)


def not_there() -> InputError:
    """What is asked for is not on the stage."""
    return InputError(
        "not_there",
        nl="Dit staat er niet (meer). Kijk wat er nu op het toneel staat.",
        en="This is not there (any more). Look at what is on the stage now.",
    )


def new_key(kind: str) -> str:
    """A key for something new."""
    return f"{kind}-{secrets.token_hex(5)}"


def next_number(session: Session) -> int:
    """The number of the next told gap."""
    return session.gaps.filter(computed="").count() + 1
