"""The page of the editor, put together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from schakelbord.accounts.actors import Actor
from schakelbord.editor.changing import content_before_last, may_redo, may_undo
from schakelbord.editor.checking import Checked, check
from schakelbord.editor.content import Content, Remark, decode
from schakelbord.editor.fields import Fields
from schakelbord.editor.forms import Panel
from schakelbord.editor.models import Draft
from schakelbord.editor.outline import Outline, outline_of, part_url, people_at_work
from schakelbord.editor.panels import panel_at
from schakelbord.editor.places import place_words
from schakelbord.editor.preview import Preview, preview_of
from schakelbord.editor.troubles import placed_words, told
from schakelbord.errors import Language
from schakelbord.stories.library import the_catalogue
from schakelbord.stories.models import StoryVersion


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that must be mended before the draft is a whole story."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class RoomRemark:
    """What a room said that became no part of the story, with the part that it was about."""

    key: str
    by: str
    text: str
    url: str
    where: str


@dataclass(frozen=True, slots=True)
class EditorPage:
    """Everything that the editor shows."""

    draft: Draft
    part: str
    outline: Outline
    panel: Panel
    preview: Preview
    people: list[str]
    todo: tuple[ToDo, ...]
    remarks: tuple[RoomRemark, ...]
    may_undo: bool
    may_redo: bool
    last_version: StoryVersion | None

    @property
    def url(self) -> str:
        """The address of this part."""
        return part_url(self.draft, self.part)

    @property
    def base(self) -> str:
        """The address of the draft."""
        return reverse("editor:draft", args=[self.draft.pk])


def editor_page(draft: Draft, actor: Actor, part: str, *, now: dt.datetime, language: Language) -> EditorPage:
    """The page of a draft at one of its parts."""
    content, catalogue = decode(draft.content), the_catalogue()
    checked = check(content, catalogue)
    fields = Fields(content, checked.troubles, catalogue=catalogue, language=language)
    panel = panel_at(part, fields)
    before = content_before_last(draft, actor)
    return EditorPage(
        draft=draft,
        part=panel.path,
        outline=outline_of(draft, fields, panel.path),
        panel=panel,
        preview=preview_of(content, before, panel.path, catalogue=catalogue, language=language),
        people=people_at_work(draft, actor, content, now=now, language=language),
        todo=to_do(draft, content, checked, language),
        remarks=tuple(_remark(draft, content, row, language) for row in content.remarks if row.kind == "room"),
        may_undo=may_undo(draft, actor),
        may_redo=may_redo(draft, actor),
        last_version=StoryVersion.objects.filter(story=draft.story).order_by("-number").first(),
    )


def to_do(draft: Draft, content: Content, checked: Checked, language: Language) -> tuple[ToDo, ...]:
    """What is still needed for a whole story, each with the form in which it can be mended."""
    return tuple(
        ToDo(placed_words(row, content, the_catalogue()).get(language), part_url(draft, _part_of(row.path)))
        for row in checked.errors
        if told(row)
    )


def _remark(draft: Draft, content: Content, row: Remark, language: Language) -> RoomRemark:
    url = part_url(draft, _part_of(row.path)) if row.path else ""
    where = place_words(content, row.path).get(language)
    return RoomRemark(row.key, row.by, row.text, url, where[:1].upper() + where[1:])


def _part_of(path: str) -> str:
    """The part in whose form a field stands."""
    words = path.split("/")
    if words[0] == "scenes":
        return "/".join(words[:4] if len(words) > 3 and words[2] == "beats" else words[:2])
    if words[0] in {"dolls", "places", "deadlines"} and len(words) > 1:
        return "/".join(words[:2])
    return "absent" if words[0] == "absent" else ""
