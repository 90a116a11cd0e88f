"""Short codes: `H-03`, `D-12`, `B-2027-04`. Each is given out once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from schakelbord.dossiers.models import Counter


def next_code(letter: str, *, year: int | None = None) -> str:
    """The next free code of a series; inside a transaction, so that a number is not lost when the row is not kept.

    Args:
        letter: what sort of thing, such as `H` for a gap.
        year: for things that are counted a year.
    """
    series = letter if year is None else f"{letter}-{year}"
    with transaction.atomic():
        Counter.objects.get_or_create(series=series)
        Counter.objects.filter(series=series).update(last=F("last") + 1)
        last = Counter.objects.values_list("last", flat=True).get(series=series)
    return f"{series}-{last:02d}"
