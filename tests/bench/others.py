"""The same question put to others: a bare sum, a plain Python loop, scipy's graph routines, a temporal-network library.

Each takes the arrays of a case and gives the matrix of first days (organisations, signals), -1 for never, so that the
answers can be compared. Plain channels only where a function says so.
"""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from schakelbord.engine.arrays import ArrayCase

Days = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]


def yardstick(case: ArrayCase, repeats: int = 5) -> float:
    """T: seconds for numpy to take one 64-bit word for every attendance, in the order of the calendar."""
    body = np.repeat(np.arange(len(case.body_id)), np.diff(case.day_start))
    body = body[np.argsort(case.day, kind="stable")]
    seats = np.diff(case.member_start)[body]
    begin = np.cumsum(seats) - seats
    rows = np.arange(int(seats.sum())) - np.repeat(begin - case.member_start[:-1][body], seats)
    wanted = case.member_organisation[rows].astype(np.intp)
    words = np.random.default_rng(0).integers(0, 2**62, len(case.organisation_id)).astype(np.uint64)
    out = np.empty(len(wanted), np.uint64)
    best = float("inf")
    for _ in range(repeats):
        start = time.thread_time()
        np.take(words, wanted, out=out, mode="clip")
        best = min(best, time.thread_time() - start)
    return best


class PlainLoop:
    """Day by day over all meetings of links that carry something, with Python integers as sets of signals."""

    def __init__(self, case: ArrayCase) -> None:
        self.case = case
        carrying = np.diff(case.types_start) > 0
        self.members = [
            list(zip(*(c[a:b].tolist() for c in columns), strict=True))
            for columns in [(case.member_organisation, case.member_from_day, case.member_until_day)]
            for a, b in zip(case.member_start.tolist(), case.member_start[1:].tolist(), strict=False)
        ]
        self.meetings: list[list[int]] = [[] for _ in range(case.horizon + 1)]
        for body in np.flatnonzero(carrying[case.body_types]).tolist():
            for day in case.day[case.day_start[body] : case.day_start[body + 1]].tolist():
                self.meetings[day].append(body)
        self.channels: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        columns = (
            case.channel_from,
            case.channel_to,
            case.channel_delay,
            case.channel_from_day,
            case.channel_until_day,
        )
        kept = carrying[case.channel_types]
        for sender, *channel in zip(*(column[kept].tolist() for column in columns), strict=True):
            self.channels[sender].append(tuple(channel))

    def run(self) -> list[tuple[int, int, int]]:
        """(day, organisation, new bits), in the order of time."""
        case = self.case
        held = [0] * len(case.organisation_id)
        due: dict[int, list[tuple[int, int]]] = defaultdict(list)
        seen = zip(case.observation_day, case.observation_organisation, case.observation_signal, strict=True)
        for day, organisation, signal in seen:
            due[int(day)].append((int(organisation), 1 << int(signal)))
        gains: list[tuple[int, int, int]] = []
        for day in range(case.horizon + 1):
            writes = due.pop(day, [])
            for body in self.meetings[day]:
                present = [member[0] for member in self.members[body] if member[1] <= day <= member[2]]
                pool = 0
                for organisation in present:
                    pool |= held[organisation]
                if pool:
                    writes.extend((organisation, pool) for organisation in present)
            gained: dict[int, int] = defaultdict(int)
            for organisation, bits in writes:
                new = bits & ~held[organisation]
                if new:
                    held[organisation] |= new
                    gained[organisation] |= new
            for organisation, bits in gained.items():
                gains.append((day, organisation, bits))
                for receiver, delay, first, last in self.channels.get(organisation, ()):
                    sent = max(day, first)
                    if sent <= last:
                        due[sent + delay].append((receiver, bits))
        return gains

    def days(self, gains: list[tuple[int, int, int]]) -> Days:
        """The gains as a matrix of first days."""
        found = np.full((len(self.case.organisation_id), len(self.case.signal_id)), -1, dtype=np.int32)
        for day, organisation, bits in gains:
            for signal in range(bits.bit_length()):
                if bits >> signal & 1:
                    found[organisation, signal] = day
        return found


