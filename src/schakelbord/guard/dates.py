"""Dates that may belong to a person. Dates of laws, meetings and deadlines are left alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from schakelbord.guard.flags import Hit

_MONTHS: Final = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october|jan|feb|mrt|mar|apr|jun|jul|aug|sept|sep|okt|oct|nov|dec"
)
_DATE: Final = re.compile(
    r"(?i)(?<![\w/.-])(?:"
    r"(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))|"
    r"(?:0?[1-9]|[12]\d|3[01])(?P<mark>[-./ ])(?:0?[1-9]|1[0-2])(?P=mark)(?:(?:19|20)\d\d|\d\d)|"
    rf"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|ste|de|e)? (?:of )?(?:{_MONTHS})\.?(?P<year>,? (?:19|20)\d\d|,? '\d\d)?|"
    rf"(?:{_MONTHS}) (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?P<later>,? (?:19|20)\d\d)?"
    r")(?![\w/-])"
)
_BIRTH: Final = re.compile(
    r"(?i)\b(?:geb|geboren|geboorte\w*|jarig|verjaar\w*|born|birth\w*|dob|d\.o\.b|bouwjaar)\b|\*\s?$"
)
_PERSON_IS: Final = re.compile(
    r"(?i)\b(?:kind|zoon|dochter|baby|meisje|jongen|moeder|vader|bruid|oudste|jongste|broertje|zusje|"
    r"child|son|daughter|girl|boy|mother|father|"
    r"hij|zij|ze|he|she|eldest|youngest|bride)\b[^.!?]{0,12}?"
    r"(?:\b(?:is|was|from|of|van|uit)\b (?:van |from |uit )?|\()$"
)
_AFFAIRS: Final = re.compile(
    r"(?i)\b(?:wet\w*|artikel|art|besluit\w*|vergader\w*|overleg\w*|bijeenkom\w*|werkgroep\w*|stuurgroep\w*|commissie\w*|uiterlijk|vanaf|"
    r"ingang|werking|geldt|gelden|geldig|protocol\w*|convenant\w*|rapport\w*|agenda\w*|motie\w*|beleid\w*|raad\w*|deadline|termijn\w*|"
    r"brief|plan\w*|programma\w*|verslag\w*|publicatie|gepubliceerd|versie|jaar(?:verslag|plan)|kabinet\w*|regeling\w*|meld\w*|"
    r"meeting\w*|meets?|group|act|law|section|report\w*|decision|agreement|by|until|from|due|council|committee|version|board|vote\w*|session)\b"
)
_STOPS: Final = re.compile(r"[!?\n]|\.(?=\s|$)")
REACH: Final = 48


def dates_in(text: str) -> Iterator[Hit]:
    """Dates of birth, and full dates of which nothing says that they belong to an affair."""
    matches = list(_DATE.finditer(text))
    if not matches:
        return
    affairs = [match.start() for match in _AFFAIRS.finditer(text)]
    stops = [match.start() for match in _STOPS.finditer(text)]
    for match in matches:
        before = text[max(0, match.start() - REACH) : match.start()]
        after = text[match.end() : match.end() + 20]
        if _BIRTH.search(before) or _BIRTH.search(after) or _PERSON_IS.search(before):
            yield Hit("date_of_birth", match.start(), match.end())
        elif _is_full(match) and not _says(affairs, stops, match.start()):
            yield Hit("date", match.start(), match.end())


def _is_full(match: re.Match[str]) -> bool:
    return bool(match["iso"] or match["mark"] or match["year"] or match["later"])


def _says(affairs: Sequence[int], stops: Sequence[int], at: int) -> bool:
    """Whether a word of an affair stands in the sentence around this place."""
    after = bisect_left(stops, at)
    start = stops[after - 1] if after else 0
    end = stops[after] if after < len(stops) else at + REACH * 4
    found = bisect_left(affairs, start)
    return found < len(affairs) and affairs[found] < end
