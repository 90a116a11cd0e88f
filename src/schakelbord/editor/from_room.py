"""What a room added to a story becomes a part of a draft, at its place and with the day of the session.

Each addition is a change of its own, so that the editor can undo it. What cannot become a part with certainty stays a
remark at the step where it was said. Words that look like a real person do not come along at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import msgspec

from schakelbord.accounts.actors import Actor
from schakelbord.editor.blanks import ALL_TREES, insertion
from schakelbord.editor.changing import Asked, change, new_key
from schakelbord.editor.content import (
    Content,
    DraftBeat,
    DraftRecognised,
    DraftToldChannel,
    DraftToldGap,
    DraftToldOrganisation,
    Item,
    Remark,
    ToldRing,
    Words,
    decode,
)
from schakelbord.editor.entry import require_editor
from schakelbord.editor.from_story import draft_of
from schakelbord.editor.models import Draft
from schakelbord.editor.operations import Clash, Insert, Operation, Set, item_at
from schakelbord.editor.services import new_draft
from schakelbord.engine.story import Story
from schakelbord.errors import InputError
from schakelbord.guard import check as looks_real

ROOM: Final = "de zaal"
LAYERS: Final = ("uitvoering", "beleid", "bestuur")


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRoom:
    """Something that a room added, at a step of the story as the room saw it.

    Args:
        key: by which the session knows it; its id in the draft is made of it.
        scene: number of the scene, from 0.
        beat: number of the step in it, from 0.
    """

    key: str
    scene: int
    beat: int

    @property
    def id(self) -> str:
        """Its id in the draft."""
        return id_of(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOrganisation(FromRoom):
    """An organisation; without a place it works everywhere."""

    name: str
    ring: ToldRing
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChannel(FromRoom):
    """A channel between two on the stage."""

    from_: str
    to: str
    ground: str = ""
    works: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomGap(FromRoom):
    """A told gap; an empty end is nobody. `counts` is how many recognise it by layer, "" for who did not say."""

    says: str
    kind: str = ""
    from_: str = ""
    to: str = ""
    causes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDoll(FromRoom):
    """A doll; without a place it lives with the first one."""

    name: str
    age: int
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomQuestion(FromRoom):
    """A question to the room: a step that asks it, after the one at hand."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRemark(FromRoom):
    """Something that was said and shown, from a role ("onderwijs", "de zaal"), never a person."""

    what: Literal["cause", "missing", "more"]
    text: str
    by: str = ROOM


def id_of(key: str) -> str:
    """The id in a draft of something that a session knows by a key."""
    return key.replace("-", "_")


def keep_from_room(
    actor: Actor,
    story: Story,
    additions: Sequence[FromRoom],
    *,
    held_on: dt.date,
    now: dt.datetime,
    draft: Draft | None = None,
) -> Draft:
    """Keep what a room added to a story in a draft of that story.

    Args:
        actor: who keeps it.
        story: the story as the room saw it.
        additions: what was added, in order; of a gap that the draft has already, only causes and counts change.
        held_on: the day of the session.
        now: when.
        draft: the draft in which earlier additions of this session were kept; a new one without it.

    Raises:
        RightError: this actor does not write stories.
        InputError: there is nothing to keep.
    """
    require_editor(actor)
    if not additions:
        raise InputError(
            "nothing_added",
            nl="De zaal voegde niets (meer) toe; er is niets te bewaren.",
            en="The room added nothing (more); there is nothing to keep.",
        )
    kept = draft or new_draft(actor, draft_of(story), now=now)
    keeper = _Keeper(draft_of(story), held_on.isoformat())
    for row in additions:
        operations = keeper.operations(decode(Draft.objects.get(pk=kept.pk).content), row)
        if operations:
            change(kept, operations, Asked(actor))
    return Draft.objects.get(pk=kept.pk)


