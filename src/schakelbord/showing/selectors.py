"""What the three screens of a session show: the page of the story at this moment, and what the room added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

from schakelbord.errors import Language
from schakelbord.showing.codes import AdditionKind, Field, GapState, ItemKind, ItemState, Layer, SessionState, ToldKind
from schakelbord.showing.models import Addition, Branch, InboxItem, Recognition, RoomGap, Session
from schakelbord.showing.room_additions import additions_at
from schakelbord.showing.tales import catalogue_of, nearest_step, story_of
from schakelbord.stories.address import Address
from schakelbord.stories.findings import GapRow
from schakelbord.stories.names import Names
from schakelbord.stories.page import StoryPage, story_page
from schakelbord.stories.words import KIND_ICONS

Placed = TypeVar("Placed", RoomGap, Addition)
TOLD_ICONS = {**KIND_ICONS, "no_feedback": "terugkoppeling"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """How many recognise a gap, in all and by layer."""

    count: int
    by_layer: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SessionGap:
    """A gap as the room sees it, told or computed, with its life."""

    key: str
    label: str
    title: str
    sentence: str
    between: str
    icon: str
    kind: str
    told: bool
    mended: bool
    then: str
    in_light: bool
    state: str
    state_label: str
    recognised: Recognised
    remarks: tuple[str, ...]
    felt_causes: tuple[str, ...]
    placed: str
    reason: str
    from_role: str
    row: RoomGap | None
    computed: GapRow | None


@dataclass(frozen=True, slots=True)
class Way:
    """One of two ways on, with the votes for it."""

    number: int
    label: str
    votes: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class OpenChoice:
    """A choice between two ways."""

    key: str
    question: str
    is_open: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class SessionView:
    """Everything the screens show of a session at this moment. `seq` is the newest event it knows of."""

    session: Session
    seq: int
    page: StoryPage
    gaps: tuple[SessionGap, ...]
    additions: tuple[Addition, ...]
    missing: tuple[str, ...]
    asked: tuple[str, ...]
    question: str
    choice: OpenChoice | None
    now: dt.datetime

    @property
    def is_open(self) -> bool:
        """Whether people can take part."""
        return self.session.state == SessionState.OPEN

    @property
    def told(self) -> tuple[SessionGap, ...]:
        """The gaps that somebody told."""
        return tuple(gap for gap in self.gaps if gap.told)

    @property
    def minutes_used(self) -> int:
        """How long the session lasts already."""
        started = self.session.started_at
        return 0 if started is None else int((self.now - started).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An item of the inbox as the desk sees it."""

    item: InboxItem
    kind: str
    state: str
    from_role: str
    about: str
    warnings: tuple[str, ...]
    voices: int
    instead_of: str


def session_view(
    session: Session,
    language: Language,
    *,
    now: dt.datetime,
    scene: int | None = None,
    beat: int = 0,
    large: bool = False,
) -> SessionView:
    """What the screens show; with `scene` what somebody sees who looks around on their own, `large` for large letters.

    A handful of queries, however much the room added.
    """
    rows = list(session.additions.filter(removed=False))
    items = list(session.inbox.filter(state__in=[ItemState.SHOWN, ItemState.MERGED]).select_related("gap"))
    lives = {gap.shown_key: gap for gap in session.gaps.filter(removed=False)}
    recognised = _recognised(session, lives.values())
    here = _Room(rows, list(lives.values()), {pk: found.count for pk, found in recognised.items()})
    page = page_of(session, language, scene=scene, beat=beat, room=here, large=large)
    additions = tuple(_until(rows, page))
    now_scene = page.address.step.scene
    questions = [row.data["text"] for row in additions if row.kind == AdditionKind.QUESTION and row.scene == now_scene]
    with override(language):
        return SessionView(
            session=session,
            seq=session.room.last_seq,
            page=page,
            gaps=_gaps(session, page, lives, items=items, additions=additions, recognised=recognised),
            additions=additions,
            missing=_said(items, ItemKind.MISSING),
            asked=_said(items, ItemKind.QUESTION),
            question=questions[-1] if questions else page.scene.question,
            choice=_choice(session),
            now=now,
        )


@dataclass(frozen=True, slots=True)
class _Room:
    """What the room added so far: additions, gaps with their lives, and how many recognise each."""

    rows: Sequence[Addition] = ()
    gaps: Sequence[RoomGap] = ()
    counts: Mapping[int, int] = field(default_factory=dict)