class TimeExpanded:
    """The case as one static graph for scipy: a node for every organisation on every day that matters to it.

    Organisation o on day d is node (o, d); it leads to o on its next day, a meeting on d leads from (member, d - 1) to
    (member, d), a channel from (sender, day) to (receiver, day + delay). One breadth-first search a signal.
    """

    def __init__(self, case: ArrayCase) -> None:
        self.case = case
        self.span = case.horizon + 2
        sources, targets = self._links()
        size = len(case.organisation_id)
        seen = case.observation_organisation.astype(np.int64) * self.span + case.observation_day
        keys = np.unique(np.concatenate((sources, targets, seen)))
        self.keys = keys[keys < size * self.span]
        next_day = np.flatnonzero(self.keys[1:] // self.span == self.keys[:-1] // self.span)
        rows = np.concatenate((np.searchsorted(keys, sources), next_day))
        columns = np.concatenate((np.searchsorted(keys, targets), next_day + 1))
        self.graph = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(len(keys), len(keys)))

    def _links(self) -> tuple[Keys, Keys]:
        """Where links lead from and to. A key is an organisation, or a body above them, times the span, plus a day."""
        case, span = self.case, self.span
        carrying = np.diff(case.types_start) > 0
        sources, targets = self._channels(carrying)
        for body in np.flatnonzero(carrying[case.body_types]).tolist():
            rows = slice(case.member_start[body], case.member_start[body + 1])
            days = case.day[case.day_start[body] : case.day_start[body + 1]].astype(np.int64)
            here = (case.member_from_day[rows, None] <= days) & (days <= case.member_until_day[rows, None])
            member, meeting = np.nonzero(here & (days > 0))
            who = case.member_organisation[rows].astype(np.int64)[member] * span + days[meeting]
            table = (len(case.organisation_id) + body) * span + days[meeting]
            sources += [who - 1, table]
            targets += [table, who]
        return np.concatenate(sources), np.concatenate(targets)

    def _channels(self, carrying: npt.NDArray[np.bool_]) -> tuple[list[Keys], list[Keys]]:
        """Every day of every channel: from the sender on that day to the receiver after the delay."""
        case, span = self.case, self.span
        sent, arrives = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for number in np.flatnonzero(carrying[case.channel_types]).tolist():
            delay = int(case.channel_delay[number])
            last = min(int(case.channel_until_day[number]), case.horizon - delay)
            days = np.arange(int(case.channel_from_day[number]), last + 1, dtype=np.int64)
            sent.append(int(case.channel_from[number]) * span + days)
            arrives.append(int(case.channel_to[number]) * span + days + delay)
        return sent, arrives

    def run(self) -> Days:
        """First days of all signals, one search each."""
        case = self.case
        found = np.full((len(case.organisation_id), len(case.signal_id)), -1, dtype=np.int32)
        seen = zip(case.observation_day, case.observation_organisation, case.observation_signal, strict=True)
        for day, organisation, signal in seen:
            start = int(np.searchsorted(self.keys, int(organisation) * self.span + int(day)))
            reached = breadth_first_order(self.graph, start, return_predecessors=False)
            keys = np.sort(self.keys[reached[reached < len(self.keys)]])[::-1]
            found[keys // self.span, signal] = keys % self.span
        return found


class Raphtory:
    """The meetings of a case as a temporal graph of raphtory (no channels: it knows no delays).

    A meeting on day d is a node; members reach it at time 2 d, it reaches members at time 2 d + 1, which says that what
    is learnt today can be passed on from tomorrow.
    """

    def __init__(self, case: ArrayCase) -> None:
        from raphtory import Graph  # noqa: PLC0415  not there on every machine

        self.case = case
        self.graph: Any = Graph()
        carrying = np.diff(case.types_start) > 0
        for body in np.flatnonzero(carrying[case.body_types]).tolist():
            for day in case.day[case.day_start[body] : case.day_start[body + 1]].tolist():
                for row in range(case.member_start[body], case.member_start[body + 1]):
                    if case.member_from_day[row] <= day <= case.member_until_day[row]:
                        who = f"o{case.member_organisation[row]}"
                        self.graph.add_edge(2 * day, who, f"g{body}@{day}")
                        self.graph.add_edge(2 * day + 1, f"g{body}@{day}", who)

    def run(self) -> Days:
        """First days of all signals, one search each."""
        from raphtory import algorithms  # noqa: PLC0415  as above

        case = self.case
        found = np.full((len(case.organisation_id), len(case.signal_id)), -1, dtype=np.int32)
        seen = zip(case.observation_day, case.observation_organisation, case.observation_signal, strict=True)
        for day, organisation, signal in seen:
            found[organisation, signal] = day
            start = f"o{organisation}"
            if not self.graph.has_node(start):
                continue
            reached = algorithms.temporally_reachable_nodes(self.graph, 10_000, 2 * int(day) + 1, [start])
            for number in range(len(case.organisation_id)):
                history = reached.get(f"o{number}") if self.graph.has_node(f"o{number}") else None
                times = [item["0"] for item in history["reachable_nodes"]] if history else []
                if times and number != organisation:
                    found[number, signal] = (min(times) - 1) // 2
        return found
