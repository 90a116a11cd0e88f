"""One moment of a story: which beats were told, who lives where, what came since the beat before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from schakelbord.engine.reading import Arrival
from schakelbord.engine.story import Beat, Deadline, Doll, Place, Story


@dataclass(frozen=True)
class Moment:
    """A position in a story: scene and beat count from 0, `day` is the day on the slider."""

    story: Story
    scene: int
    beat: int
    day: int

    @cached_property
    def beats(self) -> tuple[tuple[int, int, Beat], ...]:
        """All beats of the story in the order of telling, with scene and place in it."""
        return tuple(
            (number, place, beat)
            for number, scene in enumerate(self.story.scenes)
            for place, beat in enumerate(scene.beats)
        )

    @property
    def current(self) -> Beat:
        """The beat at hand."""
        return self.story.scenes[self.scene].beats[self.beat]

    @cached_property
    def position(self) -> int:
        """The place of this beat among all beats."""
        return next(at for at, row in enumerate(self.beats) if row[:2] == (self.scene, self.beat))

    @cached_property
    def since(self) -> int:
        """The day of the beat before this moment; -1 when there is none."""
        if self.day == self.current.day:
            return self.beats[self.position - 1][2].day if self.position else -1
        return max((beat.day for _, _, beat in self.beats if beat.day < self.day), default=-1)

    def told(self) -> Iterator[tuple[int, int, Beat]]:
        """The beats that have been told by this moment. Of several beats on one day those after this one wait."""
        for at, (scene, place, beat) in enumerate(self.beats):
            if beat.day < self.day or (beat.day == self.day and (at <= self.position or self.current.day < self.day)):
                yield scene, place, beat

    def waiting(self) -> Iterator[Beat]:
        """The beats of this very day that are still to be told."""
        told = {id(beat) for _, _, beat in self.told()}
        return (beat for _, _, beat in self.beats if beat.day == self.day and id(beat) not in told)

    def is_new(self, day: int) -> bool:
        """Whether something of this day came since the beat before; on a day of two beats at both."""
        return self.since < day <= self.day or day == self.since == self.day

    @cached_property
    def scene_days(self) -> tuple[int, int]:
        """First and last day of the scene at hand, stretched to the day on the slider."""
        days = [beat.day for beat in self.story.scenes[self.scene].beats]
        return min(days), max([*days, self.day])


def place_of(story: Story, place_id: str) -> Place | None:
    """The place with this id."""
    return next((place for place in story.places if place.id == place_id), None)


def home_of(moment: Moment, doll: Doll) -> tuple[str, str | None, bool]:
    """Where a doll lives, which place it left in this scene (or None), and whether that was since the last beat."""
    home, came_from, moved = doll.place, None, False
    for scene, _, beat in moment.told():
        if beat.move is None or doll.id not in beat.move.dolls or beat.move.to == home:
            continue
        came_from = home if scene == moment.scene else None
        moved = beat is moment.current if beat.day == moment.current.day else moment.is_new(beat.day)
        home = beat.move.to
    return home, came_from, moved


def age_of(doll: Doll, day: int) -> int:
    """The age of a doll on a day; it grows on the birthday and each 365 days after."""
    if doll.birthday_on_day is None or day < doll.birthday_on_day:
        return doll.age
    return doll.age + 1 + (day - doll.birthday_on_day) // 365


def homes_of(story: Story, doll: Doll, first: int, last: int) -> set[str]:
    """All places where a doll lives on some day from `first` to `last`."""
    homes, home = set(), doll.place
    for scene in story.scenes:
        for beat in scene.beats:
            if beat.move is None or doll.id not in beat.move.dolls or beat.day > last:
                continue
            if beat.day > first:
                homes.add(home)
            home = beat.move.to
    return homes | {home}


def leads_of(story: Story) -> tuple[str, ...]:
    """The dolls the story is about: of the deadlines, else the first doll."""
    about = tuple(dict.fromkeys(row.about for row in story.deadlines))
    return about or tuple(doll.id for doll in story.dolls[:1])


def deadline_of(story: Story, pattern: str, about: str, by: int) -> Deadline | None:
    """The deadline of the story that a need answers."""
    return next((row for row in story.deadlines if (row.pattern, row.about, row.by) == (pattern, about, by)), None)


def unseen_yet(moment: Moment, arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
    """The arrivals without those seen in beats of this very day that are still to be told."""
    later = {(seen.organisation, seen.signal, seen.about) for beat in moment.waiting() for seen in beat.sees}
    for row in arrivals:
        key = (row.organisation.rpartition("@")[0], row.signal, row.about)
        if row.from_ is None and row.day == moment.day and key in later:
            continue
        yield row