def page_of(
    session: Session,
    language: Language,
    *,
    scene: int | None = None,
    beat: int = 0,
    room: _Room | None = None,
    large: bool = False,
) -> StoryPage:
    """The page of the story where the session is, or at a step of one's own, with what the room added."""
    story, room = story_of(session), room or _Room()
    step = nearest_step(story, session.scene if scene is None else scene, session.beat if scene is None else beat)
    day = session.day if scene is None else step.day
    light = session.gap if scene is None else ""
    address = Address(story.id, step, day, gap=light or None, repairs=tuple(session.repairs))
    with override(language):
        return story_page(
            story,
            address,
            notes=[],
            language=language,
            catalogue=catalogue_of(session),
            additions=additions_at(step, room.rows, room.gaps, counts=room.counts, lit=light),
            spotlight=session.spotlight if scene is None else None,
            large=large,
        )


def inbox_of(session: Session, language: Language) -> tuple[InboxRow, ...]:
    """The inbox of the desk: what is new first, then what was kept for later."""
    items = session.inbox.filter(state__in=[ItemState.NEW, ItemState.PARKED, ItemState.ASKED])
    order = {ItemState.NEW: 0, ItemState.ASKED: 1, ItemState.PARKED: 2}
    names = page_of(session, language).moment.names
    with override(language):
        found = items.select_related("participant", "instead_of").order_by("made_at")
        rows = [_inbox_row(item, names, language) for item in found]
    return tuple(sorted(rows, key=lambda row: order[ItemState(row.item.state)]))


def role_words(layer: str, field: str) -> str:
    """From where somebody looks, in words; empty when they did not say."""
    parts = [str(Field(field).label)] if field else []
    parts += [str(Layer(layer).label)] if layer else []
    return ", ".join(parts)


def _inbox_row(item: InboxItem, names: Names, language: Language) -> InboxRow:
    return InboxRow(
        item=item,
        kind=str(ItemKind(item.kind).label),
        state=str(ItemState(item.state).label),
        from_role=role_words(item.participant.layer, item.participant.field),
        about=_between(item.between_from or item.about, item.between_to, names, both=item.kind == ItemKind.GAP),
        warnings=tuple(flag[language] for flag in item.flags),
        voices=1 + len(item.merged_texts),
        instead_of=item.instead_of.text if item.instead_of else "",
    )


def _gaps(
    session: Session,
    page: StoryPage,
    lives: dict[str, RoomGap],
    *,
    items: Sequence[InboxItem],
    additions: Iterable[Addition],
    recognised: dict[int, Recognised],
) -> tuple[SessionGap, ...]:
    """Computed gaps that show on this day, then the told ones from this step on."""
    by_gap: dict[int, list[InboxItem]] = {}
    for item in items:
        if item.gap_id is not None:
            by_gap.setdefault(item.gap_id, []).append(item)
    found = []
    for link in (link for link in page.gaps.all if not link.row.told):
        life = lives.get(link.row.key)
        mine = by_gap.get(life.pk, []) if life else []
        found.append(_computed(session, link.row, life, mine, recognised))
    added = {row.key: row.data.get("name", "") for row in additions}
    names = page.moment.names
    told = _until([gap for gap in lives.values() if gap.is_told], page)
    found += [_told(session, gap, by_gap.get(gap.pk, []), recognised, names=names, added=added) for gap in told]
    return tuple(found)


def _computed(
    session: Session,
    row: GapRow,
    life: RoomGap | None,
    items: Sequence[InboxItem],
    recognised: dict[int, Recognised],
) -> SessionGap:
    return SessionGap(
        key=row.key,
        label=str(row.number),
        title=row.title,
        sentence=row.sentence,
        between=row.between,
        icon=row.icon,
        kind=str(row.kind),
        told=False,
        mended=row.mended,
        then=str(row.then),
        in_light=session.gap == row.key,
        state=life.state if life else GapState.VISIBLE,
        state_label=str(GapState(life.state if life else GapState.VISIBLE).label),
        recognised=recognised[life.pk] if life else Recognised(0, ()),
        remarks=_texts(items, ItemKind.ADDITION),
        felt_causes=_texts(items, ItemKind.CAUSE),
        placed=_placed(life),
        reason=life.reason if life else "",
        from_role="",
        row=life,
        computed=row,
    )


