"""Numbers, dates, addresses and ways to reach somebody: what has a shape of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from schakelbord.guard.flags import Hit
from schakelbord.guard.words import Word, word_row, word_set

PUBLIC_LINES: Final = ("0800", "0900", "0906", "0909", "088", "112", "113", "116")
SHARED_BOXES: Final = word_set(
    "info secretariaat griffie contact post loket mail receptie administratie bestuurssecretariaat office desk "
    "helpdesk meldpunt meldingen communicatie gemeente privacy fg woo klacht klachten balie team avg dpo"
)
STREETS: Final = word_row(
    "straat straatje laan weg plein kade gracht singel dijk pad hof steeg dreef park plantsoen hoek diep "
    "wal markt erf baan lei ring veld hage oord akker burg horst street road lane avenue square drive "
    "close"
)
NO_STREETS: Final = word_set(
    "onderweg halverwege overweg terugweg uitweg omweg veiligheidshof gerechtshof spoorweg werkplein ring"
)
UNITS: Final = word_set(
    "dagen weken maanden jaar keer kinderen uur minuten mensen gezinnen procent days weeks months years times "
    "children hours minutes people families percent"
)
_PHONE: Final = re.compile(
    r"(?<![\w+.-])(?:(?:\+|00)[1-9]\d(?:[ .()/-]{0,3}\d){7,12}|\(?0[1-9](?:[ .()/-]{0,3}\d){8})(?![\w-]|\.\d)"
)
_IBAN: Final = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]{4}){2,7}(?:[ .-]?[A-Za-z0-9]{1,3})?(?!\w)")
_NINE: Final = re.compile(r"(?<![\w.,/-])\d(?:[ .-]?\d){7,8}(?![\w/-]|[.,]\d)")
_FILE: Final = re.compile(
    r"(?i)\b(?:bsn|burgerservicenummer|sofinummer|v-?nummer|dossier(?:nummer)?|zaaknummer|parketnummer|patiëntnummer|"
    r"cliëntnummer|leerlingnummer|case number|file number)\W{0,3}\s?(?:is |nr\.? ?|nummer )?(\d[\d./ -]{3,20}\d)"
)
_PARKET: Final = re.compile(r"(?<!\w)\d{2}[/-]\d{6}[/-]\d{2}(?!\w)")
_PLATE: Final = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|"
    r"\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|"
    r"[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d)(?![\w-])"
)
_PLATE_SAID: Final = re.compile(
    r"(?i)\b(?:kenteken|nummerbord|number plate|licence plate|plate)\W{0,3}(?:is )?"
    r"((?=[a-z0-9 -]{0,8}\d)[a-z0-9]{1,3}[ -]?[a-z0-9]{2,3}[ -]?[a-z0-9]{1,3})\b"
)
_POSTCODE: Final = re.compile(r"(?<![\w.,:/-])[1-9]\d{3} ?[A-Z]{2}(?![\w-])")
_LAW_BEFORE: Final = re.compile(r"(?i)(?:artikel|art\.?|section|boek|titel|lid) ?$")
_ACRONYMS: Final = word_set("BW OM VT ZM GI RM VN EU KB MB SR SV WP PI HB FG IB UK US")
_HOUSE: Final = re.compile(
    r" {1,2}(\d{1,5})(?: ?[a-zA-Z](?![\w]))?(?:-\w{1,3})?"
    r"(?: (?:bis|hs|huis|rood|zwart|[IV]{1,3})(?!\w))?(?![\d.:,]\d|\w)"
)
_PROFILE: Final = re.compile(
    r"(?i)(?<![\w@])(?:https?://)?(?:[a-z]{1,9}\.)?(?:instagram|facebook|tiktok|linkedin|snapchat|twitter|youtube|telegram|threads|x|t|wa|fb)"
    r"\.(?:com|nl|me)/[^\s,;]{1,200}"
)
_HANDLE: Final = re.compile(r"(?<![\w@./])@[A-Za-z0-9_][\w.]{2,30}(?!\w)")


def numbers_in(text: str) -> Iterator[Hit]:
    """Numbers that point to one person, phone numbers and mail addresses."""
    yield from _mails(text)
    for match in _PROFILE.finditer(text):
        yield Hit("profile", match.start(), match.end())
    for match in _HANDLE.finditer(text):
        yield Hit("profile", match.start(), match.end())
    if not any(sign.isdigit() for sign in text):
        return
    for match in _IBAN.finditer(text):
        if is_iban(match.group()):
            yield Hit("iban", match.start(), match.end())
    for match in _PHONE.finditer(text):
        if not _digits(match.group()).startswith(PUBLIC_LINES):
            yield Hit("phone", match.start(), match.end())
    for match in _NINE.finditer(text):
        if is_bsn(_digits(match.group())):
            yield Hit("bsn", match.start(), match.end())
    for match in _FILE.finditer(text):
        yield Hit("file_number", match.start(1), match.end(1))
    for match in _PARKET.finditer(text):
        yield Hit("file_number", match.start(), match.end())
    yield from _plates(text)


def _plates(text: str) -> Iterator[Hit]:
    for match in _PLATE.finditer(text):
        yield Hit("licence_plate", match.start(), match.end())
    for match in _PLATE_SAID.finditer(text):
        yield Hit("licence_plate", match.start(1), match.end(1))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def is_bsn(digits: str) -> bool:
    """Whether eight or nine digits pass the test of eleven of a citizen service number."""
    if len(digits) not in {8, 9} or len(set(digits)) == 1:
        return False
    row = [int(sign) for sign in digits.zfill(9)]
    return (sum(digit * weight for digit, weight in zip(row, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))) % 11 == 0


def is_iban(text: str) -> bool:
    """Whether it is a bank account by the remainder of 97 (ISO 13616)."""
    plain = "".join(sign for sign in text if sign.isalnum()).upper()
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _mails(text: str) -> Iterator[Hit]:
    """Mail addresses, looked for around each @; boxes of an office are left alone."""
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > 0 and at - start < 64 and (text[start - 1].isalnum() or text[start - 1] in "._+-"):
            start -= 1
        while end < len(text) and end - at < 120 and (text[end].isalnum() or text[end] in ".-"):
            end += 1
        domain = text[at + 1 : end].rstrip(".-")
        if start < at and "." in domain and text[start:at].lower().strip(".") not in SHARED_BOXES:
            yield Hit("email", start, at + 1 + len(domain))
        at = text.find("@", at + 1)


def addresses_in(text: str, words: list[Word]) -> Iterator[Hit]:
    """Postcodes, and streets with a number."""
    for match in _POSTCODE.finditer(text):
        letters = match.group()[-2:]
        year = match.group()[:2] in {"19", "20"} and letters in _ACRONYMS
        if not year and not (letters == "BW" or _LAW_BEFORE.search(text[max(0, match.start() - 9) : match.start()])):
            yield Hit("postcode", match.start(), match.end())
    for at, word in enumerate(words):
        if word.low.endswith(STREETS) and word.low not in NO_STREETS and (house := _HOUSE.match(text, word.end)):
            start = _street_start(text, words, at)
            named = words[start].capital and (start < at or len(word.low) > 5)
            unit = at + 1 < len(words) and words[at + 1].start <= house.end() + 1 and words[at + 1].low in UNITS
            if named and not unit:
                yield Hit("address", words[start].start, house.end())


def _street_start(text: str, words: list[Word], at: int) -> int:
    """The first word of a street's name: capitals and particles before its last word."""
    start = at
    for back in range(at - 1, max(-1, at - 5), -1):
        word = words[back]
        if text[word.end : words[back + 1].start] not in {" ", ". "}:
            break
        if word.capital and not (word.first and len(word.low) < 5):
            start = back
        elif word.low not in {"van", "de", "den", "der", "ter", "ten", "het"}:
            break
    return start
