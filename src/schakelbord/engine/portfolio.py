"""Which few agreements close most gaps over several stories together: exact, for one agreement, two, three and so on.

An agreement is a repair item at the level of types, so that one agreement may help in many stories. Which sets of at
most three of them meet a need is what `RepairSearch` plays; the choice among them is a search with bounds that passes
nothing over. What is chosen is read once more in every story, so that what is told is what the model says and not what
the search expected. Source: engine design, "Repairs".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.compile import compile_story
from schakelbord.engine.counterfactuals import Counterfactuals
from schakelbord.engine.findings import drafts_of
from schakelbord.engine.need_days import StoryNeed
from schakelbord.engine.network import numbers_in
from schakelbord.engine.reading import RepairItem
from schakelbord.engine.remedies import apply_items, item_of
from schakelbord.engine.remedy_search import RepairSearch
from schakelbord.engine.story import Story

MOST: Final = 6
"""Agreements in one portfolio: the search takes some three times as long for each one more."""


Option = tuple[str, str]
"""A key of a repair item, with the story that it is about; "" for what holds everywhere."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to close: how much it counts, and each smallest set of options (as bits) that closes it."""

    weight: int
    ways: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """What a portfolio does in one story, as the story was read with it: keys of gaps.

    A gap is closed when the need that it kept from being met is met in time; as long as that is not so it is left, also
    when the message now breaks in another place. `opened` are gaps of needs that were met without the portfolio.
    """

    story: str
    closed: tuple[str, ...]
    opened: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement: the item, the story whose chair it fills ("" for what holds everywhere), and how many gaps would
    not be closed without it.
    """

    item: RepairItem
    story: str
    adds: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The agreements that close most with so many of them; of those the cheapest."""

    agreements: tuple[Agreement, ...]
    stories: tuple[Closed, ...]

    @property
    def cost(self) -> int:
        """What they cost together."""
        return sum(row.item.cost for row in self.agreements)

    @property
    def closed(self) -> int:
        """How many gaps close."""
        return sum(len(row.closed) for row in self.stories)


@dataclass(frozen=True, slots=True)
class Portfolios:
    """All portfolios from one agreement on, until more of them close nothing more.

    Args:
        rows: one for each number of agreements.
        gaps: how many gaps there are.
        closable: how many of these any three agreements can close.
        is_proven: whether every set that can matter was looked at.
    """

    rows: tuple[Portfolio, ...]
    gaps: int
    closable: int
    is_proven: bool


def portfolios(stories: Sequence[Story], catalogue: Catalogue, *, most: int) -> Portfolios:
    """The best agreements over these stories, for each number of them up to `most`.

    Args:
        stories: at least one, each of which reads without errors on the catalogue.
        catalogue: the system world.
        most: how many agreements at most, from 1 to `MOST`.
    """
    names: dict[Option, int] = {}
    known: list[tuple[Option, RepairItem]] = []
    wishes: list[Wish] = []
    gaps, is_proven = 0, True
    for story in stories:
        for need, keys_of_gaps in _needs(story, catalogue):
            weight = len(keys_of_gaps)
            if not weight:
                continue
            search = RepairSearch(need)
            sets = _smallest(keys for keys, _day in search.sets())
            is_proven = is_proven and not search.cut_short
            gaps += weight
            options = {key: _option(key, story) for keys in sets for key in sorted(keys)}
            for key, option in options.items():
                if option not in names:
                    names[option] = len(known)
                    known.append((option, item_of(key, catalogue, story)))
            wishes.append(Wish(weight, tuple(sum(1 << names[options[key]] for key in keys) for keys in sets)))
    costs = [item.cost for _, item in known]
    chosen = list(_best_of_each_size(wishes, costs, most=most))
    rows = tuple(_portfolio(bits, known, wishes, stories, catalogue) for bits in chosen)
    closable = sum(wish.weight for wish in wishes if wish.ways)
    return Portfolios(rows, gaps, closable, is_proven)


def best_choice(wishes: Sequence[Wish], costs: Sequence[int], *, most: int) -> int:
    """The options, as bits, that close most with at most so many of them; of equals the cheapest, then the fewest.

    A search over one option after another. A branch ends when even the options that could add most, counted apart,
    cannot bring it above the best that was found.
    """
    search = _Choice(wishes, costs)
    search.visit(0, 0, most)
    return search.best


