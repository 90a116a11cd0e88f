"""The stage and the list: two views of one state. `drawing` makes the state; here it gets the words of the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.drawing.pictograms import symbol_of
from schakelbord.drawing.place import Drawing, place_stage
from schakelbord.drawing.says import Speech
from schakelbord.drawing.scene import SceneState, scene_state
from schakelbord.drawing.states import ActorState, DollState, Journey
from schakelbord.drawing.states import Ring as RingName
from schakelbord.drawing.words import told_label
from schakelbord.stories.cards import Outline, Sight, outlines_of
from schakelbord.stories.selectors import GapLink, Moment, gaps_of, sight_of
from schakelbord.stories.words import DOLL_ICONS, LAYERS

FOLD, NOBODY = "fold:", "nobody:"
OUTER_RINGS: tuple[RingName, ...] = ("uitvoering", "beleid", "bestuur")


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands on the stage, where, and the gaps on it as the list tells them."""

    state: SceneState
    drawing: Drawing
    gaps: tuple[GapLink, ...]
    speech: Speech

    def icon_of(self, thing: str) -> str:
        """The picture of an organisation or body, folded or not."""
        everybody = [*self.state.actors, *(actor for fold in self.state.folds for actor in fold.actors)]
        return next((symbol_of(actor) for actor in everybody if actor.id == thing), "gemeente")


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece in the list, with what the player needs to let it travel."""

    key: str
    signal: str
    doll: str
    hue: str
    day: int
    from_: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One doll, organisation, body or empty chair in the list.

    `says` is the sentence that the drawing has for it as well; `added` when a room brought it in.
    """

    id: str
    name: str
    note: str
    icon: str
    hue: str
    url: str
    is_doll: bool
    absent: bool
    pieces: tuple[PieceRow, ...]
    outlines: tuple[Outline, ...]
    gaps: tuple[GapLink, ...]
    says: str = ""
    channels: tuple[str, ...] = ()
    added: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """Those of one ring and place who play no part now; `place` is empty for who works for more than one."""

    id: str
    place: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring of the list: who plays a part now, and who is folded away."""

    id: str
    name: Promise
    rows: tuple[ListRow, ...]
    folds: tuple[Fold, ...]


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A line on the stage in one sentence."""

    id: str
    sentence: str


def stage_of(moment: Moment) -> Stage:
    """The stage at a moment."""
    address = moment.address
    state = scene_state(
        moment.story,
        moment.catalogue,
        moment.after,
        scene=address.step.scene,
        beat=address.step.beat,
        day=address.day,
        selected=address.gap or address.card,
        before=moment.before if address.repairs else None,
        additions=moment.additions,
        spotlight=moment.spotlight,
    )
    gaps = frozenset(row.key for row in state.gaps)
    speech = Speech.of(state, moment.language)
    drawing = place_stage(
        state, language=moment.language, large=moment.large, link=lambda thing: link_to(thing, moment, gaps)
    )
    return Stage(state, drawing, gaps_of(moment, {row.key: speech.gap(row) for row in state.gaps}).all, speech)


def link_to(thing: str, moment: Moment, gaps: frozenset[str]) -> str:
    """The address behind something on the stage: a card, and for those folded away the list."""
    if thing.startswith(FOLD):
        return f"#ring-{thing.split(':')[1]}"
    key = thing.removeprefix(NOBODY)
    if added := _place_in_list(key, moment):
        return added
    if key in gaps:
        return moment.address.with_gap(key).with_card(key).url
    return moment.address.with_card(thing).url


def _place_in_list(thing: str, moment: Moment) -> str:
    """Where the list tells of what a room added, which has no card."""
    for gap in moment.additions.gaps:
        if gap.key == thing:
            return f"#hiaat-{told_label(gap.number, moment.language)}"
    rings = {row.id: row.ring for row in moment.additions.actors}
    if thing in rings:
        return f"#ring-{rings[thing]}"
    return "#ring-leefwereld" if any(doll.id == thing for doll in moment.additions.dolls) else ""


