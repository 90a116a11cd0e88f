"""Who stands on the stage in a scene: who holds or carries a piece, has the mandate or stands in a gap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from schakelbord.drawing.areas import area_of, sector_of, type_of
from schakelbord.drawing.holdings import needs_of
from schakelbord.drawing.moment import Moment
from schakelbord.drawing.states import EVERYWHERE, ActorKind, ActorState, FoldState, Ring
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Arrival, Finding, Reading
from schakelbord.engine.story import Story

NOBODY: Final = "nobody:"
MOST_ACTIVE: Final[dict[Ring, int]] = {"uitvoering": 14, "beleid": 5, "bestuur": 5}
MOST_IN_SECTOR: Final = 8
MOST_TOKENS: Final = 25
QUIET: Final[dict[Ring, int]] = {"beleid": 3, "bestuur": 3}

Ranks = dict[str, tuple[int, int]]


def nobody_of(finding: Finding) -> str:
    """The id of the empty chair of a finding that looks for somebody in vain."""
    return f"{NOBODY}{finding.key}"


def ends_of(finding: Finding) -> tuple[str, str]:
    """The two ids between which a gap gapes, nobody made into an empty chair."""
    first, second = finding.between
    return first or finding.about, second or nobody_of(finding)


def ranks_of(moment: Moment, catalogue: Catalogue, reading: Reading) -> Ranks:
    """How much each instance matters in this scene: (rank, first day); a lower rank matters more."""
    first, last = moment.scene_days
    ranks: Ranks = {}

    def note(who: str, rank: int, day: int) -> None:
        ranks[who] = min(ranks.get(who, (rank, day)), (rank, day))

    for finding in reading.findings:
        if finding.day <= last:
            for end in ends_of(finding):
                note(end, 0 if finding.day >= first else 3, finding.day)
    for holder in needs_of(moment, reading):
        note(holder, 1, 0)
    for row in reading.timeline:
        if row.day <= last:
            note(row.organisation, 2 if row.day >= first else 4, row.day)
            if row.by in catalogue.body and row.day >= first:
                for body in bodies_between(row, reading):
                    note(body, 3, row.day)
    for chair in reading.absent:
        note(chair, 3, 0)
    return ranks


def bodies_between(row: Arrival, reading: Reading) -> tuple[str, ...]:
    """The instances of the body by which a piece was passed on: where sender and receiver both may sit."""
    areas = {area_of(row.organisation), area_of(row.from_ or "")}
    rows = [body for body in reading.bodies if type_of(body) == row.by]
    near = [body for body in rows if area_of(body) in areas]
    return tuple(near or rows[:1])[:1]


def cast_of(
    moment: Moment, catalogue: Catalogue, reading: Reading
) -> tuple[tuple[ActorState, ...], tuple[FoldState, ...]]:
    """The actors of a scene without what they hold, and those that fold."""
    ranks = ranks_of(moment, catalogue, reading)
    dolls = {doll.id for doll in moment.story.dolls}
    names = dict.fromkeys([*reading.instances, *reading.bodies, *reading.absent, *ranks])
    everybody = [_actor(who, moment, catalogue, reading) for who in names if who not in dolls]
    ranked = sorted((row for row in everybody if row.id in ranks), key=lambda row: (ranks[row.id], row.id))
    shown = _within_limits(ranked)
    chosen = {row.id for row in shown}
    quiet = _quiet([row for row in everybody if row.id not in ranks], shown, len(dolls))
    left = [row for row in everybody if row.id not in chosen and row not in quiet]
    active = [_as_active(row) for row in shown]
    return (*active, *quiet), _folds(moment.story, left)


def _within_limits(ranked: list[ActorState]) -> list[ActorState]:
    """The first ones in order of rank that fit their ring and their sector."""
    shown: list[ActorState] = []
    for row in ranked:
        same_ring = [other for other in shown if other.ring == row.ring]
        same_sector = [other for other in same_ring if other.sector == row.sector and row.sector != EVERYWHERE]
        if len(same_ring) < MOST_ACTIVE[row.ring] and len(same_sector) < MOST_IN_SECTOR:
            shown.append(row)
    return shown


def _quiet(rest: list[ActorState], shown: list[ActorState], dolls: int) -> list[ActorState]:
    """A few organisations of the outer rings that play no part now, so that the rings show what they are."""
    room = MOST_TOKENS - len(shown) - dolls
    found: list[ActorState] = []
    for ring, most in QUIET.items():
        free = most - sum(row.ring == ring for row in shown)
        rows = [row for row in rest if row.ring == ring and row.kind == "organisation"]
        found += sorted(rows, key=lambda row: row.sector == EVERYWHERE)[: max(0, min(free, room - len(found)))]
    return found


def _folds(story: Story, left: list[ActorState]) -> tuple[FoldState, ...]:
    """Those who are not drawn, per ring and sector."""
    sectors = [*(row.id for row in story.places if row.kind == "gemeente"), EVERYWHERE]
    groups = {
        (ring, sector): [row for row in left if (row.ring, row.sector) == (ring, sector)]
        for ring in MOST_ACTIVE
        for sector in sectors
    }
    return tuple(
        FoldState(f"fold:{ring}:{sector or 'all'}", ring, sector, tuple(rows))
        for (ring, sector), rows in groups.items()
        if rows
    )


def _actor(who: str, moment: Moment, catalogue: Catalogue, reading: Reading) -> ActorState:
    """An instance as a quiet actor without pieces."""
    type_id, area = type_of(who), area_of(who)
    if who.startswith(NOBODY):
        return ActorState(who, "nobody", "", "", "uitvoering", _sector_of_nobody(who, moment, reading), active=False)
    body, organisation = catalogue.body.get(type_id), catalogue.organisation.get(type_id)
    is_body = body is not None and organisation is None
    ring: Ring = body.layer if body is not None and is_body else organisation.layer if organisation else "uitvoering"
    kind: ActorKind = "body" if is_body else "chair" if who in reading.absent else "organisation"
    return ActorState(who, kind, type_id, area, ring, sector_of(moment.story, area), active=False)


def _sector_of_nobody(who: str, moment: Moment, reading: Reading) -> str:
    """An empty chair stands where the doll lives on the day of the gap."""
    finding = next(row for row in reading.findings if nobody_of(row) == who)
    home = next((doll.place for doll in moment.story.dolls if doll.id == finding.about), "")
    for _, _, beat in moment.beats:
        if beat.move and finding.about in beat.move.dolls and beat.day <= finding.day:
            home = beat.move.to
    return sector_of(moment.story, home)


def _as_active(row: ActorState) -> ActorState:
    return ActorState(row.id, row.kind, row.type, row.area, row.ring, row.sector, active=True)


def active_ids(actors: Iterable[ActorState]) -> frozenset[str]:
    """The ids of those who play a part."""
    return frozenset(row.id for row in actors if row.active)
