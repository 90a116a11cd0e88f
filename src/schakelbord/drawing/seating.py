"""Who sits where during the whole story: each actor has one seat, so that a token moves only when the story moves it.

Two actors may share a seat when no scene shows both. Seats are chosen by a greedy pass and then improved by moves and
swaps as long as lines get shorter; the outcome depends on nothing but story, catalogue and reading.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from schakelbord.drawing.cast import Setting, actor_of, cast_of, ends_of
from schakelbord.drawing.links import links_of
from schakelbord.drawing.moment import Moment
from schakelbord.drawing.rings import BASE, SEATS, Frame
from schakelbord.drawing.shapes import Point, distance
from schakelbord.drawing.states import EVERYWHERE, ActorState, Ring, Seating
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Story

KEPT: Final = 64
ROUNDS: Final = 4
WRONG_SECTOR: Final = 100_000.0
GAP_WEIGHT: Final = 3.0
GAP_LENGTH: Final = 190.0

_kept: OrderedDict[int, tuple[Setting, Plan]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Plan:
    """A seating, the number of seats of every sector that the casts must keep to, and all actors by id."""

    seating: Seating
    room: Mapping[str, int]
    actors: Mapping[str, ActorState]


def plan_of(story: Story, catalogue: Catalogue, reading: Reading) -> Plan:
    """The plan of a reading; the last few are kept, because a story is stepped through."""
    kept = _kept.get(id(reading))
    if kept is not None and kept[0].catalogue is catalogue and kept[0].story is story:
        return kept[1]
    setting = Setting(story, catalogue, reading)
    plan = make_plan(setting)
    _kept[id(reading)] = (setting, plan)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return plan


def make_plan(setting: Setting) -> Plan:
    """Seats for everybody whom some scene shows."""
    reading = setting.reading
    actors = {who: actor_of(who, setting) for who in (*reading.instances, *reading.bodies, *reading.absent)}
    setting = replace(setting, known=actors)
    moments = [_end_of(setting.story, scene) for scene in range(len(setting.story.scenes))]
    room = _room(setting.story)
    casts = [cast_of(moment, setting, room)[0] for moment in moments]
    spans = _spans(setting.story)
    seats = _Seats(setting.story, casts, _links(moments, setting), spans).settle()
    return Plan(Seating(seats, spans, _homes(setting.story)), room, actors)


def _end_of(story: Story, scene: int) -> Moment:
    beats = story.scenes[scene].beats
    return Moment(story, scene, len(beats) - 1, beats[-1].day)


def _halves(story: Story) -> tuple[str, ...]:
    """The two municipalities between which the stage is divided, where a story has two and each has its own region."""
    rows = [row for row in story.places if row.kind == "gemeente"]
    apart = len(rows) == 2 and rows[0].region != rows[1].region
    return tuple(row.id for row in rows) if apart else ()


def _room(story: Story) -> dict[str, int]:
    """How many seats of uitvoering each sector may take: on a divided stage a side each, and what lies on the line."""
    sectors = [row.id for row in story.places if row.kind == "gemeente"]
    if not _halves(story):
        return dict.fromkeys([*sectors, EVERYWHERE], SEATS["uitvoering"])
    side = SEATS["uitvoering"] // 2 - 1
    return {**dict.fromkeys(sectors, side), EVERYWHERE: 2}


def _spans(story: Story) -> tuple[tuple[str, int, int], ...]:
    """First and last seat of each half, clockwise; the shared seats at the bottom and at the top lie between them."""
    side = SEATS["uitvoering"] // 2 - 1
    return tuple((sector, 1 + at * (side + 1), side + at * (side + 1)) for at, sector in enumerate(_halves(story)))


def _links(moments: Sequence[Moment], setting: Setting) -> list[tuple[str, str, float]]:
    """All pairs that some scene joins by a line or a gap, with how much their nearness matters."""
    weights: dict[tuple[str, str], float] = {}
    for finding in setting.reading.findings:
        one, other = sorted(ends_of(finding))
        weights[one, other] = weights.get((one, other), 0) + GAP_WEIGHT
    for row in setting.reading.timeline:
        if row.from_ is not None:
            for link in links_of(row, moments[0], setting):
                one, other = sorted((link.from_, link.to))
                weights.setdefault((one, other), 1.0)
    return [(one, other, weight) for (one, other), weight in weights.items()]


def _homes(story: Story) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Where dolls ever live, in the order of places."""
    living: dict[str, list[str]] = {row.id: [] for row in story.places}
    moves = [beat.move for scene in story.scenes for beat in scene.beats if beat.move]
    for doll in story.dolls:
        for home in dict.fromkeys([doll.place, *(move.to for move in moves if doll.id in move.dolls)]):
            living[home].append(doll.id)
    return tuple((place, tuple(dolls)) for place, dolls in living.items() if dolls)