def rings_of(stage: Stage, moment: Moment) -> tuple[Ring, ...]:
    """The list: the same dolls, actors and folds as in the drawing, ring by ring."""
    gaps = {gap.row.key: gap for gap in stage.gaps}
    sight = sight_of(moment)

    def rows(actors: Iterable[ActorState]) -> tuple[ListRow, ...]:
        return tuple(replace(_actor_row(actor, moment, sight, gaps), **_said(actor, stage.speech)) for actor in actors)

    dolls = tuple(replace(_doll_row(doll, moment), says=stage.speech.doll(doll)) for doll in stage.state.dolls)
    life = Ring("leefwereld", LAYERS["leefwereld"], dolls, ())
    rest = (
        Ring(
            ring,
            LAYERS[ring],
            rows(stage.state.ring(ring)),
            tuple(
                Fold(fold.id, moment.names.area(fold.sector), rows(fold.actors))
                for fold in stage.state.folds
                if fold.ring == ring
            ),
        )
        for ring in OUTER_RINGS
    )
    return (life, *rest)


class _Said(TypedDict):
    says: str
    channels: tuple[str, ...]


def _said(actor: ActorState, speech: Speech) -> _Said:
    """The sentence about an actor, and its channels one by one."""
    return {"says": speech.actor(actor), "channels": speech.channels_of(actor.id) if actor.active else ()}


def channel_rows(stage: Stage, moment: Moment) -> tuple[ChannelRow, ...]:
    """The lines between those on the stage, each in one sentence."""
    lines = tuple(ChannelRow(row.id, stage.speech.channel(row)) for row in stage.state.channels)
    under_way = tuple(
        ChannelRow(f"{row.to}|{row.signal}|{row.about}", _journey_sentence(row, moment))
        for row in stage.state.journeys
        if row.under_way
    )
    return (*lines, *under_way)


def _journey_sentence(row: Journey, moment: Moment) -> str:
    """A piece that was sent and has not arrived yet."""
    names = moment.names
    words = {"from": names.instance(row.from_), "to": names.instance(row.to), "signal": names.signal(row.signal)}
    return _("Under way from %(from)s to %(to)s: %(signal)s. Arrives on day %(day)s.") % {**words, "day": row.arrives}


def _doll_row(doll: DollState, moment: Moment) -> ListRow:
    """A doll in the list."""
    words = {"age": doll.age, "place": moment.names.area(doll.place)}
    return ListRow(
        id=doll.id,
        name=doll.name,
        note=_("%(age)s years, lives in %(place)s") % words,
        icon=DOLL_ICONS[doll.pattern],
        hue=doll.hue,
        url=link_to(doll.id, moment, frozenset()),
        is_doll=True,
        absent=False,
        pieces=(),
        outlines=(),
        gaps=(),
        added=doll.added,
    )


def _actor_row(actor: ActorState, moment: Moment, sight: Sight, gaps: dict[str, GapLink]) -> ListRow:
    """An organisation, a body or an empty chair in the list."""
    names = moment.names
    return ListRow(
        id=actor.id,
        name=_name(actor, moment),
        note=_note(actor),
        icon=symbol_of(actor),
        hue="teal",
        url=link_to(actor.id, moment, frozenset(gaps)),
        is_doll=False,
        absent=actor.kind in {"chair", "nobody"},
        pieces=tuple(
            PieceRow(
                key=f"{actor.id}|{piece.signal}|{piece.about}",
                signal=names.signal(piece.signal),
                doll=names.doll(piece.about),
                hue=piece.hue,
                day=piece.day,
                from_=piece.from_ or "",
            )
            for piece in actor.pieces
        ),
        outlines=outlines_of(actor.id, sight),
        gaps=tuple(gaps[key] for key in actor.findings if key in gaps),
        added=actor.added,
    )


def _name(actor: ActorState, moment: Moment) -> str:
    """The name of somebody in the list."""
    if actor.kind == "nobody":
        return _("Empty chair")
    return actor.name.get(moment.language) if actor.added else moment.names.instance(actor.id)


def _note(actor: ActorState) -> str:
    """What an actor is or does now, in a few words."""
    if actor.kind == "chair":
        return _("an empty chair")
    if actor.kind == "nobody":
        return _("nobody has this task")
    parts = []
    if actor.mandate:
        parts.append(_("must act"))
    if actor.pieces:
        count = len(actor.pieces)
        parts.append(ngettext("holds %(count)s piece", "holds %(count)s pieces", count) % {"count": count})
    return ", ".join(parts) or ("" if actor.active else _("plays no part now"))
