"""A story set in the country: which instances there are, where each doll lives, how old it is, what is known of it.

Engine design, "Compile" and "Settled details". The days of a doll are cut into phases in which nothing about it
changes, so that a link is open or closed for a whole phase.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from schakelbord.engine.areas import NATION, area_of
from schakelbord.engine.catalogue import Ages, Catalogue, Jurisdiction, Requirement
from schakelbord.engine.obstacles import AGE, GROUND
from schakelbord.engine.story import Beat, Doll, Story

YEAR = 365


@dataclass(frozen=True, slots=True)
class Instance:
    """An organisation type at an area."""

    type: str
    area: str

    @property
    def id(self) -> str:
        """The instance as it is written everywhere: `school@a`."""
        return f"{self.type}@{self.area}"


@dataclass(frozen=True, slots=True)
class Phase:
    """Days `from_day .. until_day` in which a doll's place, age and facts stay as they are."""

    from_day: int
    until_day: int
    place: str
    age: int
    lacks: frozenset[Requirement]


@dataclass(frozen=True, slots=True)
class Moved:
    """A doll moved on a day."""

    doll: str
    day: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class World:
    """A story on a catalogue. `asked` is the first day on which an instance asks senders of a type about a doll."""

    story: Story
    catalogue: Catalogue
    regions: dict[str, str | None]
    abroad: frozenset[str]
    instances: tuple[Instance, ...]
    moves: tuple[Moved, ...]
    phases: dict[str, tuple[Phase, ...]]
    asked: dict[tuple[str, str, str], int]
    known: frozenset[str] = field(default_factory=frozenset)

    def areas(self, jurisdiction: Jurisdiction) -> tuple[str, ...]:
        """Every area that has an organisation or body of this jurisdiction."""
        if jurisdiction == "land":
            return (NATION,)
        if jurisdiction == "regio":
            return tuple(dict.fromkeys(region for region in self.regions.values() if region))
        return tuple(self.regions)

    def area(self, type_id: str, place: str) -> str:
        """The area of the instance of a type that serves a place."""
        jurisdiction = self.catalogue.organisation[type_id].jurisdiction
        if jurisdiction == "land":
            return NATION
        return (self.regions.get(place) or place) if jurisdiction == "regio" else place

    def region(self, area: str) -> str | None:
        """The region of a municipality; a region itself."""
        return self.regions.get(area, area)

    def together(self, one: str, other: str) -> bool:
        """Whether two areas are equal or one contains the other."""
        if one == other or NATION in (one, other):
            return True
        return self.regions.get(one) == other or self.regions.get(other) == one

    def inside(self, area: str, place: str) -> bool:
        """Whether a doll that lives at a place lives inside an area."""
        if area == NATION:
            return True
        return place not in self.abroad and area in (place, self.regions.get(place))

    def same_region(self, one: str, other: str) -> bool:
        """Whether two areas lie in one region; national ones join all."""
        return NATION in (one, other) or self.region(one) == self.region(other)

    def phase_on(self, doll: str, day: int) -> Phase:
        """The phase of a doll on a day."""
        return next(phase for phase in self.phases[doll] if phase.from_day <= day <= phase.until_day)


def set_world(story: Story, catalogue: Catalogue) -> World:
    """Set every organisation type at each place of its jurisdiction, except those absent, and cut the dolls' days into
    phases.
    """
    moves = tuple(_moves(story))
    absent = {area_of(story, catalogue, row.organisation, row.place) for row in story.absent}
    bare = World(
        story=story,
        catalogue=catalogue,
        regions={place.id: place.region for place in story.places if place.kind != "abroad"},
        abroad=frozenset(place.id for place in story.places if place.kind == "abroad"),
        instances=(),
        moves=moves,
        phases={doll.id: _phases(story, doll, moves) for doll in story.dolls},
        asked=_asked(story, catalogue),
    )
    every = (Instance(row.id, area) for row in catalogue.organisations for area in bare.areas(row.jurisdiction))
    instances = tuple(one for one in every if one.id not in absent)
    return World(
        story=story,
        catalogue=catalogue,
        regions=bare.regions,
        abroad=bare.abroad,
        instances=instances,
        moves=moves,
        phases=bare.phases,
        asked=bare.asked,
        known=frozenset(one.id for one in instances),
    )


