"""The state of a story's page as it stands in the address.

`/verhalen/wilg?scene=3&stap=2&dag=29&hiaat=..&reparatie=..&kaart=..`: scene, step, day, gap, repairs, card, `beeld`
for drawing or list, and `stelsel=nu` for the system model in use. Whatever a person types, a valid state comes out,
with one sentence for each value that could not be used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from schakelbord.engine.story import Story
from schakelbord.stories.readings import digest_of
from schakelbord.stories.timeline import Step, last_day_of, step_on_day, steps_of

MAX_SHOWN = 40
MAX_REPAIRS = 12
IN_USE = "nu"
WHOLE = re.compile(r"-?[0-9]{1,9}")


class Query(Protocol):
    """What is read of a query string; `QueryDict` and `MultiValueDict` fit."""

    def get(self, key: str, /) -> str | None:
        """The last value of a name."""
        ...

    def getlist(self, key: str, /) -> list[str]:
        """All values of a name."""
        ...


@dataclass(frozen=True, slots=True)
class Address:
    """One state of the page. `day` may lie after the day of the step, as long as it comes before the next one.

    `in_use` asks for the system model in use, where a published story has its own.
    """

    story: str
    step: Step
    day: int
    gap: str | None = None
    repairs: tuple[str, ...] = ()
    card: str | None = None
    drawing: bool = False
    in_use: bool = False

    def at(self, step: Step) -> Address:
        """The same page at another step, on the day of that step, without a card."""
        return replace(self, step=step, day=step.day, card=None)

    def with_gap(self, key: str) -> Address:
        """The same moment with this gap in the light."""
        return replace(self, gap=key, card=None)

    def with_card(self, card: str | None) -> Address:
        """The same moment with this card open, or with none."""
        return replace(self, card=card)

    def with_repairs(self, repairs: Iterable[str]) -> Address:
        """The same moment with exactly these repairs on."""
        return replace(self, repairs=tuple(dict.fromkeys(repairs)))

    def as_drawing(self, *, drawing: bool) -> Address:
        """The same moment as a drawing or as a list, on a small screen."""
        return replace(self, drawing=drawing)

    def with_model_in_use(self, *, on: bool) -> Address:
        """The same moment, read with the system model in use or with the story's own; repairs belong to one of them."""
        return replace(self, in_use=on, repairs=(), gap=None, card=None)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values in a fixed order; what speaks for itself is left out."""
        found = [("scene", str(self.step.scene + 1)), ("stap", str(self.step.beat + 1))]
        if self.day != self.step.day:
            found.append(("dag", str(self.day)))
        if self.gap:
            found.append(("hiaat", self.gap))
        found += [("reparatie", key) for key in self.repairs]
        if self.card:
            found.append(("kaart", self.card))
        if self.drawing:
            found.append(("beeld", "tekening"))
        if self.in_use:
            found.append(("stelsel", IN_USE))
        return found

    def query(self) -> str:
        """The query string, without the question mark."""
        return urlencode(self.pairs())

    @property
    def url(self) -> str:
        """The path with the query string."""
        return f"{reverse('stories:story', args=[self.story])}?{self.query()}"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the values may be that depend on the reading: keys of gaps, keys of repairs, ids that have a card."""

    gaps: Collection[str]
    repairs: Collection[str]
    cards: Collection[str]


def read_address(query: Query, story: Story) -> tuple[Address, list[str]]:
    """The state that a query asks for, as near as it can be, and a sentence for each value that could not be used."""
    notes: list[str] = []
    steps = steps_of(story)
    step, placed = _step(query, story, notes)
    day = _day(query, story, notes)
    if day is None:
        day = step.day
    elif not step.day <= day <= last_day_of(steps, step, story.horizon):
        found = step_on_day(steps, day)
        if placed and found != step:
            notes.append(
                _("Day %(day)s is told in scene %(scene)s. You see that scene.")
                % {"day": day, "scene": found.scene + 1}
            )
        step = found
    version = query.get("versie")
    if version and version != digest_of(story):
        notes.append(_("Your paper shows another version of this story than the one you see here."))
    address = Address(
        story=story.id,
        step=step,
        day=day,
        gap=query.get("hiaat") or None,
        repairs=_repairs(query),
        card=query.get("kaart") or None,
        drawing=query.get("beeld") == "tekening",
        in_use=query.get("stelsel") == IN_USE,
    )
    return address, notes


