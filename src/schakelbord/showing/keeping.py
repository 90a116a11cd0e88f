"""What the room added, kept: remarks in a draft of the story, for who writes it on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from schakelbord.accounts.actors import Actor
from schakelbord.editor.models import Draft
from schakelbord.editor.services import AdditionKind as Kind
from schakelbord.editor.services import RoomAddition, add_from_room
from schakelbord.engine.story import Story
from schakelbord.showing.codes import AdditionKind, ItemKind, ItemState
from schakelbord.showing.models import Session
from schakelbord.showing.selectors import role_words
from schakelbord.showing.tales import story_of

FROM_DESK = "verteller"
KINDS: Final[dict[AdditionKind, Kind]] = {
    AdditionKind.ORGANISATION: "organisation",
    AdditionKind.CHANNEL: "channel",
    AdditionKind.DOLL: "doll",
    AdditionKind.QUESTION: "question",
}


def keep_in_story(actor: Actor, session: Session, *, now: dt.datetime) -> Draft:
    """A draft of the story with a remark for all that the room added and that was shown.

    Raises:
        RightError: this actor does not write stories.
        InputError: the room added nothing.
    """
    story = story_of(session)
    made = add_from_room(actor, story, tuple(_added(session, story)), now=now)
    session.gaps.filter(removed=False, computed="").update(in_story=True)
    session.additions.filter(removed=False).update(in_story=True)
    return made


def _added(session: Session, story: Story) -> Iterator[RoomAddition]:
    scenes = [scene.id for scene in story.scenes]
    for gap in session.gaps.filter(removed=False, computed="").order_by("number"):
        by = FROM_DESK if gap.from_presenter else role_words(gap.layer, gap.field)
        yield RoomAddition("gap", gap.sentence, scenes[min(gap.scene, len(scenes) - 1)], by)
    for row in session.additions.filter(removed=False).order_by("pk"):
        text = str(row.data.get("name") or row.data.get("text") or f"{row.data.get('from')} → {row.data.get('to')}")
        yield RoomAddition(KINDS[AdditionKind(row.kind)], text, scenes[min(row.scene, len(scenes) - 1)], FROM_DESK)
    shown = session.inbox.filter(state=ItemState.SHOWN, kind__in=[ItemKind.MISSING, ItemKind.CAUSE])
    for item in shown.select_related("participant").order_by("pk"):
        by = role_words(item.participant.layer, item.participant.field)
        kind: Kind = "missing" if item.kind == ItemKind.MISSING else "cause"
        yield RoomAddition(kind, item.text, scenes[min(item.scene, len(scenes) - 1)], by)
