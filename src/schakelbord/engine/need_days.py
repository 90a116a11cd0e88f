"""Needs of a story: who holds the mandate for a deadline, when they hold enough pieces, and who holds most.

Low-level cases have needs too (`needs.py`); these are the needs of a story, where the mandate follows the place and
age of a doll.
"""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.engine.areas import NATION
from schakelbord.engine.catalogue import Pattern
from schakelbord.engine.counterfactuals import Counterfactuals
from schakelbord.engine.obstacles import AGE
from schakelbord.engine.story import Deadline
from schakelbord.engine.world import World, age_obstacle


@dataclass(frozen=True, slots=True)
class StoryNeed:
    """A deadline with its pattern, asked of the counterfactuals."""

    deadline: Deadline
    pattern: Pattern
    facts: Counterfactuals

    @property
    def dolls(self) -> tuple[str, ...]:
        """The dolls about whom a signal counts."""
        return (self.deadline.about, *self.deadline.also)

    def mandate(self, dropped: int = 0) -> tuple[str, ...]:
        """The instances that must act, in the order of the pattern."""
        return mandate_on(
            self.facts.compiled.world, self.pattern, self.deadline.about, self.deadline.by, dropped=dropped
        )

    def day(self, instance: str, signal: str, dropped: int = 0) -> int | None:
        """The first day on which an instance holds a signal about any of the dolls."""
        days = (self.facts.about(doll).day(instance, signal, dropped) for doll in self.dolls)
        return min((day for day in days if day is not None), default=None)

    def in_time(self, instance: str, signal: str, dropped: int = 0) -> bool:
        """Whether an instance holds a signal by the deadline."""
        day = self.day(instance, signal, dropped)
        return day is not None and day <= self.deadline.by

    def met_by(self, instance: str, dropped: int = 0) -> int | None:
        """The first day on which an instance holds enough signals."""
        found = (self.day(instance, signal, dropped) for signal in self.pattern.signals)
        days = sorted(day for day in found if day is not None)
        enough = self.pattern.at_least
        return days[enough - 1] if len(days) >= enough else None

    def met_on(self, dropped: int = 0) -> int | None:
        """The first day on which any holder of the mandate holds enough."""
        days = (self.met_by(instance, dropped) for instance in self.mandate(dropped))
        return min((day for day in days if day is not None), default=None)

    def met_in_time(self, dropped: int = 0) -> bool:
        """Whether the need is met by the deadline."""
        day = self.met_on(dropped)
        return day is not None and day <= self.deadline.by

    def has(self, instance: str) -> tuple[str, ...]:
        """The signals that an instance holds by the deadline, in the order of the pattern."""
        return tuple(signal for signal in self.pattern.signals if self.in_time(instance, signal))

    def holder(self) -> str | None:
        """The holder of the mandate with most pieces in time; ties by the order of the mandate, then id."""
        order = [row.organisation for row in self.pattern.mandate]
        ranked = ((-len(self.has(one)), order.index(one.partition("@")[0]), one) for one in self.mandate())
        return min(ranked, default=(0, 0, None))[2]

    def first_seen(self, signal: str) -> int | None:
        """The first day on which anybody sees a signal about any of the dolls."""
        found = []
        for doll in self.dolls:
            network = self.facts.about(doll).network
            number = network.number(signal)
            found += [days[number] for days in network.seen.values() if number in days]
        return min(found, default=None)


def mandate_on(world: World, pattern: Pattern, doll: str, day: int, *, dropped: int = 0) -> tuple[str, ...]:
    """The instances that hold the mandate for a doll on a day, where it lives then and within their ages."""
    phase = world.phase_on(doll, day)
    found = []
    for row in pattern.mandate:
        area = world.area(row.organisation, phase.place)
        instance = f"{row.organisation}@{area}"
        reachable = phase.place not in world.abroad or area == NATION
        old_enough = not age_obstacle(row.ages, phase.age) or dropped & AGE
        if reachable and old_enough and instance in world.known and instance not in found:
            found.append(instance)
    return tuple(found)
