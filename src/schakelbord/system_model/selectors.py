"""Reads of the system model: versions, the draft, its content, usage and differences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.db.models import QuerySet

from schakelbord.engine import load_catalogue
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Story
from schakelbord.errors import Language
from schakelbord.stories.library import all_stories
from schakelbord.stories.models import InUse, ModelVersion
from schakelbord.system_model.columns import SECTIONS, Column, Plain, Row, columns_of, shown, value_at
from schakelbord.system_model.content import Checked, as_text, check, content_of, from_text
from schakelbord.system_model.models import Draft

SHIPPED: Final = "Meegeleverd"
# Which fields of which sections name rows of which section.
REFERENCES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "organisations": (
        ("channels", "from"),
        ("channels", "to"),
        ("bodies", "members"),
        ("patterns", "mandate"),
    ),
    "bodies": (("bodies", "escalates_to"),),
    "signals": (
        ("organisations", "observes"),
        ("channels", "carries"),
        ("bodies", "carries"),
        ("patterns", "signals"),
    ),
    "patterns": (("channels", "unsafe_for"),),
    "themes": (("bodies", "themes"),),
    "channels": (),
}
NAMES: Final[dict[str, tuple[str, str]]] = {
    "organisations": ("organisaties", "organisations"),
    "bodies": ("gremia", "bodies"),
    "channels": ("kanalen", "channels"),
    "signals": ("signalen", "signals"),
    "patterns": ("patronen", "patterns"),
    "themes": ("thema's", "themes"),
    "stories": ("verhalen", "stories"),
}


@dataclass(frozen=True, slots=True)
class Usage:
    """Where a row is used: (section, id) by section; stories too."""

    places: Mapping[str, tuple[str, ...]]

    @property
    def total(self) -> int:
        """In how many places."""
        return sum(map(len, self.places.values()))

    def words(self, language: Language) -> str:
        """`gebruikt in 3 verhalen, 12 kanalen`."""
        which = 0 if language == "nl" else 1
        parts = [f"{len(ids)} {NAMES[section][which]}" for section, ids in self.places.items() if ids]
        if not parts:
            return "nergens gebruikt" if language == "nl" else "used nowhere"
        return ("gebruikt in " if language == "nl" else "used in ") + ", ".join(parts)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs: how it was and how it is."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that differs between two contents."""

    section: str
    row: str
    kind: str
    fields: tuple[FieldChange, ...] = field(default=())


def shipped_version(user_id: int, *, now: dt.datetime) -> ModelVersion:
    """Version 1: the model that comes with the product, kept when somebody first works on it."""
    catalogue = load_catalogue()
    found = ModelVersion.objects.filter(digest=catalogue.digest).first()
    if found is not None:
        return found
    return ModelVersion.objects.create(
        number=next_number(),
        name=SHIPPED,
        content=as_text(content_of(catalogue)),
        digest=catalogue.digest,
        made_by_id=user_id,
        made_at=now,
    )