class _Choice:
    def __init__(self, wishes: Sequence[Wish], costs: Sequence[int]) -> None:
        self.wishes, self.costs = wishes, costs
        self.best, self.reached = 0, (0, 0, 0)

    def visit(self, chosen: int, barred: int, left: int) -> None:
        """Look at everything that has the options of `chosen` and none of `barred`, with `left` more at most."""
        value, could, open_still = self._look(chosen, barred, left)
        here = (value, -sum(self.costs[option] for option in numbers_in(chosen)), -chosen.bit_count())
        if here > self.reached:
            self.best, self.reached = chosen, here
        order = sorted(could, key=lambda option: (-could[option], self.costs[option], option))
        while order and left:
            # All that is still possible here: the largest of what each option could add, each for itself.
            hope = value + min(sum(could[option] for option in order[:left]), open_still)
            if hope < self.reached[0] or (hope == self.reached[0] and -here[1] >= -self.reached[1]):
                return
            option = order.pop(0)
            self.visit(chosen | 1 << option, barred, left - 1)
            barred |= 1 << option

    def _look(self, chosen: int, barred: int, left: int) -> tuple[int, dict[int, int], int]:
        """What is closed now, for each option what it could help to close within what is left, and all of that."""
        value = open_still = 0
        could: dict[int, int] = {}
        for wish in self.wishes:
            missing = [way & ~chosen for way in wish.ways if not way & barred]
            if 0 in missing:
                value += wish.weight
                continue
            helpful = 0
            for rest in missing:
                if rest.bit_count() <= left:
                    helpful |= rest
            open_still += wish.weight if helpful else 0
            for option in numbers_in(helpful):
                could[option] = could.get(option, 0) + wish.weight
        return value, could, open_still


def _best_of_each_size(wishes: Sequence[Wish], costs: Sequence[int], *, most: int) -> Iterator[int]:
    """The best for one option, two, and so on, as long as one more closes more."""
    found = [0, *(best_choice(wishes, costs, most=count) for count in range(1, most + 1))]
    for before, after in pairwise(found):
        if _value(wishes, after) <= _value(wishes, before):
            return
        yield after


def _value(wishes: Sequence[Wish], chosen: int) -> int:
    return sum(wish.weight for wish in wishes if any(way & ~chosen == 0 for way in wish.ways))


def _portfolio(
    bits: int,
    known: Sequence[tuple[Option, RepairItem]],
    wishes: Sequence[Wish],
    stories: Sequence[Story],
    catalogue: Catalogue,
) -> Portfolio:
    whole = _value(wishes, bits)
    agreements = [
        Agreement(known[number][1], known[number][0][1], whole - _value(wishes, bits & ~(1 << number)))
        for number in numbers_in(bits)
    ]
    agreements.sort(key=lambda row: (-row.adds, row.item.cost, row.item.key, row.story))
    return Portfolio(tuple(agreements), tuple(_read(story, catalogue, agreements) for story in stories))


def _read(story: Story, catalogue: Catalogue, agreements: Sequence[Agreement]) -> Closed:
    """A story before and after, need by need, with the agreements that are about it."""
    fitting = [row.item.key for row in agreements if row.story in {"", story.id}]
    changed, staged = apply_items(catalogue, story, fitting)
    closed: list[str] = []
    left: list[str] = []
    opened: list[str] = []
    for (_, before), (_, after) in zip(_needs(story, catalogue), _needs(staged, changed), strict=True):
        (left if after else closed).extend(before)
        if not before:
            opened.extend(after)
    return Closed(story.id, tuple(closed), tuple(opened), tuple(left))


def _option(key: str, story: Story) -> Option:
    """A key, with the story when it fills a chair: a place of that name in another story is another place."""
    return key, story.id if key.startswith("chair:") else ""


def _needs(story: Story, catalogue: Catalogue) -> list[tuple[StoryNeed, tuple[str, ...]]]:
    """The needs of a story in the order of its deadlines, each with the keys of the gaps that keep it from being met.

    A need that is met has none.
    """
    facts = Counterfactuals(compile_story(story, catalogue))
    needs = [StoryNeed(row, catalogue.pattern[row.pattern], facts) for row in story.deadlines]
    return [(need, tuple(draft.key for draft in drafts_of(need))) for need in needs]


def _smallest(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Those that hold no other one; the small ones come first."""
    found: list[frozenset[str]] = []
    for keys in sets:
        if not any(smaller <= keys for smaller in found):
            found.append(keys)
    return found
