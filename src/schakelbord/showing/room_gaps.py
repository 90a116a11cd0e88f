"""Gaps of a session by their key: those that somebody told, and the life of computed ones."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Final

from schakelbord.errors import InputError
from schakelbord.showing.models import RoomGap, Session
from schakelbord.showing.tales import bare_reading, known_ids, reading_in
from schakelbord.stories.findings import repair_keys

NOBODY: Final = "nobody:"
"""How the stage calls the chair at which nobody sits, before the key of its gap."""


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
    if key not in computed(session):
        raise not_there()
    return RoomGap.objects.create(session=session, key=new_key("c"), computed=key, made_at=now)


def require_on_stage(session: Session, *ids: str) -> None:
    """Stop when one of these is nobody in this story and nobody who was added; "" is nobody, which is allowed.

    Raises:
        InputError: says so.
    """
    wanted = {name for name in ids if name and not name.startswith(NOBODY)} - known_ids(session)
    if wanted - set(session.additions.filter(removed=False, key__in=wanted).values_list("key", flat=True)):
        raise not_there()


def require_gap(session: Session, key: str) -> None:
    """Stop when neither the reading nor the room knows this gap; "" is none, which is allowed.

    Raises:
        InputError: says so.
    """
    if key and not session.gaps.filter(key=key, removed=False, computed="").exists() and key not in computed(session):
        raise not_there()


def require_repairs(session: Session, keys: Iterable[str]) -> None:
    """Stop when one of these is no repair of this story.

    Raises:
        InputError: names it.
    """
    strange = sorted(set(keys) - repair_keys(bare_reading(session)))
    if strange:
        raise InputError(
            "unknown_repair",
            strange[0],
            nl="Deze reparatie hoort niet bij dit verhaal.",
            en="This repair does not belong to this story.",
        )


def computed(session: Session) -> set[str]:
    """Keys of all computed gaps: those of the story as it is, and those that only open with the repairs on."""
    return {finding.key for finding in (*bare_reading(session).findings, *reading_in(session).findings)}


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
