"""Does a story make sense? Ids exist, days lie within it, dolls can be where they are, deadlines can be met."""

from __future__ import annotations

import msgspec

from schakelbord.engine import limits
from schakelbord.engine import story_messages as messages
from schakelbord.engine.areas import NATION, area_of, is_abroad
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.check_beats import check_beats
from schakelbord.engine.decode import Document
from schakelbord.engine.references import Kind, Known, check_unique, ids_in, known_of
from schakelbord.engine.story import Doll, Place, Story
from schakelbord.engine.text import Text
from schakelbord.engine.yaml_source import Mapping, Node


def check_story(
    document: Document, story: Story, catalogue: Catalogue | None = None, known: Known | None = None
) -> None:
    """Adds to the document what does not make sense in the story.

    Args:
        document: the file.
        story: what was read of it.
        catalogue: the types that the story uses; without it, organisations, signals and patterns are not checked.
        known: the ids of the catalogue, when its files hold more of them than could be used.
    """
    types = known or (known_of(catalogue) if catalogue else Known({}))
    checks = _Checks(document, story, types)
    checks.whole()
    checks.places()
    checks.dolls()
    checks.facts()
    checks.absent(catalogue)
    check_beats(document, story, checks.known, catalogue)
    checks.deadlines()
    if catalogue is not None:
        checks.meetings(catalogue)