class _Seats:
    """The search for seats."""

    def __init__(
        self,
        story: Story,
        casts: Sequence[Sequence[ActorState]],
        links: Sequence[tuple[str, str, float]],
        spans: tuple[tuple[str, int, int], ...],
    ) -> None:
        frame = Frame.fitting(*BASE, large=False)
        self.actors = {row.id: row for cast in casts for row in cast}
        self.together: dict[str, set[str]] = {who: set() for who in self.actors}
        for cast in casts:
            for row in cast:
                self.together[row.id] |= {other.id for other in cast if other.ring == row.ring and other.id != row.id}
        self.partners: dict[str, list[tuple[str, float]]] = {who: [] for who in self.actors}
        self.across: dict[str, list[tuple[str, float]]] = {who: [] for who in self.actors}
        for one, other, weight in links:
            kind = self.across if weight >= GAP_WEIGHT else self.partners
            for a, b in ((one, other), (other, one)):
                if a in kind:
                    kind[a].append((b, weight))
        self.points: dict[Ring, tuple[Point, ...]] = {ring: frame.seats(ring) for ring in SEATS}
        self.owner = {seat: sector for sector, first, last in spans for seat in range(first, last + 1)}
        self.side = self._sides(story)
        self.middle = frame.centre
        self.seats: dict[str, int] = {}

    def _sides(self, story: Story) -> dict[str, Point]:
        """Where the actors of each municipality like to stand: clockwise from the left, evenly apart."""
        sectors = [row.id for row in story.places if row.kind == "gemeente"]
        seats, count = self.points["uitvoering"], len(sectors)
        step = len(seats) / max(1, count)
        start = step / 2 if count != 3 else step * 0.75
        return (
            {sector: seats[int(start + at * step) % len(seats)] for at, sector in enumerate(sectors)}
            if count > 1
            else {}
        )

    def settle(self) -> dict[str, int]:
        """A seat for everybody."""
        order = sorted(self.actors, key=lambda who: (not self.actors[who].active, -len(self.together[who]), who))
        for who in order:
            if free := self._free(who):
                self.seats[who] = self._best(who, free)
        # Who found no seat (rare: many scenes, many actors) gets a free one in each scene; see place.
        seated = [who for who in order if who in self.seats]
        for _ in range(ROUNDS):
            if sum(self._improve(who) for who in seated) == 0:
                break
        return dict(self.seats)

    def _free(self, who: str) -> list[int]:
        taken = {self.seats.get(other) for other in self.together[who]}
        return [seat for seat in range(SEATS[self.actors[who].ring]) if seat not in taken]

    def _best(self, who: str, seats: Sequence[int]) -> int:
        return min(seats, key=lambda seat: (self._cost(who, seat), seat))

    def _improve(self, who: str) -> bool:
        """Move to a better free seat, or swap with somebody when that shortens the lines of both."""
        here = self.seats[who]
        best = self._best(who, [here, *self._free(who)])
        if self._cost(who, best) < self._cost(who, here) - 1e-6:
            self.seats[who] = best
            return True
        return any(self._swap(who, other) for other in sorted(self.together[who]) if other in self.seats)

    def _swap(self, who: str, other: str) -> bool:
        mine, theirs = self.seats[who], self.seats[other]
        before = self._cost(who, mine) + self._cost(other, theirs)
        self.seats[who], self.seats[other] = theirs, mine
        clash = any(
            self.seats.get(third) == self.seats[one]
            for one in (who, other)
            for third in self.together[one] - {who, other}
        )
        if not clash and self._cost(who, theirs) + self._cost(other, mine) < before - 1e-6:
            return True
        self.seats[who], self.seats[other] = mine, theirs
        return False

    def _cost(self, who: str, seat: int) -> float:
        """How far this seat is from partners, and whether it stands in a municipality it does not belong to."""
        actor = self.actors[who]
        here = self.points[actor.ring][seat]
        cost = sum(weight * distance(here, self._place(other)) for other, weight in self.partners[who])
        cost += sum(weight * self._gap_cost(here, other) for other, weight in self.across[who])
        owner = self.owner.get(seat, EVERYWHERE) if actor.ring == "uitvoering" else None
        if owner is not None and owner != actor.sector and self.owner:
            cost += WRONG_SECTOR
        if actor.sector in self.side:
            cost += 3 * distance(here, self.side[actor.sector])
        if actor.ring != "uitvoering" and actor.sector == EVERYWHERE:
            cost += 2 * abs(here[0] - self.middle[0])
        return cost

    def _gap_cost(self, here: Point, other: str) -> float:
        """A gap must not be long either, but there must be room for it to be seen."""
        apart = distance(here, self._place(other))
        return apart if apart > GAP_LENGTH else 3 * GAP_LENGTH

    def _place(self, who: str) -> Point:
        seat = self.seats.get(who)
        return self.points[self.actors[who].ring][seat] if seat is not None else self.middle
