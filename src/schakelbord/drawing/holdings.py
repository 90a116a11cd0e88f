"""What organisations hold at a moment, and the patterns that mandate holders would have to see."""

from __future__ import annotations

from collections.abc import Mapping

from schakelbord.drawing.areas import area_of, covers
from schakelbord.drawing.moment import Moment, deadline_of, homes_of, unseen_yet
from schakelbord.drawing.states import Journey, OutlineState, PieceState
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import NeedResult, Reading
from schakelbord.engine.story import Story

Held = Mapping[str, tuple[PieceState, ...]]


def hue_of(story: Story, about: str) -> str:
    """The hue of a doll, which its pieces share."""
    return next((doll.hue for doll in story.dolls if doll.id == about), "slate")


def pieces_held(moment: Moment, reading: Reading) -> Held:
    """Per instance its pieces on this day, oldest first; a piece counts from its first arrival."""
    held: dict[str, dict[tuple[str, str], PieceState]] = {}
    hues = {doll.id: doll.hue for doll in moment.story.dolls}
    arrived = (row for row in reading.timeline if row.day <= moment.day)
    for row in sorted(unseen_yet(moment, arrived), key=lambda row: (row.day, row.signal, row.about)):
        new, hue = moment.is_new(row.day), hues.get(row.about, "slate")
        piece = PieceState(row.signal, row.about, hue, row.day, row.by, row.from_, new)
        held.setdefault(row.organisation, {}).setdefault((row.signal, row.about), piece)
    return {holder: tuple(pieces.values()) for holder, pieces in held.items()}


def journeys_at(moment: Moment, reading: Reading) -> tuple[Journey, ...]:
    """Pieces under way on this day, and those that arrived since the beat before."""
    hues = {doll.id: doll.hue for doll in moment.story.dolls}
    return tuple(
        Journey(
            row.from_,
            row.organisation,
            row.signal,
            row.about,
            hues.get(row.about, "slate"),
            row.by,
            row.sent if row.sent is not None else row.day,
            row.day,
            row.day > moment.day,
        )
        for row in reading.timeline
        if row.from_ is not None
        and (moment.is_new(row.day) or (row.sent is not None and row.sent <= moment.day < row.day))
    )


def needs_of(moment: Moment, reading: Reading) -> dict[str, tuple[NeedResult, ...]]:
    """Per mandate holder the needs that play in this scene: the doll lives in its area, or its gap is open."""
    first, last = moment.scene_days
    found: dict[str, list[NeedResult]] = {}
    for need in reading.needs:
        doll = next((doll for doll in moment.story.dolls if doll.id == need.about), None)
        homes = homes_of(moment.story, doll, first, last) if doll else set()
        for holder in need.mandate:
            if covers(moment.story, area_of(holder), homes):
                found.setdefault(holder, []).append(need)
    return {holder: tuple(sorted(needs, key=lambda need: need.by)) for holder, needs in found.items()}


def outline_of(
    moment: Moment, catalogue: Catalogue, needs: tuple[NeedResult, ...], pieces: tuple[PieceState, ...]
) -> tuple[OutlineState, ...]:
    """The outline of the first pattern whose day has not passed, else of the last one."""
    if not needs:
        return ()
    need = next((row for row in needs if row.by >= moment.day), needs[-1])
    pattern = catalogue.pattern.get(need.pattern)
    deadline = deadline_of(moment.story, need.pattern, need.about, need.by)
    about = {need.about, *(deadline.also if deadline else ())}
    signals = {row.signal for row in pieces if row.about in about and pattern and row.signal in pattern.signals}
    hue = hue_of(moment.story, need.about)
    late = need.by < moment.day and len(signals) < need.at_least
    return (OutlineState(need.pattern, need.about, hue, len(signals), need.at_least, need.by, late),)
