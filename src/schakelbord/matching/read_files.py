"""Bodies, actions and earlier answers from JSON. Every mistake gets one sentence and the JSON pointer of its place.

Fields that nobody knows are passed over, so that a file may hold judgements or notes of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar, cast

from schakelbord.engine.case_fields import Place, refuse, shown
from schakelbord.engine.case_io import read_bytes
from schakelbord.engine.json_text import decode_json
from schakelbord.errors import InputError, Language
from schakelbord.matching.model import Body, Earlier, Jurisdiction, Layer, Wanted

LAYERS: Final = ("official", "administrative", "mixed")
JURISDICTIONS: Final = ("gemeente", "regio", "land")
LANGUAGES: Final = ("nl", "en")
MOST_BODIES, MOST_ACTIONS, MOST_EARLIER = 5_000, 10_000, 20_000
LONGEST_TEXT = 10_000
LONGEST_DAYS = 3_660

T = TypeVar("T")


def read_bodies(path: Path) -> tuple[Body, ...]:
    """Bodies from a JSON file (a list), or from standard input when the path is `-`.

    Raises:
        InputError: it cannot be read, or something in it cannot be; `where` is the file and the place.
    """
    found = _read(path, _body, MOST_BODIES)
    if not found:
        refuse("no_bodies", str(path), nl="er staat geen enkel gremium in.", en="there is no body in it.")
    return found


def read_actions(path: Path) -> dict[str, Wanted]:
    """Actions by their ids, in the order of the file: a list of objects with `id`, `title` and what else is known.

    Raises:
        InputError: as above.
    """
    return dict(_read(path, _action, MOST_ACTIONS))


def read_earlier(path: Path) -> tuple[Earlier, ...]:
    """What bodies said to actions before: a list of objects with `text`, `body` and `accepted`.

    Raises:
        InputError: as above.
    """
    return _read(path, _earlier, MOST_EARLIER, unique=False)


def _read(path: Path, one: Callable[[Place], T], most: int, *, unique: bool = True) -> tuple[T, ...]:
    try:
        root = Place(decode_json(read_bytes(path)), "")
        items = list(root.items())
        if len(items) > most:
            refuse("too_many", "", nl=f"meer dan {most} lezen we niet.", en=f"we read at most {most}.")
        seen: dict[str, int] = {}
        for number, item in enumerate(items):
            if not unique:
                break
            key = _short(item.field("id"), needed=True)
            if key in seen:
                refuse(
                    "doubled_id",
                    f"{item.where}/id",
                    nl=f"“{key[:40]}” staat ook bij nummer {seen[key]}; geef elk een eigen id.",
                    en=f"“{key[:40]}” is also at number {seen[key]}; give each its own id.",
                )
            seen[key] = number
        return tuple(one(item) for item in items)
    except InputError as error:
        place = str(path)
        where = error.where if error.where.startswith(place) else f"{place} {error.where}".rstrip()
        raise InputError(error.code, where, nl=error.nl, en=error.en) from None


def _body(item: Place) -> Body:
    return Body(
        id=_short(item.field("id"), needed=True),
        name=_short(item.field("name"), needed=True),
        remit=_optional(item, "remit"),
        themes=_texts(item, "themes"),
        layer=cast("Layer | None", _choice(item, "layer", LAYERS)),
        jurisdiction=cast("Jurisdiction | None", _choice(item, "jurisdiction", JURISDICTIONS)),
        members=_texts(item, "members"),
        meets_every_days=item.field("meets_every_days").number(1, LONGEST_DAYS)
        if _given(item, "meets_every_days")
        else None,
    )


def _action(item: Place) -> tuple[str, Wanted]:
    return _short(item.field("id"), needed=True), Wanted(
        title=_short(item.field("title"), needed=True),
        desired_result=_optional(item, "desired_result"),
        theme=_optional(item, "theme"),
        layer=cast("Layer | None", _choice(item, "layer", LAYERS)),
        jurisdiction=cast("Jurisdiction | None", _choice(item, "jurisdiction", JURISDICTIONS)),
        lang=cast("Language", _choice(item, "lang", LANGUAGES) or "nl"),
    )


def _earlier(item: Place) -> Earlier:
    accepted = item.field("accepted")
    if not isinstance(accepted.value, bool):
        refuse(
            "not_yes_or_no",
            accepted.where,
            nl=f"hier hoort true of false, niet {shown(accepted.value)}.",
            en=f"this must be true or false, not {shown(accepted.value)}.",
        )
    return Earlier(_short(item.field("text"), needed=True), _short(item.field("body")), accepted.value)


def _given(item: Place, name: str) -> bool:
    return item.has(name) and item.object()[name] is not None


def _optional(item: Place, name: str) -> str:
    return _short(item.field(name)) if _given(item, name) else ""


def _texts(item: Place, name: str) -> tuple[str, ...]:
    return tuple(_short(text) for text in item.field(name).items()) if _given(item, name) else ()


def _choice(item: Place, name: str, known: tuple[str, ...]) -> str | None:
    if not _given(item, name):
        return None
    place = item.field(name)
    text = place.text()
    if text not in known:
        refuse(
            "unknown_choice",
            place.where,
            nl=f"{shown(text)} kan niet; kies uit {', '.join(known)}.",
            en=f"{shown(text)} is not possible; choose from {', '.join(known)}.",
        )
    return text


def _short(place: Place, *, needed: bool = False) -> str:
    text = place.text()
    if needed and not text.strip():
        refuse("empty", place.where, nl="hier staat niets; vul het in.", en="this is empty; fill it in.")
    if len(text) > LONGEST_TEXT:
        refuse(
            "too_long",
            place.where,
            nl=f"deze tekst is langer dan {LONGEST_TEXT} tekens; maak hem korter.",
            en=f"this text is longer than {LONGEST_TEXT} signs; make it shorter.",
        )
    return text
