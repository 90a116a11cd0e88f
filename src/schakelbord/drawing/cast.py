"""Who stands on the stage in a scene: who holds or carries a piece, has the mandate or stands in a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from schakelbord.drawing.areas import area_of, sector_of, type_of
from schakelbord.drawing.holdings import needs_of
from schakelbord.drawing.moment import Moment
from schakelbord.drawing.names import tag_of
from schakelbord.drawing.rings import SEATS
from schakelbord.drawing.states import EVERYWHERE, ActorKind, ActorState, FoldState, Ring
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Arrival, Finding, Reading
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text

NOBODY: Final = "nobody:"
OUTER: Final[tuple[Ring, ...]] = ("beleid", "bestuur")
WORKING: Final[tuple[Ring, ...]] = ("uitvoering", *OUTER)
MOST_WORKING: Final = 12
MOST_TOKENS: Final = 25
QUIET: Final = 3

Ranks = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Setting:
    """What a cast is chosen from: a catalogue and a reading. `known` are actors that were made before, by id."""

    story: Story
    catalogue: Catalogue
    reading: Reading
    known: Mapping[str, ActorState] = field(default_factory=dict)


def nobody_of(finding: Finding) -> str:
    """The id of the empty chair of a finding that looks for somebody in vain."""
    return f"{NOBODY}{finding.key}"


def ends_of(finding: Finding) -> tuple[str, str]:
    """The two ids between which a gap gapes, nobody made into an empty chair."""
    first, second = finding.between
    return first or finding.about, second or nobody_of(finding)


def ranks_of(moment: Moment, setting: Setting) -> Ranks:
    """How much each instance matters in this scene: (rank, first day); a lower rank matters more."""
    first, last = moment.scene_days
    ranks: Ranks = {}

    def note(who: str, rank: int, day: int) -> None:
        ranks[who] = min(ranks.get(who, (rank, day)), (rank, day))

    for finding in setting.reading.findings:
        if finding.day <= last:
            for end in ends_of(finding):
                note(end, 0 if finding.day >= first else 2, -finding.day)
    for holder in needs_of(moment, setting.reading):
        note(holder, 1, 0)
    for row in setting.reading.timeline:
        if row.day <= last:
            note(row.organisation, 3 if row.day >= first else 5, row.day)
            for body in bodies_between(row, setting) if row.day >= first else ():
                note(body, 4, row.day)
    for chair in setting.reading.absent:
        note(chair, 4, 0)
    return ranks


def bodies_between(row: Arrival, setting: Setting) -> tuple[str, ...]:
    """The instance of the body by which a piece was passed on, if a body did it: the one of the area of its members."""
    if row.by not in setting.catalogue.body:
        return ()
    areas = {area_of(row.organisation), area_of(row.from_ or "")}
    rows = [body for body in setting.reading.bodies if type_of(body) == row.by]
    near = [body for body in rows if area_of(body) in areas]
    return tuple((near or rows)[:1])


def ranked(moment: Moment, setting: Setting) -> list[ActorState]:
    """Everybody who plays a part in this scene, the most important first."""
    dolls = {doll.id for doll in setting.story.dolls}
    ranks = ranks_of(moment, setting)
    order = sorted(ranks, key=lambda who: (ranks[who], who))
    return [replace(actor_of(who, setting), active=True) for who in order if who not in dolls]


def within(rows: list[ActorState], room: Mapping[str, int]) -> list[ActorState]:
    """The first ones that fit: `room` is the number of seats per sector in uitvoering."""
    shown: list[ActorState] = []
    for row in rows:
        ring = [other for other in shown if other.ring == row.ring]
        sector = [other for other in ring if other.sector == row.sector]
        working = row.ring == "uitvoering"
        most = MOST_WORKING if working else SEATS[row.ring]
        if len(ring) < most and (not working or len(sector) < room.get(row.sector, 0)):
            shown.append(row)
    return shown


def cast_of(
    moment: Moment, setting: Setting, room: Mapping[str, int]
) -> tuple[tuple[ActorState, ...], tuple[FoldState, ...]]:
    """The actors of a scene without what they hold, and those that fold."""
    rows = ranked(moment, setting)
    shown = within(rows, room)
    quiet = _quiet(rows, shown, setting)
    drawn = {row.id for row in (*shown, *quiet)}
    reading = setting.reading
    everybody = dict.fromkeys([*(row.id for row in rows), *reading.instances, *reading.bodies, *reading.absent])
    parts = {row.id: row for row in rows}
    left = [parts.get(who) or actor_of(who, setting) for who in everybody if who not in drawn]
    return (*shown, *quiet), _folds(setting.story, left)


def _quiet(rows: list[ActorState], shown: list[ActorState], setting: Setting) -> list[ActorState]:
    """A few organisations of the outer rings that play no part now, so that the rings show what they are."""
    room = MOST_TOKENS - len(shown) - len(setting.story.dolls)
    busy = {row.id for row in rows}
    found: list[ActorState] = []
    for ring in OUTER:
        free = min(QUIET - sum(row.ring == ring for row in shown), room - len(found))
        rest = (actor_of(who, setting) for who in setting.reading.instances if who not in busy)
        candidates = sorted((row for row in rest if row.ring == ring), key=lambda row: row.sector == EVERYWHERE)
        found += _one_each(candidates)[: max(0, free)]
    return found


def _one_each(rows: list[ActorState]) -> list[ActorState]:
    """First one of every sector, then the others."""
    firsts = {row.sector: row for row in reversed(rows)}
    chosen = {row.id for row in firsts.values()}
    return [*(row for row in rows if row.id in chosen), *(row for row in rows if row.id not in chosen)]


def _folds(story: Story, left: list[ActorState]) -> tuple[FoldState, ...]:
    """Those who are not drawn, per ring and sector."""
    sectors = [*(row.id for row in story.places if row.kind == "gemeente"), EVERYWHERE]
    groups = {
        (ring, sector): tuple(row for row in left if (row.ring, row.sector) == (ring, sector))
        for ring in WORKING
        for sector in sectors
    }
    return tuple(
        FoldState(f"fold:{ring}:{sector or 'all'}", ring, sector, rows)
        for (ring, sector), rows in groups.items()
        if rows
    )


def actor_of(who: str, setting: Setting) -> ActorState:
    """An instance as a quiet actor without pieces."""
    known = setting.known.get(who)
    if known is not None and (known.kind == "chair") == (who in setting.reading.absent):
        return known
    if who.startswith(NOBODY):
        return ActorState(who, "nobody", "", "", "uitvoering", _sector_of_nobody(who, setting), active=False)
    type_id, area = type_of(who), area_of(who)
    organisation, body = setting.catalogue.organisation.get(type_id), setting.catalogue.body.get(type_id)
    row = organisation or body
    name = row.name if row is not None else Text(nl=type_id, en=type_id)
    kind: ActorKind = "chair" if who in setting.reading.absent else "organisation"
    ring: Ring = "uitvoering"
    if organisation is not None:
        ring = organisation.layer
    elif body is not None:
        ring, kind = body.layer, "body"
    tag = tag_of(setting.story, area)
    return ActorState(who, kind, type_id, area, ring, sector_of(setting.story, area), active=False, name=name, tag=tag)


def _sector_of_nobody(who: str, setting: Setting) -> str:
    """An empty chair stands where the doll lives on the day of the gap."""
    finding = next(row for row in setting.reading.findings if nobody_of(row) == who)
    home = next((doll.place for doll in setting.story.dolls if doll.id == finding.about), "")
    for scene in setting.story.scenes:
        for beat in scene.beats:
            if beat.move and finding.about in beat.move.dolls and beat.day <= finding.day:
                home = beat.move.to
    return sector_of(setting.story, home)