class _Keeper:
    """Makes operations of additions. `seen` is the draft of the story as the room saw it: its keys name the steps."""

    def __init__(self, seen: Content, day: str) -> None:
        self._seen = seen
        self._day = day

    def operations(self, now: Content, row: FromRoom) -> list[Operation]:
        """What puts an addition into the draft as it is now."""
        makers: dict[type[FromRoom], Callable[[Content, Any], list[Operation] | None]] = {
            RoomOrganisation: self._organisation,
            RoomChannel: self._channel,
            RoomGap: self._gap,
            RoomDoll: self._doll,
            RoomQuestion: self._question,
            RoomRemark: self._said,
        }
        if _is_real(row):
            return [self._remark(now, row, "Hier stond iets dat op een echt mens lijkt. Het is niet meegenomen.")]
        with suppress(Clash):
            made = makers[type(row)](now, row)
            if made is not None:
                return made
        return [self._remark(now, row, f"{_kind(row)}: {'; '.join(_texts(row)) or _ends(row)}")]

    def _beat(self, row: FromRoom) -> str:
        """The path of the step at which something was added."""
        scene = self._seen.scenes[min(row.scene, len(self._seen.scenes) - 1)]
        beat = scene.beats[min(row.beat, len(scene.beats) - 1)]
        return f"scenes/{scene.key}/beats/{beat.key}"

    def _organisation(self, now: Content, row: RoomOrganisation) -> list[Operation] | None:
        if row.place and all(place.id != row.place for place in now.places):
            return None
        item = DraftToldOrganisation(new_key(), row.id, Words(row.name), row.ring, row.place, self._day)
        return [self._into(now, row, "told_organisations", item)]

    def _channel(self, now: Content, row: RoomChannel) -> list[Operation] | None:
        if not _are_there(now, row.from_, row.to) or not (row.from_ and row.to):
            return None
        works: Literal["practice", "paper"] = "practice" if row.works else "paper"
        ends = (id_of(row.from_), id_of(row.to))
        return [
            self._into(
                now, row, "told_channels", DraftToldChannel(new_key(), row.id, *ends, row.ground, works, self._day)
            )
        ]

    def _gap(self, now: Content, row: RoomGap) -> list[Operation] | None:
        for path, gap in _told_gaps(now):
            if gap.id == row.id:
                return list(_told_more(path, gap, row))
        if not _are_there(now, row.from_, row.to):
            return None
        item = DraftToldGap(
            key=new_key(),
            id=row.id,
            says=Words(row.says),
            kind=row.kind,
            from_=id_of(row.from_),
            to=id_of(row.to),
            causes=list(row.causes),
            recognised=_recognised(row.counts),
            from_room=self._day,
        )
        return [self._into(now, row, "told_gaps", item)]

    def _doll(self, now: Content, row: RoomDoll) -> list[Operation] | None:
        places = [place.id for place in now.places]
        home = row.place if row.place in places else next((doll.place for doll in now.dolls), "")
        made = insertion(now, "dolls", key=new_key())
        item = {**made.item, "id": row.id, "age": row.age, "place": home, "from_room": self._day}
        is_free = row.name in ALL_TREES and all(doll.name != row.name for doll in now.dolls)
        doll = Insert(made.path, {**item, "name": row.name} if is_free else item, made.after)
        if is_free:
            return [doll]
        # Another name may be that of a real person, so it is not kept; the doll gets the name of a tree.
        return [doll, self._remark(now, row, f"Een pop die de zaal toevoegde, heet nu {item['name']}.")]

    def _question(self, now: Content, row: RoomQuestion) -> list[Operation] | None:
        path = self._beat(row)
        beat = item_at(now, path)[1]
        day = beat.day if isinstance(beat, DraftBeat) else None
        asks = DraftBeat(new_key(), day, ask=Words(row.text), from_room=self._day)
        return [Insert(path.rpartition("/")[0], msgspec.to_builtins(asks), beat.key)]

    def _said(self, now: Content, row: RoomRemark) -> None:
        """What was only said is no part of the story."""

    def _into(self, now: Content, row: FromRoom, name: str, item: Item) -> Operation:
        path = self._beat(row)
        rows: list[Item] = getattr(item_at(now, path)[1], name)
        return Insert(f"{path}/{name}", msgspec.to_builtins(item), rows[-1].key if rows else "")

    def _remark(self, now: Content, row: FromRoom, text: str) -> Operation:
        by = row.by if isinstance(row, RoomRemark) and row.by else ROOM
        path = self._beat(row)
        try:
            item_at(now, path)
        except Clash:
            path = ""
        remark = Remark(new_key(), path, text[:4000], by)
        return Insert("remarks", msgspec.to_builtins(remark), now.remarks[-1].key if now.remarks else "")


