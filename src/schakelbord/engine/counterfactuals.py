"""What would have been, had a class of obstacles not been there: first days for every subset of classes.

All 32 subsets without `time` share one pass over the days of a doll, the 32 with `time` a second one, in which every
delay is a day and bodies meet daily.
"""

from __future__ import annotations

from functools import cached_property

from schakelbord.engine.compile import Compiled, Network
from schakelbord.engine.obstacles import TIME, WITHOUT_LINK, is_open
from schakelbord.engine.scenarios import Spread, class_rules, spread
from schakelbord.engine.ways import Routes, Ways

PATIENT = tuple(mask for mask in range(WITHOUT_LINK) if not mask & TIME)
HURRIED = tuple(mask for mask in range(WITHOUT_LINK) if mask & TIME)
PLACE = {mask: place for masks in (PATIENT, HURRIED) for place, mask in enumerate(masks)}


class DollCounterfactuals:
    """First days of the pieces about one doll. As things are is computed alone; the subsets only when somebody asks."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.routes = Routes(network)
        self._ways: dict[tuple[str, int], Ways] = {}

    @cached_property
    def as_it_is(self) -> Spread:
        """Nothing dropped."""
        return spread(self.network, class_rules((0,), at_once=False))

    @cached_property
    def _patient(self) -> Spread:
        return spread(self.network, class_rules(PATIENT, at_once=False))

    @cached_property
    def _hurried(self) -> Spread:
        return spread(self.network, class_rules(HURRIED, at_once=True))

    def day(self, instance: str, signal: str, dropped: int = 0) -> int | None:
        """The first day on which an instance holds a signal when the classes in `dropped` are gone; None when never."""
        number = self.network.number(signal)
        if number is None:
            return None
        if dropped == 0:
            return self.as_it_is.day(instance, number)
        table = self._hurried if dropped & TIME else self._patient
        return table.day(instance, number, PLACE[dropped])

    def holders(self, signal: str, dropped: int = 0) -> dict[str, int]:
        """Everybody who holds a signal, with the first day."""
        number = self.network.number(signal)
        if number is None:
            return {}
        if dropped == 0:
            return self.as_it_is.days(number)
        table = self._hurried if dropped & TIME else self._patient
        return table.days(number, PLACE[dropped])

    def ways(self, signal: str, dropped: int = 0) -> Ways:
        """The ways of a signal when the classes in `dropped` are gone.

        Raises:
            KeyError: the signal does not occur about this doll.
        """
        number = self.network.number(signal)
        if number is None:
            raise KeyError(signal)
        key = (signal, dropped)
        if key not in self._ways:
            self._ways[key] = Ways(
                self.routes,
                number,
                self.holders(signal, dropped),
                lambda _, mask: is_open(mask, dropped),
                at_once=bool(dropped & TIME),
            )
        return self._ways[key]


class Counterfactuals:
    """The same for all dolls of a compiled story."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._dolls = {doll: DollCounterfactuals(network) for doll, network in compiled.networks.items()}

    def about(self, doll: str) -> DollCounterfactuals:
        """The pieces about one doll."""
        return self._dolls[doll]
