"""Files as sources: kept with their checksum, given back as a download and never opened by the browser as a page."""

from __future__ import annotations

import datetime as dt
import secrets
from hashlib import sha256
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator

from schakelbord.dossiers.models import Dossier, Source
from schakelbord.errors import InputError

LONGEST_ADDRESS: Final = 500
MOST_BYTES: Final = 20 * 1024 * 1024
BEGINNINGS: Final = {
    ".pdf": b"%PDF-",
    ".pptx": b"PK\x03\x04",
    ".odp": b"PK\x03\x04",
    ".docx": b"PK\x03\x04",
}
TYPES: Final = {
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def web_address(text: str, *, field: str = "url") -> str:
    """The address of a page, whole.

    Raises:
        InputError: it is none that a browser could open; says which field.
    """
    shown = text.strip()
    try:
        URLValidator(schemes=["http", "https"])(shown)
    except ValidationError:
        shown = ""
    if not shown or len(shown) > LONGEST_ADDRESS:
        raise InputError(
            "address",
            field,
            nl="Vul het hele adres in, zoals https://www.voorbeeld.nl/stuk, of kies een bestand.",
            en="Fill in the whole address, such as https://www.example.org/paper, or choose a file.",
        )
    return shown


def keep_file(dossier: Dossier, *, title: str, name: str, content: bytes, now: dt.datetime) -> Source:
    """A file as a source of a dossier; the same file again is the same source.

    Args:
        dossier: where it belongs.
        title: what people see.
        name: as it was uploaded; only its ending is kept.
        content: the file.
        now: the time.

    Raises:
        InputError: it is too large, empty, or no PDF, slides or document.
    """
    ending = "." + name.rpartition(".")[2].casefold()
    if ending not in BEGINNINGS or not content.startswith(BEGINNINGS[ending]):
        raise InputError(
            "file_kind",
            "file",
            nl="Dit bestand kunnen wij niet gebruiken. Bewaar het als PDF, of als dia’s (.pptx, .odp).",
            en="We cannot use this file. Save it as PDF, or as slides (.pptx, .odp).",
        )
    if len(content) > MOST_BYTES:
        raise InputError(
            "file_too_large",
            "file",
            nl="Dit bestand is groter dan 20 MB. Maak de plaatjes kleiner.",
            en="This file is larger than 20 MB. Make its pictures smaller.",
        )
    checksum = sha256(content).hexdigest()
    known = dossier.sources.filter(checksum=checksum).first()
    if known is not None:
        return known
    made = Source(dossier=dossier, title=" ".join(title.split())[:200] or name[:200], checksum=checksum, made_at=now)
    made.file.save(f"{secrets.token_hex(12)}{ending}", ContentFile(content), save=False)
    made.save()
    return made
