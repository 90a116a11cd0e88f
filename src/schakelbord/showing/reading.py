"""What a command brings along, read: clean texts in known fields, or one sentence on the first that does not fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from schakelbord.errors import InputError, SchakelbordError

JOINERS: Final = frozenset("\n\u200c\u200d")
"""Signs without a width of their own that languages and emoji need; all other such signs only deceive."""
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
Fields = TypeVar("Fields", bound=msgspec.Struct)


def read_body(verb: str, body: bytes, verbs: Mapping[str, tuple[type[Fields], Callable[..., object]]]) -> Fields:
    """The fields of a command; texts without control characters and without space around them.

    Raises:
        InputError: there is no such verb, or the fields do not fit it; says which.
    """
    if verb not in verbs:
        raise InputError(
            "unknown_verb",
            verb[:40],
            nl="Deze opdracht bestaat niet. Open de pagina opnieuw.",
            en="There is no such command. Open the page anew.",
        )
    try:
        return msgspec.convert(_clean(msgspec.json.decode(body or b"{}")), type=verbs[verb][0])
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as trouble:
        raise _wrong_field(str(trouble)) from None


def clean(text: str) -> str:
    """A text as it is kept: composed, one space between words, no control characters. Markup stays text."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " ")).split("\n")
    seen = (
        line
        if line.isprintable()
        else "".join(sign for sign in line if sign in JOINERS or unicodedata.category(sign) not in UNSEEN)
        for line in lines
    )
    return "\n".join(" ".join(line.split()) for line in seen).strip()


def one_line_of(text: str) -> str:
    """A text on one line, clean; "" when nothing of it can be seen."""
    shown = " ".join(clean(text).split())
    return shown if shown.strip("\u200c\u200d ") else ""


def _clean(value: Any) -> Any:
    """The same JSON with every text clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return {key: _clean(each) for key, each in value.items()} if isinstance(value, dict) else value


def _wrong_field(trouble: str) -> SchakelbordError:
    """The first field that does not fit, in words."""
    field = trouble.partition("`$.")[2].partition("`")[0]
    if "length <=" in trouble:
        most = trouble.partition("length <= ")[2].partition(" ")[0].strip("`- ")
        return InputError(
            "too_long",
            field,
            nl=f"Dit is te lang: hooguit {most} tekens. Uw tekst staat er nog; maak hem korter.",
            en=f"This is too long: {most} characters at most. Your text is still there; make it shorter.",
        )
    if "length >=" in trouble:
        return InputError("empty", field, nl="Vul dit in.", en="Fill this in.")
    return InputError(
        "wrong_field",
        field,
        nl="Dit veld kunnen wij zo niet gebruiken. Kijk het na.",
        en="We cannot use this field as it is. Check it.",
    )
