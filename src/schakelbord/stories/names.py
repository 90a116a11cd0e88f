"""Names of what stands on the stage, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.drawing.names import spoken, tag_of, token_name
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Story
from schakelbord.errors import Language


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one story on one catalogue. An instance is `type@area`."""

    story: Story
    catalogue: Catalogue
    language: Language

    def type(self, type_id: str) -> str:
        """The name of a kind of organisation or body."""
        row = self.catalogue.organisation.get(type_id) or self.catalogue.body.get(type_id)
        return row.name.get(self.language) if row else type_id

    def instance(self, instance: str) -> str:
        """The name of an organisation or body with the letter or number of its area, or of a doll."""
        type_id, _, area = instance.partition("@")
        row = self.catalogue.organisation.get(type_id) or self.catalogue.body.get(type_id)
        if row is None:
            return self.doll(instance)
        return f"{spoken(token_name(type_id, row.name, self.language))} {tag_of(self.story, area)}".strip()

    def doll(self, doll_id: str) -> str:
        """The name of a doll."""
        return next((doll.name for doll in self.story.dolls if doll.id == doll_id), doll_id)

    def signal(self, signal_id: str) -> str:
        """The name of a signal."""
        row = self.catalogue.signal.get(signal_id)
        return row.name.get(self.language) if row else signal_id

    def pattern(self, pattern_id: str) -> str:
        """The name of a pattern."""
        row = self.catalogue.pattern.get(pattern_id)
        return row.name.get(self.language) if row else pattern_id

    def area(self, area: str) -> str:
        """The name of a municipality or region; empty for the whole country."""
        place = next((place for place in self.story.places if place.id == area), None)
        return place.name.get(self.language) if place else ""

    def hue(self, doll_id: str) -> str:
        """The hue of a doll; pieces about it share it."""
        return next((doll.hue for doll in self.story.dolls if doll.id == doll_id), "teal")
