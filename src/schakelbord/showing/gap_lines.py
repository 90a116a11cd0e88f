"""The gaps of a scene as the presenter and the room see them: computed by the engine, or told in the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schakelbord.showing.codes import GapState
from schakelbord.showing.selectors import SessionGap, SessionView

EARLIER: Final = 3
"""How many gaps of earlier scenes show when this scene has none of its own."""
STATE_LOOKS: Final[dict[str, tuple[str, str]]] = {
    GapState.IN_TALK: ("gesprek", "talk"),
    GapState.ASSIGNED: ("verwijs", "agreed"),
    GapState.CLOSED: ("vink", "agreed"),
    GapState.ACCEPTED: ("weeg", "talk"),
}
"""Icon and colour of the states that are worth a word on the screen; until then a gap is only there."""


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap in a list, with the icon and the look of its state when that is worth a word."""

    gap: SessionGap
    state_icon: str
    state_look: str

    @property
    def state_words(self) -> str:
        """The state, and with which body it lies."""
        return (
            f"{self.gap.state_label}: {self.gap.row.body}" if self.gap.placed and self.gap.row else self.gap.state_label
        )


@dataclass(frozen=True, slots=True)
class GapLines:
    """The gaps to show; `earlier` when this scene has none of its own and these are the last ones before it."""

    rows: tuple[GapLine, ...]
    earlier: bool
    total: int

    @property
    def anybody(self) -> bool:
        """Whether anybody recognised one of them, so that the column of counts has a heading."""
        return any(row.gap.recognised.count for row in self.rows)


def gap_lines(view: SessionView) -> GapLines:
    """The gaps of this scene, the one in the light among them; without any, the last ones before it."""
    own = tuple(gap for gap in view.gaps if gap.in_light or _is_of_scene(gap, view))
    shown = own or view.gaps[-EARLIER:]
    return GapLines(tuple(_line(gap) for gap in shown), earlier=not own and bool(shown), total=len(view.gaps))


def _is_of_scene(gap: SessionGap, view: SessionView) -> bool:
    """Whether a gap opened in this scene."""
    if gap.computed is not None:
        return gap.computed.day >= view.page.scene.first_day
    return gap.row is not None and gap.row.scene == view.page.address.step.scene


def _line(gap: SessionGap) -> GapLine:
    icon, look = STATE_LOOKS.get(gap.state, ("", ""))
    return GapLine(gap, icon, look)
