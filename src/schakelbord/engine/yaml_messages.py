"""What is said when a file is not readable YAML, or uses what is not allowed. Each sentence says what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import yaml

from schakelbord.engine import limits
from schakelbord.engine.problems import Problem, Spot
from schakelbord.engine.text import Text

_TAB: Final = re.compile(r"^ *\t")


def error(spot: Spot, code: str, *, nl: str, en: str) -> Problem:
    """An error at a spot."""
    return Problem("error", code, spot, Text(nl=nl, en=en))


def syntax(trouble: yaml.YAMLError, text: str, name: str) -> Problem:
    if isinstance(trouble, yaml.reader.ReaderError):
        return control_character(text, name)
    mark = getattr(trouble, "problem_mark", None) or getattr(trouble, "context_mark", None)
    spot = Spot(name, mark.line + 1, mark.column + 1) if mark else Spot(name)
    lines = text.splitlines()
    line = lines[spot.line - 1] if 0 < spot.line <= len(lines) else ""
    for recognise in (_tab, _asterisk, _open_text, _colon):
        if found := recognise(spot, line, str(getattr(trouble, "problem", "") or "")):
            return found
    return error(
        spot,
        "not_yaml",
        nl="dit is geen geldige YAML; kijk hier en een regel hoger naar inspringen, haakjes en aanhalingstekens.",
        en="this is not valid YAML; look at the indentation, brackets and quotes of this line and the one above.",
    )


def _tab(spot: Spot, line: str, _problem: str) -> Problem | None:
    if not _TAB.match(line) and "\t" not in line[spot.column - 1 : spot.column]:
        return None
    return error(
        spot,
        "tab",
        nl="hier staat een tab; gebruik spaties om in te springen.",
        en="there is a tab here; use spaces to indent.",
    )


def _asterisk(spot: Spot, _line: str, problem: str) -> Problem | None:
    if "alphabetic or numeric" not in problem and "scanning an alias" not in problem:
        return None
    return error(
        spot,
        "bare_asterisk",
        nl='zet het sterretje tussen aanhalingstekens: ["*"].',
        en='put the asterisk between quotes: ["*"].',
    )


def _open_text(spot: Spot, _line: str, problem: str) -> Problem | None:
    if "unexpected end of stream" not in problem and "end of stream" not in problem:
        return None
    return error(
        spot,
        "not_closed",
        nl="het bestand houdt op terwijl een tekst, lijst of haakje nog open is; sluit het af.",
        en="the file ends while a text, list or bracket is still open; close it.",
    )


def _colon(spot: Spot, _line: str, problem: str) -> Problem | None:
    if "mapping values are not allowed" not in problem:
        return None
    return error(
        spot,
        "colon_in_text",
        nl="hier staat een dubbele punt die YAML als nieuw veld leest; zet de hele tekst tussen aanhalingstekens.",
        en="there is a colon here that YAML reads as a new field; put the whole text between quotes.",
    )


def control_character(text: str, name: str) -> Problem:
    """The first character of a text that YAML does not take."""
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    at = found.start() if found else 0
    spot = Spot(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    code = f"U+{ord(text[at]):04X}" if text else ""
    return error(
        spot,
        "control_character",
        nl=f"hier staat een teken dat niet in tekst hoort ({code}); haal het weg.",
        en=f"there is a character here that does not belong in text ({code}); remove it.",
    )


def no_file(path: Path, spot: Spot) -> Problem:
    if path.is_dir():
        return error(
            spot,
            "is_folder",
            nl="dit is een map, geen bestand; noem het bestand zelf.",
            en="this is a folder, not a file; name the file itself.",
        )
    return error(
        spot,
        "no_such_file",
        nl="dit bestand bestaat niet; kijk de naam na.",
        en="this file does not exist; check the name.",
    )


def unreadable(spot: Spot, trouble: OSError) -> Problem:
    reason = trouble.strerror or type(trouble).__name__
    return error(
        spot,
        "unreadable_file",
        nl=f"dit bestand kan niet worden gelezen ({reason}); kijk of u het mag openen.",
        en=f"this file cannot be read ({reason}); check that you may open it.",
    )


def too_large(spot: Spot) -> Problem:
    most = limits.FILE_BYTES // (1024 * 1024)
    return error(
        spot,
        "file_too_large",
        nl=f"dit bestand is groter dan {most} MB; splits het in kleinere bestanden.",
        en=f"this file is larger than {most} MB; split it into smaller files.",
    )


def too_deep(spot: Spot) -> Problem:
    return error(
        spot,
        "too_deep",
        nl=f"hier zitten meer dan {limits.NESTING} lagen in elkaar; zo diep gaat een verhaal of stelsel niet.",
        en=f"more than {limits.NESTING} layers are nested here; a story or catalogue never goes that deep.",
    )


def too_many(spot: Spot) -> Problem:
    return error(
        spot,
        "too_many_values",
        nl=f"dit bestand heeft meer dan {limits.VALUES} waarden; splits het in kleinere bestanden.",
        en=f"this file has more than {limits.VALUES} values; split it into smaller files.",
    )


def not_utf8(spot: Spot) -> Problem:
    return error(
        spot,
        "not_utf8",
        nl="dit bestand is niet als UTF-8 bewaard; bewaar het opnieuw als UTF-8.",
        en="this file is not saved as UTF-8; save it again as UTF-8.",
    )


def odd_key(spot: Spot) -> Problem:
    return error(
        spot,
        "odd_key",
        nl="hier staat een lijst of groep waar de naam van een veld hoort; staat er een haakje te veel?",
        en="there is a list or group here where the name of a field belongs; is there a bracket too many?",
    )


def second_document(spot: Spot) -> Problem:
    return error(
        spot,
        "second_document",
        nl="hier begint een tweede document (---); zet elk verhaal in een eigen bestand.",
        en="a second document begins here (---); put every story in a file of its own.",
    )


def twice(spot: Spot, name: str, first: int) -> Problem:
    return error(
        spot,
        "duplicate_field",
        nl=f"`{name}` staat hier twee keer, eerst op regel {first}; laat er een staan.",
        en=f"`{name}` stands here twice, first on line {first}; keep one.",
    )


def anchor(spot: Spot, written: str) -> Problem:
    return error(
        spot,
        "anchor",
        nl=f"`{written}` verwijst naar een ander stuk van het bestand; dat mag niet, schrijf het uit of zet er "
        "aanhalingstekens om.",
        en=f"`{written}` refers to another part of the file; that is not allowed: write it out or put quotes around.",
    )


def tag(spot: Spot) -> Problem:
    return error(
        spot,
        "tag",
        nl="hier staat een YAML-tag (een woord met een uitroepteken); dat mag niet, haal het weg.",
        en="there is a YAML tag here (a word with an exclamation mark); that is not allowed, remove it.",
    )


def empty_file(spot: Spot) -> Problem:
    """Nothing in the file."""
    return error(
        spot, "empty_file", nl="dit bestand is leeg; zet er iets in.", en="this file is empty; put something in it."
    )


def too_odd(spot: Spot) -> Problem:
    """More forbidden or double things than can be told."""
    return error(
        spot,
        "more_problems",
        nl=f"tot hier is al op {limits.PROBLEMS} plekken iets dubbel of verboden; is dit wel een verhaal of stelsel?",
        en=f"up to here {limits.PROBLEMS} things are double or forbidden; is this a story or catalogue at all?",
    )
