"""The check itself: the finds of all rules, each once, in the order of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from schakelbord.guard.dates import dates_in
from schakelbord.guard.flags import Flag, Hit
from schakelbord.guard.labels import labels_in
from schakelbord.guard.names import names_in
from schakelbord.guard.numbers import addresses_in, numbers_in
from schakelbord.guard.plain import plain_of
from schakelbord.guard.sentences import KINDS, sentences_of
from schakelbord.guard.words import words_of

RANK = (
    "email",
    "profile",
    "iban",
    "phone",
    "bsn",
    "file_number",
    "licence_plate",
    "date_of_birth",
    "date",
    "address",
    "postcode",
)


def check(text: str, *, allowed: Collection[str] = ()) -> tuple[Flag, ...]:
    """What in a text looks like a real person or labels a group of people.

    Args:
        text: what somebody wrote, of any length.
        allowed: more words that are no names of people, such as the dolls of a story with other names than trees.

    Returns:
        The flags in the order of the text. A label and a generalisation may overlap; nothing else does.
    """
    plain = plain_of(text)
    words = words_of(plain.text)
    shaped = _apart([*numbers_in(plain.text), *dates_in(plain.text), *addresses_in(plain.text, words)])
    names = [hit for hit in names_in(plain.text, words, allowed) if not _meets(hit, shaped)]
    hits = sorted([*shaped, *names, *labels_in(plain.text, words)], key=lambda hit: (hit.start, -hit.end))
    found = []
    for hit in hits:
        start, end = plain.span(hit.start, hit.end)
        nl, en = sentences_of(hit, text[start:end])
        found.append(Flag(KINDS[hit.rule], start, end, text[start:end], nl, en, hit.rule))
    return tuple(found)


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Of finds that overlap only the one whose rule is surest, then the longest."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda row: (RANK.index(row.rule), row.start - row.end, row.start)):
        places = range(hit.start, hit.end)
        if taken.isdisjoint(places):
            kept.append(hit)
            taken.update(places)
    return kept


def _meets(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)
