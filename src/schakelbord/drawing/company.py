"""Who is on the stage with a seat: the cast of a scene, and who comes on because the room named them.

Somebody who comes on takes a free seat and moves nobody. Where there is none, somebody who stands in no gap folds away;
beyond 25 on the stage the passive ones do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from schakelbord.drawing.additions import AddedActor, AddedChannel, AddedGap, Additions, ends_of_told
from schakelbord.drawing.cast import MOST_TOKENS, NOBODY, Setting, actor_of, cast_of
from schakelbord.drawing.moment import Moment
from schakelbord.drawing.rings import BASE, SEATS, Frame
from schakelbord.drawing.seating import Plan
from schakelbord.drawing.shapes import Point, distance
from schakelbord.drawing.states import EVERYWHERE, ActorState, DollState, FoldState, GapState, Ring
from schakelbord.engine.story import Story


@dataclass(frozen=True, slots=True)
class Company:
    """Who stands on the stage, who is folded away, and the seat of everybody on it."""

    actors: tuple[ActorState, ...]
    folds: tuple[FoldState, ...]
    seats: Mapping[str, int]


def company_of(moment: Moment, setting: Setting, plan: Plan) -> Company:
    """The cast of a scene, each on the seat that the whole story gives it, else on the first free one."""
    actors, folds = cast_of(moment, setting, plan.room)
    planned = plan.seating.seats
    seats: dict[str, int] = {}
    taken: set[tuple[Ring, int]] = set()
    homeless = []
    for actor in sorted(actors, key=lambda row: row.id not in planned):
        free = (seat for seat in range(SEATS[actor.ring]) if (actor.ring, seat) not in taken)
        wanted = planned.get(actor.id)
        seat = wanted if wanted is not None and (actor.ring, wanted) not in taken else next(free, None)
        if seat is None:
            homeless.append(actor)
            continue
        seats[actor.id] = seat
        taken.add((actor.ring, seat))
    company = Company(tuple(row for row in actors if row.id in seats), folds, seats)
    return _folded(company, homeless, setting.story) if homeless else company


def with_additions(
    company: Company,
    additions: Additions,
    *,
    setting: Setting,
    plan: Plan,
    gaps: Sequence[GapState],
    dolls: Sequence[DollState],
) -> Company:
    """The company with everybody whom the room added or named."""
    if not (additions.actors or additions.channels or additions.gaps):
        return company
    named = {end for gap in gaps for end in gap.between} | {
        end for row in additions.channels for end in (row.from_, row.to)
    }
    hall = _Hall(company, _ground_of(plan, setting.story), dolls, kept=named)
    for row in additions.in_order():
        for actor, partner in _brought_by(row, hall, setting):
            hall.admit(actor, partner)
    return _folded(
        Company(tuple(hall.actors.values()), company.folds, hall.seats), list(hall.folded.values()), setting.story
    )


def _brought_by(
    row: AddedActor | AddedChannel | AddedGap, hall: _Hall, setting: Setting
) -> Iterator[tuple[ActorState, str]]:
    """Whom an addition brings on, each with the id that it had best stand near."""
    if isinstance(row, AddedActor):
        sectors = {place.id for place in setting.story.places if place.kind == "gemeente"}
        sector = row.sector if row.sector in sectors else EVERYWHERE
        yield (
            ActorState(
                row.id, "organisation", row.id, sector, row.ring, sector,
                active=True, name=row.name, added=True, icon=row.icon,
            ),
            "",
        )  # fmt: skip
        return
    ends = (row.from_, row.to) if isinstance(row, AddedChannel) else ends_of_told(row)
    for end, other in (ends, ends[::-1]):
        if end in hall.dolls:
            continue
        actor = _named(end, other, hall, setting)
        if actor is not None:
            yield actor, other


def _named(end: str, other: str, hall: _Hall, setting: Setting) -> ActorState | None:
    """Somebody whom a gap or channel names; an empty chair near the other end for nobody and for whom nobody knows."""
    reading = setting.reading
    if end in hall.actors:
        return replace(hall.actors[end], active=True)
    if end in hall.folded:
        return replace(hall.folded[end], active=True)
    if end in {*reading.instances, *reading.bodies, *reading.absent}:
        return replace(actor_of(end, setting), active=True)
    if not end.startswith(NOBODY):
        return None
    return ActorState(end, "nobody", "", "", "uitvoering", hall.sector_near(other), active=True, added=True)


class _Hall:
    """The stage while people come on. `kept` are whom a gap or a told channel names, and who came on: they stay."""

    def __init__(self, company: Company, ground: _Ground, dolls: Sequence[DollState], *, kept: Collection[str]) -> None:
        self.actors = {row.id: row for row in company.actors}
        self.seats = dict(company.seats)
        self.folded: dict[str, ActorState] = {}
        self.dolls = {doll.id: doll for doll in dolls}
        self.kept = set(kept)
        self.ground = ground
        frame = Frame.fitting(*BASE, large=False)
        self.points: dict[Ring, tuple[Point, ...]] = {ring: frame.seats(ring) for ring in SEATS}
        self.middle = frame.centre

    def admit(self, actor: ActorState, partner: str) -> None:
        """Bring somebody on, or make who is there already active; without any seat they are folded away."""
        if actor.id in self.actors:
            self.actors[actor.id] = actor
            self.kept.add(actor.id)
            return
        free = self._free(actor) or self._cleared(actor)
        if not free:
            self.folded[actor.id] = actor
            return
        self.folded.pop(actor.id, None)
        self.seats[actor.id] = min(free, key=lambda seat: (*self._cost(actor, seat, partner), seat))
        self.actors[actor.id] = actor
        self.kept.add(actor.id)
        if len(self.actors) + len(self.dolls) > MOST_TOKENS:
            quiet = (row for row in reversed(self.actors.values()) if not row.active and row.id not in self.kept)
            self._fold(next(quiet, None))

    def sector_near(self, other: str) -> str:
        """The municipality of an actor or a doll."""
        if other in self.dolls:
            home = self.dolls[other].place
            return home if home in self.ground.sectors else EVERYWHERE
        return self.actors[other].sector if other in self.actors else EVERYWHERE

    def _free(self, actor: ActorState) -> list[int]:
        """Free seats: in its own half of a divided stage first, then between the halves."""
        taken = {self.seats[row.id] for row in self.actors.values() if row.ring == actor.ring}
        free = [seat for seat in range(SEATS[actor.ring]) if seat not in taken]
        if actor.ring != "uitvoering" or not self.ground.owner:
            return free
        own = [seat for seat in free if self.ground.owner.get(seat, EVERYWHERE) == actor.sector]
        shared = [seat for seat in free if seat not in self.ground.owner]
        return own or shared or (free if actor.sector == EVERYWHERE else [])

    def _cleared(self, actor: ActorState) -> list[int]:
        """The seat of the one who matters least here and stands in no gap, who folds away."""
        rows = [row for row in self.actors.values() if row.ring == actor.ring and row.id not in self.kept]
        if actor.ring == "uitvoering" and self.ground.owner and actor.sector != EVERYWHERE:
            rows = [row for row in rows if self.ground.owner.get(self.seats[row.id], actor.sector) == actor.sector]
        if not rows:
            return []
        seat = self.seats[rows[-1].id]
        self._fold(rows[-1])
        return [seat]

    def _fold(self, actor: ActorState | None) -> None:
        if actor is not None:
            self.folded[actor.id] = actor
            del self.actors[actor.id], self.seats[actor.id]

    def _cost(self, actor: ActorState, seat: int, partner: str) -> tuple[bool, int, float]:
        """How good a seat is: its own, one that the story needs seldom, one near the other end."""
        planned = self.ground.plan.get(actor.id)
        here = self.points[actor.ring][seat]
        there = self.middle
        if partner in self.seats:
            there = self.points[self.actors[partner].ring][self.seats[partner]]
        return seat != planned, self.ground.needed.get((actor.ring, seat), 0), distance(here, there)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The seats of a whole story: who sits where when they are on, and which seat belongs to which municipality."""

    plan: Mapping[str, int]
    needed: Mapping[tuple[Ring, int], int]
    owner: Mapping[int, str]
    sectors: tuple[str, ...]