def next_number() -> int:
    """The number of the next version."""
    return (ModelVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def version_in_use() -> ModelVersion | None:
    """The version that stories are read with; None while that is the shipped one."""
    newest = InUse.objects.select_related("version").order_by("-pk").first()
    return newest.version if newest else None


def history_of_use() -> QuerySet[InUse]:
    """Which version was taken into use when and by whom, the newest in front; nothing of it ever changes."""
    return InUse.objects.select_related("version", "by").order_by("-pk")


def current_draft(user_id: int, *, now: dt.datetime) -> Draft:
    """The draft everybody works on, made on the newest version when there is none. Inside a transaction."""
    found = Draft.objects.select_for_update().filter(version__isnull=True).order_by("-pk").first()
    if found is not None:
        return found
    base = ModelVersion.objects.order_by("-number").first() or shipped_version(user_id, now=now)
    return Draft.objects.create(base=base, made_at=now)


def open_draft() -> Draft | None:
    """The draft, when somebody began one."""
    return Draft.objects.select_related("base").filter(version__isnull=True).order_by("-pk").first()


def content_now() -> dict[str, list[Row]]:
    """What the editor shows: the draft, else the newest version, else what comes with the product."""
    draft = open_draft()
    if draft is not None:
        return content_in(draft)
    newest = ModelVersion.objects.order_by("-number").first()
    return from_text(newest.content) if newest else content_of(load_catalogue())


def content_in(draft: Draft) -> dict[str, list[Row]]:
    """The rows of a draft: those of its version with what differs, in the order of the version, new ones last."""
    changed = {(row.section, row.row): row.content for row in draft.rows.order_by("pk")}
    base = from_text(draft.base.content)
    found: dict[str, list[Row]] = {}
    for section in SECTIONS:
        known: dict[str, Row | None] = {str(row["id"]): row for row in base[section]}
        known |= {row_id: content for (place, row_id), content in changed.items() if place == section}
        found[section] = [row for row in known.values() if row is not None]
    return found


def row_in(draft: Draft, section: str, row_id: str) -> Row | None:
    """One row of a draft."""
    changed = draft.rows.filter(section=section, row=row_id).first()
    if changed is not None:
        content: Row | None = changed.content
        return content
    return next((row for row in from_text(draft.base.content).get(section, []) if row["id"] == row_id), None)


def checked_now(content: Mapping[str, Sequence[Row]]) -> Checked:
    """A content with its troubles, from memory when it was checked before."""
    return _checked(as_text(content))


@lru_cache(maxsize=8)
def _checked(text: str) -> Checked:
    return check(from_text(text))


def catalogue_of(version: ModelVersion) -> Catalogue:
    """The catalogue of a version, from memory when it was read before.

    Raises:
        ValueError: it has errors, which no version has.
    """
    return catalogue_in(version.content)


def catalogue_in(text: str) -> Catalogue:
    """The catalogue in a content as it is kept, from memory when it was read before.

    Raises:
        ValueError: it has errors.
    """
    catalogue = _checked(text).catalogue
    if catalogue is None:
        raise ValueError(text[:80])
    return catalogue


def usage_of(content: Mapping[str, Sequence[Row]], section: str, row_id: str) -> Usage:
    """Where a row is used in the model and in stories."""
    places: dict[str, tuple[str, ...]] = {"stories": tuple(_stories_with(section, row_id))}
    for other, name in REFERENCES[section]:
        found = tuple(str(row["id"]) for row in content[other] if _names(row.get(name), row_id))
        places[other] = tuple(dict.fromkeys((*places.get(other, ()), *found)))
    return Usage({name: ids for name, ids in places.items() if ids})


def differences(before: Mapping[str, Sequence[Row]], after: Mapping[str, Sequence[Row]]) -> tuple[RowChange, ...]:
    """What differs between two contents, row by row and field by field."""
    return tuple(
        change for section in SECTIONS for change in _section_changes(section, before[section], after[section])
    )


def _section_changes(section: str, before: Sequence[Row], after: Sequence[Row]) -> Iterator[RowChange]:
    old = {str(row["id"]): row for row in before}
    new = {str(row["id"]): row for row in after}
    for row_id in dict.fromkeys((*old, *new)):
        one, other = old.get(row_id), new.get(row_id)
        if one == other:
            continue
        if one is None or other is None:
            yield RowChange(section, row_id, "added" if one is None else "removed")
            continue
        fields = tuple(
            FieldChange(column, shown(value_at(one, column), column), shown(value_at(other, column), column))
            for column in columns_of(section)
            if value_at(one, column) != value_at(other, column)
        )
        if fields:
            yield RowChange(section, row_id, "changed", fields)


def _names(value: Plain, row_id: str) -> bool:
    """Whether a value names a row: itself, one of a list, or a field of one of a list of rows."""
    if isinstance(value, str):
        return value == row_id
    if isinstance(value, Mapping):
        return any(other == row_id for other in value.values())
    return isinstance(value, list) and any(_names(item, row_id) for item in value)


def _stories_with(section: str, row_id: str) -> Iterator[str]:
    for story in all_stories().values():
        if _story_names(story, section, row_id):
            yield story.id


def _story_names(story: Story, section: str, row_id: str) -> bool:
    beats = [beat for scene in story.scenes for beat in scene.beats]
    named = {
        "organisations": [
            *(row.organisation for row in story.absent),
            *(sight.organisation for beat in beats for sight in beat.sees),
            *(name for beat in beats for ask in beat.asks for name in (ask.organisation, ask.of)),
        ],
        "signals": [
            *(sight.signal for beat in beats for sight in beat.sees),
            *(row.signal for beat in beats for row in beat.happens),
        ],
        "patterns": [row.pattern for row in story.deadlines],
    }
    return row_id in named.get(section, [])
