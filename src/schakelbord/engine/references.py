"""Ids that refer to something: what is known of each kind, and what to say when an id is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.decode import Document
from schakelbord.engine.decode_messages import joined, meant, shown
from schakelbord.engine.text import Text
from schakelbord.engine.yaml_source import Mapping, Node, Scalar, Sequence

Kind = Literal["organisation", "body", "channel", "signal", "pattern", "theme", "place", "doll"]
ANY: Final = "*"
_NAMES: Final[dict[Kind, tuple[str, str]]] = {
    "organisation": ("de organisatie", "the organisation"),
    "body": ("het gremium", "the body"),
    "channel": ("het kanaal", "the channel"),
    "signal": ("het signaal", "the signal"),
    "pattern": ("het patroon", "the pattern"),
    "theme": ("het thema", "the theme"),
    "place": ("de plaats", "the place"),
    "doll": ("de pop", "the doll"),
}
_FILES: Final[dict[Kind, str]] = {
    "organisation": "organisations.yaml",
    "body": "bodies.yaml",
    "channel": "channels.yaml",
    "signal": "signals.yaml",
    "pattern": "patterns.yaml",
    "theme": "themes.yaml",
}


class Known(msgspec.Struct, frozen=True):
    """The ids that may be referred to, of each kind. A kind that is not in it is not checked."""

    ids: dict[Kind, frozenset[str]]

    def knows(self, kind: Kind, word: str) -> bool:
        """Whether there is something of this kind with this id, or nothing is known of the kind at all."""
        return kind not in self.ids or word in self.ids[kind]

    def with_ids(self, kind: Kind, words: Iterable[str]) -> Known:
        """The same, with these ids of one kind."""
        return Known({**self.ids, kind: frozenset(words)})

    def check(self, document: Document, struct: msgspec.Struct, *path: str | int, kind: Kind, word: str) -> bool:
        """Whether the id exists; when not, adds an error at `path` within `struct`."""
        if self.knows(kind, word):
            return True
        document.error(document.spot(struct, *path), f"unknown_{kind}", unknown(kind, word, self.ids[kind]))
        return False


def known_of(catalogue: Catalogue) -> Known:
    """The ids in a catalogue."""
    return Known(
        {
            "organisation": frozenset(catalogue.organisation),
            "body": frozenset(catalogue.body),
            "channel": frozenset(catalogue.channel),
            "signal": frozenset(catalogue.signal),
            "pattern": frozenset(catalogue.pattern),
            "theme": frozenset(row.id for row in catalogue.themes),
        }
    )


def ids_in(root: Node) -> dict[str, Scalar]:
    """The ids of the rows of a list with where each first stands, also of rows that cannot be used."""
    rows = root.items if isinstance(root, Sequence) else []
    scalars = [row.entries["id"] for row in rows if isinstance(row, Mapping) and "id" in row.entries]
    found: dict[str, Scalar] = {}
    for scalar in scalars:
        if isinstance(scalar, Scalar):
            found.setdefault(scalar.text, scalar)
    return found


def check_unique(document: Document, root: Node | None, kind: str) -> None:
    """Adds an error for every row of a list whose id another row has already."""
    if not isinstance(root, Sequence):
        return
    first = ids_in(root)
    for row in root.items:
        scalar = row.entries.get("id") if isinstance(row, Mapping) else None
        if isinstance(scalar, Scalar) and first[scalar.text] is not scalar:
            document.error(document.spot_of(scalar), f"duplicate_{kind}", _twice(scalar.text, first[scalar.text].line))


def check_repeats(document: Document, struct: msgspec.Struct, field: str, words: Iterable[str]) -> None:
    """Adds an error for every word of a list that stands in it a second time."""
    seen: set[str] = set()
    for place, word in enumerate(words):
        if word in seen:
            document.error(document.spot(struct, field, place), "repeated", _repeated(field, word))
        seen.add(word)


def unknown(kind: Kind, word: str, known: Iterable[str]) -> Text:
    """Says that there is nothing of this kind with this id, and what was probably meant."""
    choices = sorted(known)
    dutch, english = _NAMES[kind]
    hint = meant(word, choices)
    if not hint.nl:
        hint = _where_to_look(kind, choices)
    return Text(
        nl=f"{dutch} `{shown(word)}` bestaat niet.{hint.nl}", en=f"{english} `{shown(word)}` does not exist.{hint.en}"
    )


def _where_to_look(kind: Kind, choices: list[str]) -> Text:
    if kind in _FILES:
        return Text(nl=f" Kijk in {_FILES[kind]} welke er zijn.", en=f" See {_FILES[kind]} for those there are.")
    if 0 < len(choices) <= 8:
        return Text(nl=f" Kies {joined(choices, 'of')}.", en=f" Choose {joined(choices, 'or')}.")
    return Text(nl=" Voeg haar toe of kies een andere.", en=" Add it or choose another.")


def _twice(word: str, line: int) -> Text:
    return Text(
        nl=f"het id `{shown(word)}` staat al op regel {line}; kies een ander id.",
        en=f"the id `{shown(word)}` already stands on line {line}; choose another id.",
    )


def _repeated(field: str, word: str) -> Text:
    return Text(
        nl=f"`{shown(word)}` staat twee keer in `{field}`; haal er een weg.",
        en=f"`{shown(word)}` stands twice in `{field}`; remove one.",
    )
