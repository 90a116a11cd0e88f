"""The outline at the left: scenes with their steps, dolls, places, deadlines, and who is at work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from schakelbord.accounts.actors import Actor
from schakelbord.editor.content import Content, DraftBeat, DraftDoll, DraftPlace, Number
from schakelbord.editor.fields import Fields
from schakelbord.editor.models import AtWork, Draft
from schakelbord.editor.places import place_words
from schakelbord.errors import Language
from schakelbord.stories.words import DOLL_ICONS

SHORT = 22
HERE_SECONDS = 45
LONGEST_PART = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline."""

    path: str
    url: str
    lead: str
    text: str
    now: bool
    trouble: bool
    steps: tuple[Entry, ...] = ()
    icon: str = ""
    hue: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """All lines."""

    story: Entry
    scenes: tuple[Entry, ...]
    dolls: tuple[Entry, ...]
    places: tuple[Entry, ...]
    deadlines: tuple[Entry, ...]
    chairs: Entry


def outline_of(draft: Draft, fields: Fields, part: str) -> Outline:
    """The outline of a draft with the part at hand marked."""
    content, language = fields.content, fields.language

    def entry(
        path: str, lead: str, text: str, *, steps: tuple[Entry, ...] = (), look: DraftDoll | None = None
    ) -> Entry:
        return Entry(
            path=path,
            url=part_url(draft, path),
            lead=lead,
            text=text,
            now=path == part,
            trouble=fields.any_within(path) if path else bool(fields.about("")),
            steps=steps,
            icon=DOLL_ICONS.get(look.pattern, "pop-strepen") if look else "",
            hue=look.hue if look else "",
            more=_doll_words(look) if look else "",
        )

    return Outline(
        story=entry("", "", _("The story")),
        scenes=tuple(
            entry(
                f"scenes/{scene.key}",
                str(number),
                scene.title.get_or(language) or _("New scene"),
                steps=tuple(
                    entry(f"scenes/{scene.key}/beats/{beat.key}", _day(beat.day), _short(beat, language))
                    for beat in scene.beats
                )
                if part.startswith(f"scenes/{scene.key}")
                else (),
            )
            for number, scene in enumerate(content.scenes, start=1)
        ),
        dolls=tuple(entry(f"dolls/{row.key}", "", row.name or _("Somebody"), look=row) for row in content.dolls),
        places=tuple(entry(f"places/{row.key}", "", _place(row, language)) for row in content.places),
        deadlines=tuple(
            entry(f"deadlines/{row.key}", _day(row.by), _pattern(fields, row.pattern)) for row in content.deadlines
        ),
        chairs=entry("absent", "", _("Empty chairs")),
    )


def part_url(draft: Draft, path: str) -> str:
    """The address of a part of a draft."""
    base = reverse("editor:draft", args=[draft.pk])
    return f"{base}?bij={quote(path)}" if path else base


def note_at_work(draft: Draft, actor: Actor, part: str, *, now: dt.datetime) -> None:
    """Remember who is at work in a draft, and at which part."""
    AtWork.objects.update_or_create(
        draft=draft, user_id=actor.user_id or 0, defaults={"part": part[:LONGEST_PART], "seen_at": now}
    )


def people_at_work(draft: Draft, actor: Actor, content: Content, *, now: dt.datetime, language: Language) -> list[str]:
    """A sentence for each colleague who has the draft open now."""
    since = now - dt.timedelta(seconds=HERE_SECONDS)
    rows: Iterable[AtWork] = (
        AtWork.objects.filter(draft=draft, seen_at__gte=since)
        .exclude(user_id=actor.user_id or 0)
        .select_related("user")
        .order_by("user__name")
    )
    return [
        _("%(name)s is working on %(part)s")
        % {"name": row.user.name, "part": place_words(content, row.part).get(language)}
        for row in rows
    ]


def _day(day: Number) -> str:
    return _("day %(day)s") % {"day": "?" if day is None else day}


def _short(beat: DraftBeat, language: Language) -> str:
    """The first words of a step."""
    text = beat.say.get_or(language)
    if not text and beat.ask.get_or(language):
        return _("question")
    if not text and beat.move.dolls:
        return _("move")
    words = " ".join(text.split())
    if len(words) <= SHORT:
        return words or _("still empty")
    return words[:SHORT].rpartition(" ")[0] + "…" if " " in words[:SHORT] else words[:SHORT] + "…"


def _place(place: DraftPlace, language: Language) -> str:
    return place.name.get_or(language) or place.id


def _pattern(fields: Fields, pattern: str) -> str:
    row = fields.catalogue.pattern.get(pattern)
    return row.name.get(fields.language) if row else _("not yet chosen")


def _doll_words(doll: DraftDoll) -> str:
    if not isinstance(doll.age, int):
        return _("age not filled in")
    if isinstance(doll.birthday_on_day, int):
        words = {"age": doll.age, "next": doll.age + 1, "day": doll.birthday_on_day}
        return _("%(age)s, becomes %(next)s on day %(day)s") % words
    return str(doll.age)
