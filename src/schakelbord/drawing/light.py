"""The spotlight: one thing stands out with what it touches, all else goes quiet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from schakelbord.drawing.parts import GapMark, LineMark, Token
from schakelbord.drawing.states import SceneState


@dataclass(frozen=True, slots=True)
class Light:
    """Whom the spotlight is on: `on` is the id or the key of the gap, "" without one; `ends` are those of that gap."""

    on: str
    ends: Collection[str] = ()

    @classmethod
    def of(cls, state: SceneState) -> Light:
        """The spotlight of a state; none when it is on something that is not on the stage."""
        wanted = state.spotlight or ""
        gap = next((row for row in state.gaps if row.key == wanted), None)
        if gap is not None:
            return cls(wanted, gap.between)
        folded = {row.id: fold.id for fold in state.folds for row in fold.actors}
        there = {*folded, *(row.id for row in state.actors), *(doll.id for doll in state.dolls)}
        return cls(folded.get(wanted, wanted)) if wanted in there else cls("")

    def token(self, token: Token) -> Token:
        """A token, lit or hushed."""
        lit = token.id == self.on or token.id in self.ends
        return replace(token, lit=lit, hushed=not lit) if self.on else token

    def gap(self, mark: GapMark) -> GapMark:
        """A gap, lit itself or at the one who is lit, else hushed."""
        lit = self.on in mark.keys or (not self.ends and self.on in {mark.from_, mark.to})
        return replace(mark, lit=lit, hushed=not lit) if self.on else mark

    def line(self, line: LineMark) -> LineMark:
        """A line, hushed where it does not touch the one who is lit."""
        return replace(line, hushed=self.on not in {line.from_, line.to}) if self.on else line
