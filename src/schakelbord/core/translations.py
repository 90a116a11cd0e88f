"""Translations without system tools: gather texts of an app, merge them into its django.po, compile django.mo.

Only for who builds Schakelbord: needs Babel, which an installation does not have.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".svg"}
HEADER = '# Dutch texts of Schakelbord. Sources are English; edit the lines that begin with msgstr.\nmsgid ""\n'
# A date in the compiled file would make it differ each time.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
# Words that are the same in both languages, or are names.
SAME_EVERYWHERE = {
    *("Schakelbord", "English", "Nederlands", "EUPL", "CC", "OFL", "SVG", "CSV", "JSON"),
    *("XLSX", "YAML", "GraphML", "Excel", "SHA"),
    *("Literata", "Atkinson", "Hyperlegible", "Next"),
}
SPOKEN_ATTRIBUTES = re.compile(
    r"""(?:aria-label|aria-description|alt|title|placeholder|data-label)=(["'])(.*?)\1""", re.DOTALL
)
# What stands on a key of a keyboard is not translated.
TAGS = re.compile(r"<!--.*?-->|<kbd>.*?</kbd>|<[^>]*>", re.DOTALL)
ENTITIES = re.compile(r"&[a-z#0-9]+;")
WORDS = re.compile(r"[^\W\d_]{2,}")
# Blocks that fill an attribute hold no words for people.
ATTRIBUTE_BLOCK = re.compile(r"block \w+_(?:class|attributes)\b")
BLANK = "\N{NULL}"


@dataclass(frozen=True, slots=True)
class AppTexts:
    """The texts of one app: where it lives, and its catalogue of translations."""

    folder: Path

    @property
    def po_file(self) -> Path:
        """The file that translators edit."""
        return self.folder / "locale" / "nl" / "LC_MESSAGES" / "django.po"

    @property
    def mo_file(self) -> Path:
        """The compiled file that Django reads."""
        return self.po_file.with_suffix(".mo")

    def sources(self) -> Iterator[Path]:
        """Python files and templates of the app, in a fixed order."""
        for file in sorted(self.folder.rglob("*")):
            is_template = file.suffix in TEMPLATE_SUFFIXES and "templates" in file.parts
            if file.suffix == ".py" or is_template:
                yield file

    def templates(self) -> Iterator[Path]:
        """Templates of the app."""
        return (file for file in self.sources() if file.suffix != ".py")


def gathered(app: AppTexts) -> Catalog:
    """A catalogue with every text that `app` asks to be translated, without translations."""
    catalog = Catalog(locale="nl", project="Schakelbord", fuzzy=False)
    for file in app.sources():
        place = (file.relative_to(app.folder).as_posix(), 0)
        for _, message, _, context in extract("python", _as_python(file), keywords=KEYWORDS):
            catalog.add(message, locations=[place], context=context, flags=())
    return catalog


def kept(app: AppTexts) -> Catalog:
    """The catalogue of `app` as it is on disk."""
    with app.po_file.open("rb") as stream:
        catalog = read_po(stream, locale="nl")
    catalog.creation_date = catalog.revision_date = NO_DATE
    return catalog


def as_mo(catalog: Catalog) -> bytes:
    """`catalog` compiled, byte for byte the same each time."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def update(app: AppTexts) -> list[str]:
    """Bring django.po and django.mo of `app` up to date; returns the texts that still lack a translation."""
    catalog = kept(app) if app.po_file.exists() else Catalog(locale="nl", fuzzy=False)
    catalog.update(gathered(app), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    app.po_file.parent.mkdir(parents=True, exist_ok=True)
    app.po_file.write_text(_as_po(catalog), encoding="utf-8")
    app.mo_file.write_bytes(as_mo(kept(app)))
    return [text_of(message) for message in catalog if message.id and not is_translated(message)]


def is_translated(message: Message) -> bool:
    """Whether every form of `message` has a translation."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(forms)


def apps_in(package: Path) -> list[AppTexts]:
    """The apps of the package, each with its own catalogue."""
    return [AppTexts(file.parent) for file in sorted(package.glob("*/apps.py"))]


def text_of(message: Message) -> str:
    """The English text of `message`, the singular of two."""
    return message.id if isinstance(message.id, str) else message.id[0]


def untranslated_words(template: str) -> list[str]:
    """Words of a template that people read or hear but that nobody can translate, because they stand there bare."""
    return WORDS.findall(" ".join(_bare_texts(template)))


def _bare_texts(template: str) -> Iterator[str]:
    bare = _without_tokens(template)
    for _, value in SPOKEN_ATTRIBUTES.findall(bare):
        yield _without_known(value)
    yield _without_known(ENTITIES.sub(" ", TAGS.sub(" ", bare)))


def _without_tokens(template: str) -> str:
    """The template with a blank for each tag of its own, and for what stands in `blocktranslate` or `comment`."""
    parts: list[str] = []
    closing = ""
    for token in Lexer(template).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type is TokenType.BLOCK else ""
        if closing:
            closing = "" if name == closing else closing
        elif name in {"blocktranslate", "blocktrans", "comment"}:
            closing = f"end{name}"
        elif ATTRIBUTE_BLOCK.match(token.contents) and token.token_type is TokenType.BLOCK:
            closing = "endblock"
        parts.append(token.contents if token.token_type is TokenType.TEXT and not closing else BLANK)
    return "".join(parts)


def _without_known(text: str) -> str:
    return " ".join(word for word in WORDS.findall(text) if word not in SAME_EVERYWHERE)


def _as_python(file: Path) -> io.BytesIO:
    """A Python file as it is; a template as lines of Python that hold its texts and nothing else."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text, origin=str(file)).splitlines())
    return io.BytesIO(text.encode())


def _as_po(catalog: Catalog) -> str:
    stream = io.BytesIO()
    write_po(stream, catalog, width=120, sort_by_file=True, include_lineno=False, omit_header=True)
    lines = ("Language: nl", f"Plural-Forms: {catalog.plural_forms}", "Content-Type: text/plain; charset=utf-8")
    header = "".join(f'"{line}\\n"\n' for line in lines)
    return f'{HEADER}msgstr ""\n{header}\n{stream.getvalue().decode()}'
