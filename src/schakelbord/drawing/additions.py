"""What a room adds to a running story: organisations, channels, gaps and dolls. Told, never computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from schakelbord.drawing.states import EVERYWHERE, NO_TEXT, ChannelState, DollState, GapState, Ring
from schakelbord.engine.story import Beat, Story, ToldGap
from schakelbord.engine.text import Text

HUES: Final = ("teal", "indigo", "slate", "violet")
PATTERNS: Final = ("stripes", "dots", "band", "zigzag")


@dataclass(frozen=True, slots=True)
class AddedActor:
    """An organisation that the catalogue does not have here. `sector` is a municipality of the story, or EVERYWHERE."""

    id: str
    name: Text
    ring: Ring = "uitvoering"
    sector: str = EVERYWHERE
    icon: str = ""


@dataclass(frozen=True, slots=True)
class AddedChannel:
    """A line that somebody drew, between two ids. `ground` is law and article as told, "" when nobody said."""

    id: str
    from_: str
    to: str
    ground: str = ""
    works: bool = True


@dataclass(frozen=True, slots=True)
class AddedGap:
    """A gap that somebody told. An empty id in `between` is nobody: an empty chair.

    `number` counts the told gaps of a session, `kind` is a kind of finding or a told one (`no_feedback`, "" when
    nobody said), `count` how many recognise it, `status` where it is in its life, `new` when it was just shown.
    """

    key: str
    number: int
    kind: str
    title: Text
    sentence: Text
    between: tuple[str, str]
    mended: bool = False
    count: int = 0
    status: Text = NO_TEXT
    new: bool = False


@dataclass(frozen=True, slots=True)
class AddedDoll:
    """An invented person. Without `place` it lives with the first doll; without hue and pattern it gets free ones."""

    id: str
    name: str
    age: int
    place: str = ""
    hue: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """What the room did with a computed gap: how many recognise it, and where it is in its life."""

    count: int = 0
    status: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Additions:
    """Everything a room added up to a moment.

    `order` holds ids and keys from the first that was added to the last, so that a later one never takes the place of
    an earlier one. `lives` are of computed gaps, by key.
    """

    actors: tuple[AddedActor, ...] = ()
    channels: tuple[AddedChannel, ...] = ()
    gaps: tuple[AddedGap, ...] = ()
    dolls: tuple[AddedDoll, ...] = ()
    order: tuple[str, ...] = ()
    lives: Mapping[str, Life] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.actors or self.channels or self.gaps or self.dolls or self.lives)

    def in_order(self) -> tuple[AddedActor | AddedChannel | AddedGap, ...]:
        """What may bring somebody on the stage, as it was added."""
        rows: list[tuple[str, AddedActor | AddedChannel | AddedGap]] = [
            *((row.id, row) for row in self.actors),
            *((row.id, row) for row in self.channels),
            *((row.key, row) for row in self.gaps),
        ]
        places = {name: at for at, name in enumerate(self.order)}
        return tuple(row for _, row in sorted(rows, key=lambda row: places.get(row[0], len(places))))


NOTHING: Final = Additions()


def told_in(story: Story, scene: int, beat: int) -> Additions:
    """What rooms told in earlier sessions and the story keeps, up to a step.

    Args:
        story: the story.
        scene: number of the scene, from 0.
        beat: number of the step in it, from 0.
    """
    beats = [row for at in story.scenes[:scene] for row in at.beats] + list(story.scenes[scene].beats[: beat + 1])
    gaps = [gap for row in beats for gap in row.told_gaps]
    channels = [row for at in beats for row in at.told_channels]
    return Additions(
        actors=tuple(
            AddedActor(row.id, row.name, row.ring, row.place or EVERYWHERE)
            for at in beats
            for row in at.told_organisations
        ),
        channels=tuple(AddedChannel(row.id, row.from_, row.to, row.ground or "", works=row.works) for row in channels),
        gaps=tuple(_kept_gap(gap, number) for number, gap in enumerate(gaps, start=1)),
        order=tuple(key for at in beats for key in _told_ids(at)),
    )


def _told_ids(beat: Beat) -> Iterator[str]:
    yield from (row.id for row in beat.told_organisations)
    yield from (row.id for row in beat.told_channels)
    yield from (row.id for row in beat.told_gaps)


def _kept_gap(gap: ToldGap, number: int) -> AddedGap:
    counts = gap.recognised
    return AddedGap(
        key=gap.id,
        number=number,
        kind=gap.kind or "",
        title=gap.says,
        sentence=NO_TEXT,
        between=(gap.from_ or "", gap.to or ""),
        count=counts.uitvoering + counts.beleid + counts.bestuur + counts.unsaid,
    )


def ends_of_told(gap: AddedGap) -> tuple[str, str]:
    """The two ids between which a told gap gapes; nobody becomes an empty chair of its own."""
    chair = f"nobody:{gap.key}"
    first = gap.between[0] or chair
    second = gap.between[1] or chair
    return first, second if second != first else chair


def told_gap(gap: AddedGap, *, day: int, selected: str | None) -> GapState:
    """A told gap as the stage shows it: always of this moment."""
    first, second = ends_of_told(gap)
    return GapState(
        key=gap.key,
        number=gap.number,
        kind=gap.kind,
        title=gap.title,
        sentence=gap.sentence,
        about="",
        day=day,
        between=(first, second),
        opened=gap.new,
        current=True,
        mended=gap.mended,
        selected=gap.key == selected,
        told=True,
        count=gap.count,
        status=gap.status,
    )


def told_channel(row: AddedChannel) -> ChannelState:
    """A told line."""
    return ChannelState(
        row.id, row.id, "channel", row.from_, row.to, row.ground, paper=not row.works, arrived=False, told=True
    )


def told_doll(row: AddedDoll, others: tuple[DollState, ...], homes: tuple[str, ...]) -> DollState:
    """An added doll; one that says nothing of its looks gets the pair of hue and pattern that the fewest have."""
    looks = [
        (hue, pattern) for at in range(4) for hue, pattern in zip(HUES, PATTERNS[at:] + PATTERNS[:at], strict=True)
    ]
    taken = [(doll.hue, doll.pattern) for doll in others]
    hue, pattern = min(looks, key=taken.count)
    known = {*homes, *(doll.place for doll in others)}
    home = row.place if row.place in known else (others[0].place if others else next(iter(homes), ""))
    return DollState(row.id, row.name, row.age, row.hue or hue, row.pattern or pattern, home, lead=False, added=True)
