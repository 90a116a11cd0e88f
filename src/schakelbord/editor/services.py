"""Drafts begin, are taken over from elsewhere, are taken along, and are put away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from schakelbord.accounts.actors import Actor
from schakelbord.editor.blanks import free_id, insertion, slug_of
from schakelbord.editor.changing import new_key
from schakelbord.editor.checking import check
from schakelbord.editor.content import Content, Words, decode, encode
from schakelbord.editor.entry import require_editor
from schakelbord.editor.from_story import draft_of
from schakelbord.editor.models import Draft
from schakelbord.editor.operations import apply
from schakelbord.editor.troubles import placed_words
from schakelbord.engine import load_story
from schakelbord.engine.story import Story
from schakelbord.engine.story_text import story_yaml
from schakelbord.errors import InputError, StateError
from schakelbord.live.rooms import open_room
from schakelbord.stories.library import all_stories, the_catalogue
from schakelbord.stories.models import StoryVersion

MOST_FILE_BYTES = 1024 * 1024
NAME_OF_FILE = "verhaal.yaml"


def new_draft(
    actor: Actor,
    content: Content,
    *,
    now: dt.datetime,
    template: str = "",
    based_on: StoryVersion | None = None,
) -> Draft:
    """A new draft in a room of its own.

    Raises:
        RightError: this actor does not write stories.
    """
    user_id = require_editor(actor)
    title = content.title.nl or content.title.en
    with transaction.atomic():
        room = open_room(f"Concept: {title or content.id}"[:120], now=now)
        return Draft.objects.create(
            room=room,
            story=content.id[:60],
            title=title[:200],
            content=encode(content),
            template=template,
            based_on=based_on,
            made_by_id=user_id,
            made_at=now,
            changed_by_id=user_id,
            changed_at=now,
        )


def empty_draft(actor: Actor, title: str, *, now: dt.datetime) -> Draft:
    """A draft with nothing but a title, one place and one empty scene with one step.

    Raises:
        RightError: this actor does not write stories.
        InputError: there is no title, or it is too long.
    """

    content = Content(id=free_slug(slug_of(_good_title(title))), title=Words(title.strip()))
    for path in ("places", "dolls", "scenes"):
        apply(content, insertion(content, path, key=new_key()), by=actor.name, key=new_key())
    content.scenes[0].title = Words("Het begint", "It begins")
    path = f"scenes/{content.scenes[0].key}/beats"
    apply(content, insertion(content, path, key=new_key()), by=actor.name, key=new_key())
    return new_draft(actor, content, now=now)


def edit_story(actor: Actor, story: Story, *, now: dt.datetime) -> Draft:
    """The draft in which a story is being changed; a new one when there is none. Published, it takes its place.

    Raises:
        RightError: this actor does not write stories.
    """
    require_editor(actor)
    found = Draft.objects.filter(story=story.id, put_away_at=None).order_by("-changed_at").first()
    if found is not None:
        return found
    last = StoryVersion.objects.filter(story=story.id, published_at__isnull=False).order_by("-number").first()
    return new_draft(actor, draft_of(story), now=now, based_on=last)


def copy_story(actor: Actor, story: Story, *, now: dt.datetime) -> Draft:
    """A draft of a new story that begins as a copy of this one.

    Raises:
        RightError: this actor does not write stories.
    """
    content = draft_of(story)
    content.id = free_slug(story.id)
    content.title = Words(f"{story.title.nl} (kopie)", f"{story.title.en} (copy)")
    return new_draft(actor, content, now=now)


def import_story(actor: Actor, file: bytes, *, now: dt.datetime, name: str = NAME_OF_FILE) -> Draft:
    """A draft of a story that somebody made elsewhere.

    Raises:
        RightError: this actor does not write stories.
        InputError: the file is no story; says what is wrong and on which line.
    """
    require_editor(actor)
    if len(file) > MOST_FILE_BYTES:
        raise InputError(
            "file_too_large",
            name,
            nl="Dit bestand is groter dan 1 MB. Een verhaal is kleiner; kies het YAML-bestand van een verhaal.",
            en="This file is larger than 1 MB. A story is smaller; choose the YAML file of a story.",
        )
    story = load_story(file, the_catalogue(), name=name)
    return new_draft(actor, draft_of(story), now=now)


def export_story(draft: Draft) -> str:
    """The YAML of a draft, the same bytes for the same story.

    Raises:
        StateError: it is not a whole story yet; says what is missing first.
    """
    return story_yaml(whole_story(draft))


def whole_story(draft: Draft) -> Story:
    """The story in a draft.

    Raises:
        StateError: it is not whole yet; says what is missing first.
    """
    content = decode(draft.content)
    checked = check(content, the_catalogue())
    if checked.whole is not None:
        return checked.whole
    first = placed_words(checked.errors[0], content, the_catalogue())
    others = len(checked.errors) - 1
    raise StateError(
        "draft_not_whole",
        nl=f"Dit is nog geen heel verhaal. {first.nl}" + (f" En nog {others} punten." if others else ""),
        en=f"This is not a whole story yet. {first.en}" + (f" And {others} more." if others else ""),
    )


def put_away(actor: Actor, draft: Draft, *, now: dt.datetime) -> None:
    """Take a draft off the list; nothing is thrown away.

    Raises:
        RightError: this actor does not write stories.
        StateError: it was put away before.
    """
    require_editor(actor)
    if not Draft.objects.filter(pk=draft.pk, put_away_at=None).update(put_away_at=now):
        raise StateError("put_away_before", nl="Dit concept was al opgeborgen.", en="This draft was put away before.")


def bring_back(actor: Actor, draft: Draft) -> None:
    """Put a draft back on the list.

    Raises:
        RightError: this actor does not write stories.
    """
    require_editor(actor)
    Draft.objects.filter(pk=draft.pk).update(put_away_at=None)


def free_slug(wanted: str) -> str:
    """An id for a story that no story, version or draft has."""
    taken = {*all_stories(), *StoryVersion.objects.values_list("story", flat=True)}
    return free_id(wanted[:40], taken | set(Draft.objects.values_list("story", flat=True)))


def _good_title(title: str) -> str:
    clean = " ".join(title.split())
    if not 0 < len(clean) <= 200:
        raise InputError(
            "title",
            "title",
            nl="Geef het verhaal een titel van hoogstens 200 tekens.",
            en="Give the story a title of at most 200 characters.",
        )
    return clean
