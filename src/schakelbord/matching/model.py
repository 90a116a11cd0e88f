"""What goes into matching and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schakelbord.engine.text import Text
from schakelbord.errors import Language

Layer = Literal["official", "administrative", "mixed"]
Jurisdiction = Literal["gemeente", "regio", "land"]


@dataclass(frozen=True, slots=True)
class Body:
    """An existing body, as far as matching looks at it.

    Args:
        id: unique among the bodies of an index.
        name: its name, Dutch or English.
        remit: what it is for, in its own words; may say what it is not for ("gaat niet over ..").
        themes: its themes as texts.
        layer: the layer in which it decides; None when unknown.
        jurisdiction: how far it reaches; None when unknown.
        members: who sits in it, as texts (organisations or functions, never names of people).
        meets_every_days: days between two of its meetings; None when unknown.
    """

    id: str
    name: str
    remit: str = ""
    themes: tuple[str, ...] = ()
    layer: Layer | None = None
    jurisdiction: Jurisdiction | None = None
    members: tuple[str, ...] = ()
    meets_every_days: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """An action that looks for a body.

    Args:
        title: what is to be done, in a line.
        desired_result: what will then be true.
        theme: the theme of the table that it came from.
        layer: the layer that is asked; None for either.
        jurisdiction: how far it reaches; None for any.
        lang: language of the texts.
    """

    title: str
    desired_result: str = ""
    theme: str = ""
    layer: Layer | None = None
    jurisdiction: Jurisdiction | None = None
    lang: Language = "nl"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a body said to an action before.

    Args:
        text: title and desired result of that action, Dutch or English.
        body: id of the body; one that the index does not have is passed over.
        accepted: whether it took the action on.
    """

    text: str
    body: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for a body, or against it; without capital and full stop, to be joined with commas."""

    says: Text
    speaks_for: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """A body in the order of matching.

    Args:
        body_id: id of the body.
        score: from 0; comparable within one answer only.
        reasons: why it stands here, the heaviest first.
    """

    body_id: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer: bodies in order, and whether any of them stands out.

    Args:
        ranked: at most as many as asked, best first; also filled when there is no clear match.
        no_clear_match: that the machine sees none. Whether none fits is for people to say.
        doubt: from 0 (surely a match) to 1; `no_clear_match` is when it reaches the threshold.
    """

    ranked: tuple[Fit, ...]
    no_clear_match: bool
    doubt: float

    @property
    def says(self) -> Text:
        """One sentence above the list."""
        return _UNCLEAR if self.no_clear_match else _CLEAR


_CLEAR = Text(nl="Deze bestaande gremia passen het best bij de actie.", en="These existing bodies fit the action best.")
_UNCLEAR = Text(
    nl="Wij zien geen gremium dat duidelijk past. Bekijk deze drie. Of er geen passend gremium is, besluit u zelf.",
    en="We see no body that clearly fits. Look at these three. Whether there is no suitable body is for you to decide.",
)
