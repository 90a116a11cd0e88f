"""Does the legal ground of a link allow the kind of data that travels over it?

The rule is meant for talk and gives warnings only; it is no legal advice. Data about health and about offences need
more than a ground for ordinary data (AVG articles 9 and 10). `_ALLOWS` holds the laws which, as the domain notes read
them, provide for such data themselves. Express consent also does. Anything else gets a warning: a general public task,
a school law or an assistance law says nothing about them.
"""

from __future__ import annotations

from typing import Final, Literal

from schakelbord.engine.catalogue import BodyType, Catalogue, ChannelType, Ground
from schakelbord.engine.decode import Document
from schakelbord.engine.references import ANY
from schakelbord.engine.text import Text

Sensitive = Literal["health", "criminal"]
_BOTH: Final[frozenset[Sensitive]] = frozenset({"health", "criminal"})
_HEALTH: Final[frozenset[Sensitive]] = frozenset({"health"})
_CRIMINAL: Final[frozenset[Sensitive]] = frozenset({"criminal"})
_ALLOWS: Final[dict[str, frozenset[Sensitive]]] = {
    "Wmo 2015": _BOTH,
    "Jeugdwet": _BOTH,
    "BW Boek 1": _BOTH,
    "BW Boek 7": _HEALTH,
    "Wet publieke gezondheid": _HEALTH,
    "WPO": _HEALTH,
    "WVO 2020": _HEALTH,
    "Wpg": _BOTH,
    "WGS": _BOTH,
    "WGS 2.19": _CRIMINAL,
    "WGS 2.20": _CRIMINAL,
    "WGS 2.23": _CRIMINAL,
    "Wjsg": _CRIMINAL,
    "Wetboek van Strafvordering": _CRIMINAL,
}
_NAMES: Final[dict[Sensitive, tuple[str, str]]] = {
    "health": ("gezondheid", "health"),
    "criminal": ("strafbare feiten", "offences"),
}


def check_sensitive(document: Document, link: BodyType | ChannelType, catalogue: Catalogue) -> None:
    """Adds a warning for each kind of sensitive data that the link carries and its ground says nothing about."""
    if link.ground is None or "consent" in link.requires or ANY in link.carries:
        return
    for kind in _missing(link.ground, link.carries, catalogue):
        signals = [row.id for row in catalogue.signals if row.id in link.carries and row.sensitive == kind]
        document.warn(document.spot(link, "ground"), f"ground_without_{kind}", _says(kind, link.ground, signals[0]))


def _missing(ground: Ground, carries: tuple[str, ...], catalogue: Catalogue) -> list[Sensitive]:
    kinds = {catalogue.signal[word].sensitive for word in carries if word in catalogue.signal}
    return [kind for kind in _NAMES if kind in kinds and kind not in _allowed(ground)]


def _allowed(ground: Ground) -> frozenset[Sensitive]:
    """By law, or by law and article where these say less: a RIEC may not process data on health (WGS 2.21)."""
    of_article = _ALLOWS.get(f"{ground.law} {ground.article}")
    return of_article if of_article is not None else _ALLOWS.get(ground.law, frozenset())


def _says(kind: Sensitive, ground: Ground, signal: str) -> Text:
    dutch, english = _NAMES[kind]
    return Text(
        nl=f"`{signal}` gaat over {dutch}; de grondslag ({ground.law}) zegt daar niets over. Klopt dat?",
        en=f"`{signal}` is about {english}; the ground ({ground.law}) says nothing about that. Is that right?",
    )
