"""From bytes to decoded JSON, with one sentence for text that is not JSON."""

from __future__ import annotations

import re

import msgspec

from schakelbord.engine.case_fields import refuse

LARGEST_JSON = 100_000_000
"""Bytes of JSON that are read at most; a larger case belongs in an .npz file."""


def decode_json(data: bytes) -> object:
    """Decode JSON in UTF-8, with or without a byte order mark.

    Raises:
        InputError: too large, not UTF-8, not JSON, or nested too deeply; `where` is "JSON" or "JSON, line N".
    """
    if len(data) > LARGEST_JSON:
        refuse_size(len(data))
    text = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text.decode()
        return msgspec.json.decode(text)
    except UnicodeDecodeError as error:
        line = _line(text, error.start)
        refuse(
            "not_utf8",
            "JSON",
            nl=f"regel {line} is geen UTF-8; bewaar het bestand als UTF-8.",
            en=f"line {line} is not UTF-8; save the file as UTF-8.",
        )
    except RecursionError:
        refuse(
            "too_deep",
            "JSON",
            nl="de haakjes zitten te diep in elkaar; een geval heeft maar enkele lagen.",
            en="the brackets are nested too deeply; a case has a few layers only.",
        )
    except msgspec.DecodeError as error:
        line = _line(text, _position(str(error), len(text)))
        refuse(
            "not_json",
            "JSON",
            nl=f"dit is geen geldige JSON; kijk bij regel {line}.",
            en=f"this is not valid JSON; look at line {line}.",
        )


def refuse_size(size: int) -> None:
    """Say that a file is too large to read as JSON.

    Raises:
        InputError: always.
    """
    megabytes, most = size // 1_000_000, LARGEST_JSON // 1_000_000
    refuse(
        "too_large",
        "JSON",
        nl=f"het bestand is {megabytes} MB en meer dan {most} MB lezen we niet; gebruik een .npz van make-case.",
        en=f"the file is {megabytes} MB and we read at most {most} MB; use an .npz of make-case.",
    )


def _position(message: str, length: int) -> int:
    found = re.search(r"byte (\d+)", message)
    return int(found.group(1)) if found else length


def _line(text: bytes, position: int) -> int:
    return text.count(b"\n", 0, position) + 1
