"""The gaps of a scene as the presenter and the room see them: computed by the engine, or told in the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state of a gap: a word, an icon, and the class that colours it."""

    words: Promise | str
    icon: str
    look: str


STATES: Final[dict[str, StateWords]] = {
    "submitted": StateWords(_("brought in"), "plus", ""),
    "visible": StateWords(_("new"), "zicht", ""),
    "recognised": StateWords(_("recognised"), "mensen", ""),
    "in_talk": StateWords(_("in talk"), "gesprek", "talk"),
    "assigned": StateWords(_("assigned"), "verwijs", "agreed"),
    "closed": StateWords(_("closed"), "vink", "agreed"),
    "accepted": StateWords(_("accepted"), "weeg", "talk"),
}


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap in a list. `told` when it was told in the room; `count` is how many recognise it, None when nobody may."""

    key: str
    number: int
    title: str
    between: str
    icon: str
    mended: bool
    current: bool
    told: bool
    state: StateWords | None
    count: int | None