def settle(address: Address, choices: Choices) -> tuple[Address, list[str]]:
    """The same state without gaps, repairs and cards that this story does not have, and a sentence for each."""
    notes: list[str] = []
    if address.gap and address.gap not in choices.gaps:
        notes.append(
            _("This story has no gap “%(value)s”. You see all gaps of this moment.") % {"value": _short(address.gap)}
        )
        address = replace(address, gap=None)
    if address.card and address.card not in choices.cards:
        notes.append(_("There is no card “%(value)s” in this story.") % {"value": _short(address.card)})
        address = replace(address, card=None)
    known = tuple(key for key in address.repairs if key in choices.repairs)
    notes += [
        _("This story has no repair “%(value)s”. It is left out.") % {"value": _short(key)}
        for key in address.repairs
        if key not in known
    ][:3]
    if len(known) > MAX_REPAIRS:
        notes.append(_("You can try %(count)s repairs at a time. The rest is left out.") % {"count": MAX_REPAIRS})
    return replace(address, repairs=known[:MAX_REPAIRS]), notes


def hidden_fields(address: Address, *, without: Collection[str]) -> list[tuple[str, str]]:
    """The pairs that a form must carry along besides its own fields."""
    return [(name, value) for name, value in address.pairs() if name not in without]


def _step(query: Query, story: Story, notes: list[str]) -> tuple[Step, bool]:
    """The step asked for, and whether one was asked for at all."""
    raw_scene, raw_step = query.get("scene"), query.get("stap")
    scene = 0 if raw_scene is None else _scene_number(raw_scene, story)
    if scene is None:
        notes.append(
            _("Scene “%(value)s” does not exist. This story has scenes 1 to %(last)s. You see the first one.")
            % {"value": _short(raw_scene or ""), "last": len(story.scenes)}
        )
        scene = 0
    last = len(story.scenes[scene].beats)
    beat = _whole(raw_step, low=1, high=last) if raw_step is not None else 1
    if beat is None:
        notes.append(
            _("Step “%(value)s” does not exist. This scene has steps 1 to %(last)s. You see the first one.")
            % {"value": _short(raw_step or ""), "last": last}
        )
        beat = 1
    day = story.scenes[scene].beats[beat - 1].day
    return Step(scene, beat - 1, day), raw_scene is not None or raw_step is not None


def _scene_number(raw: str, story: Story) -> int | None:
    """A scene by its number or by its id, from 0; None when there is none."""
    number = _whole(raw, low=1, high=len(story.scenes))
    if number is not None:
        return number - 1
    return next((place for place, scene in enumerate(story.scenes) if scene.id == raw), None)


def _day(query: Query, story: Story, notes: list[str]) -> int | None:
    """The day asked for, or None when none was, or no whole number."""
    raw = query.get("dag")
    if not raw:
        return None
    day = _whole(raw, low=-(10**9), high=10**9)
    if day is None:
        notes.append(
            _("“%(value)s” is no day. Give a whole number from 0 to %(last)s.")
            % {"value": _short(raw), "last": story.horizon}
        )
        return None
    nearest = min(max(day, 0), story.horizon)
    if nearest != day:
        notes.append(
            _("Day %(value)s is outside this story. You see day %(day)s.") % {"value": _short(raw), "day": nearest}
        )
    return nearest


def _repairs(query: Query) -> tuple[str, ...]:
    """All keys of repairs in the order given, each once. One value may hold several keys with commas between."""
    keys = (key.strip() for value in query.getlist("reparatie")[:50] for key in value.split(","))
    return tuple(dict.fromkeys(key for key in keys if key))


def _whole(raw: str | None, *, low: int, high: int) -> int | None:
    """A whole number within bounds, or None."""
    digits = "" if raw is None else raw.strip()
    if not WHOLE.fullmatch(digits):
        return None
    number = int(digits)
    return number if low <= number <= high else None


def _short(value: str) -> str:
    """A value as we dare to repeat it: not longer than a line, without line ends."""
    flat = " ".join(value.split())
    return flat if len(flat) <= MAX_SHOWN else f"{flat[:MAX_SHOWN]}…"
