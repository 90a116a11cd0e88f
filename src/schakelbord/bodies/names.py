"""Names of organisations as they are compared: "Gem. Ede" is "gemeente Ede"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

SHORT: Final[Mapping[str, str]] = {
    "gem": "gemeente",
    "gmte": "gemeente",
    "min": "ministerie",
    "prov": "provincie",
    "pol": "politie",
    "stg": "stichting",
    "st": "sint",
    "vt": "veilig thuis",
    "om": "openbaar ministerie",
    "rvdk": "raad voor de kinderbescherming",
    "zvh": "zorg en veiligheidshuis",
    "jenv": "justitie en veiligheid",
    "j v": "justitie en veiligheid",
}
EMPTY: Final = frozenset({"de", "het", "een", "van", "te", "en", "der", "den", "stichting", "vereniging", "the", "of"})
SIGNS: Final = re.compile(r"[^\w]+")
CLOSE: Final = 0.84
LONGEST: Final = 160


def key_of(name: str) -> str:
    """A name as it is compared: lower case, no accents or signs, short words written out, empty words left out.

    "" for a name of which nothing remains.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    words = SIGNS.sub(" ", plain.casefold()).split()
    whole = " ".join(words)
    written = SHORT[whole].split() if whole in SHORT else [SHORT.get(word, word) for word in words]
    flat = " ".join(written).split()
    kept = [word for word in flat if word not in EMPTY]
    return " ".join(kept or flat)[:LONGEST]


def near(name: str, keys: Mapping[str, int], *, most: int = 3) -> tuple[int, ...]:
    """The organisations whose names look like this one, best first; none when nothing does.

    Args:
        name: as somebody typed it.
        keys: the keys that are known, with whose they are.
        most: how many to give.
    """
    found = get_close_matches(key_of(name), keys, n=most, cutoff=CLOSE)
    return tuple(dict.fromkeys(keys[key] for key in found))
