"""Repair: the set of options with the least total cost that makes a need met in time. Exact.

Method: implicit hitting sets. Signals do not touch each other, so each has conditions of its own. A set of options
with which a signal comes too late is grown as far as it still does; whatever works must then hold one of the options
left out (a *cut* of that signal). The cheapest set that hits all cuts of enough signals is tried next; the first that
works is the cheapest there is. Adding an option never makes anything later, except one that sets a longer delay: such
an option first counts without that harm (which bounds what is possible), and where that is decisive the search goes
on in two parts, without the option and with it, harm included. Two options that set the same delay never go together.

Ties: fewer options, then the earlier day, then the ids in order. They are settled by asking again: is there a set of
the same cost and number that is earlier; one that holds the smallest id?
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from schakelbord.engine.case import Case, Need
from schakelbord.engine.hitting import Question, cheapest_hit
from schakelbord.engine.needs import met_on
from schakelbord.engine.network import numbers_in
from schakelbord.engine.options import Workshop
from schakelbord.engine.reach import reach
from schakelbord.engine.spread import spread

MOST_STEPS = 200_000
"""Steps of one search before it is given up; a step is one set of options looked at. Sixty options stay far below."""

Tick = Callable[[int], None]
"""Told now and then how many steps have been taken."""


class Repair(msgspec.Struct, frozen=True):
    """Options `use` that together cost `cost` and make the need met on day `met_on`."""

    cost: int
    use: tuple[str, ...]
    met_on: int


class Repaired(msgspec.Struct, frozen=True):
    """A need, the day on which it is met without repair, and its repair.

    `repair` is None when none exists or none is needed. `proven` is False when the search ended early: then `repair` is
    the best set found, and cheaper ones were not ruled out.
    """

    id: str
    met_on: int | None
    repair: Repair | None
    proven: bool = True


class TooLong(Exception):  # noqa: N818  not an error for anybody: the search says what it knows
    """The search took more steps than allowed."""


def repairs(case: Case, *, most_steps: int = MOST_STEPS, tick: Tick | None = None) -> Iterator[Repaired]:
    """The repair of every need, in the order of the case, each as soon as it is known.

    Args:
        case: a checked case.
        most_steps: steps for each need before its search is given up.
        tick: told how many steps have been taken.
    """
    answer = reach(case)
    workshop = Workshop(case)
    for need, found in zip(case.needs, answer.needs, strict=True):
        if found.in_time:
            yield Repaired(id=need.id, met_on=found.met_on, repair=None)
        else:
            repair, proven = _Search(case, workshop, need, most_steps, tick).best()
            yield Repaired(id=need.id, met_on=met_on(need, answer.held), repair=repair, proven=proven)


class _Search:
    """The search for one need. Options are bits; the weight of an option is its cost, with one more for its number."""

    def __init__(self, case: Case, workshop: Workshop, need: Need, most_steps: int, tick: Tick | None) -> None:
        self.case, self.workshop, self.need = case, workshop, need
        self.organisation = workshop.number.organisation[need.organisation]
        self.signals = [1 << workshop.number.signal[signal] for signal in need.signals]
        self.wanted = sum(self.signals)
        self.scale = len(case.options) + 1
        self.weights = [option.cost * self.scale + 1 for option in case.options]
        self.all = (1 << len(case.options)) - 1
        self.excluded_by = [
            sum(1 << other for other in range(len(case.options)) if other != one and workshop.exclude(one, other))
            for one in range(len(case.options))
        ]
        self.slower = sum(1 << number for number, slow in enumerate(workshop.slower) if slow)
        self.steps_left, self.tick = most_steps, tick
        self.steps = 0
        self.known: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.incumbent: int | None = None

    def best(self) -> tuple[Repair | None, bool]:
        """The best repair, and whether it is proven to be."""
        proven = True
        try:
            self.incumbent = self._some()
            chosen = self._solve(given=0, barred=0, limit=sum(self.weights), by=self.need.by)
            if chosen is not None:
                self.incumbent = chosen
                self.incumbent = self._tie_broken(chosen)
            else:
                self.incumbent = None
        except TooLong:
            proven = False
        return self._as_repair(self.incumbent), proven

    def _as_repair(self, chosen: int | None) -> Repair | None:
        if chosen is None:
            return None
        options = [self.case.options[number] for number in numbers_in(chosen)]
        day = self._day(chosen, chosen)
        if day is None:
            return None
        return Repair(cost=sum(o.cost for o in options), use=tuple(sorted(o.id for o in options)), met_on=day)

    # Asking the network

    def count(self) -> None:
        """Count one step.

        Raises:
            TooLong: there have been too many.
        """
        self.steps += 1
        if self.tick is not None and self.steps % 256 == 0:
            self.tick(self.steps)
        if self.steps > self.steps_left:
            raise TooLong

    def _gains(self, chosen: int, slowed: int) -> list[tuple[int, int]]:
        """When the organisation gets which signals of the need, as (day, bits), with these options; see `Workshop`."""
        key = (chosen, slowed & self.slower)
        if key not in self.known:
            self.count()
            network = self.workshop.network(numbers_in(chosen), numbers_in(key[1]))
            gains = spread(network, self._all_held, until=self.need.by)
            self.known[key] = [(day, bits & self.wanted) for day, who, bits in gains if who == self.organisation]
        return self.known[key]

    def _all_held(self, held: list[int]) -> bool:
        return not self.wanted & ~held[self.organisation]

    def _held(self, chosen: int, slowed: int, by: int) -> int:
        """The signals of the need that the organisation holds by that day."""
        return sum(bits for day, bits in self._gains(chosen, slowed) if day <= by)

    def _day(self, chosen: int, slowed: int) -> int | None:
        """The day on which the need is met with these options, at most `by` of the need."""
        held = 0
        for day, bits in self._gains(chosen, slowed):
            held += bits.bit_count()
            if held >= self.need.at_least:
                return day
        return None

    def _works(self, chosen: int, slowed: int, by: int) -> bool:
        return self._held(chosen, slowed, by).bit_count() >= self.need.at_least

    # The search

    def _some(self) -> int | None:
        """A set that works, found quickly: without harm, then without what it can do without, the dearest first."""
        chosen = 0
        for option in numbers_in(self.all & ~self.slower):
            if not chosen & self.excluded_by[option]:
                chosen |= 1 << option
        if not self._works(chosen, chosen, self.need.by):
            return None
        for option in sorted(numbers_in(chosen), key=self.weights.__getitem__, reverse=True):
            if self._works(chosen & ~(1 << option), chosen, self.need.by):
                chosen &= ~(1 << option)
        return chosen

    def _solve(self, *, given: int, barred: int, limit: int, by: int) -> int | None:
        """The set with the least weight, up to `limit`, that works by that day, or None.

        Options that make a channel slower are divided over parts of the search: left out, or in with their harm.
        """
        best: int | None = None
        parts = [(given, barred, given & self.slower)]
        while parts:
            inside, outside, slowed = parts.pop()
            found = self._part(inside, outside, slowed, limit, by)
            if found is None:
                continue
            undecided = found & self.slower & ~slowed
            if undecided and not self._works(found, found, by):
                option = undecided & -undecided
                parts += [(inside | option, outside, slowed | option), (inside, outside | option, slowed)]
                continue
            best, limit = found, self._weight(found) - 1
        return best

    def _part(self, given: int, barred: int, slowed: int, limit: int, by: int) -> int | None:
        """The least set of one part, with the harm of `slowed` only: never more than what the truth would cost."""
        allowed = self.all & ~barred
        for option in numbers_in(given):
            allowed &= ~self.excluded_by[option]
        if given & ~allowed or not self._works(allowed, slowed, by):
            return None
        cuts: list[list[int]] = [[] for _ in self.signals]
        question = Question(cuts, self.need.at_least, self.weights, self.excluded_by, self.count)
        while True:
            tried = cheapest_hit(question, given=given, barred=barred, limit=limit)
            if tried is None or self._works(tried, slowed, by):
                return tried
            held = self._held(tried, slowed, by)
            for signal, known in zip(self.signals, cuts, strict=True):
                if not signal & held and all(cut & tried for cut in known):
                    known.append(allowed & ~self._grown(tried, signal, allowed=allowed, slowed=slowed, by=by))

    def _grown(self, failing: int, signal: int, *, allowed: int, slowed: int, by: int) -> int:
        """A set with which a signal is too late, and every option added with which it still is; the dearest last."""
        for option in sorted(numbers_in(allowed & ~failing), key=self.weights.__getitem__):
            if not signal & self._held(failing | 1 << option, slowed, by):
                failing |= 1 << option
        return failing

    def _weight(self, chosen: int) -> int:
        return sum(self.weights[option] for option in numbers_in(chosen))

    def _tie_broken(self, chosen: int) -> int:
        """Among sets of the same cost and number: the earliest, then the smallest ids."""
        weight = self._weight(chosen)
        day = self._day(chosen, chosen)
        while day is not None and (earlier := self._solve(given=0, barred=0, limit=weight, by=day - 1)) is not None:
            chosen = self.incumbent = earlier
            day = self._day(chosen, chosen)
        by = self.need.by if day is None else day
        given = barred = 0
        for option in sorted(range(len(self.case.options)), key=lambda number: self.case.options[number].id):
            if given.bit_count() == chosen.bit_count():
                break
            bit = 1 << option
            if chosen & bit:
                given |= bit
                continue
            found = self._solve(given=given | bit, barred=barred, limit=weight, by=by)
            if found is None:
                barred |= bit
            else:
                given, chosen = given | bit, found
        return chosen