def beats_of(story: Story) -> Iterator[Beat]:
    """All beats in the order of the story."""
    for scene in story.scenes:
        yield from scene.beats


def age_obstacle(ages: Ages | None, age: int) -> int:
    """AGE when somebody of this age is outside the limits (the upper one not included), else 0."""
    return 0 if ages is None or ages[0] <= age < ages[1] else AGE


def fact_obstacle(requires: tuple[Requirement, ...], phase: Phase) -> int:
    """GROUND when something that is required is not there in this phase, else 0."""
    return GROUND if any(need in phase.lacks for need in requires) else 0


def _moves(story: Story) -> Iterator[Moved]:
    home = {doll.id: doll.place for doll in story.dolls}
    for beat in sorted((beat for beat in beats_of(story) if beat.move), key=lambda beat: beat.day):
        if beat.move is None:
            continue
        for doll in beat.move.dolls:
            yield Moved(doll=doll, day=beat.day, old=home[doll], new=beat.move.to)
            home[doll] = beat.move.to


def _asked(story: Story, catalogue: Catalogue) -> dict[tuple[str, str, str], int]:
    first: dict[tuple[str, str, str], int] = {}
    for beat in beats_of(story):
        for ask in beat.asks:
            asker = area_of(story, catalogue, ask.organisation, ask.place)
            if asker is not None:
                key = (ask.of, asker, ask.about)
                first[key] = min(first.get(key, beat.day), beat.day)
    return first


def _phases(story: Story, doll: Doll, moves: tuple[Moved, ...]) -> tuple[Phase, ...]:
    starts = sorted({0, *(day for day in _changes(story, doll, moves) if 0 < day <= story.horizon)})
    ends = [day - 1 for day in starts[1:]] + [story.horizon]
    return tuple(_phase(story, doll, moves, first, last) for first, last in zip(starts, ends, strict=True))


def _changes(story: Story, doll: Doll, moves: tuple[Moved, ...]) -> Iterator[int]:
    """Every day on which something about a doll changes."""
    yield from (move.day for move in moves if move.doll == doll.id)
    if doll.birthday_on_day is not None:
        yield from range(doll.birthday_on_day, story.horizon + 1, YEAR)
    consent = story.facts.consent.get(doll.id)
    if consent is not None and not isinstance(consent, bool):
        yield consent
    if doll.id in story.facts.acute_from:
        yield story.facts.acute_from[doll.id]
    if doll.id in story.facts.measure:
        first, last = story.facts.measure[doll.id]
        yield from (first, last + 1)
    yield from (beat.day for beat in beats_of(story) for ask in beat.asks if ask.about == doll.id)


def _phase(story: Story, doll: Doll, moves: tuple[Moved, ...], first: int, last: int) -> Phase:
    place = next((move.new for move in reversed(moves) if move.doll == doll.id and move.day <= first), doll.place)
    return Phase(first, last, place, age_on(doll, first), frozenset(_lacking(story, doll.id, first)))


def age_on(doll: Doll, day: int) -> int:
    """The age on a day: one more on the birthday and each 365 days after; without a birthday it stays."""
    if doll.birthday_on_day is None or day < doll.birthday_on_day:
        return doll.age
    return doll.age + 1 + (day - doll.birthday_on_day) // YEAR


def _lacking(story: Story, doll: str, day: int) -> Iterator[Requirement]:
    """What is required somewhere and is not there for a doll on a day."""
    consent = story.facts.consent.get(doll, False)
    given = consent if isinstance(consent, bool) else day >= consent
    if not given:
        yield "consent"
    if day < story.facts.acute_from.get(doll, story.horizon + 1):
        yield "acute"
    first, last = story.facts.measure.get(doll, (story.horizon + 1, -1))
    if not first <= day <= last:
        yield "measure"
