"""Full sentences about everybody and everything on the stage, in both languages.

One set for the drawing's accessible names, the list, what the live region says and paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schakelbord.drawing.names import spoken, token_name
from schakelbord.drawing.states import ActorState, ChannelState, DollState, GapState, OutlineState, SceneState
from schakelbord.drawing.words import (
    CHAIR,
    EMPTY_CHAIR,
    GAP,
    RING_NAMES,
    gap_kind,
    gap_label,
    gap_word,
    join,
    lowered,
    many,
    number_word,
    pick,
)
from schakelbord.engine.text import Text
from schakelbord.errors import Language

ADDED: Final = Text(nl="Toegevoegd in de zaal.", en="Added in the room.")
NOBODY: Final = Text(nl="niemand", en="nobody")
ABROAD: Final = "nl"


@dataclass(frozen=True)
class Speech:
    """Who says what about a state, in one language."""

    state: SceneState
    language: Language
    places: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def of(cls, state: SceneState, language: Language) -> Speech:
        """The sentences of a state."""
        places = {row.id: lowered(row.name.get(language), language) for row in state.places}
        everybody = (*state.actors, *(row for fold in state.folds for row in fold.actors))
        names = {row.id: _name(row, language) for row in everybody} | {doll.id: doll.name for doll in state.dolls}
        for row in everybody:
            if row.kind == "nobody":
                where = f" in {places[row.sector]}" if row.sector in places else ""
                names[row.id] = f"{NOBODY.get(language)}{where}"
        return cls(state, language, places, names)

    def actor(self, actor: ActorState) -> str:
        """Who somebody is, what it holds, over which channels pieces went now, and in which gaps it stands."""
        parts = [self._who(actor)]
        if actor.added and actor.kind != "nobody":
            parts.append(ADDED.get(self.language))
        if actor.pieces:
            count = len(actor.pieces)
            said = self._pick(nl=many(count, "stukje", "stukjes"), en=many(count, "piece", "pieces"))
            parts.append(self._pick(nl=f"Heeft {said}.", en=f"Holds {said}."))
        parts += [self.outline(row) for row in actor.outlines]
        if actor.active and actor.kind != "nobody":
            parts.append(self._channels(actor.id))
            parts.append(self._gaps(actor.id))
        elif any(actor.id in gap.between for gap in self.state.gaps):
            parts.append(self._gaps(actor.id))
        return " ".join(parts)

    def _who(self, actor: ActorState) -> str:
        ring = RING_NAMES[actor.ring].get(self.language)
        if actor.kind == "nobody":
            where = f", {self.places[actor.sector]}" if actor.sector in self.places else ""
            return f"{EMPTY_CHAIR.get(self.language)}, {ring}{where}."
        chair = f", {CHAIR.get(self.language)}" if actor.kind == "chair" else ""
        where = self._where(actor)
        return f"{self.names.get(actor.id, actor.id)}, {ring}{f', {where}' if where else ''}{chair}."

    def _where(self, actor: ActorState) -> str:
        """The municipality or region of somebody; those of the whole country say so."""
        if actor.area in self.places:
            return self.places[actor.area]
        if actor.area == ABROAD:
            return self._pick(nl="heel het land", en="the whole country")
        if actor.area and actor.tag:
            return self._pick(nl=f"regio {actor.tag}", en=f"region {actor.tag}")
        return ""

    def outline(self, row: OutlineState) -> str:
        """How many of the pieces that it needs a mandate holder has."""
        return self._pick(
            nl=f"Heeft {row.held} van de {row.at_least} stukjes die nodig zijn, uiterlijk op dag {row.by}.",
            en=f"Has {row.held} of the {row.at_least} pieces it needs, by day {row.by} at the latest.",
        )

    def channels_of(self, who: str) -> tuple[str, ...]:
        """The channels of somebody, one by one."""
        return tuple(self.channel_of(row, who) for row in self.state.channels if who in {row.from_, row.to})

    def _channels(self, who: str) -> str:
        rows = self.channels_of(who)
        if not rows:
            return self._pick(nl="Geen kanalen in deze scène.", en="No channels in this scene.")
        count = number_word(len(rows), self.language)
        noun = self._pick(nl="kanaal" if len(rows) == 1 else "kanalen", en="channel" if len(rows) == 1 else "channels")
        return f"{count} {noun}: {'; '.join(rows)}."

    def channel_of(self, row: ChannelState, who: str) -> str:
        """A channel as somebody at one end knows it: `naar Leerplicht A, grondslag ..., werkt`."""
        if row.from_ == who:
            end = self._pick(nl="naar", en="to") + f" {self.names.get(row.to, row.to)}"
        else:
            end = self._pick(nl="van", en="from") + f" {self.names.get(row.from_, row.from_)}"
        return f"{end}, {self._terms(row)}"

    def channel(self, row: ChannelState) -> str:
        """A whole channel: from whom, to whom, on which ground, and whether it works."""
        first, second = self.names.get(row.from_, row.from_), self.names.get(row.to, row.to)
        return self._pick(nl=f"{first} naar {second}", en=f"{first} to {second}") + f", {self._terms(row)}."

    def _terms(self, row: ChannelState) -> str:
        ground = self._pick(nl=f"grondslag {row.ground}", en=f"ground {row.ground}")
        if not row.ground:
            ground = self._pick(nl="zonder grondslag", en="without legal ground")
        if row.told and not row.ground:
            ground = self._pick(nl="grondslag niet genoemd", en="ground not told")
        works = self._pick(nl="werkt", en="works")
        if row.paper:
            works = self._pick(nl="staat alleen op papier", en="exists on paper only")
        told = self._pick(nl=", toegevoegd in de zaal", en=", added in the room") if row.told else ""
        return f"{ground}, {works}{told}"

    def _gaps(self, who: str) -> str:
        numbers = [gap_label(gap, self.language) for gap in self.state.gaps if who in gap.between and not gap.mended]
        if not numbers:
            return self._pick(nl="Geen hiaten.", en="No gaps.")
        return f"{gap_word(len(numbers), self.language)} {join(numbers, self.language)}."

    def gap(self, gap: GapState) -> str:
        """A gap: which kind, between whom, what is wrong, how many know it, its state, told or computed."""
        kind = lowered(gap_kind(gap, self.language), self.language, any_word=True)
        first, second = (self.names.get(end, end) for end in gap.between)
        ends = self._pick(nl=f"tussen {first} en {second}", en=f"between {first} and {second}")
        head = ", ".join(
            part for part in (f"{GAP.get(self.language)} {gap_label(gap, self.language)}", kind, ends) if part
        )
        said = [_stopped(gap.title.get(self.language))] if gap.told else []
        said.append(_stopped(gap.sentence.get(self.language)))
        if gap.count:
            said.append(
                self._pick(
                    nl=f"{many(gap.count, 'mens herkent', 'mensen herkennen')} dit.",
                    en=f"{many(gap.count, 'person recognises', 'people recognise')} this.",
                )
            )
        return " ".join([f"{head}.", *(part for part in said if part), self._status(gap)])

    def _status(self, gap: GapState) -> str:
        origin = self._pick(nl="verteld in de zaal", en="told in the room")
        if not gap.told:
            origin = self._pick(nl="berekend", en="computed")
        status = gap.status.get(self.language)
        if gap.mended and not status:
            status = self._pick(nl="gedicht door de reparatie", en="mended by the repair")
        if not status:
            return f"{origin[0].upper()}{origin[1:]}."
        return f"Status: {status}, {origin}."

    def doll(self, doll: DollState) -> str:
        """Who a doll is and where it lives."""
        place = self.places.get(doll.place, doll.place)
        parts = [
            self._pick(
                nl=f"{doll.name}, {doll.age} jaar, woont in {place}.",
                en=f"{doll.name}, {doll.age} years old, lives in {place}.",
            )
        ]
        if doll.came_from:
            old = self.places.get(doll.came_from, doll.came_from)
            parts.append(self._pick(nl=f"Woonde in {old}.", en=f"Lived in {old}."))
        if doll.added:
            parts.append(ADDED.get(self.language))
        numbers = [
            gap_label(gap, self.language) for gap in self.state.gaps if doll.id in gap.between and not gap.mended
        ]
        if numbers:
            parts.append(f"{gap_word(len(numbers), self.language)} {join(numbers, self.language)}.")
        return " ".join(parts)

    def thing(self, name: str) -> str:
        """The sentence about an id: an actor, a doll or a gap; "" when there is no such thing on the stage."""
        everybody: Sequence[ActorState] = (
            *self.state.actors,
            *(row for fold in self.state.folds for row in fold.actors),
        )
        for actor in everybody:
            if actor.id == name:
                return self.actor(actor)
        for doll in self.state.dolls:
            if doll.id == name:
                return self.doll(doll)
        return next((self.gap(gap) for gap in self.state.gaps if gap.key == name), "")

    def _pick(self, *, nl: str, en: str) -> str:
        return pick(self.language, nl=nl, en=en)


def _name(actor: ActorState, language: Language) -> str:
    """The name of somebody with the letter or number of its area."""
    name = actor.name.get(language) if actor.added else token_name(actor.type, actor.name, language)
    return f"{spoken(name)} {actor.tag}".strip()


def _stopped(text: str) -> str:
    """A sentence with its point."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."
