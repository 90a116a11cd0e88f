"""The reviewed field words of `data/matching`: concepts with Dutch and English terms, stop words, exclusions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NoReturn, cast

from schakelbord.engine.shipped import DATA
from schakelbord.engine.text import Text
from schakelbord.engine.yaml_source import Fatal, Mapping, Node, Scalar, Sequence, parse, read_bytes
from schakelbord.errors import InputError

FOLDER: Final = DATA / "matching"
WORDS: Final = "words.yaml"
KINDS: Final = ("topic", "general", "actor", "sector", "task")
Kind = Literal["topic", "general", "actor", "sector", "task"]
_LISTS: Final = ("stop_nl", "stop_en", "excludes_nl", "excludes_en", "heads", "doers_nl", "doers_en")


@dataclass(frozen=True, slots=True)
class Concept:
    """One notion with the words for it; the first word in each language is what reasons call it.

    Args:
        id: its name in the data.
        kind: topic (what it is about), general (broad, weighs little), actor (public organisation or profession),
            sector (branch outside government and care) or task (what is done).
        nl: Dutch terms, each of one or more words.
        en: English terms.
        near: ids of concepts that are close; closeness goes both ways.
    """

    id: str
    kind: Kind
    nl: tuple[str, ...]
    en: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def label(self) -> Text:
        """What reasons call it."""
        return Text(nl=self.nl[0], en=self.en[0])


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """All concepts, in alphabetical order of their ids, and the lists of plain words.

    `heads` are words that compounds are made of, `doers` endings of words for who does something.
    """

    concepts: tuple[Concept, ...]
    stop_nl: frozenset[str]
    stop_en: frozenset[str]
    excludes: tuple[str, ...]
    heads: frozenset[str]
    doers_nl: tuple[str, ...]
    doers_en: tuple[str, ...]


@lru_cache(maxsize=4)
def load_thesaurus(folder: Path = FOLDER) -> Thesaurus:
    """Read every YAML file of a folder; the shipped one without a folder. Kept in memory.

    Raises:
        InputError: a file is missing or wrong, with file and line: unknown kind, a concept twice, a term twice in a
            concept, closeness to a concept that does not exist.
    """
    if not (folder / WORDS).is_file():
        raise InputError("no_file", str(folder / WORDS), nl="dit bestand is er niet.", en="this file is not there.")
    lists = _root(folder / WORDS)
    plain = {name: frozenset(_texts(_field(lists, name, WORDS), WORDS)) for name in _LISTS}
    found: dict[str, Concept] = {}
    spots: dict[str, tuple[str, Node]] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name != WORDS:
            _take_file(path, found, spots)
    for concept in found.values():
        for other in concept.near:
            if other not in found:
                name, node = spots[concept.id]
                _refuse(name, node, nl=f"“{other}” bij near bestaat niet.", en=f"“{other}” in near does not exist.")
    return Thesaurus(
        tuple(found[name] for name in sorted(found)),
        plain["stop_nl"],
        plain["stop_en"],
        tuple(sorted(plain["excludes_nl"] | plain["excludes_en"])),
        plain["heads"],
        tuple(sorted(plain["doers_nl"])),
        tuple(sorted(plain["doers_en"])),
    )


def _take_file(path: Path, found: dict[str, Concept], spots: dict[str, tuple[str, Node]]) -> None:
    name = path.name
    root = _root(path)
    kind_node = _field(root, "kind", name)
    kind = _text(kind_node, name)
    if kind not in KINDS:
        known = ", ".join(KINDS)
        _refuse(
            name,
            kind_node,
            nl=f"“{kind}” kan niet; kies uit {known}.",
            en=f"“{kind}” is not possible; choose from {known}.",
        )
    for item in _items(_field(root, "concepts", name), name):
        if not isinstance(item, Mapping):
            _refuse(
                name,
                item,
                nl="hier hoort een begrip met id, nl, en en near.",
                en="this must be a concept with id, nl, en and near.",
            )
        key = _text(_field(item, "id", name), name)
        if key in found:
            _refuse(name, item, nl=f"het begrip “{key}” staat er al.", en=f"the concept “{key}” is there already.")
        terms = {lang: _texts(_field(item, lang, name), name) for lang in ("nl", "en")}
        for lang, texts in terms.items():
            if not texts or len(set(texts)) < len(texts):
                _refuse(
                    name,
                    item,
                    nl=f"bij {lang} van “{key}” ontbreekt een term of staat er een dubbel.",
                    en=f"{lang} of “{key}” lacks a term or has one twice.",
                )
        near = _texts(_field(item, "near", name), name)
        found[key] = Concept(key, cast("Kind", kind), terms["nl"], terms["en"], near)
        spots[key] = (name, item)


def _root(path: Path) -> Mapping:
    try:
        node, problems = parse(read_bytes(path, path.name), path.name)
    except Fatal as fatal:
        problems, node = list(fatal.problems), None
    if problems:
        spot, says = problems[-1].spot, problems[-1].says
        raise InputError("bad_thesaurus", f"{spot.file}:{spot.line}", nl=says.nl, en=says.en)
    if not isinstance(node, Mapping):
        raise InputError(
            "bad_thesaurus", f"{path.name}:1", nl="hier horen namen met waarden.", en="this must be names with values."
        )
    return node


def _field(node: Mapping, name: str, file: str) -> Node:
    if name not in node.entries:
        _refuse(file, node, nl=f"“{name}” ontbreekt.", en=f"“{name}” is missing.")
    return node.entries[name]


def _items(node: Node, file: str) -> list[Node]:
    if not isinstance(node, Sequence):
        _refuse(file, node, nl="hier hoort een lijst.", en="this must be a list.")
    return node.items


def _text(node: Node, file: str) -> str:
    if not isinstance(node, Scalar) or not node.text.strip():
        _refuse(file, node, nl="hier hoort een woord.", en="this must be a word.")
    return node.text


def _texts(node: Node, file: str) -> tuple[str, ...]:
    return tuple(_text(item, file) for item in _items(node, file))


def _refuse(file: str, node: Node, *, nl: str, en: str) -> NoReturn:
    raise InputError("bad_thesaurus", f"{file}:{node.line}", nl=nl, en=en)
