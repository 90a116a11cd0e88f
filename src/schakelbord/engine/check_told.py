"""Does what a room told make sense? Its ends are on the stage, its places exist, nothing stands there twice."""

from __future__ import annotations

import msgspec

from schakelbord.engine import story_messages as messages
from schakelbord.engine.areas import NATION
from schakelbord.engine.decode import Document
from schakelbord.engine.references import Known
from schakelbord.engine.story import Beat, Story, ToldChannel, ToldGap, ToldOrganisation


class Told:
    """Goes through what was told, beat by beat.

    Args:
        document: the file.
        story: what was read of it.
        known: the ids of the catalogue and of the story.
    """

    def __init__(self, document: Document, story: Story, known: Known) -> None:
        self._document = document
        self._known = known
        beats = [beat for scene in story.scenes for beat in scene.beats]
        self._own = {doll.id for doll in story.dolls}
        self._own |= {row.id for beat in beats for row in beat.told_organisations}
        self._areas = {NATION, *(place.id for place in story.places)}
        self._areas |= {place.region for place in story.places if place.region}
        self._seen = {doll.id for doll in story.dolls}

    def beat(self, beat: Beat) -> bool:
        """Adds what does not make sense in one beat to the document; whether anything was told in it."""
        rows: list[ToldOrganisation | ToldChannel | ToldGap] = [
            *beat.told_organisations,
            *beat.told_channels,
            *beat.told_gaps,
        ]
        for row in rows:
            if row.id in self._seen:
                self._document.error(self._document.spot(row, "id"), "repeated", messages.told_twice(row.id))
            self._seen.add(row.id)
        for organisation in beat.told_organisations:
            if organisation.place is not None:
                self._known.check(self._document, organisation, "place", kind="place", word=organisation.place)
        lines: list[ToldChannel | ToldGap] = [*beat.told_channels, *beat.told_gaps]
        for line in lines:
            self._ends(line)
        for gap in beat.told_gaps:
            for field in gap.recognised.__struct_fields__:
                if getattr(gap.recognised, field) < 0:
                    spot = self._document.spot(gap.recognised, field)
                    self._document.error(spot, "below_zero", messages.below_zero())
        return bool(rows)

    def _ends(self, row: ToldChannel | ToldGap) -> None:
        for field, end in (("from", row.from_), ("to", row.to)):
            if end is not None and not self._is_there(end):
                self._error(row, field, "not_on_stage")
        if row.from_ is not None and row.from_ == row.to:
            self._document.error(self._document.spot(row, "to"), "same_ends", messages.same_ends())

    def _is_there(self, end: str) -> bool:
        kind, at, area = end.partition("@")
        if not at:
            return end in self._own
        return area in self._areas and (self._known.knows("organisation", kind) or self._known.knows("body", kind))

    def _error(self, row: msgspec.Struct, field: str, code: str) -> None:
        self._document.error(self._document.spot(row, field), code, messages.not_on_stage())