def _told(
    session: Session,
    gap: RoomGap,
    items: Sequence[InboxItem],
    recognised: dict[int, Recognised],
    *,
    names: Names,
    added: dict[str, str],
) -> SessionGap:
    return SessionGap(
        key=gap.key,
        label=_("R%(number)s") % {"number": gap.number},
        title=gap.sentence,
        sentence="",
        between=_between(gap.between_from, gap.between_to, names, both=True, added=added),
        icon=TOLD_ICONS.get(gap.kind, "hiaat"),
        kind=str(ToldKind(gap.kind).label) if gap.kind else "",
        told=True,
        mended=gap.state == GapState.CLOSED,
        then="",
        in_light=session.gap == gap.key,
        state=gap.state,
        state_label=str(GapState(gap.state).label),
        recognised=recognised[gap.pk],
        remarks=_texts(items, ItemKind.ADDITION),
        felt_causes=_texts(items, ItemKind.CAUSE),
        placed=_placed(gap),
        reason=gap.reason,
        from_role=_("the presenter") if gap.from_presenter else role_words(gap.layer, gap.field),
        row=gap,
        computed=None,
    )


def _said(items: Iterable[InboxItem], kind: ItemKind) -> tuple[str, ...]:
    """What was shown that belongs to no gap, with what was merged into it."""
    rows = (item for item in items if item.kind == kind and item.state == ItemState.SHOWN)
    return tuple(text for item in rows for text in (item.published, *item.merged_texts))


def _texts(items: Iterable[InboxItem], kind: ItemKind) -> tuple[str, ...]:
    """What was shown at a gap: its felt causes, or everything else. Of the message that made it, what was merged in."""
    found: list[str] = []
    for item in items:
        if (item.kind == ItemKind.CAUSE) is not (kind == ItemKind.CAUSE):
            continue
        made_it = item.kind == ItemKind.GAP and item.state == ItemState.SHOWN
        found += item.merged_texts if made_it else [item.published, *item.merged_texts]
    return tuple(found)


def _recognised(session: Session, gaps: Iterable[RoomGap]) -> dict[int, Recognised]:
    """How many recognise each gap, by the key of its row; counted for good when the session has ended."""
    counts: dict[int, dict[str, int]] = {gap.pk: dict(gap.counted) for gap in gaps}
    if session.state != SessionState.ENDED:
        counts = {pk: {} for pk in counts}
        for pk, layer in _recognising(session):
            if pk in counts:
                counts[pk][layer] = counts[pk].get(layer, 0) + 1
    return {pk: Recognised(sum(roles.values()), _layers(roles)) for pk, roles in counts.items()}


def _recognising(session: Session) -> Iterable[tuple[int, str]]:
    """Gap and layer of everybody who recognises one, in one query."""
    rows = Recognition.objects.filter(gap__session=session, withdrawn=False)
    return rows.values_list("gap_id", "participant__layer")


def _layers(roles: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((str(Layer(layer).label) if layer else _("not said"), count) for layer, count in sorted(roles.items()))


def _placed(life: RoomGap | None) -> str:
    if life is None or life.state != GapState.ASSIGNED or life.due is None:
        return ""
    return f"{life.body}: {life.action}"


def _between(one: str, other: str, names: Names, *, both: bool, added: dict[str, str] | None = None) -> str:
    """Between whom a gap is, in words; nobody at one end is somebody too."""
    known = added or {}
    first = known.get(one) or (names.instance(one) if one else "")
    if not both:
        return first
    if not first:
        return ""
    second = (known.get(other) or names.instance(other)) if other else _("nobody")
    return _("%(one)s and %(other)s") % {"one": first, "other": second}


def _choice(session: Session) -> OpenChoice | None:
    """The choice that is open, else the last one that was made."""
    rows = session.branches.filter(removed=False).order_by("-is_open", "-made_at")
    branch: Branch | None = rows.first()
    if branch is None:
        return None
    votes = list(branch.votes.values_list("option", flat=True))
    ways = tuple(
        Way(number, way["label"], votes.count(number), branch.chosen == number)
        for number, way in enumerate(branch.options)
    )
    return OpenChoice(branch.key, branch.question, branch.is_open, ways)


def _until(rows: Iterable[Placed], page: StoryPage) -> list[Placed]:
    """What was put in at this step or before it, in the order of the story."""
    step = page.address.step
    return [row for row in rows if (row.scene, row.beat) <= (step.scene, step.beat)]
