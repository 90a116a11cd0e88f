"""The smallest repairs of a need: every set of at most three items that can matter, played side by side.

Sets grow only where they can change something: an item joins a set when, in the world of that set, a piece of the
pattern lies before a link that waits for exactly what the item (and at most the rest of the three) gives, and the
need can still be reached from behind that link. What changes nothing that spreads cannot change the outcome, so no
set that matters is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from schakelbord.engine.compile import Link, Meeting, Network, compile_story
from schakelbord.engine.need_days import StoryNeed
from schakelbord.engine.reading import Repair, RepairItem
from schakelbord.engine.remedies import item_of
from schakelbord.engine.remedy_candidates import NOTHING, Gatekeeper, Keys, wide_inputs
from schakelbord.engine.scenarios import Rules, Spread, meeting_on_or_after, replicate, spread
from schakelbord.engine.world import World, age_obstacle

MAX_ITEMS: Final = 3
MAX_SHOWN: Final = 5
MAX_SETS: Final = 60_000
NO_WAY: Final = -1


@dataclass(frozen=True, slots=True)
class Gate:
    """A way for pieces from one instance to another that waits for keys, in one phase."""

    keys: Keys
    sender: str
    receiver: str
    carries: int
    last_sent: int
    soonest: int


@dataclass(slots=True)
class _Doll:
    """What is searched about one doll: its network without what cannot matter, the gates in it, and the bit of each
    signal.
    """

    network: Network
    gates: list[Gate]


class RepairSearch:
    """The search for one need that is not met in time."""

    def __init__(self, need: StoryNeed) -> None:
        self.need = need
        self.keeper = Gatekeeper(need)
        catalogue, story = wide_inputs(need)
        compiled = compile_story(story, catalogue, dolls=need.dolls, signals=need.pattern.signals)
        self.mandate = _mandate(need, compiled.world)
        self.dolls = [self._relevant(network) for network in compiled.networks.values()]
        self.cut_short = False
        self._items: dict[str, RepairItem] = {}

    def best(self) -> tuple[Repair, ...]:
        """Up to five repairs of which none is both cheaper and earlier than another; cheapest first."""
        best: dict[int, tuple[int, tuple[str, ...]]] = {}
        for found, day in self.sets():
            keys = tuple(sorted(found))
            cost = sum(self._item(key).cost for key in keys)
            best[cost] = min(best.get(cost, (day + 1, ())), (day, keys), key=lambda row: (row[0], len(row[1]), row[1]))
        return tuple(self._shown(best))

    def sets(self) -> Iterator[tuple[Keys, int]]:
        """Every set of at most three items that can matter and meets the need in time, with the day; small ones first.

        When there are more than `MAX_SETS`, `cut_short` says so.
        """
        level: list[Keys] = [NOTHING]
        seen: set[Keys] = {NOTHING}
        for size in range(MAX_ITEMS + 1):
            played = _Played(self, level)
            for place, day in played.met():
                yield level[place], day
            if size == MAX_ITEMS:
                break
            level = self._grown(played, level, seen)

    def _item(self, key: str) -> RepairItem:
        found = self._items.get(key)
        if found is None:
            world = self.need.facts.compiled.world
            found = self._items[key] = item_of(key, world.catalogue, world.story)
        return found

    def _shown(self, best: dict[int, tuple[int, tuple[str, ...]]]) -> Iterator[Repair]:
        """The front: each next repair costs more and is earlier."""
        soonest = self.need.deadline.by + 1
        shown = 0
        for cost in sorted(best):
            day, keys = best[cost]
            if day < soonest and shown < MAX_SHOWN:
                soonest, shown = day, shown + 1
                items = tuple(self._item(key) for key in keys)
                yield Repair(cost=cost, items=items, met_on=day, slack=self.need.deadline.by - day)

    def _grown(self, played: _Played, level: Sequence[Keys], seen: set[Keys]) -> list[Keys]:
        """Every larger set that one more gate makes."""
        found: list[Keys] = []
        for keys, live in played.live_gates():
            for place in _ones(live & played.room_for(keys)):
                larger = level[place] | keys
                if larger not in seen:
                    if len(seen) >= MAX_SETS:
                        self.cut_short = True
                        return found
                    seen.add(larger)
                    found.append(larger)
        return found

    def _relevant(self, network: Network) -> _Doll:
        """The network with only the links from where a piece may be in time to where it may still matter."""
        optimist = spread(network, Rules(1, self._openable_link, self._openable_seat))
        earliest = {instance: rows[0][0] for instance, rows in optimist.arrived.items()}
        latest = self._latest(network)
        links = tuple(link for link in network.links if _matters(link.sender, link.receiver, earliest, latest))
        meetings = tuple(replace_seats(meeting, earliest, latest) for meeting in network.meetings)
        kept = tuple(meeting for meeting in meetings if len(meeting.seats) > 1)
        small = Network(network.doll, network.horizon, network.signals, network.phases, links, kept, network.seen)
        return _Doll(small, list(self._gates(small, latest)))

    def _openable_link(self, link: Link | Meeting, mask: int) -> int:
        return int(self.keys(link, mask) is not None)

    def _openable_seat(self, meeting: Meeting, instance: str, mask: int) -> int:
        return int(self.keeper.seat(meeting, instance, mask) is not None)

    def keys(self, link: Link | Meeting, mask: int) -> Keys | None:
        """The keys that a link or body waits for."""
        return self.keeper.link(link, mask) if isinstance(link, Link) else self.keeper.meeting(link, mask)

    def _latest(self, network: Network) -> dict[str, int]:
        """The last day on which holding a piece may still bring it to a mandate in time; windows are ignored."""
        latest = dict.fromkeys(self.mandate, self.need.deadline.by)
        changed = True
        while changed:
            changed = False
            for link in network.links:
                later = latest.get(link.receiver, NO_WAY) - link.delay > latest.get(link.sender, NO_WAY)
                if later and any(self.keys(link, mask) is not None for mask in set(link.masks)):
                    latest[link.sender] = latest[link.receiver] - link.delay
                    changed = True
            for meeting in network.meetings:
                day = max((latest.get(seat.instance, NO_WAY) for seat in meeting.seats), default=NO_WAY) - 1
                for seat in meeting.seats:
                    if day > latest.get(seat.instance, NO_WAY):
                        latest[seat.instance] = day
                        changed = True
        return latest

    def _gates(self, network: Network, latest: dict[str, int]) -> Iterator[Gate]:
        for link in network.links:
            for phase, mask in zip(network.phases, link.masks, strict=True):
                keys = self.keeper.link(link, mask)
                if keys and len(keys) <= MAX_ITEMS:
                    last = min(phase.until_day, latest.get(link.receiver, NO_WAY) - link.delay)
                    yield Gate(keys, link.sender, link.receiver, link.carries, last, phase.from_day + link.delay)
        for meeting in network.meetings:
            yield from self._meeting_gates(network, meeting, latest)

    def _meeting_gates(self, network: Network, meeting: Meeting, latest: dict[str, int]) -> Iterator[Gate]:
        for place, phase in enumerate(network.phases):
            body = self.keeper.meeting(meeting, meeting.masks[place])
            soonest = meeting_on_or_after(meeting, phase.from_day)
            if body is None or soonest > phase.until_day:
                continue
            seats = [(seat, self.keeper.seat(meeting, seat.instance, seat.masks[place])) for seat in meeting.seats]
            for sender, first in seats:
                for receiver, second in seats:
                    if sender is receiver or first is None or second is None:
                        continue
                    keys = body | first | second
                    if keys and len(keys) <= MAX_ITEMS:
                        last = min(phase.until_day, latest.get(receiver.instance, NO_WAY)) - 1
                        yield Gate(keys, sender.instance, receiver.instance, meeting.carries, last, soonest)


def replace_seats(meeting: Meeting, earliest: dict[str, int], latest: dict[str, int]) -> Meeting:
    """The meeting with only the members that may bring a piece in time or may still carry one on."""
    seats = tuple(
        seat for seat in meeting.seats if earliest.get(seat.instance, 10**9) <= latest.get(seat.instance, NO_WAY)
    )
    return Meeting(
        meeting.type, meeting.area, seats, meeting.carries, meeting.first_day, meeting.every_days, meeting.masks
    )


def _matters(sender: str, receiver: str, earliest: dict[str, int], latest: dict[str, int]) -> bool:
    return earliest.get(sender, 10**9) < latest.get(receiver, NO_WAY)


def _mandate(need: StoryNeed, wide: World) -> dict[str, Keys]:
    """Every instance that holds the mandate or could, with the keys it waits for."""
    found: dict[str, Keys] = {}
    world = need.facts.compiled.world
    phase = world.phase_on(need.deadline.about, need.deadline.by)
    for row in need.pattern.mandate:
        area = world.area(row.organisation, phase.place)
        instance = f"{row.organisation}@{area}"
        if instance not in wide.known or (phase.place in world.abroad and area != "nl"):
            continue
        keys = set()
        if instance not in world.known:
            keys.add(f"chair:{instance}")
        if age_obstacle(row.ages, phase.age):
            keys.add(f"age:{need.pattern.id}:{row.organisation}")
        found.setdefault(instance, frozenset(keys))
    return found


class _Played:
    """The sets of one size, played."""

    def __init__(self, search: RepairSearch, sets: Sequence[Keys]) -> None:
        self.search = search
        self.sets = sets
        places: dict[str, list[int]] = {}
        sizes: dict[int, list[int]] = {}
        for place, keys in enumerate(sets):
            sizes.setdefault(len(keys), []).append(place)
            for key in keys:
                places.setdefault(key, []).append(place)
        self.having = {key: _pattern(found, len(sets)) for key, found in places.items()}
        self.of_size = {size: _pattern(found, len(sets)) for size, found in sizes.items()}
        self.all = (1 << len(sets)) - 1
        self._open: dict[Keys, int] = {}
        rules = Rules(len(sets), self._link, self._seat)
        self.spreads = [(doll, spread(doll.network, rules)) for doll in search.dolls]

    def opened_by(self, keys: Keys | None) -> int:
        """The sets that have all these keys."""
        if keys is None:
            return 0
        found = self._open.get(keys)
        if found is None:
            found = self.all
            for key in keys:
                found &= self.having.get(key, 0)
            self._open[keys] = found
        return found

    def _link(self, link: Link | Meeting, mask: int) -> int:
        return self.opened_by(self.search.keys(link, mask))

    def _seat(self, meeting: Meeting, instance: str, mask: int) -> int:
        return self.opened_by(self.search.keeper.seat(meeting, instance, mask))

    def met(self) -> Iterator[tuple[int, int]]:
        """The sets that meet the need in time, each with the day."""
        done = 0
        by = self.search.need.deadline.by
        days = sorted({day for rows in self._mandate_rows() for day, _ in rows if day <= by})
        for day in days:
            fresh = self._met_by(day) & ~done
            done |= fresh
            for place in _ones(fresh):
                yield place, day

    def _mandate_rows(self) -> Iterator[list[tuple[int, int]]]:
        for instance in self.search.mandate:
            for _, played in self.spreads:
                yield played.arrived.get(instance, [])

    def _met_by(self, day: int) -> int:
        """The sets in which some holder of the mandate holds enough pieces by a day."""
        found = 0
        enough = self.search.need.pattern.at_least
        for instance, keys in self.search.mandate.items():
            counts = [self.all] + [0] * enough
            for plane in self._planes(instance, day):
                for reached in range(enough, 0, -1):
                    counts[reached] |= counts[reached - 1] & plane
            found |= counts[enough] & self.opened_by(keys)
        return found

    def _planes(self, instance: str, day: int) -> Iterator[int]:
        """For each signal of the pattern the sets in which an instance holds it by a day."""
        for signal in self.search.need.pattern.signals:
            plane = 0
            for doll, played in self.spreads:
                number = doll.network.number(signal)
                if number is not None:
                    plane |= _plane(played, _held_by(played, instance, day), number)
            yield plane

    def live_gates(self) -> Iterator[tuple[Keys, int]]:
        """For each set of keys the sets in which a piece waits before a gate with those keys; mandates wait in every
        set.
        """
        live: dict[Keys, int] = {keys: self.all for keys in self.search.mandate.values() if keys}
        for doll, played in self.spreads:
            for keys, bits in self._waiting(doll, played).items():
                live[keys] = live.get(keys, 0) | _anywhere(played, bits)
        for keys in sorted(live, key=sorted):
            yield keys, live[keys]

    def room_for(self, keys: Keys) -> int:
        """The sets that do not have all these keys, and that are not too large with them."""
        counts = [self.all] + [0] * len(keys)
        for key in keys:
            having = self.having.get(key, 0)
            for shared in range(len(keys), 0, -1):
                counts[shared] |= counts[shared - 1] & having
        fitting = 0
        for size, sets in self.of_size.items():
            least = size + len(keys) - MAX_ITEMS
            fitting |= sets & (counts[max(least, 0)] if least <= len(keys) else 0)
        return fitting & ~counts[len(keys)]

    def _waiting(self, doll: _Doll, played: Spread) -> dict[Keys, int]:
        """For each set of keys the pieces that lie before such a gate in time and that its receiver lacks."""
        found: dict[Keys, int] = {}
        everywhere = replicate(self.all, len(doll.network.signals)) if doll.network.signals else 0
        for gate in doll.gates:
            bits = _held_by(played, gate.sender, gate.last_sent) & everywhere * gate.carries
            if bits:
                found[gate.keys] = found.get(gate.keys, 0) | bits & ~_held_by(played, gate.receiver, gate.soonest)
        return found


def _pattern(places: Iterable[int], size: int) -> int:
    """An integer with these bits set."""
    row = bytearray(size // 8 + 1)
    for place in places:
        row[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(row, "little")


def _held_by(played: Spread, instance: str, day: int) -> int:
    """The bits that an instance holds by a day."""
    held = 0
    for arrived, bits in played.arrived.get(instance, ()):
        if arrived > day:
            break
        held |= bits
    return held


def _plane(played: Spread, bits: int, number: int) -> int:
    """The scenarios in which bit `number` is set."""
    if not bits:
        return 0
    stride = len(played.network.signals)
    digits = format(bits >> number, "b")[::-1][::stride][::-1]
    return int(digits, 2) if digits else 0


def _anywhere(played: Spread, bits: int) -> int:
    """The scenarios in which any bit is set."""
    found = 0
    for number in range(len(played.network.signals)):
        found |= _plane(played, bits, number)
    return found


def _ones(pattern: int) -> Iterable[int]:
    """The places of the bits that are set."""
    digits = format(pattern, "b")[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)