class _Checks:
    """The checks of one story."""

    def __init__(self, document: Document, story: Story, types: Known) -> None:
        self._document = document
        self._story = story
        places, dolls = (ids_in(found) if (found := self._list(name)) else {} for name in ("places", "dolls"))
        self.known = types.with_ids("place", places).with_ids("doll", dolls)

    def _list(self, name: str) -> Node | None:
        root = self._document.root
        return root.entries.get(name) if isinstance(root, Mapping) else None

    def whole(self) -> None:
        """Invented, of a possible length, and not empty or endless."""
        story = self._story
        if not story.fictional:
            self._error(story, "fictional", "not_fictional", messages.not_fictional())
        if not 1 <= story.horizon <= limits.HORIZON:
            self._error(story, "horizon", "horizon", messages.horizon(story.horizon))
        for name in ("places", "dolls", "scenes"):
            check_unique(self._document, self._list(name), name.removesuffix("s"))
            if not getattr(story, name) and not ids_in(self._list(name) or Node(0, 0)):
                self._error(story, name, f"no_{name}", messages.nothing(name))
        self._too_many("places", len(story.places), limits.PLACES)
        self._too_many("dolls", len(story.dolls), limits.DOLLS)
        self._too_many("scenes", sum(len(scene.beats) for scene in story.scenes), limits.BEATS)
        if not story.deadlines and self._list("deadlines") is None:
            self._document.warn(self._document.spot(story), "no_deadlines", messages.no_deadlines())

    def _too_many(self, name: str, number: int, most: int) -> None:
        if number > most:
            self._error(self._story, name, "too_many", messages.too_many(name, number, most))

    def places(self) -> None:
        """A municipality lies in a region, abroad does not; names of areas do not clash."""
        regions = {place.region for place in self._story.places if place.region}
        for place in self._story.places:
            self._region(place)
            if place.id in regions or place.id == NATION:
                self._error(place, "id", "area_clash", messages.area_clash(place.id))
            if place.region == NATION:
                self._error(place, "region", "area_clash", messages.area_clash(NATION))

    def _region(self, place: Place) -> None:
        if place.kind == "abroad" and place.region is not None:
            self._error(place, "region", "region_abroad", messages.region_abroad(place.id))
        if place.kind == "gemeente" and place.region is None:
            self._error(place, "region", "no_region", messages.no_region(place.id))

    def dolls(self) -> None:
        """Everybody has a possible age, a place to live and a look of their own."""
        looks: dict[tuple[str, str], str] = {}
        for doll in self._story.dolls:
            self.known.check(self._document, doll, "place", kind="place", word=doll.place)
            self._age(doll)
            other = looks.setdefault((doll.pattern, doll.hue), doll.id)
            if other != doll.id:
                spot = self._document.spot(doll, "pattern")
                self._document.warn(spot, "same_look", messages.same_look(doll.name, other))

    def _age(self, doll: Doll) -> None:
        if doll.age < 0:
            self._error(doll, "age", "not_born", messages.not_born(doll.name, doll.age))
        elif doll.age > limits.AGE:
            self._error(doll, "age", "age", messages.too_old(doll.name, doll.age))
        birthday = doll.birthday_on_day
        if birthday is not None and self._day(doll, "birthday_on_day", birthday) and birthday > 365:
            self._document.warn(self._document.spot(doll, "birthday_on_day"), "birthday", messages.birthday(birthday))

    def facts(self) -> None:
        """Facts are about dolls of the story, on days of the story."""
        facts = self._story.facts
        for name, consent in facts.consent.items():
            self._fact("consent", name, () if isinstance(consent, bool) else (consent,))
        for name, day in facts.acute_from.items():
            self._fact("acute_from", name, (day,))
        for name, (first, last) in facts.measure.items():
            self._fact("measure", name, (first, last))
            if first > last:
                spot = self._document.spot(facts, "measure", name)
                self._document.error(spot, "measure_reversed", messages.measure_reversed(first, last))

    def _fact(self, field: str, doll: str, days: tuple[int, ...]) -> None:
        facts = self._story.facts
        self.known.check(self._document, facts, field, doll, kind="doll", word=doll)
        if any(not 0 <= day <= self._story.horizon for day in days):
            spot = self._document.spot(facts, field, doll)
            worst = next(day for day in days if not 0 <= day <= self._story.horizon)
            self._document.error(spot, "day_outside", messages.day_outside(worst, self._story.horizon))

    def absent(self, catalogue: Catalogue | None) -> None:
        """An empty chair stands where there could have been an organisation, once."""
        chairs: set[str] = set()
        for chair in self._story.absent:
            self._reference(chair, "organisation", "organisation", chair.organisation)
            self._reference(chair, "place", "place", chair.place)
            instance = area_of(self._story, catalogue, chair.organisation, chair.place)
            if instance is None:
                continue
            if is_abroad(self._story, chair.place) and not instance.endswith(f"@{NATION}"):
                self._error(chair, "place", "nobody_abroad", messages.nobody_abroad(chair.organisation))
            if instance in chairs:
                self._error(chair, "organisation", "repeated", messages.absent_twice(instance))
            chairs.add(instance)

    def deadlines(self) -> None:
        """Every deadline can be met: its day lies in the story, after something happened."""
        first = min((beat.day for scene in self._story.scenes for beat in scene.beats), default=0)
        seen: set[tuple[str, str, int]] = set()
        for deadline in self._story.deadlines:
            self._reference(deadline, "pattern", "pattern", deadline.pattern)
            self._reference(deadline, "about", "doll", deadline.about)
            for place, doll in enumerate(deadline.also):
                self.known.check(self._document, deadline, "also", place, kind="doll", word=doll)
            if deadline.about in deadline.also:
                self._error(deadline, "also", "repeated", messages.also_about(deadline.about))
            if self._day(deadline, "by", deadline.by) and deadline.by < first:
                self._error(deadline, "by", "deadline_too_early", messages.deadline_too_early(deadline.by, first))
            key = (deadline.pattern, deadline.about, deadline.by)
            if key in seen:
                self._error(deadline, "pattern", "repeated", messages.deadline_twice())
            seen.add(key)

    def meetings(self, catalogue: Catalogue) -> None:
        """Warns of the bodies that would discuss families but never meet within the story."""
        never = [row.id for row in catalogue.bodies if row.carries and row.rhythm.first_day > self._story.horizon]
        if never:
            spot = self._document.spot(self._story, "horizon")
            self._document.warn(spot, "never_meets", messages.never_meets(never, self._story.horizon))

    def _reference(self, struct: msgspec.Struct, field: str, kind: Kind, word: str) -> None:
        self.known.check(self._document, struct, field, kind=kind, word=word)

    def _day(self, struct: msgspec.Struct, field: str, day: int) -> bool:
        """Whether the day lies in the story; adds an error when not."""
        if 0 <= day <= self._story.horizon:
            return True
        self._error(struct, field, "day_outside", messages.day_outside(day, self._story.horizon))
        return False

    def _error(self, struct: msgspec.Struct, field: str, code: str, says: Text) -> None:
        self._document.error(self._document.spot(struct, field), code, says)
