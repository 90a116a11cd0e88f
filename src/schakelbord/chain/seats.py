"""Names beside content that holds none: somebody is in it by the number of their seat."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from schakelbord.bodies.models import Membership

FIELDS: Final = frozenset({"seat", "verdict_seat"})


def seats_in(content: Any) -> Iterator[int]:
    """The numbers of all seats in a content."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name in FIELDS and isinstance(value, int):
                yield value
            else:
                yield from seats_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from seats_in(value)


def names_of_seats(seats: Iterable[int]) -> dict[int, str]:
    """The name of who holds each seat, as it is today; of who was erased that is the word for it."""
    wanted = set(seats)
    if not wanted:
        return {}
    rows = Membership.objects.filter(pk__in=wanted).select_related("person")
    return {row.pk: row.person.name for row in rows}


def read_content(text: str) -> dict[str, Any]:
    """A frozen content as it was kept."""
    found = json.loads(text)
    return found if isinstance(found, dict) else {}
