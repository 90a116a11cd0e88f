"""What the room added, kept as parts of a draft of the story, for who writes it on. Nothing of a person comes along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from schakelbord.accounts.actors import Actor
from schakelbord.editor.from_room import (
    FromRoom,
    RoomChannel,
    RoomDoll,
    RoomOrganisation,
    RoomQuestion,
    RoomRemark,
    keep_from_room,
)
from schakelbord.editor.from_room import RoomGap as KeptGap
from schakelbord.editor.models import Draft
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Story, ToldGap
from schakelbord.showing.codes import AdditionKind, ItemKind, ItemState, SessionState
from schakelbord.showing.joining import count_roles
from schakelbord.showing.models import Addition, InboxItem, RoomGap, Session
from schakelbord.showing.room_gaps import NOBODY
from schakelbord.showing.selectors import role_words
from schakelbord.showing.tales import catalogue_of, story_of

ARTICLES: Final = ("de ", "het ", "een ", "the ", "a ", "an ")


def keep_in_story(actor: Actor, session: Session, *, now: dt.datetime) -> Draft:
    """A draft of the story with all that the room added and that was shown; the same draft when kept before.

    Raises:
        RightError: this actor does not write stories.
        InputError: the room added nothing since.
    """
    story = story_of(session)
    gaps = list(session.gaps.filter(removed=False, computed="").order_by("number"))
    earlier = {gap.id: gap for scene in story.scenes for beat in scene.beats for gap in beat.told_gaps}
    rows = [row for row in session.additions.filter(removed=False).order_by("pk") if row.key not in known_of(story)]
    items = list(session.inbox.filter(state=ItemState.SHOWN).select_related("participant", "gap").order_by("pk"))
    draft = session.kept_in if session.kept_in and session.kept_in.put_away_at is None else None
    # With another draft everything begins anew; in the same one each thing comes once, and of a gap what is new.
    fresh_rows = [row for row in rows if draft is None or not row.in_story]
    fresh_items = [row for row in items if draft is None or not row.in_story]
    added = [
        *map(_addition, fresh_rows),
        *(row for gap in gaps for row in _gap(session, gap, items, earlier=earlier.get(gap.key))),
        *_said(fresh_items, catalogue_of(session)),
    ]
    held_on = timezone.localdate(session.started_at or session.made_at)
    made = keep_from_room(actor, story, added, held_on=held_on, now=now, draft=draft)
    Session.objects.filter(pk=session.pk).update(kept_in=made)
    RoomGap.objects.filter(pk__in=[gap.pk for gap in gaps]).update(in_story=True)
    Addition.objects.filter(pk__in=[row.pk for row in rows]).update(in_story=True)
    InboxItem.objects.filter(pk__in=[row.pk for row in items]).update(in_story=True)
    return made


def _addition(row: Addition) -> FromRoom:
    data: dict[str, Any] = row.data
    at: dict[str, Any] = {"key": row.key, "scene": row.scene, "beat": row.beat}
    if row.kind == AdditionKind.ORGANISATION:
        return RoomOrganisation(**at, name=data["name"], ring=data["ring"], place=data.get("sector", ""))
    if row.kind == AdditionKind.CHANNEL:
        works = data.get("works", True)
        return RoomChannel(
            **at, from_=_end(data["from"]), to=_end(data["to"]), ground=data.get("ground", ""), works=works
        )
    if row.kind == AdditionKind.DOLL:
        return RoomDoll(**at, name=data["name"], age=data["age"], place=data.get("place", ""))
    return RoomQuestion(**at, text=data["text"])


def known_of(story: Story) -> frozenset[str]:
    """Ids of organisations and channels that the story keeps of earlier rooms."""
    beats = [beat for scene in story.scenes for beat in scene.beats]
    organisations = {row.id for beat in beats for row in beat.told_organisations}
    return frozenset(organisations | {row.id for beat in beats for row in beat.told_channels})


def _gap(session: Session, gap: RoomGap, items: list[InboxItem], *, earlier: ToldGap | None) -> Iterator[KeptGap]:
    """A told gap. To one of an earlier room this room adds its counts and causes, if it has any."""
    causes = [item for item in items if item.gap_id == gap.pk and item.kind == ItemKind.CAUSE]
    counts = dict(gap.counted) if session.state == SessionState.ENDED else count_roles(gap.pk)
    if earlier is not None and not (causes or counts):
        return
    for layer, count in _counted(earlier).items():
        counts[layer] = counts.get(layer, 0) + count
    yield KeptGap(
        key=gap.key,
        scene=gap.scene,
        beat=gap.beat,
        says=gap.sentence,
        kind=gap.kind,
        from_=_end(gap.between_from),
        to=_end(gap.between_to),
        causes=tuple(text for item in causes for text in (item.published, *item.merged_texts)),
        counts=counts,
    )


def _counted(gap: ToldGap | None) -> dict[str, int]:
    """How many recognised a gap in earlier rooms, by layer."""
    if gap is None:
        return {}
    counts = gap.recognised
    found = {"uitvoering": counts.uitvoering, "beleid": counts.beleid, "bestuur": counts.bestuur, "": counts.unsaid}
    return {layer: count for layer, count in found.items() if count}


def _said(items: list[InboxItem], catalogue: Catalogue) -> Iterator[FromRoom]:
    """What was shown and is no told gap: who was missing, questions, and what was said besides."""
    for item in items:
        by = role_words(item.participant.layer, item.participant.field)
        at = {"scene": item.scene, "beat": item.beat}
        is_at_told_gap = item.gap is not None and item.gap.is_told
        for number, text in enumerate((item.published, *item.merged_texts)):
            key = f"{item.key}-{number}"
            if item.kind == ItemKind.MISSING:
                yield _missing(text, by, catalogue, **at, key=key)
            elif item.kind == ItemKind.CAUSE and not is_at_told_gap:
                yield RoomRemark(**at, key=key, what="cause", text=text, by=by)
            elif item.kind == ItemKind.ADDITION or (item.kind == ItemKind.GAP and number):
                yield RoomRemark(**at, key=key, what="more", text=text, by=by)
            elif item.kind == ItemKind.QUESTION:
                yield RoomQuestion(**at, key=key, text=text)


def _missing(text: str, by: str, catalogue: Catalogue, *, key: str, scene: int, beat: int) -> FromRoom:
    """Who was missing: an organisation when the words are exactly the name of one, a remark otherwise."""
    plain = _plain(text)
    found = [row for row in catalogue.organisations if plain in {_plain(row.name.nl), _plain(row.name.en)}]
    if len(found) != 1:
        return RoomRemark(key=key, scene=scene, beat=beat, what="missing", text=text, by=by)
    return RoomOrganisation(key=key, scene=scene, beat=beat, name=text.strip(" ."), ring=found[0].layer)


def _plain(text: str) -> str:
    words = " ".join(text.casefold().split()).strip(" .!?")
    article = next((word for word in ARTICLES if words.startswith(word)), "")
    return words.removeprefix(article)


def _end(end: str) -> str:
    """Somebody on the stage; an empty chair of a gap is nobody."""
    return "" if end.startswith(NOBODY) else end
