"""New items of a draft, filled in as far as can be guessed, so that somebody only changes what differs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

import msgspec

from schakelbord.editor.content import (
    Content,
    DraftBeat,
    DraftChair,
    DraftDeadline,
    DraftDoll,
    DraftHappening,
    DraftPlace,
    DraftRequest,
    DraftScene,
    DraftSight,
    Item,
    Words,
)
from schakelbord.editor.operations import Clash, Insert, item_at, list_at, no_field

TREES = ("Wilg", "Iep", "Beuk", "Berk", "Els", "Linde", "Den", "Esdoorn", "Hazelaar", "Spar", "Lariks", "Olm")
TREES_MORE = ("Populier", "Meidoorn", "Vlier", "Kastanje", "Taxus", "Plataan", "Haagbeuk", "Lijsterbes", "Acacia")
ALL_TREES = (*TREES, *TREES_MORE)
PATTERNS = ("stripes", "dots", "band", "zigzag")
HUES = ("teal", "indigo", "slate", "violet")
LONGEST_ID = 40


def insertion(content: Content, path: str, *, key: str, after: str | None = None) -> Insert:
    """The operation that puts a new item into a list.

    Args:
        content: the draft as it is.
        path: the list.
        key: the key of the new item.
        after: the key behind which it comes; at the end when not given.

    Raises:
        InputError: no draft has such a list.
        Clash: what holds the list is gone.
    """
    rows = list_at(content, path)
    if after is None:
        after = rows[-1].key if rows else ""
    item = _blank(content, path, key, after)
    return Insert(path, msgspec.to_builtins(item), after)


def _blank(content: Content, path: str, key: str, after: str) -> Item:
    name = path.rpartition("/")[2]
    if name in {"sees", "happens", "asks"}:
        return _line(content, path, key, name)
    makers: dict[str, Callable[[], Item]] = {
        "beats": lambda: DraftBeat(key, day=_day_after(content, path.split("/")[1], after)),
        "scenes": lambda: DraftScene(key, free_id("scene", (row.id for row in content.scenes)), beats=[]),
        "places": lambda: _place(content, key),
        "dolls": lambda: _doll(content, key),
        "deadlines": lambda: DraftDeadline(key, about=_first_doll(content), by=_end(content)),
        "absent": lambda: DraftChair(key, place=_first_place(content)),
    }
    if name not in makers:
        raise no_field(path)
    return makers[name]()


def _end(content: Content) -> int | None:
    return content.horizon if isinstance(content.horizon, int) else None


def _line(content: Content, path: str, key: str, name: str) -> Item:
    """A line of a step; takes over who and where from the line before, if there is one."""
    last = list_at(content, path)[-1:]
    about = _first_doll(content)
    if name == "happens":
        return DraftHappening(key, about=about)
    place = getattr(last[0], "place", "") if last else _lives(content, about)
    if name == "asks":
        return DraftRequest(key, place=place, about=about)
    return DraftSight(key, organisation=getattr(last[0], "organisation", "") if last else "", place=place, about=about)


def _place(content: Content, key: str) -> DraftPlace:
    letter = next(letter for letter in "abcdefghijklmnopqrstuvw" if all(row.id != letter for row in content.places))
    number = len(content.places) + 1
    return DraftPlace(key, letter, Words(f"Gemeente {letter.upper()}", f"Municipality {letter.upper()}"), f"r{number}")


def _doll(content: Content, key: str) -> DraftDoll:
    taken = {row.name for row in content.dolls}
    name = next((tree for tree in ALL_TREES if tree not in taken), "Boom")
    looks = {(row.pattern, row.hue) for row in content.dolls}
    number = len(content.dolls)
    choices = ((PATTERNS[(number + step) % 4], HUES[(number + step // 4) % 4]) for step in range(16))
    pattern, hue = next((look for look in choices if look not in looks), (PATTERNS[0], HUES[0]))
    found = free_id(slug_of(name), (row.id for row in content.dolls))
    return DraftDoll(key, found, name, None, _first_place(content), pattern, hue)


def _day_after(content: Content, scene: str, after: str) -> int:
    """A day later than the step before, within its scene or the scenes before it."""
    last = 0
    for row in content.scenes:
        for beat in row.beats:
            last = beat.day if isinstance(beat.day, int) else last
            if row.key == scene and beat.key == after:
                return last + 1
        if row.key == scene:
            break
    return last + 1


def _first_doll(content: Content) -> str:
    return content.dolls[0].id if content.dolls else ""


def _first_place(content: Content) -> str:
    return content.places[0].id if content.places else ""


def _lives(content: Content, doll: str) -> str:
    return next((row.place for row in content.dolls if row.id == doll), "") or _first_place(content)


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """An id like the wanted one that is not taken."""
    known = set(taken)
    if wanted and wanted not in known:
        return wanted
    number = 2
    while f"{wanted}_{number}" in known:
        number += 1
    return f"{wanted}_{number}"


def slug_of(text: str) -> str:
    """An id made of a text: small letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_ID].strip("_")
    return slug if slug[:1].isalpha() else f"v_{slug}".strip("_")


def uses_of(content: Content, path: str) -> int:
    """How often a doll or a place is named elsewhere in the draft; 0 for all other items."""
    kind = path.partition("/")[0]
    if path.count("/") != 1 or kind not in {"dolls", "places"}:
        return 0
    try:
        item = item_at(content, path)[1]
    except Clash:
        return 0
    wanted = str(getattr(item, "id", ""))
    return sum(word == wanted for word in _named(content, kind))


def _named(content: Content, kind: str) -> Iterable[str]:
    """Every place where a doll, or a place, is named."""
    beats = [beat for scene in content.scenes for beat in scene.beats]
    if kind == "dolls":
        for beat in beats:
            yield from (row.about for row in beat.sees)
            yield from (row.about for row in beat.happens)
            yield from (row.about for row in beat.asks)
            yield from beat.move.dolls
            yield from (end for line in beat.told_channels for end in (line.from_, line.to))
            yield from (end for gap in beat.told_gaps for end in (gap.from_, gap.to))
        for deadline in content.deadlines:
            yield from (deadline.about, *deadline.also)
        return
    yield from (doll.place for doll in content.dolls)
    yield from (chair.place for chair in content.absent)
    for beat in beats:
        yield from (row.place for row in beat.sees)
        yield from (row.place for row in beat.asks)
        yield from (row.place for row in beat.told_organisations)
        yield beat.move.to