def _ground_of(plan: Plan, story: Story) -> _Ground:
    seats = plan.seating.seats
    rings = {who: plan.actors[who].ring for who in seats if who in plan.actors}
    needed = Counter((rings.get(who, "uitvoering"), seat) for who, seat in seats.items())
    owner = {seat: sector for sector, first, last in plan.seating.spans for seat in range(first, last + 1)}
    return _Ground(seats, needed, owner, tuple(place.id for place in story.places if place.kind == "gemeente"))


def _folded(company: Company, more: Sequence[ActorState], story: Story) -> Company:
    """The company with more people folded away, and without those on the stage in any fold."""
    shown = {row.id for row in company.actors}
    added = {row.id for row in more}
    groups: dict[tuple[Ring, str], list[ActorState]] = {
        (fold.ring, fold.sector): [row for row in fold.actors if row.id not in shown and row.id not in added]
        for fold in company.folds
    }
    for row in more:
        groups.setdefault((row.ring, row.sector), []).append(row)
    sectors = [*(row.id for row in story.places if row.kind == "gemeente"), EVERYWHERE]
    order = {ring: at for at, ring in enumerate(("uitvoering", "beleid", "bestuur"))}
    rows = sorted(groups.items(), key=lambda row: (order.get(row[0][0], 9), sectors.index(row[0][1])))
    folds = tuple(
        FoldState(f"fold:{ring}:{sector or 'all'}", ring, sector, tuple(rows)) for (ring, sector), rows in rows if rows
    )
    return replace(company, folds=folds)
