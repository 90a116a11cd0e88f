"""Two changes of one list: both hold, unless they change the same item.

A list of the model is a list of ids, or of rows such as the members of a body. Its order is only for the eye, but it
is somebody's order, so it is merged too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from schakelbord.system_model.columns import Plain

# What names a row of a list, the first that it has.
NAMING: Final = ("id", "organisation", "body")
EVERYTHING: Final = "*"
Items = Sequence[Plain]
_GONE: Final[Any] = object()


def merged_list(base: Items, mine: Items, theirs: Items) -> list[Plain] | None:
    """The list with what two people changed in it since `base`; None when they changed the same item.

    Args:
        base: the list both began with.
        mine: what one of them made of it.
        theirs: what the other one made of it.
    """
    named = all(_are_named(items) for items in (base, mine, theirs))
    was, one, two = ({_key(item, named=named): item for item in items} for items in (base, mine, theirs))
    if not named and was.keys() - one.keys() - two.keys() and (one.keys() | two.keys()) - was.keys():
        # Without names a changed row looks like one taken out and one put in: perhaps both changed the same.
        return None
    merged: dict[str, Plain] = {}
    for key in was.keys() | one.keys() | two.keys():
        before, left, right = (items.get(key, _GONE) for items in (was, one, two))
        if left != right and before not in (left, right):
            return None
        found = right if left == before else left
        if found is not _GONE:
            merged[key] = found
    if EVERYTHING in merged.values() and len(merged) > 1 and EVERYTHING not in base:
        return None
    order = _order(list(was), list(one), list(two))
    return None if order is None else [merged[key] for key in order if key in merged]


def _order(was: list[str], one: list[str], two: list[str]) -> list[str] | None:
    """All keys in the order of who moved something, with the new ones of both; None when both moved."""
    common = set(was) & set(one) & set(two)
    before, left, right = ([key for key in keys if key in common] for keys in (was, one, two))
    if before not in (left, right) and left != right:
        return None
    first, second = (two, one) if left == before else (one, two)
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            ahead = second[place - 1] if place else None
            order.insert(order.index(ahead) + 1 if ahead is not None else 0, key)
    return order


def _are_named(items: Items) -> bool:
    """Whether every item is a text or has a name, and no two have the same."""
    names = [_name(item) for item in items]
    return None not in names and len(set(names)) == len(names)


def _name(item: Plain) -> str | None:
    if isinstance(item, Mapping):
        return next((str(item[name]) for name in NAMING if name in item), None)
    return str(item)


def _key(item: Plain, *, named: bool) -> str:
    name = _name(item)
    return name if named and name is not None else json.dumps(item, sort_keys=True)