def _are_there(now: Content, *ends: str) -> bool:
    """Whether every end is somebody of the draft, an organisation with its place, or nobody."""
    known = {doll.id for doll in now.dolls}
    known |= {row.id for scene in now.scenes for beat in scene.beats for row in beat.told_organisations}
    areas = {"nl", *(place.id for place in now.places), *(place.region for place in now.places)}
    filled = [id_of(end) for end in ends if end]
    there = (end.partition("@")[2] in areas if "@" in end else end in known for end in filled)
    return all(there) and len(set(filled)) == len(filled)


def _told_gaps(now: Content) -> list[tuple[str, DraftToldGap]]:
    """All told gaps with their paths."""
    return [
        (f"scenes/{scene.key}/beats/{beat.key}/told_gaps/{gap.key}", gap)
        for scene in now.scenes
        for beat in scene.beats
        for gap in beat.told_gaps
    ]


def _told_more(path: str, gap: DraftToldGap, row: RoomGap) -> Sequence[Operation]:
    """What was said and recognised since a gap was kept."""
    found: list[Operation] = []
    causes = [*gap.causes, *(cause for cause in row.causes if cause not in gap.causes)]
    if causes != gap.causes:
        found.append(Set(f"{path}/causes", gap.causes, causes))
    counts = _recognised(row.counts)
    for layer in counts.__struct_fields__:
        old, new = getattr(gap.recognised, layer), getattr(counts, layer)
        if old != new:
            found.append(Set(f"{path}/recognised/{layer}", old, new))
    return found


def _recognised(counts: Mapping[str, int]) -> DraftRecognised:
    by_layer = {layer: counts.get(layer, 0) for layer in LAYERS}
    return DraftRecognised(**by_layer, unsaid=counts.get("", 0))


def _texts(row: FromRoom) -> tuple[str, ...]:
    """What people wrote, without the name of a doll, which is kept only when it is that of a tree."""
    if isinstance(row, RoomOrganisation):
        return (row.name,)
    if isinstance(row, RoomGap):
        return (row.says, *row.causes)
    if isinstance(row, RoomChannel):
        return (row.ground,) if row.ground else ()
    return (row.text,) if isinstance(row, RoomQuestion | RoomRemark) else ()


def _is_real(row: FromRoom) -> bool:
    """Whether something in it looks like a real person or a group; the number of an article is no date."""
    if isinstance(row, RoomChannel):
        return any(flag.kind != "date" for flag in looks_real(row.ground))
    return any(looks_real(text) for text in _texts(row))


def _ends(row: FromRoom) -> str:
    return f"{row.from_} → {row.to}" if isinstance(row, RoomChannel) else row.key


def _kind(row: FromRoom) -> str:
    """What it was, in a word that goes before it."""
    if isinstance(row, RoomRemark):
        return {"cause": "Waarom dit gebeurt", "missing": "Wie er miste", "more": "Aanvulling"}[row.what]
    words = {RoomOrganisation: "Organisatie", RoomChannel: "Kanaal", RoomGap: "Hiaat", RoomQuestion: "Vraag"}
    return words.get(type(row), "Pop")
