"""The state of the stage as a pure function of story, catalogue, reading and position."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from schakelbord.drawing.additions import NOTHING, Additions, Life, told_channel, told_doll, told_gap
from schakelbord.drawing.areas import places_of
from schakelbord.drawing.cast import Setting, ends_of
from schakelbord.drawing.company import company_of, with_additions
from schakelbord.drawing.holdings import journeys_at, needs_of, outline_of, pieces_held
from schakelbord.drawing.links import channels_at
from schakelbord.drawing.moment import Moment, age_of, home_of, leads_of
from schakelbord.drawing.seating import plan_of
from schakelbord.drawing.states import NO_TEXT, ActorState, DollState, GapState, SceneState
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Story

__all__ = ["SceneState", "scene_state"]


def scene_state(
    story: Story,
    catalogue: Catalogue,
    reading: Reading,
    *,
    scene: int,
    beat: int,
    day: int | None = None,
    selected: str | None = None,
    before: Reading | None = None,
    additions: Additions = NOTHING,
    spotlight: str | None = None,
) -> SceneState:
    """What the stage shows at a beat.

    Args:
        story: the story; only its beats, dolls and places are used.
        catalogue: the types of the reading.
        reading: the computation, with repairs when some are on.
        scene: number of the scene, from 0.
        beat: number of the beat in the scene, from 0.
        day: the day on the slider; that of the beat by default.
        selected: id of an actor, or key of a finding.
        before: the same reading without repairs; gaps that only it has are shown as mended.
        additions: what a room added, drawn apart from what was computed.
        spotlight: id of an actor or doll, or key of a gap: all else goes quiet.

    Raises:
        IndexError: the story has no such scene or beat.
    """
    told = story.scenes[scene].beats[beat]
    moment = Moment(story, scene, beat, told.day if day is None else day)
    plan = plan_of(story, catalogue, before or reading)
    setting = Setting(story, catalogue, _all_gaps(reading, before), plan.actors)
    dolls = with_dolls(dolls_at(moment), additions, story)
    gaps = (
        *gaps_at(moment, reading, before, selected=selected, lives=additions.lives),
        *(told_gap(gap, day=moment.day, selected=selected) for gap in additions.gaps),
    )
    company = company_of(moment, setting, plan)
    company = with_additions(company, additions, setting=setting, plan=plan, gaps=gaps, dolls=dolls)
    shown = {row.id for row in company.actors}
    return SceneState(
        story=story.id,
        scene=scene,
        beat=beat,
        day=moment.day,
        title=story.scenes[scene].title,
        narration=told.say,
        question=told.ask,
        places=places_of(story),
        dolls=dolls,
        actors=_with_holdings(company.actors, moment, catalogue, reading, gaps=gaps),
        folds=company.folds,
        channels=(
            *channels_at(moment, setting, shown),
            *(told_channel(row) for row in additions.channels if {row.from_, row.to} <= shown),
        ),
        journeys=journeys_at(moment, reading),
        gaps=gaps,
        selected=selected,
        seating=replace(plan.seating, seats=company.seats),
        spotlight=spotlight,
    )


def dolls_at(moment: Moment) -> tuple[DollState, ...]:
    """The dolls where they live at this moment."""
    leads = leads_of(moment.story)
    found = []
    for doll in moment.story.dolls:
        home, came_from, moved = home_of(moment, doll)
        age, lead = age_of(doll, moment.day), doll.id in leads
        found.append(DollState(doll.id, doll.name, age, doll.hue, doll.pattern, home, lead, came_from, moved))
    return tuple(found)


def with_dolls(dolls: tuple[DollState, ...], additions: Additions, story: Story) -> tuple[DollState, ...]:
    """The dolls of the story, and after them those of the room."""
    homes = tuple(row.id for row in story.places)
    for row in additions.dolls:
        dolls = (*dolls, told_doll(row, dolls, homes))
    return dolls


def gaps_at(
    moment: Moment,
    reading: Reading,
    before: Reading | None,
    *,
    selected: str | None,
    lives: Mapping[str, Life] = NOTHING.lives,
) -> tuple[GapState, ...]:
    """The gaps that gape on this day and those that the repairs mended, in order of number."""
    open_now = {row.key for row in reading.findings}
    rows = {row.key: row for row in (*reading.findings, *(before.findings if before else ()))}
    shown = sorted((row for row in rows.values() if row.day <= moment.day), key=lambda row: (row.number, row.key))
    return tuple(
        GapState(
            key=row.key,
            number=row.number,
            kind=row.kind,
            title=row.title,
            sentence=row.sentence,
            about=row.about,
            day=row.day,
            between=ends_of(row),
            opened=moment.is_new(row.day),
            current=row.day >= moment.scene_days[0],
            mended=row.key not in open_now,
            selected=row.key == selected,
            count=lives[row.key].count if row.key in lives else 0,
            status=lives[row.key].status if row.key in lives else NO_TEXT,
        )
        for row in shown
    )


def _all_gaps(reading: Reading, before: Reading | None) -> Reading:
    """The reading with the gaps that repairs closed as well, so that their ends stay on the stage."""
    if before is None:
        return reading
    keys = {row.key for row in reading.findings}
    mended = tuple(row for row in before.findings if row.key not in keys)
    return Reading(
        story=reading.story,
        engine=reading.engine,
        catalogue=reading.catalogue,
        needs=reading.needs,
        findings=(*reading.findings, *mended),
        timeline=reading.timeline,
        instances=reading.instances,
        bodies=reading.bodies,
        absent=reading.absent,
    )


def _with_holdings(
    actors: Collection[ActorState],
    moment: Moment,
    catalogue: Catalogue,
    reading: Reading,
    *,
    gaps: Collection[GapState],
) -> tuple[ActorState, ...]:
    """The actors with their pieces, outlines and gaps."""
    held, needs = pieces_held(moment, reading), needs_of(moment, reading)
    found = []
    for actor in actors:
        pieces = held.get(actor.id, ())
        mine = [gap for gap in gaps if actor.id in gap.between]
        changed = any(piece.arrived for piece in pieces) or any(gap.opened for gap in mine)
        outlines = outline_of(moment, catalogue, needs.get(actor.id, ()), pieces)
        keys = tuple(gap.key for gap in mine if not gap.mended)
        found.append(
            replace(actor, mandate=bool(outlines), changed=changed, pieces=pieces, outlines=outlines, findings=keys)
        )
    return tuple(found)
