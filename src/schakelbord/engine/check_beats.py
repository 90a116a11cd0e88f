"""Do the beats of a story make sense: in order of day, by organisations that are there, about dolls of the story?"""

from __future__ import annotations

import msgspec

from schakelbord.engine import story_messages as messages
from schakelbord.engine.areas import NATION, area_of, is_abroad
from schakelbord.engine.catalogue import Catalogue, ChannelType
from schakelbord.engine.check_told import Told
from schakelbord.engine.decode import Document
from schakelbord.engine.references import Kind, Known
from schakelbord.engine.story import Beat, Move, Request, Sight, Story
from schakelbord.engine.text import Text


def check_beats(document: Document, story: Story, known: Known, catalogue: Catalogue | None) -> None:
    """Adds to the document what does not make sense in the scenes and beats of the story."""
    checks = _Beats(document, story, known, catalogue)
    for scene in story.scenes:
        if not scene.beats:
            document.warn(document.spot(scene, "beats"), "empty_scene", messages.empty_scene())
        for beat in scene.beats:
            checks.beat(beat)


class _Beats:
    """Goes through the beats in order and remembers the day and where everybody lives."""

    def __init__(self, document: Document, story: Story, known: Known, catalogue: Catalogue | None) -> None:
        self._document = document
        self._story = story
        self._known = known
        self._catalogue = catalogue
        self._day = 0
        self._lives = {doll.id: doll.place for doll in story.dolls}
        instances = (area_of(story, catalogue, chair.organisation, chair.place) for chair in story.absent)
        self._absent = {instance for instance in instances if instance}
        self._told = Told(document, story, known)

    def beat(self, beat: Beat) -> None:
        """One beat, after those before it."""
        self._order(beat)
        for sight in beat.sees:
            self._sight(sight)
        for happening in beat.happens:
            self._reference(happening, "signal", "signal", happening.signal)
            self._reference(happening, "about", "doll", happening.about)
        for request in beat.asks:
            self._request(request)
        if beat.move is not None:
            self._move(beat.move)
        is_told = self._told.beat(beat)
        if not (is_told or beat.say or beat.ask or beat.sees or beat.happens or beat.asks or beat.move):
            self._document.warn(self._document.spot(beat), "empty_beat", messages.empty_beat())

    def _order(self, beat: Beat) -> None:
        if not 0 <= beat.day <= self._story.horizon:
            self._error(beat, "day", "day_outside", messages.day_outside(beat.day, self._story.horizon))
        elif beat.day < self._day:
            self._error(beat, "day", "out_of_order", messages.out_of_order(beat.day, self._day))
        else:
            self._day = beat.day

    def _sight(self, sight: Sight) -> None:
        self._reference(sight, "organisation", "organisation", sight.organisation)
        self._reference(sight, "place", "place", sight.place)
        self._reference(sight, "signal", "signal", sight.signal)
        self._reference(sight, "about", "doll", sight.about)
        self._presence(sight, sight.organisation, sight.place)
        row = self._catalogue.organisation.get(sight.organisation) if self._catalogue else None
        if row and sight.signal not in row.observes and self._known.knows("signal", sight.signal):
            spot = self._document.spot(sight, "signal")
            self._document.warn(spot, "not_observed", messages.not_observed(sight.organisation, sight.signal))

    def _request(self, request: Request) -> None:
        self._reference(request, "organisation", "organisation", request.organisation)
        self._reference(request, "of", "organisation", request.of)
        self._reference(request, "place", "place", request.place)
        self._reference(request, "about", "doll", request.about)
        self._presence(request, request.organisation, request.place)
        row = self._catalogue
        both = row is not None and request.of in row.organisation and request.organisation in row.organisation
        if row is not None and both and not any(_opens(channel, request) for channel in row.channels):
            spot = self._document.spot(request, "of")
            self._document.warn(spot, "asks_in_vain", messages.asks_in_vain(request.organisation, request.of))

    def _presence(self, struct: msgspec.Struct, organisation: str, place: str) -> None:
        """Errors for who is not there: an empty chair, or an organisation of the country abroad."""
        instance = area_of(self._story, self._catalogue, organisation, place)
        if instance in self._absent:
            self._error(struct, "organisation", "absent", messages.absent(organisation, place))
        elif instance and is_abroad(self._story, place) and not instance.endswith(f"@{NATION}"):
            self._error(struct, "place", "nobody_abroad", messages.nobody_abroad(organisation))

    def _move(self, move: Move) -> None:
        self._reference(move, "to", "place", move.to)
        seen: set[str] = set()
        for place, doll in enumerate(move.dolls):
            self._known.check(self._document, move, "dolls", place, kind="doll", word=doll)
            spot = self._document.spot(move, "dolls", place)
            if doll in seen:
                self._document.error(spot, "repeated", messages.doll_twice(doll))
            elif self._lives.get(doll) == move.to:
                self._document.warn(spot, "lives_there", messages.lives_there(doll, move.to))
            seen.add(doll)
            self._lives[doll] = move.to
        if not move.dolls:
            self._error(move, "dolls", "nobody_moves", messages.nobody_moves())

    def _reference(self, struct: msgspec.Struct, field: str, kind: Kind, word: str) -> None:
        self._known.check(self._document, struct, field, kind=kind, word=word)

    def _error(self, struct: msgspec.Struct, field: str, code: str, says: Text) -> None:
        self._document.error(self._document.spot(struct, field), code, says)


def _opens(channel: ChannelType, request: Request) -> bool:
    """Whether asking opens this channel."""
    asked = channel.asked or (channel.ground is not None and channel.ground.asked)
    return asked and channel.from_ == request.of and channel.to == request.organisation
