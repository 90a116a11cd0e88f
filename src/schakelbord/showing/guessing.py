"""Wrong codes: who guesses waits ever longer, and a hall behind one address still gets in.

The counts are in the database, so that all processes know them. An address or device is kept as a keyed hash, for an
hour at most. A wait is refused before the code is looked up: it says nothing about the code.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from schakelbord.errors import StateError
from schakelbord.showing.models import WrongCodes

FREE_A_DEVICE: Final = 8
FREE_AN_ADDRESS: Final = 120
"""A hall of hundreds shares one address, and mistypes now and then."""
FEWEST_AN_ADDRESS: Final = 5
BRAKE: Final = 500
"""With every so many wrong codes of all together, an address that guesses gets half as many; others still get in."""
WINDOW: Final = dt.timedelta(minutes=10)
FORGET: Final = dt.timedelta(hours=1)
SHORTEST_WAIT: Final = 30
LONGEST_WAIT: Final = 600
EVERYWHERE: Final = "all"


def refuse_guessing(address: str, device: str, *, now: dt.datetime) -> None:
    """Stop who guessed wrong too often and has not waited yet.

    Raises:
        StateError: with how long to wait.
    """
    rows = WrongCodes.objects.filter(place__in=_places(address, device), wait_until__gt=now)
    until = max((row.wait_until for row in rows if row.wait_until), default=None)
    if until is None:
        return
    seconds = max(1, round((until - now).total_seconds()))
    nl, en = (f"{seconds} seconden", f"{seconds} seconds")
    if seconds > 90:
        nl, en = (f"{-(-seconds // 60)} minuten", f"{-(-seconds // 60)} minutes")
    raise StateError(
        "too_often",
        nl=f"Er zijn te veel verkeerde codes ingevuld. Wacht {nl}, of richt uw camera op de code op het scherm.",
        en=f"Too many wrong codes were tried. Wait {en}, or point your camera at the code on the screen.",
    )


def count_wrong(address: str, device: str, *, now: dt.datetime) -> None:
    """Count a wrong code, and say who must wait."""
    with transaction.atomic():
        WrongCodes.objects.filter(since__lt=now - FORGET).delete()
        total = _add(EVERYWHERE, now=now)
        free = {_place("device", device): FREE_A_DEVICE} if device else {}
        free[_place("address", _network(address))] = max(FEWEST_AN_ADDRESS, FREE_AN_ADDRESS >> (total // BRAKE))
        for place, most in sorted(free.items()):
            over = _add(place, now=now) - most
            if over >= 0:
                wait = min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** min(over, 10))
                WrongCodes.objects.filter(place=place).update(wait_until=now + dt.timedelta(seconds=wait))


def _add(place: str, *, now: dt.datetime) -> int:
    """One more here; begins anew when the window is over and nobody had to wait."""
    row, made = WrongCodes.objects.get_or_create(place=place, defaults={"count": 1, "since": now})
    if made:
        return 1
    if row.since < now - WINDOW and (row.wait_until is None or row.wait_until < now - WINDOW):
        WrongCodes.objects.filter(pk=row.pk).update(count=1, since=now, wait_until=None)
        return 1
    WrongCodes.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return row.count + 1


def _places(address: str, device: str) -> list[str]:
    found = [_place("address", _network(address))]
    return [*found, _place("device", device)] if device else found


def _place(kind: str, name: str) -> str:
    return f"{kind}:{salted_hmac('schakelbord.wrong-code', f'{kind}:{name}').hexdigest()[:32]}"


def _network(address: str) -> str:
    """An address of the newer kind stands for the 64-bit network that one subscriber has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
