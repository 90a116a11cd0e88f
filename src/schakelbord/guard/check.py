"""The check of texts, in its simple form: what looks like a real person or labels a group.

Pure and quick. It sees forms, not meaning: titles and initials, first names of a list, streets with numbers, dates,
telephone numbers, addresses of mail and pages, plates, nine digits that may be a BSN, and words for origin and faith.
It warns; people decide. All spans count code points of the text as given, end exclusive.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from schakelbord.guard.words import FIRST_NAMES, LABELS, NO_NAMES, STREETS, TREES

FlagKind = Literal["name", "number", "date", "address", "contact", "label"]
INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff"), " ")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that should not stand there: what kind, where, the words, and what to do, in both languages."""

    kind: FlagKind
    start: int
    end: int
    text: str
    nl: str
    en: str


CAPITAL: Final = r"[A-ZÀ-ÖØ-Þ]"
WORD: Final = rf"{CAPITAL}[a-zà-öø-ÿ'’-]{{1,30}}(?:-{CAPITAL}[a-zà-öø-ÿ]{{1,30}})?"
PARTICLE: Final = r"(?:(?:van|de|der|den|het|ten|ter|el|al|bin|von|te|in|'t)\s){0,3}"
TITLE: Final = r"(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Mm]evr\.|[Mm]w\.?|[Dd]hr\.?|[Mm]rs\.?|[Mm]r\.?|[Mm]s\.?|[Mm]iss)"
PATTERNS: Final[tuple[tuple[FlagKind, re.Pattern[str]], ...]] = (
    ("contact", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    ("contact", re.compile(r"(?:https?://|www\.)\S{3,200}", re.IGNORECASE)),
    ("contact", re.compile(r"(?<![\w/])@[A-Za-z]\w{2,30}")),
    ("contact", re.compile(r"(?<![\d\w])(?:(?:\+|00)31[\s-]?|0)[1-9](?:[\s-]?\d){8}(?![\d\w])")),
    ("number", re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{4}(?:\s?\d){10}\b")),
    ("number", re.compile(r"(?<![\d.,-])\d(?:[\s.]?\d){8}(?![\d-])")),
    (
        "number",
        re.compile(
            r"\b(?:[A-Z]{2}-\d{3}-[A-Z]|\d-[A-Z]{3}-\d{2}|[A-Z]-\d{3}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|"
            r"[A-Z]{2}-\d{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z])\b"
        ),
    ),
    ("address", re.compile(r"\b[1-9]\d{3}\s?(?!BW|SR|SV|RV)[A-Z]{2}\b")),
    ("address", re.compile(rf"\b{CAPITAL}[\w'’-]{{1,30}}(?:{STREETS})\s\d{{1,4}}\s?[a-zA-Z]?\b")),
    (
        "address",
        re.compile(
            rf"\b(?:{CAPITAL}[\w'’-]{{1,30}}\s){{1,3}}(?:[Ss]traat|[Ll]aan|[Ww]eg|[Pp]lein|[Ss]treet|[Rr]oad|"
            r"[Ll]ane|[Aa]venue)\s\d{1,4}\b"
        ),
    ),
    ("address", re.compile(rf"\b\d{{1,4}}\s(?:{CAPITAL}[\w'’-]{{1,30}}\s){{1,2}}(?:Street|Road|Lane|Avenue|Square)\b")),
    (
        "date",
        re.compile(
            r"(?:geboren|geb\.|geboortedatum|born|birth)\D{0,25}(\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2,4})",
            re.IGNORECASE,
        ),
    ),
    ("name", re.compile(rf"\b{TITLE}\s(?:(?:{CAPITAL}\.\s?){{1,4}})?{PARTICLE}{WORD}(?:\s{PARTICLE}{WORD})?")),
    ("name", re.compile(rf"\b(?:{CAPITAL}\.\s?){{1,4}}{PARTICLE}{WORD}")),
)
SAYS: Final[dict[FlagKind, tuple[str, str]]] = {
    "name": (
        "Dit lijkt een naam: “{0}”. Schrijf wie het is in het verhaal: “de mentor”, “een moeder”.",
        "This looks like a name: “{0}”. Write who it is in the story: “the mentor”, “a mother”.",
    ),
    "number": (
        "Dit lijkt een nummer van een persoon: “{0}”. Laat het weg.",
        "This looks like a number of a person: “{0}”. Leave it out.",
    ),
    "date": (
        "Dit lijkt een geboortedatum: “{0}”. Schrijf een leeftijd.",
        "This looks like a date of birth: “{0}”. Write an age.",
    ),
    "address": (
        "Dit lijkt een echt adres: “{0}”. Schrijf “in gemeente A” of “in de buurt”.",
        "This looks like a real address: “{0}”. Write “in municipality A” or “in the neighbourhood”.",
    ),
    "contact": (
        "Hiermee is iemand te bereiken of te vinden: “{0}”. Laat het weg.",
        "This is a way to reach or find somebody: “{0}”. Leave it out.",
    ),
    "label": (
        "“{0}” zegt iets over afkomst of geloof. Daar gaat het hier nooit over. Schrijf wat er gebeurt.",
        "“{0}” says something about origin or faith. That is never the subject here. Write what happens.",
    ),
}
NINE: Final = re.compile(r"\d(?:[\s.]?\d){8}")
CANDIDATE: Final = re.compile(rf"{WORD}")
LABEL: Final = re.compile(rf"\b(?:{'|'.join(LABELS)})\b", re.IGNORECASE)


def check(text: str) -> tuple[Flag, ...]:
    """What stands in a text that should not, in order of place; nothing when it is clean."""
    flat = _flat(text)
    found = (*_by_pattern(text, flat), *_first_names(text, flat), *_labels(text, flat))
    return tuple(_apart(sorted(found, key=lambda flag: (flag.start, -flag.end))))


def _flat(text: str) -> str:
    """The text with look-alikes and invisible signs made plain; every code point stays at its place."""
    plain = text.translate(INVISIBLE)
    return "".join(
        made if len(made := unicodedata.normalize("NFKC", character)) == 1 else character for character in plain
    )


def _by_pattern(text: str, flat: str) -> Iterator[Flag]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(flat):
            start, end = match.span(pattern.groups and 1)
            words = flat[start:end]
            if kind == "name" and not _is_name(words):
                continue
            if kind == "number" and NINE.fullmatch(words) and not _is_bsn(words):
                continue
            yield _flag(kind, text, start, end)


def _is_name(words: str) -> bool:
    """Whether what stands after a title is a name, not a function, an organisation or a doll."""
    last = re.findall(WORD, words)
    return bool(last) and last[-1] not in TREES and last[-1].lower() not in NO_NAMES


def _is_bsn(digits: str) -> bool:
    """The eleven test over nine digits."""
    numbers = [int(sign) for sign in digits if sign.isdigit()]
    return sum(weight * number for weight, number in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), numbers, strict=True)) % 11 == 0


def _first_names(text: str, flat: str) -> Iterator[Flag]:
    """First names of the list, with the surname after it when there is one."""
    for match in CANDIDATE.finditer(flat):
        if match[0] in FIRST_NAMES and match[0] not in TREES:
            rest = re.match(rf"\s{PARTICLE}{WORD}", flat[match.end() : match.end() + 60])
            yield _flag("name", text, match.start(), match.end() + (rest.end() if rest else 0))


def _labels(text: str, flat: str) -> Iterator[Flag]:
    for match in LABEL.finditer(flat):
        yield _flag("label", text, match.start(), match.end())


def _flag(kind: FlagKind, text: str, start: int, end: int) -> Flag:
    words = text[start:end]
    shown = words if len(words) <= 60 else f"{words[:60]}…"
    nl, en = SAYS[kind]
    return Flag(kind, start, end, words, nl.format(shown), en.format(shown))


def _apart(flags: list[Flag]) -> Iterator[Flag]:
    """Flags that do not stand inside one another; the first and longest stays."""
    reached = -1
    for flag in flags:
        if flag.start >= reached:
            yield flag
            reached = flag.end
